"""Courses as events in order: stop stones and stepping stones, results and setbacks, and where a course turns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import DateMention, read_dates
from pipeline.language.words import words_of
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Pole, core_code
from pipeline.model.codings import Coding, by_case
from pipeline.patterns.findings import MONTHS
from pipeline.patterns.measures import Measures


class EventKind(StrEnum):
    """What an event does to the course; the values are the signs of the timeline figure."""

    STEPPING_STONE = "facilitator"
    """A *trædesten*: something that furthers."""
    STOP_STONE = "inhibitor"
    """A *stopklods*: something that hampers."""
    RESULT = "result"
    SETBACK = "setback"
    STANDSTILL = "standstill"


UP, DOWN = "up", "down"
"""Which way a turning point turns."""

_RESULTS = {
    "outcome.unchanged": EventKind.STANDSTILL,
    "outcome.worsened": EventKind.SETBACK,
    "outcome.pension": EventKind.SETBACK,
}
_STATES = ("barrier.", "language.")
"""What a citizen struggles with and how it is written of are no events."""
_ORDER = tuple(EventKind)
_REACH, _LEAST = 3, 2
"""How many events on either side tell which way a course goes, and how few will do."""
_CLEAR = 2 / 3 - 1e-9
"""How clearly those before and those after must point different ways: -1 to 1."""
_END = ("result", "outlook")
_LATE = ("challenges",)
_FOREVER = 10.0**6
_TURNING_WORDS = tuple(
    tuple(phrase.split())
    for phrase in (
        "vendepunkt", "vendepunktet", "gennembrud", "gennembruddet", "vendte", "vendingen", "fra da af", "fra den dag",
        "gjorde forskellen", "gjorde udslaget", "løsnede", "brast", "knækkede", "pludselig", "pludseligt", "ramlede",
        "væltede", "brød sammen",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in a course.

    Attributes:
        case: Id of the case.
        order: Its place among the case's events, from 1.
        kind: What it does.
        code: The surest core code of the sentence that is of that kind.
        codes: All core codes of the sentence that are of that kind.
        direction: 1 forward, -1 backward, 0 neither.
        segment: Id of the segment.
        section: Kind of its section.
        quote: The sentence.
        at: Where it stands in the text, 0 at the beginning to 1 at the end.
        date: ``2019-03``, or ``2019`` where no month is told; empty where the sentence tells no date.
        date_words: The words that tell it.
        months: The wait that the sentence states, in months.
        before: True for what was before the course.
        turning: ``up`` or ``down`` where the course turns here, else empty.
        told: True where the sentence itself says that something turned.
    """

    case: str
    order: int
    kind: EventKind
    code: str
    codes: tuple[str, ...]
    direction: int
    segment: str
    section: str
    quote: str
    at: float
    date: str = ""
    date_words: str = ""
    months: float | None = None
    before: bool = False
    turning: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of a case in order."""

    case: str
    events: tuple[Event, ...]

    @property
    def turning_points(self) -> tuple[Event, ...]:
        """The events at which the course turns."""
        return tuple(event for event in self.events if event.turning)


def case_timelines(
    cases: Sequence[Case], codings: Iterable[Coding], codebook: Codebook, measures: Iterable[Measures] = ()
) -> tuple[Timeline, ...]:
    """Put the events of every case in order.

    A sentence is one event, or two where it both furthers and hampers. What was before the course comes first and what
    the end tells comes last; in between events are in the order of the dates that their sentences tell, and a sentence
    without a date stays with the dated one before it in its section. Without dates the order is that of the text.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings.
        codebook: Gives the codes' poles; neutral codes are no events, but for those of the theme ``outcome``.
        measures: The cases' measures, for the waits that sentences state.
    """
    poles = {code.id: code.pole for code in codebook.codes if code.parent == code.id}
    waits = {
        (each.case, each.segment): each.value
        for found in measures
        for each in found.findings
        if each.segment and each.unit == MONTHS
    }
    counted = by_case(coding for coding in codings if coding.counts)
    return tuple(Timeline(case.id, _events(case, counted.get(case.id, ()), poles, waits)) for case in cases)


def _kind(code: str, poles: dict[str, Pole]) -> EventKind | None:
    if code not in poles or code.startswith(_STATES):
        return None
    if code.startswith("outcome."):
        return _RESULTS.get(code, EventKind.RESULT)
    return {Pole.FACILITATOR: EventKind.STEPPING_STONE, Pole.INHIBITOR: EventKind.STOP_STONE}.get(poles[code])


_DIRECTION = {EventKind.STEPPING_STONE: 1, EventKind.RESULT: 1, EventKind.STOP_STONE: -1, EventKind.SETBACK: -1}


def _events(
    case: Case, codings: Sequence[Coding], poles: dict[str, Pole], waits: dict[tuple[str, str], float]
) -> tuple[Event, ...]:
    grouped: dict[tuple[str, EventKind], list[Coding]] = defaultdict(list)
    for coding in codings:
        kind = _kind(core_code(coding.code), poles)
        if kind is not None:
            grouped[coding.segment, kind].append(coding)
    if not grouped:
        return ()
    written = next(iter(read_dates(case.attributes.date)), None)
    dates = resolve_dates(read_dates(case.text), written=written)
    length = max(len(case.text), 1)
    found: list[tuple[int, DateMention | None, Event]] = []
    for (segment, kind), given in grouped.items():
        best = max(given, key=lambda each: (each.confidence, each.code))
        start = best.start - max(best.sentence.find(best.quote), 0)
        date = _date_in(dates, start, start + len(best.sentence))
        event = Event(
            case=case.id,
            order=0,
            kind=kind,
            code=core_code(best.code),
            codes=tuple(sorted({core_code(each.code) for each in given})),
            direction=_DIRECTION.get(kind, 0),
            segment=segment,
            section=best.section,
            quote=" ".join(best.sentence.split()),
            at=round(start / length, 4),
            date=_shown(date),
            date_words="" if date is None else date.words,
            months=waits.get((case.id, segment)) if kind is EventKind.STOP_STONE else None,
            before=all(each.before for each in given),
            told=_says_so(best.sentence),
        )
        found.append((start, date, event))
    found.sort(key=lambda item: (item[0], _ORDER.index(item[2].kind)))
    events = [replace(event, order=number) for number, event in enumerate(_in_order(found), start=1)]
    return tuple(_with_turns(events))


def _date_in(dates: Sequence[DateMention], start: int, end: int) -> DateMention | None:
    return next((each for each in dates if start <= each.start < end and each.year is not None), None)


def _shown(date: DateMention | None) -> str:
    if date is None:
        return ""
    return f"{date.year:04d}" if date.month is None else f"{date.year:04d}-{date.month:02d}"


def _in_order(found: Sequence[tuple[int, DateMention | None, Event]]) -> list[Event]:
    """Order events by phase, then by the date told in the sentence or last before it in its section."""
    placed = []
    section, last = "", 0.0
    for start, date, event in found:
        if event.section != section:
            section = event.section
            last = _FOREVER if section in _LATE else 0.0
        if date is not None and date.moment is not None:
            last = date.moment
        phase = 0 if event.before else 2 if event.section in _END else 1
        # at the end all is told as seen from there: its order is that of the text
        placed.append((phase, 0.0 if phase == 2 else last, start, _ORDER.index(event.kind), event))
    placed.sort(key=lambda item: item[:4])
    return [event for *_, event in placed]


def _says_so(sentence: str) -> bool:
    told = words_of(sentence)
    return any(
        tuple(told[place : place + len(phrase)]) == phrase
        for phrase in _TURNING_WORDS
        for place in range(len(told) - len(phrase) + 1)
    )


def _with_turns(events: Sequence[Event]) -> list[Event]:
    """Mark the events at which the course turns: it went one way before, and from here on it goes the other.

    A course turns where the three events before and the three from here on point clearly different ways, at the event
    that points the new way; where the text says in words that something turned, less is asked. The first event of a
    section is no turn unless its sentence is dated: it is the template that turns there. A turn the same way as the
    last one is none.
    """
    during = [event for event in events if not event.before]
    turns: dict[int, str] = {}
    last = ""
    for number, event in enumerate(during):
        past = [each.direction for each in during[max(0, number - _REACH) : number]]
        ahead = [each.direction for each in during[number : number + _REACH]]
        if not event.direction or len(past) < _LEAST or len(ahead) < _LEAST:
            continue
        if during[number - 1].section != event.section and not (event.date or event.told):
            continue
        was, will = (event.direction * sum(side) / len(side) for side in (past, ahead))
        turn = UP if event.direction > 0 else DOWN
        if turn != last and will >= _CLEAR and (was <= -_CLEAR or (event.told and was < 0)):
            turns[event.order] = last = turn
    return [replace(event, turning=turns.get(event.order, "")) for event in events]
