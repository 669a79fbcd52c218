"""The human layer: reviewers, their decisions on codings and their assessments of cases."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codings import Assertion, Subject
from pipeline.model.progression import Attachment, Change, MemberOutcome, ProgressionCategory, Rating

REVIEW = "review"
"""The layer of open review, in which everybody sees everybody's verdicts."""

ADJUDICATED = "adjudicated"
"""The layer of the adjudicator's verdicts over double coding; nobody's own coding is overwritten by it."""

BLIND = "blind"
"""The layer of independent coding: hidden from other coders, and the machine's tags from them, until locked."""


class Verdict(StrEnum):
    """What a reviewer says."""

    ACCEPT = "accept"
    REJECT = "reject"
    RECODE = "recode"
    ADD = "add"
    """A new coding of the reviewer's own: manual coding is a decision too."""
    UNSURE = "unsure"
    COMMENT = "comment"
    """A remark; the state of the coding stays as it is."""
    UNDO = "undo"
    """Takes earlier decisions back; they stay in the log."""


class Role(StrEnum):
    """What a reviewer may do."""

    CODER = "coder"
    ADJUDICATOR = "adjudicator"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A named person who codes, adjudicates or reads.

    Attributes:
        name: The name, as it stands in every decision.
        role: What the person may do.
        active: False for one who no longer takes part; the decisions stay.
    """

    name: str
    role: Role = Role.CODER
    active: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words that a decision is about, as the reviewer saw them, with enough around them to find them again.

    Attributes:
        case: Id of the case.
        text_digest: Digest of the case's text that was on the screen.
        segment: Id of the segment in which the words begin.
        start: Where they begin in that text, in code points.
        end: Where they end, exclusive.
        quote: The words.
        prefix: Up to 40 characters before them.
        suffix: Up to 40 characters after them.
    """

    case: str
    text_digest: str
    segment: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's append-only verdict on one coding, or a coding of the reviewer's own.

    What is judged is *this code in this segment*: ``(anchor.case, anchor.segment, code)``.

    Attributes:
        reviewer: Name of the reviewer.
        verdict: What is said.
        anchor: The words it is about; None for an undo.
        code: The code judged or added.
        to: The code to put in its place, for a recode.
        assertion: What the sentence does with the code, for what is added or recoded.
        before: True when the words speak of the time before the course.
        subject: Whom they are about.
        reason: Why, in the reviewer's words.
        coder: Who had made the coding judged (``combined``, ``rules``, ``model`` or a person); empty for an added one.
        rules: Ids of the rules that the reviewer saw behind it.
        codebook_digest: Digest of the codebook in force.
        layer: ``review``, ``blind`` or ``adjudicated``.
        batch: Id shared by decisions made in one go; empty for a single one.
        undoes: Numbers of the decisions taken back, for an undo.
        time: When, ISO 8601 in UTC with whole seconds.
        number: Its place in the log, from 1; 0 until it is stored.
    """

    reviewer: str
    verdict: Verdict
    anchor: Anchor | None
    code: str = ""
    to: str = ""
    assertion: Assertion = Assertion.AFFIRMED
    before: bool = False
    subject: Subject = Subject.CITIZEN
    reason: str = ""
    coder: str = ""
    rules: tuple[str, ...] = ()
    codebook_digest: str = ""
    layer: str = REVIEW
    batch: str = ""
    undoes: tuple[int, ...] = ()
    time: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class DimensionStatus:
    """Where a person stood in one dimension of table 2.3, in the assessor's words.

    Attributes:
        dimension: One of ``DIMENSIONS``.
        change: How it developed.
        before: Status at entry.
        after: Status at the end.
    """

    dimension: str
    change: Change
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A person's judgement of a case; the last one of a reviewer in a layer holds.

    Attributes:
        reviewer: Name of the assessor.
        case: Id of the case.
        text_digest: Digest of the text that was judged.
        progression: One category, or several for a split family, best first; empty when left open.
        members: Category of each member, in a split family.
        attachment: At the end; empty when left open.
        ratings: (name, rating) for those judged.
        statuses: Before and after, for the dimensions judged.
        note: The assessor's note.
        layer: ``review``, ``blind`` or ``adjudicated``.
        time: When, ISO 8601 in UTC with whole seconds.
        number: Its place in the log, from 1; 0 until it is stored.
    """

    reviewer: str
    case: str
    text_digest: str
    progression: tuple[ProgressionCategory, ...] = ()
    members: tuple[MemberOutcome, ...] = ()
    attachment: tuple[Attachment, ...] = ()
    ratings: tuple[tuple[str, Rating], ...] = ()
    statuses: tuple[DimensionStatus, ...] = ()
    note: str = ""
    layer: str = REVIEW
    time: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A case given to a reviewer.

    Attributes:
        case: Id of the case.
        reviewer: Name of the reviewer.
        layer: ``blind`` for independent coding, ``review`` for open audit.
        locked: When the reviewer said it was done, ISO 8601 in UTC; empty while open.
    """

    case: str
    reviewer: str
    layer: str = BLIND
    locked: str = ""
