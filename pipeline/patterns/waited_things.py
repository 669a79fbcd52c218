"""What a wait is for: the thing that its sentence names, or the one the story is still about."""

from collections.abc import Sequence
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.words import word_spans, words_of
from pipeline.model.codes import Label

_DATA: dict[str, Any] = read_data("things")
_THINGS: dict[str, Any] = _DATA["things"]
_STEMS = tuple((thing, tuple(told["stems"])) for thing, told in _THINGS.items())
_PARTS = tuple((thing, tuple(told["parts"])) for thing, told in _THINGS.items() if "parts" in told)
_WHOLE = {word: thing for thing, told in _THINGS.items() for word in told.get("words", ())}
_STANDS_FOR = {thing: frozenset(told.get("stands_for", ())) for thing, told in _THINGS.items()}
_NOT_PARTS: tuple[str, ...] = tuple(_DATA["not_parts"])
_RANK = {thing: rank for rank, thing in enumerate(_THINGS)}
_NOT_AFTER: dict[str, list[str]] = _DATA["not_after"]
_PREPOSITIONS, _NO_THINGS = frozenset(_DATA["prepositions"]), frozenset(_DATA["no_things"])
_GOES_ON, _PARTS_FROM = frozenset(_DATA["goes_on"]), frozenset(_DATA["parts_from"])
_GOES_ON_PHRASES = frozenset(tuple(phrase.split()) for phrase in _DATA["goes_on_phrases"])
_WAITING: tuple[str, ...] = tuple(_DATA["waiting"])
_REACH = 5
"""Words from one that waits to its preposition, and from that to the thing: *på en ny og større lejlighed*."""
_OPENING = 2
"""Words before a length that opens its sentence: *i alt tretten måneder*."""

THING_LABELS = {thing: Label(told["da"], told["en"]) for thing, told in _THINGS.items()}
"""What things are called, by their names."""


def thing_waited_for(sentence: str, start: int, end: int, *, last: str = "") -> str:
    """Return what a wait is for; empty where nothing says.

    What stands after a word of waiting and a preposition goes first (*ventede i ni måneder på en lejlighed*), then what
    is named within the wait or nearest before it, then what is named after it. A sentence that names nothing of its own
    goes on about the thing told last, if it opens as such sentences do (*Så gik der endnu tre måneder*) and does not
    say that something else was waited for (*Så ventede hun to år på en hund*).

    Args:
        sentence: The sentence.
        start: Where the wait's words begin in it, in code points.
        end: Where they end, exclusive.
        last: The thing told last before the sentence, empty where it is too far away.
    """
    words, spans = words_of(sentence), word_spans(sentence)
    first = next((number for number, span in enumerate(spans) if span[1] > start), len(words))
    after = next((number for number, span in enumerate(spans) if span[0] >= end), len(words))
    named = _named(words)
    leads = _leads_to(words, first, after)
    found = _reached(named, leads) or _nearest(named, words, after)
    if found:
        return last if last in _STANDS_FOR[found] else found
    return last if leads is None and _goes_on(words, first) else ""


def thing_told_of(sentence: str, *, last: str = "") -> str:
    """Return what the story is about after a sentence that states no length of a wait; empty where nothing says.

    What it leads to (*henvist til smerteklinikken*) takes the place of the thing told last, and what it only names
    (*han var i praktik imens*) does not.

    Args:
        sentence: The sentence.
        last: The thing told last before it, empty where it is too far away.
    """
    words = words_of(sentence)
    named = _named(words)
    return _reached(named, _leads_to(words, len(words), len(words))) or last or _nearest(named, words, len(words))


def _named(words: Sequence[str]) -> dict[int, str]:
    """Return the things that words name, by their places; of two side by side the more exact one is both."""
    found = {place: thing for place in range(len(words)) if (thing := _thing_at(words, place))}
    for place in sorted(found):
        if place - 1 in found:
            found[place - 1] = found[place] = min(found[place - 1], found[place], key=_RANK.__getitem__)
    return found


def _thing_at(words: Sequence[str], place: int) -> str:
    word = words[place]
    if place and words[place - 1] in _NOT_AFTER.get(word, ()):
        return ""
    if word in _WHOLE:
        return _WHOLE[word]
    if not word.startswith(_NOT_PARTS):
        part = next((thing for thing, parts in _PARTS if any(each in word for each in parts)), "")
        if part:
            return part
    return next((thing for thing, stems in _STEMS if word.startswith(stems)), "")


def _leads_to(words: Sequence[str], first: int, after: int) -> int | None:
    """Return the place of the preposition that leads from a word of waiting to what is waited for, None for none.

    The wait itself may stand between: *ventede i ni måneder på en lejlighed*, *ni måneders kø til en lejlighed*.
    """
    for place, word in enumerate(words):
        if not word.startswith(_WAITING) or first <= place < after:
            continue
        reach = place + 1 + _REACH + (after - first if place < first else 0)
        for at in range(place + 1, min(reach, len(words) - 1)):
            if words[at] in _PREPOSITIONS and not first - 1 <= at < after and words[at + 1] not in _NO_THINGS:
                return at
    return None


def _reached(named: dict[int, str], leads: int | None) -> str:
    """Return the thing that a preposition leads to, empty for none."""
    if leads is None:
        return ""
    return next((named[place] for place in range(leads + 1, leads + 1 + _REACH) if place in named), "")


def _nearest(named: dict[int, str], words: Sequence[str], after: int) -> str:
    """Return the thing named within a wait or nearest before it; else after it, before something else is told."""
    before = [place for place in named if place < after]
    if before:
        return named[max(before)]
    end = next((place for place in range(after, len(words)) if words[place] in _PARTS_FROM), len(words))
    return next((named[place] for place in sorted(named) if place < end), "")


def _goes_on(words: Sequence[str], first: int) -> bool:
    """Say whether a sentence opens as one that goes on about the same thing."""
    return first < _OPENING or tuple(words[:2]) in _GOES_ON_PHRASES or (bool(words) and words[0] in _GOES_ON)
