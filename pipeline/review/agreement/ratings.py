"""What coders said of the same units, and its sums per case, from which every coefficient is made."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MISSING = -1
_MOST_FOR_TABLES = 64
"""Tables of value x value per case are kept for this many values at most; sets of codes have hundreds."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Values that coders gave to units.

    Attributes:
        values: Index of the value in ``categories``, units x coders; ``MISSING`` where a coder did not see the unit.
        categories: The values that occur, or can.
        clusters: Number of the case that each unit comes from, from 0.
        weights: How much each unit counts: 1, or its length in characters.
    """

    values: Ints
    categories: tuple[Hashable, ...]
    clusters: Ints
    weights: Floats

    @property
    def units(self) -> int:
        """Number of units that two coders or more gave a value."""
        return int(((self.values != MISSING).sum(axis=1) > 1).sum())


def ratings(
    by_unit: Sequence[Sequence[Hashable | None]],
    *,
    categories: Sequence[Hashable] | None = None,
    clusters: Sequence[int] | None = None,
    weights: Sequence[float] | None = None,
) -> Ratings:
    """Make ratings from plain values.

    Args:
        by_unit: Per unit one value per coder, None where the coder did not see it.
        categories: The possible values in order; those that occur, sorted as text, when left out.
        clusters: Number of each unit's case; every unit a case of its own when left out.
        weights: Weight of each unit; 1 when left out.
    """
    found = {value for row in by_unit for value in row if value is not None}
    names = tuple(categories) if categories is not None else tuple(sorted(found, key=_order))
    index: dict[Hashable | None, int] = {value: place for place, value in enumerate(names)}
    index[None] = MISSING
    coders = len(by_unit[0]) if by_unit else 0
    return Ratings(
        values=np.array([[index[value] for value in row] for row in by_unit], dtype=np.int64).reshape(-1, coders),
        categories=names,
        clusters=np.array(range(len(by_unit)) if clusters is None else clusters, dtype=np.int64),
        weights=np.array([1.0] * len(by_unit) if weights is None else weights, dtype=np.float64),
    )


def _order(value: Hashable) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over the units of each case; a resample of cases is a weighting of their rows.

    Attributes:
        pairable: Weight of the units that two coders or more saw, per case.
        agreed: Weight of the agreeing pairs' share in them, per case.
        values: Weight of each pairable value, case x value.
        seen: Weight of the units that any coder saw, per case.
        prevalence: Mean share of coders who gave each value, summed over units, case x value.
        disagreed: Sum of the distances of all ordered pairs over (coders - 1), per case.
        coincidences: Ordered pairs over (coders - 1), case x value x value; None where there are too many values.
        crossed: First coder's value x second coder's, case x value x value; None unless there are two coders.
    """

    pairable: Floats
    agreed: Floats
    values: Floats
    seen: Floats
    prevalence: Floats
    disagreed: Floats
    coincidences: Floats | None
    crossed: Floats | None


def sums(given: Ratings, distance: Floats | None = None) -> Sums:
    """Sum ratings per case.

    Args:
        given: The ratings.
        distance: Squared distance of any two values, value x value; 0 and 1 when left out.
    """
    cases = int(given.clusters.max()) + 1 if len(given.clusters) else 0
    size = len(given.categories)
    apart = 1.0 - np.eye(size) if distance is None else distance
    there = given.values != MISSING
    coders = there.sum(axis=1)
    enough = coders > 1
    result = Sums(
        pairable=_per_case(given, enough, cases),
        agreed=np.zeros(cases),
        values=np.zeros((cases, size)),
        seen=_per_case(given, coders > 0, cases),
        prevalence=np.zeros((cases, size)),
        disagreed=np.zeros(cases),
        coincidences=np.zeros((cases, size, size)) if size <= _MOST_FOR_TABLES else None,
        crossed=np.zeros((cases, size, size)) if size <= _MOST_FOR_TABLES and given.values.shape[1] == 2 else None,
    )
    for coder in range(given.values.shape[1]):
        use = there[:, coder]
        place = (given.clusters[use], given.values[use, coder])
        np.add.at(result.prevalence, place, given.weights[use] / coders[use])
        use = use & enough
        np.add.at(result.values, (given.clusters[use], given.values[use, coder]), given.weights[use])
        for other in range(coder + 1, given.values.shape[1]):
            _add_pair(result, given, there[:, coder] & there[:, other], (coder, other), coders, apart)
    return result


def _per_case(given: Ratings, which: NDArray[np.bool_], cases: int) -> Floats:
    return np.asarray(np.bincount(given.clusters[which], given.weights[which], cases), dtype=np.float64)


def _add_pair(
    result: Sums, given: Ratings, both: NDArray[np.bool_], pair: tuple[int, int], coders: Ints, apart: Floats
) -> None:
    cases, weights, number = given.clusters[both], given.weights[both], coders[both]
    first, second = given.values[both, pair[0]], given.values[both, pair[1]]
    np.add.at(result.agreed, cases, weights * (first == second) * 2 / (number * (number - 1)))
    np.add.at(result.disagreed, cases, 2 * weights * apart[first, second] / (number - 1))
    if result.coincidences is not None:
        np.add.at(result.coincidences, (cases, first, second), weights / (number - 1))
        np.add.at(result.coincidences, (cases, second, first), weights / (number - 1))
    if result.crossed is not None:
        np.add.at(result.crossed, (cases, first, second), weights)


def all_cases(tallied: Sums) -> Floats:
    """Return the weighting that takes every case once, 1 x cases."""
    return np.ones((1, len(tallied.pairable)))


def resamples(cases: int, *, draws: int = 2000, seed: int = 20) -> Floats:
    """Return how often each case is drawn in each resample of as many cases, draws x cases."""
    if cases == 0:
        return np.zeros((draws, 0))
    generator = np.random.default_rng(seed)
    return generator.multinomial(cases, [1 / cases] * cases, size=draws).astype(np.float64)
