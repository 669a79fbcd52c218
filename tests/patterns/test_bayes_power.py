import numpy as np
import pytest

from pipeline.patterns.bayes import compare_groups
from pipeline.patterns.power import power_of

SHARES = (0.11, 0.33, 0.23, 0.33)


def test_the_posterior_mean_is_that_of_the_formula() -> None:
    """With Dirichlet posteriors the mean superiority is that of the posterior mean shares."""
    first, second = np.array([2.0, 5, 8, 14]), np.array([9.0, 27, 15, 18])
    found = compare_groups(first, second)
    assert found is not None
    shares = [(group + 0.5) / (group + 0.5).sum() for group in (first, second)]
    wanted = float(shares[0] @ (np.cumsum(shares[1]) - shares[1] / 2))
    assert found.superiority == pytest.approx(wanted, abs=0.003)
    assert found.low < wanted < found.high
    assert found.higher > 0.95


def test_equal_groups_are_as_likely_higher_as_lower_under_any_prior() -> None:
    found = compare_groups(np.array([5.0, 5, 5, 5]), np.array([5.0, 5, 5, 5]))
    assert found is not None
    assert [prior for prior, _ in found.by_prior] == [0.5, 1.0, 0.25]
    assert all(chance == pytest.approx(0.5, abs=0.02) for _, chance in found.by_prior)


def test_more_prior_weight_pulls_a_small_sample_to_the_middle() -> None:
    found = compare_groups(np.array([0.0, 0, 0, 3]), np.array([3.0, 0, 0, 0]))
    assert found is not None
    chances = dict(found.by_prior)
    assert chances[1.0] < chances[0.5] < chances[0.25]


def test_an_empty_group_gives_no_posterior() -> None:
    assert compare_groups(np.zeros(4), np.array([1.0, 2, 3, 4])) is None


def test_the_same_seed_gives_the_same_posterior() -> None:
    groups = np.array([1.0, 2, 3, 4]), np.array([4.0, 3, 2, 1.5])
    assert compare_groups(*groups, seed=3) == compare_groups(*groups, seed=3)


def test_power_is_about_what_was_measured_for_98_cases() -> None:
    """Measured beforehand with permutation tests: odds ratios 1.35, 1.65, 2, 2.5, 3 at prevalence .25, 40 codes."""
    found = power_of(98, 0.25, SHARES, family=40)
    singles = {ratio: single for ratio, single, _ in found.rows}
    families = {ratio: family for ratio, _, family in found.rows}
    wanted = {1.35: (0.28, 0.03), 1.65: (0.59, 0.16), 2.0: (0.86, 0.39), 2.5: (0.97, 0.70), 3.0: (1.0, 0.93)}
    for ratio, (single, family) in wanted.items():
        assert singles[ratio] == pytest.approx(single, abs=0.06)
        assert families[ratio] == pytest.approx(family, abs=0.12)
    assert found.detectable == 2.0
    assert found.detectable_in_family == 3.0


def test_a_family_of_one_is_no_family_and_more_cases_see_more() -> None:
    alone = power_of(98, 0.25, SHARES)
    assert all(single == family for _, single, family in alone.rows)
    assert power_of(30, 0.25, SHARES).rows[2][1] < alone.rows[2][1] < power_of(300, 0.25, SHARES).rows[2][1]


def test_too_few_cases_see_nothing() -> None:
    assert power_of(2, 0.5, SHARES).rows == ()
    assert power_of(2, 0.5, SHARES).detectable is None
    assert power_of(98, 0.5, (0, 0, 0, 0)).rows == ()
    assert power_of(12, 0.5, (0, 0, 0, 1)).detectable is None
