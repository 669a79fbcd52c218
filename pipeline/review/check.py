"""Proving that the store is whole: nothing changed, nothing cut out, nothing torn; and that it lies well."""

import json
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model.ids import digest
from pipeline.model.problems import Problem, Severity
from pipeline.model.wording import count_of
from pipeline.review.backup import list_backups, read_head
from pipeline.review.database import Database
from pipeline.review.errors import StoreDamagedError
from pipeline.review.log import COLUMNS, Head, Kind, Row, beginning, first_break, row_of
from pipeline.review.migrations import GUARDED
from pipeline.review.places import on_network, synced_by

_ROOM = 50_000_000
"""Free bytes below which a store is likely to meet a full disk."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the store found.

    Attributes:
        head: Where the log ends; a person may note it down to hold against the store later.
        rows: How many rows the log has.
        texts: How many frozen texts there are.
        problems: What is wrong; none when everything is whole.
    """

    head: Head
    rows: int
    texts: int
    problems: tuple[Problem, ...]


def verify(database: Database, *, noted: Iterable[tuple[str, Head]] = ()) -> Verified:
    """Prove that no row of the log was changed, taken out or cut off the end, as far as that can be proved.

    Every row holds the hash of the row before it, so a change or a gap breaks the chain. Rows cut off the end are
    missed because the end is noted beside the store and in every backup. Somebody who writes the whole chain anew, with
    the note and all backups, is found out only by an end that was noted elsewhere.

    Args:
        database: The open store.
        noted: Ends of the log noted elsewhere, each with where.
    """
    name = database.path.name
    if not _sound(database):
        text = "SQLite finds the file damaged."
        hint = "casepath restore puts the last backup in its place and keeps this file."
        return Verified(Head(0, ""), 0, 0, (Problem("RV01", Severity.ERROR, name, text, hint),))
    with database.snapshot():
        identity = str(database.rows("SELECT value FROM meta WHERE name = 'store'")[0][0])
        rows = [row_of(values) for values in database.rows(f"SELECT {COLUMNS} FROM log ORDER BY number")]  # noqa: S608
        texts = database.rows("SELECT digest, text FROM text")
        lost = database.rows("PRAGMA foreign_key_check")
        triggers = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    start = beginning(identity)
    head = Head(rows[-1].number, rows[-1].hash) if rows else start
    problems: list[Problem] = []
    broken = first_break(start, rows)
    if broken:
        text = f"The log was changed: row {broken} does not follow from the rows before it."
        hint = "casepath restore puts back a backup from before; casepath review log shows the rows around it."
        problems.append(Problem("RV02", Severity.ERROR, f"{name}, row {broken}", text, hint))
    hashes = {0: start.hash, **{row.number: row.hash for row in rows}}
    beside = read_head(database.path)
    ends = list(noted)
    if beside is None or beside[0] != identity:
        text = "No end of this log is noted beside the store, so rows cut off its end would not be missed."
        hint = "The next decision notes it again; casepath verify prints it for you to keep."
        if rows:
            problems.append(Problem("RV05", Severity.NOTE, name, text, hint))
    else:
        ends.append(("the note beside the store", beside[1]))
    ends += _ends_of_backups(database.path, identity, problems)
    aside = _set_aside(rows)
    for number, first, last in aside:
        text = f"The store was put back from a backup at row {number}; rows {first} to {last} were set aside then."
        problems.append(Problem("RV07", Severity.NOTE, name, text, "The replaced store stands among the backups."))
    for where, end in ends:
        if not any(first <= end.number <= last for _, first, last in aside):
            problems += _missed(name, where, end, hashes)
    for text_digest, text in texts:
        if digest(text) != text_digest:
            message = "A kept text is not the one it was when it was decided on."
            problems.append(Problem("RV04", Severity.ERROR, f"{name}, text {text_digest[:12]}", message, _RESTORE))
    if lost:
        message = f"{count_of(len(lost), 'row refers', 'rows refer')} to a text that is not kept."
        problems.append(Problem("RV04", Severity.ERROR, name, message, _RESTORE))
    if not {f"{table}_never_{what}" for table in GUARDED for what in ("update", "delete")} <= triggers:
        message = "The guards that keep rows from being changed were taken away."
        problems.append(Problem("RV06", Severity.ERROR, name, message, _RESTORE))
    return Verified(head, len(rows), len(texts), tuple(dict.fromkeys(problems)))


def _sound(database: Database) -> bool:
    try:
        return [row[0] for row in database.rows("PRAGMA integrity_check")] == ["ok"]
    except StoreDamagedError:
        return False


_RESTORE = "casepath restore puts back a backup from before."


def _ends_of_backups(store: Path, identity: str, problems: list[Problem]) -> list[tuple[str, Head]]:
    """Where the logs of the store's backups end; a backup that cannot be read is told."""
    ends = []
    for backup in list_backups(store):
        try:
            with closing(Database(backup.path, write=False)) as copy:
                if str(copy.rows("SELECT value FROM meta WHERE name = 'store'")[0][0]) != identity:
                    continue
                rows = copy.rows("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1")
                ends += [(f"the backup {backup.path.name}", Head(*row)) for row in rows]
        except (PipelineError, IndexError):
            message = "The backup is damaged and cannot be put back."
            problems.append(Problem("RV15", Severity.WARNING, backup.path.name, message, "Delete it."))
    return ends


def _set_aside(rows: Iterable[Row]) -> list[tuple[int, int, int]]:
    """Return (row that tells of it, first, last) for rows that a restore set aside."""
    found = []
    for row in rows:
        if row.kind is Kind.RESTORED:
            body = json.loads(row.body)
            first = int(body["after"].split(":")[0]) + 1
            last = int(body["before"].split(":")[0]) if body["before"] else first - 1
            if last >= first:
                found.append((row.number, first, last))
    return found


def _missed(name: str, where: str, end: Head, hashes: dict[int, str]) -> list[Problem]:
    """Say what an end that was noted somewhere proves about the log as it is."""
    held = hashes.get(end.number)
    if held == end.hash:
        return []
    if held is None:
        last = max(hashes)
        message = f"The log ends at row {last}, but {where} knows row {end.number}: rows were cut off its end."
        hint = "If you have restored an older backup, this is why; else casepath restore puts back the newest one."
    else:
        message = f"Row {end.number} is not the one that {where} knows: the log was written anew."
        hint = _RESTORE
    return [Problem("RV03", Severity.ERROR, name, message, hint)]


def place_problems(store: Path) -> tuple[Problem, ...]:
    """Say whether a store lies where it is safe: no synchronised folder, room on the disk, backups at hand.

    Args:
        store: The store's file.
    """
    name = store.name
    problems = []
    if program := synced_by(store.parent):
        message = f"The project lies in a folder of {program}, which may copy the store while it is written."
        hint = "Let one person at a time review here, wait until it has synchronised, or move the project elsewhere."
        problems.append(Problem("RV10", Severity.WARNING, name, message, hint))
    if on_network(store.parent):
        message = "The project lies on another machine's drive, where SQLite's locks may fail."
        hint = "Review on the machine that holds it (casepath serve), or copy the project to this one."
        problems.append(Problem("RV11", Severity.WARNING, name, message, hint))
    try:
        probe = store.with_name(f".{name}.probe")
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        message = "The project's folder cannot be written, so nobody can review here."
        problems.append(Problem("RV12", Severity.WARNING, name, message, "Copy the project to a folder of your own."))
    free = shutil.disk_usage(store.parent).free
    if free < _ROOM:
        message = f"Only {free // 1_000_000} MB are free on the disk."
        problems.append(Problem("RV13", Severity.WARNING, name, message, "Free some space before you go on."))
    if store.is_file() and not list_backups(store):
        message = "There is no backup of the store beside it."
        problems.append(Problem("RV14", Severity.NOTE, name, message, "casepath backup makes one."))
    return tuple(problems)


def quotation_problems(rows: Iterable[Row], texts: dict[str, str]) -> tuple[Problem, ...]:
    """Say which decisions quote words that do not stand at their place in the text they were made in.

    Args:
        rows: The log's rows.
        texts: Frozen texts by digest.
    """
    wrong = []
    for row in rows:
        anchor = json.loads(row.body).get("anchor")
        if not anchor:
            continue
        text = texts.get(row.text_digest or "", "")
        if text[anchor["start"] : anchor["end"]] != anchor["quote"]:
            message = "The words that were decided on do not stand at their place in the text that was kept."
            hint = "Whoever wrote the decision (an import?) gave wrong places; take it back and decide anew."
            wrong.append(Problem("RV16", Severity.ERROR, f"decision {row.number}", message, hint))
    return tuple(wrong)
