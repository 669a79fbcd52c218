"""The clause that a stretch of time stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.durations import Duration
from pipeline.language.quantities import Token, text_at

_WAITS: dict[str, Any] = read_data("waits")
_BREAKS, _JOINS = frozenset(_WAITS["breaks"]), frozenset(_WAITS["joins"])
_APPOSITIONS = frozenset(_WAITS["appositions"])


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around a stretch of time.

    Attributes:
        before: Words of its clause before it, without its own.
        near: Those of them after the stretch told before.
        after: Words of its clause after it.
        earlier: All words of the sentence before it.
        later: All words of the sentence after it.
    """

    before: tuple[str, ...]
    near: tuple[str, ...]
    after: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]


def clause_of(tokens: Sequence[Token], duration: Duration, previous: int = 0) -> Clause:
    """Return the words around a duration.

    Args:
        tokens: The tokens of the sentence.
        duration: The duration.
        previous: Where the duration told before it ends, in code points.
    """
    first = next(number for number, token in enumerate(tokens) if token.end > duration.start)
    last = next((number for number, token in enumerate(tokens) if token.start >= duration.end), len(tokens))
    begin = _past_apposition(tokens, first)
    while begin > 0 and not _breaks(tokens, begin - 1):
        begin -= 1
    end = last
    while end < len(tokens) and not _breaks(tokens, end):
        end += 1
    texts = tuple(token.text for token in tokens)
    near = max(begin, next((number for number, token in enumerate(tokens) if token.start >= previous), 0))
    return Clause(texts[begin:first], texts[near:first], texts[last:end], texts[:first], texts[last:])


def _past_apposition(tokens: Sequence[Token], first: int) -> int:
    """Return the comma before a duration that goes on about what was told before it, else the duration's place."""
    at = first - 1
    while text_at(tokens, at) in _APPOSITIONS:
        at -= 1
    return at if text_at(tokens, at) == "," else first


def _breaks(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a clause ends at a token: a full stop, *men*, a comma before no subordinate clause."""
    word = tokens[place].text
    return word in _BREAKS or (word == "," and text_at(tokens, place + 1) not in _JOINS)
