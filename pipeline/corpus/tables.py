"""Reads tables: which row and grid column a cell stands in, merged cells once, deleted and hidden rows not at all."""

from lxml import etree

from pipeline.corpus.inline import Handler
from pipeline.corpus.settings import is_on, number
from pipeline.corpus.walker import Table, Walker
from pipeline.corpus.xmlnames import VAL, W, child_of
from pipeline.model.cases import BlockKind, CellPlace

_CELL = W + "tc"
_NO_CELLS = frozenset((W + "trPr", W + "tblPrEx"))
_MOST_COLUMNS = 10_000


def _table(walker: Walker, element: etree._Element) -> None:
    if walker.paragraph is not None:
        walker.boxed(element, walker.container)
        return
    walker.release()
    outer = walker.table
    depth = len(walker.cells)
    walker.tables[depth] = walker.tables.get(depth, 0) + 1
    walker.table = Table(number=walker.tables[depth])
    walker.below(element)
    walker.table = outer


def _row(walker: Walker, element: etree._Element) -> None:
    table = walker.table
    table.row += 1
    table.column = 1
    table.row_cells = _cells_below(element)
    content = ""
    properties = child_of(element, W + "trPr")
    if properties is not None:
        before = child_of(properties, W + "gridBefore")
        if before is not None:
            table.column += _span(before)
        hidden = child_of(properties, W + "hidden")
        if child_of(properties, W + "del") is not None:
            content = "deleted text"
        elif hidden is not None and is_on(hidden):
            content = "hidden text"
    if content:
        walker.skip(element, content)
    else:
        walker.enter(element)


def _cell(walker: Walker, element: etree._Element) -> None:
    walker.release()
    table = walker.table
    span = 1
    deleted = False
    properties = child_of(element, W + "tcPr")
    if properties is not None:
        for setting in properties:
            if setting.tag == W + "gridSpan":
                span = max(1, _span(setting))
            elif setting.tag == W + "cellDel":
                deleted = True
    outer = (walker.cells, walker.width, walker.container)
    walker.cells = (*walker.cells, CellPlace(max(1, table.number), max(1, table.row), table.column))
    walker.width = span
    walker.container = BlockKind.CELL
    if deleted:
        walker.skip(element, "deleted text")
    else:
        walker.read_as(element, "table cell")
    walker.release()
    walker.cells, walker.width, walker.container = outer
    table.column = min(table.column + span, _MOST_COLUMNS)


def _cells_below(row: etree._Element) -> int:
    """Return how many cells a row has, counting those inside controls and other wrappers."""
    count = 0
    for child in row:
        tag = child.tag
        if tag == _CELL:
            count += 1
        elif tag not in _NO_CELLS:
            count += _cells_below(child)
    return count


def _span(element: etree._Element) -> int:
    """Return a number of grid columns as the file declares it, never absurdly large."""
    return max(0, min(number(element.get(VAL)), _MOST_COLUMNS))


TABLE_HANDLERS: dict[str, Handler] = {W + "tbl": _table, W + "tr": _row, W + "tc": _cell}
"""How tables are read."""
