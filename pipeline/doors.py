"""The doors of a project to other programs: what goes out, what comes in, told in lines for the screen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.codebook.migrations import load_migrations
from pipeline.corpus.refusal import RefusedError
from pipeline.errors import MissingFileError
from pipeline.exchange.excel import audit_workbook, read_audit
from pipeline.exchange.jsonl import read_foreign
from pipeline.exchange.refi.parse import read_refi
from pipeline.exchange.refi.place import place
from pipeline.exchange.refi.values import Loss
from pipeline.exchange.refi.write import Export, beyond_the_plane, codebook_bytes, project_bytes
from pipeline.exchange.taking import IMPORTED, additions, take_in
from pipeline.exchange.word.answers import read_answers
from pipeline.exchange.word.export import WORD_FILES, with_comments
from pipeline.files import write_atomically
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import Coding, Status
from pipeline.model.problems import Problem, Severity
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


def export_word(
    folder: Path,
    target: Path,
    *,
    coders: Sequence[str] = (),
    only: Sequence[str] = (),
    progress: Progress | None = None,
) -> Told:
    """Write each case's original Word file with every coding as a comment on its words.

    Args:
        folder: The project's folder.
        target: Folder for the files; it is made.
        coders: Only these coders' codings; all when empty.
        only: Only these cases; all when empty.
        progress: Told how far the work is.
    """
    opened = open_doors(folder, progress)
    wanted = {name.casefold() for name in only}
    unknown = sorted(wanted - {name.casefold() for name in opened.cases})
    if unknown:
        raise MissingFileError(f"There is no case {', '.join(unknown)}.", hint="outputs/cases.csv lists the cases.")
    by_case: dict[str, list[Coding]] = {}
    for coding in all_codings(opened, coders=coders):
        if coding.counts:
            by_case.setdefault(coding.case, []).append(coding)
    target.mkdir(parents=True, exist_ok=True)
    exact = paragraph = unplaced = written = 0
    skipped = []
    for each in opened.coded:
        case = each.case
        if wanted and case.id.casefold() not in wanted:
            continue
        path = opened.project.corpus / case.file
        if path.suffix.lower() not in WORD_FILES:
            skipped.append(case.file)
            continue
        made = with_comments(path, case, by_case.get(case.id, []), opened.codebook, lang=opened.project.language)
        write_atomically(target / f"{case.id}{path.suffix.lower()}", made.data)
        written += 1
        exact, paragraph, unplaced = exact + made.exact, paragraph + made.paragraph, unplaced + made.unplaced
    lines = [f"{written} files in {target}: {exact} comments on their exact words."]
    if paragraph:
        lines.append(f"{paragraph} stand on their paragraph, as Word shows something there that it holds as no text.")
    if unplaced:
        lines.append(f"{unplaced} have no place: Word allows no comments in notes and text boxes.")
    if skipped:
        lines.append(f"{len(skipped)} cases are no Word files and were left out: {', '.join(skipped[:5])}.")
    return tuple(lines)


def import_word(
    folder: Path,
    files: Sequence[Path],
    *,
    reviewer: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> tuple[Told, tuple[Problem, ...]]:
    """Take in reviewers' answers and codes from commented Word files; what was taken in before changes nothing.

    Args:
        folder: The project's folder.
        files: The files, or folders of them; each is named as its case.
        reviewer: Whose the lines are that were written into casepath's own comments.
        dry_run: True to write nothing.
        progress: Told how far the work is.
    """
    paths = [path for each in files for path in (sorted(each.iterdir()) if each.is_dir() else [each])]
    paths = [path for path in paths if path.suffix.lower() in WORD_FILES and not path.name.startswith("~$")]
    opened = open_doors(folder, progress)
    codings = [coding for coding in all_codings(opened) if coding.counts]
    decisions: list[Decision] = []
    problems: list[Problem] = []
    untouched = other = 0
    for path in paths:
        try:
            found = read_answers(
                path, opened.texts, codings, opened.codebook, reviewer=reviewer,
                template=opened.codebook.template, lang=opened.project.language,
            )  # fmt: skip
        except RefusedError as refused:
            problems.append(Problem(refused.code, Severity.ERROR, path.name, refused.message, refused.hint))
            continue
        decisions += found.decisions
        problems += found.problems
        untouched, other = untouched + found.untouched, other + found.other
    lines = [f"{len(paths)} files: {len(decisions)} answers and codes, {untouched} comments unanswered."]
    if other:
        lines.append(f"{other} comments are neither answers nor codes and were left where they are.")
    if problems:
        lines.append(f"{len(problems)} could not be taken in; they are listed above.")
    lines += _save(opened, decisions, dry_run=dry_run)
    return tuple(lines), tuple(problems)


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
    opened = open_doors(folder, progress)
    held = live_decisions(opened.reviewed.decisions)
    decided = {(each.anchor.case, each.anchor.segment, each.code) for each in held if each.anchor is not None}
    rows = [
        coding
        for coding in all_codings(opened, coders=coders or MACHINE)
        if coding.counts and (everything or (coding.case, coding.segment, coding.code) not in decided)
    ]
    write_atomically(target, audit_workbook(opened.texts, rows, opened.codebook, lang=opened.project.language))
    return (f"{target.name}: {len(rows)} codings to audit.",)


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
    opened = open_doors(folder, progress)
    codings = [coding for coding in all_codings(opened) if coding.counts]
    found = read_audit(file, opened.texts, codings, opened.codebook, reviewer=reviewer)
    lines = [f"{file.name}: {len(found.decisions)} answers, {found.open} rows unanswered."]
    lines += _save(opened, found.decisions, dry_run=dry_run)
    return tuple(lines), found.problems


def _save(opened: Opened, decisions: Sequence[Decision], *, dry_run: bool) -> list[str]:
    if dry_run:
        return ["Nothing was written (--dry-run)."]
    if not decisions:
        return []
    with open_review(opened.project, create=True) as store:
        taken = take_in(store, decisions, opened.cases)
    return [f"{taken.saved} saved; {taken.known} were known already."]


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
