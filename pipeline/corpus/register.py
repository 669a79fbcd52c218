"""Reads ``corpus/cases.csv``: attributes given beside the files; they win over what the files say."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.attributes import parse_cluster
from pipeline.corpus.columns import attribute_of, is_case_column
from pipeline.corpus.delimited import Sheet, read_sheet
from pipeline.corpus.labels import label_book
from pipeline.model.codes import Template
from pipeline.model.problems import Loaded, Problem, Severity

REGISTER = "cases.csv"

_ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".txt", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What the register says of one case.

    Attributes:
        row: Its row in the file, the header being row 1.
        case: The case as named there: its id or its file.
        values: (attribute, value) pairs of ``Attributes``; empty cells are left out.
        extra: (header, value) of all other columns.
    """

    row: int
    case: str
    values: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Register:
    """The rows of ``cases.csv``."""

    rows: tuple[RegisterRow, ...] = ()

    def find(self, case_id: str, file: str) -> RegisterRow | None:
        """Return the row of a case by its id, its path or its file's name.

        Args:
            case_id: The case's id.
            file: The file's path below the corpus folder.
        """
        names = {_folded(case_id), _folded(file), _folded(file.rpartition("/")[2])}
        return next((row for row in self.rows if _folded(row.case) in names), None)


NO_REGISTER = Register()
"""The register of a project without one."""


def read_register(path: Path, template: Template) -> Loaded[Register]:
    """Read the register; a project without one has an empty register.

    Args:
        path: Where ``cases.csv`` would be.
        template: The form, whose labels name the columns and whose values the clusters.
    """
    if not path.is_file():
        return Loaded(Register())
    name = path.name
    loaded = read_sheet(path, name=name)
    sheet = loaded.value
    if sheet is None:
        return Loaded(Register(), loaded.problems)
    column = next((at for at, header in enumerate(sheet.header) if is_case_column(header)), None)
    if column is None:
        problem = Problem(
            "IN71",
            Severity.ERROR,
            f"{name}, row 1",
            "No column names the case.",
            "Give one column the header 'case' or 'file'.",
        )
        return Loaded(Register(), (*loaded.problems, problem))
    rows, problems = _rows(sheet, column, name, template)
    return Loaded(Register(tuple(rows)), (*loaded.problems, *problems))


def unknown_rows(register: Register, used: set[int], *, name: str = REGISTER) -> tuple[Problem, ...]:
    """Return a problem for every row that names no case of the corpus.

    Args:
        register: The register.
        used: Numbers of the rows that some case took.
        name: The register's file, for the problems.
    """
    return tuple(
        Problem(
            "IN73",
            Severity.WARNING,
            f"{name}, row {row.row}",
            "The row names a case that the corpus does not hold.",
            "Write the file's name as it is in the folder, with or without its ending.",
        )
        for row in register.rows
        if row.row not in used
    )


def _rows(sheet: Sheet, column: int, name: str, template: Template) -> tuple[list[RegisterRow], list[Problem]]:
    book = label_book(template)
    attributes = ["" if at == column else attribute_of(header, book) for at, header in enumerate(sheet.header)]
    rows: list[RegisterRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        where = f"{name}, row {row.number}"
        case = unicodedata.normalize("NFC", row.cells[column])
        if not case:
            problems.append(
                Problem("IN74", Severity.WARNING, where, "The row names no case.", "Fill in its case, or delete it.")
            )
            continue
        if _folded(case) in seen:
            message = f"The case stands in row {seen[_folded(case)]} already; this row is not used."
            problems.append(Problem("IN75", Severity.ERROR, where, message, "Delete one of the two rows."))
            continue
        seen[_folded(case)] = row.number
        values: dict[str, str] = {}
        extra: list[tuple[str, str]] = []
        for at, cell in enumerate(row.cells[: len(sheet.header)]):
            value = unicodedata.normalize("NFC", cell)
            if at == column:
                continue
            if not attributes[at]:
                extra.append((sheet.header[at] or f"column {at + 1}", value))
            elif value and attributes[at] == "cluster" and parse_cluster(value, template) is None:
                hint = "Write adult, youth or family, or a spelling that template.yaml lists."
                problems.append(Problem("IN72", Severity.WARNING, where, "The cluster is not understood.", hint))
            elif value:
                values.setdefault(attributes[at], value)
        rows.append(RegisterRow(row.number, case, tuple(values.items()), tuple(extra)))
    return rows, problems


def _folded(name: str) -> str:
    """Return a case's name as it is compared: "A-01.docx" and "a-01" are the same."""
    folded = unicodedata.normalize("NFC", name).replace("\\", "/").strip().casefold()
    for ending in _ENDINGS:
        folded = folded.removesuffix(ending)
    return folded
