"""What is negated, feared, wished, avoided or somebody else's is not coded; its twin that states it is.

``first.txt`` and ``further.txt`` were in view while the cues were written; ``second.txt`` and ``third.txt``, by another
writer, only after they had been measured once (their first lines tell what it gave). ``fourth.txt``, ``unseen.txt`` and
``short.txt``, of short and plain sentences, never were: their shares are the honest ones, and no cue may be tuned on
them. The model learns from none of these.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.coding.combined import combine
from pipeline.coding.compiled import CompiledCodebook, compile_codebook
from pipeline.coding.engine import code_cases
from pipeline.coding.model import Predictor
from pipeline.coding.model_store import load_model
from pipeline.model.cases import Segment
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding
from tests.codebooks import make_case

CODEBOOK = Path(__file__).parents[2] / "codebook" / "en-plan"
PAIRS = Path(__file__).with_name("denied")
Pair = tuple[str, str, str]
"""A code, a sentence that does not state it, and its twin that does."""
RULES, COMBINED = 0, 1


@cache
def pairs(name: str) -> tuple[Pair, ...]:
    found = []
    for line in (PAIRS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, sentences = line.split(" | ")
            without, stating = sentences.split(" => ")
            found.append((code, without, stating))
    return tuple(found)


@cache
def coders() -> tuple[CompiledCodebook, Predictor]:
    """Return the shipped rules and model."""
    codebook = load_codebook(CODEBOOK).value
    model = load_model(CODEBOOK / "model").value
    assert codebook is not None
    assert model is not None
    compiled = compile_codebook(codebook)
    return compiled, Predictor(model, compiled.lists)


@cache
def coded(name: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the codes of every sentence: by rules, by rules and model together."""
    compiled, predictor = coders()
    texts = [text for _, *both in pairs(name) for text in both]
    cases = [(make_case(text), (Segment("s", "case", "", 0, len(text), 0, text),)) for text in texts]
    found = {}
    for text, (_, segments), by_rules in zip(texts, cases, code_cases(cases, compiled), strict=True):
        together = combine(segments, by_rules, predictor, compiled)
        found[text] = (counting(by_rules), counting(together))
    return found


def counting(codings: Iterable[Coding]) -> frozenset[str]:
    return frozenset(core_code(coding.code) for coding in codings if coding.counts)


def share(name: str, number: int, coder: int) -> float:
    """Return the share of sentences without (1) or stating (2) the code that a coder codes with it."""
    known = pairs(name)
    return sum(pair[0] in coded(name)[pair[number]][coder] for pair in known) / len(known)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("first", 200),
        ("further", 700),
        ("second", 200),
        ("third", 200),
        ("fourth", 150),
        ("unseen", 120),
        ("short", 150),
    ],
)
def test_there_are_many_pairs_over_all_themes(name: str, least: int) -> None:
    assert len(pairs(name)) >= least
    assert len({code.split(".")[0] for code, _, _ in pairs(name)}) == 12


@pytest.mark.parametrize(
    ("name", "by_rules", "together"),
    [
        ("first", 0.02, 0.03),
        ("further", 0.04, 0.05),
        ("second", 0.05, 0.07),
        ("third", 0.08, 0.07),
        ("fourth", 0.12, 0.13),
        ("unseen", 0.06, 0.05),
        ("short", 0.04, 0.04),
    ],
)
def test_few_sentences_are_coded_with_what_they_deny(name: str, by_rules: float, together: float) -> None:
    assert share(name, 1, RULES) < by_rules
    assert share(name, 1, COMBINED) < together


@pytest.mark.parametrize(
    ("name", "by_rules", "together"),
    [
        ("first", 0.92, 0.94),
        ("further", 0.8, 0.89),
        ("second", 0.78, 0.89),
        ("third", 0.7, 0.81),
        ("fourth", 0.75, 0.89),
        ("unseen", 0.88, 0.88),
        ("short", 0.78, 0.82),
    ],
)
def test_most_twins_that_state_it_are_coded(name: str, by_rules: float, together: float) -> None:
    assert share(name, 2, RULES) > by_rules
    assert share(name, 2, COMBINED) > together
