"""Commented Word files out and in."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.corpus.guard import is_lock_file
from pipeline.corpus.load import find_files
from pipeline.corpus.lookup import check_case_names, folded_name, name_of
from pipeline.corpus.refusal import RefusedError
from pipeline.doors.opened import Told, all_codings, listed, open_doors, save, seen_by, still_blind
from pipeline.errors import MissingFileError, PipelineError
from pipeline.exchange.word.answers import Answers, read_answers
from pipeline.exchange.word.export import WORD_FILES, with_comments
from pipeline.exchange.word.understanding import Owners
from pipeline.files import write_atomically
from pipeline.model.codes import Codebook
from pipeline.model.codings import by_case
from pipeline.model.problems import Problem, Severity
from pipeline.model.review import BLIND, Decision, Verdict
from pipeline.model.wording import as_typed, count_of
from pipeline.project import Progress
from pipeline.review.assignments import hides_machine
from pipeline.review.log import same_decision
from pipeline.reviewing import Reviewed, read_review, reviewer_names
from pipeline.settings import Project, open_project


def export_word(
    folder: Path,
    target: Path,
    *,
    coders: Sequence[str] = (),
    only: Sequence[str] = (),
    reviewer: str = "",
    progress: Progress | None = None,
) -> Told:
    """Write each case's original Word file with every coding as a comment on its words.

    Args:
        folder: The project's folder.
        target: Folder for the files; it is made.
        coders: Only these coders' codings; all when empty.
        only: Only these cases; all when empty.
        reviewer: Who is to get the files: only the cases assigned to them, and where they still code a case blind,
            nobody's codings but their own; empty for nobody in particular.
        progress: Told how far the work is.

    Raises:
        PipelineError: A name is unknown, nothing is assigned to the reviewer, or files would be overwritten.
    """
    wanted = {folded_name(name) for name in only}
    assignments = read_review(open_project(folder)).assignments
    if reviewer:
        assigned = {folded_name(each.case) for each in assignments if each.reviewer == reviewer}
        wanted = wanted & assigned if wanted else assigned
        if not wanted:
            raise MissingFileError(
                f"None of these cases is assigned to '{reviewer}'.", hint="casepath assign gives out cases."
            )

    def check(project: Project, codebook: Codebook) -> None:
        check_case_names(project.corpus, codebook.template, only)
        files = [path for path in find_files(project.corpus).value if path.suffix.lower() in WORD_FILES]
        files = [path for path in files if not wanted or folded_name(name_of(path)) in wanted]
        if not files:
            raise MissingFileError(
                "None of these cases is a Word file, so there is nothing to comment in.",
                hint="casepath export excel lists the codings of any file.",
            )
        _refuse_overwriting(files, target)

    opened = open_doors(folder, progress, coders=coders, check=check)
    seen = by_case(coding for coding in seen_by(opened, reviewer, coders=coders) if coding.counts)
    target.mkdir(parents=True, exist_ok=True)
    exact = paragraph = unplaced = 0
    made_of: list[str] = []
    skipped: dict[str, None] = {}
    for each in opened.coded:
        case = each.case
        if wanted and folded_name(case.id) not in wanted:
            continue
        path = opened.project.corpus / case.file
        if path.suffix.lower() not in WORD_FILES:
            skipped[case.file] = None
            continue
        made_of.append(case.id)
        is_blind = bool(reviewer) and hides_machine(assignments, case=case.id, viewer=reviewer)
        made = with_comments(
            path, case, seen.get(case.id, []), opened.codebook, lang=opened.project.language, code_list=is_blind
        )
        write_atomically(target / f"{case.id}{path.suffix.lower()}", made.data)
        exact, paragraph, unplaced = exact + made.exact, paragraph + made.paragraph, unplaced + made.unplaced
    lines = [f"{count_of(len(made_of), 'file')} in {target}: {count_of(exact, 'comment')} on their exact words."]
    if paragraph:
        stand = count_of(paragraph, "comment stands", "comments stand")
        lines.append(f"{stand} on the whole paragraph, as Word shows something there that it holds as no text.")
    if unplaced:
        have = count_of(unplaced, "coding has", "codings have")
        lines.append(f"{have} no place: Word allows no comments in notes and text boxes.")
    if reviewer:
        blind = [name for name in made_of if hides_machine(assignments, case=name, viewer=reviewer)]
        if blind:
            lines.append(f"{reviewer} codes blind: nobody else's codings stand in {listed(blind)}.")
            lines.append("A list of codes stands at the end of each file that is coded blind.")
    else:
        warned = still_blind(opened, (each for held in seen.values() for each in held))
        lines += [f"{line} Give them files made with --reviewer NAME." for line in warned]
    if skipped:
        lines.append(f"Left out, as they are no Word files: {listed(list(skipped))}.")
    return tuple(lines)


def _refuse_overwriting(files: Sequence[Path], target: Path) -> None:
    """Stop where files stand already: somebody may have answered in them."""
    names = [f"{name_of(path)}{path.suffix.lower()}" for path in files]
    there = [name for name in names if (target / name).exists()]
    if there:
        raise PipelineError(
            f"{listed(there)} in {target.name} would be overwritten.",
            hint="Take the answers in (casepath import word), then delete the files or name another folder.",
        )


def _in_own_layer(found: Answers, reviewed: Reviewed) -> list[Decision]:
    """Return what a file says, as coded blind what its author added there without having seen others' codings.

    What has once come in as coded blind stays so when it comes in again.
    """
    known = {same_decision(each) for each in reviewed.decisions if each.layer == BLIND}

    def is_blind(decision: Decision) -> bool:
        alone = decision.verdict is Verdict.ADD and found.shown <= {decision.reviewer}
        open_still = hides_machine(reviewed.assignments, case=found.case, viewer=decision.reviewer)
        return alone and (open_still or same_decision(decision) in known)

    return [replace(each, layer=BLIND) if is_blind(each) else each for each in found.decisions]


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
        reviewer: Whose the files are: theirs are the lines written into casepath's own comments, and the comments of
            authors who are no reviewers.
        dry_run: True to write nothing.
        progress: Told how far the work is.

    Raises:
        PipelineError: There are no Word files, or cases are assigned and ``reviewer`` is no reviewer.
    """
    paths = [path for each in files for path in (sorted(each.iterdir()) if each.is_dir() else [each])]
    paths = [path for path in paths if path.suffix.lower() in WORD_FILES and not is_lock_file(path)]
    if not paths:
        raise MissingFileError("There are no Word files there.", hint="Name .docx files, or a folder of them.")
    opened = open_doors(folder, progress, check=lambda project, _: _check_reviewer(project, reviewer))
    known = _known_reviewers(opened.project, opened.reviewed)
    owners = Owners(reviewer, known, strict=bool(opened.reviewed.assignments))
    codings = [coding for coding in all_codings(opened) if coding.counts]
    decisions: list[Decision] = []
    problems: list[Problem] = []
    untouched = other = unnamed = 0
    nameless: list[str] = []
    taken_from: Counter[str] = Counter()
    strangers: dict[str, list[str]] = {}
    for path in paths:
        try:
            found = read_answers(
                path, opened.texts, codings, opened.codebook, owners=owners,
                template=opened.codebook.template, lang=opened.project.language,
            )  # fmt: skip
        except RefusedError as refused:
            problems.append(Problem(refused.code, Severity.ERROR, path.name, refused.message, refused.hint))
            continue
        decisions += _in_own_layer(found, opened.reviewed)
        problems += found.problems
        untouched, other, unnamed = untouched + found.untouched, other + found.other, unnamed + found.unnamed
        nameless += [path.name] if found.unnamed else []
        taken_from.update(found.taken)
        for author in found.strangers:
            strangers.setdefault(author, []).append(path.name)
    taken = count_of(len(decisions), "answer or code", "answers and codes")
    lines = [f"{count_of(len(paths), 'file')}: {taken}, {count_of(untouched, 'comment')} unanswered."]
    for author, number in sorted(taken_from.items()):
        lines.append(
            f"{count_of(number, 'comment')} by '{author}' {'was' if number == 1 else 'were'} taken as {reviewer}'s."
        )
    if other:
        lines.append(f"{count_of(other, 'comment is', 'comments are')} neither answer nor code and left in place.")
    foreign = [_stranger(author, names, known) for author, names in sorted(strangers.items())]
    problems += foreign
    if unnamed:
        where = _and_more(nameless)
        written = count_of(unnamed, "answer stands", "answers stand")
        message = f"{written} in casepath's own comments, where nobody's name is."
        problems.append(Problem("EX23", Severity.WARNING, where, message, "Say whose with --reviewer NAME."))
    lost = len(problems) + unnamed - bool(unnamed) + sum(map(len, strangers.values())) - len(foreign)
    if lost:
        lines.append(f"{lost} could not be taken in; see above.")
    lines += save(opened, decisions, dry_run=dry_run)
    return tuple(lines), tuple(problems)


def _known_reviewers(project: Project, reviewed: Reviewed) -> frozenset[str]:
    """Return the names of all who have reviewed or are to."""
    return reviewer_names(project) | {each.reviewer for each in reviewed.assignments}


def _check_reviewer(project: Project, reviewer: str) -> None:
    """Say so when cases are assigned and the one who hands files in is nobody: blind work would be booked as open."""
    if not reviewer:
        return
    reviewed = read_review(project)
    known = _known_reviewers(project, reviewed)
    if reviewed.assignments and reviewer not in known:
        raise MissingFileError(f"There is no reviewer '{reviewer}'.", hint=f"Reviewers: {_typed(known)}.")


def _stranger(author: str, files: Sequence[str], known: Collection[str]) -> Problem:
    """Return the problem of comments whose author is no reviewer, while the cases are assigned."""
    message = f"{count_of(len(files), 'comment is', 'comments are')} by '{author}', who is no reviewer here."
    add = f"casepath review add {as_typed(author)}"
    hint = f"Say whose they are with --reviewer NAME ({_typed(known)}), or take the author in: {add}."
    return Problem("EX24", Severity.ERROR, _and_more(list(dict.fromkeys(files))), message, hint)


def _typed(names: Collection[str]) -> str:
    return ", ".join(as_typed(name) for name in sorted(names))


def _and_more(files: Sequence[str]) -> str:
    return files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
