"""Published tables; each test names its source."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.patterns.exact import TwoByTwo, boschloo, fisher, mid_p, mid_p_one_sided, odds_ratio

TEA = TwoByTwo(3, 1, 1, 3)
"""Fisher (1935), The Design of Experiments: milk or tea poured first."""
TWINS = TwoByTwo(2, 15, 10, 3)
"""Fisher (1962): convictions of like-sex twins of criminals, dizygotic and monozygotic (R: help of fisher.test)."""
LARYNX = TwoByTwo(21, 2, 15, 3)
"""Mendenhall et al. (1984): surgery and radiation of larynx cancer (Agresti 2002, table 3.17)."""

small = st.integers(0, 12)


def test_the_tea_tasting_lady_gets_fishers_p_and_the_mid_p() -> None:
    assert fisher(TEA) == pytest.approx(0.485714, abs=1e-6)
    assert mid_p(TEA) == pytest.approx(0.257143, abs=1e-6)
    assert mid_p_one_sided(TEA) == pytest.approx(9 / 70)


def test_criminal_twins_get_the_published_p_odds_ratio_and_interval() -> None:
    assert fisher(TWINS) == pytest.approx(0.0005367, abs=1e-7)
    odds = odds_ratio(TWINS)
    assert odds is not None
    assert odds.value == pytest.approx(0.04693661, abs=1e-5)
    # R gives two-sided limits at the same level
    assert odds.low == pytest.approx(0.0033, abs=1e-4)
    assert odds.high == pytest.approx(0.3632, abs=1e-4)


def test_larynx_cancer_gets_the_published_p_and_exact_interval() -> None:
    assert fisher(LARYNX) == pytest.approx(0.6384, abs=5e-5)
    odds = odds_ratio(LARYNX)
    assert odds is not None
    assert odds.low == pytest.approx(0.21, abs=0.005)
    assert odds.high == pytest.approx(27.55, abs=0.005)


def test_an_empty_cell_gives_an_interval_without_an_upper_end() -> None:
    odds = odds_ratio(TwoByTwo(8, 0, 40, 50))
    assert odds is not None
    assert (odds.value, odds.high) == (inf, inf)
    assert odds.low == pytest.approx(1.96892, abs=1e-5)
    assert odds.with_half == pytest.approx(21.1975, abs=1e-4)
    assert odds.half_low == pytest.approx(1.1875, abs=1e-3)
    assert odds.half_high == pytest.approx(378.385, abs=0.1)


def test_the_mirror_of_an_empty_cell_gives_an_interval_from_nothing() -> None:
    odds = odds_ratio(TwoByTwo(0, 8, 50, 40))
    assert odds is not None
    assert (odds.value, odds.low) == (0.0, 0.0)
    assert odds.high == pytest.approx(1 / 1.96892, abs=1e-5)


def test_a_vaccine_trial_gets_boschloos_p() -> None:
    """Mehta & Senchaudhuri (2003): 7 and 12 of 15 infected; Fisher's one-sided p is .0641, the unconditional .0341."""
    table = TwoByTwo(7, 8, 12, 3)
    p = boschloo(table)
    assert p is not None
    assert p == pytest.approx(2 * 0.0341, abs=1e-3)
    assert p < fisher(table) == pytest.approx(2 * 0.0641, abs=2e-4)


@pytest.mark.parametrize(
    "table", [TwoByTwo(0, 0, 4, 5), TwoByTwo(4, 5, 0, 0), TwoByTwo(3, 0, 4, 0), TwoByTwo(0, 0, 0, 0)]
)
def test_an_empty_margin_leaves_nothing_to_test(table: TwoByTwo) -> None:
    assert not table.varies
    assert fisher(table) == 1.0
    assert mid_p(table) == 0.5
    assert boschloo(table) is None
    assert odds_ratio(table) is None


@settings(max_examples=50)
@given(small, small, small, small)
def test_the_odds_ratio_is_scipys(a: int, b: int, c: int, d: int) -> None:
    from scipy.stats.contingency import odds_ratio as conditional  # type: ignore[import-untyped]  # scipy ships no types

    table = TwoByTwo(a, b, c, d)
    ours = odds_ratio(table)
    if ours is None:
        return
    theirs = conditional([[a, b], [c, d]])
    interval = theirs.confidence_interval(0.95)
    assert ours.value == pytest.approx(theirs.statistic, rel=1e-5)
    assert ours.low == pytest.approx(interval.low, rel=1e-5)
    assert ours.high == pytest.approx(interval.high, rel=1e-5)


@given(small, small, small, small)
def test_the_mid_p_is_never_above_fishers(a: int, b: int, c: int, d: int) -> None:
    table = TwoByTwo(a, b, c, d)
    assert 0 < mid_p(table) <= fisher(table) <= 1
