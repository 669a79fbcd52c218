from dataclasses import replace

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.examples import check_examples
from pipeline.model.codes import Example, Theme
from tests.codebooks import make_codebook, make_cue, make_rule


def with_examples(compiled: CompiledCodebook, **changes: tuple[Example, ...]) -> CompiledCodebook:
    (theme,) = compiled.codebook.themes
    code = replace(theme.codes[0], file="themes/waiting.yaml", **changes)  # type: ignore[arg-type]
    codebook = replace(compiled.codebook, themes=(Theme("waiting", theme.label, (code,)),))
    return replace(compiled, codebook=codebook)


COMPILED = make_codebook(
    make_rule("waiting.queue", "ventetid"), cues=[make_cue("before", "tidligere", direction="sentence")]
)


def test_an_example_that_is_not_found_is_reported_with_its_line_and_without_its_words() -> None:
    compiled = with_examples(COMPILED, examples=(Example("Køen var lang.", 7), Example("Ventetid.", 8)))
    (problem,) = check_examples(compiled)
    assert (problem.code, problem.where) == ("CO01", "themes/waiting.yaml:7")
    assert "Køen" not in problem.message + problem.hint


def test_a_counter_example_that_is_found_is_reported_with_the_rule() -> None:
    compiled = with_examples(COMPILED, counter_examples=(Example("Ventetid er et ord.", 3),))
    (problem,) = check_examples(compiled)
    assert problem.code == "CO03"
    assert "waiting.queue/a" in problem.message


def test_an_example_must_carry_the_mark_before_the_course_when_it_says_so() -> None:
    examples = (Example("Ventetid.", 1, before=True), Example("Tidligere ventetid.", 2, before=True))
    (problem,) = check_examples(with_examples(COMPILED, examples=examples))
    assert (problem.code, problem.where) == ("CO02", "themes/waiting.yaml:1")


def test_an_example_is_judged_by_its_own_sentence_and_not_by_its_context() -> None:
    compiled = with_examples(COMPILED, counter_examples=(Example("Den kom i maj.", 1, context="Ventetid."),))
    assert check_examples(compiled) == ()
