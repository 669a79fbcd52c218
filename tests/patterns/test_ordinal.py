"""Published tables; each test names its source."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.patterns.ordinal import concordance, gamma, jonckheere, somers_d, strength, tau_b, tau_c

JOB_SATISFACTION = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]
"""Agresti (2002), table 2.8: income and job satisfaction, black males, 1996 General Social Survey."""
KNOWLEDGE = ([40, 35, 38, 43, 44, 41], [38, 40, 47, 44, 40, 42], [48, 40, 45, 43, 46, 44])
"""Hundal (1969): pieces made by workers with no, rough and exact information (Hollander & Wolfe 1999, table 6.6)."""


def test_income_and_job_satisfaction_give_agrestis_pairs_and_gamma() -> None:
    together, apart = concordance(np.array(JOB_SATISFACTION, np.float64))
    assert (float(together), float(apart)) == (1331, 849)
    assert gamma(JOB_SATISFACTION) == pytest.approx(0.221101, abs=1e-6)
    assert tau_b(JOB_SATISFACTION) == pytest.approx(0.152352, abs=1e-6)
    assert tau_c(JOB_SATISFACTION) == pytest.approx(0.139468, abs=1e-6)
    assert somers_d(JOB_SATISFACTION) == pytest.approx(0.141723, abs=1e-6)


def test_knowledge_of_performance_gives_jonckheeres_79() -> None:
    found = jonckheere(KNOWLEDGE)
    assert (found.statistic, found.expected) == (79, 54)
    assert found.variance == pytest.approx(150.29, abs=0.005)
    assert found.z == pytest.approx(2.04, abs=0.005)


def test_jonckheere_without_ties_has_the_textbook_variance() -> None:
    found = jonckheere([range(6), range(6, 12), range(12, 18)])
    assert found.statistic == 108
    assert found.variance == pytest.approx((18 * 18 * 39 - 3 * 36 * 15) / 72) == pytest.approx(153)


def test_groups_of_one_value_have_no_order() -> None:
    found = jonckheere([[1, 1], [1, 1]])
    assert found.statistic == found.expected == 2
    assert found.z == 0
    assert jonckheere([[], []]).z == 0


def test_a_table_in_which_nothing_varies_has_no_strength() -> None:
    flat = [[3, 0], [0, 0]]
    assert gamma(flat) is None
    assert tau_b(flat) is None
    assert somers_d(flat) is None
    assert tau_c([[3, 1]]) is None


def test_superiority_is_the_mann_whitney_share() -> None:
    values = np.array([1.0, 1, 1, 0, 0])
    matrix = np.eye(4)[[3, 2, 1, 1, 0]]
    # pairs: 3>1 3>0 2>1 2>0 1=1 1>0
    assert strength(values, matrix).superiority.value == pytest.approx(5.5 / 6)


def test_a_split_case_counts_by_halves() -> None:
    values = np.array([1.0, 0.0])
    matrix = np.array([[0.5, 0, 0, 0.5], [0, 1.0, 0, 0]])
    assert strength(values, matrix, resamples=0).superiority.value == pytest.approx(0.5)


def test_halves_of_one_case_are_no_pair() -> None:
    """With a second trait value for each, only the pair between the two cases is untied in the outcome."""
    values = np.array([1.0, 0.0])
    matrix = np.array([[0, 0, 0.5, 0.5], [1.0, 0, 0, 0]])
    found = strength(values, matrix, resamples=0)
    assert found.gamma.value == found.tau_b.value == pytest.approx(1.0)


def test_complete_separation_gets_no_interval_and_no_trait_no_value() -> None:
    matrix = np.eye(4)[[0] * 10 + [3] * 10]
    apart = strength(np.repeat([0.0, 1.0], 10), matrix)
    assert apart.superiority.value == 1.0
    assert apart.superiority.low is apart.superiority.high is None
    assert strength(np.zeros(20), matrix).superiority.value is None
    assert strength(np.zeros(0), np.zeros((0, 4))).gamma.value is None


def test_a_rare_trait_gets_no_interval_where_resamples_lose_it() -> None:
    matrix = np.eye(4)[[0, 1, 2, 3] * 5]
    values = np.zeros(20)
    values[0] = 1.0
    assert strength(values, matrix).superiority.low is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=30))
def test_tau_b_is_scipys(pairs: list[tuple[int, int]]) -> None:
    from scipy.stats import kendalltau  # type: ignore[import-untyped]  # scipy ships no types

    x, y = (np.array(each) for each in zip(*pairs, strict=True))
    if len(set(x)) < 2 or len(set(y)) < 2:
        return
    found = strength(x.astype(np.float64), np.eye(4)[y], resamples=0)
    assert found.tau_b.value == pytest.approx(float(kendalltau(x, y).statistic), abs=1e-12)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Of 120 samples of 60 cases with a true superiority of 0.6875, at least 108 intervals hold it."""
    rng = np.random.default_rng(3)
    shares = np.array([[0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]])
    truth = float((shares[1] * (np.cumsum(shares[0]) - shares[0] / 2)).sum())
    held = 0
    for _ in range(120):
        values = (rng.random(60) < 0.5).astype(int)
        outcome = np.array([rng.choice(4, p=shares[value]) for value in values])
        found = strength(values.astype(np.float64), np.eye(4)[outcome], resamples=300).superiority
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    assert held >= 108
