"""``casepath run``: rebuild the outputs."""

import sys
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, json_option, print_json, print_problems, problem_as_data, project_option
from pipeline.model.problems import Severity, has_errors
from pipeline.model.wording import count_of
from pipeline.rebuild import PROBLEMS, Rebuilt, rebuild
from pipeline.settings import open_project

_PROBLEMS_SHOWN = 20


@click.command("run")
@click.option("--force", is_flag=True, help="Rebuild also when nothing has changed.")
@click.option(
    "--processes",
    type=click.IntRange(min=0),
    help="How many processes share the work; 0 for one per processor, as many as it is worth when left out.",
)
@json_option
@project_option
def command(force: bool, processes: int | None, as_json: bool, folder: Path) -> None:
    """Rebuild outputs/ from corpus and codebook: coded text, cases, tables, graph and report.

    The same inputs give the same outputs, byte for byte. A run that is cut short leaves the earlier outputs whole.
    Exit code 1 when a file could not be read; the other files are coded all the same.

    Example: casepath run --processes 0
    """
    project = open_project(folder)
    with ProgressLine() as progress:
        rebuilt = rebuild(project, force=force, processes=processes, progress=progress)
    if as_json:
        print_json(
            {
                "changed": rebuilt.changed,
                "summary": dict(rebuilt.summary),
                "outputs": list(rebuilt.outputs),
                "problems": [problem_as_data(problem) for problem in rebuilt.problems],
            }
        )
    else:
        shown = [problem for problem in rebuilt.problems if problem.severity is not Severity.NOTE]
        print_problems(shown, most=_PROBLEMS_SHOWN, rest=f"{rebuilt.folder}/{PROBLEMS} holds all")
        click.echo(_screen(rebuilt))
    sys.exit(1 if has_errors(rebuilt.problems) else 0)


def _screen(rebuilt: Rebuilt) -> str:
    """Say what was done, in lines aligned for reading."""
    width = max((len(name) for name, _ in rebuilt.summary), default=0)
    lines = [f"  {name:<{width}}  {value}" for name, value in rebuilt.summary]
    if rebuilt.changed:
        head = f"Rebuilt {count_of(len(rebuilt.outputs), 'file')} in {rebuilt.folder}."
    else:
        head = f"Nothing has changed: {rebuilt.folder} is up to date (--force rebuilds it)."
    return "\n".join([head, *lines])
