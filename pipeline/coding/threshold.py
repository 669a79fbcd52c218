"""What a model codes: pairs above one level of log odds, and the likeliest sentence of what a case likely holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.coding.stack import probability

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_RATHER_NOT = 0.5
_A_SIGN = 0.15
"""The chance from which a sentence is a sign of a code at all."""


def best_threshold(
    odds: "Floats", given: "Floats", fringe: "Floats", *, cases: Sequence[tuple[int, int]] = ()
) -> float:
    """Return the log odds from which on coding is best, the middle one of equals.

    Best is the highest micro F1 over sentence x code pairs; with cases the highest mean of it, counted twice, of that
    over case x code pairs (what tables count) and of that of sentences coded at all: the first hardly changes over a
    wide range in which the others do.

    Args:
        odds: Log odds of every pair.
        given: True where the code is right.
        fringe: True where it is neither right nor wrong.
        cases: Where each case begins and ends.
    """
    import numpy as np

    starts = [start for start, _ in cases]
    likely = likeliest(odds, cases)
    levels = np.round(np.arange(-2.5, 1.55, 0.05), 2)
    scores = []
    for level in levels:
        coded = (odds > level) | likely
        found = [_f1(coded, given, fringe)]
        if starts:
            found *= 2
            found.append(_f1(*(np.logical_or.reduceat(each, starts, axis=0) for each in (coded, given, fringe))))
            found.append(_f1(*(each.any(axis=1, keepdims=True) for each in (coded, given, fringe))))
        scores.append(round(sum(found) / len(found), 6))
    best = [float(level) for level, score in zip(levels, scores, strict=True) if score == max(scores)]
    return best[len(best) // 2]


def likeliest(odds: "Floats", cases: Sequence[tuple[int, int]]) -> "Floats":
    """Return the sentence of each case that most likely carries a code, where the case likelier has the code than not.

    Several weak signs make a strong one: the chance that at least one of the sentences carries the code counts (noisy
    or: Pearl 1988, Probabilistic Reasoning in Intelligent Systems, 184-190). A sentence that says next to nothing is
    not chosen, however many of them there are.

    Args:
        odds: Log odds of every pair (sentences x codes); minus infinity for a pair that may not be coded.
        cases: Where each case begins and ends.

    Returns:
        True for the pairs chosen (sentences x codes).
    """
    import numpy as np

    chosen = np.zeros(odds.shape, dtype=bool)
    chances = probability(odds)
    for start, end in cases:
        if start == end:
            continue
        block = chances[start:end]
        codes = np.flatnonzero((np.prod(1.0 - block, axis=0) < _RATHER_NOT) & (block.max(axis=0) > _A_SIGN))
        chosen[start + block[:, codes].argmax(axis=0), codes] = True
    return chosen


def _f1(coded: Any, given: Any, fringe: Any) -> float:  # noqa: ANN401 - numpy types any() as a single truth, too
    hits = (coded & given).sum()
    total = 2 * hits + (coded & ~given & ~fringe).sum() + (given & ~coded).sum()
    return float(2 * hits / total) if total else 0.0
