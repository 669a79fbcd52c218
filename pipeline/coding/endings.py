"""What a sentence says has ended or was avoided, and denials of that."""

from collections.abc import Iterable, Sequence

from pipeline.coding.clauses import NOTS, Shape
from pipeline.coding.matchers import Hit
from pipeline.model.codes import CueKind, CueRule, Direction

ENDED = frozenset({CueKind.NO_LONGER, CueKind.AVOIDED})
"""Cues that take away along with a phrase what a clause after it says of it: "årene, hvor han drak, er ovre"."""
_WITHIN = 4
"""Of words in which something before them is said to have ended."""


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
