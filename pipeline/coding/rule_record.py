"""How often rules were right in sentences that nobody wrote them for."""

import math
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.coding.stack import RuleEvidence, Trust, logit, probability

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_SHRINK_CODE = 15.0
"""How many cases of all rules together are added to those of one code's rules."""
_SHRINK_RULE = 6.0
"""How many cases of its code's rules are added to those of one rule."""


class Record:
    """How often each rule was right and wrong.

    Args:
        evidence: What the rules say of every sentence and code.
        given: True where the code is right (sentences x codes).
        fringe: True where it is neither right nor wrong.
        rows: The sentences that count.
    """

    def __init__(self, evidence: RuleEvidence, given: "Floats", fringe: "Floats", rows: "Floats") -> None:
        self.evidence = evidence
        self.given = given
        self.fringe = fringe
        self.inside = set(rows.tolist())
        self.right: Counter[tuple[str, int]] = Counter()
        self.wrong: Counter[tuple[str, int]] = Counter()
        for (row, code), rules in evidence.rules.items():
            if self._counts(row, code):
                (self.right if given[row, code] else self.wrong).update((rule, code) for rule in rules)
        found = evidence.found[rows] > 0
        right = (found & given[rows]).sum(axis=0)
        wrong = (found & ~given[rows] & ~fringe[rows]).sum(axis=0)
        mean = (right.sum() + 1.0) / (right.sum() + wrong.sum() + 2.0)
        self.codes: Floats = logit((right + _SHRINK_CODE * mean) / (right + wrong + _SHRINK_CODE))
        self._chance = probability(self.codes)

    def trust(self) -> Trust:
        """Return the trust in every rule."""
        rules = {at: self._log_odds(*at, right=0, wrong=0) for at in sorted({*self.right, *self.wrong})}
        return Trust(self.codes, rules)

    def without_itself(self) -> "Floats":
        """Return the trust in every pair's rules, learnt without the pair itself (sentences x codes)."""
        import numpy as np

        found = np.zeros_like(self.evidence.found)
        for (row, code), rules in self.evidence.rules.items():
            own = self._counts(row, code)
            right = int(own and self.given[row, code])
            found[row, code] = max(self._log_odds(rule, code, right=right, wrong=int(own) - right) for rule in rules)
        return found

    def _counts(self, row: int, code: int) -> bool:
        return row in self.inside and not self.fringe[row, code]

    def _log_odds(self, rule: str, code: int, *, right: int, wrong: int) -> float:
        """Return the log odds that a rule is right for a code, so many of its cases left out."""
        good = self.right[rule, code] - right
        chance = (good + _SHRINK_RULE * self._chance[code]) / (good + self.wrong[rule, code] - wrong + _SHRINK_RULE)
        return math.log(chance / (1.0 - chance))
