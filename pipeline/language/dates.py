"""Dates in Danish text: full ones, months, seasons and weeks, as far as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.date_digits import (
    digits_year,
    glued,
    is_dated,
    is_part,
    is_second_week,
    is_year,
    year_apart,
    year_at,
)
from pipeline.language.durations import DAYS_IN_MONTH
from pipeline.language.quantities import Token, text_at, tokens_of

_TIME: dict[str, Any] = read_data("time")
_MONTHS: dict[str, int] = {form: number for number, forms in _TIME["months"].items() for form in forms}
_FULL_NAMES = frozenset(form for forms in _TIME["months"].values() for form in forms[:2])
_NAMES_TOO, _SHY = frozenset(_TIME["names_too"]), frozenset(_TIME["shy"])
_SEASONS: dict[str, tuple[int, int]] = {name: (month, day) for name, (month, day) in _TIME["seasons"].items()}
_PARTS: tuple[tuple[tuple[str, ...], int], ...] = tuple(
    (tuple(phrase.split()), day) for name, day in (("early", 5), ("mid", 15), ("late", 26)) for phrase in _TIME[name]
)
_YEAR_AFTER: tuple[tuple[tuple[str, ...], int], ...] = tuple(
    (tuple(phrase.split()), shift)
    for name, shift in (("last_year", -1), ("this_year", 0), ("next_year", 1))
    for phrase in _TIME[name]
)
_BEFORE_CASE = frozenset(_TIME["last_year_after_case"])
_OPENINGS = frozenset({*_MONTHS, *_SEASONS, "uge", "ugerne"})
_LAST, _NEXT = frozenset(_TIME["last"]), frozenset(_TIME["next"])
_WEEKS = 53


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text writes it; what it leaves open is None.

    Attributes:
        year: The year.
        month: The month, 1-12.
        day: The day of the month; 5, 15 or 26 where only the part of the month is told.
        shift: Years from the year it is told from: -1 for *september sidste år*, 1 for *året efter*.
        rough: True for seasons, feasts, weeks, parts of months and years by themselves.
        start: Where its words begin in the text, in code points.
        end: Where they end, exclusive.
        words: The words from start to end.
        from_case: True where ``shift`` counts from the year of writing (*sidste år*) and not from the date before.
        inferred: True where the year was concluded and not written.
    """

    year: int | None
    month: int | None
    day: int | None
    shift: int | None
    rough: bool
    start: int
    end: int
    words: str
    from_case: bool = False
    inferred: bool = False

    @property
    def uncertain(self) -> bool:
        """True where the date is rough, its year was concluded, or the year is told in words."""
        return self.rough or self.inferred or self.shift is not None

    @property
    def moment(self) -> float | None:
        """Months since the year 0, for differences; None where the year or the month is open."""
        if self.year is None or self.month is None:
            return None
        return self.year * 12 + self.month - 1 + ((self.day or 1) - 1) / DAYS_IN_MONTH


def read_dates(text: str) -> tuple[DateMention, ...]:
    """Read the dates of a text, in order.

    *12. marts 2019*, *den 4. februar*, *4/2-19*, *04.02.2019*, *2019-02-04*, *i maj 2020*, *sept. 19*, *midt i
    november*, *foråret 2019*, *efter jul*, *uge 9*, *september sidste år*, *i 2018*. A month's name with a capital
    letter that people bear too (*Maj*, *August*) counts only beside a day or a year.

    Args:
        text: A sentence, or a whole case.
    """
    tokens = tokens_of(text)
    found: list[DateMention] = []
    place = 0
    while place < len(tokens):
        word = tokens[place].text
        if word not in _OPENINGS and not word[0].isdecimal():
            place += 1
            continue
        mention, after = _at(text, tokens, place)
        if mention is not None:
            found.append(mention)
        place = max(after, place + 1)
    return tuple(found)


def _at(text: str, tokens: Sequence[Token], place: int) -> tuple[DateMention | None, int]:
    word = tokens[place].text
    if word.isdecimal():
        return _from_number(text, tokens, place)
    if word in _MONTHS:
        found = _named_month(text, tokens, place, place, None)
        if found[0] is not None or word not in _SEASONS:
            return found
    if word in _SEASONS:
        month, day = _SEASONS[word]
        return _with_year(text, tokens, place, place + 1, month, day, rough=True)
    if (
        word in ("uge", "ugerne")
        and text_at(tokens, place + 1).isdecimal()
        and 1 <= int(text_at(tokens, place + 1)) <= _WEEKS
    ):
        return _week(text, tokens, place, place + 1)
    return None, place + 1


def _from_number(text: str, tokens: Sequence[Token], place: int) -> tuple[DateMention | None, int]:
    """Read what begins with digits: a day and a month's name, a date in digits, or a year."""
    number = int(tokens[place].text)
    mark = text_at(tokens, place + 1)
    if 1 <= number <= 31:
        at = place + 1 + (mark == ".")
        if text_at(tokens, at) in _MONTHS and (mark == "." or text_at(tokens, at) in _FULL_NAMES):
            return _named_month(text, tokens, place, at, number)
        month = _month_of_range(tokens, at) if mark == "." else None
        if month is not None:
            return _mention(text, tokens, place, at, (None, month, number)), at
        if mark in ("/", ".", "-"):
            return _in_digits(text, tokens, place, number)
    if is_second_week(tokens, place):
        return _week(text, tokens, place, place)
    if is_year(tokens[place].text):
        return _year_first(text, tokens, place, number)
    return None, place + 1


def _month_of_range(tokens: Sequence[Token], at: int) -> int | None:
    """Return the month that a day shares with the one after it: *fra den 3. til den 28. maj*, *3.-28. maj*."""
    if text_at(tokens, at) not in ("til", "-", "–", "og"):
        return None
    at += 1 + (text_at(tokens, at + 1) in ("den", "d"))
    at += text_at(tokens, at) == "."
    if not text_at(tokens, at).isdecimal() or text_at(tokens, at + 1) != ".":
        return None
    return _MONTHS.get(text_at(tokens, at + 2))


def _in_digits(text: str, tokens: Sequence[Token], place: int, day: int) -> tuple[DateMention | None, int]:
    """Read *4/2*, *4/2-19*, *4.2.2019* and *04-02-2019*; full stops and hyphens need the year."""
    mark, month = text_at(tokens, place + 1), text_at(tokens, place + 2)
    second = text_at(tokens, place + 3)
    typed = mark == second == "." and is_year(text_at(tokens, place + 4))
    if not month.isdecimal() or not 1 <= int(month) <= 12 or not (typed or glued(tokens, place, place + 2)):
        return None, place + 1
    if typed:
        return _mention(text, tokens, place, place + 5, (int(text_at(tokens, place + 4)), int(month), day)), place + 5
    year = digits_year(text_at(tokens, place + 4)) if second in ("/", ".", "-") else None
    if year is not None and glued(tokens, place + 2, place + 4) and text_at(tokens, place + 5) != "/":
        return _mention(text, tokens, place, place + 5, (year, int(month), day)), place + 5
    year, after = year_apart(tokens, place + 3)
    if year is not None:
        return _mention(text, tokens, place, after, (year, int(month), day)), after
    if mark != "/" or (day, int(month)) == (24, 7) or is_part(tokens, place):
        return None, place + 1
    if text_at(tokens, place + 3) == "/" or (day == 1 and int(month) == 2 and not is_dated(tokens, place)):
        return None, place + 3
    return _mention(text, tokens, place, place + 3, (None, int(month), day)), place + 3


def _year_first(text: str, tokens: Sequence[Token], place: int, year: int) -> tuple[DateMention | None, int]:
    """Read *2019-02-04*, or a year by itself."""
    month, day = text_at(tokens, place + 2), text_at(tokens, place + 4)
    if text_at(tokens, place + 1) == text_at(tokens, place + 3) == "-" and month.isdecimal() and day.isdecimal():
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return _mention(text, tokens, place, place + 5, (year, int(month), int(day))), place + 5
        return None, place + 5
    if text_at(tokens, place - 1) in ("nr", "§", ".", "/") or text_at(tokens, place + 1) in ("kr", "kroner", "%"):
        return None, place + 1
    return _mention(text, tokens, place, place + 1, (year, None, None), rough=True), place + 1


def _named_month(
    text: str, tokens: Sequence[Token], first: int, place: int, day: int | None
) -> tuple[DateMention | None, int]:
    """Read a month's name, with the day before it and the year after it."""
    word = tokens[place].text
    after = place + 1
    short = word not in _FULL_NAMES
    if short and text_at(tokens, after) == ".":
        after += 1
    year = year_at(tokens, after)
    capital = text[tokens[place].start].isupper()
    dated = day is not None or year is not None
    if not dated and ((capital and word in _NAMES_TOO) or (word in _SHY and not _is_shortened(tokens, place))):
        return None, place + 1
    rough = False
    if day is None:
        day, first = _part(tokens, first)
        rough = day is not None
    return _with_year(text, tokens, first, after, _MONTHS[word], day, rough=rough)


def _is_shortened(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a full stop shortens the word at a place (*jan.*) and does not end the sentence (*til jul.*)."""
    word = tokens[place].text
    return word not in _SEASONS and (word in _FULL_NAMES or text_at(tokens, place + 1) == ".")


def _with_year(
    text: str, tokens: Sequence[Token], first: int, after: int, month: int, day: int | None, *, rough: bool
) -> tuple[DateMention, int]:
    """Add the year that follows a month or a season, in digits or in words."""
    year = year_at(tokens, after)
    if year is not None:
        after += 1 + (text_at(tokens, after) == "'")
        return _mention(text, tokens, first, after, (year, month, day), rough=rough), after
    for phrase, shift in _YEAR_AFTER:
        if all(text_at(tokens, after + step) == word for step, word in enumerate(phrase)):
            after += len(phrase)
            mention = _mention(text, tokens, first, after, (None, month, day), rough=rough)
            return replace(mention, shift=shift, from_case=" ".join(phrase) in _BEFORE_CASE), after
    mention = _mention(text, tokens, first, after, (None, month, day), rough=rough)
    before = text_at(tokens, first - 1)
    if before in _LAST:
        return replace(mention, shift=-1, from_case=True), after
    if before in _NEXT:
        return replace(mention, shift=1, from_case=True), after
    return mention, after


def _week(text: str, tokens: Sequence[Token], first: int, place: int) -> tuple[DateMention, int]:
    """Read *uge 9*: the day of its Thursday, which tells the year a week belongs to (ISO 8601)."""
    after = place + 1
    year = year_at(tokens, after)
    after += year is not None
    week = int(tokens[place].text)
    thursday = date.fromisocalendar(year or 2018, min(week, 52), 4)
    return _mention(text, tokens, first, after, (year, thursday.month, thursday.day), rough=True), after


def _mention(
    text: str,
    tokens: Sequence[Token],
    first: int,
    after: int,
    told: tuple[int | None, int | None, int | None],
    *,
    rough: bool = False,
) -> DateMention:
    start, end = tokens[first].start, tokens[after - 1].end
    return DateMention(*told, None, rough, start, end, text[start:end])


def _part(tokens: Sequence[Token], place: int) -> tuple[int | None, int]:
    """Return the day that *midten af* and its like stand for before a month, and where the words begin."""
    for phrase, day in _PARTS:
        begin = place - len(phrase)
        if begin >= 0 and all(tokens[begin + step].text == word for step, word in enumerate(phrase)):
            return day, begin
    return None, place
