from dataclasses import replace

from pipeline.coding.combined import COMBINED, MODEL
from pipeline.coding.suggestions import Kind, find_suggestions
from pipeline.model.codings import Assertion
from tests.codebooks import code_text, make_codebook, make_rule

COMPILED = make_codebook(make_rule("waiting.queue", "ventetid"), make_rule("barrier.finances", "gæld"))
(CODING,) = code_text(COMPILED, "Lang ventetid.")
ALONE = replace(CODING, coder=MODEL, confidence=0.7)
DOUBTED = replace(CODING, coder=COMBINED, assertion=Assertion.DOUBTFUL, confidence=0.1)


def test_rules_and_model_of_one_mind_are_no_suggestion() -> None:
    agreed = replace(CODING, coder=COMBINED)
    assert [part.total for part in find_suggestions([agreed], COMPILED.codebook)] == [0, 0]


def test_what_a_cue_suppressed_is_no_suggestion() -> None:
    negated = replace(ALONE, assertion=Assertion.NEGATED)
    assert find_suggestions([negated], COMPILED.codebook)[0].total == 0


def test_the_model_is_as_sure_of_a_doubt_as_the_code_is_unlikely() -> None:
    alone, doubted = find_suggestions([DOUBTED, ALONE], COMPILED.codebook)
    assert (alone.kind, alone.shown[0].sureness) == (Kind.MODEL_ONLY, 0.7)
    assert (doubted.kind, doubted.shown[0].sureness) == (Kind.DOUBTED, 0.9)


def test_the_surest_come_first_and_all_are_counted() -> None:
    less = replace(ALONE, confidence=0.6)
    alone, _ = find_suggestions([less, ALONE, less], COMPILED.codebook, most=1)
    assert [each.coding for each in alone.shown] == [ALONE]
    assert alone.total == 3


def test_only_the_codes_asked_for_are_told() -> None:
    assert find_suggestions([ALONE], COMPILED.codebook, codes={"waiting.queue"})[0].total == 1
    assert find_suggestions([ALONE], COMPILED.codebook, codes=())[0].total == 0
    assert find_suggestions([ALONE], COMPILED.codebook, least=0.8)[0].total == 0
