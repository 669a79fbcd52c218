"""A part of a table: the rows that go on one page, or the columns that hold words and no numbers."""

from dataclasses import replace

from pipeline.patterns.tables import CellKind, Row, Table


def table_parts(table: Table, most: int) -> tuple[Table, ...]:
    """Cut a table between its groups into parts of at most so many rows; a longer group is a part of its own.

    Args:
        table: The table; a part keeps its id, so that what is hidden in the table is hidden in the part.
        most: Most rows of a part.
    """
    groups: list[list[Row]] = []
    for row in table.rows:
        if row.group or not groups:
            groups.append([])
        groups[-1].append(row)
    parts: list[list[Row]] = []
    for group in groups:
        if parts and len(parts[-1]) + len(group) <= most:
            parts[-1] += group
        else:
            parts.append(list(group))
    return tuple(replace(table, rows=tuple(rows)) for rows in parts if any(not row.group for row in rows))


def words_only(table: Table) -> Table:
    """Return a table with its columns of numbers left out.

    Args:
        table: A table with one level of headings.
    """
    kept = [
        place
        for place in range(table.width)
        if any(row.cells[place].kind is CellKind.TEXT for row in table.rows if not row.group)
    ]
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in table.rows)
    return replace(table, header=(tuple(table.header[-1][place] for place in kept),), rows=rows, notes=())
