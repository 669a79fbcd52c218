"""``casepath evaluate``: measure the coding against a reference."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, print_problems, project_option
from pipeline.coding.evaluation_page import evaluation_html
from pipeline.coding.evaluation_report import evaluation_json, evaluation_text
from pipeline.files import write_atomically
from pipeline.learning import cross_validate, evaluate_project, evaluate_reviewed, measure_curve
from pipeline.model.problems import has_errors
from pipeline.settings import CODERS, open_project

_SCREEN = "-"


@click.command("evaluate")
@click.option(
    "--reference",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Cases coded by people, as JSON lines (see above); corpus/reference/gold.jsonl when left out.",
)
@click.option("--reviewed", is_flag=True, help="Measure against what reviewers settled, in the cases they have locked.")
@click.option("--coder", type=click.Choice(CODERS), help="Which coder to measure; the project's when left out.")
@click.option("--unseen", default="", help="Test on these municipalities, each by a model trained without it (JKL).")
@click.option("--curve", is_flag=True, help="Add a learning curve: trains on more and more cases; takes many minutes.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with all errors by code.")
@click.option(
    "--json",
    "json_to",
    is_flag=False,
    flag_value=_SCREEN,
    metavar="[FILE]",
    help="Write JSON for programs, to the screen when no file is named.",
)
@project_option
def command(
    reference: Path | None,
    reviewed: bool,
    coder: str | None,
    unseen: str,
    curve: bool,
    html: Path | None,
    json_to: str | None,
    folder: Path,
) -> None:
    """Measure codings against a reference: precision, recall and F1 by code, theme and case.

    The model that comes with the codebook was trained on the sample corpus, so plain figures on the sample corpus
    flatter it. `--unseen` gives the honest ones: it trains anew without each municipality that it tests on. `--curve`
    tests on the first of those, or on the last municipality of the reference.

    A reference is a text file with one case a line, each a JSON object: case (its id), cluster if known, and sentences,
    each with text (word for word as in the case), section (1 to 5, as in the template) and codes (ids of the
    codebook). A sentence without a code has an empty list; also may list codes that one of two coders gave.

    A line of it: {"case": "A-01", "sentences": [{"text": "Hun venter på svar.", "section": 1, "codes":
    ["waiting.queue"]}, {"text": "Hun bor i byen.", "section": 1, "codes": []}]}

    Locked cases of your own are a reference as well: --reviewed measures against what their reviewers settled.

    Example: casepath evaluate --unseen JKL --curve --html errors.html --json figures.json
    """
    project = open_project(folder)
    if coder:
        project = replace(project, coder=coder)
    if reviewed and (reference or unseen):
        raise click.UsageError("--reviewed goes with neither --reference nor --unseen.")
    note = "The model may have been trained on these cases: then the figures flatter it."
    others = []
    if unseen:
        evaluations, problems = cross_validate(project, tuple(unseen))
        evaluation = evaluations[project.coder]
        others = [
            f"{name:<10}micro F1 {each.micro.f1:.3f}   case x code {each.case_by_code.f1:.3f}"
            for name, each in evaluations.items()
        ]
        note = f"Municipalities {', '.join(unseen)}, each coded by a model that was trained without it."
    elif reviewed:
        with ProgressLine() as progress:
            evaluation, judged = evaluate_reviewed(project, progress=progress)
        problems = judged.problems
        note = "Against what reviewers settled: unless they coded blind they saw the suggestions, which flatters them."
        note += " Coded by rules alone." if judged.by_rules else ""
    else:
        evaluation, coders, problems = evaluate_project(project, reference)
        if has_errors(each for each in problems if not each.code.startswith("IN")):
            # a file of the corpus that cannot be read costs a case, not the figures
            print_problems(problems)
            sys.exit(1)
        if coders.predictor is None:
            note = "Coded by rules alone."
    with ProgressLine() as progress:
        points, told = measure_curve(project, unseen[:1], progress=progress) if curve else ((), ())
    print_problems(tuple(dict.fromkeys((*problems, *told))))
    if html:
        title = f"{project.root.name}: {project.coder}"
        write_atomically(html, evaluation_html(evaluation, title=title, note=note, curve=points))
    data = evaluation_json(evaluation, curve=points) if json_to else ""
    if json_to and json_to != _SCREEN:
        write_atomically(Path(json_to), data)
    if json_to == _SCREEN:
        click.echo(data)
    else:
        click.echo("\n".join([*others, evaluation_text(evaluation, curve=points), "", note]))
