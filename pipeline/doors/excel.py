"""The audit workbook out and in."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.doors.opened import Told, all_codings, open_doors, save, still_blind
from pipeline.errors import PipelineError
from pipeline.exchange.excel import audit_workbook, check_audit, read_audit
from pipeline.files import check_place, write_atomically
from pipeline.model.codings import MACHINE
from pipeline.model.problems import Problem
from pipeline.model.wording import count_of
from pipeline.project import Progress
from pipeline.review.live import live_decisions


def export_excel(
    folder: Path,
    target: Path,
    *,
    coders: Sequence[str] = (),
    everything: bool = False,
    progress: Progress | None = None,
) -> Told:
    """Write the audit workbook: every coding a row with drop-downs for the answer.

    Args:
        folder: The project's folder.
        target: The file.
        coders: Only these coders' codings; the machine's when empty.
        everything: True to list what is decided already too.
        progress: Told how far the work is.
    """
    if target.exists():
        raise PipelineError(
            f"{target.name} would be overwritten, with the answers in it.",
            hint="Take them in (casepath import excel), then delete the file or name another.",
        )
    check_place(target)
    opened = open_doors(folder, progress, coders=coders)
    held = live_decisions(opened.reviewed.decisions)
    decided = {(each.anchor.case, each.anchor.segment, each.code) for each in held if each.anchor is not None}
    rows = [
        coding
        for coding in all_codings(opened, coders=coders or MACHINE)
        if coding.counts and (everything or (coding.case, coding.segment, coding.code) not in decided)
    ]
    write_atomically(target, audit_workbook(opened.texts, rows, opened.codebook, lang=opened.project.language))
    return (f"{target.name}: {count_of(len(rows), 'coding')} to audit.", *still_blind(opened, rows))


def import_excel(
    folder: Path, file: Path, *, reviewer: str, dry_run: bool = False, progress: Progress | None = None
) -> tuple[Told, tuple[Problem, ...]]:
    """Take in the answers of an audit workbook.

    Args:
        folder: The project's folder.
        file: The workbook.
        reviewer: Whose answers they are.
        dry_run: True to write nothing.
        progress: Told how far the work is.
    """
    check_audit(file)
    opened = open_doors(folder, progress)
    codings = [coding for coding in all_codings(opened) if coding.counts]
    found = read_audit(file, opened.texts, codings, opened.codebook, reviewer=reviewer)
    lines = [f"{file.name}: {count_of(len(found.decisions), 'answer')}, {count_of(found.open, 'row')} unanswered."]
    if found.problems:
        lines.append(f"{len(found.problems)} could not be taken in; see above.")
    lines += save(opened, found.decisions, dry_run=dry_run)
    return tuple(lines), found.problems
