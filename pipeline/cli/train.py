"""``casepath train``: train the model that codes beside the rules."""

import sys
from collections import Counter
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, print_problems, project_option
from pipeline.learning import train_project
from pipeline.model.problems import has_errors
from pipeline.model.wording import count_of
from pipeline.project import MODEL_FOLDER
from pipeline.settings import open_project


@click.command("train")
@project_option
def command(folder: Path) -> None:
    """Train the model from coded sentences: the reference, reviewers' decisions, the codebook and its invented cases.

    Of what reviewers did, all of the cases that they have locked counts, and of others every sentence in which they
    decided on all that was suggested.

    The model is saved with the codebook; the same material and versions give the same bytes. It takes some minutes.

    Example: casepath train --project my-study
    """
    project = open_project(folder)
    with ProgressLine() as progress:
        material = train_project(project, progress=progress)
    print_problems(material.problems)
    counts = Counter(each.source.value for each in material.sentences)
    click.echo(f"Trained on {count_of(len(material.sentences), 'sentence')}:")
    for name, count in sorted(counts.items()):
        click.echo(f"  {name:<12}{count:>7}")
    click.echo(f"Saved in {project.codebook.name}/{MODEL_FOLDER}.")
    sys.exit(1 if has_errors(material.problems) else 0)
