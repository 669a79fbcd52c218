"""A project with what its coders made of it, for all doors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.codebook.migrations import load_migrations
from pipeline.errors import MissingFileError
from pipeline.exchange.refi.values import Loss
from pipeline.exchange.taking import take_in
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook
from pipeline.model.codings import MACHINE, Coding, Status
from pipeline.model.problems import Problem
from pipeline.model.review import BLIND, REVIEW, Decision
from pipeline.project import CodedCase, Progress, code_corpus
from pipeline.review.assignments import hides_machine, visible_decisions
from pipeline.reviewing import Reviewed, open_review, read_review, settle
from pipeline.settings import Project, open_project

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


def open_doors(
    folder: Path,
    progress: Progress | None = None,
    *,
    coders: Sequence[str] = (),
    check: Callable[[Project, Codebook], None] | None = None,
) -> Opened:
    """Read and code a project, and read its review.

    Args:
        folder: The project's folder.
        progress: Told how far the work is.
        coders: Coders that must be known.
        check: Called with project and codebook before anything slow begins.

    Raises:
        PipelineError: There is no project, its codebook has errors, or a coder is unknown.
    """
    project = open_project(folder)
    reviewed = read_review(project)
    _check_coders(reviewed, coders)
    coded, found, problems = code_corpus(project, check=partial(check, project) if check else None, progress=progress)
    return Opened(project, found.compiled.codebook, coded, reviewed, problems)


def _check_coders(reviewed: Reviewed, names: Sequence[str]) -> None:
    known = {*MACHINE, *(each.reviewer for each in reviewed.decisions)}
    for name in names:
        if name not in known:
            raise MissingFileError(
                f"There are no codings of '{name}'.", hint=f"Coders here: {', '.join(sorted(known))}."
            )


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


def save(opened: Opened, decisions: Sequence[Decision], *, dry_run: bool) -> list[str]:
    """Write decisions that are not in the store yet, and tell how many."""
    if dry_run:
        return ["Nothing was written (--dry-run)."]
    if not decisions:
        return []
    with open_review(opened.project, create=True) as store:
        taken = take_in(store, decisions, opened.cases)
    return [f"{taken.saved} saved; {taken.known} known already."]


def seen_by(opened: Opened, reviewer: str, *, coders: Sequence[str] = ()) -> tuple[Coding, ...]:
    """Return the codings that a reviewer may see, as in the app (see ``visible_decisions``).

    Args:
        opened: The project.
        reviewer: The reviewer's name; empty for nobody in particular, who sees all.
        coders: Only these coders; all when empty.
    """
    if not reviewer:
        return all_codings(opened, coders=coders)
    reviewed = opened.reviewed
    decisions = tuple(
        decision
        for decision in reviewed.decisions
        if decision.anchor is None
        or visible_decisions([decision], reviewed.assignments, case=decision.anchor.case, viewer=reviewer)
    )
    shown = all_codings(replace(opened, reviewed=replace(reviewed, decisions=decisions)), coders=coders)
    hidden = {case for case in opened.cases if hides_machine(reviewed.assignments, case=case, viewer=reviewer)}
    return tuple(coding for coding in shown if coding.case not in hidden or coding.coder == reviewer)


def still_blind(opened: Opened, codings: Iterable[Coding]) -> list[str]:
    """Return a line that warns of handing codings to those who still code their cases blind; none where nobody does."""
    open_cases = {each.case for each in opened.reviewed.assignments if each.layer == BLIND and not each.locked} & {
        coding.case for coding in codings
    }
    if not open_cases:
        return []
    return [f"Somebody still codes {listed(sorted(open_cases))} blind and must not see these codings before locking."]


def listed(names: Sequence[str]) -> str:
    """Return the first few names, for a line on the screen."""
    return ", ".join(names[:5]) + (" and more" if names[5:] else "")


def lost(title: str, losses: Sequence[Loss]) -> list[str]:
    """Return lines that tell what was left behind."""
    return [title, *(f"  {loss.count} {loss.kind}: {loss.reason}" for loss in losses)] if losses else []
