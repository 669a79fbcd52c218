"""``casepath lock``: say that a reviewer is done with cases."""

from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, project_option
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.review import BLIND, REVIEW
from pipeline.model.wording import as_typed, count_of
from pipeline.project import code_corpus
from pipeline.review.live import live_decisions
from pipeline.review.store import ReviewStore
from pipeline.reviewing import open_review
from pipeline.settings import Project, open_project

_SHOWN = 6
_LAYERS = {BLIND: "for blind coding", REVIEW: "for open review"}


@click.command("lock")
@click.argument("reviewer")
@click.argument("cases", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All cases of the reviewer.")
@click.option("--open", "in_the_open", is_flag=True, help="The assignment for open review instead of blind coding.")
@click.option("--undo", is_flag=True, help="Open them again; that they were locked stays in the log.")
@click.option("--reason", default="", help="Why they are opened again.")
@project_option
def command(
    reviewer: str, cases: tuple[str, ...], everything: bool, in_the_open: bool, undo: bool, reason: str, folder: Path
) -> None:
    """Say that REVIEWER is done with CASES; blind coding is closed by it, and counts once all have locked.

    Example: casepath lock Åse A-01 A-02
    """
    if not cases and not everything:
        raise PipelineError("No case was named.", hint="Name cases, or give --all.")
    project, layer = open_project(folder), REVIEW if in_the_open else BLIND
    with closing(open_review(project)) as store:
        held = {each.case: bool(each.locked) for each in store.assignments(reviewer=reviewer, layer=layer)}
        wanted = list(held) if everything else _named(cases, held, store, reviewer, layer)
        if not wanted:
            raise _has_none(store, reviewer, layer)
        change = [case for case in wanted if held[case] is undo]
        suggested = _suggested(project, change) if in_the_open and not undo and change else {}
        for case in change:
            if undo:
                store.unlock(case, reviewer, layer=layer, reason=reason)
            else:
                store.lock(case, reviewer, layer=layer, seen=suggested.get(case, ()))
        said = {each.anchor.case for each in live_decisions(store.decisions(reviewer=reviewer)) if each.anchor}
        said |= {each.case for each in store.assessments(reviewer=reviewer)}
    left = len(wanted) - len(change)
    rest = f"; {left} {'was' if left == 1 else 'were'} {'not locked' if undo else 'locked already'}" if left else ""
    click.echo(f"{'Opened' if undo else 'Locked'} {count_of(len(change), 'case')} of {reviewer}{rest}.")
    silent = [case for case in change if case not in said]
    if silent and not undo:
        shown = ", ".join(silent[:_SHOWN]) + (", ..." if silent[_SHOWN:] else "")
        where = silent[0] if len(silent) == 1 else f"{len(silent)} of them ({shown})"
        means = ", which says that no code is there" if layer == BLIND else ""
        click.echo(f"{reviewer} has decided nothing in {where}{means}. --undo opens again.")


def _named(cases: Sequence[str], held: Collection[str], store: ReviewStore, reviewer: str, layer: str) -> list[str]:
    """The cases named, as they are spelt in the log; nothing is written when one of them is not the reviewer's."""
    spelt = {case.casefold(): case for case in held}
    missing = [case for case in cases if case.casefold() not in spelt]
    if missing and not held:
        raise _has_none(store, reviewer, layer)
    if missing:
        first, last = as_typed(min(held)), as_typed(max(held))
        raise MissingFileError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not assigned to {reviewer} "
            f"{_LAYERS[layer]}; nothing was changed.",
            hint=f"{reviewer} has {count_of(len(held), 'case')} so, from {first} to {last}.",
        )
    return list(dict.fromkeys(spelt[case.casefold()] for case in cases))


def _has_none(store: ReviewStore, reviewer: str, layer: str) -> PipelineError:
    """Return the error for a reviewer who has no cases in a layer, with the likeliest reason as its hint."""
    known = [each.name for each in store.reviewers()]
    if reviewer not in known:
        names = ", ".join(map(as_typed, known)) or "none"
        return MissingFileError(f"There is no reviewer '{reviewer}'.", hint=f"Reviewers: {names}.")
    elsewhere = store.assignments(reviewer=reviewer)
    other = "with --open" if layer == BLIND else "without --open"
    return PipelineError(
        f"{reviewer} has no cases {_LAYERS[layer]}.",
        hint=f"Try it {other}." if elsewhere else f"Give some with casepath assign {as_typed(reviewer)}.",
    )


def _suggested(project: Project, cases: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """What the machine suggests in the cases today, kept with the lock to tell later suggestions apart."""
    with ProgressLine() as progress:
        coded, _, _ = code_corpus(project, only=cases[0] if len(cases) == 1 else "", progress=progress)
    return {each.case.id: [(coding.segment, coding.code) for coding in each.codings] for each in coded}
