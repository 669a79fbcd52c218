"""The report as an Excel workbook: cases, codings, tables and quotations, ready to filter."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.files import EPOCH
from pipeline.model.codes import Label, say
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.tables import Cell, Table
from pipeline.report.content import Report
from pipeline.report.evidence import Behind, lines_behind
from pipeline.report.excel_styles import Styles
from pipeline.report.excel_tables import write_table
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
        self.styles = Styles(book)
        self.behind = Behind()

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
        if not report.public:
            self.behind = lines_behind(tables, report.codings, report.codebook, self.lang)
        self.about([(name, say(table.title, self.lang)) for name, table in zip(names, tables, strict=True)])
        if not report.public:
            self.cases()
            self.codings()
        for name, table in zip(names, tables, strict=True):
            self.table(table, name)
        if report.quotes:
            self.quotes()
        if self.behind.lines:
            self.cases_behind()

    def sheet_name(self, number: int, table: Table) -> str:
        """Return a name for a table's sheet: its number and as much of its title as Excel allows."""
        title = say(table.title, self.lang).translate(_FORBIDDEN)
        return f"{number} {title}"[:31].rstrip()

    def cases_behind(self) -> None:
        english = self.lang == "en"
        header = ("Number", "Case", "Code", "Quotation") if english else ("Tal", "Case", "Kode", "Citat")
        self.list("behind", header, self.behind.lines, [56, 8, 28, 90], frozen=0, wrap=True)

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
        sheet.write_string(0, 0, self.report.title, self.styles.title)
        sheet.write_string(1, 0, self.report.subtitle, self.styles.note)
        row = 3
        if self.report.notice:
            sheet.merge_range(row, 0, row, 1, self.report.notice, self.styles.warning)
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
            sheet.write_string(row, 0, name, self.styles.top)
            sheet.write_string(row, 1, words, self.styles.wrap)
            row += 1
        for name, title in tables:
            row += 1
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.styles.link, name.partition(" ")[0])
            sheet.write_string(row, 1, title, self.styles.wrap)

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
            sheet.write_string(0, column, words, self.styles.head)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(place, column, value, self.styles.top)
                elif isinstance(value, int | float):
                    sheet.write_number(place, column, value, self.styles.top)
                elif value is not None and value != "":
                    style = self.styles.wrap if wrap and widths[column] >= 60 else self.styles.top
                    sheet.write_string(place, column, str(value), style)
        sheet.freeze_panes(1, frozen)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

    def table(self, table: Table, name: str) -> None:
        """Write a table of the report on a sheet of its own."""
        sheet, suggested = self.sheet(name), bool(self.report.notice)
        write_table(sheet, table, self.styles, lang=self.lang, suggested=suggested, target=self.target)

    def target(self, cell: Cell) -> str:
        """Return the lines behind a number as a place in the workbook, empty where it has none."""
        first = self.behind.place(cell)
        if first is None:
            return ""
        return f"internal:'{say(_SHEETS['behind'], self.lang)}'!A{first + 2}:D{first + 1 + len(cell.cases)}"


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
