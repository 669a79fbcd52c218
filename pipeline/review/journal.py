"""The store's log and its frozen texts: rows are read by what they are about and written only at the end."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.model.cases import Case
from pipeline.review.backup import back_up_if_due, write_head
from pipeline.review.database import Database
from pipeline.review.errors import ReviewError
from pipeline.review.log import COLUMNS, Body, Head, Kind, Row, beginning, packed, row_of

_BACKUP_EVERY = 200


def utc_now() -> str:
    """Return the time, ISO 8601 in UTC with whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Journal:
    """The log of one store.

    Args:
        database: The open file.
        backups: True to make backup copies beside it now and then.
        clock: Gives the time of what is written; for tests.
    """

    def __init__(self, database: Database, *, backups: bool = False, clock: Callable[[], str] = utc_now) -> None:
        self.database = database
        self._clock = clock
        self._backups = backups
        if backups:
            back_up_if_due(database)

    def __enter__(self) -> Self:
        """Use the store in a ``with``."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self.database.path

    def head(self) -> Head:
        """Return the end of the log; its number is the version that a user has seen."""
        rows = self.database.rows("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1")
        return Head(*rows[0]) if rows else beginning(self.identity())

    def identity(self) -> str:
        """Return the store's own random id."""
        return str(self.database.rows("SELECT value FROM meta WHERE name = 'store'")[0][0])

    def last_number(self, *, case: str = "") -> int:
        """Return the number of the last row about a case, or of all; 0 where there is none.

        Args:
            case: Id of the case; empty for the whole log.
        """
        if not case:
            return self.head().number
        return int(self.database.rows("SELECT coalesce(max(number), 0) FROM log WHERE case_id = ?", (case,))[0][0])

    def rows(
        self, *, kinds: Iterable[Kind] = (), case: str = "", layer: str = "", reviewer: str = "", since: int = 0
    ) -> tuple[Row, ...]:
        """Return rows of the log in order.

        Args:
            kinds: Kinds wanted; none for all.
            case: Only rows about this case.
            layer: Only rows of this layer.
            reviewer: Only rows by this reviewer.
            since: Only rows with a higher number.
        """
        wanted, values = ["number > ?"], list[Any]([since])
        named = [kind.value for kind in kinds]
        if named:
            wanted.append(f"kind IN ({', '.join('?' * len(named))})")
            values += named
        for column, value in (("case_id", case), ("layer", layer), ("reviewer", reviewer)):
            if value:
                wanted.append(f"{column} = ?")
                values.append(value)
        statement = f"SELECT {COLUMNS} FROM log WHERE {' AND '.join(wanted)} ORDER BY number"  # noqa: S608 - no value is in it
        return tuple(row_of(found) for found in self.database.rows(statement, values))

    def freeze_text(self, case: Case) -> str:
        """Keep a case's text for good and return its digest; nothing is written when it is kept already.

        Args:
            case: The case.
        """
        if self.text(case.digest) is None:
            with self.database.transaction() as connection:
                self.freeze(connection, (case,))
        return case.digest

    def text(self, digest: str) -> str | None:
        """Return a frozen text; None when there is none with this digest.

        Args:
            digest: The text's digest.
        """
        rows = self.database.rows("SELECT text FROM text WHERE digest = ?", (digest,))
        return str(rows[0][0]) if rows else None

    def texts(self, *, case: str = "") -> dict[str, str]:
        """Return frozen texts by digest.

        Args:
            case: Only those of this case.
        """
        rows = self.database.rows("SELECT digest, text FROM text WHERE ? IN ('', case_id) ORDER BY digest", (case,))
        return dict(rows)

    def freeze(self, connection: sqlite3.Connection, texts: Iterable[Case]) -> None:
        """Keep texts inside a transaction."""
        values = [(case.digest, case.id, case.text) for case in texts]
        connection.executemany("INSERT OR IGNORE INTO text VALUES (?, ?, ?)", values)

    def append(self, connection: sqlite3.Connection, entries: Sequence[Row]) -> tuple[Row, ...]:
        """Write rows at the end of the log, each with the hash of the one before it; the caller holds the transaction.

        Args:
            connection: The transaction's.
            entries: Rows without number, hash and, where the present time is meant, time.
        """
        head = self.head()
        saved = []
        for entry in entries:
            row = replace(entry, number=head.number + 1, time=entry.time or self._clock(), previous=head.hash)
            row = replace(row, hash=row.expected_hash())
            values = (
                row.number, row.kind.value, row.time, row.reviewer, row.case, row.layer, row.batch, row.text_digest,
                row.body, row.previous, row.hash,
            )  # fmt: skip
            try:
                connection.execute(f"INSERT INTO log ({COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
            except sqlite3.IntegrityError as error:
                if "FOREIGN KEY" not in str(error):
                    raise
                message = f"The text of {row.case} that was decided on is not kept yet."
                raise ReviewError(message, hint="Freeze the case's text in the same step.") from error
            head = Head(row.number, row.hash)
            saved.append(row)
        return tuple(saved)

    def after_writing(self) -> None:
        """Note the head in its second place and make a backup when it is time; what was saved stands in any case."""
        with suppress(OSError, ReviewError):
            write_head(self.path, self.identity(), self.head())
            if self._backups:
                back_up_if_due(self.database, after=_BACKUP_EVERY)


def entry_of(kind: Kind, by: str, body: Body, case: str = "", layer: str = "") -> Row:
    """Return a row that is about no text, ready to be appended.

    Args:
        kind: What it is.
        by: Who does it; empty for the command line.
        body: What it says.
        case: Id of the case.
        layer: Layer.
    """
    return Row(0, kind, "", by, case, layer, "", None, packed(body), "")
