"""REFI-QDA out and in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.doors.jsonl import take
from pipeline.doors.opened import Told, all_codings, lost, open_doors, still_blind
from pipeline.exchange.refi.parse import read_refi
from pipeline.exchange.refi.place import place
from pipeline.exchange.refi.write import Export, beyond_the_plane, codebook_bytes, project_bytes
from pipeline.files import check_place, write_atomically
from pipeline.model.cases import Case
from pipeline.model.codings import MACHINE, Coding
from pipeline.model.problems import Problem
from pipeline.model.review import Decision
from pipeline.model.wording import count_of
from pipeline.project import Progress, usable_codebook
from pipeline.review.live import live_decisions
from pipeline.settings import open_project


def export_refi(
    folder: Path,
    target: Path,
    *,
    utf16: bool = False,
    coders: Sequence[str] = (),
    pseudonyms: bool = False,
    progress: Progress | None = None,
) -> Told:
    """Write a project as .qdpx, or its codebook as .qdc.

    Args:
        folder: The project's folder.
        target: The file.
        utf16: True to count UTF-16 units.
        coders: Only these coders' codings; all when empty.
        pseudonyms: True to write people as Coder 1, Coder 2, ...
        progress: Told how far the work is.
    """
    check_place(target)
    if target.suffix.lower() == ".qdc":
        project = open_project(folder)
        codebook, _ = usable_codebook(project)
        write_atomically(target, codebook_bytes(codebook, lang=project.language))
        return (f"{target.name}: {count_of(len(codebook.codes), 'code')}.",)
    opened = open_doors(folder, progress, coders=coders)
    codings = all_codings(opened, coders=coders)
    reasons = _reasons(opened.reviewed.decisions)
    if pseudonyms:
        people = sorted({coding.coder for coding in codings} - set(MACHINE))
        names = {name: f"Coder {number}" for number, name in enumerate(people, start=1)}
        codings = tuple(replace(each, coder=names.get(each.coder, each.coder)) for each in codings)
        reasons = {(case, s, code, names.get(who, who)): text for (case, s, code, who), text in reasons.items()}
    cases = [each.case for each in opened.coded]
    given = Export(
        opened.project.root.name,
        cases,
        codings,
        opened.codebook,
        _values(cases),
        reasons,
        utf16,
        opened.project.language,
    )
    data, losses = project_bytes(given)
    write_atomically(target, data)
    counts = Counter(coding.coder for coding in codings if coding.counts)
    lines = [f"{target.name}: {count_of(len(cases), 'case')}, {count_of(len(opened.codebook.codes), 'code')}."]
    lines += [f"  {name}: {count_of(number, 'coding')}" for name, number in sorted(counts.items())]
    lines += lost("Not carried by the standard:", losses)
    lines += still_blind(opened, codings)
    wide = beyond_the_plane(cases)
    if wide and not utf16:
        hold = count_of(wide, "case holds", "cases hold")
        lines.append(f"{hold} emoji or the like: for NVivo on Windows export with --units utf16.")
    return tuple(lines)


def _values(cases: Sequence[Case]) -> Mapping[str, Sequence[tuple[str, str]]]:
    found = {}
    for case in cases:
        attributes = case.attributes
        cluster = attributes.cluster.value if attributes.cluster else ""
        given = [("municipality", attributes.municipality), ("cluster", cluster), *attributes.extra]
        found[case.id] = [(name, value) for name, value in given if value]
    return found


def _reasons(decisions: Sequence[Decision]) -> dict[tuple[str, str, str, str], str]:
    return {
        (each.anchor.case, each.anchor.segment, each.to or each.code, each.reviewer): each.reason
        for each in live_decisions(decisions)
        if each.anchor is not None and each.reason
    }


def import_refi(
    folder: Path, file: Path, *, count: bool = False, dry_run: bool = False, progress: Progress | None = None
) -> tuple[Told, tuple[Problem, ...]]:
    """Take in the codings of a REFI-QDA project.

    Args:
        folder: The project's folder.
        file: The file.
        count: True to let them count in tables.
        dry_run: True to write nothing.
        progress: Told how far the work is.
    """
    read = read_refi(file)
    opened = open_doors(folder, progress)
    placed = place(read, file.name, opened.texts, opened.codebook)
    origin = f" by {read.origin}" if read.origin else ""
    lines = [f"{file.name}{origin}: {count_of(len(read.sources), 'text')}, {count_of(len(read.codes), 'code')}."]
    if not placed.reading.clear:
        lines.append(f"Positions read as {placed.reading.counting} ({placed.reading.fits} of {placed.reading.of} fit).")
    codings = _people_only(placed.codings, file)
    lines += take(opened, codings, f"refi {file.name}", count=count, dry_run=dry_run)
    if placed.moved:
        lines.append(f"  {placed.moved} were found by their words, as the text differs from the case's.")
    lines += lost("Not taken over:", placed.losses)
    return tuple(lines), placed.problems


def _people_only(codings: Sequence[Coding], file: Path) -> tuple[Coding, ...]:
    """Keep machine coders' names for casepath's own: what comes back from elsewhere gets the file's name."""
    return tuple(
        replace(each, coder=f"{each.coder} ({file.stem})") if each.coder in MACHINE else each for each in codings
    )
