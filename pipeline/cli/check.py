"""``casepath check``: every mistake in codebook and corpus at once."""

import sys
from pathlib import Path

import click

from pipeline.cli.options import (
    ProgressLine,
    json_option,
    print_json,
    print_problems,
    problem_as_data,
    project_option,
    severities,
)
from pipeline.model.problems import Severity, has_errors
from pipeline.model.wording import count_of
from pipeline.project import check_project
from pipeline.settings import open_project


@click.command("check")
@click.option("--codebook", "codebook_only", is_flag=True, help="Only the codebook, not the corpus.")
@click.option("--notes", is_flag=True, help="Also notes: what may be worth a look and is no mistake.")
@json_option
@project_option
def command(codebook_only: bool, notes: bool, as_json: bool, folder: Path) -> None:
    """Read codebook and corpus, run the codebook's examples as tests, and report every mistake at once.

    Exit code 1 when there is an error, 0 when there are at most warnings.

    Example: casepath check --project my-study
    """
    project = open_project(folder)
    with ProgressLine() as progress:
        checked = check_project(project, corpus=not codebook_only, progress=progress)
    problems = [problem for problem in checked.problems if notes or problem.severity is not Severity.NOTE]
    if as_json:
        print_json({"counts": checked.counts, "problems": [problem_as_data(problem) for problem in problems]})
    else:
        print_problems(problems)
        hidden = len(checked.problems) - len(problems)
        click.echo(_summary(checked.counts, severities(problems, hidden=hidden)))
    sys.exit(1 if has_errors(problems) else 0)


def _summary(counts: dict[str, int], problems: str) -> str:
    read = ", ".join(count_of(number, name.removesuffix("s")) for name, number in counts.items())
    return f"Checked {read}: {problems}."
