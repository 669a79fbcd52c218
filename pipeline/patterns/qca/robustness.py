"""How far a solution can be trusted: against chance, against other cuts, and against lopsided sets."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.patterns.qca.matrix import EXACT, HALF, Cube, Floats, Matrix
from pipeline.patterns.qca.measures import Fit, model_fit
from pipeline.patterns.qca.solutions import Kind, Models, models_of
from pipeline.patterns.qca.truth_table import Cuts, TruthTable, corner, truth_table

DRAWS = 1000
SEED = 98
LOPSIDED = 0.15
"""A set to which fewer cases belong, or fewer do not, is called skewed."""
CONSISTENCY_CUTS = (0.75, 0.8, 0.85, 0.9)
FREQUENCY_CUTS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Chance:
    """What the whole procedure finds when the outcomes are shuffled among the cases.

    Attributes:
        draws: How many shuffles.
        seed: Seed of the draw.
        overlap: Of the solution found, the membership it shares with the outcome, of all that either has (0-1); the
            best of tied models.
        as_good: Chance of a solution that overlaps at least as much; the arrangement found counts as one more draw.
        any: Chance of any solution at all.
        consistency: Mean consistency of the solutions from shuffled outcomes; NaN where there were none.
        coverage: Their mean coverage.
    """

    draws: int
    seed: int
    overlap: float
    as_good: float
    any: float
    consistency: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Setting:
    """The solution with other cuts.

    Attributes:
        cuts: The cuts.
        models: Its models.
        fit: Fit of the first model; None where there is none.
        reached: How many rows have enough cases.
        cases: How many cases these rows hold.
        same: True when the models are those of the main run.
    """

    cuts: Cuts
    models: Models
    fit: Fit | None
    reached: int
    cases: int
    same: bool


@dataclass(frozen=True, slots=True)
class Skew:
    """How many cases belong to a set by more than a half; of a multi-value condition to the value most have."""

    name: str
    share: float

    @property
    def lopsided(self) -> bool:
        """Say whether nearly all cases are on one side."""
        return not LOPSIDED <= self.share <= 1 - LOPSIDED


def overlap(member: Floats, y: Floats) -> float:
    """Return the membership that two sets share, of all that either has; 0 when both are empty."""
    either = float(np.maximum(member, y).sum())
    return float(np.minimum(member, y).sum()) / either if either > EXACT else 0.0


def chance(
    matrix: Matrix,
    table: TruthTable,
    models: Models,
    kind: Kind,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    every: bool = False,
    row_dominance: bool = False,
) -> Chance:
    """Return the chance of a solution this good: shuffle the outcome and run the whole procedure again.

    One number has to order good and less good solutions, or the chance would be too small: consistency and coverage
    pull against each other. It is the overlap of solution and outcome. Both rows of a split case move together.

    Args:
        matrix: The data.
        table: Their truth table.
        models: The models found.
        kind: Which solution they are.
        draws: How many shuffles.
        seed: Seed of the draw.
        every: As in ``minimise``.
        row_dominance: As in ``minimise``.
    """
    found = max((overlap(matrix.union(terms), matrix.y) for terms in models), default=0.0)
    shuffled = matrix.y[_orders(matrix, draws, seed)]
    outputs = _outputs(matrix, table, shuffled)
    known: dict[bytes, list[Floats]] = {}
    hits, any_, consistencies, coverages = 0, 0, [], []
    for flags, y in zip(outputs, shuffled, strict=True):
        key = flags.tobytes()
        if key not in known:
            rows = tuple(
                replace(row, output=None if row.output is None else bool(flag))
                for row, flag in zip(table.rows, flags, strict=True)
            )
            again = models_of(replace(table, rows=rows), kind, every=every, row_dominance=row_dominance)
            known[key] = [matrix.union(terms) for terms in again]
        members = known[key]
        if not members:
            continue
        best = max(members, key=lambda member: overlap(member, y))
        any_ += 1
        hits += overlap(best, y) >= found - EXACT
        both = float(np.minimum(best, y).sum())
        consistencies.append(both / float(best.sum()) if best.sum() > EXACT else 0.0)
        coverages.append(both / float(y.sum()) if y.sum() > EXACT else 0.0)
    hits = hits if found > 0 else draws
    return Chance(
        draws=draws,
        seed=seed,
        overlap=found,
        as_good=(hits + 1) / (draws + 1),
        any=any_ / draws if draws else math.nan,
        consistency=float(np.mean(consistencies)) if consistencies else math.nan,
        coverage=float(np.mean(coverages)) if coverages else math.nan,
    )


def _orders(matrix: Matrix, draws: int, seed: int) -> NDArray[np.int64]:
    """Return for every draw which row's outcome each row gets; units of two rows change places with one another."""
    units: dict[str, list[int]] = {}
    for index, unit in enumerate(matrix.units or matrix.cases):
        units.setdefault(unit, []).append(index)
    random = np.random.default_rng(seed)
    orders = np.tile(np.arange(len(matrix.cases)), (draws, 1))
    for size in sorted({len(rows) for rows in units.values()}):
        blocks = np.array([rows for rows in units.values() if len(rows) == size])
        places = np.argsort(random.random((draws, len(blocks))), axis=1)
        for within in range(size):
            orders[:, blocks[:, within]] = blocks[:, within][places]
    return orders


def _outputs(matrix: Matrix, table: TruthTable, shuffled: Floats) -> NDArray[np.bool_]:
    """Return for every draw which rows reach the cuts; draws x rows."""
    found = np.zeros((len(shuffled), len(table.rows)), dtype=np.bool_)
    for index, row in enumerate(table.rows):
        if row.output is None:
            continue
        member = corner(matrix, row.values)
        total = float(member.sum())
        inside = np.minimum(member, shuffled).sum(axis=1)
        reached = inside >= (table.cuts.consistency - EXACT) * total
        if table.cuts.pri > 0:
            both = np.minimum(np.minimum(member, shuffled), 1.0 - shuffled).sum(axis=1)
            rest = total - both
            reached &= (inside - both >= (table.cuts.pri - EXACT) * rest) & (rest > EXACT)
        found[:, index] = reached
    return found


def sensitivity(
    matrix: Matrix,
    main: Cuts,
    kind: Kind,
    *,
    consistencies: Iterable[float] = CONSISTENCY_CUTS,
    frequencies: Iterable[int] = FREQUENCY_CUTS,
    every: bool = False,
    row_dominance: bool = False,
) -> tuple[Setting, ...]:
    """Return the solution with other cuts: first other consistency cuts, then other frequency cuts.

    Args:
        matrix: The data.
        main: The cuts of the main run.
        kind: Which solution.
        consistencies: Consistency cuts to try, with the main frequency cut.
        frequencies: Frequency cuts to try, with the main consistency cut.
        every: As in ``minimise``.
        row_dominance: As in ``minimise``.
    """
    first = [replace(main, consistency=cut) for cut in sorted({*consistencies, main.consistency})]
    second = [replace(main, frequency=cut) for cut in sorted({*frequencies, main.frequency})]
    wanted: frozenset[tuple[Cube, ...]] | None = None
    found: dict[Cuts, tuple[Models, Fit | None, int, int]] = {}
    for cuts in [main, *first, *second]:
        table = truth_table(matrix, cuts)
        models = models_of(table, kind, every=every, row_dominance=row_dominance)
        wanted = frozenset(models) if wanted is None else wanted
        kept = [row for row in table.rows if row.output is not None]
        fit = model_fit(matrix, models[0])[0] if models else None
        found[cuts] = models, fit, len(kept), sum(row.n for row in kept)
    return tuple(
        Setting(cuts, *found[cuts], same=frozenset(found[cuts][0]) == wanted)
        for cuts in dict.fromkeys([*first, *second])
    )


def consistency_range(table: TruthTable) -> tuple[float, float]:
    """Return between which consistency cuts the same rows go with the outcome: above the first, up to the second."""
    kept = [row for row in table.rows if row.output is not None and row.pri >= table.cuts.pri - EXACT]
    low = max((row.consistency for row in kept if not row.output), default=0.0)
    return low, min((row.consistency for row in kept if row.output), default=1.0)


def frequency_range(table: TruthTable) -> tuple[int, int]:
    """Return the least and the most cases a row may be asked to have without any row coming in or falling out."""
    low = max((row.n for row in table.rows if row.output is None), default=0)
    return low + 1, min((row.n for row in table.rows if row.output is not None), default=low + 1)


def skewness(matrix: Matrix) -> tuple[Skew, ...]:
    """Return how many cases belong to each condition and to the outcome."""
    found = []
    for index, condition in enumerate(matrix.conditions):
        column = matrix.table[:, index]
        column = column[~np.isnan(column)]
        if condition.levels > 2:
            share = max((_share(column == level) for level in range(condition.levels)), default=0.0)
        else:
            share = _share(column > HALF)
        found.append(Skew(condition.name, share))
    return (*found, Skew(matrix.outcome, _share(matrix.y > HALF)))


def _share(flags: Sequence[bool] | NDArray[np.bool_]) -> float:
    return float(np.mean(flags)) if len(flags) else 0.0
