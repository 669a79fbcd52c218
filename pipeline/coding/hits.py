"""Matches of rules in one sentence, and what those of one code say of each other."""

from dataclasses import dataclass, replace

from pipeline.coding.compiled import CompiledRule
from pipeline.coding.governing import is_after
from pipeline.coding.matchers import Hit
from pipeline.coding.scope import ScopedCue
from pipeline.language.words import word_spans
from pipeline.model.codes import Direction, When, core_code
from pipeline.model.codings import Assertion, Subject


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A match of a rule in a sentence, before anything is concluded from it.

    Attributes:
        rule: The rule.
        words: Indexes of the words it consumed.
        cues: The cues over them.
        assertion: What the sentence does with them, the rule's ``when`` taken into account.
        subject: Whom they are about.
        blocked: Why the rule does not code them, empty when it does.
    """

    rule: CompiledRule
    words: Hit
    cues: tuple[ScopedCue, ...]
    assertion: Assertion
    subject: Subject
    blocked: str = ""


def without_astride(found: dict[tuple[int, Hit], str], text: str) -> dict[tuple[int, Hit], str]:
    """Return matches without those whose words stand on both sides of a semicolon: "... ikke; vi spurgte"."""
    spans = word_spans(text)
    return {
        (index, hit): reason
        for (index, hit), reason in found.items()
        if ";" not in text[spans[hit[0]][0] : spans[hit[-1]][1]]
    }


def together(hits: list[RuleHit], text: str) -> list[RuleHit]:
    """Let matches of one code that overlap or stand side by side in a clause share the cue over any of them.

    A scope may end amid words that say one thing. What consumed a cue of the other match says something else, and so
    does what stands before a cue that reaches forward; but a match that lies within a surer one says no more than it.
    """
    held = [hit for hit in hits if hit.assertion is not Assertion.AFFIRMED and not hit.blocked]
    if not held or len(held) == len(hits):
        return hits
    spans = word_spans(text)
    return [hit if hit.assertion is not Assertion.AFFIRMED else _sharing(hit, held, text, spans) for hit in hits]


def _sharing(hit: RuleHit, held: list[RuleHit], text: str, spans: list[tuple[int, int]]) -> RuleHit:
    if hit.rule.rule.when is not When.AFFIRMED or hit.blocked:
        return hit
    begin, end = hit.words[0], hit.words[-1]
    code, own = core_code(hit.rule.code.id), set(hit.words)
    for other in held:
        if begin - other.words[-1] > 1 or other.words[0] - end > 1:
            continue
        first, last = min(begin, other.words[0]), max(end, other.words[-1])
        if core_code(other.rule.code.id) != code or any(is_after(cue, hit.words) for cue in other.cues):
            continue
        apart = "," in text[spans[first][0] : spans[last][1]] or any(own & set(cue.words) for cue in other.cues)
        if not apart or _is_within(hit, other):
            return replace(hit, cues=other.cues, assertion=other.assertion)
    return hit


def _is_within(hit: RuleHit, other: RuleHit) -> bool:
    """Say whether a match stands within another one that is denied and says more than it.

    The match took no denial for its own ("endnu ikke afgjort"), or it ends with it ("kørekortet blev ikke") and is the
    less sure; and the denial does not stand in what follows ("mødet blev holdt hjemme, fordi hun ikke ...").
    """
    own, ours, theirs = set(hit.words), hit.rule.rule.confidence, other.rule.rule.confidence
    denials = [cue for cue in other.cues if own & set(cue.words)]
    return (
        other.words[0] <= hit.words[0]
        and hit.words[-1] <= other.words[-1]
        and (ours <= theirs if not denials else ours < theirs and all(hit.words[-1] in cue.words for cue in denials))
        and any(cue.words[0] < other.words[-1] or cue.rule.direction is Direction.FRONTED for cue in other.cues)
    )
