"""What a note plainly states is coded, though its words look like a plan, a fear, a wish, a denial or a condition."""

from functools import cache
from pathlib import Path

import pytest

from pipeline.codebook.examples import example_problems
from pipeline.codebook.load import load_codebook
from pipeline.coding.combined import combine
from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.coding.engine import code_cases
from pipeline.coding.examples import run_examples
from pipeline.coding.model import Predictor
from pipeline.coding.model_store import load_model
from pipeline.model.cases import Case, Segment
from pipeline.model.codings import Coding
from pipeline.model.problems import Severity
from tests.codebooks import make_case
from tests.coding.test_denied import CODEBOOK, counting

SENTENCES = Path(__file__).with_name("stated.txt")


def stated() -> list[tuple[str, frozenset[str]]]:
    """Return every sentence with the codes it states."""
    found = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            codes, text = line.split(" | ")
            found.append((text, frozenset(codes.split())))
    return found


@cache
def rules() -> CompiledCodebook:
    codebook = load_codebook(CODEBOOK).value
    assert codebook is not None
    return compile_codebook(codebook)


@cache
def by_rules() -> dict[str, tuple[Case, tuple[Segment, ...], tuple[Coding, ...]]]:
    """Return every sentence as a case with the rules' codings, suppressed ones too."""
    texts = [text for text, _ in stated()]
    cases = [(make_case(text), (Segment("s", "case", "", 0, len(text), 0, text),)) for text in texts]
    coded = code_cases(cases, rules())
    return {text: (*case, tuple(found)) for text, case, found in zip(texts, cases, coded, strict=True)}


def test_there_are_many_sentences_over_most_themes() -> None:
    assert len(stated()) >= 120
    assert len({code.split(".")[0] for _, codes in stated() for code in codes}) >= 10
    assert len({text for text, _ in stated()}) == len(stated())


@pytest.mark.parametrize(("text", "codes"), stated())
def test_the_rules_code_what_is_plainly_stated(text: str, codes: frozenset[str]) -> None:
    assert codes <= counting(by_rules()[text][2])


def test_the_shipped_codebook_passes_its_own_examples() -> None:
    problems = example_problems(run_examples(rules()))
    assert [problem.where for problem in problems if problem.severity is Severity.ERROR] == []


def test_rules_and_model_together_keep_most_of_what_is_plainly_stated() -> None:
    model = load_model(CODEBOOK / "model").value
    assert model is not None
    predictor = Predictor(model, rules().lists)
    kept = total = 0
    for text, codes in stated():
        _, segments, codings = by_rules()[text]
        together = counting(combine(segments, codings, predictor, rules()))
        kept += len(codes & together)
        total += len(codes)
    assert kept / total > 0.83
