"""Any table as a pandas frame, for notebooks: numbers stay numbers, split cases get a column of their own."""

from typing import TYPE_CHECKING

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind, Table, column_names

if TYPE_CHECKING:
    import pandas as pd


def table_frame(table: Table, *, lang: str = "da") -> "pd.DataFrame":
    """Return a table as a frame.

    A heading row within the table becomes the first level of the index. A column in which split cases are counted gets
    a second one with ``(todelte)`` behind its name, an interval a column for each bound. Hidden cells are missing.

    Args:
        table: The table.
        lang: ``da`` or ``en``.
    """
    import pandas as pd

    names = _names(table, lang)
    rows = [row for row in table.rows if not row.group]
    split = [any(row.cells[place].split for row in rows) for place in range(table.width)]
    bounds = [any(row.cells[place].kind is CellKind.INTERVAL for row in rows) for place in range(table.width)]
    data: dict[str, list[object]] = {}
    for place, name in enumerate(names):
        column = [row.cells[place] for row in rows]
        if bounds[place]:
            low, high = ("from", "to") if lang == "en" else ("fra", "til")
            data[f"{name} ({low})"] = [None if cell.hidden else cell.low for cell in column]
            data[f"{name} ({high})"] = [None if cell.hidden else cell.high for cell in column]
            continue
        data[name] = [_value(cell, lang) for cell in column]
        if split[place]:
            word = "split" if lang == "en" else "todelte"
            data[f"{name} ({word})"] = [None if cell.hidden else cell.split for cell in column]
    return pd.DataFrame(data, index=_index(table, lang))


def _names(table: Table, lang: str) -> list[str]:
    """Return one name a column; a name that comes again is numbered."""
    names = column_names(table, lang)
    seen: dict[str, int] = {}
    for column, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            names[column] = f"{name} {seen[name]}"
    return names


def _value(cell: Cell, lang: str) -> object:
    if cell.hidden or cell.kind is CellKind.EMPTY:
        return None
    if cell.kind is CellKind.TEXT:
        return say(cell.text, lang) if cell.text else ""
    return int(cell.number) if cell.kind is CellKind.COUNT else float(cell.number)


def _index(table: Table, lang: str) -> "pd.Index":
    import pandas as pd

    stub = say(table.stub, lang) or "row"
    if not any(row.group for row in table.rows):
        return pd.Index([say(row.label, lang) for row in table.rows], name=stub)
    group, pairs = "", []
    for row in table.rows:
        if row.group:
            group = say(row.label, lang)
        else:
            pairs.append((group, say(row.label, lang)))
    return pd.MultiIndex.from_tuples(pairs, names=["group" if lang == "en" else "gruppe", stub])
