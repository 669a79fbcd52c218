"""The rules against the reference: how good they are when the codings are (an upper bound for a run)."""

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.model.progression import Outcome
from pipeline.progression.compare import OutcomeAgreement, compare_outcomes
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcomes
from tests.reference import reference_cases, reference_codings, reference_outcomes

RULES = load_outcome_rules(Path(__file__).resolve().parents[2] / "codebook" / "en-plan").value


@cache
def found() -> tuple[Outcome, ...]:
    return settle_outcomes(reference_cases(), reference_codings(), RULES)


@cache
def agreement() -> OutcomeAgreement:
    return compare_outcomes(found(), reference_outcomes())


def test_the_category_is_the_reference_s_in_most_cases() -> None:
    assert agreement().exact.value >= 0.88
    assert agreement().within_one.value >= 0.97


def test_attachment_changes_and_ratings_are_the_reference_s_in_most_cases() -> None:
    assert agreement().attachment.value >= 0.93
    assert agreement().changes.value >= 0.85
    assert agreement().ratings.value >= 0.84


def test_no_municipality_falls_far_behind_the_others() -> None:
    for letter in sorted({case.id[0] for case in reference_cases()}):
        part = compare_outcomes(found(), (outcome for outcome in reference_outcomes() if outcome.case[0] == letter))
        assert part.within_one.value >= 0.85, letter
        assert part.exact.value >= 0.6, letter


def test_a_third_of_the_codings_missing_costs_little() -> None:
    chance = random.Random(7)
    kept = [replace(coding, confidence=0.7) for coding in reference_codings() if chance.random() < 0.67]
    part = compare_outcomes(settle_outcomes(reference_cases(), kept, RULES), reference_outcomes())
    assert part.exact.value >= 0.75
    assert part.within_one.value >= 0.92


def test_a_missing_case_counts_as_a_miss() -> None:
    assert compare_outcomes((), reference_outcomes()).exact.hits == 0
    assert compare_outcomes(reference_outcomes(), reference_outcomes()).exact.value == 1.0


def test_the_order_of_the_codings_does_not_matter() -> None:
    assert settle_outcomes(reference_cases(), reversed(reference_codings()), RULES) == found()
