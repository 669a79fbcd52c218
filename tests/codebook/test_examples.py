from pathlib import Path

import pytest

from pipeline.codebook.examples import CodeExample, ExampleResult, example_problems, examples_of
from pipeline.model.codes import Example
from tests.codebook.folders import load_good

PLAIN = CodeExample("waiting.queue", Example("Hemmeligt.", line=7), expected=True, file="themes/waiting.yaml")
EARLIER = CodeExample("waiting.queue", Example("Hemmeligt.", line=8, before=True), expected=True, file="themes/w.yaml")
AGAINST = CodeExample("waiting.queue", Example("Hemmeligt.", line=9), expected=False, file="themes/w.yaml")


def test_examples_and_counter_examples_come_in_reading_order_without_training_sentences(tmp_path: Path) -> None:
    found = examples_of(load_good(tmp_path))
    assert [(tested.code, tested.expected, tested.where) for tested in found] == [
        ("waiting.queue", True, "themes/waiting.yaml:23"),
        ("waiting.queue", True, "themes/waiting.yaml:24"),
        ("waiting.queue", False, "themes/waiting.yaml:26"),
    ]


@pytest.mark.parametrize(
    ("result", "holds"),
    [
        (ExampleResult(PLAIN, found=True), True),
        (ExampleResult(PLAIN, found=True, before=True), True),
        (ExampleResult(PLAIN, found=False), False),
        (ExampleResult(EARLIER, found=True, before=True), True),
        (ExampleResult(EARLIER, found=True), False),
        (ExampleResult(AGAINST, found=False), True),
        (ExampleResult(AGAINST, found=True), False),
    ],
)
def test_an_example_holds_when_the_coder_did_what_it_asks(result: ExampleResult, holds: bool) -> None:
    assert result.holds is holds
    assert (example_problems([result]) == ()) is holds


@pytest.mark.parametrize(
    ("result", "code", "says"),
    [
        (ExampleResult(PLAIN, found=False), "CB50", "no rule matches"),
        (ExampleResult(PLAIN, found=False, suppressed=("waiting.queue/a",)), "CB50", "waiting.queue/a"),
        (ExampleResult(AGAINST, found=True, rules=("waiting.queue/b",)), "CB51", "waiting.queue/b"),
        (ExampleResult(EARLIER, found=True), "CB52", "before the course"),
    ],
)
def test_a_failed_example_says_why_and_not_what(result: ExampleResult, code: str, says: str) -> None:
    (problem,) = example_problems([result])
    told = f"{problem.message} {problem.hint}"
    assert (problem.code, problem.where) == (code, result.tested.where)
    assert says in told
    assert "Hemmeligt" not in told
