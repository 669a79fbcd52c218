"""``casepath evaluate``: measure the coding against a reference."""

from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.options import json_option, print_problems, project_option
from pipeline.coding.evaluation_report import evaluation_html, evaluation_json, evaluation_text
from pipeline.files import write_atomically
from pipeline.learning import cross_validate, evaluate_project
from pipeline.project import CODERS, open_project


@click.command("evaluate")
@click.option(
    "--reference",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Reference codings as JSON lines; corpus/reference/gold.jsonl when left out.",
)
@click.option("--coder", type=click.Choice(CODERS), help="Which coder to measure; the project's when left out.")
@click.option("--unseen", default="", help="Test on these municipalities, each by a model trained without it (JKL).")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with all errors by code.")
@json_option
@project_option
def command(
    reference: Path | None, coder: str | None, unseen: str, html: Path | None, as_json: bool, folder: Path
) -> None:
    """Measure codings against a reference: precision, recall and F1 by code, theme and case.

    The model that comes with the codebook was trained on the sample corpus, so plain figures on the sample corpus
    flatter it. `--unseen` gives the honest ones: it trains anew without each municipality that it tests on.
    """
    project = open_project(folder)
    if coder:
        project = replace(project, coder=coder)
    if unseen:
        evaluations = cross_validate(project, tuple(unseen))
        evaluation = evaluations[coder or project.coder]
        if not as_json:
            for name, each in evaluations.items():
                click.echo(f"{name:<10}micro F1 {each.micro.f1:.3f}   case x code {each.case_by_code.f1:.3f}")
    else:
        evaluation, _, problems = evaluate_project(project, reference)
        print_problems(problems)
    if html:
        write_atomically(html, evaluation_html(evaluation, title=f"{project.root.name}: {coder or project.coder}"))
    click.echo(evaluation_json(evaluation) if as_json else evaluation_text(evaluation))
