from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.graph.cooccurrence import adjust_tails, cooccurrences, least_p, tails


def sets(both: int, first: int, second: int, cases: int) -> tuple[list[str], list[frozenset[str]]]:
    names = [f"c{number}" for number in range(cases)]
    one = frozenset(names[:first])
    two = frozenset([*names[:both], *names[first : first + second - both]])
    return names, [one, two]


def test_both_tails_equal_those_counted_by_hand() -> None:
    names, traits = sets(4, 5, 5, 10)
    (found,) = cooccurrences(traits, names, [(0, 1)])
    # of the 252 ways to deal five out of ten, 25 give four of the five and one gives all; 251 give four or fewer
    assert found.p_more == pytest.approx(26 / 252)
    assert found.p_fewer == pytest.approx(251 / 252)
    assert (found.both, found.first, found.second, found.cases) == (4, 5, 5, 10)
    assert found.expected == 2.5
    assert found.jaccard == pytest.approx(4 / 6)


tables = st.integers(2, 40).flatmap(
    lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n)).flatmap(
        lambda margins: st.tuples(
            st.integers(max(0, margins[1] + margins[2] - margins[0]), min(margins[1], margins[2])),
            st.just(margins[1]),
            st.just(margins[2]),
            st.just(margins[0]),
        )
    )
)


@given(tables)
def test_the_tails_are_those_of_fishers_one_sided_test(table: tuple[int, int, int, int]) -> None:
    from scipy.stats import fisher_exact  # type: ignore[import-untyped] # scipy ships no types

    both, first, second, cases = table
    names, traits = sets(both, first, second, cases)
    (found,) = cooccurrences(traits, names, [(0, 1)])
    square = [[both, first - both], [second - both, cases - first - second + both]]
    assert found.p_more == pytest.approx(fisher_exact(square, alternative="greater").pvalue, abs=1e-9)
    assert found.p_fewer == pytest.approx(fisher_exact(square, alternative="less").pvalue, abs=1e-9)


@given(tables)
def test_the_smallest_p_within_reach_is_that_of_the_clearest_table(table: tuple[int, int, int, int]) -> None:
    _, first, second, cases = table
    ways = comb(cases, second)
    clearest = min(first, second)
    exact = Fraction(comb(first, clearest) * comb(cases - first, second - clearest), ways)
    assert least_p(first, second, cases, together=True) == pytest.approx(float(exact))
    fewest = max(0, first + second - cases)
    exact = Fraction(comb(first, fewest) * comb(cases - first, second - fewest), ways)
    assert least_p(first, second, cases, together=False) == pytest.approx(float(exact))


def test_many_pairs_are_counted_at_once_and_cases_not_asked_for_are_left_out() -> None:
    traits = [frozenset("abcx"), frozenset("bcd"), frozenset()]
    one, two = cooccurrences(traits, list("abcd"), [(0, 1), (1, 2)])
    assert (one.both, one.first, one.second) == (2, 3, 3)
    assert (two.both, two.second, two.testable) == (0, 0, False)
    assert cooccurrences(traits, list("abcd"), []) == []


def test_every_tail_counts_as_a_test_when_p_values_are_adjusted() -> None:
    names, traits = sets(9, 10, 10, 20)
    clear, empty = cooccurrences([*traits, frozenset()], names, [(0, 1), (0, 2)])
    one, two = adjust_tails([clear, empty])
    # two tests in all: the smaller p is doubled, the larger kept; what cannot be tested adds none
    assert list(one) == pytest.approx([2 * clear.p_more, clear.p_fewer])
    assert two == (1.0, 1.0)


def test_tails_take_whole_arrays() -> None:
    import numpy as np

    more, fewer = tails(np.array([4, 0]), np.array([5, 5]), np.array([5, 5]), 10)
    assert more.tolist() == [pytest.approx(26 / 252), pytest.approx(1)]
    assert fewer.tolist() == [pytest.approx(251 / 252), pytest.approx(1 / 252)]
