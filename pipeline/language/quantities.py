"""Danish quantities in running text: numbers with halves, ranges and vague words, token by token."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.language.data import read_data
from pipeline.language.numbers import number_of
from pipeline.language.words import fold

_TOKEN = re.compile(
    r"\d{1,3}(?:\.\d{3})+(?![\d,])|\d+(?:,\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?|\S",
)
_DIGITS = re.compile(r"\d[\d.]*(?:,\d+)?")
_TIME: dict[str, Any] = read_data("time")
_ARTICLES = frozenset(_TIME["articles"])
_HALVES = frozenset(_TIME["halves"])
_SCORES: dict[str, int] = _TIME["snes"]
_VAGUE = frozenset(_TIME["vague_numbers"])
_ARTICLE_BOUNDS: dict[str, str] = _TIME["article_bounds"]
_DASHES = frozenset("-–—")
_HALF_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_MOST = 999.0
"""A number above this counts kroner and not time or people; years stay dates."""


class Token(NamedTuple):
    """A word, number or mark of a text, folded, with its place in code points."""

    text: str
    start: int
    end: int


class Quantity(NamedTuple):
    """A number as a text states it.

    Attributes:
        low: The least it can be, None where only a vague word stands.
        high: The most it can be, None where only a vague word stands.
        first: Index of its first token.
        after: Index of the token after it.
        vague: True for *et par*, *flere* and the like.
        bound: ``at_least`` or ``at_most`` where an adjective gives one (*et godt år*), else empty.
    """

    low: float | None
    high: float | None
    first: int
    after: int
    vague: bool = False
    bound: str = ""


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the folded words, numbers and marks of a text, in order; a number keeps its decimals and thousands."""
    return tuple([Token(match[0], *match.span()) for match in _TOKEN.finditer(fold(text))])


def text_at(tokens: Sequence[Token], place: int) -> str:
    """Return the folded text of a token, empty outside the text."""
    return tokens[place].text if 0 <= place < len(tokens) else ""


def read_quantity(tokens: Sequence[Token], first: int) -> Quantity | None:
    """Read the quantity that begins at a token, or None.

    *tre*, *4-5*, *fire til fem*, *mellem to og tre*, *to tre*, *2½*, *tre en halv*, *halvandet*, *et par*, *flere*;
    an article counts as one, so the caller must want what follows it to be a unit or a person.

    Args:
        tokens: The tokens of a text.
        first: Index of the token to begin at.
    """
    if text_at(tokens, first) == "mellem":
        low = _single(tokens, first + 1)
        if low is None or text_at(tokens, low.after) != "og":
            return None
        high = _single(tokens, low.after + 1)
        return None if high is None else _joined(low, high, first)
    found = _single(tokens, first)
    if found is None or found.low is None or found.vague:
        return found
    link = text_at(tokens, found.after)
    if link in _DASHES or link in ("til", "eller", "à"):
        other = _single(tokens, found.after + 1)
    elif link == ",":
        other = _next_up(found, _single(tokens, found.after + 1))
    else:
        other = _next_up(found, _single(tokens, found.after))
    return (other and _joined(found, other, first)) or found


def _next_up(low: Quantity, high: Quantity | None) -> Quantity | None:
    """Keep the second of two numbers side by side only where it is one more than the first: *fem seks uger*."""
    return high if high and high.high is not None and low.high is not None and high.high == low.high + 1 else None


def _joined(low: Quantity, high: Quantity, first: int) -> Quantity | None:
    if low.low is None or high.high is None or high.high <= low.low:
        return None
    return Quantity(low.low, high.high, first, high.after, low.vague or high.vague)


def _single(tokens: Sequence[Token], first: int) -> Quantity | None:
    """Read one number, without a range."""
    word = text_at(tokens, first)
    if not word:
        return None
    if word in _VAGUE:
        return Quantity(None, None, first, first + 1, vague=True)
    if word == "par":
        return Quantity(2, 3, first, first + 1, vague=True)
    if word == "trekvart":
        return Quantity(0.75, 0.75, first, first + 1)
    if _DIGITS.fullmatch(word):
        return _from_digits(tokens, first)
    if word in _HALF_SIGNS:
        return Quantity(_HALF_SIGNS[word], _HALF_SIGNS[word], first, first + 1)
    if word in _ARTICLES:
        return _after_article(tokens, first)
    value = number_of(word)
    if value is None or value > _MOST:
        return None
    return _and_a_half(tokens, first, first + 1, value)


def _from_digits(tokens: Sequence[Token], first: int) -> Quantity | None:
    value = number_of(tokens[first].text)
    if value is None or value > _MOST:
        return None
    after = first + 1
    beside = text_at(tokens, after)
    if beside in _HALF_SIGNS:
        value, after = value + _HALF_SIGNS[beside], after + 1
    elif value == 1 and beside == "/" and text_at(tokens, after + 1) == "2":
        value, after = 0.5, after + 2
    elif beside == "1" and text_at(tokens, after + 1) == "/" and text_at(tokens, after + 2) == "2":
        value, after = value + 0.5, after + 3
    return _and_a_half(tokens, first, after, value)


def _after_article(tokens: Sequence[Token], first: int) -> Quantity:
    """Read what an article begins: *en*, *et halvt*, *et kvart*, *et godt halvt*, *et par*, *en snes*, *et dusin*."""
    after = first + 1
    bound = ""
    if text_at(tokens, after) in _ARTICLE_BOUNDS:
        bound = _ARTICLE_BOUNDS[text_at(tokens, after)]
        after += 1
    word = text_at(tokens, after)
    if word == "kvart":
        return Quantity(0.25, 0.25, first, after + 1, bound=bound)
    if word in _HALVES:
        if text_at(tokens, after + 1) == "snes":
            return Quantity(10, 10, first, after + 2, vague=True)
        return Quantity(0.5, 0.5, first, after + 1, bound=bound)
    if word == "par":
        return Quantity(2, 3, first, after + 1, vague=True, bound=bound)
    if word in _SCORES:
        return Quantity(_SCORES[word], _SCORES[word], first, after + 1, vague=True, bound=bound)
    number = number_of(word) if word and word not in _ARTICLES else None
    if number is not None and number == int(number) and 2 <= number <= _MOST and not bound:
        return _and_a_half(tokens, first, after + 1, number)
    return _and_a_half(tokens, first, after, 1.0)._replace(bound=bound)


def _and_a_half(tokens: Sequence[Token], first: int, after: int, value: float) -> Quantity:
    """Add *og en halv*, *en halv* or *et halvt* where it follows a whole number."""
    if value == int(value):
        at = after + (text_at(tokens, after) == "og")
        if text_at(tokens, at) in _ARTICLES and text_at(tokens, at + 1) in _HALVES:
            return Quantity(value + 0.5, value + 0.5, first, at + 2)
        if at > after and text_at(tokens, at) in _HALVES:
            return Quantity(value + 0.5, value + 0.5, first, at + 1)
    return Quantity(value, value, first, after)
