"""``casepath import``: codings and answers from other programs."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, print_problems, project_option
from pipeline.model.problems import Problem, has_errors

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_COUNT = click.option(
    "--count", is_flag=True, help="Let the codings count in tables at once; else they are only compared."
)


@click.group("import")
def command() -> None:
    """Take in what others coded or answered: Word comments, an Excel audit, REFI-QDA, JSON lines."""


@command.command("word")
@click.argument("files", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option(
    "--reviewer", default="", metavar="NAME", help="Who answered in the files, where no reviewer's name says it."
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken in.")
@project_option
def word(files: tuple[Path, ...], reviewer: str, dry_run: bool, folder: Path) -> None:
    """Take in reviewers' answers from commented Word FILES, or folders of them.

    A comment is its author's where a reviewer is called so, else it is by the one whom --reviewer names. Answers to
    casepath's own comments are ok, nej: why, ? and #another.code. Another comment that begins with #code codes its
    words; #code^ or #code (før) says that they speak of the time before the course. A code's label, as #Afslag, does
    as well as its id; put a colon behind it before further words.

    Example: casepath import word from-anna --reviewer anna
    """
    from pipeline.doors.word import import_word

    with ProgressLine() as progress:
        told, problems = import_word(folder, files, reviewer=reviewer, dry_run=dry_run, progress=progress)
    _tell(told, problems)


@command.command("excel")
@click.argument("file", type=_FILE)
@click.option("--reviewer", required=True, help="Whose answers they are.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken in.")
@project_option
def excel(file: Path, reviewer: str, dry_run: bool, folder: Path) -> None:
    """Take in the answers of an audit workbook.

    Example: casepath import excel audit.xlsx --reviewer anna
    """
    from pipeline.doors.excel import import_excel

    with ProgressLine() as progress:
        told, problems = import_excel(folder, file, reviewer=reviewer, dry_run=dry_run, progress=progress)
    _tell(told, problems)


@command.command("refi")
@click.argument("file", type=_FILE)
@_COUNT
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken in.")
@project_option
def refi(file: Path, count: bool, dry_run: bool, folder: Path) -> None:
    """Take in the codings of a REFI-QDA project (.qdpx), each under its user's name.

    Example: casepath import refi nvivo.qdpx --dry-run
    """
    from pipeline.doors.refi import import_refi

    with ProgressLine() as progress:
        told, problems = import_refi(folder, file, count=count, dry_run=dry_run, progress=progress)
    _tell(told, problems)


@command.command("jsonl")
@click.argument("file", type=_FILE)
@click.option("--coder", default="", help="Name to book the codings on; the file's name when left out.")
@_COUNT
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken in.")
@project_option
def jsonl(file: Path, coder: str, count: bool, dry_run: bool, folder: Path) -> None:
    """Take in codings of another program or a language model.

    Each line is a JSON object with case, code and quote, and may hold start. Quotations that do not stand in the case
    word for word are listed and left out.

    Example: casepath import jsonl llm.jsonl --coder model-x
    """
    from pipeline.doors.jsonl import import_jsonl

    with ProgressLine() as progress:
        told, problems = import_jsonl(
            folder, file, coder=coder or file.stem, count=count, dry_run=dry_run, progress=progress
        )
    _tell(told, problems)


def _tell(told: Sequence[str], problems: Sequence[Problem]) -> None:
    """Show what was taken in and what was not; exit code 1 where something was wrong."""
    print_problems(problems, most=20)
    for line in told:
        click.echo(line)
    if has_errors(problems):
        sys.exit(1)
