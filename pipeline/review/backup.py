"""Copies of the store that can be put back, and the note of the log's end that is kept beside it."""

import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.errors import MissingFileError, OutputError
from pipeline.review.database import Database
from pipeline.review.errors import ReviewError, StoreBusyError, StoreDamagedError, explained
from pipeline.review.log import COLUMNS, Head, beginning, first_break, row_of

BACKUPS = "backups"
"""The folder of backups, beside the store."""
_NAME = re.compile(r"review-(\d{8}T\d{6}Z)-(\d{6,})\.sqlite")
_FORM = "%Y%m%dT%H%M%SZ"
KEPT = 10
"""How many of the newest backups are kept."""
KEPT_DAYS = 30
"""For how many days the last backup of each day is kept."""
_ENDINGS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """A copy of the store.

    Attributes:
        time: When it was made, as in its name (``20260423T081500Z``).
        number: The number of the last row of its log.
        path: The file.
    """

    time: str
    number: int
    path: Path


def list_backups(store: Path) -> tuple[Backup, ...]:
    """Return the backups of a store, oldest first.

    Args:
        store: The store's file.
    """
    folder = store.parent / BACKUPS
    named = [(path, _NAME.fullmatch(path.name)) for path in (folder.iterdir() if folder.is_dir() else ())]
    return tuple(sorted(Backup(match[1], int(match[2]), path) for path, match in named if match))


def back_up(database: Database, *, now: datetime | None = None) -> Path:
    """Copy an open store while it is in use, check the copy, and drop old copies.

    The copy is a file by itself, made by SQLite's backup: it holds everything committed and nothing half done.

    Args:
        database: The open store.
        now: The time for its name.

    Raises:
        OutputError: The copy could not be written; the store and earlier copies stand.
    """
    folder = database.path.parent / BACKUPS
    time = (now or datetime.now(UTC)).strftime(_FORM)
    try:
        folder.mkdir(exist_ok=True)
        number = int(database.rows("SELECT coalesce(max(number), 0) FROM log")[0][0])
        target = folder / f"review-{time}-{number:06}.sqlite"
        _copy(database, target)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            "The backup could not be written; the store and earlier backups stand.",
            hint=f"Check the free space, and that {BACKUPS} is not read-only.",
        ) from error
    _rotate(database.path)
    return target


def back_up_if_due(database: Database, *, after: int = 1) -> None:
    """Make a backup when the last one lacks rows; a backup that fails never stands in the way of work.

    Args:
        database: The open store.
        after: How many rows must be new.
    """
    with suppress(OSError, ReviewError, OutputError):
        held = list_backups(database.path)
        last = held[-1].number if held else 0
        now = int(database.rows("SELECT coalesce(max(number), 0) FROM log")[0][0])
        # after a restore the log may be shorter than an older backup
        if now and (now - last >= after or now < last):
            back_up(database)


def _copy(database: Database, target: Path) -> None:
    """Write a whole copy under another name, then give it its own in one step."""
    beside = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with closing(sqlite3.connect(beside, isolation_level=None)) as copy:
            with database.turn:
                database.connection.backup(copy)
            # one file, without a second one beside it
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("the copy is damaged")
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(target)
    finally:
        for ending in _ENDINGS:
            with suppress(OSError):
                beside.with_name(beside.name + ending).unlink(missing_ok=True)


def _rotate(store: Path) -> None:
    """Keep the newest backups and the last one of each of the past days."""
    held = list_backups(store)
    kept = set(kept_backups(held))
    for backup in held:
        if backup not in kept:
            with suppress(OSError):
                backup.path.unlink()


def kept_backups(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return which backups are kept: the newest ten, and the last of each day in the thirty days before the newest.

    Args:
        backups: All backups.
    """
    held = sorted(backups)
    if not held:
        return ()
    since = datetime.strptime(held[-1].time, _FORM).replace(tzinfo=UTC) - timedelta(days=KEPT_DAYS)
    last_of_day = {backup.time[:8]: backup for backup in held if backup.time >= since.strftime(_FORM)}
    kept = {*held[-KEPT:], *last_of_day.values()}
    return tuple(backup for backup in held if backup in kept)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        backup: The file put in place.
        replaced: Where the replaced store is kept; None when there was none.
        before: Where its log ended; None when it could not be read.
        after: Where the log ends now, before the restore itself is noted.
    """

    backup: Path
    replaced: Path | None
    before: Head | None
    after: Head


def restore(store: Path, backup: Path, *, now: datetime | None = None) -> Restored:
    """Put a backup in the store's place; what stood there is kept beside the backups.

    Args:
        store: The store's file.
        backup: The backup's file.
        now: The time for the name of what is replaced.

    Raises:
        MissingFileError: There is no such backup.
        StoreDamagedError: The backup is not whole.
        StoreBusyError: Another program holds the store.
        OutputError: It could not be written; the store stands as it was.
    """
    if not backup.is_file():
        raise MissingFileError(f"There is no backup {backup.name}.", hint="casepath restore lists the backups.")
    with closing(Database(backup, write=False)) as source:
        after = whole_head(source)
        try:
            noted = read_head(store)
            before = _head_if_readable(store) or (noted[1] if noted else None)
            replaced = _keep(store, now) if store.is_file() else None
            _put(source, store)
        except OSError as error:
            raise OutputError(
                f"{store.name} could not be replaced ({error.strerror}).",
                hint="Close other programs that use the store, check the free space, and try again.",
            ) from error
        except sqlite3.Error as error:
            raise explained(error, store) from error
    return Restored(backup, replaced, before, after)


def whole_head(database: Database) -> Head:
    """Return where a store's log ends, when the file and the chain are whole.

    Args:
        database: The open store.

    Raises:
        StoreDamagedError: They are not.
    """
    message = f"{database.path.name} is not whole."
    try:
        sound = database.rows("PRAGMA integrity_check")[0][0] == "ok"
        start = beginning(str(database.rows("SELECT value FROM meta WHERE name = 'store'")[0][0]))
        rows = [row_of(values) for values in database.rows(f"SELECT {COLUMNS} FROM log ORDER BY number")]  # noqa: S608
    except (ReviewError, ValueError, IndexError) as error:
        raise StoreDamagedError(message, hint="Take another backup.") from error
    if not sound or first_break(start, rows):
        raise StoreDamagedError(message, hint="Take another backup.")
    return Head(rows[-1].number, rows[-1].hash) if rows else start


def _head_if_readable(store: Path) -> Head | None:
    try:
        with closing(Database(store, write=False)) as database:
            rows = database.rows("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1")
            return Head(*rows[0]) if rows else None
    except (ReviewError, MissingFileError):
        return None


def _keep(store: Path, now: datetime | None) -> Path:
    """Copy what is about to be replaced, as a database where it can still be read, else file by file."""
    folder = store.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    time = (now or datetime.now(UTC)).strftime(_FORM)
    target = folder / f"replaced-{time}-{secrets.token_hex(2)}.sqlite"
    try:
        with closing(Database(store, write=False)) as database:
            _copy(database, target)
    except StoreBusyError:
        raise
    except (ReviewError, MissingFileError, sqlite3.Error):
        for ending in _ENDINGS:
            source = store.with_name(store.name + ending)
            if source.is_file():
                shutil.copyfile(source, target.with_name(target.name + ending))
    return target


def _put(source: Database, store: Path) -> None:
    """Write the backup over the store in one transaction; where it is too damaged for one, as a new file."""
    try:
        with closing(sqlite3.connect(store, timeout=source.wait, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
            source.connection.backup(connection)
            return
    except sqlite3.DatabaseError as error:
        damaged = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in damaged:
            raise
    beside = store.with_name(f".{store.name}.{os.getpid()}")
    _copy(source, beside)
    for ending in _ENDINGS[1:]:
        store.with_name(store.name + ending).unlink(missing_ok=True)
    beside.replace(store)


def head_file(store: Path) -> Path:
    """Return the file in which the log's end is noted a second time.

    Args:
        store: The store's file.
    """
    return store.with_suffix(".head")


def write_head(store: Path, identity: str, head: Head) -> None:
    """Note the log's end beside the store, so that rows cut off the end are missed.

    Args:
        store: The store's file.
        identity: The store's own id.
        head: The end.

    Raises:
        OSError: It could not be written; the note is then older than the log, which is no fault.
    """
    beside = store.with_name(f".{store.name}.{os.getpid()}-{secrets.token_hex(4)}.head")
    try:
        beside.write_text(f"{identity} {head}\n", encoding="utf-8", newline="\n")
        beside.replace(head_file(store))
    finally:
        beside.unlink(missing_ok=True)


def read_head(store: Path) -> tuple[str, Head] | None:
    """Return the store's id and the log's end as noted beside it; None where nothing readable is noted.

    Args:
        store: The store's file.
    """
    with suppress(OSError, ValueError):
        identity, noted = head_file(store).read_text(encoding="utf-8").split()
        number, hashed = noted.split(":")
        return identity, Head(int(number), hashed)
    return None
