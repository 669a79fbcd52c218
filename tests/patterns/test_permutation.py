"""Published trends and exact tests, and what permutations must keep; each published test names its source."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.patterns.families import max_t
from pipeline.patterns.permutation import contrasts, drawn_p, exact_p, linear_z, permuted


def test_maternal_alcohol_and_malformation_give_agrestis_trend() -> None:
    """Agresti (2002), table 3.9: Cochran-Armitage z 2.563, M2 6.570."""
    present, absent = [48, 38, 5, 1, 1], [17066, 14464, 788, 126, 37]
    scores = [0, 0.5, 1.5, 4, 7]
    x = np.repeat([1.0] * 5 + [0.0] * 5, present + absent)
    s = np.repeat(scores + scores, present + absent)
    z = linear_z(x, s)
    assert z is not None
    assert z * z == pytest.approx(6.5699, abs=1e-4)
    assert z * np.sqrt(len(x) / (len(x) - 1)) == pytest.approx(2.5632, abs=1e-4)


def test_smokers_among_lung_cancer_patients_give_fleisss_trend() -> None:
    """Fleiss (1981), p. 139: chi-squared for trend 8.225 (R: example of prop.trend.test)."""
    smokers, patients = [83, 90, 129, 70], [86, 93, 136, 82]
    x = np.concatenate([np.repeat([1.0, 0.0], [a, b - a]) for a, b in zip(smokers, patients, strict=True)])
    z = linear_z(x, np.repeat([1.0, 2, 3, 4], patients))
    assert z is not None
    assert z * z * len(x) / (len(x) - 1) == pytest.approx(8.2249, abs=1e-4)


def test_permeability_of_placentas_gives_the_exact_rank_sum_p() -> None:
    """Hollander & Wolfe (1973), p. 69: W = 35, one-sided p .1272 (R: example of wilcox.test)."""
    at_term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    early = [1.15, 0.88, 0.90, 0.74, 1.21]
    ranks = np.argsort(np.argsort(at_term + early)).astype(np.float64) + 1
    present = np.array([True] * 10 + [False] * 5)
    assert ranks[present].sum() - 55 == 35
    p = exact_p(present, ranks)
    assert p is not None
    assert p / 2 == pytest.approx(0.1272, abs=5e-5)


few = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.5, 1.0, 2.0, 2.5, 3.0, 4 / 3])), min_size=2, max_size=9)


@settings(max_examples=60)
@given(few)
def test_the_exact_p_is_that_of_listing_every_arrangement(cases: list[tuple[bool, float]]) -> None:
    present = np.array([has for has, _ in cases])
    scores = np.array([score for _, score in cases])
    sums = np.array([scores[list(chosen)].sum() for chosen in combinations(range(len(cases)), int(present.sum()))])
    away = np.abs(sums - scores.mean() * present.sum())
    wanted = float((away >= abs(scores[present].sum() - scores.mean() * present.sum()) - 1e-9).mean())
    assert exact_p(present, scores) == pytest.approx(wanted, abs=1e-9)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 1)), min_size=4, max_size=7))
def test_the_exact_p_within_groups_keeps_outcomes_in_their_group(cases: list[tuple[bool, int, int]]) -> None:
    present = np.array([has for has, _, _ in cases])
    scores = np.array([float(score) for _, score, _ in cases])
    strata = np.array([group for _, _, group in cases])
    sums = [
        scores[list(order)][present].sum()
        for order in permutations(range(len(cases)))
        if all(strata[here] == strata[there] for here, there in enumerate(order))
    ]
    away = np.abs(np.array(sums) - np.mean(sums))
    wanted = float((away >= abs(scores[present].sum() - np.mean(sums)) - 1e-9).mean())
    assert exact_p(present, scores, strata) == pytest.approx(wanted, abs=1e-9)


def test_drawn_and_exact_p_agree_within_the_error_of_drawing() -> None:
    rng = np.random.default_rng(4)
    present, strata = rng.random(98) < 0.3, rng.integers(0, 9, 98)
    scores = rng.integers(0, 4, 98).astype(np.float64)
    scores[:4] += 0.5
    for groups in (None, strata):
        counted = exact_p(present, scores, groups)
        drawn = drawn_p(present.astype(np.float64), scores, groups, draws=4_999)
        assert counted == pytest.approx(drawn, abs=0.03)


def test_the_variance_is_that_of_all_permutations() -> None:
    x, scores = np.array([[1.0], [0], [2], [0], [1]]), np.array([0.0, 3, 1.5, 2, 0])
    contrast, scale = contrasts(x, scores)
    drawn = [float(np.array(order) @ contrast[:, 0]) for order in permutations(scores.tolist())]
    assert np.std(drawn) == pytest.approx(scale[0])
    assert np.mean(drawn) == pytest.approx(0, abs=1e-12)


def test_permutations_within_groups_move_nothing_out_of_its_group() -> None:
    scores, strata = np.arange(12.0), np.array([0, 1, 2] * 4)
    drawn = permuted(scores, np.random.default_rng(0).random((50, 12)), strata)
    for group in range(3):
        assert np.array_equal(np.sort(drawn[:, strata == group]), np.tile(scores[strata == group], (50, 1)))
    assert len({tuple(row) for row in drawn.tolist()}) > 40


def test_what_does_not_vary_is_not_tested() -> None:
    scores = np.array([0.0, 1, 2, 3])
    assert linear_z(np.ones(4), scores) is None
    assert linear_z(np.array([0.0, 1, 0, 1]), np.ones(4)) is None
    assert drawn_p(np.ones(4), scores) is None
    assert exact_p(np.array([True] * 4), scores) == 1.0
    # each group is of one kind: within groups nothing can be permuted
    assert linear_z(np.array([0.0, 0, 1, 1]), scores, np.array([0, 0, 1, 1])) is None


def test_too_many_cases_or_too_fine_scores_are_left_to_drawing() -> None:
    assert exact_p(np.zeros(501, np.bool_), np.zeros(501)) is None
    assert exact_p(np.array([True, False, False]), np.array([0.0, 0.123, 1])) is None


def test_max_t_is_never_below_the_single_p_and_bh_lies_between() -> None:
    rng = np.random.default_rng(6)
    columns = list((rng.random((15, 98)) < 0.3).astype(np.float64))
    columns[3][:40] = np.nan
    found = max_t(columns, rng.integers(0, 4, 98).astype(np.float64), draws=999)
    for single, family, discovery in zip(found.p, found.p_family, found.p_discovery, strict=True):
        assert single is not None
        assert family is not None
        assert discovery is not None
        assert single <= discovery <= 1
        assert single <= family <= 1
    order = sorted(range(15), key=lambda index: -abs(found.z[index] or 0))
    adjusted = [found.p_family[index] for index in order]
    assert adjusted == sorted(adjusted, key=lambda value: value or 0)


def test_max_t_gives_none_for_a_trait_that_does_not_vary_or_has_no_values() -> None:
    scores = np.array([0.0, 1, 2, 3] * 5)
    found = max_t([np.ones(20), np.full(20, np.nan), np.tile([0.0, 0, 1, 1], 5)], scores, draws=199)
    assert found.z[:2] == found.p[:2] == found.p_family[:2] == found.p_discovery[:2] == (None, None)
    assert found.p_family[2] == pytest.approx(1 / 200)
    assert max_t([], scores).z == ()


def test_the_same_seed_gives_the_same_numbers() -> None:
    rng = np.random.default_rng(8)
    columns, scores = list((rng.random((5, 50)) < 0.4).astype(np.float64)), rng.integers(0, 4, 50).astype(np.float64)
    assert max_t(columns, scores, draws=300, seed=5) == max_t(columns, scores, draws=300, seed=5)
    assert max_t(columns, scores, draws=300, seed=5) != max_t(columns, scores, draws=300, seed=6)


@pytest.mark.parametrize("within", [False, True])
def test_noise_gets_a_family_wise_hit_about_once_in_twenty(within: bool) -> None:
    """300 runs of 20 traits that have nothing to do with the outcome: 15 hits expected, 3 to 28 allowed (p < .002)."""
    rng = np.random.default_rng(11)
    hits = 0
    for run in range(300):
        strata = rng.integers(0, 6, 60)
        # outcome and traits both differ between groups, which permutation within groups must not take for a link
        scores = np.clip(rng.integers(0, 4, 60) + (strata > 3) * within, 0, 3).astype(np.float64)
        columns = list((rng.random((20, 60)) < 0.2 + 0.3 * (strata > 3) * within).astype(np.float64))
        found = max_t(columns, scores, strata if within else None, draws=199, seed=run)
        hits += min(p for p in found.p_family if p is not None) <= 0.05
    assert 3 <= hits <= 28
