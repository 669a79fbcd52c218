"""Finds one case of a corpus by its name, without reading the others."""

import unicodedata
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

from pipeline.corpus.guard import is_lock_file
from pipeline.corpus.load import find_files, is_table, read_file
from pipeline.corpus.register import REGISTER, read_register
from pipeline.errors import MissingFileError
from pipeline.model.cases import Case
from pipeline.model.codes import Template
from pipeline.model.problems import Loaded, Problem


def find_case(folder: Path, template: Template, case_id: str) -> Loaded[Case | None]:
    """Read one case of a folder: the one that ``read_corpus`` would give under this id.

    A document gives the case that its file is named after, so only documents of this name are read; a table's rows
    may have any names, so tables are read too. Of several cases with one id the first file's counts.

    Args:
        folder: The corpus folder.
        template: The form that its cases are written in.
        case_id: The case's id, in any letter case.

    Returns:
        The case, or None when no file that can be read holds it; and the problems of the files looked into.

    Raises:
        MissingFileError: The folder does not exist.
    """
    wanted = folded_name(case_id)
    files = [path for path in find_files(folder).value if is_table(path) or folded_name(path.stem) == wanted]
    register = read_register(folder / REGISTER, template)
    problems: list[Problem] = list(register.problems)
    for path in files:
        loaded = read_file(path, template, folder=folder, register=register.value)
        problems.extend(loaded.problems)
        for case in loaded.value:
            if folded_name(case.id) == wanted:
                return Loaded(case, tuple(problems))
    return Loaded(None, tuple(problems))


def check_case_names(folder: Path, template: Template, names: Collection[str]) -> None:
    """Say so when the corpus has no case of a name, before anything slow begins; documents are not opened for it.

    Args:
        folder: The corpus folder.
        template: The form that its cases are written in.
        names: The names, in any letter case.

    Raises:
        MissingFileError: There is no such case, or no such folder.
    """
    files = find_files(folder).value if names else ()
    known = [name_of(path) for path in files if not is_table(path) and not is_lock_file(path)]
    missing = _missing(names, known)
    if missing:
        tables = (read_file(path, template, folder=folder).value for path in files if is_table(path))
        known += [case.id for cases in tables for case in cases]
        missing = _missing(names, known)
    if missing:
        raise no_case(missing, known)


def name_of(path: Path) -> str:
    """Return the name of the case that a file holds; a name typed on one system is the same on all."""
    return unicodedata.normalize("NFC", path.stem)


def no_case(missing: Collection[str], known: Sequence[str]) -> MissingFileError:
    """Return the error that names cases which are not there, with the nearest names that are.

    Args:
        missing: The names that are nobody's.
        known: The names of the cases.
    """
    which = ", ".join(f"'{name}'" for name in missing)
    letters = {folded_name(name): name for name in known}
    near = {letters[each]: None for name in missing for each in get_close_matches(folded_name(name), letters, n=3)}
    if near:
        hint = f"Did you mean {' or '.join(list(near)[:3])}?"
    elif known:
        hint = f"The corpus has {len(known)} cases, from {min(known)} to {max(known)}."
        if len(known) == 1:
            hint = f"The corpus has one case, {known[0]}."
    else:
        hint = "The corpus folder holds no cases yet: put Word files into it."
    return MissingFileError(f"There is no case {which}.", hint=hint)


def _missing(names: Collection[str], known: Collection[str]) -> list[str]:
    there = {folded_name(name) for name in known}
    return [name for name in dict.fromkeys(names) if folded_name(name) not in there]


def folded_name(name: str) -> str:
    """Return a case's name as names are compared: in any letter case, typed on any system."""
    return unicodedata.normalize("NFC", name).casefold()
