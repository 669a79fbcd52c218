"""Measured variables of a case: how long it waited, how often staff changed, how it speaks of the citizen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.language.dates import DateMention, read_dates, resolve_dates
from pipeline.language.durations import Duration
from pipeline.model.cases import Case
from pipeline.model.codings import Coding, by_case
from pipeline.patterns.balance import tone_of
from pipeline.patterns.findings import CHANGES, MONTHS, Finding
from pipeline.patterns.staff import (
    CHANGE_CODES,
    Basis,
    StatedChanges,
    read_changes,
    tells_history,
    tells_of_a_change,
)
from pipeline.patterns.table import rolled_up
from pipeline.patterns.waits import read_waits, waited_for

WAITING_CODES = ("waiting.", "absence.")
"""How the ids of the codes begin whose sentences waits are read from."""

_NEAR = 400
"""Characters back that a stretch *til marts* may begin at."""
CHANGE_MEASURES = {code: f"{code.removeprefix('change.')}_changes" for code in CHANGE_CODES}


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured in one case; None where the case does not say it.

    Attributes:
        case: Id of the case.
        waiting_months: The longest single wait that a sentence coded as waiting or absence states, in months; an
            uncertain one only where no certain one is stated.
        caseworker_changes: Changes of caseworker during the course.
        support_changes: Changes of mentor or contact person during the course.
        deficit_resource_index: Deficit language as a share of deficit and resource language, 0-1.
        placement_changes: Changes of foster or relief family during the course.
        waiting_total_months: The longest waits for each thing waited for, added up; None where there is one thing or
            none. Waits may run side by side: it is months of waiting and not of the calendar.
        findings: Every value of the case, those above first, then what single sentences say.
    """

    case: str
    waiting_months: float | None = None
    caseworker_changes: int | None = None
    support_changes: int | None = None
    deficit_resource_index: float | None = None
    placement_changes: int | None = None
    waiting_total_months: float | None = None
    findings: tuple[Finding, ...] = ()

    def finding(self, measure: str) -> Finding | None:
        """Return the first finding of a measure, or None."""
        return next((each for each in self.findings if each.measure == measure), None)


def measure_cases(cases: Sequence[Case], codings: Iterable[Coding]) -> tuple[Measures, ...]:
    """Measure every case from its affirmed codings.

    What was before the course is kept apart, in findings whose measure ends in ``_before``.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings.
    """
    found = by_case(codings)
    return tuple(measure_case(case, found.get(case.id, ())) for case in cases)


def _position(coding: Coding) -> tuple[int, int, str, str]:
    return coding.start, coding.end, coding.code, coding.coder


def measure_case(case: Case, codings: Iterable[Coding]) -> Measures:
    """Measure one case (see ``measure_cases``).

    Args:
        case: The case.
        codings: Its settled codings.
    """
    codings = sorted((coding for coding in codings if coding.counts), key=_position)
    waits = _waits(case, [each for each in codings if each.code.startswith(WAITING_CODES)])
    longest = _longest(waits)
    total = _total(case.id, waits)
    changes: dict[str, Finding | None] = {}
    details = [each for each, _ in waits]
    for code in CHANGE_CODES:
        counted, stated = _changes(case.id, code, [each for each in codings if rolled_up(each.code) == code])
        changes[code] = next((each for each in counted if each.measure == CHANGE_MEASURES[code]), None)
        details = [*counted[bool(changes[code]) :], *details, *stated]
    tone = tone_of(case, codings)
    index = tone[0] if tone and tone[0].measure == "deficit_resource_index" else None
    values = [each for each in (longest, total, *(changes[code] for code in CHANGE_CODES)) if each is not None]
    return Measures(
        case=case.id,
        waiting_months=longest.value if longest else None,
        caseworker_changes=_whole(changes["change.caseworker"]),
        support_changes=_whole(changes["change.support"]),
        deficit_resource_index=index.value if index else None,
        placement_changes=_whole(changes["change.placement"]),
        waiting_total_months=total.value if total else None,
        findings=(*values, *tone, *details),
    )


def _whole(finding: Finding | None) -> int | None:
    return None if finding is None else int(finding.value)


def _segments(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Return the codings of each segment, in the order of the text."""
    by_segment: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_segment[coding.segment].append(coding)
    return dict(by_segment)


def _waits(case: Case, codings: Sequence[Coding]) -> list[tuple[Finding, str]]:
    """Return the waits that sentences state, each with what is waited for."""
    if not codings:
        return []
    written = next(iter(read_dates(case.attributes.date)), None)
    dates = resolve_dates(read_dates(case.text), written=written)
    found: list[tuple[Finding, str]] = []
    last = (-_NEAR, "")
    for segment, given in _segments(codings).items():
        sentence = given[0].sentence
        start = case.text.rfind(sentence, 0, given[0].start + len(sentence))
        inside, earlier = _dates_of(sentence, start, dates)
        before = all(each.before for each in given)
        thing = waited_for(sentence)
        if not thing and 0 <= start - last[0] <= _NEAR:
            thing = last[1]
        last = (start + len(sentence), thing)
        waits = read_waits(sentence, inside, before=earlier, written=written)
        found += [
            (_wait_finding(case.id, segment, wait, before=before), thing) for wait in waits if wait.months is not None
        ]
    return found


def _dates_of(
    sentence: str, start: int, dates: Sequence[DateMention]
) -> tuple[tuple[DateMention, ...], DateMention | None]:
    """Return a sentence's dates, with places in it, and the date told last before it."""
    if start < 0:
        return resolve_dates(read_dates(sentence)), None
    end = start + len(sentence)
    inside = tuple(
        replace(each, start=each.start - start, end=each.end - start)
        for each in dates
        if start <= each.start and each.end <= end
    )
    near = [each for each in dates if start - _NEAR <= each.start and each.end <= start and each.month is not None]
    return inside, near[-1] if near else None


def _wait_finding(case: str, segment: str, wait: Duration, *, before: bool) -> Finding:
    assert wait.months is not None
    return Finding(
        case=case,
        measure="stated_wait_before" if before else "stated_wait",
        value=round(wait.months, 1),
        unit=MONTHS,
        low=None if wait.low is None else round(wait.low, 1),
        high=None if wait.high is None else round(wait.high, 1),
        certain=not wait.uncertain,
        segment=segment,
        words=wait.words,
    )


def _longest(waits: Sequence[tuple[Finding, str]]) -> Finding | None:
    """Return the longest certain wait of the course, or the longest uncertain one where none is certain."""
    during = [each for each, _ in waits if each.measure == "stated_wait"]
    best = max(during, key=lambda each: (each.certain, each.value), default=None)
    return None if best is None else _named(best, "waiting_months")


def _named(finding: Finding, measure: str) -> Finding:
    return replace(finding, measure=measure)


def _total(case: str, waits: Sequence[tuple[Finding, str]]) -> Finding | None:
    """Add up the longest wait for each thing; a thing that no sentence names is left out."""
    things: dict[str, list[Finding]] = defaultdict(list)
    for wait, thing in waits:
        if thing and wait.measure == "stated_wait":
            things[thing].append(wait)
    if len(things) < 2:
        return None
    longest = [max(each, key=lambda wait: (wait.certain, wait.value)) for each in things.values()]
    value = round(sum(wait.value for wait in longest), 1)
    lows, highs = [wait.low for wait in longest], [wait.high for wait in longest]
    return Finding(
        case=case,
        measure="waiting_total_months",
        value=value,
        unit=MONTHS,
        low=round(sum(low or 0.0 for low in lows), 1),
        high=None if None in highs else round(sum(high or 0.0 for high in highs), 1),
        certain=all(wait.certain for wait in longest),
        words=", ".join(things),
    )


def _changes(case: str, code: str, codings: Sequence[Coding]) -> tuple[list[Finding], list[Finding]]:
    """Return the counted changes of a code, of the course and before it, and what its sentences state."""
    history = _sentences(code, (each for each in codings if each.before or tells_history(each.sentence)))
    course = _sentences(code, (each for each in codings if each.segment not in history))
    before = max((stated.number + 1 for told in history.values() for stated in told.stated), default=0)
    counted = []
    details = []
    for name, sentences, earlier in (
        (CHANGE_MEASURES[code], course, before),
        (f"{CHANGE_MEASURES[code]}_before", history, 0),
    ):
        if sentences:
            counted.append(_count(case, name, sentences, earlier))
        details += [
            _change_finding(case, f"stated_{name}", segment, stated)
            for segment, told in sentences.items()
            for stated in told.stated
        ]
    return counted, details


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence coded as a change: itself, the words that were coded, and the numbers it states."""

    sentence: str
    quote: str
    stated: tuple[StatedChanges, ...]


def _sentences(code: str, codings: Iterable[Coding]) -> dict[str, _Told]:
    """Return the sentence of each segment and the numbers it states."""
    return {
        segment: _Told(given[0].sentence, given[0].quote, read_changes(given[0].sentence, code))
        for segment, given in _segments(codings).items()
    }


def _change_finding(case: str, measure: str, segment: str, stated: StatedChanges) -> Finding:
    high = float(stated.number) if stated.basis is Basis.TIMES else None
    return Finding(
        case, measure, stated.number, CHANGES, stated.number, high, not stated.uncertain, segment, stated.words
    )


def _count(case: str, measure: str, sentences: dict[str, _Told], before: int) -> Finding:
    """Return how many changes sentences tell of: the largest number stated, or one a sentence, whichever is more.

    Args:
        case: Id of the case.
        measure: Name of the measure.
        sentences: The sentences by segment, with what they state.
        before: How many people there were before the course, 0 where nothing says; a caseworker told to be the
            eighth after seven before the course is one change.
    """
    best: Finding | None = None
    for segment, told in sentences.items():
        for stated in told.stated:
            finding = _change_finding(case, measure, segment, stated)
            if stated.basis is Basis.ORDINAL and 0 < before <= stated.number:
                number = stated.number + 1 - before
                finding = Finding(case, measure, number, CHANGES, 1, None, False, segment, stated.words)
            if best is None or (finding.value, finding.certain) > (best.value, best.certain):
                best = finding
    events = [key for key, told in sentences.items() if tells_of_a_change(told.sentence)]
    if best is not None and best.value >= len(events):
        return best
    segments = events or list(sentences)[:1]
    segment = segments[0] if len(segments) == 1 else ""
    words = sentences[segment].quote if segment else ""
    return Finding(case, measure, len(segments), CHANGES, 1, None, len(events) == 1, segment, words)
