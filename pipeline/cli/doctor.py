"""``casepath doctor``: look at the review store from all sides."""

import sys
from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, json_option, print_json, print_problems, problem_as_data, project_option
from pipeline.codebook.migrations import load_migrations
from pipeline.model.problems import Problem, Severity, has_errors
from pipeline.model.wording import count_of
from pipeline.project import code_corpus, usable_codebook
from pipeline.review.check import place_problems, quotation_problems, verify
from pipeline.review.errors import StoreDamagedError
from pipeline.review.log import Kind
from pipeline.review.records import review_line, review_problems
from pipeline.reviewing import open_review, reviewed_in, settle, store_path
from pipeline.settings import Project, open_project


@click.command("doctor")
@click.option("--quick", is_flag=True, help="Leave out the corpus: look at the store and its place only.")
@json_option
@project_option
def command(quick: bool, as_json: bool, folder: Path) -> None:
    """Say whether the reviewers' work is whole, lies safely and still fits the corpus and the codebook.

    Looks at the file (SQLite's own check), the chain of the log, kept texts and the quotations in them, backups, the
    folder (synchronised, on a network, read-only, full), and at decisions that settle nothing today.

    Example: casepath doctor --quick
    """
    project = open_project(folder)
    problems: list[Problem] = list(place_problems(store_path(project)))
    lines: list[str] = []
    if store_path(project).is_file():
        found, lines = _store(project, quick)
        problems += found
    else:
        lines.append("Nobody has reviewed yet: there is no review.sqlite.")
    if as_json:
        print_json([problem_as_data(problem) for problem in problems])
    else:
        print_problems(problems)
        for line in lines:
            click.echo(line)
        click.echo(f"{count_of(len(problems), 'problem')}." if problems else "All is well.")
    sys.exit(1 if has_errors(problems) else 0)


def _store(project: Project, quick: bool) -> tuple[list[Problem], list[str]]:
    """Look into the store, and unless it is damaged at what its decisions are worth today."""
    try:
        opened = open_review(project, write=False)
    except StoreDamagedError as error:
        return [Problem("RV01", Severity.ERROR, store_path(project).name, error.message, error.hint)], []
    with closing(opened) as store:
        verified = verify(store.database)
        problems = list(verified.problems)
        if any(problem.code == "RV01" for problem in problems):
            return problems, []
        size = f"{count_of(verified.rows, 'row')}, {count_of(verified.texts, 'kept text')}"
        lines = [f"{size}; the log ends at {verified.head}."]
        problems += quotation_problems(store.rows(kinds=(Kind.DECISION,)), store.texts())
        reviewed = reviewed_in(store)
    if not quick:
        codebook, _ = usable_codebook(project)
        migrations = load_migrations(project.codebook, codes=[code.id for code in codebook.codes])
        with ProgressLine() as progress:
            coded, _, _ = code_corpus(project, progress=progress)
        settled = settle(coded, reviewed, codebook, migrations=migrations.value)
        problems += [*migrations.problems, *review_problems(settled)]
        lines.append(f"{review_line(settled)}.")
    return problems, lines
