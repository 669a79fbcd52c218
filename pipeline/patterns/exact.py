"""Exact analysis of a two-by-two table: mid-p, Fisher, Boschloo and the conditional odds ratio with its interval.

References:
    Lancaster, H. O. (1961). Significance tests in discrete distributions. JASA, 56, 223-234 (mid-p).
    Agresti, A. (2002). Categorical Data Analysis, 2nd ed., sections 3.5 and 3.6. Wiley.
    Boschloo, R. D. (1970). Raised conditional level of significance for the 2 x 2 table. Statistica Neerlandica, 24.
    Cornfield, J. (1956). A statistical problem arising from retrospective studies (exact interval).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """A two-by-two table of cases.

    Attributes:
        a: With the trait and the better outcome.
        b: With the trait and the worse outcome.
        c: Without the trait, better outcome.
        d: Without the trait, worse outcome.
    """

    a: int
    b: int
    c: int
    d: int

    @property
    def n(self) -> int:
        """All cases of the table."""
        return self.a + self.b + self.c + self.d

    @property
    def varies(self) -> bool:
        """Say whether neither margin is empty, so that there is something to test."""
        return 0 < self.a + self.b < self.n and 0 < self.a + self.c < self.n


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """An odds ratio with a 95 per cent interval.

    Attributes:
        value: The conditional maximum likelihood estimate; infinite where a cell of the other diagonal is empty.
        low: Lower end of the exact interval.
        high: Upper end; infinite where the cases set no upper bound, which must be said.
        with_half: Haldane's and Anscombe's point estimate with 1/2 added to each cell: always finite, a label must say
            what it is.
        half_low: Lower end of its large-sample (Woolf) interval.
        half_high: Upper end of that.
    """

    value: float
    low: float
    high: float
    with_half: float
    half_low: float
    half_high: float


def _chances(table: TwoByTwo) -> tuple[list[int], int, int]:
    """Return the ways to each table with the same margins, the ways to the one seen, and all ways."""
    first, better = table.a + table.b, table.a + table.c
    least, most = max(0, first + better - table.n), min(first, better)
    ways = [comb(better, k) * comb(table.n - better, first - k) for k in range(least, most + 1)]
    return ways, ways[table.a - least], sum(ways)


def fisher(table: TwoByTwo) -> float:
    """Return the two-sided p of Fisher's exact test: all tables no likelier than the one seen. 1 for empty margins."""
    ways, seen, total = _chances(table)
    return float(Fraction(sum(way for way in ways if way <= seen), total))


def mid_p(table: TwoByTwo) -> float:
    """Return the two-sided mid-p: tables less likely than the one seen, and half of those exactly as likely.

    It keeps nearer to its level than Fisher's test in small samples, without holding it for certain. 0.5 for empty
    margins, where there is one table only: check ``table.varies`` first.
    """
    ways, seen, total = _chances(table)
    less = sum(way for way in ways if way < seen)
    same = sum(way for way in ways if way == seen)
    return float(Fraction(2 * less + same, 2 * total))


def mid_p_one_sided(table: TwoByTwo) -> float:
    """Return the one-sided mid-p for more of the better outcome with the trait."""
    least = max(0, 2 * table.a + table.b + table.c - table.n)
    ways, seen, total = _chances(table)
    return float(Fraction(2 * sum(ways[table.a - least + 1 :]) + seen, 2 * total))


def boschloo(table: TwoByTwo) -> float | None:
    """Return the two-sided p of Boschloo's unconditional test, more powerful than Fisher's; None for empty margins."""
    if not table.varies:
        return None
    from scipy.stats import boschloo_exact  # type: ignore[import-untyped]  # scipy ships no types

    p = float(boschloo_exact([[table.a, table.c], [table.b, table.d]], alternative="two-sided", n=32).pvalue)
    return min(1.0, p)


def odds_ratio(table: TwoByTwo) -> OddsRatio | None:
    """Return the conditional odds ratio with its exact interval; None for empty margins, where it is not defined."""
    if not table.varies:
        return None
    ways, _, _ = _chances(table)
    least = max(0, 2 * table.a + table.b + table.c - table.n)
    spread = _Conditional(np.array([log(way) for way in ways]), table.a - least)
    cells = [count + 0.5 for count in (table.a, table.b, table.c, table.d)]
    half = cells[0] * cells[3] / (cells[1] * cells[2])
    width = _Z * sqrt(sum(1 / cell for cell in cells))
    return OddsRatio(
        value=_solved(lambda theta: spread.mean(theta) - spread.seen, at_bottom=spread.at_bottom, at_top=spread.at_top),
        low=_solved(lambda theta: spread.at_least(theta) - _TAIL, at_bottom=spread.at_bottom),
        high=_solved(lambda theta: _TAIL - spread.at_most(theta), at_top=spread.at_top),
        with_half=half,
        half_low=exp(log(half) - width),
        half_high=exp(log(half) + width),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Conditional:
    """The distribution of one cell given the margins (Fisher's noncentral hypergeometric).

    Attributes:
        ways: Logarithms of the ways to each value of the cell, from its least value on.
        seen: Place of the value seen.
    """

    ways: NDArray[np.float64]
    seen: int

    @property
    def at_bottom(self) -> bool:
        return self.seen == 0

    @property
    def at_top(self) -> bool:
        return self.seen == len(self.ways) - 1

    def chances(self, theta: float) -> NDArray[np.float64]:
        logs = self.ways + theta * np.arange(len(self.ways))
        weights = np.exp(logs - logs.max())
        found: NDArray[np.float64] = weights / weights.sum()
        return found

    def mean(self, theta: float) -> float:
        return float(self.chances(theta) @ np.arange(len(self.ways)))

    def at_least(self, theta: float) -> float:
        return float(self.chances(theta)[self.seen :].sum())

    def at_most(self, theta: float) -> float:
        return float(self.chances(theta)[: self.seen + 1].sum())


def _solved(rises: Callable[[float], float], *, at_bottom: bool = False, at_top: bool = False) -> float:
    """Return the odds ratio at which a rising function of its logarithm is 0, by halving; 0 or infinite at the ends."""
    if at_bottom or at_top:
        return 0.0 if at_bottom else inf
    low, high = -50.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < 0 else (low, middle)
    return exp((low + high) / 2)
