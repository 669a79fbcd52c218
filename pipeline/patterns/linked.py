"""How the numbers of several tables hang together: what stands in more than one place, and what adds up to what."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.codes import Label
from pipeline.patterns.attacker import Number, Shown, Sum
from pipeline.patterns.tables import Cell, CellKind, Heading, Query, Table

PARTS = frozenset({"category", "cluster", "municipality", "age", "presence", "change", "grade"})
"""Dimensions whose values divide the cases (a split case may be in two categories)."""

OVERLAP = frozenset(
    {
        "code", "without", "dimension", "rating", "measure", "certain", "theme", "unit", "time", "concept",
        "hypothesis", "reading",
    }
)  # fmt: skip
"""Dimensions whose values overlap or are of different things: they never add up."""

_ABOUT = frozenset({"code", "hypothesis"})
"""Dimensions whose statistics rest on counts by category."""

STATISTICS = frozenset({CellKind.P_VALUE, CellKind.NUMBER, CellKind.INTERVAL})
"""Kinds of cells that rest on counts, though no one count gives them."""

_TOTAL = re.compile(r"\b(?:i alt|in all|total)\b", re.IGNORECASE)
_N = re.compile(r"\s*\(?\bn\s*=\s*(\d+)\)?")
_PART = re.compile(r"\d+\s+(?:af|ud af|of|out of)\s+\d+")
_OF = re.compile(r"\d+\s+(?:af|ud af|of|out of|/)\s+\d+|\bn\s*=\s*\d+")


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
        queries = [cell.query for cell in line.cells if not _read_otherwise(cell.query)]
        about = {pair for query in queries for pair in query if pair[0] in _ABOUT}
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

    @staticmethod
    def without_n(label: str) -> str:
        """Return a label without the size of the group in it."""
        return _N.sub("", label)

    @staticmethod
    def column_name(table: Table, column: int) -> str:
        """Return the English name of a column, the levels of its heading joined."""
        return ": ".join(heading.label.en for heading in heading_path(table, column))


def _read_otherwise(query: Query) -> bool:
    """Say whether a count is of another reading of a trait than the one that its statistics rest on."""
    return any(name == "reading" for name, _ in query)


def _adds(equation: Sum, number: int) -> bool:
    return any(at == number and sign > 0 for at, sign in equation.terms)


def _whole(linked: Linked, equation: Sum) -> int:
    """Return what the parts of a sum add up to: its total, or what everyone knows."""
    totals = [linked.numbers[at].value for at, sign in equation.terms if sign < 0 and not linked.numbers[at].implied]
    return totals[0] if totals else equation.result


def heading_path(table: Table, column: int) -> tuple[Heading, ...]:
    """Return the headings over a column, outermost first."""
    path = []
    for headings in table.header:
        seen = 0
        for heading in headings:
            seen += heading.span
            if column < seen:
                path.append(heading)
                break
    return tuple(path)


def tells_a_count(note: Label) -> bool:
    """Say whether a note tells a count within another ("I 41 af 98 cases"), which no suppression reaches."""
    return bool(_PART.search(note.da) or _PART.search(note.en))


def has_small_words(text: Label) -> bool:
    """Say whether a text tells counts in words ("4 af 20", "n = 3"), which no suppression reaches."""
    return bool(_OF.search(text.da) or _OF.search(text.en))


def link(tables: Sequence[Table], threshold: int) -> Linked:
    """Find the numbers of the tables and how they add up, but for what is left of a group (see ``with_complements``).

    Args:
        tables: The tables; split cells are counted in already.
        threshold: The smallest count that may be shown.
    """
    linked = Linked([], [], {}, {}, tables=tuple(tables))
    for index, table in enumerate(tables):
        _read_cells(linked, index, table, threshold)
    for index, table in enumerate(tables):
        _read_headings(linked, index, table, threshold)
    for index, table in enumerate(tables):
        _sums_by_query(linked, index, table, threshold)
        _sums_by_place(linked, index, table, threshold)
    unique = dict.fromkeys(linked.sums)
    linked.sums[:] = list(unique)
    return linked


def _add(linked: Linked, value: int, threshold: int, *, total: bool = False, implied: bool = False) -> int:
    linked.numbers.append(Number(value, sensitive=1 <= value < threshold, total=total, implied=implied))
    return len(linked.numbers) - 1


def _read_cells(linked: Linked, index: int, table: Table, threshold: int) -> None:
    for at, row in enumerate(table.rows):
        queries = [cell.query for cell in row.cells if not _read_otherwise(cell.query)]
        about = {pair for query in queries for pair in query if pair[0] in _ABOUT}
        if len(about) == 1 and any(cell.kind in STATISTICS for cell in row.cells):
            linked.labels.setdefault(row.label.da, next(iter(about)))
        for column, cell in enumerate(row.cells):
            if cell.kind is not CellKind.COUNT or row.group or cell.hidden or ("unit", "edges") in cell.query:
                continue  # links of a graph are nobody's
            value = round(cell.number)
            number = linked.queries.get(cell.query) if cell.query else None
            if number is None or linked.numbers[number].value != value:
                total = row.total or _is_total(table, column) or not _parts(cell)
                number = _add(linked, value, threshold, total=total)
                if cell.query:
                    linked.queries.setdefault(cell.query, number)
            linked.spots[Spot(index, at, column)] = number


def _is_total(table: Table, column: int) -> bool:
    return any(_TOTAL.search(heading.label.da) for heading in heading_path(table, column))


def _parts(cell: Cell) -> set[str]:
    return {name for name, _ in cell.query if name not in OVERLAP} if cell.query else {"place"}


def _read_headings(linked: Linked, index: int, table: Table, threshold: int) -> None:
    """Take in the sizes of groups that headings give."""
    for level, headings in enumerate(table.header):
        column = 0
        for place, heading in enumerate(headings):
            columns = range(column, column + heading.span)
            column += heading.span
            told = _N.search(heading.label.da)
            base = heading.base or (int(told[1]) if told else 0)
            if not base:
                continue
            query = _group_of(table, columns)
            number = linked.queries.get(query) if query else None
            if number is None or linked.numbers[number].value != base:
                number = _add(linked, base, threshold, total=True)
                if query:
                    linked.queries.setdefault(query, number)
            spot = Spot(index, -1 - level, place)
            linked.spots[spot] = number
            for each in columns:
                linked.bases[index, each] = spot


def _group_of(table: Table, columns: Iterable[int]) -> Query:
    """Return the part of the query that all counts of a column share and that the other columns do not."""
    here = [frozenset(row.cells[at].query) for at in columns for row in table.rows if row.cells[at].query]
    if not here:
        return ()
    everywhere = [frozenset(cell.query) for row in table.rows for cell in row.cells if cell.query]
    shared = frozenset.intersection(*here) - frozenset.intersection(*everywhere)
    return tuple(sorted(pair for pair in shared if pair[0] in PARTS))


def _sums_by_query(linked: Linked, index: int, table: Table, threshold: int) -> None:
    """Add up the values of each dimension, wherever the table gives them all and the sum is known."""
    groups: dict[tuple[str, Query], dict[str, int]] = defaultdict(dict)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            spot = Spot(index, at, column)
            if spot not in linked.spots or linked.queries.get(cell.query) != linked.spots[spot]:
                continue
            for name, value in cell.query:
                if name not in OVERLAP:
                    rest = tuple(pair for pair in cell.query if pair[0] != name)
                    groups[name, rest][value] = linked.spots[spot]
    for (name, rest), members in groups.items():
        if len(members) < 2:
            continue
        parts = sum(linked.numbers[at].value for at in members.values())
        terms = tuple((at, 1) for at in members.values())
        total = linked.queries.get(rest)
        if not rest or (all(pair[0] == "unit" for pair in rest) and total is None):
            linked.sums.append(Sum(terms, parts))
        elif total is not None:
            whole = linked.numbers[total].value
            if parts == whole:
                linked.sums.append(Sum((*terms, (total, -1))))
            elif name in PARTS:
                # cases in two groups, or in none of those shown: a number that follows, though no table shows it
                over = _add(linked, abs(parts - whole), threshold, implied=True)
                linked.sums.append(Sum((*terms, (total, -1), (over, -1 if parts > whole else 1))))


def _sums_by_place(linked: Linked, index: int, table: Table, threshold: int) -> None:
    """Add up columns and rows as they stand: sums that the table shows, and groups whose size a heading gives."""
    plain = [at for at, row in enumerate(table.rows) if not row.group]
    whole = [at for at in plain if table.rows[at].total]
    main = min((table.rows[at].level for at in plain if at not in whole), default=0)
    parts = [at for at in plain if at not in whole and table.rows[at].level == main]
    for column in range(table.width):
        for at in whole:
            _add_sum(linked, [Spot(index, part, column) for part in parts], Spot(index, at, column), threshold)
    sums = _sum_columns(linked, index, plain, table.width)
    for at in plain:
        spots = [Spot(index, at, column) for column in range(table.width) if Spot(index, at, column) in linked.spots]
        for heading in dict.fromkeys(linked.bases.get((index, spot.column)) for spot in spots):
            under = [spot for spot in spots if linked.bases.get((index, spot.column)) == heading]
            if heading is not None and _values(linked, under) == linked.numbers[linked.spots[heading]].value:
                _add_sum(linked, under, heading, threshold)
        totals = [spot for spot in spots if _is_total(table, spot.column)]
        if len(totals) == 1 and len(spots) > 2:
            _add_sum(linked, [spot for spot in spots if spot not in totals], totals[0], threshold)
        elif not totals and len(spots) > 2:
            for spot in spots:
                if spot.column in sums:
                    _add_sum(linked, [each for each in spots if each != spot], spot, threshold)


def _sum_columns(linked: Linked, index: int, rows: Sequence[int], width: int) -> frozenset[int]:
    """Return the columns that are the sum of all others in every row: whoever adds up sees it."""
    found = set(range(width))
    for at in rows:
        spots = [Spot(index, at, column) for column in range(width) if Spot(index, at, column) in linked.spots]
        for spot in spots:
            others = [each for each in spots if each != spot]
            if len(others) < 2 or _values(linked, others) != _values(linked, [spot]):
                found.discard(spot.column)
    return frozenset(found) if len(rows) > 1 else frozenset()


def _values(linked: Linked, spots: Iterable[Spot]) -> int:
    return sum(linked.numbers[linked.spots[spot]].value for spot in spots)


def _add_sum(linked: Linked, parts: list[Spot], total: Spot, threshold: int) -> None:
    parts = [spot for spot in parts if spot in linked.spots]
    if len(parts) < 2 or total not in linked.spots:
        return
    numbers = [linked.spots[spot] for spot in parts]
    whole = linked.spots[total]
    if whole in numbers or len(set(numbers)) < len(numbers):
        return
    difference = sum(linked.numbers[at].value for at in numbers) - linked.numbers[whole].value
    terms = [*((at, 1) for at in numbers), (whole, -1)]
    if difference and whole in linked.queries.values():
        return  # what it counts is known, and so are its sums
    if difference:
        over = _add(linked, abs(difference), threshold, implied=True)
        terms.append((over, -1 if difference > 0 else 1))
    linked.sums.append(Sum(tuple(terms)))


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


def with_complements(linked: Linked, tables: Sequence[Table], shown: Sequence[Shown], threshold: int) -> Linked:
    """Add what is left of a group: who knows that 33 of 34 have something knows of one who has not.

    Args:
        linked: The numbers so far.
        tables: The tables.
        shown: What is shown of them, as decided without what is left; a group of hidden size has nothing left to see.
        threshold: The smallest count that may be shown.
    """
    done: set[tuple[int, int]] = set()
    for (index, column), heading in linked.bases.items():
        size = linked.spots[heading]
        if shown[size] is not Shown.OPEN:
            continue
        base = linked.numbers[size].value
        for at, row in enumerate(tables[index].rows):
            spot = Spot(index, at, column)
            if row.total or spot not in linked.spots or not _of_its_own(row.cells[column], tables[index], column):
                continue
            number = linked.spots[spot]
            left = base - linked.numbers[number].value
            if (number, base) in done or not 0 < left < threshold:
                continue
            done.add((number, base))
            implied = _add(linked, left, threshold, implied=True)
            linked.sums.append(Sum(((number, 1), (implied, 1)), base))
    return linked


def _of_its_own(cell: Cell, table: Table, column: int) -> bool:
    """Say whether what is left of the group is no sum of other cells: the rows do not divide the group."""
    group = {name for name, _ in _group_of(table, (column,))}
    dividing = {name for name, _ in cell.query} - group - OVERLAP
    if cell.query:
        return not dividing
    return not any(row.total for row in table.rows)
