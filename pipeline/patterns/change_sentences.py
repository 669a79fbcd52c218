"""A sentence of a case on changes of staff: what it tells of the course, and of the time before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.language.words import fold
from pipeline.model.cases import TOLD_IN
from pipeline.model.codings import Coding
from pipeline.patterns.staff import Reading, Told, read_told
from pipeline.patterns.staff_clauses import People, When, pattern
from pipeline.patterns.staff_events import Event, Kind
from pipeline.patterns.staff_numbers import Basis

_SURE = 0.5
"""A coding below this confidence makes no value certain, and counts no change whose words are not known."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence coded as a change: where it stands, what was coded, and what it tells.

    Attributes:
        segment: Id of the segment.
        start: Where what was coded begins in the case's text.
        quote: The words that were coded.
        before: True when it is coded as before the course.
        sure: True where the coding is likely.
        denied: True where it tells only of no change.
        unknown: True where its words are not known.
        silent: True where it tells what a change does, and nothing speaks against one.
        readings: What it tells.
    """

    segment: str
    start: int
    quote: str
    before: bool
    sure: bool
    denied: bool
    unknown: bool
    silent: bool
    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, given: Sequence[Coding], code: str, people: People) -> "Telling":
        """Return what a sentence tells of a code's changes.

        Args:
            given: The codings of the sentence.
            code: The code.
            people: Whose staff counts.
        """
        first = given[0]
        told = read_told(first.sentence, code, people)
        sure = max(each.confidence for each in given) >= _SURE
        unknown = () if told.readings else _unknown(told, sure=sure)
        return cls(
            first.segment,
            first.start,
            first.quote,
            any(each.before for each in given) and _may_look_back(first),
            sure,
            told.denied and not told.readings,
            bool(unknown),
            told.consequence and not told.denied,
            told.readings or unknown,
        )

    def as_beside(self) -> "Telling":
        """Return the sentence with no more than the numbers it states of people whose role it names."""
        named = tuple(each for each in self.readings if each.named)
        return replace(self, silent=False, readings=named)

    def of_time(self, *, before: bool) -> "Telling | None":
        """Return the sentence with what it tells of the course, or of the time before it; None for nothing.

        Args:
            before: True for the time before the course.
        """
        kept = [
            part for each in self.readings for time, part in _split(each, told_before=self.before) if time is before
        ]
        if not kept and not (self.silent and not self.readings and self.before is before):
            return None
        return replace(self, readings=tuple(kept))


def _may_look_back(coding: Coding) -> bool:
    """Say whether a coding can be of the time before the course: where cases tell of it, or by its own words.

    Of the reference's 143 changes in the other sections 2 were before the course, and both said so.
    """
    return coding.section in TOLD_IN or bool(pattern("looks_back").search(fold(coding.sentence)))


def _unknown(told: Told, *, sure: bool) -> tuple[Reading, ...]:
    """Return a change whose words are not known, where the coding is likely and nothing speaks against one."""
    if told.denied or told.consequence or not sure:
        return ()
    return (Reading(Event(Kind.KNOWN, 0), None, "", frozenset()),)


def _split(reading: Reading, *, told_before: bool) -> list[tuple[bool, Reading]]:
    """Say of a reading whether it is before the course; who came as it began is the last of those before, and one."""
    what = reading.what
    if reading.when is None:
        return [(told_before, reading)]
    if reading.when is not When.ENTRY:
        return [(reading.when is When.BEFORE, reading)]
    if isinstance(what, Event):
        return [(False, reading)]
    if what.basis is not Basis.ORDINAL or not what.arrived:
        return [(True, reading)]
    came = replace(reading, what=Event(Kind.CAME, 0))
    if what.number == 1:
        return [(False, came)]
    return [(True, replace(reading, what=replace(what, number=what.number - 1))), (False, came)]
