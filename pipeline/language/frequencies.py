"""Which stretches of time in a text are how often something is, or some day, and not a length."""

from collections.abc import Sequence
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Token, text_at

_TIME: dict[str, Any] = read_data("time")
_ARTICLES = frozenset(_TIME["articles"])
_BEFORE, _LINKS = frozenset(_TIME["frequency_before"]), frozenset(_TIME["frequency_links"])
_PER, _WORK_WEEK = frozenset(_TIME["frequency_units"]), frozenset(_TIME["frequency_after"])


def is_frequency(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Say whether a stretch is how often: *hver anden uge*, *to dage om ugen*, *fire dages uge*.

    Args:
        tokens: The tokens of a text.
        first: Index of the first token of the number.
        after: Index of the token after the unit.
    """
    if text_at(tokens, first - 1) in _BEFORE or text_at(tokens, after) in _WORK_WEEK:
        return True
    if text_at(tokens, after) not in _LINKS:
        return False
    at = after + 1 + (text_at(tokens, after + 1) == ".")
    at += text_at(tokens, at) in ("anden", "andet", "tredje", "fjerde")
    return text_at(tokens, at) in _PER


def is_lone_day(tokens: Sequence[Token], first: int, unit: int) -> bool:
    """Say whether *en dag* is some day and not the length of one.

    Args:
        tokens: The tokens of a text.
        first: Index of the first token of the number.
        unit: Index of the unit.
    """
    if text_at(tokens, unit) not in ("dag", "dags") or text_at(tokens, first) not in _ARTICLES:
        return False
    before, after = text_at(tokens, first - 1), text_at(tokens, unit + 1)
    return before not in ("kun", "i", "efter", "over", "på", "inden") and after not in ("senere", "efter")
