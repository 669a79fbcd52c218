"""Digits in dates: which are a year, and which belong together."""

from collections.abc import Sequence

from pipeline.language.quantities import Token, text_at

_FIRST_YEAR, _LAST_YEAR = 1950, 2049
_CENTURY = 2000
_WEEKS = 53
_TOO_OLD = 10
"""A year written with two digits below this would be 2000-2009: it is more often a day or a count."""


def is_second_week(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a number ends *uge 9-22* or *uge 9 til 22*."""
    if text_at(tokens, place - 1) not in ("til", "-", "–") or not 1 <= int(tokens[place].text) <= _WEEKS:
        return False
    return text_at(tokens, place - 2).isdecimal() and text_at(tokens, place - 3) in ("uge", "ugerne")


def year_apart(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """Return the year after a blank, and the place after it: *4/4 2019*, *4/4 -19*, *4/4 '19*, *12/3 19,*."""
    mark = text_at(tokens, at)
    if mark in ("-", "."):
        told = glued(tokens, at, at + 1) if mark == "-" else is_year(text_at(tokens, at + 1))
        year = digits_year(text_at(tokens, at + 1)) if told else None
        more = text_at(tokens, at + 2) in ("/", "-") or (mark == "-" and tokens[at - 1].end == tokens[at].start)
        return (None, at) if more else (year, at + 2)
    return year_at(tokens, at), at + 1 + (mark == "'")


def is_part(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a number goes on with what a mark joins it to: the 2/3 of *1/2/3*, but not of *4/4-12/4*."""
    before = text_at(tokens, place - 1)
    return before == "/" or (before == "-" and text_at(tokens, place - 3) != "/" and glued(tokens, place - 1, place))


def is_dated(tokens: Sequence[Token], place: int) -> bool:
    """Say whether *1/2* follows a word that makes it a day and not a half."""
    return text_at(tokens, place - 1) in ("d", "den", "pr", "fra", "til", ".")


def year_at(tokens: Sequence[Token], place: int) -> int | None:
    """Return the year at a token: four digits, or two that end a phrase (*sept. 19,*)."""
    word = text_at(tokens, place)
    if word == "'":
        return digits_year(text_at(tokens, place + 1))
    if len(word) == 2 and text_at(tokens, place + 1) not in ("", ",", ".", ";", ")", ":", "-", "–", "og", "til"):
        return None
    return digits_year(word)


def digits_year(word: str) -> int | None:
    """Return the year of a word of four digits or two."""
    if is_year(word):
        return int(word)
    return _CENTURY + int(word) if len(word) == 2 and word.isdecimal() and int(word) >= _TOO_OLD else None


def is_year(word: str) -> bool:
    """Say whether a word is a year with four digits."""
    return len(word) == 4 and word.isdecimal() and _FIRST_YEAR <= int(word) <= _LAST_YEAR


def glued(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether no blank stands between two tokens."""
    return all(tokens[place].end == tokens[place + 1].start for place in range(first, last))
