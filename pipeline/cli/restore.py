"""``casepath restore``: put a backup of the review store back."""

from contextlib import closing
from pathlib import Path

import click

from pipeline.cli.options import project_option
from pipeline.errors import MissingFileError
from pipeline.model.wording import count_of
from pipeline.review.backup import BACKUPS, list_backups, restore
from pipeline.reviewing import open_review, store_path
from pipeline.settings import open_project


@click.command("restore")
@click.argument("backup", default="")
@click.option("--yes", is_flag=True, help="Do not ask.")
@project_option
def command(backup: str, yes: bool, folder: Path) -> None:
    """Put BACKUP (a name from `casepath backup --list`, a file, or the newest) in the place of review.sqlite.

    What stood there is kept in backups/ as replaced-….sqlite, so a restore can be taken back by restoring that file.
    The log notes that it was restored.

    Example: casepath restore review-20260423T081500Z-000412.sqlite
    """
    store = store_path(open_project(folder))
    path = _find(store, backup)
    if not yes:
        click.confirm(f"Put {path.name} in the place of {store.name}? What stands there is kept.", abort=True)
    restored = restore(store, path)
    with closing(open_review(open_project(folder), backups=False)) as opened:
        opened.note_restored(restored)
    click.echo(f"Restored {path.name}: the log ends at row {restored.after.number} again.")
    later = restored.before.number - restored.after.number if restored.before is not None else 0
    if later > 0:
        click.echo(f"{count_of(later, 'later row is', 'later rows are')} in the replaced store only.")
    if restored.replaced is not None:
        click.echo(f"The replaced store is {BACKUPS}/{restored.replaced.name}.")


def _find(store: Path, name: str) -> Path:
    if not name:
        found = list_backups(store)
        if not found:
            raise MissingFileError(f"There are no backups in {BACKUPS}.", hint="Name a file to restore.")
        return found[-1].path
    for path in (Path(name), store.parent / BACKUPS / name):
        if path.is_file():
            return path
    raise MissingFileError(f"There is no backup {name}.", hint="casepath backup --list shows them.")
