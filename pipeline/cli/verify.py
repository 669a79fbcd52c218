"""``casepath verify``: prove that no decision was changed or cut out."""

import json
import re
import sys
from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import json_option, print_json, print_problems, problem_as_data, project_option
from pipeline.errors import PipelineError
from pipeline.model.problems import has_errors
from pipeline.model.wording import count_of
from pipeline.rebuild import MANIFEST
from pipeline.review.check import verify
from pipeline.review.log import Head
from pipeline.reviewing import open_review
from pipeline.settings import Project, open_project


@click.command("verify")
@click.option("--head", "noted", default="", help="An end of the log that you noted down earlier (NUMBER:HASH).")
@json_option
@project_option
def command(noted: str, as_json: bool, folder: Path) -> None:
    """Prove that nothing in review.sqlite was changed, cut out or cut off, and print the end of its log.

    Every row holds the hash of the row before it; the end is noted beside the store, in every backup and in the last
    run's manifest. Note the printed end down (in the project's diary, in a mail) and hold it against the store later:
    that finds out even somebody who writes the whole log, its note and all backups anew.

    Example: casepath verify --head 412:9f2c...
    """
    project = open_project(folder)
    ends = _manifest(project)
    if noted:
        ends.append(("the end you noted", _head(noted)))
    with closing(open_review(project, write=False)) as store:
        verified = verify(store.database, noted=ends)
    if as_json:
        print_json(
            {
                "head": str(verified.head),
                "rows": verified.rows,
                "texts": verified.texts,
                "problems": [problem_as_data(problem) for problem in verified.problems],
            }
        )
    else:
        print_problems(verified.problems)
        if not has_errors(verified.problems):
            click.echo(f"The log is whole: {count_of(verified.rows, 'row')}, {count_of(verified.texts, 'kept text')}.")
            click.echo(f"Its end: {verified.head}")
    sys.exit(1 if has_errors(verified.problems) else 0)


def _head(noted: str) -> Head:
    if not re.fullmatch(r"\d+:[0-9a-f]{64}", noted.strip()):
        raise PipelineError("That is no end of a log.", hint="Give it as casepath verify printed it: NUMBER:HASH.")
    number, hashed = noted.strip().split(":")
    return Head(int(number), hashed)


def _manifest(project: Project) -> list[tuple[str, Head]]:
    """The end of the log that the last run read, as its manifest tells it."""
    try:
        manifest = json.loads((project.outputs / MANIFEST).read_text(encoding="utf-8"))
        found = manifest["decisions"]
        return [(f"the last run's {MANIFEST}", Head(int(found["number"]), str(found["hash"])))]
    except (OSError, ValueError, KeyError, TypeError):
        return []
