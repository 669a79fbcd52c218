"""``casepath review``: who reviews, how far they are, what the log says."""

import json
from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, json_option, print_json, project_option
from pipeline.model.review import BLIND, Reviewer, Role
from pipeline.prepared import usable_migrations
from pipeline.project import code_corpus, usable_codebook
from pipeline.review.live import live_decisions
from pipeline.review.log import Kind, Row
from pipeline.review.settled import Flag, Settled
from pipeline.review.tally import Tally, tally
from pipeline.reviewing import Reviewed, open_review, reviewed_in, settle
from pipeline.settings import open_project


@click.group("review")
def command() -> None:
    """Add reviewers, see how far they are, read the log."""


@command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.CODER.value, show_default=True)
@click.option("--inactive", is_flag=True, help="Takes no longer part; what was decided stays.")
@click.option("--password", "ask", is_flag=True, help="Ask for a password, for a server that several share.")
@project_option
def add(name: str, role: str, inactive: bool, ask: bool, folder: Path) -> None:
    """Add a reviewer by NAME, or change the role of one.

    Example: casepath review add "Åse B." --role adjudicator
    """
    with closing(open_review(open_project(folder), create=True)) as store:
        store.set_reviewer(Reviewer(name, Role(role), active=not inactive))
        if ask:
            store.accounts.set_password(name, click.prompt("Password", hide_input=True, confirmation_prompt=True))
    click.echo(f"{name} {'no longer takes part' if inactive else f'is {role}'}.")


@command.command("status")
@json_option
@project_option
def status(as_json: bool, folder: Path) -> None:
    """Show each reviewer's progress, and what is open, stale or contested.

    Codings are counted once for each code in a sentence. `casepath run` tells what the machine suggests; tables and
    report count what holds after review.

    Example: casepath review status
    """
    project = open_project(folder)
    with closing(open_review(project, write=False)) as store:
        reviewed, reviewers = reviewed_in(store), store.reviewers()
    codebook, _ = usable_codebook(project)
    migrations, _ = usable_migrations(project.codebook, codebook)
    with ProgressLine() as progress:
        coded, _, _ = code_corpus(project, progress=progress)
    settled = settle(coded, reviewed, codebook, migrations=migrations)
    people = [_progress(reviewer, reviewed) for reviewer in reviewers]
    counted = tally(settled)
    counts = {"codings": counted.all, **asdict(counted), "suggested": counted.suggested, "stale": len(settled.stale)}
    counts |= {flag.value: len(settled.flagged(flag)) for flag in Flag}
    if as_json:
        print_json({"reviewers": people, "codings": counts})
        return
    columns = ("name", "role", "decisions", "assessments", "blind", "locked", "last")
    rows = [columns, *(tuple(str(person[name]) for name in columns) for person in people)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(columns))]
    for row in rows:
        click.echo("  ".join(f"{value:<{width}}" for value, width in zip(row, widths, strict=True)).rstrip())
    for heading, lines in (
        ("Codings, once for each code in a sentence", _codings(counted)),
        ("To look at", _open(settled)),
    ):
        click.echo(f"\n{click.style(heading, bold=True)}")
        for name, count, means in lines:
            click.echo(f"  {name:<14}{count:>7}  {means}".rstrip())


_MEANINGS = {
    Flag.OPEN: "suggested, and nobody has decided",
    Flag.NEW: "open, and not yet suggested when the case was locked",
    Flag.UNSURE: "somebody was unsure, and nobody has decided",
    Flag.CONTESTED: "reviewers differ, and no adjudicator has decided",
    Flag.VANISHED: "decided on, and the machine no longer suggests it",
    Flag.CONTRADICTING: "the machine now says something else than was decided",
    Flag.MOVED: "decided on in an earlier text that held the same sentence",
}


def _codings(counted: Tally) -> list[tuple[str, int, str]]:
    """Return the lines on codings, so that the upper four make up all of them."""
    suggested = f"by the machine, as `casepath run` shows: {counted.core} of core codes, {counted.finer} of finer ones"
    return [
        ("suggested", counted.suggested, suggested),
        ("held back", counted.held_back, "by the machine, for the words around them"),
        ("doubtful", counted.doubtful, "to the machine, and not suggested"),
        ("added", counted.added, "by reviewers, where the machine has none"),
        ("all", counted.all, "the four together"),
        ("rejected", counted.rejected, "of all, by reviewers"),
        ("counted", counted.counted, "of all, in tables and report"),
    ]


def _open(settled: Settled) -> list[tuple[str, int, str]]:
    lines = [(flag.value, len(settled.flagged(flag)), _MEANINGS[flag]) for flag in Flag]
    return [*lines, ("stale", len(settled.stale), "decisions that settle nothing today")]


def _progress(reviewer: Reviewer, reviewed: Reviewed) -> dict[str, object]:
    own = [each for each in live_decisions(reviewed.decisions) if each.reviewer == reviewer.name]
    blind = [each for each in reviewed.assignments if each.reviewer == reviewer.name and each.layer == BLIND]
    judged = {(each.case, each.layer) for each in reviewed.assessments if each.reviewer == reviewer.name}
    return {
        "name": reviewer.name,
        "role": reviewer.role.value if reviewer.active else "inactive",
        "decisions": len(own),
        "by_verdict": dict(sorted(Counter(each.verdict.value for each in own).items())),
        "assessments": len(judged),
        "blind": len(blind),
        "locked": sum(bool(each.locked) for each in blind),
        "last": max((each.time for each in own), default=""),
    }


def _about(row: Row) -> str:
    """Whom or what a row that is no decision is about."""
    body = json.loads(row.body)
    return str(body.get("reviewer") or body.get("name") or body.get("version") or "")


@command.command("log")
@click.option("--case", default="", help="Only rows about this case.")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1), help="How many rows, from the end.")
@json_option
@project_option
def log(case: str, last: int, as_json: bool, folder: Path) -> None:
    """Show the last rows of the log, without words of the cases.

    Example: casepath review log --case A-01
    """
    with closing(open_review(open_project(folder), write=False)) as store:
        rows = store.rows(case=case)[-last:]
        decisions = {each.number: each for each in store.decisions(case=case)}
    shown = []
    for row in rows:
        decision = decisions.get(row.number)
        says = row.kind.value if row.kind is not Kind.DECISION or decision is None else decision.verdict.value
        code = "" if decision is None else f"{decision.code} → {decision.to}" if decision.to else decision.code
        undoes = " ".join(map(str, decision.undoes)) if decision else _about(row)
        shown.append(
            {
                "number": row.number,
                "time": row.time,
                "reviewer": row.reviewer,
                "says": says,
                "code": code or undoes,
                "case": row.case,
                "layer": row.layer,
                "batch": row.batch,
            }
        )
    if as_json:
        print_json(shown)
        return
    for each in shown:
        line = f"{each['number']:>6}  {each['time']}  {each['reviewer']:<12}  {each['says']:<10}"
        click.echo(f"{line}  {each['case']:<8}  {each['layer']:<11}  {each['code']}".rstrip())
