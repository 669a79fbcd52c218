"""How often staff changed in a case, during the course and before it, by what its sentences state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.codings import Coding, by_segment
from pipeline.patterns.findings import CHANGES, Finding
from pipeline.patterns.staff import (
    CHANGE_CODES,
    Basis,
    StatedChanges,
    read_changes,
    tells_history,
    tells_of_a_change,
)

CHANGE_MEASURES = {code: f"{code.removeprefix('change.')}_changes" for code in CHANGE_CODES}
"""The measure that each code of a change is counted in."""


def count_changes(case: str, code: str, codings: Sequence[Coding]) -> tuple[list[Finding], list[Finding]]:
    """Return the counted changes of a code, of the course and before it, and what its sentences state.

    Args:
        case: Id of the case.
        code: The core code of the change.
        codings: Its codings in the case, in the order of the text.
    """
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
        for segment, given in by_segment(codings).items()
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
