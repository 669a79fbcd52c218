"""Numbers that leave their unit out and take the one told before: *sat til 26 uger og tog 41*."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from pipeline.language.bounds import bound_before
from pipeline.language.data import read_data
from pipeline.language.durations import Duration, Use, built
from pipeline.language.quantities import Token, read_quantity, text_at, tokens_of

_TIME: dict[str, Any] = read_data("time")
_UNITS: dict[str, float] = {form: float(unit["days"]) for unit in _TIME["units"].values() for form in unit["forms"]}
_ELLIPTIC: dict[str, Any] = _TIME["elliptic"]
_TURNS: dict[str, frozenset[str]] = {link: frozenset(verbs) for link, verbs in _ELLIPTIC["turns"].items()}
_ALONE, _REACHED = frozenset(_ELLIPTIC["alone"]), frozenset(_ELLIPTIC["reached"])
_FILLERS, _ENDS = frozenset(_ELLIPTIC["fillers"]), frozenset(_ELLIPTIC["ends"])
_ARTICLES = frozenset(_TIME["articles"])
_SHORT_FORM = 3


class Outcome(StrEnum):
    """What the words before a number make of it."""

    TURN = "turn"
    """How it went in the end, other than a number before: *blev til*, *endte på*."""
    REACHED = "reached"
    """How long it took: *tog*, *ventede*, *besked efter*."""


def outcome_before(tokens: Sequence[Token], first: int) -> Outcome | None:
    """Say what the words before a number make of it: *blev det til*, *endte på*, *i praksis*, *tog*.

    Args:
        tokens: The tokens of a text.
        first: Index of the number's first token.
    """
    _, begin = bound_before(tokens, first)
    at = _past_fillers(tokens, begin - 1)
    link = text_at(tokens, at)
    if link in _TURNS and text_at(tokens, _past_fillers(tokens, at - 1)) in _TURNS[link]:
        return Outcome.TURN
    if link in _ALONE:
        return Outcome.TURN
    if link in _REACHED:
        turn = text_at(tokens, at - 1) == "at" and text_at(tokens, at - 2) in _TURNS
        return Outcome.TURN if turn else Outcome.REACHED
    return None


def read_elliptic(text: str, durations: Sequence[Duration]) -> tuple[Duration, ...]:
    """Read the numbers without a unit that tell how long it was in the end, in the unit told before them.

    Args:
        text: The text.
        durations: What ``read_durations`` found in it.
    """
    if not durations:
        return ()
    tokens = tokens_of(text)
    found: list[Duration] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        told = [each for each in durations if each.end <= token.start]
        taken = any(each.start <= token.start < each.end for each in durations)
        quantity = None if taken or not told or token.text in _ARTICLES else read_quantity(tokens, place)
        if quantity is None or not quantity.low or not quantity.high or text_at(tokens, quantity.after) not in _ENDS:
            place += 1
            continue
        days = _days_of_unit(told[-1].words)
        outcome = outcome_before(tokens, place)
        if days is not None and (outcome is not None or _is_from_to(tokens, told[-1], place)):
            whole = quantity._replace(low=quantity.low * days, high=quantity.high * days)
            found.append(replace(built(text, tokens, whole, quantity.after, years=False), use=Use.STRETCH))
        place = quantity.after
    return tuple(found)


def _is_from_to(tokens: Sequence[Token], told: Duration, place: int) -> bool:
    """Say whether a number follows *fra* and a length: *fra ti måneder til fire*."""
    if text_at(tokens, place - 1) != "til" or tokens[place - 2].end != told.end:
        return False
    return any(
        token.text == "fra" and tokens[number + 1].start == told.start for number, token in enumerate(tokens[:-1])
    )


def _days_of_unit(words: str) -> float | None:
    """Return the days of the unit that ends a duration's words; in *tremåneders* it is the end of the word."""
    for token in reversed(tokens_of(words)):
        for unit, days in _UNITS.items():
            if token.text == unit or (len(unit) > _SHORT_FORM and token.text.endswith(unit)):
                return days
    return None


def _past_fillers(tokens: Sequence[Token], at: int) -> int:
    while text_at(tokens, at) in _FILLERS:
        at -= 1
    return at
