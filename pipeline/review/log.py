"""The log's rows: how they are written, and the chain of hashes that shows a change or a gap."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.model.codings import Assertion, Subject
from pipeline.model.ids import digest
from pipeline.model.progression import Attachment, Change, MemberOutcome, ProgressionCategory, Rating
from pipeline.model.review import Anchor, Assessment, Decision, DimensionStatus, Verdict

Body = dict[str, Any]
"""What a row says, as JSON holds it."""


class Kind(StrEnum):
    """What a row of the log is."""

    DECISION = "decision"
    ASSESSMENT = "assessment"
    REVIEWER = "reviewer"
    ASSIGN = "assign"
    RELEASE = "release"
    LOCK = "lock"
    UNLOCK = "unlock"
    CODEBOOK = "codebook"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: the number of its last row and that row's hash, which speaks for all rows before it."""

    number: int
    hash: str

    def __str__(self) -> str:
        """Return it as people note it down."""
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log.

    Attributes:
        number: Its place, from 1 without a gap.
        kind: What it is.
        time: When, ISO 8601 in UTC with whole seconds.
        reviewer: Who did it.
        case: Id of the case, empty where it is about none.
        layer: Layer, empty where it is in none.
        batch: Id shared by rows made in one go.
        text_digest: Digest of the frozen text that it refers to, None where it refers to none.
        body: What it says, as canonical JSON.
        previous: Hash of the row before it.
        hash: Its own hash.
    """

    number: int
    kind: Kind
    time: str
    reviewer: str
    case: str
    layer: str
    batch: str
    text_digest: str | None
    body: str
    previous: str
    hash: str = ""

    def expected_hash(self) -> str:
        """Return the hash that the row must have: SHA-256 over the hash before it and all its other fields."""
        fields = [self.previous, self.number, self.kind.value, self.time, self.reviewer, self.case, self.layer]
        return digest(json.dumps([*fields, self.batch, self.text_digest, self.body], ensure_ascii=True))


COLUMNS = "number, kind, time, reviewer, case_id, layer, batch, text_digest, body, previous, hash"


def row_of(values: tuple[Any, ...]) -> Row:
    """Return a row as read by ``SELECT {COLUMNS}``.

    Args:
        values: The columns.
    """
    return Row(values[0], Kind(values[1]), *values[2:])


def beginning(store: str) -> Head:
    """Return the head of an empty log; it differs from store to store.

    Args:
        store: The store's own random id.
    """
    return Head(0, digest(f"casepath review log 1\0{store}"))


def first_break(start: Head, rows: Iterable[Row]) -> int:
    """Return the number of the first row that does not follow from those before it; 0 when all do.

    Args:
        start: The head of the empty log.
        rows: All rows in order.
    """
    number, last = start.number, start.hash
    for row in rows:
        if row.number != number + 1 or row.previous != last or row.hash != row.expected_hash():
            return number + 1
        number, last = row.number, row.hash
    return 0


def packed(body: Body) -> str:
    """Return a body as canonical JSON: sorted keys, no spaces."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decision_body(decision: Decision) -> Body:
    """Return what a decision says, without what the row itself holds (number, time, reviewer, layer, batch)."""
    anchor = decision.anchor
    return {
        "verdict": decision.verdict.value,
        "anchor": None
        if anchor is None
        else {
            "segment": anchor.segment,
            "start": anchor.start,
            "end": anchor.end,
            "quote": anchor.quote,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        },
        "code": decision.code,
        "to": decision.to,
        "assertion": decision.assertion.value,
        "before": decision.before,
        "subject": decision.subject.value,
        "reason": decision.reason,
        "coder": decision.coder,
        "rules": list(decision.rules),
        "codebook_digest": decision.codebook_digest,
        "undoes": list(decision.undoes),
    }


def decision_of(row: Row) -> Decision:
    """Return the decision that a row holds."""
    body: Body = json.loads(row.body)
    anchor = body["anchor"]
    return Decision(
        reviewer=row.reviewer,
        verdict=Verdict(body["verdict"]),
        anchor=None if anchor is None else Anchor(case=row.case, text_digest=row.text_digest or "", **anchor),
        code=body["code"],
        to=body["to"],
        assertion=Assertion(body["assertion"]),
        before=body["before"],
        subject=Subject(body["subject"]),
        reason=body["reason"],
        coder=body["coder"],
        rules=tuple(body["rules"]),
        codebook_digest=body["codebook_digest"],
        layer=row.layer,
        batch=row.batch,
        undoes=tuple(body["undoes"]),
        time=row.time,
        number=row.number,
    )


def assessment_body(assessment: Assessment) -> Body:
    """Return what an assessment says, without what the row itself holds."""
    return {
        "progression": [each.value for each in assessment.progression],
        "members": [[each.member, each.category.value] for each in assessment.members],
        "attachment": [each.value for each in assessment.attachment],
        "ratings": [[name, rating.value] for name, rating in assessment.ratings],
        "statuses": [[each.dimension, each.change.value, each.before, each.after] for each in assessment.statuses],
        "note": assessment.note,
    }


def assessment_of(row: Row) -> Assessment:
    """Return the assessment that a row holds."""
    body: Body = json.loads(row.body)
    return Assessment(
        reviewer=row.reviewer,
        case=row.case,
        text_digest=row.text_digest or "",
        progression=tuple(ProgressionCategory(each) for each in body["progression"]),
        members=tuple(MemberOutcome(member, ProgressionCategory(each)) for member, each in body["members"]),
        attachment=tuple(Attachment(each) for each in body["attachment"]),
        ratings=tuple((name, Rating(each)) for name, each in body["ratings"]),
        statuses=tuple(
            DimensionStatus(dimension, Change(change), before, after)
            for dimension, change, before, after in body["statuses"]
        ),
        note=body["note"],
        layer=row.layer,
        time=row.time,
        number=row.number,
    )


def same_decision(decision: Decision) -> str:
    """Return a key that two decisions share when they say the same of the same words, whenever and wherever stored.

    Args:
        decision: The decision; its number, time, batch, layer and codebook do not count.
    """
    body = decision_body(decision)
    for name in ("codebook_digest", "rules", "coder", "undoes"):
        body.pop(name)
    anchor = decision.anchor
    case = "" if anchor is None else f"{anchor.case}\0{anchor.text_digest}"
    return digest(f"{decision.reviewer}\0{case}\0{packed(body)}")
