"""``casepath backup``: copy the review store while it is in use."""

from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import project_option
from pipeline.model.wording import count_of
from pipeline.review.backup import BACKUPS, back_up, list_backups
from pipeline.reviewing import open_review, store_path
from pipeline.settings import open_project


@click.command("backup")
@click.option("--list", "only_list", is_flag=True, help="List the backups there are, newest first.")
@project_option
def command(only_list: bool, folder: Path) -> None:
    """Copy review.sqlite to backups/, also while others review.

    casepath does so by itself whenever the store is opened for writing and after every 200 rows. The newest ten are
    kept, and the last one of each of the past thirty days.

    Example: casepath backup
    """
    project = open_project(folder)
    if only_list:
        found = list_backups(store_path(project))
        for backup in reversed(found):
            click.echo(f"{backup.path.name}  {count_of(backup.number, 'row')}")
        click.echo(
            f"{count_of(len(found), 'backup')} in {BACKUPS}." if found else f"There are no backups in {BACKUPS}."
        )
        return
    with closing(open_review(project, backups=False)) as store:
        path = back_up(store.database)
        click.echo(f"Wrote {BACKUPS}/{path.name} ({count_of(store.head().number, 'row')}).")
