"""Tables in Word: a caption with a field, header rows that repeat, numbers to the right, three light rules."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.model.codes import say
from pipeline.patterns.tables import Heading, Row, Table
from pipeline.report.numbers import format_cell
from pipeline.report.word_contents import bookmarked
from pipeline.report.word_styles import ACCENT, RULE, TABLE_NOTE, TABLE_TEXT, TABLE_TEXT_SMALL
from pipeline.report.word_widths import TEXT_WIDTH, column_of_numbers, is_number, lay_out
from pipeline.report.word_xml import (
    Run,
    append,
    border_xml,
    cell_xml,
    field_xml,
    paragraph_xml,
    row_xml,
    run_xml,
    style_ids,
    table_xml,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

SHORT = 14
"""Rows up to which a table stays on one page."""


def add_table(
    document: "Document", table: Table, *, number: int, lang: str, width: float = TEXT_WIDTH, bookmark: int = 0
) -> None:
    """Add a table with its caption and notes.

    Args:
        document: A python-docx document.
        table: The table.
        number: Its number in the report.
        lang: ``da`` or ``en``.
        width: Width between the margins in centimetres.
        bookmark: Number of its caption's bookmark, 0 for none.
    """
    ids = style_ids(document)
    add_caption(document, say(table.title, lang), kind="table", number=number, lang=lang, bookmark=bookmark)
    columns = lay_out(table, lang, width)
    append(document, _grid(table, lang, columns.widths, ids[TABLE_TEXT_SMALL if columns.small else TABLE_TEXT]))
    notes = [say(note, lang) for note in table.notes]
    if table.source is not None:
        notes.append(f"{'Counted' if lang == 'en' else 'Opgjort'}: {say(table.source, lang)}")
    add_notes(document, notes)


def add_notes(document: "Document", notes: Sequence[str]) -> None:
    """Add the notes below a table or figure, with room after the last.

    Args:
        document: A python-docx document with the report's styles.
        notes: The notes; without any there is only the room.
    """
    from docx.shared import Pt

    for note in notes or [""]:
        last = document.add_paragraph(note, style=TABLE_NOTE)
        last.paragraph_format.keep_together = True
    last.paragraph_format.space_after = Pt(12)


_SEQUENCES = {("table", "da"): "Tabel", ("table", "en"): "Table", ("figure", "da"): "Figur", ("figure", "en"): "Figure"}


def caption_name(kind: str, lang: str) -> str:
    """Return what Word counts: ``Tabel`` or ``Figur``, in the language."""
    return _SEQUENCES[kind, lang]


def add_caption(document: "Document", title: str, *, kind: str, number: int, lang: str, bookmark: int = 0) -> None:
    """Add a caption that Word numbers and lists.

    Args:
        document: A python-docx document.
        title: What the table or figure shows.
        kind: ``table`` or ``figure``.
        number: Its number until Word counts anew.
        lang: ``da`` or ``en``.
        bookmark: Number of its bookmark (``_Ref1``), 0 for none.
    """
    name = _SEQUENCES[kind, lang]
    content = run_xml(Run(f"{name} ")) + field_xml(f"SEQ {name} \\* ARABIC", str(number)) + run_xml(Run(f"  {title}"))
    style = style_ids(document)["Caption"]
    xml = paragraph_xml(content, style=style, keep_next=kind == "table", namespaces=True)
    append(document, bookmarked(xml, f"_Ref{bookmark}", bookmark) if bookmark else xml)


def add_text_table(document: "Document", header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add a table of mere text in the report's look, its header repeated on every page.

    Args:
        document: A python-docx document with the report's styles.
        header: Column titles.
        rows: Cells, as many in each row as there are columns.
    """
    style = style_ids(document)[TABLE_TEXT]
    longest = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    shares = [min(max(length, 8), 60) for length in longest]
    widths = [TEXT_WIDTH * share / sum(shares) for share in shares]
    lines = (header, *rows)
    made = []
    for place, row in enumerate(lines):
        borders = border_xml("top", 8, RULE) + border_xml("bottom", 6, RULE) if place == 0 else ""
        borders += border_xml("bottom", 8, RULE) if place == len(lines) - 1 and place else ""
        cells = "".join(
            cell_xml(paragraph_xml(run_xml(Run(text, bold=place == 0)), style=style), width, borders=borders)
            for text, width in zip(row, widths, strict=True)
        )
        made.append(row_xml(cells, repeat=place == 0))
    append(document, table_xml("".join(made), widths))


def _grid(table: Table, lang: str, widths: Sequence[float], style: str) -> str:
    numeric = [column_of_numbers(table, place) for place in range(table.width)]
    rows = _header(table, lang, widths, numeric, style)
    last = len(table.rows) - 1
    together = last if last < SHORT else 1
    for place, row in enumerate(table.rows):
        keep = place < together or row.group or (place == last and bool(table.notes or table.source))
        rows.append(_row(row, lang, widths, numeric, style, keep=keep, end=place == last))
    return table_xml("".join(rows), widths, description=say(table.title, lang))


def _header(table: Table, lang: str, widths: Sequence[float], numeric: Sequence[bool], style: str) -> list[str]:
    depth = len(table.header)
    rows = []
    for level, headings in enumerate(table.header):
        outer = border_xml("top", 8, RULE) if level == 0 else ""
        outer += border_xml("bottom", 6, RULE) if level == depth - 1 else ""
        merge = "" if depth == 1 else "restart" if level == 0 else "continue"
        words = run_xml(Run(say(table.stub, lang), bold=True)) if level == 0 else ""
        stub = paragraph_xml(words, style=style, keep_next=True)
        cells = [cell_xml(stub, widths[0], merge=merge, bottom=True, borders=outer)]
        column = 0
        for heading in headings:
            cells.append(_heading(heading, column, level, depth, numeric, lang, widths, style, outer))
            column += heading.span
        rows.append(row_xml("".join(cells), repeat=True))
    return rows


def _heading(
    heading: Heading,
    column: int,
    level: int,
    depth: int,
    numeric: Sequence[bool],
    lang: str,
    widths: Sequence[float],
    style: str,
    outer: str,
) -> str:
    wide = heading.span > 1
    align = "center" if wide else "right" if numeric[column] else ""
    borders = outer + (border_xml("bottom", 4, RULE) if wide and level < depth - 1 else "")
    text = paragraph_xml(run_xml(Run(say(heading.label, lang), bold=True)), style=style, align=align, keep_next=True)
    width = sum(widths[1 + column : 1 + column + heading.span])
    return cell_xml(text, width, span=heading.span, bottom=True, borders=borders)


def _row(
    row: Row, lang: str, widths: Sequence[float], numeric: Sequence[bool], style: str, *, keep: bool, end: bool
) -> str:
    borders = (border_xml("top", 4, RULE) if row.total else "") + (border_xml("bottom", 8, RULE) if end else "")
    label = run_xml(Run(say(row.label, lang), bold=row.total or row.group, colour=ACCENT if row.group else ""))
    if row.group:
        text = paragraph_xml(label, style=style, keep_next=True, before=5)
        return row_xml(cell_xml(text, sum(widths), span=len(widths), borders=borders))
    # one paragraph that keeps with the next is enough for its row
    first = paragraph_xml(label, style=style, keep_next=keep, indent=0.3 * row.level)
    cells = [cell_xml(first, widths[0], borders=borders)]
    for value, width, right in zip(row.cells, widths[1:], numeric, strict=True):
        run = run_xml(Run(format_cell(value, lang), bold=row.total))
        align = "right" if right or is_number(value) else ""
        cells.append(cell_xml(paragraph_xml(run, style=style, align=align), width, borders=borders))
    return row_xml("".join(cells))


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
