"""A table of the report on a sheet of Excel: numbers that can be added up, and lead to the cases behind them."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind, Table
from pipeline.report.excel_styles import Styles
from pipeline.report.numbers import HIDDEN, format_cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_table(
    sheet: "Worksheet", table: Table, styles: Styles, *, lang: str, suggested: bool, target: Callable[[Cell], str]
) -> None:
    """Write a table onto an empty sheet: title, header levels, rows, notes.

    Args:
        sheet: The sheet.
        table: The table.
        styles: The workbook's formats.
        lang: ``da`` or ``en``.
        suggested: True to say that the numbers rest on suggestions.
        target: Where a number leads, as xlsxwriter writes a place in the workbook; empty where it leads nowhere.
    """
    _Writer(sheet, styles, lang, target).write(table, suggested=suggested)


class _Writer:
    """Writes on one sheet."""

    def __init__(self, sheet: "Worksheet", styles: Styles, lang: str, target: Callable[[Cell], str]) -> None:
        self.sheet, self.styles, self.lang, self.target = sheet, styles, lang, target

    def write(self, table: Table, *, suggested: bool) -> None:
        sheet, styles = self.sheet, self.styles
        sheet.write_string(0, 0, say(table.title, self.lang), styles.title)
        if suggested:
            short = "Suggestions, not reviewed" if self.lang == "en" else "Forslag, ikke gennemgået"
            sheet.write_string(1, 0, short, styles.note)
        first = row = self.header(table, 2)
        sheet.freeze_panes(row, 1)
        for item in table.rows:
            style = (
                styles.group if item.group else styles.total if item.total else styles.inner if item.level
                else styles.plain
            )  # fmt: skip
            sheet.write_string(row, 0, say(item.label, self.lang), style)
            if not item.group:
                for column, cell in enumerate(item.cells, start=1):
                    self.cell(row, column, cell, total=item.total)
            row += 1
        self.notes(table, row + 1)
        if table.rows and not any(item.group for item in table.rows):
            sheet.autofilter(first - 1, 0, row - 1, table.width)
        sheet.set_column(0, 0, 46)
        for column in range(table.width):
            cells = [item.cells[column] for item in table.rows if not item.group]
            longest = max((len(format_cell(cell, self.lang)) for cell in cells), default=0)
            sheet.set_column(column + 1, column + 1, 60 if longest > 60 else 30 if longest > 20 else 14)

    def header(self, table: Table, row: int) -> int:
        """Write the levels of the header and return the row below them."""
        for level, headings in enumerate(table.header):
            column = 1
            for heading in headings:
                words = say(heading.label, self.lang)
                if heading.span > 1:
                    self.sheet.merge_range(row, column, row, column + heading.span - 1, words, self.styles.over)
                else:
                    self.sheet.write_string(row, column, words, self.styles.head)
                column += heading.span
            stub = say(table.stub, self.lang) if level == len(table.header) - 1 else ""
            self.sheet.write_string(row, 0, stub, self.styles.head)
            row += 1
        return row

    def notes(self, table: Table, row: int) -> None:
        """Write what stands below a table, merged over it: a printed sheet is no wider than its table."""
        notes = [*table.notes] if table.source is None else [*table.notes, table.source]
        across = max(1, min(table.width, 6))
        for place, note in enumerate((say(each, self.lang) for each in notes), start=row):
            self.sheet.merge_range(place, 0, place, across, note, self.styles.wide_note)
            self.sheet.set_row(place, 15 * (1 + len(note) // (46 + 13 * across)))  # as high as its lines

    def cell(self, row: int, column: int, cell: Cell, *, total: bool) -> None:
        sheet, styles = self.sheet, self.styles
        target = "" if total else self.target(cell)
        if cell.hidden:
            sheet.write_string(row, column, cell.sign or HIDDEN, styles.quiet)
        elif target:
            # the cell keeps its number, so that Excel can add it up
            sheet.write_url(row, column, target, styles.link, format_cell(cell, self.lang))
            if not cell.split:
                sheet.write_number(row, column, cell.number, styles.link)
        elif cell.kind is CellKind.COUNT and not cell.split:
            sheet.write_number(row, column, cell.number, styles.total if total else styles.number)
        elif cell.kind is CellKind.SHARE:
            sheet.write_number(row, column, cell.number, styles.percent)
        elif cell.kind is CellKind.P_VALUE:
            sheet.write_number(row, column, cell.number, styles.p_value)
        elif cell.kind is CellKind.NUMBER and not math.isinf(cell.number):
            sheet.write_number(row, column, cell.number, styles.real.get(cell.decimals, styles.number))
        elif cell.kind is not CellKind.EMPTY:
            text = format_cell(cell, self.lang)
            style = styles.wrap if cell.kind is CellKind.TEXT and len(text) > 2 else styles.right
            sheet.write_string(row, column, text, style)
