"""Stretches of time in Danish text: how long, how surely, and what the stretch is said to be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.language.ages import is_age
from pipeline.language.bounds import Bound, bound_after, bound_before
from pipeline.language.data import read_data
from pipeline.language.frequencies import is_frequency, is_lone_day
from pipeline.language.numbers import number_of
from pipeline.language.quantities import Quantity, Token, read_quantity, text_at, tokens_of

DAYS_IN_MONTH = 365.25 / 12
"""Days in a month: a twelfth of a Julian year."""

_TIME: dict[str, Any] = read_data("time")
_UNITS: dict[str, float] = {form: float(unit["days"]) for unit in _TIME["units"].values() for form in unit["forms"]}
_YEARS = frozenset(_TIME["units"]["year"]["forms"])
_GENITIVES = tuple(form for form in ("måneders", "måneds", "ugers", "uges", "dages", "års"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_TIME[name])


_VAGUE_WORDS, _ADJECTIVES, _DEFINITES = _words("vague_words"), _words("adjectives"), _words("definites")
_DEFINITE_ADJECTIVES, _HALVES = _words("definite_adjectives"), _words("halves")
_WINDOW_NOUNS = _words("window_nouns")
_ORDINALS: dict[str, int] = _TIME["doses"]


class Use(StrEnum):
    """What a stretch of time is said to be."""

    STRETCH = "stretch"
    """Something lasted so long."""
    AGO = "ago"
    """A point so long back: *for to år siden*."""
    AHEAD = "ahead"
    """A point so far ahead: *om fire uger*."""
    WINDOW = "window"
    """The time in which other things were counted: *fem rådgivere på tre år*."""
    RUNNING = "running"
    """In its fifth month and not through it: *på femte måned*."""
    SPAN = "span"
    """Between two dates, or from a date until another that the text has named."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time that a text states.

    Attributes:
        low: The least it can be, in months; None where the text sets no floor or no number.
        high: The most it can be, in months; None where the text sets no ceiling or no number.
        bound: How near the truth the number is.
        uncertain: True for vague words (*et par uger*, *i månedsvis*) and for what was concluded from dates.
        use: What the stretch is said to be.
        start: Where its words begin in the text, in code points.
        end: Where they end, exclusive.
        words: The words from start to end.
        next_word: The folded word after it, which tells what a genitive measures (*tre ugers praktik*).
    """

    low: float | None
    high: float | None
    bound: Bound
    uncertain: bool
    use: Use
    start: int
    end: int
    words: str
    next_word: str = ""

    @property
    def months(self) -> float | None:
        """The length as one number, in months: the middle of a range, the bound of an open one, None without any."""
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.high is None else self.high

    @property
    def days(self) -> float | None:
        """The length as one number, in days."""
        return None if self.months is None else self.months * DAYS_IN_MONTH


def read_durations(text: str) -> tuple[Duration, ...]:
    """Read the stretches of time that a text states, in order.

    A number, a range or a vague word before a unit from days to years, with what stands around it. Ages (*13 år*),
    hours, frequencies (*hver anden uge*, *to dage om ugen*), section numbers, classes and clock times are none. The
    time it takes grows with the length of the text and nothing else.

    Args:
        text: A sentence, or longer.
    """
    tokens = tokens_of(text)
    found: list[Duration] = []
    place = 0
    while place < len(tokens):
        duration, after = _at(text, tokens, place)
        if duration is not None:
            found.append(duration)
        place = max(after, place + 1)
    return tuple(found)


def _at(text: str, tokens: Sequence[Token], place: int) -> tuple[Duration | None, int]:
    """Read what begins at a token: a duration or None, and the token to go on from."""
    word = tokens[place].text
    if word in _VAGUE_WORDS:
        return _vague_word(text, tokens, place), place + 1
    if word in _ORDINALS and _runs(tokens, place) and text_at(tokens, place + 1) in _UNITS:
        return _running(text, tokens, place, _ORDINALS[word], place + 2), place + 2
    if word in _DEFINITES:
        definite = _definite(tokens, place)
        if definite is not None:
            return _finish(text, tokens, definite, definite.after)
    compound = _compound(word)
    if compound is not None:
        number, days = compound
        whole = Quantity(number * days, number * days, place, place + 1)
        return built(text, tokens, whole, place + 1, years=False), place + 1
    quantity = read_quantity(tokens, place)
    if quantity is None:
        return None, place + 1
    if text_at(tokens, quantity.after) == "." and text_at(tokens, place - 1) == "på":
        unit = quantity.after + 1
        if text_at(tokens, unit) in _UNITS and quantity.low is not None:
            return _running(text, tokens, place, quantity.low, unit + 1), unit + 1
    return _finish(text, tokens, quantity, _past_adjectives(tokens, quantity.after))


def _runs(tokens: Sequence[Token], place: int) -> bool:
    """Say whether an ordinal counts the time that something is in: *på femte måned*, *inde i sin femte måned*."""
    inside = text_at(tokens, place - 2) == "i" and text_at(tokens, place - 3) == "inde"
    return text_at(tokens, place - 1) == "på" or (inside and text_at(tokens, place - 1) in ("sin", "den", "deres"))


def _finish(text: str, tokens: Sequence[Token], quantity: Quantity, unit: int) -> tuple[Duration | None, int]:
    """Put a quantity and the unit at a token together, and the smaller unit after it."""
    days = _UNITS.get(text_at(tokens, unit))
    if days is None:
        return None, quantity.first + 1
    low = None if quantity.low is None else quantity.low * days
    high = None if quantity.high is None else quantity.high * days
    after = _past_stop(tokens, unit)
    either = _eller(tokens, after) if quantity.low == quantity.high == 1 else None
    if either is not None and either.high is not None:
        high, after = either.high * days, either.after
    elif low is not None and high is not None:
        more = _smaller(tokens, after, days)
        if more is not None:
            low, high = low + (more.low or 0), high + (more.high or 0)
            unit, after = more.after, _past_stop(tokens, more.after)
    total = quantity._replace(low=low, high=high)
    if is_lone_day(tokens, quantity.first, unit) or is_frequency(tokens, quantity.first, after):
        return None, after
    if text_at(tokens, unit) in _YEARS and is_age(text, tokens, quantity, after):
        return None, after
    return built(text, tokens, total, after, years=text_at(tokens, unit) in _YEARS), after


def built(text: str, tokens: Sequence[Token], quantity: Quantity, after: int, *, years: bool) -> Duration:
    """Return the duration of a quantity in days, with the bounds and the use that its surroundings give it.

    Args:
        text: The text.
        tokens: Its tokens.
        quantity: The number, in days.
        after: Index of the token after the unit.
        years: Whether the unit is a year.
    """
    bound, first = bound_before(tokens, quantity.first)
    if quantity.bound:
        bound = Bound(quantity.bound)
    elif text_at(tokens, quantity.after) == "+":
        bound = Bound.AT_LEAST
    trailing, last = bound_after(tokens, after)
    if trailing is not None and bound is Bound.EXACT:
        bound = trailing
    after = max(after, last)
    low = None if quantity.low is None else quantity.low / DAYS_IN_MONTH
    high = None if quantity.high is None else quantity.high / DAYS_IN_MONTH
    if bound is Bound.AT_LEAST:
        high = None
    elif bound is Bound.AT_MOST:
        low = None
    elif low is not None and high is not None and low < high:
        bound = Bound.RANGE
    use = _use(tokens, first, after, years=years)
    if use is Use.AGO:
        after += 1
    start, end = tokens[first].start, tokens[after - 1].end
    uncertain = quantity.vague or (low is None and high is None)
    if uncertain and bound is Bound.EXACT:
        bound = Bound.ABOUT
    return Duration(low, high, bound, uncertain, use, start, end, text[start:end], text_at(tokens, after))


def _vague_word(text: str, tokens: Sequence[Token], place: int) -> Duration:
    start, end = tokens[place].start, tokens[place].end
    after = text_at(tokens, place + 1)
    return Duration(None, None, Bound.ABOUT, True, Use.STRETCH, start, end, text[start:end], after)


def _running(text: str, tokens: Sequence[Token], place: int, number: float, after: int) -> Duration:
    """Return *på femte måned*: more than four months and not yet five."""
    unit = _UNITS[text_at(tokens, after - 1)] / DAYS_IN_MONTH
    start, end = tokens[place].start, tokens[after - 1].end
    low, high = (number - 1) * unit, number * unit
    return Duration(low, high, Bound.RANGE, False, Use.RUNNING, start, end, text[start:end], text_at(tokens, after))


def _definite(tokens: Sequence[Token], place: int) -> Quantity | None:
    """Read *det sidste år*, *det seneste halve år*, *i det år*: one of the unit without a number."""
    if tokens[place].text != "det":
        return None
    at = place + 1
    adjective = text_at(tokens, at) in _DEFINITE_ADJECTIVES
    at += adjective
    value = 1.0
    if text_at(tokens, at) in _HALVES:
        value, at = 0.5, at + 1
    elif not adjective and text_at(tokens, place - 1) != "i":
        return None
    if text_at(tokens, at) not in ("år", "kvartal", "halvår", "døgn"):
        return None
    return Quantity(value, value, place, at)


def _compound(word: str) -> tuple[float, float] | None:
    """Read a genitive in one word, *tremåneders* or *fjortendages*: the number and the days of its unit."""
    for unit in _GENITIVES:
        if word.endswith(unit) and len(word) > len(unit) + 1:
            number = number_of(word.removesuffix(unit))
            return None if number is None else (number, _UNITS[unit])
    return None


def _past_adjectives(tokens: Sequence[Token], place: int) -> int:
    """Return the place of the unit: past a hyphen, a plus or up to two adjectives that leave the length as it is."""
    if text_at(tokens, place) in ("-", "+"):
        return place + 1
    for _ in range(2):
        place += text_at(tokens, place) in _ADJECTIVES
    return place


def _past_stop(tokens: Sequence[Token], unit: int) -> int:
    """Return the place after a unit, and after the full stop of its short form."""
    short = text_at(tokens, unit) in ("mdr", "md", "mnd", "dg")
    return unit + 1 + (short and text_at(tokens, unit + 1) == "." and unit + 2 < len(tokens))


def _smaller(tokens: Sequence[Token], after: int, days: float) -> Quantity | None:
    """Read the smaller unit after one of so many days, in days: *et år og to måneder*, *1 år 3 mdr.*."""
    more = read_quantity(tokens, after + (text_at(tokens, after) in ("og", "plus", "+")))
    unit = None if more is None else _UNITS.get(text_at(tokens, more.after))
    if more is None or unit is None or unit >= days or not more.low or not more.high:
        return None
    if is_frequency(tokens, more.first, more.after + 1):
        return None
    return more._replace(low=more.low * unit, high=more.high * unit)


def _eller(tokens: Sequence[Token], after: int) -> Quantity | None:
    """Read *eller to* after *en måned*."""
    return read_quantity(tokens, after + 1) if text_at(tokens, after) == "eller" else None


def _use(tokens: Sequence[Token], first: int, after: int, *, years: bool) -> Use:
    before = text_at(tokens, first - 1)
    if before == "for" and text_at(tokens, after) == "siden":
        return Use.AGO
    if before == "om":
        return Use.AHEAD
    if before == "på" and text_at(tokens, first - 2) not in _WINDOW_NOUNS and _counted(tokens, first - 1, years=years):
        return Use.WINDOW
    return Use.STRETCH


def _counted(tokens: Sequence[Token], place: int, *, years: bool) -> bool:
    """Say whether a number or an ordinal stands shortly before *på*: *fem rådgivere på tre år*."""
    near = tokens[max(0, place - 5) : place]
    return any(_is_count(token.text) for token in near) or (years and text_at(tokens, place - 1) in _ORDINALS)


def _is_count(word: str) -> bool:
    return word in _ORDINALS or word in ("gang", "gange") or number_of(word) is not None


def longest(durations: Iterable[Duration]) -> Duration | None:
    """Return the longest of some durations that have a number, the first of equals; None where none has."""
    return max((each for each in durations if each.months is not None), key=lambda each: each.months or 0, default=None)
