"""The company that codes keep: what the other codes of a sentence, of its neighbours and of its case say of each one.

A complaint follows upon the waiting that it is about, and who has had four caseworkers has had to tell the same thing
four times. So after the last step has judged every code by itself, each is judged once more with the chances of all of
them in view (stacking over labels: Godbole & Sarawagi 2004, Discriminative Methods for Multi-labeled Classification,
PAKDD, LNCS 3056, 22-30; over a sequence: Cohen & Carvalho 2005, Stacked Sequential Learning, IJCAI-05, 671-676).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.coding.stack import probability
from pipeline.coding.thinning import thinned

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

VIEWS = ("here", "before", "after", "case")
"""Where the chances are taken: in the sentence, in the one before, in the one after, anywhere in the case."""

_WHOLE = 20
"""From how many sentences on a text tells as much of its case as it can."""
_OWN = 10.0
"""How much more freely a code's own log odds may be weighed than the others' chances: they are to move it, not more."""
_FREEDOM = 0.0005
"""How freely the others' chances may be weighed: there are four for every code, and they look alike."""
_LEAST = 5
"""How many sentences must carry a code for its company to be learnt."""
_FOLDS = 3
_NEARLY = 1e-3
_UNLIKELY, _EVERY = -4.0, 20
"""Of sentences without the code and below these log odds every so-manieth is learnt from, and counts for all."""
_DIGITS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """Judges every code once more with the chances of all codes in view.

    Attributes:
        usual: The usual chance of every code in every view (views x codes, one row).
        weights: Of every code's distance from its usual chance, for every code (views x codes rows, codes columns).
        own: Per code, the weight of its own log odds.
        offset: Per code.
    """

    usual: "Floats"
    weights: "Floats"
    own: "Floats"
    offset: "Floats"

    def heard(self, odds: "Floats", cases: Sequence[tuple[int, int]]) -> "Floats":
        """Return the log odds of every pair with its company heard (sentences x codes).

        Args:
            odds: Log odds of every pair by itself (sentences x codes).
            cases: Where each case begins and ends.
        """
        if not self.weights.any():
            return odds
        found: Floats = odds * self.own + _seen(odds, cases, self.usual) @ self.weights + self.offset
        return found

    def voices(self, odds: "Floats", cases: Sequence[tuple[int, int]], row: int, code: int) -> "Floats":
        """Return how much every code in every view speaks for a code, or against it where negative (views x codes).

        Args:
            odds: Log odds of every pair by itself (sentences x codes).
            cases: Where each case begins and ends.
            row: The sentence.
            code: The code's number.
        """
        found: Floats = (_seen(odds, cases, self.usual)[row] * self.weights[:, code]).reshape(len(VIEWS), -1)
        return found


def unheard(codes: int) -> Company:
    """Return what leaves every code by itself."""
    import numpy as np

    views = len(VIEWS) * codes
    return Company(np.zeros(views), np.zeros((views, codes)), np.ones(codes), np.zeros(codes))


def learn_company(odds: "Floats", given: "Floats", fringe: "Floats", cases: Sequence[tuple[int, int]]) -> Company:
    """Learn what the chances of all codes say of each.

    Args:
        odds: Log odds of every pair by itself (sentences x codes), from a machine that never saw the cases.
        given: True where the code is right.
        fringe: True where it is neither right nor wrong.
        cases: Where each case begins and ends.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # it ships no types

    codes = odds.shape[1]
    usual = np.round(_views(odds, cases).mean(axis=0), _DIGITS)
    seen = _seen(odds, cases, usual)
    spread = seen.std(axis=0) + _NEARLY
    weights, own, offset = np.zeros((len(VIEWS) * codes, codes)), np.ones(codes), np.zeros(codes)
    with threadpool_limits(1):  # the problems are small: sharing them among threads takes longer than solving them
        for code in range(codes):
            kept, counts = thinned(~given[:, code] & (odds[:, code] < _UNLIKELY), _EVERY)
            rows = np.flatnonzero(kept & ~fringe[:, code])
            wanted = given[rows, code]
            if not _LEAST <= wanted.sum() < len(rows):
                continue
            facts = np.hstack([odds[rows, code][:, None] * _OWN, seen[rows] / spread])
            machine = LogisticRegression(C=_FREEDOM, max_iter=200)
            machine.fit(facts, wanted, sample_weight=counts[rows])
            learnt = machine.coef_[0]
            own[code], weights[:, code], offset[code] = learnt[0] * _OWN, learnt[1:] / spread, machine.intercept_[0]
    return Company(usual, *(np.round(part, _DIGITS) for part in (weights, own, offset)))


def enough_groups(groups: Sequence[str]) -> bool:
    """Say whether there are groups enough to hold some of them out, "" not counted: without that, company misleads."""
    return len({*groups} - {""}) >= _FOLDS


def heard_out_of_fold(
    odds: "Floats", given: "Floats", fringe: "Floats", cases: Sequence[tuple[int, int]], groups: Sequence[str]
) -> "Floats":
    """Return the log odds of every pair with its company heard by what never learnt from the sentence's group.

    Args:
        odds: Log odds of every pair by itself (sentences x codes), from a machine that never saw the cases.
        given: True where the code is right.
        fringe: True where it is neither right nor wrong.
        cases: Where each case begins and ends.
        groups: The group of every case; those with the group "" are always learnt from, and left as they are.

    Raises:
        ValueError: There are too few groups.
    """
    if not enough_groups(groups):
        raise ValueError("There are too few groups to hold some of them out")
    names = sorted({*groups} - {""})
    found: Floats = odds.copy()
    for fold in range(_FOLDS):
        held = set(names[fold::_FOLDS])
        rows, kept = _taken([case for case, group in zip(cases, groups, strict=True) if group not in held])
        company = learn_company(odds[rows], given[rows], fringe[rows], kept)
        rows, apart = _taken([case for case, group in zip(cases, groups, strict=True) if group in held])
        found[rows] = company.heard(odds[rows], apart)
    return found


def _taken(cases: Sequence[tuple[int, int]]) -> "tuple[Floats, list[tuple[int, int]]]":
    """Return the rows of some cases, and where each case begins and ends among them."""
    import numpy as np

    ends = np.cumsum([0, *(end - start for start, end in cases)]).tolist()
    rows = np.concatenate([np.arange(start, end) for start, end in cases])
    return rows, list(pairwise(ends))


def _seen(odds: "Floats", cases: Sequence[tuple[int, int]], usual: "Floats") -> "Floats":
    """Return how far the chances in view are from the usual ones; of a short text its case tells the less."""
    import numpy as np

    seen = _views(odds, cases) - usual
    for start, end in cases:
        seen[start:end, -odds.shape[1] :] *= min(1.0, (end - start) / _WHOLE)
    found: Floats = np.asarray(seen)
    return found


def _views(odds: "Floats", cases: Sequence[tuple[int, int]]) -> "Floats":
    """Return the chances of every code in every view (sentences x (views x codes))."""
    import numpy as np

    here = probability(odds)
    before, after, case = np.zeros_like(here), np.zeros_like(here), np.zeros_like(here)
    for start, end in cases:
        if end - start > 1:
            before[start + 1 : end] = here[start : end - 1]
            after[start : end - 1] = here[start + 1 : end]
        case[start:end] = 1.0 - np.prod(1.0 - here[start:end], axis=0)
    views: Floats = np.hstack([here, before, after, case])
    return views
