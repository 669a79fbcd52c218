"""Whether a case as a whole holds a code, which is what tables count, and where it then stands.

Several weak signs make a strong one: that at least one of the sentences carries a code (noisy or: Pearl 1988,
Probabilistic Reasoning in Intelligent Systems, 184-190) is the first of a few facts from which one logistic regression
over all case x code pairs decides. A short text is no case: there each sentence stands for itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.coding.stack import logit, probability

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

CASE_FACTS = ("any", "best", "second", "third", "sum", "length")
"""What is known of a code in a case: log odds that any sentence carries it, those of the three likeliest, how many
sentences are to be expected, and the logarithm of how many there are."""

LONG = 20
"""From how many sentences on a text is a case."""

_ANY = CASE_FACTS.index("any")
_A_SIGN = 0.15
"""The chance from which a sentence is a sign of a code at all."""
_NEARLY = 1e-4
_PER_CODE = 0.5
_AS_GOOD = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class WholeCase:
    """Decides whether a case holds a code.

    Attributes:
        weights: Of every fact; zeros where there was nothing to learn from.
        offset: Per code; above 0 with the facts' share the case holds it.
    """

    weights: "Floats"
    offset: "Floats"

    @property
    def learnt(self) -> bool:
        """False where there was nothing to learn from."""
        return bool(self.weights.any())


def unlearnt(codes: int) -> WholeCase:
    """Return what decides nothing about whole cases."""
    import numpy as np

    return WholeCase(np.zeros(len(CASE_FACTS)), np.zeros(codes))


def case_facts(odds: "Floats", cases: Sequence[tuple[int, int]]) -> "Floats":
    """Return what is known of each code in each case (cases x codes x facts).

    Args:
        odds: Log odds of every pair (sentences x codes); minus infinity for a pair that may not be coded.
        cases: Where each case begins and ends; none is empty.
    """
    import numpy as np

    chances = probability(odds)
    found = []
    for start, end in cases:
        block = chances[start:end]
        ordered = np.sort(block, axis=0)[::-1]
        few = np.concatenate([ordered[:3], np.zeros((3, block.shape[1]))])[:3]
        parts = [1.0 - np.prod(1.0 - block, axis=0), *few]
        rows = [logit(np.clip(part, _NEARLY, 1.0 - _NEARLY)) for part in parts]
        length = np.full(block.shape[1], np.log(end - start))
        found.append(np.stack([*rows, block.sum(axis=0), length], axis=1))
    return np.stack(found) if found else np.zeros((0, odds.shape[1], len(CASE_FACTS)))


def seen_whole(odds: "Floats", cases: Sequence[tuple[int, int]], whole: WholeCase) -> "tuple[Floats, Floats]":
    """Say which pairs may be coded, as their case is likelier to hold the code than not, and which must be.

    Args:
        odds: Log odds of every pair (sentences x codes); minus infinity for a pair that may not be coded.
        cases: Where each case begins and ends.
        whole: Decides about cases; in a short text no pair is forbidden.

    Returns:
        True for pairs that may be coded, and True for the likeliest sentence of what a case holds (sentences x codes).
        A sentence that says next to nothing must never be coded, however many of them there are.
    """
    import numpy as np

    allowed, likeliest = np.ones(odds.shape, dtype=bool), np.zeros(odds.shape, dtype=bool)
    chances = probability(odds)
    spans = [span for span in cases if span[0] < span[1]]
    facts = case_facts(odds, spans)
    decided = facts @ whole.weights + whole.offset > 0
    for (start, end), known, learnt in zip(spans, facts, decided, strict=True):
        block = chances[start:end]
        if whole.learnt and end - start >= LONG:
            holds = allowed[start:end] = learnt
        else:
            holds = known[:, _ANY] > 0  # likelier than not that any sentence carries it
        codes = np.flatnonzero(holds & (block.max(axis=0) > _A_SIGN))
        likeliest[start + block[:, codes].argmax(axis=0), codes] = True
    return allowed, likeliest


def learn_whole(odds: "Floats", given: "Floats", fringe: "Floats", cases: Sequence[tuple[int, int]]) -> WholeCase:
    """Learn when a case holds a code.

    Args:
        odds: Log odds of every pair (sentences x codes), from a machine that never saw the cases.
        given: True where the code is right.
        fringe: True where it is neither right nor wrong.
        cases: Where each case begins and ends; short ones are left out.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    long = [span for span in cases if span[1] - span[0] >= LONG]
    codes = odds.shape[1]
    facts = case_facts(odds, long)
    holds = np.array([given[start:end].any(axis=0) for start, end in long], dtype=bool).reshape(-1, codes)
    unsure = np.array([fringe[start:end].any(axis=0) for start, end in long], dtype=bool).reshape(-1, codes) & ~holds
    used = ~unsure.ravel()
    if not holds.any() or holds.ravel()[used].all():
        return unlearnt(codes)
    flat = facts.reshape(-1, len(CASE_FACTS))
    mean, spread = flat.mean(axis=0), flat.std(axis=0)
    spread[spread < _NEARLY] = np.inf  # a fact that never varied tells nothing
    of_code = np.tile(np.eye(codes) * _PER_CODE, (len(long), 1))
    rows = np.hstack([(flat - mean) / spread, of_code])
    machine = LogisticRegression(C=0.3, max_iter=400).fit(rows[used], holds.ravel()[used])
    learnt = machine.coef_[0]
    weights = learnt[: len(CASE_FACTS)] / spread
    offset = machine.intercept_[0] + learnt[len(CASE_FACTS) :] * _PER_CODE - weights @ mean
    level = _best_level(facts @ weights + offset, holds, unsure)
    return WholeCase(np.round(weights, 6), np.round(offset - level, 6))


def _best_level(odds: "Floats", holds: "Floats", unsure: "Floats") -> float:
    """Return the log odds from which cases are best said to hold a code: the middle of the levels as good as the best.

    Good is a high micro F1 over case x code pairs; what lies within a thousandth of the best is as good.
    """
    import numpy as np

    levels = np.round(np.arange(-1.0, 0.55, 0.1), 2)
    scores = []
    for level in levels:
        said = odds > level
        right, wrong = (said & holds).sum(), (said & ~holds & ~unsure).sum()
        scores.append(2 * right / (right + wrong + holds.sum()))
    best = levels[np.array(scores) > max(scores) - _AS_GOOD]
    return float(best[len(best) // 2])
