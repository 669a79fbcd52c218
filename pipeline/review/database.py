"""One SQLite file opened well: whole transactions, a stated wait, a journal that fits its place, clear errors."""

import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.errors import MissingFileError
from pipeline.review.errors import ReviewError, StoreDamagedError, StoreReadOnlyError, explained
from pipeline.review.migrations import APPLICATION_ID, MIGRATIONS, migrate, version_of
from pipeline.review.places import on_network, synced_by


class Database:
    """A review store's file, open for one process; threads take turns.

    Args:
        path: The file.
        create: Make it when it does not exist.
        write: False to open it for reading only, which works in a read-only folder too.
        wait: How many seconds to wait for another program that writes.

    Raises:
        MissingFileError: The file does not exist, or holds nothing yet, and was not to be made.
        ReviewError: It cannot be used; the message says why.
    """

    def __init__(self, path: Path, *, create: bool = False, write: bool = True, wait: float = 10.0) -> None:
        self.path = path
        self.writable = write
        self.wait = wait
        self.turn = threading.RLock()
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        if not path.is_file() and not (create and write):
            raise MissingFileError(
                f"There is no {path.name} here: nobody has reviewed yet.",
                hint="casepath serve or casepath assign makes it.",
            )
        if create and not path.parent.is_dir():
            raise MissingFileError(f"There is no folder '{path.parent.name}'.", hint="Check the project's folder.")
        try:
            self.connection = self._open_for_writing(create) if write else self._open_for_reading()
        except sqlite3.Error as error:
            raise explained(error, path) from error

    def _open_for_writing(self, create: bool) -> sqlite3.Connection:
        connection = self._connect(self.path, "rwc" if create else "rw")
        try:
            self._check(connection, new=create)
            self._choose_journal(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            # asking for the right to write tells at once when the file or its folder is read-only
            connection.execute("BEGIN IMMEDIATE")
            try:
                migrate(connection)
                connection.execute("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise
        except BaseException:
            connection.close()
            raise
        return connection

    def _open_for_reading(self) -> sqlite3.Connection:
        """Open without writing; where the folder does not let SQLite keep its memory beside the file, read a copy."""
        try:
            return self._reading(self.path, "ro")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
        return self._reading(self._copied(), "rw")

    def _reading(self, path: Path, mode: str) -> sqlite3.Connection:
        connection = self._connect(path, mode)
        try:
            self._check(connection, new=False)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _copied(self) -> Path:
        self._copy = tempfile.TemporaryDirectory(prefix="casepath-")
        folder = Path(self._copy.name)
        for ending in ("", "-wal", "-journal"):
            source = self.path.with_name(self.path.name + ending)
            if source.is_file():
                target = folder / source.name
                shutil.copyfile(source, target)
        return folder / self.path.name

    def _connect(self, path: Path, mode: str) -> sqlite3.Connection:
        place = path.resolve().as_posix()
        uri = f"file://{'' if place.startswith('/') else '/'}{quote(place)}?mode={mode}"
        return sqlite3.connect(uri, uri=True, timeout=self.wait, isolation_level=None, check_same_thread=False)

    def _check(self, connection: sqlite3.Connection, *, new: bool) -> None:
        """Refuse a file that is not ours, not there yet or newer than this program."""
        connection.execute("BEGIN")  # both answers of one moment: another program may be making the store right now
        try:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        finally:
            _roll_back(connection)
        if not tables and not mark:
            if new:
                return
            raise MissingFileError(
                f"{self.path.name} holds nothing yet: nobody has reviewed.",
                hint="casepath serve or casepath assign makes it.",
            )
        if mark != APPLICATION_ID:
            raise StoreDamagedError(
                f"{self.path.name} is a database of another program.", hint="Move it away, and try again."
            )
        if version_of(connection) > len(MIGRATIONS):
            raise ReviewError(
                f"{self.path.name} was written by a newer casepath than this one.",
                hint="Update casepath on this machine.",
            )

    def _choose_journal(self, connection: sqlite3.Connection) -> None:
        """Take the write-ahead log where it is safe, the older journal elsewhere; always wait for the disk."""
        folder = self.path.parent
        wanted = "delete" if on_network(folder) or synced_by(folder) else "wal"
        deadline = time.monotonic() + self.wait
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
            try:
                connection.execute(f"PRAGMA journal_mode = {wanted}")
                break
            except sqlite3.OperationalError as error:
                # others that open the store at the same moment hold it for an instant
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                if time.monotonic() > deadline:
                    break
                time.sleep(0.01)
        connection.execute("PRAGMA synchronous = FULL")

    @property
    def journal(self) -> str:
        """The journal in use, ``wal`` or ``delete``."""
        return str(self.rows("PRAGMA journal_mode")[0][0])

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a question.

        Args:
            statement: SQL with ``?`` for values.
            values: The values.

        Raises:
            ReviewError: The file cannot be read.
        """
        try:
            with self.turn:
                return self.connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing: what the block did holds when it ends without an error, and is on the disk then.

        Raises:
            ReviewError: It could not be written; nothing of it was.
        """
        if not self.writable:
            raise StoreReadOnlyError(f"{self.path.name} is open for reading only.")
        with self.turn:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self.connection
                    self.connection.execute("COMMIT")
                except BaseException:
                    self._take_back()
                    raise
            except sqlite3.Error as error:
                raise explained(error, self.path) from error

    def _take_back(self) -> None:
        """Take back what is open; where even that fails, a new connection sees nothing of it."""
        _roll_back(self.connection)
        if self.connection.in_transaction:
            self.connection.close()
            self.connection = self._open_for_writing(create=False)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several things as they were at one moment, whatever others write meanwhile.

        Raises:
            ReviewError: The file cannot be read.
        """
        with self.turn:
            if self.connection.in_transaction:
                yield
                return
            try:
                self.connection.execute("BEGIN")
                try:
                    yield
                finally:
                    _roll_back(self.connection)
            except sqlite3.Error as error:
                raise explained(error, self.path) from error

    def close(self) -> None:
        """Close the file; what was committed stays."""
        with self.turn:
            self.connection.close()
            if self._copy is not None:
                self._copy.cleanup()


def _roll_back(connection: sqlite3.Connection) -> None:
    """Take back what is open; SQLite has done so itself after some errors."""
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
