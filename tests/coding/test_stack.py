from dataclasses import replace

import numpy as np

from pipeline.coding.stack import ALONE, WITH_RULES, Trust, design, logit, probability, rule_evidence, trust_of
from pipeline.model.codings import Coding
from tests.codebooks import code_text
from tests.coding.models import ANXIETY, COMPILED, WAITING

CODES = (ANXIETY, WAITING)


def codings(text: str) -> tuple[Coding, ...]:
    return code_text(COMPILED, text)


def test_log_odds_and_probabilities_are_inverse() -> None:
    chances = np.array([0.01, 0.5, 0.9])
    assert np.allclose(probability(logit(chances)), chances)


def test_a_detail_code_speaks_for_its_core_code() -> None:
    detail = [coding for coding in codings("Angst.") if coding.code.count(".") == 2]
    assert detail
    assert rule_evidence([detail], CODES).found[0].tolist() == [0.8, 0.0]


def test_what_a_cue_suppressed_is_told_from_what_was_found() -> None:
    evidence = rule_evidence([codings("Ingen ventetid."), codings("Ventetid.")], CODES)
    assert evidence.suppressed.tolist() == [[0.0, 1.0], [0.0, 0.0]]
    assert (evidence.found[:, 1] > 0).tolist() == [False, True]


def test_codes_that_the_model_does_not_know_are_left_out() -> None:
    assert not rule_evidence([codings("En mentor.")], CODES).rules


def test_the_trust_in_a_pair_is_that_of_its_best_rule_or_its_codes() -> None:
    evidence = rule_evidence([codings("Ventetid."), codings("Angst.")], CODES)
    trust = Trust(np.array([-0.5, 0.0]), {(f"{WAITING}/a", 1): 2.0})
    assert trust_of(evidence, trust).tolist() == [[0.0, 2.0], [-0.5, 0.0]]


def test_there_is_a_fact_for_every_name() -> None:
    evidence = rule_evidence([codings("Ventetid."), codings("Angst.")], CODES)
    scores, wider, section = np.zeros((2, 2)), np.zeros((2, 3)), np.zeros((2, 2))
    alone = design(scores, wider, [(0, 2)], section, themes=(0, 1))
    both = design(scores, wider, [(0, 2)], section, themes=(0, 1), evidence=evidence, trust=np.zeros((2, 2)))
    assert alone.shape == (2, 2, len(ALONE))
    assert both.shape == (2, 2, len(WITH_RULES))


def test_neighbours_are_those_of_the_same_case() -> None:
    scores = np.array([[1.0], [2.0], [3.0]])
    facts = design(scores, np.zeros((3, 2)), [(0, 2), (2, 3)], np.zeros((3, 1)), themes=(0,))
    earlier, later = (facts[:, 0, ALONE.index(name)] for name in ("earlier", "later"))
    none = probability(np.array([-1.5]))[0]
    assert np.allclose(earlier, [none, probability(np.array([1.0]))[0], none])
    assert np.allclose(later, [probability(np.array([2.0]))[0], none, none])
    assert facts[:, 0, ALONE.index("case")].tolist() == [2.0, 1.0, -1.5]


def test_the_lead_is_over_the_best_other_code() -> None:
    facts = design(np.array([[1.0, 3.0]]), np.zeros((1, 3)), [(0, 1)], np.zeros((1, 2)), themes=(0, 1))
    assert facts[0, :, ALONE.index("lead")].tolist() == [-2.0, 2.0]


def test_the_same_rule_twice_counts_once() -> None:
    (coding,) = codings("Ventetid.")
    evidence = rule_evidence([[coding, replace(coding, confidence=0.3)]], CODES)
    assert evidence.count[0].tolist() == [0.0, 1.0]
    assert evidence.found[0, 1] == coding.confidence
