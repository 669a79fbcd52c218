"""The doors of a project to other programs: what goes out, what comes in, told in lines for the screen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.codebook.migrations import load_migrations
from pipeline.exchange.jsonl import read_foreign
from pipeline.exchange.refi.parse import read_refi
from pipeline.exchange.refi.place import place
from pipeline.exchange.refi.values import Loss
from pipeline.exchange.refi.write import Export, beyond_the_plane, codebook_bytes, project_bytes
from pipeline.exchange.taking import IMPORTED, additions, take_in
from pipeline.files import write_atomically
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import Coding, Status
from pipeline.model.problems import Problem
from pipeline.model.review import REVIEW, Decision
from pipeline.project import CodedCase, Progress, Project, code_corpus, open_project, usable_codebook
from pipeline.review.resolve import live_decisions
from pipeline.reviewing import Reviewed, open_review, read_review, settle

MACHINE = ("combined", "rules", "model")

Told = tuple[str, ...]
"""Lines for the screen."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A project with what its coders made of it."""

    project: Project
    codebook: Codebook
    coded: tuple[CodedCase, ...]
    reviewed: Reviewed
    problems: tuple[Problem, ...]

    @property
    def cases(self) -> dict[str, Case]:
        """The cases by id."""
        return {each.case.id: each.case for each in self.coded}

    @property
    def texts(self) -> list[tuple[Case, tuple[Segment, ...]]]:
        """The cases with their segments."""
        return [(each.case, each.segments) for each in self.coded]


def open_doors(folder: Path, progress: Progress | None = None) -> Opened:
    """Read and code a project, and read its review.

    Args:
        folder: The project's folder.
        progress: Told how far the work is.

    Raises:
        PipelineError: There is no project, or its codebook has errors.
    """
    project = open_project(folder)
    coded, coders, problems = code_corpus(project, progress=progress)
    return Opened(project, coders.compiled.codebook, coded, read_review(project), problems)


def all_codings(opened: Opened, *, coders: Sequence[str] = ()) -> tuple[Coding, ...]:
    """Return every coder's own codings: the machine's suggestions, and what each person holds.

    A person holds what the person accepted, added or put in another's place.

    Args:
        opened: The project.
        coders: Only these coders; all when empty.
    """
    migrations = load_migrations(opened.project.codebook, codes=[code.id for code in opened.codebook.codes]).value
    found = [coding for each in opened.coded for coding in each.codings]
    for name in dict.fromkeys(each.reviewer for each in opened.reviewed.decisions):
        own = tuple(
            each if each.layer == REVIEW else replace(each, layer=REVIEW)
            for each in opened.reviewed.decisions
            if each.reviewer == name
        )
        alone = replace(opened.reviewed, decisions=own, assignments=())
        settled = settle(opened.coded, alone, opened.codebook, migrations=migrations)
        held = (Status.ACCEPTED, Status.ADDED, Status.RECODED)
        found += [replace(coding, coder=name) for coding in settled.codings if coding.status in held]
    return tuple(coding for coding in found if not coders or coding.coder in coders)


def _reasons(decisions: Sequence[Decision]) -> dict[tuple[str, str, str, str], str]:
    return {
        (each.anchor.case, each.anchor.segment, each.to or each.code, each.reviewer): each.reason
        for each in live_decisions(decisions)
        if each.anchor is not None and each.reason
    }


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
    if target.suffix.lower() == ".qdc":
        project = open_project(folder)
        codebook, _ = usable_codebook(project)
        write_atomically(target, codebook_bytes(codebook, lang=project.language))
        return (f"{target.name}: {len(codebook.codes)} codes.",)
    opened = open_doors(folder, progress)
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
    lines = [f"{target.name}: {len(cases)} cases, {len(opened.codebook.codes)} codes."]
    lines += [f"  {name}: {number} codings" for name, number in sorted(counts.items())]
    lines += _lost("Not carried by the standard:", losses)
    wide = beyond_the_plane(cases)
    if wide and not utf16:
        lines.append(f"{wide} cases hold emoji or the like: for NVivo on Windows export with --units utf16.")
    return tuple(lines)


def _values(cases: Sequence[Case]) -> Mapping[str, Sequence[tuple[str, str]]]:
    found = {}
    for case in cases:
        attributes = case.attributes
        cluster = attributes.cluster.value if attributes.cluster else ""
        given = [("municipality", attributes.municipality), ("cluster", cluster), *attributes.extra]
        found[case.id] = [(name, value) for name, value in given if value]
    return found


def _lost(title: str, losses: Sequence[Loss]) -> list[str]:
    return [title, *(f"  {loss.count} {loss.kind}: {loss.reason}" for loss in losses)] if losses else []


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
    lines = [f"{file.name}{origin}: {len(read.sources)} texts, {len(read.codes)} codes."]
    if not placed.reading.clear:
        lines.append(f"Positions read as {placed.reading.counting} ({placed.reading.fits} of {placed.reading.of} fit).")
    codings = _people_only(placed.codings, file)
    lines += _take(opened, codings, f"refi {file.name}", count=count, dry_run=dry_run)
    if placed.moved:
        lines.append(f"  {placed.moved} were found by their words, as the text differs from the case's.")
    lines += _lost("Not taken over:", placed.losses)
    return tuple(lines), placed.problems


def _people_only(codings: Sequence[Coding], file: Path) -> tuple[Coding, ...]:
    """Keep machine coders' names for casepath's own: what comes back from elsewhere gets the file's name."""
    return tuple(
        replace(each, coder=f"{each.coder} ({file.stem})") if each.coder in MACHINE else each for each in codings
    )


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
    lines = [f"{file.name}: {len(loaded.value.codings)} codings placed, {loaded.value.unplaced} not."]
    lines += _take(opened, loaded.value.codings, f"jsonl {file.name}", count=count, dry_run=dry_run)
    return tuple(lines), loaded.problems


def _take(opened: Opened, codings: Sequence[Coding], batch: str, *, count: bool, dry_run: bool) -> list[str]:
    counts = Counter(coding.coder for coding in codings)
    lines = [f"  {name}: {number} codings" for name, number in sorted(counts.items())]
    layer = REVIEW if count else IMPORTED
    decisions = additions(codings, opened.texts, layer=layer, codebook_digest=opened.codebook.digest, batch=batch)
    if dry_run:
        return [*lines, "Nothing was written (--dry-run)."]
    with open_review(opened.project, create=True) as store:
        taken = take_in(store, decisions, opened.cases)
    where = "and count in tables" if count else "for comparison; they count in tables with --count"
    return [*lines, f"{taken.saved} taken in {where}; {taken.known} were known already."]
