from dataclasses import replace

from pipeline.codebook.examples import example_problems
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.examples import run_examples
from pipeline.model.codes import Example, Theme
from tests.codebooks import make_codebook, make_cue, make_rule


def with_examples(compiled: CompiledCodebook, **changes: tuple[Example, ...]) -> CompiledCodebook:
    (theme,) = compiled.codebook.themes
    code = replace(theme.codes[0], file="themes/waiting.yaml", **changes)  # type: ignore[arg-type]
    codebook = replace(compiled.codebook, themes=(Theme("waiting", theme.label, (code,)),))
    return replace(compiled, codebook=codebook)


COMPILED = make_codebook(
    make_rule("waiting.queue", "ventetid"),
    cues=[make_cue("before", "tidligere", direction="sentence"), make_cue("negated", "=ikke")],
)


def test_an_example_that_no_rule_finds_is_reported_with_its_line() -> None:
    compiled = with_examples(COMPILED, examples=(Example("Køen var lang.", 7), Example("Ventetid.", 8)))
    (problem,) = example_problems(run_examples(compiled))
    assert problem.where == "themes/waiting.yaml:7"


def test_an_example_that_a_cue_suppresses_names_the_rule() -> None:
    (result,) = run_examples(with_examples(COMPILED, examples=(Example("Ikke ventetid.", 1),)))
    assert (result.found, result.suppressed) == (False, ("waiting.queue/a",))


def test_a_counter_example_that_is_found_names_the_rule() -> None:
    (result,) = run_examples(with_examples(COMPILED, counter_examples=(Example("Ventetid er et ord.", 3),)))
    assert not result.holds
    assert result.rules == ("waiting.queue/a",)


def test_an_example_must_carry_the_mark_before_the_course_when_it_says_so() -> None:
    examples = (Example("Ventetid.", 1, before=True), Example("Tidligere ventetid.", 2, before=True))
    results = run_examples(with_examples(COMPILED, examples=examples))
    assert [result.holds for result in results] == [False, True]


def test_an_example_is_judged_by_its_own_sentence_and_not_by_its_context() -> None:
    compiled = with_examples(COMPILED, counter_examples=(Example("Den kom i maj.", 1, context="Ventetid."),))
    assert all(result.holds for result in run_examples(compiled))


def test_the_same_sentence_as_context_and_example_is_coded_once() -> None:
    compiled = with_examples(COMPILED, examples=(Example("Ventetid.", 1, context="Ventetid."),))
    assert all(result.holds for result in run_examples(compiled))
