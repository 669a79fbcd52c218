"""What a sentence says has ended or was avoided, and denials of that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.coding.clauses import NOTS, Shape
from pipeline.coding.fronting import is_finite, is_one_clause
from pipeline.coding.matchers import Hit
from pipeline.language.words import words_of
from pipeline.model.codes import CueKind, CueRule, Direction

ENDED = frozenset({CueKind.NO_LONGER, CueKind.AVOIDED})
"""Cues that take away along with a phrase what a clause after it says of it: "årene, hvor han drak, er ovre"."""
_WITHIN = 4
"""Of words in which something before them is said to have ended."""

_STOPS = frozenset(
    words_of(
        "stopper stoppede forsvinder forsvandt slutter sluttede ophører ophørte aftager aftog fortager fortog "
        "forduftede fordampede forstummede"
    )
)
"""Finite verbs that say of what stands before them that it ended."""
_STOPPED = frozenset(
    words_of(
        "stoppe stoppet forsvinde forsvundet slutte sluttet ophøre ophørt aftage aftaget fortage fortaget overstået"
    )
)
"""Other forms that do so behind a denial: "er ikke stoppet", "vil ikke forsvinde"."""
_OVER = frozenset(words_of("slut forbi væk ovre omme"))
"""Words that do so where they end the clause: "er ikke slut", but not "fik han ikke slut på året"."""
_PARTICLES = {
    "op": frozenset(words_of("hører hørte holder holdt")),
    "over": frozenset(words_of("går gik")),
    "væk": frozenset(words_of("går gik")),
}
"""What makes an end of which finite verbs: "hørte ikke op", "gik ikke over"."""
_PARTICIPLES = {
    "op": frozenset(words_of("høre hørt holde holdt")),
    "over": frozenset(words_of("gå gået")),
    "væk": frozenset(words_of("gå gået")),
}
"""The same of other forms: "er ikke hørt op"."""
_NO_SUBJECTS = frozenset(words_of("da så hvor efter siden for før inden mens uden"))
"""Words that begin something else between a verb and its denial: "stoppede da han ikke kom"."""
_BETWEEN = 3
"""No more words stand between a verb of ending and its denial."""
_BEHIND = 2
"""Nor between a denial and another form of such a verb."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """A denied end.

    Attributes:
        start: Index of the first word that is denied.
        end: Index of the word after the last one.
        goes_on: True where what goes on stands behind it ("holdt ikke op med at drikke").
    """

    start: int
    end: int
    goes_on: bool


def denials_of_an_end(
    found: Iterable[tuple[CueRule, Hit]], words: Sequence[str], shape: Shape
) -> tuple[set[int], list[tuple[CueRule, Hit]]]:
    """Return the negations that deny the end of something, and the cues that reach back from what they deny.

    "Gælden er ikke afviklet", "udsættelsen blev ikke afværget": what stands before goes on, so nothing of it is denied.

    Args:
        found: The cues that stand in a sentence, each with its words.
        words: The sentence's folded words.
        shape: Where its clauses end.
    """
    denials: set[int] = set()
    denied: list[tuple[CueRule, Hit]] = []
    for rule, hit in found:
        if rule.kind not in ENDED:
            continue
        first, last = hit[0], hit[-1] + 1
        if rule.direction is Direction.FRONTED:
            if len(hit) == 1 and last < len(words) and last - 1 not in shape.commas:
                last += 1  # "forsvandt ikke"
        elif rule.direction is Direction.BACKWARD and last - first <= _WITHIN and words[first] not in NOTS:
            first = max(first - 1, 0)
        else:
            continue
        here = {at for at in range(first, last) if words[at] in NOTS and at not in hit and at not in shape.commas}
        denials |= here
        if here and rule.direction is Direction.BACKWARD:
            denied.append((rule, hit))
    return denials, denied


def denials_of_stopping(words: Sequence[str], shape: Shape) -> dict[int, Stopping]:
    """Return the denials of a verb of ending, each under the index of its word.

    "Misbruget stoppede ikke", "volden er ikke hørt op": the denial is of the end only, and what ends goes on.

    Args:
        words: The sentence's folded words.
        shape: Where its clauses end.
    """
    found = {}
    for at, word in enumerate(words):
        if word in NOTS:
            stopping = _stopping(at, words, shape)
            if stopping is not None:
                found[at] = stopping
    return found


def _stopping(no: int, words: Sequence[str], shape: Shape) -> Stopping | None:
    """Return the end that a denial denies: its verb before it, or another form behind it."""
    ends = {stop - 1 for stop in shape.hard} | shape.commas
    behind = [no]
    while len(behind) <= _BEHIND + 1 and behind[-1] + 1 < len(words) and behind[-1] not in ends:
        behind.append(behind[-1] + 1)
    for at in range(no - 1, max(-1, no - 2 - _BETWEEN), -1):
        if at in ends or words[at] in _NO_SUBJECTS or not is_one_clause(words, at, no, shape.commas):
            break
        last = no if words[at] in _STOPS else _particle(words, at, behind[1:], _PARTICLES, ends)
        if last >= 0:
            return Stopping(at, at + 1, list(words[last + 1 : last + 2]) == ["med"])
    for at in behind[1 : _BEHIND + 2]:
        if is_finite(words[at - 1]) and at - 1 > no:
            break  # a subordinate clause: "en tid, der aldrig er ovre"
        over = words[at] in _OVER and (at in ends or list(words[at + 1 : at + 2]) in ([], ["og"]))
        last = at if over or words[at] in _STOPPED else _particle(words, at, [at + 1], _PARTICIPLES, ends)
        if last >= 0:
            return Stopping(no, last + 1, list(words[last + 1 : last + 2]) == ["med"])
    return None


def _particle(
    words: Sequence[str], verb: int, places: Iterable[int], particles: dict[str, frozenset[str]], ends: set[int]
) -> int:
    """Return the place of the word that makes an end of a verb; -1 where none does."""
    for at in places:
        if at >= len(words) or words[verb] not in particles.get(words[at], ()):
            continue
        if words[at] == "op" or at + 1 == len(words) or at in ends:
            return at
    return -1
