"""The waits that a case states: every one, the longest, and the longest for each thing added up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import DateMention, read_dates
from pipeline.language.durations import Duration
from pipeline.model.cases import Case, Cluster
from pipeline.model.codings import Coding, Subject, by_segment
from pipeline.patterns.findings import MONTHS, Finding
from pipeline.patterns.waited_things import thing_told_of, thing_waited_for
from pipeline.patterns.waits import is_told_plainly, read_waits

WAITING_CODES = ("waiting.", "absence.")
"""How the ids of the codes begin whose sentences waits are read from."""

_NEAR = 400
"""Characters back that a stretch *til marts* may begin at."""

_DOUBTFUL = 0.5
"""A coding less probable than this makes no certain wait, unless the sentence tells what was asked for or promised."""

_SURE = 0.8
"""A coding as probable as this says that a leave is staff's, also where the sentence gives only a name."""

_ABSENCE = "absence."


def stated_waits(case: Case, codings: Sequence[Coding]) -> list[tuple[Finding, str]]:
    """Return the waits that sentences state, each with what is waited for.

    What the coder finds improbable, or finds told of the family of a single citizen, is uncertain however plain the
    words are.

    Args:
        case: The case.
        codings: Its codings that count and that waits are read from, in the order of the text.
    """
    if not codings:
        return []
    written = next(iter(read_dates(case.attributes.date)), None)
    dates = resolve_dates(read_dates(case.text), written=written)
    single = case.attributes.cluster in (Cluster.ADULT, Cluster.YOUTH)
    found: list[tuple[Finding, str]] = []
    last = (-_NEAR, "")
    for segment, given in by_segment(codings).items():
        sentence = given[0].sentence
        start = case.text.rfind(sentence, 0, given[0].start + len(sentence))
        inside, earlier = _dates_of(sentence, start, dates)
        before = all(each.before for each in given)
        near = last[1] if 0 <= start - last[0] <= _NEAR else ""
        away = any(each.code.startswith(_ABSENCE) and each.confidence >= _SURE for each in given)
        read = read_waits(sentence, inside, before=earlier, written=written, relatives=single, away=away)
        waits = [each for each in read if each.months is not None]
        things = [thing_waited_for(sentence, each.start, each.end, last=near) for each in waits]
        told = things[-1] if things else thing_told_of(sentence, last=near)
        if told:
            last = (start + len(sentence), told)
        doubtful = max(each.confidence for each in given) < _DOUBTFUL and not is_told_plainly(sentence)
        doubtful = doubtful or (single and all(each.subject is Subject.FAMILY for each in given))
        found += [
            (_wait_finding(case.id, segment, wait, before=before, doubtful=doubtful), thing)
            for wait, thing in zip(waits, things, strict=True)
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


def _wait_finding(case: str, segment: str, wait: Duration, *, before: bool, doubtful: bool) -> Finding:
    assert wait.months is not None
    return Finding(
        case=case,
        measure="stated_wait_before" if before else "stated_wait",
        value=round(wait.months, 1),
        unit=MONTHS,
        low=None if wait.low is None else round(wait.low, 1),
        high=None if wait.high is None else round(wait.high, 1),
        certain=not (wait.uncertain or doubtful),
        segment=segment,
        words=wait.words,
    )


def longest_wait(waits: Sequence[tuple[Finding, str]]) -> Finding | None:
    """Return the longest certain wait of the course, or the longest uncertain one where none is certain.

    Args:
        waits: What ``stated_waits`` returns.
    """
    during = [each for each, _ in waits if each.measure == "stated_wait"]
    best = max(during, key=lambda each: (each.certain, each.value), default=None)
    return None if best is None else replace(best, measure="waiting_months")


def total_wait(case: str, waits: Sequence[tuple[Finding, str]]) -> Finding | None:
    """Add up the longest wait for each thing; a thing that no sentence names is left out.

    Args:
        case: Id of the case.
        waits: What ``stated_waits`` returns.
    """
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
        segments=tuple(dict.fromkeys(wait.segment for wait in longest)),
    )
