"""Changes of caseworker, support and placement that a sentence states: two times, the fourth, three mentors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Token, read_quantity, text_at, tokens_of
from pipeline.language.words import fold, words_of

_STAFF: dict[str, Any] = read_data("staff")
_ROLES: dict[str, tuple[str, ...]] = {code: tuple(stems) for code, stems in _STAFF["roles"].items()}
_PREDECESSORS: tuple[str, ...] = tuple(_STAFF["predecessors"])
_ORDINALS: dict[str, int] = _STAFF["ordinals"]
_SECOND, _NUMBER_WORDS, _TIMES = (frozenset(_STAFF[name]) for name in ("second", "number_words", "times"))
_ADJECTIVES, _NOT_NOUNS = frozenset(_STAFF["adjectives"]), frozenset(_STAFF["not_nouns"])
_AFTER_ORDINAL, _BEFORE_ORDINAL = frozenset(_STAFF["after_ordinal"]), frozenset(_STAFF["before_ordinal"])
_CHANGE: tuple[str, ...] = tuple(_STAFF["change_verbs"])
_CONSEQUENCES: tuple[str, ...] = tuple(_STAFF["consequences"])
_HISTORY: tuple[str, ...] = tuple(_STAFF["history"])
_NOT_ROLES: dict[str, list[str]] = _STAFF["not_roles"]
_TO_COME, _LAW = frozenset(_STAFF["to_come"]), frozenset(_STAFF["law"])
_MOST: int = _STAFF["most"]
_REACH = 7

_PEOPLE = ("change.caseworker", "change.support")
CHANGE_CODES = tuple(_ROLES)
"""The codes whose sentences are counted as changes."""


class Basis(StrEnum):
    """What a number of changes is taken from."""

    TIMES = "times"
    """*Skiftede to gange*, *tre sagsbehandlerskift*: the number itself."""
    PERSONS = "persons"
    """*Fem rådgivere på tre år*: one less, at least."""
    ORDINAL = "ordinal"
    """*Den fjerde*, *nr. 4*: one less, at least."""


@dataclass(frozen=True, slots=True)
class StatedChanges:
    """A number of changes that a sentence states.

    Attributes:
        number: Changes so far.
        basis: What it is taken from.
        uncertain: True for vague numbers, and for what is counted *siden* something, maybe before the course.
        start: Where its words begin in the sentence, in code points.
        end: Where they end, exclusive.
        words: The words from start to end.
    """

    number: int
    basis: Basis
    uncertain: bool
    start: int
    end: int
    words: str


def read_changes(sentence: str, code: str) -> tuple[StatedChanges, ...]:
    """Read the numbers of changes that a sentence states, in order; empty where it tells of a change without a number.

    Args:
        sentence: A sentence coded as a change.
        code: The code, one of ``CHANGE_CODES``: it decides whose changes are counted.
    """
    tokens = tokens_of(sentence)
    words = frozenset(token.text for token in tokens)
    if words & _TO_COME:
        return ()
    roles = _ROLES[code]
    others = _of_others(words, code)
    found: list[StatedChanges] = []
    place = 0
    while place < len(tokens):
        hit = _times(tokens, place) or _persons(tokens, place, roles) or _ordinal(tokens, place, roles)
        if hit is None:
            place += 1
            continue
        number, basis, vague, after = hit
        if (basis is not Basis.PERSONS and others) or (tokens[place].text in _NUMBER_WORDS and words & _LAW):
            place = after
            continue
        start, end = tokens[place].start, tokens[after - 1].end
        vague = vague or (basis is not Basis.TIMES and text_at(tokens, after) == "siden")
        if 0 < number <= _MOST:
            found.append(StatedChanges(number, basis, vague, start, end, sentence[start:end]))
        place = after
    return tuple(found)


def tells_history(sentence: str) -> bool:
    """Say whether a sentence names the time before the course: *før projektet*, *som barn*.

    Args:
        sentence: The sentence.
    """
    words = fold(sentence)
    return any(phrase in words for phrase in _HISTORY)


def tells_of_a_change(sentence: str) -> bool:
    """Say whether a sentence tells that somebody changed, and not only what that does, or that it may come.

    Args:
        sentence: A sentence coded as a change; *hun måtte begynde forfra* and *en eventuel femte* tell of none.
    """
    words = fold(sentence)
    return not any(phrase in words for phrase in _CONSEQUENCES) and not _TO_COME.intersection(words_of(sentence))


def _of_others(words: Iterable[str], code: str) -> bool:
    """Say whether a sentence names the people of the other of caseworker and support, and none of this code's."""
    if code not in _PEOPLE:
        return False
    named = {each for each in _PEOPLE for word in words if _names(word, each)}
    return bool(named) and code not in named


def _names(word: str, code: str) -> bool:
    foreign = _NOT_ROLES.get(_ROLES[code][0], ())
    return any(role in word for role in _ROLES[code]) and not any(other in word for other in foreign)


_Hit = tuple[int, Basis, bool, int]


def _times(tokens: Sequence[Token], place: int) -> _Hit | None:
    """Read *to gange* after a word of change, or *tre sagsbehandlerskift*."""
    quantity = read_quantity(tokens, place)
    if quantity is None or quantity.high is None:
        return None
    after = quantity.after
    if text_at(tokens, after) in _TIMES:
        before = (token.text for token in tokens[max(0, place - _REACH) : place])
        beyond = (token.text for token in tokens[after + 1 : after + 3])
        changed = any(word.startswith(_CHANGE) for word in before) or any(word.startswith(_CHANGE) for word in beyond)
        return (int(quantity.high), Basis.TIMES, quantity.vague, after + 1) if changed else None
    after += text_at(tokens, after) in _ADJECTIVES
    word = text_at(tokens, after)
    if "skift" in word and word not in _NOT_NOUNS and not word.startswith("skifte"):
        return int(quantity.high), Basis.TIMES, quantity.vague, after + 1
    return None


def _persons(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> _Hit | None:
    """Read *tre forskellige mentorer*, also added up: *tre plejefamilier og et opholdssted*."""
    quantity = read_quantity(tokens, place)
    if quantity is None or quantity.high is None or quantity.high < 2 or quantity.high != int(quantity.high):
        return None
    after = _past_role(tokens, quantity.after, roles)
    if after is None:
        return None
    number, vague = int(quantity.high), quantity.vague
    predecessors = text_at(tokens, after - 1).startswith(_PREDECESSORS)
    if text_at(tokens, after) == "og":
        more = read_quantity(tokens, after + 1 + (text_at(tokens, after + 1) == "på"))
        beyond = None if more is None else _past_role(tokens, more.after, roles)
        if more is not None and more.high is not None and beyond is not None:
            number, vague, after = number + int(more.high), vague or more.vague, beyond
    return number - (not predecessors), Basis.PERSONS, vague, after


def _past_role(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> int | None:
    """Return the place after a role with up to two adjectives before it, or None."""
    for _ in range(2):
        place += text_at(tokens, place) in _ADJECTIVES
    return place + 1 if _is_role(text_at(tokens, place), roles) else None


def _is_role(word: str, roles: tuple[str, ...]) -> bool:
    """Say whether a word is a role or a compound that ends in one: *familierådgivere*, *ungdomskontaktperson*."""
    if any(other in word for other in _NOT_ROLES.get(roles[0], ())):
        return False
    return any(role in word[-len(role) - 4 :] if len(role) > 3 else word.startswith(role) for role in roles)


def _ordinal(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> _Hit | None:
    """Read *den fjerde*, *tredje rådgiver*, *4. sagsbehandler*, *nr. 4*."""
    word = text_at(tokens, place)
    if word in _NUMBER_WORDS:
        at = place + 1 + (text_at(tokens, place + 1) == ".")
        quantity = read_quantity(tokens, at)
        if quantity is None or quantity.high is None or quantity.low != quantity.high or quantity.high < 2:
            return None
        return int(quantity.high) - 1, Basis.ORDINAL, False, quantity.after
    if word in _SECOND and text_at(tokens, place - 1) == "den":
        after = _past_role(tokens, place + 1, roles)
        return None if after is None else (1, Basis.ORDINAL, False, after)
    if word.isdigit() and text_at(tokens, place + 1) == ".":
        after = _past_role(tokens, place + 2, roles)
        return None if after is None else (int(word) - 1, Basis.ORDINAL, False, after)
    if word not in _ORDINALS:
        return None
    after = _past_role(tokens, place + 1, roles)
    if after is not None:
        return _ORDINALS[word] - 1, Basis.ORDINAL, False, after
    if text_at(tokens, place - 1) in _BEFORE_ORDINAL and text_at(tokens, place + 1) in _AFTER_ORDINAL:
        return _ORDINALS[word] - 1, Basis.ORDINAL, False, place + 1
    return None
