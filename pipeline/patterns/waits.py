"""Waits that a sentence coded as waiting or absence states, in months, and what is waited for."""

from collections.abc import Sequence
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.dates import DateMention
from pipeline.language.durations import Duration, Use, read_durations
from pipeline.language.spans import read_spans
from pipeline.language.words import fold, words_of

_WAITS: dict[str, Any] = read_data("waits")
_AFTER: tuple[str, ...] = tuple(_WAITS["after"])
_BEFORE: tuple[str, ...] = tuple(_WAITS["before"])
_REACH_AFTER: int = _WAITS["reach_after"]
_REACH_BEFORE: int = _WAITS["reach_before"]
_STATES = frozenset(_WAITS["states"])
_LEFT = frozenset(_WAITS["left"])
_REACH_STATES: int = _WAITS["reach_states"]
_THINGS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (thing, tuple(stems)) for thing, stems in _WAITS["things"].items()
)
_LONGEST = 60.0
"""More months than this in a sentence about waiting tell of a life and not of a wait."""
_LONGEST_RUNNING = 12.0
_DEADLINES = ("inden for", "højst", "højest", "maks", "max")


def read_waits(
    sentence: str,
    dates: Sequence[DateMention] = (),
    *,
    before: DateMention | None = None,
    written: DateMention | None = None,
) -> tuple[Duration, ...]:
    """Read the waits that a sentence about waiting states, in order.

    A length in so many words goes before one that follows from dates. Left out are lengths that measure something
    else: a demand (*stoffri i tre måneder*), a measure (*tre måneders praktik*), what the law says, a point in the past
    (*for to år siden*) and the time in which things were counted (*tre møder på et år*).

    Args:
        sentence: The sentence.
        dates: Its dates, resolved, with places in this sentence.
        before: The date told last before the sentence.
        written: When the case was written.
    """
    stated = tuple(each for each in read_durations(sentence) if _is_wait(sentence, each))
    if any(each.months is not None for each in stated):
        return stated
    spans = read_spans(sentence, dates, before=before, written=written)
    return tuple(each for each in spans if _is_wait(sentence, each)) or stated


def _is_wait(sentence: str, duration: Duration) -> bool:
    """Say whether a stretch of time in a sentence about waiting is the wait."""
    months = duration.months or 0.0
    if duration.use in (Use.AGO, Use.WINDOW) or months > _LONGEST:
        return False
    if duration.use is Use.RUNNING and months > _LONGEST_RUNNING:
        return False
    before = words_of(sentence[: duration.start])
    if any(word in _STATES for word in before[-_REACH_STATES:]):
        return False
    if duration.use is Use.SPAN:
        return True
    if before[-1:] == ["efter"] and _LEFT.intersection(before[-_REACH_BEFORE:]):
        return False
    rest = fold(sentence[duration.end :])
    if rest.startswith(" før") or fold(duration.words).startswith(_DEADLINES):
        return False
    after = words_of(rest)[:_REACH_AFTER]
    return not any(word.startswith(_AFTER) for word in after) and not any(
        word in _BEFORE for word in before[-_REACH_BEFORE:]
    )


def waited_for(sentence: str) -> str:
    """Return what a sentence says is waited for, by its first word that names a thing; empty where none does.

    Args:
        sentence: The sentence.
    """
    for word in words_of(fold(sentence)):
        for thing, stems in _THINGS:
            if word.startswith(stems):
                return thing
    return ""
