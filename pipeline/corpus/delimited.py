"""Reads tables from CSV and Excel files as rows of text, whatever separator, encoding or program wrote them."""

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.decode import decode_text
from pipeline.corpus.guard import open_package, read_bytes
from pipeline.corpus.refusal import RefusedError
from pipeline.model.problems import Loaded, Problem, Severity

EXCEL = (".xlsx", ".xlsm")
DELIMITED = (".csv", ".tsv")

MOST_ROWS = 200_000
MOST_COLUMNS = 500

_HINT = "Open it in Excel and save it again as .xlsx, or as CSV UTF-8."


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: Its number in the file, as Excel counts: the header is row 1.
        cells: Its values as text; missing cells are empty.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read.

    Attributes:
        header: The names of its columns.
        rows: Its rows, those without any value left out.
        data: The bytes of the file.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    data: bytes = b""


def read_sheet(path: Path, *, name: str) -> Loaded[Sheet | None]:
    """Read a table; whatever is wrong with it is told as a problem, nothing is raised.

    Of an Excel file its first sheet with any value is read. Formulas are never computed: a cell gives the value that
    Excel last stored.

    Args:
        path: The file (.csv, .tsv, .xlsx, .xlsm).
        name: How problems name it.
    """
    try:
        data = read_bytes(path)
        if path.suffix.casefold() in EXCEL:
            return _shape(_read_excel(data, name), data, name, ())
    except RefusedError as refused:
        return Loaded(None, (Problem(refused.code, Severity.ERROR, name, refused.message, refused.hint),))
    decoded = decode_text(data, name=name)
    if decoded.text is None:
        return Loaded(None, decoded.problems)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text)))
    except csv.Error:
        problem = Problem("IN67", Severity.ERROR, name, "The table cannot be read.", _HINT)
        return Loaded(None, (*decoded.problems, problem))
    return _shape(rows, data, name, decoded.problems)


def _delimiter(text: str) -> str:
    """Return the separator: the one that the header has most of, outside quotation marks."""
    head = text.lstrip("\n").partition("\n")[0]
    outside = "".join(head.split('"')[::2])
    if outside.casefold().startswith("sep=") and len(outside) == 5:
        return outside[4]
    return max(";\t,", key=outside.count)


def _read_excel(data: bytes, name: str) -> list[list[str]]:
    """Return the rows of an Excel file's first sheet with any value.

    Raises:
        RefusedError: It is harmful, damaged or no Excel file.
    """
    import openpyxl

    open_package(data, name=name)  # refuses what no honest program writes: bombs, overlaps, doubled names
    _refuse_entities(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows = [
                    [_as_text(value) for value in row[:MOST_COLUMNS]]
                    for row in sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True)
                ]
                if any(any(row) for row in rows):
                    return rows
        finally:
            book.close()
    # openpyxl lets whatever goes wrong inside it out: KeyError, TypeError, ParseError and a dozen more.
    except Exception as error:
        raise RefusedError("IN68", "The Excel file is damaged or no Excel file.", _HINT) from error
    return []


def _refuse_entities(data: bytes) -> None:
    """Refuse a document type declaration, with which a file of some bytes can grow to gigabytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.casefold().endswith((".xml", ".rels")):
                try:
                    with archive.open(info) as part:
                        start = part.read(4096)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
                    raise RefusedError("IN68", "The Excel file is damaged or no Excel file.", _HINT) from error
                if b"<!DOCTYPE" in start or b"<!\x00D\x00O" in start:
                    raise RefusedError("IN68", "The Excel file holds declarations that Excel never writes.", _HINT)


def _as_text(value: object) -> str:
    """Return a cell's value as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.removesuffix(" 00:00:00")


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return cells without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _shape(rows: list[list[str]], data: bytes, name: str, problems: tuple[Problem, ...]) -> Loaded[Sheet | None]:
    """Return header and rows, with a problem for a table that has none or is too long."""
    numbered = [
        Row(number, tuple(cell.strip() for cell in row))
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    if numbered and len(numbered[0].cells) == 1 and numbered[0].cells[0].casefold().startswith("sep="):
        numbered = numbered[1:]
    if len(rows) > MOST_ROWS:
        problem = Problem(
            "IN69", Severity.ERROR, name, f"The table has more than {MOST_ROWS} rows.", "Split it into several files."
        )
        return Loaded(None, (*problems, problem))
    if len(numbered) < 2:
        problem = Problem(
            "IN70",
            Severity.WARNING,
            name,
            "The table holds no row below its header.",
            "Check that it is the right file.",
        )
        return Loaded(None, (*problems, problem))
    header = numbered[0].cells
    # Excel remembers columns that were once coloured: those without header and values are none.
    width = max(len(_trimmed(row.cells)) for row in numbered)
    header = (header + ("",) * width)[:width]
    body = tuple(Row(row.number, (row.cells + ("",) * width)[:width]) for row in numbered[1:])
    return Loaded(Sheet(header, body, data), problems)
