"""Danish numbers in digits and words, one word at a time."""

import re
from functools import cache

from pipeline.language.data import read_data

_ONES: dict[str, float] = read_data("numbers")["ones"]
_TENS: dict[str, float] = read_data("numbers")["tens"]
_OTHERS: dict[str, float] = read_data("numbers")["others"]
_DIGITS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_RANGE = re.compile(r"(.+?)-(.+)")


@cache
def number_of(word: str) -> float | None:
    """Return the number a folded word states, the upper end of a range, or None.

    ``tre``, ``femogtyve``, ``halvandet``, ``4-5`` (5.0), ``12,5``, ``14.300``. The articles ``en`` and ``et`` are none.
    """
    if _DIGITS.fullmatch(word):
        return float(_digits(word))
    for table in (_ONES, _TENS, _OTHERS):
        if word in table:
            return float(table[word])
    ones, og, tens = word.partition("og")
    if og and tens in _TENS and ones in {**_ONES, "en": 1.0, "et": 1.0}:
        return _TENS[tens] + _ONES.get(ones, 1.0)
    hundreds, found, rest = word.partition("hundrede")
    if found and hundreds in {**_ONES, "et": 1.0, "": 1.0}:
        below = number_of(rest.removeprefix("og")) if rest else 0.0
        return None if below is None else 100 * _ONES.get(hundreds, 1.0) + below
    both = _RANGE.fullmatch(word)
    if both and number_of(both[1]) is not None:
        return number_of(both[2])
    return None


def _digits(word: str) -> str:
    """Turn Danish digits (14.300, 12,5) into what ``float`` reads."""
    if "," in word:
        return word.replace(".", "").replace(",", ".")
    whole, dot, part = word.partition(".")
    return word.replace(".", "") if dot and len(part.split(".")[0]) == 3 and whole else word
