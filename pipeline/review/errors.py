"""What can go wrong between a reviewer and the store; each error says what was saved and what to do."""

import sqlite3
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model.review import Assessment, Decision


class ReviewError(PipelineError):
    """The store refused something; nothing of the call was saved."""


class StoreBusyError(ReviewError):
    """Another program held the store for longer than the wait allowed."""


class StoreFullError(ReviewError):
    """There is no room left on the disk."""


class StoreReadOnlyError(ReviewError):
    """The store or its folder cannot be written."""


class StoreDamagedError(ReviewError):
    """The file is no review store, or no longer a whole one."""


class ConflictError(ReviewError):
    """Somebody has decided on the same sentences since the reviewer looked.

    Args:
        message: One sentence.
        decisions: What has been decided since, in the order of the log.
        assessments: What has been judged since, in the order of the log.
    """

    def __init__(
        self, message: str, *, decisions: tuple[Decision, ...] = (), assessments: tuple[Assessment, ...] = ()
    ) -> None:
        super().__init__(message, hint="Look at both, then decide again.")
        self.decisions = decisions
        self.assessments = assessments


_NOTHING_SAVED = "Nothing of this step was saved; everything saved before stands."


def explained(error: sqlite3.Error, path: Path) -> ReviewError:
    """Return what an error of SQLite means to a reviewer.

    Args:
        error: As SQLite raised it.
        path: The store.
    """
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = path.name
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(
            f"Another program is writing {name} and did not finish in time. {_NOTHING_SAVED}",
            hint="Wait a moment and try again; if it stays so, close the other casepath.",
        )
    if primary == sqlite3.SQLITE_FULL:
        return StoreFullError(
            f"The disk is full, so {name} could not be written. {_NOTHING_SAVED}",
            hint="Free some space and try again.",
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return StoreReadOnlyError(
            f"{name} cannot be written here. {_NOTHING_SAVED}",
            hint="Check that file and folder are not read-only, or copy the project to a folder of your own.",
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreDamagedError(
            f"{name} is damaged or is no review store.",
            hint="Run casepath doctor; casepath restore puts the last backup in its place and keeps this file.",
        )
    if primary == sqlite3.SQLITE_IOERR:
        return StoreFullError(
            f"{name} could not be written or read: the disk is full or the drive has gone. {_NOTHING_SAVED}",
            hint="Check the drive and its free space, and try again.",
        )
    return ReviewError(f"{name} refused this: {error}. {_NOTHING_SAVED}", hint="Run casepath doctor.")
