"""A codebook made ready for coding: read from its files, or taken from what an earlier run kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pipeline.codebook.files import codebook_digest
from pipeline.codebook.migrations import load_migrations
from pipeline.codebook.usable import unusable, usable_codebook
from pipeline.coding.compiled import compile_codebook
from pipeline.coding.compiled_cache import Ready, keep, kept, name_of
from pipeline.model.codes import Codebook
from pipeline.model.ids import digest
from pipeline.model.migrations import Migration
from pipeline.model.problems import Problem, has_errors
from pipeline.work.background import beside


def usable_migrations(folder: Path, codebook: Codebook) -> tuple[tuple[Migration, ...], tuple[Problem, ...]]:
    """Load what became of a codebook's codes, or stop where that has errors: decisions would be carried astray.

    Args:
        folder: The codebook's folder.
        codebook: The codebook.

    Raises:
        PipelineError: ``migrations.yaml`` has errors; ``casepath check`` shows them.
    """
    loaded = load_migrations(folder, codes=[code.id for code in codebook.codes])
    if has_errors(loaded.problems):
        raise unusable(loaded.problems)
    return loaded.value, loaded.problems


def ready_codebook(folder: Path) -> Ready:
    """Return the codebook of a folder, compiled, and the warnings that its files give.

    Args:
        folder: The codebook's folder.

    Raises:
        PipelineError: The codebook has errors.
    """
    return kept(_name(folder)) or _compiled(folder)


@contextmanager
def kept_codebook(folder: Path, *, processes: int) -> Iterator[Ready]:
    """Return the codebook of a folder, compiled, and keep it for later runs where it was not yet.

    Args:
        folder: The codebook's folder.
        processes: How many processes may run; with several another one keeps it while the block runs.

    Raises:
        PipelineError: The codebook has errors.
    """
    name = _name(folder)
    ready = kept(name)
    if ready is not None:
        yield ready
        return
    ready = _compiled(folder)
    if name != _name(folder):  # somebody has just saved a file: it is not known which of the two was read
        yield ready
        return
    with beside(keep, name, ready, processes=processes):
        yield ready


def _compiled(folder: Path) -> Ready:
    codebook, problems = usable_codebook(folder)
    return compile_codebook(codebook), problems


def _name(folder: Path) -> str:
    return name_of(folder, codebook_digest(folder), program_digest())


@cache
def program_digest() -> str:
    """Return a digest of the program's files, read once."""
    return folder_digest(Path(__file__).resolve().parent, "*.py", "*.yaml", "*.js", "*.css", "*.html")


def folder_digest(folder: Path, *patterns: str) -> str:
    """Return a digest of the names and bytes of files below a folder.

    Args:
        folder: The folder.
        patterns: Which files, as ``*.py``.
    """
    files = sorted(path for pattern in patterns for path in folder.rglob(pattern))
    return digest("\n".join(f"{path.relative_to(folder).as_posix()} {digest(path.read_bytes())}" for path in files))
