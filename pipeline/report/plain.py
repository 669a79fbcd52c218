"""Tables as CSV and as HTML, from the same values as in Word and Excel."""

import math
from html import escape
from pathlib import Path

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind, Row, Table, column_names
from pipeline.report.numbers import HIDDEN, format_cell
from pipeline.report.records import table_csv


def write_csv(table: Table, path: Path, *, lang: str = "da") -> None:
    """Write a table as CSV for Danish Excel (see ``records.table_csv``).

    Args:
        table: The table.
        path: Where to write it; the folder must exist.
        lang: ``da`` or ``en``, the language of labels; numbers keep the decimal comma.
    """
    path.write_text(table_as_csv(table, lang=lang), encoding="utf-8", newline="")


def table_as_csv(table: Table, *, lang: str = "da") -> str:
    """Return a table as CSV: header levels joined by a colon, split cases in words, shares as fractions."""
    rows = []
    group = ""
    for row in table.rows:
        if row.group:
            group = say(row.label, lang)
            continue
        rows.append([group, say(row.label, lang), *(_value(cell, lang) for cell in row.cells)])
    grouped = any(row.group for row in table.rows)
    header = ["", say(table.stub, lang), *column_names(table, lang)]
    if not grouped:
        return table_csv(header[1:], [row[1:] for row in rows])
    return table_csv(header, rows)


def _value(cell: Cell, lang: str) -> object:
    if cell.hidden:
        return cell.sign or HIDDEN
    if cell.kind is CellKind.COUNT and not cell.split:
        return round(cell.number)
    if cell.kind in (CellKind.SHARE, CellKind.P_VALUE, CellKind.NUMBER) and not math.isinf(cell.number):
        return float(cell.number)
    return format_cell(cell, lang) or None


def table_as_html(table: Table, *, lang: str = "da") -> str:
    """Return a table as a piece of HTML: caption, header cells with their scope, notes below."""
    out = [f'<table class="report" id="{escape(table.id)}">', f"<caption>{escape(say(table.title, lang))}</caption>"]
    out.append("<thead>")
    for level, headings in enumerate(table.header):
        cells = []
        if level == 0:
            span = f' rowspan="{len(table.header)}"' if len(table.header) > 1 else ""
            cells.append(f'<th scope="col"{span}>{escape(say(table.stub, lang))}</th>')
        for heading in headings:
            span = f' colspan="{heading.span}"' if heading.span > 1 else ""
            scope = "colgroup" if heading.span > 1 else "col"
            cells.append(f'<th scope="{scope}"{span}>{escape(say(heading.label, lang))}</th>')
        out.append("<tr>" + "".join(cells) + "</tr>")
    out.append("</thead>")
    out.append("<tbody>")
    out += [_html_row(row, table.width, lang) for row in table.rows]
    out.append("</tbody></table>")
    out += [f'<p class="note">{escape(say(note, lang))}</p>' for note in table.notes]
    return "\n".join(out) + "\n"


def _html_row(row: Row, width: int, lang: str) -> str:
    label = escape(say(row.label, lang))
    if row.group:
        return f'<tr class="group"><th scope="rowgroup" colspan="{width + 1}">{label}</th></tr>'
    cells = "".join(
        f'<td class="{"text" if cell.kind is CellKind.TEXT else "number"}">{escape(format_cell(cell, lang))}</td>'
        for cell in row.cells
    )
    kind = ' class="total"' if row.total else ""
    return f'<tr{kind}><th scope="row">{label}</th>{cells}</tr>'
