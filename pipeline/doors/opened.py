"""A project with what its coders made of it, for all doors."""

from collections.abc import Callable, Sequence
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
from pipeline.project import CodedCase, Progress, Project, code_corpus, open_project
from pipeline.review.assignments import hides_machine
from pipeline.review.log import same_decision
from pipeline.reviewing import Reviewed, open_review, read_review, settle

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
        taken = take_in(store, _in_own_layer(opened.reviewed, decisions), opened.cases)
    return [f"{taken.saved} saved; {taken.known} known already."]


def _in_own_layer(reviewed: Reviewed, decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions, those made while coding a case blind as such; they stay so when they come in again."""
    blind = {same_decision(each) for each in reviewed.decisions if each.layer == BLIND}
    return [
        replace(each, layer=BLIND)
        if each.layer == REVIEW
        and each.anchor is not None
        and (
            hides_machine(reviewed.assignments, case=each.anchor.case, viewer=each.reviewer)
            or same_decision(each) in blind
        )
        else each
        for each in decisions
    ]


def lost(title: str, losses: Sequence[Loss]) -> list[str]:
    """Return lines that tell what was left behind."""
    return [title, *(f"  {loss.count} {loss.kind}: {loss.reason}" for loss in losses)] if losses else []
