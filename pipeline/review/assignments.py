"""Who codes which case, and what is hidden from whom until it is locked."""

import json
from collections.abc import Iterable
from dataclasses import replace

from pipeline.model.review import BLIND, Assessment, Assignment, Decision
from pipeline.review.log import Kind, Row

KINDS = (Kind.ASSIGN, Kind.RELEASE, Kind.LOCK, Kind.UNLOCK)
"""Rows of the log that assignments are made of."""


def replay_assignments(rows: Iterable[Row]) -> tuple[Assignment, ...]:
    """Return the assignments that hold after the rows, in the order in which they were first given.

    Args:
        rows: Rows of the log in order; others than those of ``KINDS`` are passed over.
    """
    held: dict[tuple[str, str, str], Assignment] = {}
    for row in rows:
        if row.kind not in KINDS:
            continue
        name = json.loads(row.body)["reviewer"]
        key = (row.case, name, row.layer)
        if row.kind is Kind.RELEASE:
            held.pop(key, None)
            continue
        there = held.get(key, Assignment(row.case, name, row.layer))
        if row.kind is Kind.LOCK:
            there = replace(there, locked=row.time)
        elif row.kind is Kind.UNLOCK:
            there = replace(there, locked="")
        held[key] = there
    return tuple(held.values())


def hides_machine(assignments: Iterable[Assignment], *, case: str, viewer: str) -> bool:
    """Say whether the machine's codings of a case are hidden from a reviewer: one who codes it blind and is not done.

    Args:
        assignments: All assignments.
        case: Id of the case.
        viewer: Name of the reviewer.
    """
    return any(each.case == case and _open_blind(each) and each.reviewer == viewer for each in assignments)


def unblinded(assignments: Iterable[Assignment]) -> frozenset[str]:
    """Return the cases whose blind coding is done: every reviewer who codes it blind has locked it.

    Args:
        assignments: All assignments.
    """
    done: dict[str, bool] = {}
    for each in assignments:
        if each.layer == BLIND:
            done[each.case] = done.get(each.case, True) and bool(each.locked)
    return frozenset(case for case, locked in done.items() if locked)


def visible_decisions(
    decisions: Iterable[Decision], assignments: Iterable[Assignment], *, case: str, viewer: str
) -> tuple[Decision, ...]:
    """Return the decisions on one case that a reviewer may see.

    One's own are always shown. Blind ones of others appear when everybody who codes the case blind has locked it; while
    the viewer codes it blind, nobody else's decisions are shown in any layer.

    Args:
        decisions: Decisions on the case.
        assignments: All assignments.
        case: Id of the case.
        viewer: Name of the reviewer.
    """
    return tuple(
        each for each in decisions if _may_see(each.reviewer, each.layer, tuple(assignments), case=case, viewer=viewer)
    )


def visible_assessments(
    assessments: Iterable[Assessment], assignments: Iterable[Assignment], *, viewer: str
) -> tuple[Assessment, ...]:
    """Return the assessments that a reviewer may see (see ``visible_decisions``).

    Args:
        assessments: Assessments of any cases.
        assignments: All assignments.
        viewer: Name of the reviewer.
    """
    held = tuple(assignments)
    return tuple(
        each for each in assessments if _may_see(each.reviewer, each.layer, held, case=each.case, viewer=viewer)
    )


def _may_see(author: str, layer: str, assignments: tuple[Assignment, ...], *, case: str, viewer: str) -> bool:
    if author == viewer:
        return True
    if hides_machine(assignments, case=case, viewer=viewer):
        return False
    return layer != BLIND or case in unblinded(assignments)


def _open_blind(assignment: Assignment) -> bool:
    return assignment.layer == BLIND and not assignment.locked
