"""``casepath lock``: say that a reviewer is done with cases."""

from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import project_option
from pipeline.errors import PipelineError
from pipeline.model.review import BLIND, REVIEW
from pipeline.project import code_corpus, open_project
from pipeline.reviewing import open_review


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
    suggested: dict[str, list[tuple[str, str]]] = {}
    if in_the_open and not undo:
        for each in code_corpus(project)[0]:
            suggested[each.case.id] = [(coding.segment, coding.code) for coding in each.codings]
    with closing(open_review(project)) as store:
        held = [each.case for each in store.assignments(reviewer=reviewer, layer=layer)]
        wanted = held if everything else list(cases)
        for case in wanted:
            if undo:
                store.unlock(case, reviewer, layer=layer, reason=reason)
            else:
                store.lock(case, reviewer, layer=layer, seen=suggested.get(case, ()))
    click.echo(f"{'Opened' if undo else 'Locked'} {len(wanted)} cases of {reviewer}.")
