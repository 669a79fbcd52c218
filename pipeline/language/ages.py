"""Which number of years in a text is somebody's age and not a length of time."""

from collections.abc import Sequence
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Quantity, Token, text_at

_TIME: dict[str, Any] = read_data("time")
_ARTICLES = frozenset(_TIME["articles"])
_MONTH_NAMES = frozenset(name for names in _TIME["months"].values() for name in names)
_LONGEST_AGE = 10
"""More whole years than this, said of a person, is an age however it is said."""

_LIMITS = (15, 18, 25, 30, 60)
"""Ages that rules turn on: *under 18 år*, *over 60 år*."""


def _words(name: str) -> frozenset[str]:
    return frozenset(_TIME[name])


_AGE_AFTER, _AGE_BEFORE, _AGE_VERBS = _words("age_after"), _words("age_before"), _words("age_verbs")
_AGE_SUBJECTS, _PERSONS, _AGE_FROM = _words("age_subjects"), _words("age_persons"), _words("age_from")


def is_age(text: str, tokens: Sequence[Token], quantity: Quantity, after: int) -> bool:
    """Say whether a number of years is somebody's age.

    Args:
        text: The text, for its capital letters.
        tokens: Its tokens.
        quantity: The number.
        after: Index of the token after its unit.
    """
    first = quantity.first
    if text_at(tokens, after) in _AGE_AFTER or text_at(tokens, first - 1) in _AGE_BEFORE:
        return True
    number = quantity.low
    if number is None or number != int(number) or text_at(tokens, first) in _ARTICLES:
        return False
    before, second = text_at(tokens, first - 1), text_at(tokens, first - 2)
    if before in ("under", "over") and number in _LIMITS:
        return True
    if before in _AGE_VERBS:
        return second in _AGE_SUBJECTS or _is_name(text, tokens, first - 2) or number > _LONGEST_AGE
    if before == "på":
        return second in _PERSONS or (_is_name(text, tokens, first - 2) and number > 1)
    if before in (",", "("):
        return _is_name(text, tokens, first - 2) or second in _PERSONS or text_at(tokens, after) in (")", ",")
    if before in _AGE_FROM and before != "efter":
        return number > _LONGEST_AGE or (before in ("fra", "som") and number > 2)
    return False


def _is_name(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Say whether a token is a word with a capital letter inside the text."""
    return place >= 0 and text[tokens[place].start].isupper() and tokens[place].text not in _MONTH_NAMES
