"""The numbers of several tables as one whole: where each stands, what it is a part of, and what is near it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.patterns.attacker import Number, Shown, Sum
from pipeline.patterns.tables import CellKind, Query, Row, Table

PARTS = frozenset({"category", "cluster", "municipality", "age", "presence", "change", "grade"})
"""Dimensions whose values divide the cases (a split case may be in two categories)."""

_ABOUT = frozenset({"code", "hypothesis"})
"""Dimensions whose statistics rest on counts by category."""

STATISTICS = frozenset({CellKind.P_VALUE, CellKind.NUMBER, CellKind.INTERVAL})
"""Kinds of cells that rest on counts, though no one count gives them."""


class Spot(NamedTuple):
    """A place in the tables; a heading has the row ``-1 - level`` and its place in the level as column."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Linked:
    """All numbers of a set of tables, each once, and the sums between them.

    Attributes:
        numbers: The numbers.
        sums: The sums that everyone can see.
        spots: Where each number stands.
        queries: Number of each query.
        bases: The heading that gives the size of a column's group, by (table, column).
        labels: What the label of a row with counts and statistics stands for, a code or hypothesis, in Danish: rows of
            the same label in other tables have statistics of the same.
        tables: The tables.
    """

    numbers: list[Number]
    sums: list[Sum]
    spots: dict[Spot, int]
    queries: dict[Query, int]
    bases: dict[tuple[int, int], Spot] = field(default_factory=dict)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()

    def add(self, number: Number) -> int:
        """Take in a number that is not there yet and return its index."""
        self.numbers.append(number)
        return len(self.numbers) - 1

    def sign(self, spot: Spot, shown: Sequence[Shown]) -> Shown:
        """Return what is shown at a place; what is no number is open."""
        return shown[self.spots[spot]] if spot in self.spots else Shown.OPEN

    def margins(self) -> frozenset[int]:
        """Return the sizes of groups: numbers that count all cases of a category, cluster or place, and all cases."""
        counted = {at for query, at in self.queries.items() if all(name in PARTS for name, _ in query)}
        only_headings = {self.spots[spot] for spot in self.bases.values()}
        only_headings -= {at for spot, at in self.spots.items() if spot.row >= 0}
        return frozenset(counted | only_headings)

    def near(self, number: int) -> tuple[Spot, ...]:
        """Return the places of a number and of those that a sum ties to it."""
        tied = {at for each in self.sums if any(at == number for at, _ in each.terms) for at, _ in each.terms}
        return tuple(spot for spot, at in self.spots.items() if at in tied | {number})

    def closed(self, table: int, row: int, shown: Sequence[Shown]) -> bool:
        """Say whether a row's statistics must go: a count of its code is hidden, or nobody knows its counts."""
        line = self.tables[table].rows[row]
        queries = own_queries(line)
        about = rest_on(queries)
        if line.label.da in self.labels:
            about.add(self.labels[line.label.da])
        if not about and not any(queries) and not any(cell.hidden for cell in line.cells):
            return True  # nobody can say what its statistics rest on
        return any(
            shown[number] is not Shown.OPEN
            for query, number in self.queries.items()
            if about.intersection(query) and any(name == "category" for name, _ in query)
        )

    def share_of(self, spot: Spot, table: Table) -> tuple[int, ...] | None:
        """Return the numbers that a share is made of: the count left of it and its group; None where it is others."""
        row = table.rows[spot.row]
        share = row.cells[spot.column].number
        left = next((at for at in range(spot.column - 1, -1, -1) if row.cells[at].kind is CellKind.COUNT), None)
        if left is None:
            return None
        count = row.cells[left].number
        for column in (spot.column, left):
            heading = self.bases.get((spot.table, column))
            if heading is not None:
                base = self.numbers[self.spots[heading]].value
                if base and abs(share - count / base) < 1e-9:
                    return (self.spots[Spot(spot.table, spot.row, left)], self.spots[heading])
        return None

    def wholes(self, table: int) -> list[tuple[Spot, int]]:
        """Return the counts of a table beside the sizes of the groups that they are part of."""
        found = []
        for spot, number in self.spots.items():
            if spot.table != table or spot.row < 0 or self.numbers[number].value == 0:
                continue
            if self.numbers[number].total:
                continue
            heading = self.bases.get((spot.table, spot.column))
            sizes = [] if heading is None else [self.numbers[self.spots[heading]].value]
            sizes += [_whole(self, each) for each in self.sums if len(each.terms) > 2 and _adds(each, number)]
            found += [(spot, size) for size in dict.fromkeys(sizes) if size]
        return found


def own_queries(row: Row) -> tuple[Query, ...]:
    """Return what the cells of a row count, but for counts of another reading of a trait than its statistics rest on.

    Args:
        row: The row.
    """
    return tuple(cell.query for cell in row.cells if all(name != "reading" for name, _ in cell.query))


def rest_on(queries: Iterable[Query]) -> set[tuple[str, str]]:
    """Return the codes and hypotheses whose counts the statistics of a row rest on.

    Args:
        queries: What the row counts (see ``own_queries``).
    """
    return {pair for query in queries for pair in query if pair[0] in _ABOUT}


def _adds(equation: Sum, number: int) -> bool:
    return any(at == number and sign > 0 for at, sign in equation.terms)


def _whole(linked: Linked, equation: Sum) -> int:
    """Return what the parts of a sum add up to: its total, or what everyone knows."""
    totals = [linked.numbers[at].value for at, sign in equation.terms if sign < 0 and not linked.numbers[at].implied]
    return totals[0] if totals else equation.result


def of_margins(linked: Linked, margins: frozenset[int]) -> tuple[Sum, ...]:
    """Return the sums that only sizes of groups are in, and what follows from them.

    Args:
        linked: The numbers and sums.
        margins: The sizes of groups.
    """
    return tuple(
        each for each in linked.sums if all(at in margins or linked.numbers[at].implied for at, _ in each.terms)
    )


def with_known(linked: Linked, known: frozenset[int]) -> tuple[Sum, ...]:
    """Return the sums with open sizes of groups put in as what they are, so that they tie nothing together.

    Args:
        linked: The numbers and sums.
        known: Numbers that everyone can read.
    """
    made = []
    for each in linked.sums:
        left = tuple((at, sign) for at, sign in each.terms if at not in known)
        given = sum(sign * linked.numbers[at].value for at, sign in each.terms if at in known)
        if left:
            made.append(Sum(left, each.result - given))
    return tuple(dict.fromkeys(made))
