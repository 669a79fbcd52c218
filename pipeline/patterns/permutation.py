"""Permutation tests of a trait against an ordered outcome: linear-by-linear, exact or drawn, also within groups.

The statistic is the linear-by-linear sum of trait x score, standardised by its exact permutation mean and variance;
for a trait of two values it is the Cochran-Armitage trend, squared it is Mantel's M2 = (n - 1) r2.

References:
    Agresti, A. (2002). Categorical Data Analysis, 2nd ed., sections 3.4.1 (M2) and 5.3.5 (Cochran-Armitage). Wiley.
    Phipson, B., & Smyth, G. K. (2010). Permutation P-values should never be zero. Statistical Applications in
        Genetics and Molecular Biology, 9(1), article 39.
"""

from math import gcd

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Rows = NDArray[np.bool_]

DRAWS = 9_999
"""Permutations drawn by default; the observed arrangement is the ten-thousandth."""

_NEAR = 1e-9
"""Statistics nearer than this count as equal."""

_MOST_STATES = 4_000_000
"""Largest table that the exact distribution may need, in numbers."""

_MOST_CASES = 500


def linear_z(values: Floats, scores: Floats, strata: Whole | None = None) -> float | None:
    """Return the standardised linear-by-linear statistic; None where values or scores do not vary.

    Args:
        values: The trait, shape (n,).
        scores: Score of each case's outcome, shape (n,).
        strata: Group of each case: mean and variance are those of permutations within groups. A group of one case
            adds nothing.
    """
    contrast, scale = contrasts(values[:, None], scores, strata)
    return float(contrast[:, 0] @ scores / scale[0]) if scale[0] > 0 else None


def contrasts(columns: Floats, scores: Floats, strata: Whole | None = None) -> tuple[Floats, Floats]:
    """Centre traits within groups and return them with the permutation standard deviation of their statistic.

    Args:
        columns: The traits, shape (n, traits).
        scores: Score of each case's outcome, shape (n,).
        strata: Group of each case, None for one group.

    Returns:
        Contrasts, shape (n, traits), and standard deviations, shape (traits,); 0 where nothing can vary.
    """
    groups = np.zeros(len(scores), np.int64) if strata is None else strata
    centred = np.zeros(columns.shape)
    variance = np.zeros(columns.shape[1])
    for group in np.unique(groups):
        rows = groups == group
        n = int(rows.sum())
        part = columns[rows] - columns[rows].mean(axis=0)
        centred[rows] = part
        if n > 1:
            spread = float(((scores[rows] - scores[rows].mean()) ** 2).sum())
            variance += (part**2).sum(axis=0) * spread / (n - 1)
    variance[variance < _NEAR] = 0.0
    return centred, np.sqrt(variance)


def permuted(scores: Floats, keys: Floats, strata: Whole | None = None) -> Floats:
    """Permute scores, each time by the order of a row of random keys.

    Args:
        scores: Shape (n,).
        keys: Numbers 0-1, shape (draws, n).
        strata: Group of each case: scores stay within their group.

    Returns:
        Shape (draws, n).
    """
    if strata is None:
        return scores[np.argsort(keys, axis=1)]
    order = np.argsort(keys + strata, axis=1)
    found = np.empty(keys.shape)
    found[:, np.argsort(strata, kind="stable")] = scores[order]
    return found


def drawn_p(
    values: Floats, scores: Floats, strata: Whole | None = None, *, draws: int = DRAWS, seed: int = 0
) -> float | None:
    """Return the two-sided p of the linear-by-linear test from drawn permutations; None where nothing varies.

    Args:
        values: The trait, shape (n,).
        scores: Score of each case's outcome, shape (n,).
        strata: Group of each case: permutations stay within groups.
        draws: How many permutations; the observed arrangement counts as one more.
        seed: Seed of the draw.
    """
    contrast, scale = contrasts(values[:, None], scores, strata)
    if scale[0] == 0:
        return None
    keys = np.random.default_rng(seed).random((draws, len(scores)))
    found = np.abs(permuted(scores, keys, strata) @ contrast[:, 0])
    seen = abs(float(scores @ contrast[:, 0]))
    return (1 + int((found >= seen - _NEAR).sum())) / (draws + 1)


def exact_p(present: Rows, scores: Floats, strata: Whole | None = None) -> float | None:
    """Return the exact two-sided p of the linear-by-linear test for a trait of two values.

    Counts every way in which the outcomes can fall on the cases: the chance of a sum of scores among the cases with
    the trait at least as far from its mean as the one found. With strata, of the ways that keep each group's outcomes
    in the group.

    Args:
        present: Which cases have the trait, shape (n,).
        scores: Score of each case's outcome, shape (n,); multiples of 1/6, as shares of up to four categories give.
        strata: Group of each case.

    Returns:
        The p, 1.0 where nothing varies; None where the cases are too many or the scores too fine to count.
    """
    whole = np.rint(scores * 6).astype(np.int64)
    if len(scores) > _MOST_CASES or not np.allclose(whole, scores * 6, atol=1e-6):
        return None
    whole -= whole.min(initial=0)
    whole //= max(1, gcd(*whole.tolist()))
    groups = np.zeros(len(scores), np.int64) if strata is None else strata
    chances = np.ones(1)
    for group in np.unique(groups):
        rows = groups == group
        part = _sums(whole[rows], int(present[rows].sum()))
        if part is None:
            return None
        chances = np.convolve(chances, part)
    total = np.arange(len(chances))
    mean = float(chances @ total)
    away = np.abs(total - mean)
    seen = abs(float(whole[present].sum()) - mean)
    return min(1.0, float(chances[away >= seen - 1e-6].sum()))


def _sums(scores: Whole, chosen: int) -> Floats | None:
    """Return the chances of each sum of ``chosen`` scores drawn without replacement; None where it would be too much.

    Adds one score after the other to a table of (how many taken, sum), as in Pagano & Tritchler (1983), On obtaining
    permutation distributions in polynomial time, JASA 78, 435-440.
    """
    n = len(scores)
    few = min(chosen, n - chosen)
    top = int(np.sort(scores)[n - few :].sum())
    if (few + 1) * (top + 1) > _MOST_STATES:
        return None
    ways = np.zeros((few + 1, top + 1))
    ways[0, 0] = 1.0
    for score in scores.tolist():
        ways[1:, score:] += ways[:-1, : top + 1 - score].copy()
    chances: Floats = ways[few] / ways[few].sum()
    if few == chosen:
        return chances
    # the sum of the others is what the chosen leave over
    everything = int(scores.sum())
    found = np.zeros(everything + 1)
    found[everything - np.arange(top + 1)] = chances
    return found
