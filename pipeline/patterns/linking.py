"""Finding the numbers of several tables, each once, and what adds up to what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.patterns.attacker import Number, Shown, Sum
from pipeline.patterns.linked import PARTS, STATISTICS, Linked, Spot, own_queries, rest_on
from pipeline.patterns.tables import Cell, CellKind, Query, Table, heading_path
from pipeline.patterns.wording import names_a_total, told_size

_OVERLAP = frozenset(
    {
        "code", "without", "dimension", "rating", "measure", "certain", "theme", "unit", "time", "concept",
        "hypothesis", "reading",
    }
)  # fmt: skip
"""Dimensions whose values overlap or are of different things: they never add up."""


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
    linked.sums[:] = dict.fromkeys(linked.sums)
    return linked


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


def _add(linked: Linked, value: int, threshold: int, *, total: bool = False, implied: bool = False) -> int:
    return linked.add(Number(value, sensitive=1 <= value < threshold, total=total, implied=implied))


def _read_cells(linked: Linked, index: int, table: Table, threshold: int) -> None:
    for at, row in enumerate(table.rows):
        about = rest_on(own_queries(row))
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
    return any(names_a_total(heading.label) for heading in heading_path(table, column))


def _parts(cell: Cell) -> set[str]:
    return {name for name, _ in cell.query if name not in _OVERLAP} if cell.query else {"place"}


def _read_headings(linked: Linked, index: int, table: Table, threshold: int) -> None:
    """Take in the sizes of groups that headings give."""
    for level, headings in enumerate(table.header):
        column = 0
        for place, heading in enumerate(headings):
            columns = range(column, column + heading.span)
            column += heading.span
            base = heading.base or told_size(heading.label)
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
                if name not in _OVERLAP:
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


def _of_its_own(cell: Cell, table: Table, column: int) -> bool:
    """Say whether what is left of the group is no sum of other cells: the rows do not divide the group."""
    group = {name for name, _ in _group_of(table, (column,))}
    dividing = {name for name, _ in cell.query} - group - _OVERLAP
    if cell.query:
        return not dividing
    return not any(row.total for row in table.rows)
