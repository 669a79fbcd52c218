"""What words around a number say of how near the truth it is: *over*, *knap*, *ca.*, *eller mere*."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Token, text_at

_TIME: dict[str, Any] = read_data("time")
_SHORT = frozenset({"ca", "min", "max", "maks"})
"""Bounds that may end in a full stop."""

_PHRASES: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    sorted(
        ((tuple(phrase.split()), bound) for bound, phrases in _TIME["bounds"].items() for phrase in phrases),
        key=lambda item: -len(item[0]),
    )
)
_PHRASES_AFTER: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    (tuple(phrase.split()), bound) for bound, phrases in _TIME["bounds_after"].items() for phrase in phrases
)


class Bound(StrEnum):
    """How near the truth a stated length is."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    """*over*, *mindst*, and *godt*: a little more."""
    AT_MOST = "at_most"
    """*op til*, *højst*, and *knap*: a little less."""
    RANGE = "range"


def bound_before(tokens: Sequence[Token], first: int) -> tuple[Bound, int]:
    """Return the bound that stands before a token, and where its words begin."""
    at = first - (text_at(tokens, first - 1) == "." and text_at(tokens, first - 2) in _SHORT)
    for phrase, bound in _PHRASES:
        begin = at - len(phrase)
        if begin >= 0 and all(tokens[begin + step].text == word for step, word in enumerate(phrase)):
            return Bound(bound), first if bound == Bound.EXACT else begin
    return Bound.EXACT, first


def bound_after(tokens: Sequence[Token], after: int) -> tuple[Bound | None, int]:
    """Return the bound that stands after a unit, and where its words end."""
    for phrase, bound in _PHRASES_AFTER:
        if all(text_at(tokens, after + step) == word for step, word in enumerate(phrase)):
            return Bound(bound), after + len(phrase)
    return None, after
