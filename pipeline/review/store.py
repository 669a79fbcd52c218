"""The review store: an append-only log of decisions, assessments and assignments, with the texts they are about."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.model.cases import Case
from pipeline.model.review import (
    BLIND,
    Assessment,
    Decision,
    Verdict,
)
from pipeline.review.accounts import Accounts
from pipeline.review.backup import Restored
from pipeline.review.database import Database
from pipeline.review.errors import ConflictError, ReviewError
from pipeline.review.journal import entry_of, utc_now
from pipeline.review.log import (
    COLUMNS,
    Kind,
    Row,
    assessment_body,
    assessment_of,
    decision_body,
    decision_of,
    packed,
    row_of,
)
from pipeline.review.team import Team

STORE_FILE = "review.sqlite"


def open_store(
    path: Path, *, create: bool = False, write: bool = True, wait: float = 10.0, backups: bool = True
) -> "ReviewStore":
    """Open a project's review store; opening it for writing makes a backup when the last one is behind.

    Args:
        path: The file ``review.sqlite``.
        create: Make it when it does not exist.
        write: False for reading only, which works in a read-only folder too.
        wait: How many seconds to wait for another program that writes.
        backups: False to make no backups of its own accord.

    Raises:
        MissingFileError: There is none yet, and none was to be made.
        ReviewError: It is damaged, from a newer casepath, busy or not writable.
    """
    return ReviewStore(Database(path, create=create, write=write, wait=wait), backups=backups and write)


class ReviewStore(Team):
    """What reviewers decided, kept for good; threads may share it.

    Every call that writes is one transaction: when it returns, what it wrote is on the disk; when it raises, nothing
    of it was saved.

    Args:
        database: The open file.
        backups: True to make backup copies beside it now and then.
        clock: Gives the time of what is written; for tests.
    """

    def __init__(self, database: Database, *, backups: bool = False, clock: Callable[[], str] = utc_now) -> None:
        super().__init__(database, backups=backups, clock=clock)
        self.accounts = Accounts(database)

    def decisions(self, *, case: str = "", layer: str = "", reviewer: str = "", since: int = 0) -> tuple[Decision, ...]:
        """Return decisions in the order of the log, undos too; those of one case hold all undos that touch it.

        Args:
            case: Only on this case.
            layer: Only of this layer.
            reviewer: Only by this reviewer.
            since: Only with a higher number.
        """
        found = self.rows(kinds=(Kind.DECISION,), case=case, layer=layer, reviewer=reviewer, since=since)
        return tuple(map(decision_of, found))

    def assessments(
        self, *, case: str = "", layer: str = "", reviewer: str = "", since: int = 0
    ) -> tuple[Assessment, ...]:
        """Return assessments in the order of the log; a reviewer's last one in a layer holds.

        Args:
            case: Only of this case.
            layer: Only of this layer.
            reviewer: Only by this reviewer.
            since: Only with a higher number.
        """
        found = self.rows(kinds=(Kind.ASSESSMENT,), case=case, layer=layer, reviewer=reviewer, since=since)
        return tuple(map(assessment_of, found))

    def add_decisions(
        self, decisions: Iterable[Decision], *, expected_number: int | None = None, texts: Iterable[Case] = ()
    ) -> tuple[Decision, ...]:
        """Save decisions, all or none; those without a time get the present one.

        Args:
            decisions: The decisions, in order; none of them an undo.
            expected_number: The log's number when the reviewer looked; None to save whatever others did since.
            texts: Cases whose texts are frozen in the same step.

        Returns:
            The decisions with their numbers.

        Raises:
            ConflictError: Since then somebody has decided on one of the same sentences.
            ReviewError: A reviewer may not do this, a text is not frozen, or it could not be written.
        """
        given = tuple(decisions)
        for decision in given:
            if decision.anchor is None or decision.verdict is Verdict.UNDO:
                raise ReviewError("A decision names the words it is about.", hint="Take decisions back with undo.")
        with self.database.transaction() as connection:
            self.freeze(connection, texts)
            for layer, case, reviewer in {(each.layer, _case(each), each.reviewer) for each in given}:
                self.may_write(reviewer, layer, case)
            if expected_number is not None:
                self._refuse_conflict(given, expected_number)
            saved = self.append(connection, [_decision_entry(each) for each in given])
        self.after_writing()
        return tuple(map(decision_of, saved))

    def undo(
        self,
        numbers: Iterable[int] = (),
        *,
        reviewer: str,
        batch: str = "",
        reason: str = "",
        expected_number: int | None = None,
    ) -> tuple[Decision, ...]:
        """Take one's own decisions back, or a whole batch; they stay in the log, and an undo can be undone.

        Args:
            numbers: Numbers of the decisions.
            reviewer: Who takes back.
            batch: Id of a batch, to take back all of it.
            reason: Why.
            expected_number: The log's number when the reviewer looked; None to take back whatever others did since.

        Returns:
            The undo decisions with their numbers: one for each case and layer touched.

        Raises:
            ConflictError: Since then somebody has decided on one of the same sentences.
            ReviewError: There is no such decision, it is someone else's or locked, or it could not be written.
        """
        wanted = set(numbers)
        with self.database.transaction() as connection:
            if batch:
                found = self.database.rows("SELECT number FROM log WHERE batch = ? AND kind = 'decision'", (batch,))
                wanted |= {row[0] for row in found}
            targets = self._targets(connection, sorted(wanted), reviewer)
            if expected_number is not None:
                self._refuse_conflict([decision_of(row) for row in targets], expected_number)
            groups: dict[tuple[str, str], list[int]] = {}
            for row in targets:
                groups.setdefault((row.case, row.layer), []).append(row.number)
            together = f"undo-{self.head().number + 1}" if len(groups) > 1 else ""
            entries = []
            for (case, layer), undoes in groups.items():
                self.may_write(reviewer, layer, case)
                taken = Decision(
                    reviewer=reviewer,
                    verdict=Verdict.UNDO,
                    anchor=None,
                    reason=reason,
                    layer=layer,
                    batch=together,
                    undoes=tuple(undoes),
                )
                entries.append(replace(_decision_entry(taken), case=case))
            saved = self.append(connection, entries)
        self.after_writing()
        return tuple(map(decision_of, saved))

    def note_restored(self, restored: Restored) -> None:
        """Note in the log that it was put back from a backup, and end all sessions.

        Args:
            restored: What ``restore`` did.
        """
        body = {
            "before": str(restored.before) if restored.before else "",
            "after": str(restored.after),
            "backup": restored.backup.name,
        }
        with self.database.transaction() as connection:
            connection.execute("DELETE FROM session")
            self.append(connection, [entry_of(Kind.RESTORED, "", body)])
        self.after_writing()

    def _targets(self, connection: sqlite3.Connection, numbers: Sequence[int], reviewer: str) -> tuple[Row, ...]:
        """The rows to take back, each checked."""
        found = []
        for number in numbers:
            values = connection.execute(f"SELECT {COLUMNS} FROM log WHERE number = ?", (number,)).fetchone()  # noqa: S608
            row = row_of(values) if values else None
            if row is None or row.kind is not Kind.DECISION:
                raise ReviewError(f"There is no decision {number} to take back.", hint="Reload the page.")
            if row.reviewer != reviewer:
                raise ReviewError(
                    f"Decision {number} is {row.reviewer}'s: nobody takes another's decision back.",
                    hint="Decide differently instead, or let the adjudicator decide.",
                )
            found.append(row)
        if not found:
            raise ReviewError("There is nothing to take back.", hint="Reload the page.")
        return tuple(found)

    def add_assessment(
        self, assessment: Assessment, *, expected_number: int | None = None, texts: Iterable[Case] = ()
    ) -> Assessment:
        """Save an assessment; the last one of a reviewer in a layer holds.

        Args:
            assessment: The assessment.
            expected_number: The log's number when the reviewer looked; None to save whatever was written since.
            texts: Cases whose texts are frozen in the same step.

        Raises:
            ConflictError: Since then the case was assessed in this layer (when blind: by the same reviewer).
            ReviewError: The reviewer may not do this, the text is not frozen, or it could not be written.
        """
        with self.database.transaction() as connection:
            self.freeze(connection, texts)
            self.may_write(assessment.reviewer, assessment.layer, assessment.case)
            if expected_number is not None:
                newer = self.assessments(
                    case=assessment.case,
                    layer=assessment.layer,
                    reviewer=assessment.reviewer if assessment.layer == BLIND else "",
                    since=expected_number,
                )
                if newer:
                    raise ConflictError("The case was assessed since you looked.", assessments=newer)
            entry = Row(
                0, Kind.ASSESSMENT, assessment.time, assessment.reviewer, assessment.case, assessment.layer, "",
                assessment.text_digest, packed(assessment_body(assessment)), "",
            )  # fmt: skip
            saved = self.append(connection, [entry])
        self.after_writing()
        return assessment_of(saved[0])

    def note_codebook(self, digest: str, *, version: str, migrations: int) -> None:
        """Remember how many migrations a codebook holds, so that later ones carry decisions made under it over.

        Args:
            digest: Digest of the codebook.
            version: Its version.
            migrations: How many migrations it holds.
        """
        if digest in self.codebooks():
            return
        with self.database.transaction() as connection:
            if digest not in self.codebooks():
                body = {"digest": digest, "version": version, "migrations": migrations}
                self.append(connection, [entry_of(Kind.CODEBOOK, "", body)])
        self.after_writing()

    def codebooks(self) -> dict[str, int]:
        """Return the digests of the codebooks that were in force, each with the number of its migrations."""
        bodies = [json.loads(row.body) for row in self.rows(kinds=(Kind.CODEBOOK,))]
        return {body["digest"]: body["migrations"] for body in bodies}

    def _refuse_conflict(self, given: Sequence[Decision], expected: int) -> None:
        """Refuse when somebody has decided on the same sentence and layer since; blind coders do not meet."""
        places = {(_case(each), each.anchor.segment, each.layer) for each in given if each.anchor}
        own = {each.reviewer for each in given}
        newer = [
            decision
            for case in sorted({_case(each) for each in given})
            for decision in self.decisions(case=case, since=expected)
            if decision.anchor is not None
            and (case, decision.anchor.segment, decision.layer) in places
            and (decision.layer != BLIND or decision.reviewer in own)
        ]
        if newer:
            message = "Somebody has decided on the same sentence since you looked; nothing of yours was saved."
            raise ConflictError(message, decisions=tuple(newer))


def _case(decision: Decision) -> str:
    return decision.anchor.case if decision.anchor else ""


def _decision_entry(decision: Decision) -> Row:
    return Row(
        0, Kind.DECISION, decision.time, decision.reviewer, _case(decision), decision.layer, decision.batch,
        decision.anchor.text_digest if decision.anchor else None, packed(decision_body(decision)), "",
    )  # fmt: skip
