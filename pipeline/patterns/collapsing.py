"""Joining groups of a table, such as the four categories to two: the choice that hides least."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model.codes import Label
from pipeline.model.progression import ProgressionCategory
from pipeline.patterns.tables import Cell, CellKind, Heading, Query, Row, Table, count, heading_path, share

TWO_LEVELS: tuple[tuple[Label, tuple[str, ...]], ...] = (
    (
        Label("Progression eller delvis progression", "Progression or partial progression"),
        (ProgressionCategory.PROGRESSION.value, ProgressionCategory.PARTIAL.value),
    ),
    (
        Label("Ingen progression eller regression", "No progression or regression"),
        (ProgressionCategory.NONE.value, ProgressionCategory.REGRESSION.value),
    ),
)
"""The four categories as two."""

Groups = Sequence[tuple[Label, tuple[str, ...]]]


def collapsed(table: Table, groups: Groups, dimension: str) -> Table:
    """Join groups of a dimension in the columns or rows of a table (see ``disclosure.collapse``)."""
    return _rows(_columns(table, groups, dimension), groups, dimension)


def _value(query: Query, dimension: str) -> str:
    return dict(query).get(dimension, "")


def _columns(table: Table, groups: Groups, dimension: str) -> Table:
    """Join columns under headings of the outermost level."""
    blocks = _blocks(table)
    values = [_block_value(table, block, dimension) for block in blocks]
    joined = {value: number for number, (_, members) in enumerate(groups) for value in members}
    if not any(value in joined for value in values):
        return table
    plan: list[tuple[int | None, list[int]]] = []
    for place, value in enumerate(values):
        number = joined.get(value)
        known = next((entry for entry in plan if number is not None and entry[0] == number), None)
        if known is None:
            plan.append((number, [place]))
        else:
            known[1].append(place)
    top: list[Heading] = []
    lower: list[list[Heading]] = [[] for _ in table.header[1:]]
    for number, places in plan:
        first = table.header[0][places[0]]
        if number is None:
            top.append(first)
        else:
            label = groups[number][0]
            base = _joined_base(table, places)
            top.append(Heading(_sized(label, base, first), first.span, base))
        for level, headings in enumerate(table.header[1:], start=1):
            lower[level - 1] += _under(headings, blocks[places[0]])
    rows = tuple(row if row.group else _joined_row(row, plan, blocks, groups, dimension, top) for row in table.rows)
    width = sum(heading.span for heading in top)
    rows = tuple(replace(row, cells=(Cell(),) * width) if row.group else row for row in rows)
    return replace(table, header=(tuple(top), *map(tuple, lower)), rows=rows)


def _blocks(table: Table) -> list[range]:
    found, column = [], 0
    for heading in table.header[0]:
        found.append(range(column, column + heading.span))
        column += heading.span
    return found


def _under(headings: Sequence[Heading], block: range) -> list[Heading]:
    found, column = [], 0
    for heading in headings:
        if column in block:
            found.append(heading)
        column += heading.span
    return found


def _block_value(table: Table, block: range, dimension: str) -> str:
    values = {_value(row.cells[at].query, dimension) for row in table.rows for at in block if row.cells[at].query}
    return values.pop() if len(values) == 1 else ""


def _joined_base(table: Table, places: Iterable[int]) -> int:
    return sum(table.header[0][place].base for place in places)


def _sized(label: Label, base: int, first: Heading) -> Label:
    if "n\u00a0=" not in first.label.da or not base:
        return label
    return Label(f"{label.da} (n\u00a0=\u00a0{base})", f"{label.en} (n\u00a0=\u00a0{base})")


def _joined_row(
    row: Row,
    plan: Sequence[tuple[int | None, list[int]]],
    blocks: Sequence[range],
    groups: Groups,
    dimension: str,
    top: Sequence[Heading],
) -> Row:
    cells: list[Cell] = []
    for (number, places), heading in zip(plan, top, strict=True):
        if number is None:
            cells += [row.cells[at] for at in blocks[places[0]]]
            continue
        name = "+".join(groups[number][1])
        made: list[Cell] = []
        for offset in range(len(blocks[places[0]])):
            parts = [row.cells[blocks[place][offset]] for place in places]
            if parts[0].kind is CellKind.SHARE or (not made and parts[0].kind is CellKind.EMPTY):
                counted = made[-1] if made else Cell()
                made.append(share(round(counted.number), heading.base) if heading.base else Cell())
            else:
                made.append(_sum(parts, {**dict(parts[0].query), dimension: name}))
        cells += made
    return replace(row, cells=tuple(cells))


def _sum(cells: Sequence[Cell], query: Mapping[str, str]) -> Cell:
    """Join counts: by their cases where all know them, since a case may be in two groups, and else by adding up."""
    if any(cell.kind is not CellKind.COUNT and cell.kind is not CellKind.EMPTY for cell in cells):
        return Cell()
    whole = sum(round(cell.number) + cell.split for cell in cells)
    cases = {case for cell in cells for case in cell.cases}
    known = all(len(cell.cases) == cell.number + cell.split for cell in cells)
    return count(len(cases) if known else whole, cases=cases if known else (), query=query)


def _rows(table: Table, groups: Groups, dimension: str) -> Table:
    """Join rows whose counts have the dimension."""
    joined = {value: number for number, (_, members) in enumerate(groups) for value in members}

    def number_of(row: Row) -> int | None:
        values = {_value(cell.query, dimension) for cell in row.cells if cell.query}
        return joined.get(values.pop()) if len(values) == 1 else None

    numbers = [None if row.group or row.total else number_of(row) for row in table.rows]
    if len({number for number in numbers if number is not None}) < 2:
        return table
    rows: list[Row] = []
    open_groups: dict[int, int] = {}
    for row, number in zip(table.rows, numbers, strict=True):
        if row.group or number is None:
            if row.group:
                open_groups = {}
            rows.append(row)
            continue
        label, members = groups[number]
        if number not in open_groups:
            open_groups[number] = len(rows)
            rows.append(replace(row, label=label, cells=_renamed(row.cells, dimension, members)))
            continue
        first = rows[open_groups[number]]
        cells = tuple(
            _sum((one, other), dict(one.query)) if CellKind.COUNT in (one.kind, other.kind) else _told(one, other)
            for one, other in zip(first.cells, row.cells, strict=True)
        )
        rows[open_groups[number]] = replace(first, cells=cells)
    return replace(table, rows=tuple(rows))


def _told(one: Cell, other: Cell) -> Cell:
    """Return words that both rows share; a median or share of two groups is none of its parts'."""
    return one if one.kind is CellKind.TEXT and one == other else Cell()


def _renamed(cells: Iterable[Cell], dimension: str, members: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, query=tuple(sorted({**dict(cell.query), dimension: "+".join(members)}.items())))
        if cell.query
        else cell
        for cell in cells
    )


def category_columns(table: Table) -> bool:
    """Say whether a table gives counts by the four categories, in columns or rows."""
    values = {_value(cell.query, "category") for row in table.rows for cell in row.cells if cell.query}
    return len(values & {category.value for category in ProgressionCategory}) > 2 and bool(heading_path(table, 0))
