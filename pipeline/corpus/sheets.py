"""Tables of short texts, such as the free-text comments of a survey: one case per row, without sections."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.attributes import Fields, parse_cluster
from pipeline.corpus.citizens import parse_citizens
from pipeline.corpus.columns import attribute_of, is_case_column, is_text_column
from pipeline.corpus.delimited import Row, Sheet, read_sheet
from pipeline.corpus.labels import label_book
from pipeline.model.cases import TEXT, Attributes, Block, BlockKind, BlockRole, Case, Place, Section, Tally
from pipeline.model.codes import Template
from pipeline.model.ids import digest
from pipeline.model.problems import Loaded, Problem, Severity

ROW = "row"
"""Found as a cell of a table of texts."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what; -1 for none."""

    text: int
    case: int
    attributes: tuple[str, ...]


def read_texts(path: Path, template: Template, *, name: str) -> Loaded[tuple[Case, ...]]:
    """Read a table of texts into cases, one per row with a text.

    The text stands in the column with a header such as "kommentar", else in the one with the most words; a column
    such as "nr" or "respondent" names the case, else its place among the rows does ("comments-0001"). Columns that
    the template knows become attributes, all others ``extra``. Each case has one section of the kind ``text``.

    Args:
        path: The table (.csv, .tsv, .xlsx).
        template: The form, whose labels name attributes.
        name: The file's path below the corpus folder, with forward slashes.
    """
    loaded = read_sheet(path, name=name)
    sheet = loaded.value
    if sheet is None:
        return Loaded((), loaded.problems)
    columns = _find_columns(sheet, template)
    if columns is None:
        problem = Problem(
            "IN76",
            Severity.ERROR,
            name,
            "No column of the table holds texts.",
            "Give the column with the texts the header 'tekst'.",
        )
        return Loaded((), (*loaded.problems, problem))
    file_digest = digest(sheet.data)
    problems = list(loaded.problems)
    cases: list[Case] = []
    empty = 0
    stem = unicodedata.normalize("NFC", path.stem)
    for number, row in enumerate(sheet.rows, start=1):
        text = unicodedata.normalize("NFC", row.cells[columns.text])
        if not text:
            empty += 1
            continue
        given = row.cells[columns.case] if columns.case >= 0 else ""
        case_id = _case_id(given, stem, number)
        cases.append(_build(case_id, text, row, sheet, columns, template, name, path.name, file_digest))
    if empty:
        message = f"Rows without a text, which give no case: {empty}."
        problems.append(Problem("IN77", Severity.NOTE, name, message, "Nothing needs to be done if that is right."))
    return Loaded(tuple(cases), tuple(problems))


def _case_id(given: str, stem: str, number: int) -> str:
    """Return a row's id: its own name; for a row without one or with a mere number, the file's name and the number."""
    given = " ".join(given.split()).translate(_NOT_IN_NAMES)[:80].strip(". ")
    if not given or (given.isascii() and given.isdecimal() and len(given) < _LONGEST_NUMBER):
        return f"{stem}-{int(given) if given else number:04}"
    return given


_LONGEST_NUMBER = 12
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))
"""What a file's name may not hold on Windows: a case's text is a file of its own."""


def _find_columns(sheet: Sheet, template: Template) -> _Columns | None:
    book = label_book(template)
    width = len(sheet.header)
    named = [at for at in range(width) if is_text_column(sheet.header[at])]
    letters = [sum(len(row.cells[at]) for row in sheet.rows) for at in range(width)]
    candidates = named or [
        at for at in range(width) if any(" " in row.cells[at] and not _is_number(row.cells[at]) for row in sheet.rows)
    ]
    if not candidates:
        return None
    text = max(candidates, key=lambda at: (letters[at], -at))
    case = next((at for at in range(width) if at != text and is_case_column(sheet.header[at])), -1)
    attributes = tuple(
        "" if at in (text, case) else attribute_of(header, book) for at, header in enumerate(sheet.header)
    )
    return _Columns(text, case, attributes)


def _is_number(value: str) -> bool:
    return value.replace(" ", "").replace(",", "").replace(".", "").isdecimal()


def _build(
    case_id: str,
    text: str,
    row: Row,
    sheet: Sheet,
    columns: _Columns,
    template: Template,
    file: str,
    part: str,
    file_digest: str,
) -> Case:
    found = Fields()
    extra: list[tuple[str, str]] = []
    for at, header in enumerate(sheet.header):
        value = unicodedata.normalize("NFC", row.cells[at])
        if at in (columns.text, columns.case):
            continue
        if columns.attributes[at] and value and columns.attributes[at] not in found.values:
            found.add(columns.attributes[at], value)
        elif not columns.attributes[at]:
            extra.append((header or f"column {at + 1}", value))
    citizen = found.values.get("citizen", "")
    place = Place(part, (row.number, columns.text + 1), paragraph=row.number)
    others = [cell for at, cell in enumerate(row.cells) if at != columns.text and cell]
    ledger = [Tally("text", 1, len(text), True)]
    if others:
        reason = "kept as attributes of the case"
        ledger.append(Tally("other column", len(others), sum(map(len, others)), False, reason))
    return Case(
        id=case_id,
        file=file,
        text=text,
        digest=digest(text),
        file_digest=file_digest,
        blocks=(Block(BlockKind.CELL, BlockRole.CONTENT, 0, len(text), place),),
        sections=(Section(TEXT, sheet.header[columns.text], 0, len(text), ROW),),
        attributes=Attributes(
            municipality=found.values.get("municipality", ""),
            cluster=parse_cluster(found.values.get("cluster", ""), template),
            citizens=parse_citizens(citizen),
            citizen=citizen,
            author=found.values.get("author", ""),
            date=found.values.get("date", ""),
            extra=tuple(extra),
        ),
        ledger=tuple(ledger),
    )
