"""``casepath assign``: give cases to reviewers, some of them to two."""

from collections import Counter
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path

import click

from pipeline.cli.options import project_option
from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.review import BLIND, REVIEW, Reviewer
from pipeline.model.wording import count_of
from pipeline.project import read_cases, usable_codebook
from pipeline.review.assign import draw_assignments
from pipeline.reviewing import open_review
from pipeline.settings import open_project


@click.command("assign")
@click.argument("reviewers", nargs=-1, required=True)
@click.option(
    "--double",
    type=click.FloatRange(0, 100),
    help="Percent coded by two; 20 when left out, none when one reviewer is named.",
)
@click.option("--seed", default=1, show_default=True, help="Another number draws otherwise.")
@click.option("--cases", "wanted", default="*", show_default=True, help="Which cases, as a pattern (A-*).")
@click.option("--open", "in_the_open", is_flag=True, help="For open review instead of blind coding.")
@click.option("--dry-run", is_flag=True, help="Show what would be assigned, and write nothing.")
@project_option
def command(
    reviewers: tuple[str, ...],
    double: float | None,
    seed: int,
    wanted: str,
    in_the_open: bool,
    dry_run: bool,
    folder: Path,
) -> None:
    """Give the cases to REVIEWERS, evenly, and a share of them to two who code them independently.

    Who codes a case blind sees neither the machine's codings nor the others' until the own coding is locked; the
    others' are shown once all have locked. What is assigned already stays, so new cases can be drawn later.

    Example: casepath assign Åse Bo Carl --double 25
    """
    project = open_project(folder)
    codebook, _ = usable_codebook(project)
    names = [case.id for case in read_cases(project, codebook.template).value if fnmatchcase(case.id, wanted)]
    if not names:
        raise MissingFileError(f"No case fits '{wanted}'.", hint="outputs/cases.csv lists the cases.")
    if double is None:
        double = 20.0 if len(set(reviewers)) > 1 else 0.0
    layer = REVIEW if in_the_open else BLIND
    with closing(open_review(project, create=True)) as store:
        try:
            drawn = draw_assignments(
                names, reviewers, double=double / 100, seed=seed, layer=layer, held=store.assignments()
            )
        except ValueError as error:
            raise PipelineError(
                f"This cannot be drawn: {error}.", hint="Name more reviewers, or use --double 0."
            ) from error
        known = {each.name for each in store.reviewers()}
        fresh = [name for name in dict.fromkeys(reviewers) if name not in known]
        if not dry_run:
            for name in fresh:
                store.set_reviewer(Reviewer(name))
            store.assign(drawn)
        held = {(each.case, each.reviewer) for each in (*store.assignments(layer=layer), *drawn)}
    if dry_run:
        for each in drawn:
            click.echo(f"{each.case}  {each.reviewer}")
    if fresh:
        click.echo(f"New {'reviewer' if len(fresh) == 1 else 'reviewers'}: {', '.join(fresh)}.")
    load = Counter(reviewer for _, reviewer in held)
    twice = sum(count > 1 for count in Counter(case for case, _ in held).values())
    for name in sorted(load):
        click.echo(f"{name:<16}{count_of(load[name], 'case')}")
    coders = f"{twice} of {count_of(len(names), 'case')} {'has' if twice == 1 else 'have'} two coders"
    click.echo(f"{'Would assign' if dry_run else 'Assigned'} {len(drawn)} anew; {coders}.")
