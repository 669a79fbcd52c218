"""Codings of other programs in, as JSON lines."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.doors.opened import Opened, Told, open_doors
from pipeline.exchange.jsonl import read_foreign
from pipeline.exchange.taking import IMPORTED, additions, take_in
from pipeline.model.codings import Coding
from pipeline.model.problems import Problem
from pipeline.model.review import REVIEW
from pipeline.model.wording import count_of
from pipeline.project import Progress
from pipeline.reviewing import open_review


def import_jsonl(
    folder: Path,
    file: Path,
    *,
    coder: str,
    count: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Told, tuple[Problem, ...]]:
    """Take in codings of another program under a coder's name.

    Args:
        folder: The project's folder.
        file: The file.
        coder: The name.
        count: True to let them count in tables.
        dry_run: True to write nothing.
        progress: Told how far the work is.
    """
    opened = open_doors(folder, progress)
    loaded = read_foreign(file, opened.texts, opened.codebook, coder=coder)
    lines = [f"{file.name}: {count_of(len(loaded.value.codings), 'coding')} placed, {loaded.value.unplaced} not."]
    lines += take(opened, loaded.value.codings, f"jsonl {file.name}", count=count, dry_run=dry_run)
    return tuple(lines), loaded.problems


def take(opened: Opened, codings: Sequence[Coding], batch: str, *, count: bool, dry_run: bool) -> list[str]:
    """Take codings in under their coders' names, and tell how many."""
    counts = Counter(coding.coder for coding in codings)
    lines = [f"  {name}: {count_of(number, 'coding')}" for name, number in sorted(counts.items())]
    layer = REVIEW if count else IMPORTED
    decisions = additions(codings, opened.texts, layer=layer, codebook_digest=opened.codebook.digest, batch=batch)
    if dry_run:
        return [*lines, "Nothing was written (--dry-run)."]
    with open_review(opened.project, create=True) as store:
        taken = take_in(store, decisions, opened.cases)
    where = "for the tables" if count else "for comparison (for the tables too: --count)"
    return [*lines, f"{taken.saved} taken in {where}; {taken.known} known already."]
