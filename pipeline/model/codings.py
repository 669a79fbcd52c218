"""What a coder says of a text: codings with the evidence behind them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from pipeline.model.codes import CueKind, Pole

MACHINE = ("combined", "rules", "model")
"""Coders that are no persons."""


class Assertion(StrEnum):
    """What the sentence does with the phenomenon; only affirmed codings count in tables."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    GENERAL = "general"
    DOUBTFUL = "doubtful"
    """A rule's words stand there, but a trained model finds it unlikely that the sentence states the code."""


class Status(StrEnum):
    """Where a coding stands in review."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ADDED = "added"
    RECODED = "recoded"
    STALE = "stale"


class Subject(StrEnum):
    """Whom a sentence is about."""

    CITIZEN = "citizen"
    FAMILY = "family"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Cue:
    """A context cue met in a sentence; positions are code points in the case's text."""

    rule: str
    kind: CueKind
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a code was found: the rule, the words it matched and the cues over them.

    Attributes:
        rule: Id of the rule, or ``model:`` and the code for the words that moved a trained model.
        start: Where its words begin in the case's text, in code points.
        end: Where they end, exclusive.
        words: The words from start to end.
        cues: The cues whose scope holds the words.
    """

    rule: str
    start: int
    end: int
    words: str
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """Code x span x coder, with evidence.

    Attributes:
        case: Id of the case.
        section: Kind of the section.
        segment: Id of the segment.
        start: Where the quotation begins in the case's text, in code points.
        end: Where it ends, exclusive.
        quote: The words from start to end.
        sentence: The whole segment.
        code: Id of the code.
        pole: The code's pole.
        assertion: What the sentence does with it.
        before: True when it speaks of the time before the course.
        coder: ``rules``, ``model``, ``combined`` (rules and model), or a person.
        evidence: One entry per rule that found it, strongest first.
        status: Where it stands in review.
        confidence: 0-1.
        subject: Whom it is about.
    """

    case: str
    section: str
    segment: str
    start: int
    end: int
    quote: str
    sentence: str
    code: str
    pole: Pole
    assertion: Assertion
    before: bool
    coder: str
    evidence: tuple[Evidence, ...]
    status: Status = Status.SUGGESTED
    confidence: float = 0.8
    subject: Subject = Subject.CITIZEN

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that found it, each once, strongest first."""
        return tuple(dict.fromkeys(item.rule for item in self.evidence))

    @property
    def counts(self) -> bool:
        """Say whether it counts in tables: affirmed and not rejected."""
        return self.assertion is Assertion.AFFIRMED and self.status not in (Status.REJECTED, Status.STALE)


def by_case(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Return the codings of each case that has any, in the order given.

    Args:
        codings: Codings of many cases.
    """
    return _grouped(codings, attrgetter("case"))


def by_segment(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Return the codings of each segment that has any, in the order given.

    Args:
        codings: Codings of one case.
    """
    return _grouped(codings, attrgetter("segment"))


def _grouped(codings: Iterable[Coding], key: Callable[[Coding], str]) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = {}
    for coding in codings:
        found.setdefault(key(coding), []).append(coding)
    return found
