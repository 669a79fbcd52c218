"""Tables in Word: a caption with a field, header rows that repeat, numbers to the right, three light rules."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.patterns.tables import Cell, CellKind, Row, Table
from pipeline.report.numbers import format_cell, say
from pipeline.report.word_styles import ACCENT, RULE, TABLE_NOTE, TABLE_TEXT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.table import Table as Grid
    from docx.table import _Cell as GridCell
    from docx.table import _Row as GridRow
    from docx.text.paragraph import Paragraph

TEXT_WIDTH = 16.6
"""Width between the margins, in centimetres."""

NARROW, WIDE = 1.1, 4.6

SHORT = 14
"""Rows up to which a table stays on one page."""


def add_table(document: "Document", table: Table, *, number: int, lang: str) -> None:
    """Add a table with its caption and notes.

    Args:
        document: A python-docx document.
        table: The table.
        number: Its number in the report.
        lang: ``da`` or ``en``.
    """
    from docx.shared import Pt

    caption = document.add_paragraph(style="Caption")
    caption.add_run("Table " if lang == "en" else "Tabel ")
    add_field(caption, "SEQ Tabel \\* ARABIC", str(number))
    caption.add_run(f"  {say(table.title, lang)}")
    widths = column_widths(table, lang)
    depth = len(table.header)
    grid = document.add_table(rows=depth + len(table.rows), cols=table.width + 1)
    grid.autofit = False
    cells = _fixed(grid, widths)
    _header(cells, table, lang)
    for place, row in enumerate(table.rows, start=depth):
        _row(cells[place], row, lang)
    for place, grid_row in enumerate(grid.rows):
        _whole(grid_row, repeat=place < depth)
    _rule(cells[0], "top", 8)
    _rule(cells[depth - 1], "bottom", 6)
    for place, row in enumerate(table.rows, start=depth):
        if row.total:
            _rule(cells[place], "top", 4)
    _rule(cells[-1], "bottom", 8)
    _keep_together(cells, depth, len(table.rows))
    notes = [say(note, lang) for note in table.notes]
    if table.source is not None:
        notes.append(f"{'Counted' if lang == 'en' else 'Opgjort'}: {say(table.source, lang)}")
    for note in notes or [""]:
        last = document.add_paragraph(note, style=TABLE_NOTE)
    last.paragraph_format.space_after = Pt(12)


def add_text_table(document: "Document", header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add a table of mere text in the report's look, its header repeated on every page.

    Args:
        document: A python-docx document with the report's styles.
        header: Column titles.
        rows: Cells, as many in each row as there are columns.
    """
    longest = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    shares = [min(max(length, 8), 60) for length in longest]
    grid = document.add_table(rows=1 + len(rows), cols=len(header))
    grid.autofit = False
    cells = _fixed(grid, [TEXT_WIDTH * share / sum(shares) for share in shares])
    for place, row in enumerate((header, *rows)):
        for cell, text in zip(cells[place], row, strict=True):
            cell.paragraphs[0].style = TABLE_TEXT
            cell.paragraphs[0].add_run(text).bold = place == 0
        _whole(grid.rows[place], repeat=place == 0)
    _rule(cells[0], "top", 8)
    _rule(cells[0], "bottom", 6)
    _rule(cells[-1], "bottom", 8)


def column_widths(table: Table, lang: str) -> list[float]:
    """Return the width of each column in centimetres: numbers narrow, words wide, the row labels what is left."""
    widths = []
    for place in range(table.width):
        cells = [row.cells[place] for row in table.rows if not row.group]
        longest = max((len(format_cell(cell, lang)) for cell in cells), default=1)
        heading = max((len(word) for word in _heading_at(table, place, lang).split()), default=1)
        if any(cell.kind is CellKind.TEXT for cell in cells) and longest > 12:
            widths.append(WIDE)
        else:
            widths.append(max(NARROW, 0.175 * longest + 0.32, 0.205 * heading + 0.32))
    stub = max(TEXT_WIDTH - sum(widths), 3.6)
    total = stub + sum(widths)
    if total > TEXT_WIDTH:
        widths = [width * (TEXT_WIDTH - stub) / sum(widths) for width in widths]
    elif len(widths) <= 5 and stub > 7:
        # few columns: let them share the room, so that numbers do not stand far from their labels
        share = (stub - 5.6) * 0.75 / len(widths)
        widths = [width + share for width in widths]
        stub = TEXT_WIDTH - sum(widths)
    return [stub, *widths]


def _heading_at(table: Table, place: int, lang: str) -> str:
    seen = 0
    for heading in table.header[-1]:
        seen += heading.span
        if place < seen:
            return say(heading.label, lang)
    return ""


def _header(cells: "list[list[GridCell]]", table: Table, lang: str) -> None:
    depth = len(table.header)
    numeric = {place + 1 for place in range(table.width) if _column_of_numbers(table, place)}
    for level in range(depth):
        for cell in cells[level]:
            _bottom(cell)
    for level, headings in enumerate(table.header):
        column = 1
        for heading in headings:
            cell = cells[level][column]
            if heading.span > 1:
                cell = cell.merge(cells[level][column + heading.span - 1])
            _write(
                cell,
                say(heading.label, lang),
                right=heading.span == 1 and column in numeric,
                centre=heading.span > 1,
                bold=True,
            )
            if heading.span > 1 and level < depth - 1:
                _border(cell, "bottom", RULE, 4)
            column += heading.span
    stub = cells[0][0]
    if depth > 1:
        stub = stub.merge(cells[depth - 1][0])
    _write(stub, say(table.stub, lang), bold=True)


def _row(cells: "list[GridCell]", row: Row, lang: str) -> None:
    if row.group:
        merged = cells[0].merge(cells[-1])
        _write(merged, say(row.label, lang), bold=True, colour=ACCENT, before=5)
        merged.paragraphs[0].paragraph_format.keep_with_next = True
        return
    _write(cells[0], say(row.label, lang), bold=row.total, indent=0.3 * row.level)
    for cell, value in zip(cells[1:], row.cells, strict=True):
        _write(cell, format_cell(value, lang), bold=row.total, right=_is_number(value))


def _column_of_numbers(table: Table, place: int) -> bool:
    return all(_is_number(row.cells[place]) for row in table.rows if not row.group)


def _is_number(cell: Cell) -> bool:
    return cell.kind is not CellKind.TEXT or len(cell.text.da if cell.text else "") <= 2


def _write(
    cell: "GridCell",
    text: str,
    *,
    bold: bool = False,
    right: bool = False,
    centre: bool = False,
    indent: float = 0.0,
    colour: str = "",
    before: float = 0.0,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    paragraph = cell.paragraphs[0]
    paragraph.style = TABLE_TEXT
    if right or centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.left_indent = _cm(indent)
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(text)
    run.bold = bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def add_field(paragraph: "Paragraph", instruction: str, shown: str) -> None:
    """Add a Word field with the result it shows until Word counts anew.

    Args:
        paragraph: A python-docx paragraph.
        instruction: The field's code, such as ``PAGE``.
        shown: Its result for now.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _cm(width: float) -> "Length":
    from docx.shared import Cm

    return Cm(width)


def _fixed(grid: "Grid", widths: list[float]) -> "list[list[GridCell]]":
    """Give the columns their widths and return the cells, row by row; asking Word's tables for cells is slow."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for column, width in zip(grid.columns, widths, strict=True):
        column.width = _cm(width)
    cells = [list(row.cells) for row in grid.rows]
    for row in cells:
        for cell, width in zip(row, widths, strict=True):
            cell.width = _cm(width)
    properties = grid._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "60")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        properties.append(margins)
    return cells


def _whole(grid_row: "GridRow", *, repeat: bool) -> None:
    """Keep a row on one page, and repeat it on the next when it is a header."""
    from docx.oxml import OxmlElement

    properties = grid_row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def _keep_together(cells: "list[list[GridCell]]", depth: int, rows: int) -> None:
    """Keep a short table, and the first rows of a long one, with its caption, and the last row with the notes."""
    last = depth + rows - 1 if rows <= SHORT else depth + 2
    for row in [*cells[:last], cells[-1]]:
        # one paragraph that keeps with the next is enough for its row
        row[0].paragraphs[0].paragraph_format.keep_with_next = True


def _bottom(cell: "GridCell") -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _rule(cells: "list[GridCell]", side: str, size: int) -> None:
    for cell in cells:
        _border(cell, side, RULE, size)


def _border(cell: "GridCell", side: str, colour: str, size: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        after = [properties.find(qn(f"w:{name}")) for name in ("shd", "noWrap", "tcMar", "vAlign")]
        following = next((element for element in after if element is not None), None)
        if following is not None:
            following.addprevious(borders)
        else:
            properties.append(borders)
    old = borders.find(qn(f"w:{side}"))
    if old is not None:
        borders.remove(old)
    element = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
        element.set(qn(f"w:{name}"), value)
    # the schema wants top before bottom
    if side == "top":
        borders.insert(0, element)
    else:
        borders.append(element)
