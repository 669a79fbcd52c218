"""What is known of every sentence and code before the last step of a model decides: scores, neighbours and rules.

The last step is one logistic regression over all sentence x code pairs with a small correction per code (stacked
generalization: Wolpert 1992, Neural Networks 5(2), 241-259). How far the rules are to be trusted is learnt from
sentences that nobody wrote rules for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.codes import core_code
from pipeline.model.codings import Assertion, Coding

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

ALONE = ("score", "theme", "coded", "lead", "best", "earlier", "later", "case", "section")
"""What a model knows without rules."""
WITH_RULES = (*ALONE, "found", "trust", "sure", "suppressed", "rules", "agreed", "others", "kin")
"""What it knows with them."""

_LOW = -1.5
"""The score of a sentence that does not exist, before the first or after the last of a case."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleEvidence:
    """What the rules say of every sentence and code.

    Attributes:
        found: Confidence of the affirmed coding, 0 without one (sentences x codes).
        suppressed: 1 where a context cue suppressed every match (sentences x codes).
        count: How many rules found it (sentences x codes).
        rules: The rules that found it, by (sentence, code).
    """

    found: "Floats"
    suppressed: "Floats"
    count: "Floats"
    rules: Mapping[tuple[int, int], tuple[str, ...]]


def rule_evidence(codings: Sequence[Iterable[Coding]], codes: Sequence[str]) -> RuleEvidence:
    """Gather what the rules say; a detail code speaks for its core code.

    Args:
        codings: The rules' codings of every sentence, the suppressed ones too.
        codes: The model's codes.
    """
    import numpy as np

    column = {code: number for number, code in enumerate(codes)}
    shape = (len(codings), len(codes))
    found, suppressed, count = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    rules: dict[tuple[int, int], tuple[str, ...]] = {}
    for row, given in enumerate(codings):
        for coding in given:
            at = (row, column.get(core_code(coding.code), -1))
            if at[1] < 0:
                continue
            if coding.assertion is Assertion.AFFIRMED:
                found[at] = max(found[at], coding.confidence)
                rules[at] = tuple(sorted({*rules.get(at, ()), *coding.rules}))
                count[at] = len(rules[at])
            else:
                suppressed[at] = 1.0
    suppressed[found > 0] = 0.0
    return RuleEvidence(found, suppressed, count, rules)


@dataclass(frozen=True, slots=True, eq=False)
class Trust:
    """How often rules were right, as log odds.

    Attributes:
        codes: Of all rules of a code together (one per code).
        rules: Of single rules for a code, by (rule, code's number); pulled towards the code's.
    """

    codes: "Floats"
    rules: Mapping[tuple[str, int], float]


def logit(values: "Floats") -> "Floats":
    """Return the log odds of probabilities."""
    import numpy as np

    odds: Floats = np.log(values / (1.0 - values))
    return odds


def probability(scores: "Floats") -> "Floats":
    """Return the probabilities of log odds."""
    import numpy as np

    chances: Floats = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
    return chances


def design(
    scores: "Floats",
    wider: "Floats",
    cases: Sequence[tuple[int, int]],
    section: "Floats",
    *,
    themes: Sequence[int],
    evidence: RuleEvidence | None = None,
    trust: "Floats | None" = None,
) -> "Floats":
    """Return what is known of every pair: sentences x codes x facts, in the order of ``ALONE`` or ``WITH_RULES``.

    Args:
        scores: Log odds of every code by the sentence's words (sentences x codes).
        wider: Scores of every theme and, last, of carrying any code (sentences x (themes + 1)).
        cases: Where each case begins and ends.
        section: How much likelier each code is in the sentence's section (sentences x codes, log odds).
        themes: The number of each code's theme.
        evidence: What the rules say; None for a model alone.
        trust: Log odds that the rules of a pair are right (sentences x codes); only with ``evidence``.
    """
    import numpy as np

    ordered = np.sort(scores, axis=1)
    best = ordered[:, -1:]
    second = ordered[:, -2:-1] if scores.shape[1] > 1 else best
    earlier, later, others = _neighbours(scores, cases)
    facts = [
        scores,
        wider[:, list(themes)],
        np.broadcast_to(wider[:, -1:], scores.shape),
        scores - np.where(scores == best, second, best),
        np.broadcast_to(best, scores.shape),
        probability(earlier),
        probability(later),
        np.clip(others, -4.0, 3.0),
        section,
    ]
    if evidence is not None and trust is not None:
        facts += _rule_facts(scores, evidence, trust, themes)
    return np.stack(facts, axis=2)


def _rule_facts(scores: "Floats", evidence: RuleEvidence, trust: "Floats", themes: Sequence[int]) -> "list[Floats]":
    import numpy as np

    found = (evidence.found > 0).astype(float)
    kin = np.zeros_like(found)
    for theme in sorted(set(themes)):
        members = [number for number, other in enumerate(themes) if other == theme]
        kin[:, members] = found[:, members].max(axis=1, keepdims=True)
    return [
        found,
        np.where(found > 0, trust, 0.0),
        np.where(found > 0, logit(np.clip(evidence.found, 0.05, 0.97)), 0.0),
        evidence.suppressed,
        np.clip(evidence.count - 1, 0, 2) * found,
        found * scores,
        found.sum(axis=1, keepdims=True) - found,
        kin - found,
    ]


def _neighbours(scores: "Floats", cases: Sequence[tuple[int, int]]) -> "tuple[Floats, Floats, Floats]":
    """Return the scores of the sentence before and after, and the highest among the case's other sentences."""
    import numpy as np

    earlier, later, others = (np.full_like(scores, _LOW) for _ in range(3))
    for start, end in cases:
        if end - start < 2:
            continue
        block = scores[start:end]
        earlier[start + 1 : end] = block[:-1]
        later[start : end - 1] = block[1:]
        ordered = np.sort(block, axis=0)
        others[start:end] = np.where(block == ordered[-1], ordered[-2], ordered[-1])
    return earlier, later, others


def trust_of(evidence: RuleEvidence, trust: Trust) -> "Floats":
    """Return the log odds that the rules of every pair are right: those of its best rule.

    Args:
        evidence: What the rules say.
        trust: How often rules were right.
    """
    import numpy as np

    found = np.zeros_like(evidence.found)
    for (row, code), rules in evidence.rules.items():
        found[row, code] = max(trust.rules.get((rule, code), float(trust.codes[code])) for rule in rules)
    return found
