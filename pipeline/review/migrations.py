"""The store's tables, made and changed by numbered steps; a table tells which have been applied."""

import secrets
import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x63705276
"""Marks a SQLite file as a review store (``cpRv``)."""

_LOG = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE text (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    case_id TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    time TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    case_id TEXT NOT NULL,
    layer TEXT NOT NULL,
    batch TEXT NOT NULL,
    text_digest TEXT REFERENCES text (digest),
    body TEXT NOT NULL CHECK (json_valid(body)),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
);
CREATE INDEX log_case ON log (case_id, kind, number);
CREATE INDEX log_kind ON log (kind, number);
CREATE INDEX log_batch ON log (batch, number);
CREATE TRIGGER log_in_order BEFORE INSERT ON log
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM log)
BEGIN SELECT raise(ABORT, 'the log only grows at its end'); END;
"""
_ACCOUNTS = """
CREATE TABLE password (
    reviewer TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    cost TEXT NOT NULL,
    hash BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
    token TEXT PRIMARY KEY,
    reviewer TEXT NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
"""
_VIEWS = """
CREATE VIEW decision AS SELECT number, time, reviewer, case_id, layer, batch, text_digest,
    json_extract(body, '$.verdict') AS verdict,
    json_extract(body, '$.code') AS code,
    json_extract(body, '$.to') AS recoded_to,
    json_extract(body, '$.anchor.segment') AS segment,
    json_extract(body, '$.anchor.quote') AS quote,
    json_extract(body, '$.reason') AS reason,
    json_extract(body, '$.undoes') AS undoes
FROM log WHERE kind = 'decision';
CREATE VIEW assessment AS SELECT number, time, reviewer, case_id, layer, text_digest,
    json_extract(body, '$.progression') AS progression,
    json_extract(body, '$.attachment') AS attachment,
    json_extract(body, '$.ratings') AS ratings,
    json_extract(body, '$.note') AS note
FROM log WHERE kind = 'assessment';
"""
GUARDED = ("log", "text", "meta", "migration")
"""Tables whose rows are never changed and never taken out."""


def _guards(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_never_{what.lower()} BEFORE {what} ON {table} "
        f"BEGIN SELECT raise(ABORT, 'what was decided is never changed'); END"
        for what in ("UPDATE", "DELETE")
    ]


def m001_first_tables(connection: sqlite3.Connection) -> None:
    """Make the log with its guards, the frozen texts, the accounts and two views for people with SQL."""
    for script in (_LOG, _ACCOUNTS, _VIEWS):
        for statement in _statements(script):
            connection.execute(statement)
    for table in GUARDED:
        for guard in _guards(table):
            connection.execute(guard)
    connection.execute("INSERT INTO meta VALUES ('store', ?)", (secrets.token_hex(16),))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (m001_first_tables,)
"""In order; each is applied once. Never change one that has been released."""


def _statements(script: str) -> list[str]:
    """Split a script into statements: ``executescript`` would commit the transaction around it."""
    statements: list[str] = []
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            statements.append(part)
            part = ""
    return statements


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps have been applied to a file; 0 for one that holds nothing.

    Args:
        connection: An open store.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone():
        return 0
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the steps that are missing; the caller holds a transaction for writing.

    Args:
        connection: An open store inside ``BEGIN IMMEDIATE``.
    """
    done = version_of(connection)
    if not done:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID"
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for number, step in enumerate(MIGRATIONS[done:], start=done + 1):
        step(connection)
        connection.execute("INSERT INTO migration VALUES (?, ?)", (number, step.__name__))
