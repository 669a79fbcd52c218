"""Whether a sentence states what speaks for a code in it, or denies, wishes or only supposes it.

A context cue takes no code away by itself: most of what caseworkers deny is not what else the sentence tells of. A
small neural network weighs how much of what speaks for the code stands under which cues, how much outside them, and
what the cues' own words say. It learns from pairs of a sentence that denies something and its twin that states it, and
from sentences of cases which carry a code though a cue stands over some of its words. What the cues are, and how far
they reach, is a Danish ConText (Harkema et al. 2009, Journal of Biomedical Informatics 42(5), 839-851).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.coding.cue_shares import PARTS, SCOPES

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

DENIAL_FACTS = ("score", "rest", *PARTS, "suppressed", "found", "trust", "length")
"""What is known of a sentence and code: the score, what is left of it without the parts under cues, all its parts,
whether rules were suppressed, found it and are to be trusted, and the logarithm of the number of words."""
HIDDEN = 12

_POSSIBLE = -1.6
"""The log odds below which nobody asks whether a code is denied."""
_SOME = 0.05
"""What words under cues must add to a score for a cue to matter."""
_STANDS_ALONE = 0.5
"""From which log odds a code stands in a short text: more than even, as a denial that is counted is worse than a code
missed. In a case, where most cues stand over words of something else, it need only be likelier than not."""
_STEADY = 30.0
"""How strongly weights are held small: with less, another start gives another network."""
_LEAST = 50
_DIGITS = 5
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Denial:
    """Decides whether a code stands in spite of context cues.

    Attributes:
        mean: The usual value of every fact.
        spread: Its standard deviation.
        inner: Weights of every fact for every hidden unit; zeros where there was nothing to learn from.
        inner_offset: Of every hidden unit.
        outer: Weights of the hidden units.
        outer_offset: Of the outcome.
    """

    mean: "Floats"
    spread: "Floats"
    inner: "Floats"
    inner_offset: "Floats"
    outer: "Floats"
    outer_offset: "Floats"

    @property
    def learnt(self) -> bool:
        """False where there was nothing to learn from."""
        return bool(self.inner.any())

    def stands(self, facts: "Floats", *, alone: bool = False) -> "Floats":
        """Say which codes stand.

        Without anything learnt those do that no cue suppressed for the rules, and for which words outside cues and the
        cues' own words say more than words under cues.

        Args:
            facts: What is known of each sentence and code (pairs x ``DENIAL_FACTS``).
            alone: True for the sentences of a short text.
        """
        import numpy as np

        if not self.learnt:
            at = {name: facts[:, number] for number, name in enumerate(DENIAL_FACTS)}
            under = np.maximum([at[scope] for scope in SCOPES], 0.0).sum(axis=0)
            return np.asarray((at["suppressed"] == 0) & (at["outside"] + np.maximum(at["own"], 0.0) > under))
        hidden = np.tanh((facts - self.mean) / self.spread @ self.inner + self.inner_offset)
        return np.asarray(hidden @ self.outer + self.outer_offset[0] > (_STANDS_ALONE if alone else 0.0))

    def taken(
        self,
        odds: "Floats",
        scores: "Floats",
        under: "Floats",
        rules: "tuple[Floats, Floats, Floats] | None",
        lengths: "Floats",
        *,
        alone: bool = False,
    ) -> "Floats":
        """Say what context cues take away (sentences x codes); what the rules held back and is unlikely stays so.

        Args:
            odds: Log odds of every pair (sentences x codes).
            scores: Of the first step (sentences x codes).
            under: What each part adds to them (parts x sentences x codes).
            rules: As in ``known_of``.
            lengths: How many words each sentence has.
            alone: True for the sentences of a short text.
        """
        import numpy as np

        found: Floats = np.zeros(odds.shape, dtype=bool) if rules is None else rules[0] > 0
        row, code, facts = known_of(odds, scores, under, rules, lengths)
        found[row, code] = ~self.stands(facts, alone=alone)
        return found


def undenied() -> Denial:
    """Return what has learnt nothing."""
    import numpy as np

    kinds = len(DENIAL_FACTS)
    inner = np.zeros((kinds, HIDDEN))
    return Denial(np.zeros(kinds), np.ones(kinds), inner, np.zeros(HIDDEN), np.zeros(HIDDEN), np.zeros(1))


def possible(odds: "Floats") -> "Floats":
    """Say which pairs are likely enough to be asked about (sentences x codes)."""
    found: Floats = odds > _POSSIBLE
    return found


def questioned(odds: "Floats", suppressed: "Floats", under: "Floats") -> "tuple[Floats, Floats]":
    """Return the sentences and the codes that are possible, and over which some cue stands.

    Args:
        odds: Log odds of every pair (sentences x codes).
        suppressed: 1 where a context cue suppressed every match of the rules (sentences x codes).
        under: What each part adds to the scores (parts x sentences x codes).
    """
    import numpy as np

    cued = np.maximum(under[: len(SCOPES)], 0.0).sum(axis=0) > _SOME
    rows, codes = np.nonzero(possible(odds) & ((suppressed > 0) | cued))
    return rows, codes


def known_of(
    odds: "Floats",
    scores: "Floats",
    under: "Floats",
    rules: "tuple[Floats, Floats, Floats] | None",
    lengths: "Floats",
) -> "tuple[Floats, Floats, Floats]":
    """Return the sentences and codes that are questioned, and what is known of each (see ``denial_facts``)."""
    import numpy as np

    at = questioned(odds, np.zeros_like(odds) if rules is None else rules[0], under)
    return *at, denial_facts(scores, under, rules, lengths, at)


def denial_facts(
    scores: "Floats",
    under: "Floats",
    rules: "tuple[Floats, Floats, Floats] | None",
    lengths: "Floats",
    pairs: "tuple[Floats, Floats]",
) -> "Floats":
    """Return what is known of some pairs, in the order of ``DENIAL_FACTS`` (pairs x facts).

    Args:
        scores: Of the first step (sentences x codes).
        under: What each part adds to them (parts x sentences x codes).
        rules: Whether the rules' matches were all suppressed, whether there is one that was not, and the log odds that
            it is right (each sentences x codes); None where no rules are heard.
        lengths: How many words each sentence has.
        pairs: The sentences and codes.
    """
    import numpy as np

    rows, codes = pairs
    parts = under[:, rows, codes]
    none = np.zeros(len(rows))
    suppressed, found, trust = (none, none, none) if rules is None else (each[rows, codes] for each in rules)
    score = scores[rows, codes]
    rest = score - parts[: len(SCOPES)].sum(axis=0)
    known = [score, rest, *parts, suppressed > 0, found > 0, np.where(found > 0, trust, 0.0)]
    return np.stack([*known, np.log1p(lengths[rows])], axis=1).astype(np.float64)


def learn_denial(facts: "Floats", stands: "Floats", times: "Floats") -> Denial:
    """Learn when a code stands.

    Args:
        facts: What is known of each pair (pairs x ``DENIAL_FACTS``).
        stands: True where the code is right, False where the sentence denies it.
        times: How often each counts; what is denied and rarer counts several times as often, to weigh about as much.
    """
    import numpy as np
    from sklearn.neural_network import MLPClassifier
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped] # it ships no types

    if min((~stands).sum(), (stands & (times > 0)).sum()) < _LEAST:
        return undenied()
    often = max(1, round(times[stands].sum() / times[~stands].sum()))
    rows = np.repeat(np.arange(len(facts)), np.where(stands, times, times * often))
    mean, spread = facts[rows].mean(axis=0), facts[rows].std(axis=0)
    spread[spread < _NEARLY] = 1.0
    machine = MLPClassifier((HIDDEN,), activation="tanh", solver="lbfgs", alpha=_STEADY, max_iter=3000, random_state=0)
    with threadpool_limits(1):  # the same sums in the same order on every machine
        machine.fit((facts[rows] - mean) / spread, stands[rows])
    parts = (mean, spread, machine.coefs_[0], machine.intercepts_[0], machine.coefs_[1][:, 0], machine.intercepts_[1])
    return Denial(*(np.round(part, _DIGITS) for part in parts))
