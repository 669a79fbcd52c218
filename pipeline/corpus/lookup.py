"""Finds one case of a corpus by its name, without reading the others."""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from pathlib import Path

from pipeline.corpus.load import find_files, is_table, read_file
from pipeline.corpus.register import REGISTER, read_register
from pipeline.errors import MissingFileError
from pipeline.model.cases import Case
from pipeline.model.codes import Template
from pipeline.model.problems import Loaded, Problem


def find_case(
    folder: Path, template: Template, case_id: str, *, progress: Callable[[int, int], None] | None = None
) -> Loaded[Case | None]:
    """Read one case of a folder: the one that ``read_corpus`` would give under this id.

    A document gives the case that its file is named after, so only documents of this name are read; a table's rows
    may have any names, so tables are read too. Of several cases with one id the first file's counts.

    Args:
        folder: The corpus folder.
        template: The form that its cases are written in.
        case_id: The case's id, in any letter case.
        progress: Called after every file that may hold it with how many are done and how many there are.

    Returns:
        The case, or None when no file that can be read holds it; and the problems of the files looked into.

    Raises:
        MissingFileError: The folder does not exist.
    """
    wanted = _folded(case_id)
    files = [path for path in find_files(folder).value if is_table(path) or _folded(path.stem) == wanted]
    register = read_register(folder / REGISTER, template)
    problems: list[Problem] = list(register.problems)
    for done, path in enumerate(files, start=1):
        loaded = read_file(path, template, folder=folder, register=register.value)
        problems.extend(loaded.problems)
        for case in loaded.value:
            if _folded(case.id) == wanted:
                return Loaded(case, tuple(problems))
        if progress:
            progress(done, len(files))
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
    known = [unicodedata.normalize("NFC", path.stem) for path in files if not is_table(path)]
    missing = _missing(names, known)
    if missing:
        tables = (read_file(path, template, folder=folder).value for path in files if is_table(path))
        known += [case.id for cases in tables for case in cases]
        missing = _missing(names, known)
    if missing:
        raise no_case(missing, known)


def no_case(missing: Collection[str], known: Sequence[str]) -> MissingFileError:
    """Return the error that names cases which are not there, with the nearest names that are.

    Args:
        missing: The names that are nobody's.
        known: The names of the cases.
    """
    which = ", ".join(f"'{name}'" for name in missing)
    letters = {_folded(name): name for name in known}
    near = {letters[each]: None for name in missing for each in get_close_matches(_folded(name), letters, n=3)}
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
    there = {_folded(name) for name in known}
    return [name for name in dict.fromkeys(names) if _folded(name) not in there]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
