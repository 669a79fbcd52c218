"""The report as an Excel workbook: cases, codings, tables and quotations, ready to filter."""

import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.files import EPOCH
from pipeline.model.codes import Label
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.linked import heading_path
from pipeline.patterns.tables import Cell, CellKind, Table
from pipeline.report.content import Report
from pipeline.report.evidence import code_of, find_evidence
from pipeline.report.numbers import HIDDEN, format_cell, say
from pipeline.report.records import CASE_FIELDS, CODING_FIELDS, case_record, coding_record, sorted_codings

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_SHEETS = {
    "about": Label("Om", "About"),
    "cases": Label("Cases", "Cases"),
    "codings": Label("Kodninger", "Codings"),
    "category_by_cluster": Label("Kategori x klynge", "Category x cluster"),
    "code_by_category": Label("Kode x kategori", "Code x category"),
    "quotes": Label("Citater", "Quotations"),
    "behind": Label("Bag tallene", "Behind the numbers"),
}
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
_CASE_WIDTHS = {"file": 16, "municipality": 16, "citizen": 34, "progression": 22, "attachment": 24}
_CODING_WIDTHS = {"case": 8, "segment": 20, "quote": 60, "sentence": 60, "code": 28, "rules": 30, "start": 8, "end": 8}


def write_excel(report: Report, path: Path) -> None:
    """Write the report as an Excel workbook.

    Texts are written as texts, so that no case can smuggle in a formula.

    Args:
        report: The report.
        path: Where to write it; the folder must exist.
    """
    path.write_bytes(excel_bytes(report))


def excel_bytes(report: Report) -> bytes:
    """Return the report as the bytes of an Excel workbook, the same every time."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Calibri", "font_size": 11},
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {"title": report.title, "author": "casepath", "created": EPOCH.replace(tzinfo=None), "comments": report.notice}
    )
    _Book(book, report).write()
    book.close()
    return buffer.getvalue()


class _Book:
    """Writes the sheets of one workbook."""

    def __init__(self, book: "Workbook", report: Report) -> None:
        self.book, self.report, self.lang = book, report, report.lang
        rule = {"bottom": 1, "bottom_color": "#9AA5A6"}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F5F6B"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", **rule})
        self.over = book.add_format({"bold": True, "align": "center", "text_wrap": True, **rule})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.note = book.add_format({"font_color": "#5A6065", "italic": True})
        self.group = book.add_format({"bold": True, "font_color": "#1F5F6B"})
        self.plain = book.add_format({})
        self.inner = book.add_format({"indent": 1})
        self.number = book.add_format({"num_format": "#,##0"})
        self.right = book.add_format({"align": "right"})
        self.percent = book.add_format({"num_format": "0.0%"})
        self.p = book.add_format({"num_format": "0.000"})
        self.total = book.add_format({"bold": True, "num_format": "#,##0", "top": 1, "top_color": "#9AA5A6"})
        self.warning = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F8F1EB"})
        self.link = book.add_format({"font_color": "#1F5F6B", "underline": 4, "num_format": "#,##0", "align": "right"})
        self.wide_note = book.add_format({"font_color": "#5A6065", "italic": True, "text_wrap": True, "valign": "top"})
        self.quiet = book.add_format({"align": "right", "font_color": "#5A6065"})
        self.real = {places: book.add_format({"num_format": "0." + "0" * places}) for places in (1, 2, 3)}
        self.behind: dict[tuple[str, tuple[str, ...]], int] = {}
        self.rows_behind: list[tuple[str, str, str, str]] = []
        self.evidence = find_evidence(()) if report.public else find_evidence(report.codings)

    def write(self) -> None:
        report = self.report
        if not report.contents:
            self.about([])
            self.cases()
            self.codings()
            for name in ("category_by_cluster", "code_by_category"):
                self.table(report.table(name), say(_SHEETS[name], self.lang))
            self.quotes()
            return
        tables = [table for _, table in report.tables] + list(report.extra)
        names = [self.sheet_name(number, table) for number, table in enumerate(tables, start=1)]
        self.gather(tables)
        self.about([(name, say(table.title, self.lang)) for name, table in zip(names, tables, strict=True)])
        if not report.public:
            self.cases()
            self.codings()
        for name, table in zip(names, tables, strict=True):
            self.table(table, name)
        if report.quotes:
            self.quotes()
        if self.rows_behind:
            self.cases_behind()

    def sheet_name(self, number: int, table: Table) -> str:
        """Return a name for a table's sheet: its number and as much of its title as Excel allows."""
        title = say(table.title, self.lang).translate(_FORBIDDEN)
        return f"{number} {title}"[:31].rstrip()

    def gather(self, tables: Sequence[Table]) -> None:
        """Line up the cases behind each number, so that a number can lead to its own lines and no others."""
        if self.report.public:
            return
        labels = {code.id: say(code.label, self.lang) for code in self.report.codebook.codes}
        for table in tables:
            for row in table.rows:
                for place, cell in enumerate(row.cells):
                    key = (code_of(cell), cell.cases)
                    if not cell.cases or key in self.behind:
                        continue
                    self.behind[key] = len(self.rows_behind)
                    name = labels.get(key[0]) or say(row.label, self.lang)
                    counted = f"{name} · {' · '.join(self.path(table, place))}"
                    self.rows_behind += [
                        (counted, case, key[0], self.evidence.quote(key[0], case)) for case in cell.cases
                    ]

    def path(self, table: Table, column: int) -> list[str]:
        """Return the headings over a column, outermost first."""
        return [say(heading.label, self.lang) for heading in heading_path(table, column)]

    def cases_behind(self) -> None:
        english = self.lang == "en"
        header = ("Number", "Case", "Code", "Quotation") if english else ("Tal", "Case", "Kode", "Citat")
        self.list("behind", header, self.rows_behind, [56, 8, 28, 90], frozen=0, wrap=True)

    def sheet(self, name: str) -> "Worksheet":
        sheet = self.book.add_worksheet(say(_SHEETS[name], self.lang) if name in _SHEETS else name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def about(self, tables: Sequence[tuple[str, str]]) -> None:
        """Write what the workbook is, and where its tables are."""
        sheet = self.sheet("about")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 96)
        sheet.write_string(0, 0, self.report.title, self.title)
        sheet.write_string(1, 0, self.report.subtitle, self.note)
        row = 3
        if self.report.notice:
            sheet.merge_range(row, 0, row, 1, self.report.notice, self.warning)
            sheet.set_row(row, 48)
            row += 2
        english = self.lang == "en"
        facts: list[tuple[str, str]] = [("Codebook" if english else "Kodebog", self.report.subtitle)]
        told = [name for name in _ABOUT if not tables or name in ("cases", "codings", "quotes")]
        if not self.report.public:
            counted = sum(coding.counts for coding in self.report.codings)
            facts.insert(0, ("Codings" if english else "Kodninger", str(counted)))
            facts.insert(0, ("Cases", str(len(self.report.cases))))
            facts += [(say(_SHEETS[name], self.lang), say(_ABOUT[name], self.lang)) for name in told]
        for name, words in facts:
            sheet.write_string(row, 0, name, self.top)
            sheet.write_string(row, 1, words, self.wrap)
            row += 1
        for name, title in tables:
            row += 1
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name.partition(" ")[0])
            sheet.write_string(row, 1, title, self.wrap)

    def cases(self) -> None:
        by_case = {outcome.case: outcome for outcome in self.report.outcomes}
        measured = {item.case: item for item in self.report.measures}
        records = [
            case_record(case, by_case.get(case.id), measured.get(case.id))
            for case in sorted(self.report.cases, key=lambda item: item.id)
        ]
        rows = [[record[name] for name in CASE_FIELDS] for record in records]
        self.list("cases", CASE_FIELDS, rows, [_CASE_WIDTHS.get(name, 14) for name in CASE_FIELDS], frozen=1)

    def codings(self) -> None:
        rows = []
        for coding in sorted_codings(self.report.codings):
            record = coding_record(coding)
            record["rules"] = " ".join(record["rules"])
            rows.append([record[name] for name in CODING_FIELDS])
        self.list("codings", CODING_FIELDS, rows, [_CODING_WIDTHS.get(name, 12) for name in CODING_FIELDS], frozen=1)

    def quotes(self) -> None:
        english = self.lang == "en"
        header = ("Theme", "Code", "Quotation", "Case", "Category", "Reviewed") if english else (
            "Tema", "Kode", "Citat", "Case", "Kategori", "Gennemgået")  # fmt: skip
        rows = [
            [
                say(theme.label, self.lang),
                say(quote.label, self.lang),
                quote.text,
                quote.case,
                " / ".join(say(CATEGORY_LABELS[category], self.lang) for category in quote.progression),
                ("yes" if english else "ja") if quote.reviewed else ("no, suggestion" if english else "nej, forslag"),
            ]
            for theme in self.report.quotes
            for quote in theme.quotes
        ]
        self.list("quotes", header, rows, [24, 34, 90, 8, 26, 14], frozen=0, wrap=True)

    def list(
        self,
        name: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Any]],
        widths: Sequence[float],
        *,
        frozen: int,
        wrap: bool = False,
    ) -> None:
        """Write a sheet of plain rows with a header that stays, filters and column widths."""
        sheet = self.sheet(name)
        for column, (words, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, self.head)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(place, column, value, self.top)
                elif isinstance(value, int | float):
                    sheet.write_number(place, column, value, self.top)
                elif value is not None and value != "":
                    style = self.wrap if wrap and widths[column] >= 60 else self.top
                    sheet.write_string(place, column, str(value), style)
        sheet.freeze_panes(1, frozen)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

    def table(self, table: Table, name: str) -> None:
        """Write a table of the report: title, header levels, rows, notes."""
        sheet = self.sheet(name)
        sheet.write_string(0, 0, say(table.title, self.lang), self.title)
        if self.report.notice:
            short = "Suggestions, not reviewed" if self.lang == "en" else "Forslag, ikke gennemgået"
            sheet.write_string(1, 0, short, self.note)
        row = self.header(sheet, table, 2)
        first = row
        sheet.freeze_panes(row, 1)
        for item in table.rows:
            style = self.group if item.group else self.total if item.total else self.inner if item.level else self.plain
            sheet.write_string(row, 0, say(item.label, self.lang), style)
            if not item.group:
                for column, cell in enumerate(item.cells, start=1):
                    self.cell(sheet, row, column, cell, total=item.total)
            row += 1
        notes = [say(note, self.lang) for note in table.notes]
        if table.source is not None:
            notes.append(say(table.source, self.lang))
        across = max(1, min(table.width, 6))
        for number, note in enumerate(notes, start=row + 1):
            # merged over the table and as high as its lines, so that a printed sheet is no wider than its table
            sheet.merge_range(number, 0, number, across, note, self.wide_note)
            sheet.set_row(number, 15 * (1 + len(note) // (46 + 13 * across)))
        if table.rows and not any(item.group for item in table.rows):
            sheet.autofilter(first - 1, 0, row - 1, table.width)
        sheet.set_column(0, 0, 46)
        for column in range(table.width):
            cells = [item.cells[column] for item in table.rows if not item.group]
            longest = max((len(format_cell(cell, self.lang)) for cell in cells), default=0)
            sheet.set_column(column + 1, column + 1, 60 if longest > 60 else 30 if longest > 20 else 14)

    def header(self, sheet: "Worksheet", table: Table, row: int) -> int:
        for level, headings in enumerate(table.header):
            column = 1
            for heading in headings:
                words = say(heading.label, self.lang)
                if heading.span > 1:
                    sheet.merge_range(row, column, row, column + heading.span - 1, words, self.over)
                else:
                    sheet.write_string(row, column, words, self.head)
                column += heading.span
            sheet.write_string(row, 0, say(table.stub, self.lang) if level == len(table.header) - 1 else "", self.head)
            row += 1
        return row

    def cell(self, sheet: "Worksheet", row: int, column: int, cell: Cell, *, total: bool) -> None:
        line = self.behind.get((code_of(cell), cell.cases)) if cell.cases else None
        if cell.hidden:
            sheet.write_string(row, column, cell.sign or HIDDEN, self.quiet)
        elif line is not None and not total:
            where = say(_SHEETS["behind"], self.lang)
            target = f"internal:'{where}'!A{line + 2}:D{line + 1 + len(cell.cases)}"
            # the cell keeps its number, so that Excel can add it up
            sheet.write_url(row, column, target, self.link, format_cell(cell, self.lang))
            if not cell.split:
                sheet.write_number(row, column, cell.number, self.link)
        elif cell.kind is CellKind.COUNT and not cell.split:
            sheet.write_number(row, column, cell.number, self.total if total else self.number)
        elif cell.kind is CellKind.SHARE:
            sheet.write_number(row, column, cell.number, self.percent)
        elif cell.kind is CellKind.P_VALUE:
            sheet.write_number(row, column, cell.number, self.p)
        elif cell.kind is CellKind.NUMBER and not math.isinf(cell.number):
            sheet.write_number(row, column, cell.number, self.real.get(cell.decimals, self.number))
        elif cell.kind is not CellKind.EMPTY:
            text = format_cell(cell, self.lang)
            style = self.wrap if cell.kind is CellKind.TEXT and len(text) > 2 else self.right
            sheet.write_string(row, column, text, style)


_ABOUT = {
    "cases": Label(
        "En række pr. case: formularens oplysninger, kategori, tilknytning, vurderinger og målte variable. Tomt felt: "
        "ikke belyst.",
        "One row a case: what the form says, category, attachment, judgements, measured variables. Empty: not known.",
    ),
    "codings": Label(
        "En række pr. kodning med citat, kode, status og de regler, der fandt den. Kun »affirmed« tæller i tabellerne.",
        "One row a coding with quotation, code, status and the rules that found it. Only “affirmed” counts in tables.",
    ),
    "category_by_cluster": Label(
        "Antal cases efter kategori og klynge; todelte familiecases tælles for sig.",
        "Cases by category and cluster; split family cases are counted beside the others.",
    ),
    "code_by_category": Label(
        "Antal cases og procent af kategoriens cases, hvor koden er brugt.",
        "Cases, and per cent of the category's cases, in which the code is used.",
    ),
    "quotes": Label("Udvalgte citater efter tema.", "Chosen quotations by theme."),
}
