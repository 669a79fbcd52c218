"""The data of a QCA as a value: cases, conditions, and how far each case belongs to each set."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from pipeline.model.codes import Label

Floats: TypeAlias = NDArray[np.float64]
Minterm: TypeAlias = tuple[int, ...]
"""One value for every condition: a row of the truth table."""
Cube: TypeAlias = tuple[int | None, ...]
"""A value for some conditions and None for the others: a term such as ``A*~C``."""

DASH = math.nan
"""A condition that does not apply to a case: the dash of temporal QCA."""
HALF = 0.5
EXACT = 1e-9
"""What sums of memberships may be off by rounding."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition.

    Attributes:
        name: Short name without spaces, as in ``DEV``.
        levels: How many values it has: 2 for crisp and fuzzy sets, more for a multi-value condition.
        label: What readers see.
        expected: The values expected to go with the outcome; empty for no expectation.
    """

    name: str
    levels: int = 2
    label: Label | None = None
    expected: frozenset[int] = frozenset()

    def flipped(self) -> "Condition":
        """Return it with the expectation for the outcome's absence: the values not expected for its presence."""
        others = frozenset(range(self.levels)) - self.expected if self.expected else frozenset()
        return replace(self, expected=others)


@dataclass(frozen=True)
class Matrix:
    """The raw matrix: cases x sets.

    Attributes:
        cases: Names of the rows.
        conditions: The conditions, in order.
        values: For each case, membership 0-1 in crisp and fuzzy conditions, the value 0, 1, 2 … of multi-value ones,
            and NaN where a condition does not apply.
        outcome: Name of the outcome; ``~NAME`` for its absence.
        scores: Membership of each case in the outcome, 0-1.
        units: The case behind each row where a split case has two; the rows' own names when empty.
        label: What readers call the outcome.
    """

    cases: tuple[str, ...]
    conditions: tuple[Condition, ...]
    values: tuple[tuple[float, ...], ...]
    outcome: str
    scores: tuple[float, ...]
    units: tuple[str, ...] = ()
    label: Label | None = None

    def __post_init__(self) -> None:
        if not len(self.cases) == len(self.values) == len(self.scores):
            raise ValueError("Cases, values and scores differ in number.")
        if any(len(row) != len(self.conditions) for row in self.values):
            raise ValueError("A case has not one value per condition.")

    @cached_property
    def table(self) -> Floats:
        """The values as an array, cases x conditions."""
        return np.array(self.values, dtype=np.float64).reshape(len(self.cases), len(self.conditions))

    @cached_property
    def y(self) -> Floats:
        """The outcome as an array."""
        return np.array(self.scores, dtype=np.float64)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the conditions."""
        return tuple(condition.name for condition in self.conditions)

    @property
    def levels(self) -> tuple[int, ...]:
        """Number of values of each condition."""
        return tuple(condition.levels for condition in self.conditions)

    @property
    def negative(self) -> bool:
        """Say whether the outcome is an absence."""
        return self.outcome.startswith("~")

    @cached_property
    def literals(self) -> dict[tuple[int, int], Floats]:
        """Membership of every case in every value of every condition; none where a condition does not apply."""
        found: dict[tuple[int, int], Floats] = {}
        for index, condition in enumerate(self.conditions):
            column = self.table[:, index]
            applies = ~np.isnan(column)
            for level in range(condition.levels):
                if condition.levels == 2:
                    member = column if level else 1.0 - column
                else:
                    member = (column == level).astype(np.float64)
                found[index, level] = np.where(applies, member, 0.0)
        return found

    def member(self, cube: Cube) -> Floats:
        """Return the membership of every case in a term: the smallest of its conditions'."""
        result = np.ones(len(self.cases))
        for index, level in enumerate(cube):
            if level is not None:
                result = np.minimum(result, self.literals[index, level])
        return result

    def union(self, cubes: Iterable[Cube]) -> Floats:
        """Return the membership of every case in several terms: the largest of theirs."""
        result = np.zeros(len(self.cases))
        for cube in cubes:
            result = np.maximum(result, self.member(cube))
        return result

    def negated(self) -> "Matrix":
        """Return the same cases with the outcome's absence, and expectations turned round."""
        return Matrix(
            self.cases,
            tuple(condition.flipped() for condition in self.conditions),
            self.values,
            self.outcome.removeprefix("~") if self.negative else f"~{self.outcome}",
            tuple(1.0 - score for score in self.scores),
            self.units,
            self.label,
        )

    def only(self, names: Sequence[str]) -> "Matrix":
        """Return the matrix with some of the conditions, in the order named.

        Raises:
            KeyError: There is no such condition.
        """
        places = {name: index for index, name in enumerate(self.names)}
        chosen = [places[name] for name in names]
        return replace(
            self,
            conditions=tuple(self.conditions[index] for index in chosen),
            values=tuple(tuple(row[index] for index in chosen) for row in self.values),
        )

    def expecting(self, expected: Mapping[str, Iterable[int]]) -> "Matrix":
        """Return the matrix with directional expectations: condition by name, the values expected."""
        conditions = tuple(
            replace(condition, expected=frozenset(expected.get(condition.name, ()))) for condition in self.conditions
        )
        return replace(self, conditions=conditions)


def make_matrix(
    rows: Mapping[str, Sequence[float]],
    names: Sequence[str],
    outcome: str,
    *,
    levels: Mapping[str, int] | None = None,
) -> Matrix:
    """Make a matrix from plain rows whose last number is the outcome.

    Args:
        rows: For each case its values in the order of ``names``, then its outcome.
        names: Names of the conditions.
        outcome: Name of the outcome.
        levels: Number of values of multi-value conditions; found from the data when left out.
    """
    values = tuple(tuple(float(value) for value in row[:-1]) for row in rows.values())
    known = levels or {}
    conditions = []
    for index, name in enumerate(names):
        whole = [int(row[index]) for row in values if not math.isnan(row[index])]
        conditions.append(Condition(name, known.get(name, max(2, 1 + max(whole, default=1)))))
    scores = tuple(float(row[-1]) for row in rows.values())
    return Matrix(tuple(rows), tuple(conditions), values, outcome, scores)
