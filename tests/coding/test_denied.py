"""What is negated, feared, wished, avoided or somebody else's is not coded; its twin that states it is."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.coding.combined import combine
from pipeline.coding.compiled import compile_codebook
from pipeline.coding.engine import code_cases
from pipeline.coding.labelled import core
from pipeline.coding.model import Predictor
from pipeline.coding.model_store import load_model
from pipeline.model.cases import Segment
from pipeline.model.codings import Coding
from tests.codebooks import make_case

CODEBOOK = Path(__file__).parents[2] / "codebook" / "en-plan"
Pair = tuple[str, str, str]
"""A code, a sentence that does not state it, and its twin that does."""


def pairs() -> list[Pair]:
    found = []
    for line in Path(__file__).with_name("denied.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, sentences = line.split(" | ")
            without, stating = sentences.split(" => ")
            found.append((code, without, stating))
    return found


@cache
def coded() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the codes of every sentence: by rules, by rules and model together."""
    codebook = load_codebook(CODEBOOK).value
    model = load_model(CODEBOOK / "model").value
    assert codebook is not None
    assert model is not None
    compiled, predictor = compile_codebook(codebook), Predictor(model, codebook.lists)
    texts = [text for _, *both in pairs() for text in both]
    cases = [(make_case(text), (Segment("s", "case", "", 0, len(text), 0, text),)) for text in texts]
    found = {}
    for text, (_, segments), by_rules in zip(texts, cases, code_cases(cases, compiled), strict=True):
        together = combine(segments, by_rules, predictor, codebook, compiled=compiled)
        found[text] = (counting(by_rules), counting(together))
    return found


def counting(codings: Iterable[Coding]) -> frozenset[str]:
    return frozenset(core(coding.code) for coding in codings if coding.counts)


def share(number: int, coder: int) -> float:
    """Return the share of sentences without (1) or stating (2) the code that rules (0) or both (1) code with it."""
    known = pairs()
    return sum(pair[0] in coded()[pair[number]][coder] for pair in known) / len(known)


def test_there_are_many_pairs_over_all_themes() -> None:
    assert len(pairs()) > 200
    assert len({code.split(".")[0] for code, _, _ in pairs()}) == 12


@pytest.mark.parametrize("coder", [0, 1])
def test_hardly_any_sentence_is_coded_with_what_it_denies(coder: int) -> None:
    assert share(1, coder) < 0.05


@pytest.mark.parametrize(("coder", "least"), [(0, 0.92), (1, 0.9)])
def test_nearly_all_twins_that_state_it_are_coded(coder: int, least: float) -> None:
    assert share(2, coder) > least
