"""Strength of association between an ordered trait and an ordered outcome: gamma, tau-b, probability of superiority.

All rest on concordant and discordant pairs of cases. A split case has a share in several categories and its pairs
count by those shares; the two halves of one case are never a pair.

References:
    Goodman, L. A., & Kruskal, W. H. (1954). Measures of association for cross classifications. JASA, 49, 732-764.
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika, 33, 239-251.
    McGraw, K. O., & Wong, S. P. (1992). A common language effect size statistic. Psychological Bulletin, 111, 361-365.
    Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapter 13. Chapman & Hall.
    Jonckheere, A. R. (1954). A distribution-free k-sample test against ordered alternatives. Biometrika, 41, 133-145.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BOOTSTRAP = 2_000
"""Resamples of cases by default."""

_LEAST_USABLE = 0.9
"""Share of resamples that must give a value for an interval to be shown."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 per cent interval.

    Attributes:
        value: The value in the cases at hand; None where it is not defined (a group is empty, or nothing varies).
        low: Lower end; None where no interval can be given.
        high: Upper end.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly trait and outcome go together.

    Attributes:
        superiority: Of two cases that differ in the trait, the chance that the one with more of it has the better
            outcome, ties counted half; 0.5 is no tendency. For a trait of two values the chance that a case with it
            has a better outcome than one without.
        gamma: Goodman and Kruskal's gamma, -1 to 1; pairs tied in either are left out.
        tau_b: Kendall's tau-b, -1 to 1.
    """

    superiority: Estimate
    gamma: Estimate
    tau_b: Estimate


@dataclass(frozen=True, slots=True)
class Jonckheere:
    """Jonckheere's test of an order among groups.

    Attributes:
        statistic: Pairs from two groups in which the later group's value is higher, ties counted half.
        expected: Its mean where the groups do not differ.
        variance: Its variance where the groups do not differ, corrected for ties.
    """

    statistic: float
    expected: float
    variance: float

    @property
    def z(self) -> float:
        """The standardised statistic; 0 where nothing varies."""
        return (self.statistic - self.expected) / sqrt(self.variance) if self.variance > 0 else 0.0


def concordance(tables: Floats) -> tuple[Floats, Floats]:
    """Count concordant and discordant pairs of ordered tables.

    Args:
        tables: Counts or weights, shape (..., rows, columns), both in order from low to high.

    Returns:
        Concordant and discordant pairs, shape (...).
    """
    below = np.flip(np.cumsum(np.flip(tables, -2), -2), -2)[..., 1:, :]
    higher = np.flip(np.cumsum(np.flip(below, -1), -1), -1)[..., 1:]
    lower = np.cumsum(below, -1)[..., :-1]
    upper = tables[..., :-1, :]
    together = (upper[..., :-1] * higher).sum(axis=(-2, -1))
    apart = (upper[..., 1:] * lower).sum(axis=(-2, -1))
    return together, apart


def gamma(table: Sequence[Sequence[float]] | Floats) -> float | None:
    """Return Goodman and Kruskal's gamma of an ordered table; None where every pair is tied."""
    together, apart = (float(part) for part in concordance(np.asarray(table, np.float64)))
    return (together - apart) / (together + apart) if together + apart else None


def tau_b(table: Sequence[Sequence[float]] | Floats) -> float | None:
    """Return Kendall's tau-b of an ordered table; None where rows or columns do not vary."""
    counts = np.asarray(table, np.float64)
    together, apart = (float(part) for part in concordance(counts))
    n = float(counts.sum())
    rows = n * n - float((counts.sum(1) ** 2).sum())
    columns = n * n - float((counts.sum(0) ** 2).sum())
    return 2 * (together - apart) / sqrt(rows * columns) if rows > 0 and columns > 0 else None


def tau_c(table: Sequence[Sequence[float]] | Floats) -> float | None:
    """Return Stuart's tau-c of an ordered table; None for fewer than two rows or columns."""
    counts = np.asarray(table, np.float64)
    together, apart = (float(part) for part in concordance(counts))
    least, n = min(counts.shape), float(counts.sum())
    return 2 * least * (together - apart) / (n * n * (least - 1)) if least > 1 and n else None


def somers_d(table: Sequence[Sequence[float]] | Floats) -> float | None:
    """Return Somers' d of the columns given the rows; None where the rows do not vary."""
    counts = np.asarray(table, np.float64)
    together, apart = (float(part) for part in concordance(counts))
    untied = (float(counts.sum()) ** 2 - float((counts.sum(1) ** 2).sum())) / 2
    return (together - apart) / untied if untied > 0 else None


def strength(values: Floats, matrix: Floats, *, resamples: int = BOOTSTRAP, seed: int = 0) -> Strength:
    """Return superiority, gamma and tau-b of a trait and category memberships, with percentile bootstrap intervals.

    Whole cases are resampled. A resample in which a measure is not defined (one group drawn empty) is passed over;
    where more than a tenth are, or all give the same value (complete separation), there is no interval: the bootstrap
    cannot see beyond the cases at hand, and too narrow an interval would say more than is known.

    Args:
        values: The trait, shape (n,), without missing values.
        matrix: Shares of each case in the ordered categories, lowest first, shape (n, categories).
        resamples: How many resamples; 0 for none.
        seed: Seed of the resampling.
    """
    n = len(values)
    found = _measures(values, matrix, _case_weights(n, resamples if n else 0, seed))
    return Strength(*(_estimate(found[:, column]) for column in range(3)))


@lru_cache(maxsize=8)
def _case_weights(n: int, resamples: int, seed: int) -> Floats:
    """Return how often each case counts: once in the first row, as drawn with replacement in the others."""
    weights = np.ones((1 + resamples, n))
    if resamples:
        weights[1:] = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    weights.setflags(write=False)
    return weights


def _measures(values: Floats, matrix: Floats, weights: Floats) -> Floats:
    """Return superiority, gamma and tau-b for each row of case weights, shape (rows, 3); nan where not defined."""
    levels, place = np.unique(values, return_inverse=True)
    if len(levels) < 2:
        return np.full((len(weights), 3), np.nan)
    n, wide = matrix.shape
    spread = np.zeros((n, len(levels), wide))
    spread[np.arange(n), place] = matrix
    tables = (weights @ spread.reshape(n, -1)).reshape(-1, len(levels), wide)
    together, apart = concordance(tables)
    total = weights.sum(axis=1) ** 2
    rows = (total - (tables.sum(2) ** 2).sum(1)) / 2
    own = weights @ (1 - (matrix**2).sum(1))
    columns = (total - (tables.sum(1) ** 2).sum(1) - own) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        superiority = np.where(rows > 0, (1 + (together - apart) / rows) / 2, np.nan)
        gammas = np.where(together + apart > 0, (together - apart) / (together + apart), np.nan)
        taus = np.where((rows > 0) & (columns > 0), (together - apart) / np.sqrt(rows * np.abs(columns)), np.nan)
    return np.stack([superiority, gammas, taus], axis=1)


def _estimate(found: Floats) -> Estimate:
    value = found[0]
    if np.isnan(value):
        return Estimate()
    drawn = found[1:]
    usable = drawn[~np.isnan(drawn)]
    if not len(drawn) or len(usable) < _LEAST_USABLE * len(drawn) or np.ptp(usable) < 1e-12:
        return Estimate(float(value))
    low, high = np.quantile(usable, (0.025, 0.975))
    return Estimate(float(value), float(low), float(high))


def jonckheere(groups: Sequence[Sequence[float]]) -> Jonckheere:
    """Compare groups that have an order, lowest expected values first.

    The variance is Lehmann's with ties (Hollander & Wolfe 1999, Nonparametric Statistical Methods, 2nd ed., p. 204).

    Args:
        groups: The values of each group.
    """
    sizes = np.array([len(group) for group in groups], np.float64)
    values = np.array([value for group in groups for value in group], np.float64)
    levels, place = np.unique(values, return_inverse=True)
    table = np.zeros((len(groups), len(levels)))
    np.add.at(table, (np.repeat(np.arange(len(groups)), sizes.astype(int)), place), 1)
    together, apart = (float(part) for part in concordance(table))
    n = float(sizes.sum())
    between = (n * n - float((sizes**2).sum())) / 2
    ties = table.sum(0)
    first = sum(_cubic(part) for part in (sizes, ties))
    variance = (n * (n - 1) * (2 * n + 5) - first) / 72
    if n > 2:
        variance += _falling(sizes, 3) * _falling(ties, 3) / (36 * n * (n - 1) * (n - 2))
    if n > 1:
        variance += _falling(sizes, 2) * _falling(ties, 2) / (8 * n * (n - 1))
    return Jonckheere((between + together - apart) / 2, between / 2, variance)


def _cubic(sizes: Floats) -> float:
    return float((sizes * (sizes - 1) * (2 * sizes + 5)).sum())


def _falling(sizes: Floats, factors: int) -> float:
    product = np.ones_like(sizes)
    for less in range(factors):
        product = product * (sizes - less)
    return float(product.sum())
