"""The truth table: which combinations of conditions occur, in which cases, and how often the outcome goes with them."""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.patterns.qca.matrix import EXACT, HALF, Condition, Cube, Floats, Matrix, Minterm
from pipeline.patterns.qca.primes import expand, minterms, number_of


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a row must reach.

    Attributes:
        consistency: Least consistency of a row that counts as going with the outcome.
        frequency: Least number of cases; rows with fewer are treated as not observed.
        pri: Least PRI of such a row; 0 for no such demand.
    """

    consistency: float = 0.8
    frequency: int = 1
    pri: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A combination that occurs.

    Attributes:
        number: Its number in the full table, from 1; of a row with a dash the first it stands for.
        values: The value of each condition; None where the condition does not apply.
        output: True when it goes with the outcome, False when not, None when it has too few cases.
        n: How many cases belong to it by more than a half.
        consistency: Share of its membership that lies in the outcome.
        pri: The same without what lies in the outcome's absence too.
        cases: Those cases.
        inside: Those of them with the outcome.
        outside: Those of them without it.
    """

    number: int
    values: Cube
    output: bool | None
    n: int
    consistency: float
    pri: float
    cases: tuple[str, ...]
    inside: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def contradictory(self) -> bool:
        """Say whether its cases do not all have the outcome, nor all lack it."""
        return len(self.inside) < self.n and len(self.outside) < self.n


@dataclass(frozen=True, slots=True)
class TruthTable:
    """A truth table.

    Attributes:
        conditions: The conditions.
        outcome: Name of the outcome.
        cuts: What a row must reach.
        rows: The combinations that occur, by number.
        dropped: Cases that belong to no row because a membership is exactly a half.
    """

    conditions: tuple[Condition, ...]
    outcome: str
    cuts: Cuts
    rows: tuple[Row, ...]
    dropped: tuple[str, ...] = ()

    @property
    def levels(self) -> tuple[int, ...]:
        """Number of values of each condition."""
        return tuple(condition.levels for condition in self.conditions)

    @property
    def size(self) -> int:
        """How many combinations are possible."""
        return math.prod(self.levels)

    @property
    def positive(self) -> frozenset[Minterm]:
        """The combinations that go with the outcome."""
        return self._with(output=True)

    @property
    def negative(self) -> frozenset[Minterm]:
        """The combinations that do not; where a dash makes two rows meet, going with the outcome comes first."""
        return self._with(output=False) - self.positive

    @property
    def remainders(self) -> frozenset[Minterm]:
        """The combinations that do not occur, or in too few cases."""
        return frozenset(minterms(self.levels)) - self.positive - self.negative

    def _with(self, *, output: bool) -> frozenset[Minterm]:
        return frozenset(each for row in self.rows if row.output is output for each in expand(row.values, self.levels))

    def row(self, case: str) -> Row | None:
        """Return the row of a case, None when it was dropped."""
        return next((row for row in self.rows if case in row.cases), None)


def configuration(matrix: Matrix, case: int) -> Cube | None:
    """Return the combination that a case belongs to by more than a half; None when a membership is exactly a half."""
    found: list[int | None] = []
    for value, condition in zip(matrix.values[case], matrix.conditions, strict=True):
        if math.isnan(value):
            found.append(None)
        elif condition.levels > 2:
            found.append(int(value))
        elif value == HALF:
            return None
        else:
            found.append(int(value > HALF))
    return tuple(found)


def corner(matrix: Matrix, cube: Cube) -> Floats:
    """Return the membership of every case in a combination; at a dash only cases to which it does not apply belong."""
    member = matrix.member(cube)
    for index, value in enumerate(cube):
        if value is None:
            member = np.where(np.isnan(matrix.table[:, index]), member, 0.0)
    return member


def share_inside(member: Floats, y: Floats) -> float:
    """Return consistency: how much of a set's membership lies in the outcome; NaN for an empty set."""
    total = float(member.sum())
    return float(np.minimum(member, y).sum()) / total if total > EXACT else math.nan


def proportional(member: Floats, y: Floats) -> float:
    """Return PRI: consistency less what lies in the outcome and in its absence at once; 0 when all does."""
    both = float(np.minimum(np.minimum(member, y), 1.0 - y).sum())
    rest = float(member.sum()) - both
    return (float(np.minimum(member, y).sum()) - both) / rest if rest > EXACT else 0.0


def truth_table(matrix: Matrix, cuts: Cuts | None = None) -> TruthTable:
    """Build the truth table of a matrix.

    A case counts in the row it belongs to by more than a half; consistency and PRI are summed over all cases.
    Sources: Ragin (2008), chapter 7; PRI as in Schneider & Wagemann (2012), Set-Theoretic Methods.

    Args:
        matrix: The data.
        cuts: What a row must reach.
    """
    cuts = cuts or Cuts()
    members: dict[Cube, list[int]] = {}
    dropped: list[str] = []
    for index, case in enumerate(matrix.cases):
        found = configuration(matrix, index)
        if found is None:
            dropped.append(case)
        else:
            members.setdefault(found, []).append(index)
    rows = [_row(matrix, cube, indexes, cuts) for cube, indexes in members.items()]
    rows.sort(key=lambda row: (row.number, tuple(value is None for value in row.values)))
    return TruthTable(matrix.conditions, matrix.outcome, cuts, tuple(rows), tuple(dropped))


def _row(matrix: Matrix, cube: Cube, indexes: list[int], cuts: Cuts) -> Row:
    member = corner(matrix, cube)
    consistency = share_inside(member, matrix.y)
    pri = proportional(member, matrix.y)
    output: bool | None = None
    if len(indexes) >= cuts.frequency:
        output = consistency >= cuts.consistency - EXACT and pri >= cuts.pri - EXACT
    names = [matrix.cases[index] for index in indexes]
    return Row(
        number=number_of(next(expand(cube, matrix.levels)), matrix.levels),
        values=cube,
        output=output,
        n=len(indexes),
        consistency=consistency,
        pri=pri,
        cases=tuple(names),
        inside=tuple(name for name, index in zip(names, indexes, strict=True) if matrix.scores[index] > HALF),
        outside=tuple(name for name, index in zip(names, indexes, strict=True) if matrix.scores[index] < HALF),
    )
