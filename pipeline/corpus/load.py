"""Reads a corpus folder: every file it holds to cases, every mistake in it to problems."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.corpus.attributes import parse_cluster
from pipeline.corpus.case import build_case
from pipeline.corpus.citizens import parse_citizens
from pipeline.corpus.delimited import DELIMITED, EXCEL
from pipeline.corpus.guard import is_lock_file
from pipeline.corpus.plain import MARKDOWN, read_plain
from pipeline.corpus.register import NO_REGISTER, REGISTER, Register, read_register, unknown_rows
from pipeline.corpus.sheets import read_texts
from pipeline.corpus.word import read_word
from pipeline.errors import MissingFileError
from pipeline.model.cases import Case
from pipeline.model.codes import Template
from pipeline.model.problems import Loaded, Problem, Severity, has_errors

REFERENCE = "reference"
"""Folder with reference codings beside the corpus; it holds no cases."""

_WORD = (".docx", ".docm", ".dotx", ".dotm")
_REFUSED_BY_WORD = (".doc", ".dot", ".rtf", ".odt", ".pdf", ".pages", ".wpd")
"""No Word files, but named so often that the Word reader says what to do about each."""

_TEXT = (".txt", *MARKDOWN)
_TABLE = (*DELIMITED, *EXCEL)
_SILENT = ("thumbs.db", "desktop.ini")
_OWN_WORDS = 200
"""Letters from which two persons do not answer in the same words: shorter rows of a table are alike by chance."""


def find_files(folder: Path) -> Loaded[tuple[Path, ...]]:
    """Find the files of a corpus that may hold cases, sorted by path.

    Looked through are all folders below it, but not ``reference/``; hidden files, ``README`` files and the register
    ``cases.csv`` are passed over, and files of unknown kinds with a note.

    Args:
        folder: The corpus folder.

    Raises:
        MissingFileError: The folder does not exist.
    """
    if not folder.is_dir():
        raise MissingFileError(f"There is no folder '{folder.name}' with cases.", hint="Check the project folder.")
    found: list[Path] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or not path.is_file():
            continue
        if inside.parts[0].casefold() == REFERENCE or inside.name.casefold() in _SILENT:
            continue
        if inside.as_posix().casefold() == REGISTER or inside.stem.casefold() == "readme":
            continue
        suffix = path.suffix.casefold()
        if suffix in (*_WORD, *_REFUSED_BY_WORD, *_TEXT, *_TABLE):
            found.append(path)
        elif not is_lock_file(path):
            problems.append(
                Problem(
                    "IN60",
                    Severity.NOTE,
                    file_name(path, folder),
                    "Files of this kind are not read.",
                    "Cases are Word files, text files (.txt, .md) or tables (.csv, .xlsx).",
                )
            )
    return Loaded(tuple(found), tuple(problems))


def is_table(path: Path) -> bool:
    """Say whether a file may hold many cases, one per row, whose names are not the file's.

    Args:
        path: The file.
    """
    return path.suffix.casefold() in _TABLE and not is_lock_file(path)


def file_name(path: Path, folder: Path) -> str:
    """Return a file's path below the corpus folder with forward slashes, in NFC: macOS decomposes names."""
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def read_corpus(
    folder: Path, template: Template, *, progress: Callable[[int, int], None] | None = None
) -> Loaded[tuple[Case, ...]]:
    """Read all cases of a folder, sorted by id; a bad file never stops the others.

    Args:
        folder: The corpus folder.
        template: The form that its cases are written in.
        progress: Called after every file with how many are done and how many there are.

    Raises:
        MissingFileError: The folder does not exist.
    """
    files = find_files(folder)
    register = read_register(folder / REGISTER, template)
    problems = [*files.problems, *register.problems]
    cases: list[Case] = []
    used: set[int] = set()
    for done, path in enumerate(files.value, start=1):
        loaded = read_file(path, template, folder=folder, register=register.value)
        problems.extend(loaded.problems)
        cases.extend(loaded.value)
        for case in loaded.value:
            row = register.value.find(case.id, case.file)
            used |= {row.row} if row else set()
        if progress:
            progress(done, len(files.value))
    problems.extend(unknown_rows(register.value, used))
    if not files.value and not has_errors(problems):
        hint = "Put Word files into it."
        problems.append(Problem("IN78", Severity.WARNING, folder.name, "There are no case descriptions.", hint))
    unique, doubled = _unique(cases)
    return Loaded(tuple(sorted(unique, key=lambda case: case.id)), (*problems, *doubled, *_same_texts(unique)))


def read_case(path: Path, template: Template, *, folder: Path | None = None) -> Loaded[Case | None]:
    """Read the case of one document.

    Args:
        path: The file.
        template: The form that it is written in.
        folder: The corpus folder, whose register is read too; the file's own folder when left out.
    """
    root = folder or path.parent
    register = read_register(root / REGISTER, template)
    loaded = read_file(path, template, folder=root, register=register.value)
    return Loaded(loaded.value[0] if loaded.value else None, (*register.problems, *loaded.problems))


def read_file(
    path: Path, template: Template, *, folder: Path, register: Register = NO_REGISTER
) -> Loaded[tuple[Case, ...]]:
    """Read the cases of one file: one of a document, one per row of a table.

    Args:
        path: The file.
        template: The form that it is written in.
        folder: The corpus folder, above the file.
        register: What ``cases.csv`` says.
    """
    name = file_name(path, folder)
    suffix = path.suffix.casefold()
    if is_table(path):
        texts = read_texts(path, template, name=name)
        return Loaded(tuple(_with_register(case, register, template) for case in texts.value), texts.problems)
    raw = read_plain(path, name=name) if suffix in _TEXT else read_word(path, name=name)
    if raw.value is None:
        return Loaded((), raw.problems)
    case_id = unicodedata.normalize("NFC", path.stem)
    row = register.find(case_id, name)
    built = build_case(raw.value, case_id=case_id, file=name, template=template, given=dict(row.values) if row else {})
    problems = (*raw.problems, *built.problems)
    if built.value is None:
        return Loaded((), problems)
    case = built.value
    if row:
        case = replace(case, attributes=replace(case.attributes, extra=row.extra))
    return Loaded((case,), problems)


def _with_register(case: Case, register: Register, template: Template) -> Case:
    """Return a case of a table with what the register says of it."""
    row = register.find(case.id, "")
    if row is None:
        return case
    values = dict(row.values)
    attributes = case.attributes
    citizen = values.get("citizen", attributes.citizen)
    cluster = values.get("cluster")
    return replace(
        case,
        attributes=replace(
            attributes,
            municipality=values.get("municipality", attributes.municipality),
            cluster=parse_cluster(cluster, template) if cluster else attributes.cluster,
            citizens=parse_citizens(citizen),
            citizen=citizen,
            author=values.get("author", attributes.author),
            date=values.get("date", attributes.date),
            extra=(*attributes.extra, *row.extra),
        ),
    )


def _unique(cases: Sequence[Case]) -> tuple[list[Case], list[Problem]]:
    """Return the cases with different ids, and a problem for every other one that names both files."""
    first: dict[str, Case] = {}
    problems: list[Problem] = []
    for case in cases:
        known = first.setdefault(case.id.casefold(), case)
        if known is not case:
            message = f"The case '{case.id}' is in {known.file} already; this one is not used."
            hint = "Give one of the two another name."
            problems.append(Problem("IN62", Severity.ERROR, case.file, message, hint))
    return list(first.values()), problems


def _same_texts(cases: Sequence[Case]) -> list[Problem]:
    """Tell of cases with different ids and one text: each of them is counted, which is seldom meant."""
    first: dict[str, Case] = {}
    problems: list[Problem] = []
    for case in cases:
        if len(case.text) < _OWN_WORDS and all(section.found_by == "row" for section in case.sections):
            continue
        known = first.setdefault(case.digest, case)
        if known is not case:
            message = f"The case '{case.id}' has the same text as '{known.id}' in {known.file}; both are counted."
            hint = "Delete one of the two if they are the same case; otherwise look which text belongs to which."
            problems.append(Problem("IN79", Severity.WARNING, case.file, message, hint))
    return problems
