from itertools import pairwise

import numpy as np
import pytest

from pipeline.model.codes import Sign
from pipeline.model.progression import ORDER, ProgressionCategory
from pipeline.patterns.itemsets import deviant_cases, mine
from pipeline.patterns.membership import Memberships, memberships_of
from pipeline.patterns.presence import core_codes
from pipeline.patterns.profiles import profiles
from pipeline.patterns.statistics_frames import pattern_frame, profile_frame
from pipeline.patterns.variables import presence_of
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes


def outcomes_of(scores: list[int]) -> Memberships:
    return Memberships(
        tuple(f"c{number:02}" for number in range(len(scores))),
        tuple((ORDER[score],) for score in scores),
        tuple("XY"[number % 2] for number in range(len(scores))),
    )


def test_identical_conditions_are_one_profile_with_its_spread() -> None:
    presence = np.array([[1, 0], [1, 0], [0, 0], [1, 1]], np.bool_)
    found = profiles(presence, ["a", "b"], outcomes_of([3, 0, 1, 3]))
    assert [each.cases for each in found] == [("c00", "c01"), ("c03",), ("c02",)]
    first = found[0]
    assert (first.present, first.absent, first.mixed, first.mean) == (("a",), ("b",), True, 1.5)
    assert first.counts == ((1, 0), (0, 0), (0, 0), (1, 0))
    assert profile_frame(found)["n"].tolist() == [2, 1, 1]


def test_the_cases_that_do_not_fit_come_worst_first_and_split_ones_fit_in_part() -> None:
    memberships = Memberships(
        ("a", "b", "c", "d"),
        (
            (ProgressionCategory.NONE,),
            (ProgressionCategory.REGRESSION,),
            (ProgressionCategory.PROGRESSION,),
            (ProgressionCategory.PROGRESSION, ProgressionCategory.REGRESSION),
        ),
        ("",) * 4,
    )
    assert deviant_cases("abcd", memberships, Sign.PLUS) == ("b", "a")
    assert deviant_cases("abcd", memberships, Sign.MINUS) == ("c",)
    assert deviant_cases("c", memberships, Sign.PLUS) == ()


def test_a_planted_pair_is_found_with_its_deviant_case_first() -> None:
    rng = np.random.default_rng(1)
    presence = rng.random((80, 8)) < 0.5
    scores = np.where(presence[:, 2] & presence[:, 5], 3, 1)
    odd = int(np.flatnonzero(presence[:, 2] & presence[:, 5])[3])
    scores[odd] = 0
    memberships = outcomes_of(scores.tolist())
    found = mine(presence, list("abcdefgh"), memberships, draws=999)
    best = found.patterns[0]
    assert best.codes == ("c", "f")
    assert best.p_all <= 0.002
    assert best.deviant == (memberships.cases[odd],)
    assert best.cases[0] == memberships.cases[odd]
    assert best.direction is Sign.PLUS
    assert best.superiority > 0.9
    assert abs(best.z) > max(abs(part) for part in best.parts)
    assert pattern_frame(found).iloc[0]["deviant"] == memberships.cases[odd]


def test_patterns_of_the_same_cases_are_one_and_the_longest_is_kept() -> None:
    rng = np.random.default_rng(2)
    base = rng.random(60) < 0.5
    other = rng.random(60) < 0.6
    # b is wherever a is: {a, c} and {a, b, c} hold of the same cases
    presence = np.stack([base, base | (rng.random(60) < 0.3), other], axis=1)
    found = mine(presence, ["a", "b", "c"], outcomes_of(rng.integers(0, 4, 60).tolist()), draws=99)
    assert {each.codes for each in found.patterns} == {("a", "b"), ("b", "c"), ("a", "b", "c")}
    alone = mine(presence, ["a", "b", "c"], outcomes_of(rng.integers(0, 4, 60).tolist()), sizes=(1,), draws=99)
    assert next(each.shared for each in alone.patterns if each.codes == ("a",)) == ("b",)


def test_patterns_in_too_few_or_too_many_cases_are_not_looked_at() -> None:
    presence = np.zeros((30, 3), np.bool_)
    presence[:4, :2] = True
    presence[:, 2] = True
    memberships = outcomes_of([0, 1, 2, 3, 3, 2] * 5)
    assert mine(presence, ["a", "b", "c"], memberships, draws=9).looked_at == 0
    assert mine(presence, ["a", "b", "c"], memberships, least=4, draws=9).looked_at == 1
    assert mine(np.zeros((0, 0), np.bool_), [], Memberships((), (), ())).patterns == ()


def test_the_p_for_all_patterns_is_never_below_the_single_one_and_falls_with_the_statistic() -> None:
    rng = np.random.default_rng(3)
    presence = rng.random((60, 8)) < 0.4
    found = mine(presence, list("abcdefgh"), outcomes_of(rng.integers(0, 4, 60).tolist()), draws=199)
    assert len(found.patterns) == found.looked_at > 20
    assert all(each.p <= each.p_all for each in found.patterns)
    assert all(first.p_all <= second.p_all for first, second in pairwise(found.patterns))
    assert mine(presence, list("abcdefgh"), outcomes_of([0, 1, 2, 3] * 15), draws=99, most=3).looked_at > 20


@pytest.mark.parametrize("within", [False, True])
def test_noise_gives_a_pattern_about_once_in_twenty_searches(within: bool) -> None:
    """120 searches through all pairs and triples of 8 random codes: 6 hits expected, at most 14 allowed (p < .002)."""
    rng = np.random.default_rng(4)
    hits = 0
    for run in range(120):
        presence, scores = rng.random((60, 8)) < 0.4, rng.integers(0, 4, 60).tolist()
        found = mine(presence, list("abcdefgh"), outcomes_of(scores), draws=99, seed=run, most=1, within=within)
        hits += found.patterns[0].p_all <= 0.05
    assert hits <= 14


def test_pairs_of_the_sample_corpus_count_the_cases_of_the_reference() -> None:
    book = reference_codebook()
    codes = core_codes(book)
    memberships = memberships_of(reference_cases(), reference_outcomes())
    presence = presence_of(memberships.cases, reference_codings(), codes)
    found = mine(presence, codes, memberships, sizes=(2,), draws=99, most=50)
    best = found.patterns[0]
    one, other = (
        {coding.case for coding in reference_codings() if coding.code == code and not coding.before}
        for code in best.codes
    )
    assert set(best.cases) == one & other
    assert sum(whole for whole, _ in best.counts) + len(set(best.cases) & set(memberships.split)) == len(best.cases)
