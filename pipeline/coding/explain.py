"""Why a sentence got its codes, and why it did not get others."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.coding.combined import COMBINED, MODEL
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_and_scan, find_hits
from pipeline.language.words import word_spans
from pipeline.model.cases import TOLD_IN, Case, Segment
from pipeline.model.codings import Assertion, Coding

_WEIGHED = (Assertion.AFFIRMED, Assertion.DOUBTFUL)
"""Assertions of rules' codings whose time the model weighs too."""


class BeforeBy(StrEnum):
    """What places a coding before the course."""

    CUE = "cue"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Blocked:
    """A rule whose words stand in the sentence but whose conditions are not met."""

    code: str
    rule: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the rules have to say of one segment.

    Attributes:
        segment: The segment.
        codings: Its codings, the suppressed ones too.
        blocked: Rules that matched words of it but did not code them.
        before: Ids of the codes that a cue places before the course, as the rules read it.
    """

    segment: Segment
    codings: tuple[Coding, ...]
    blocked: tuple[Blocked, ...]
    before: frozenset[str] = frozenset()

    def before_by(self, coding: Coding) -> BeforeBy | None:
        """Say what places a coding of the segment before the course, a cue or the model; None where it is not.

        Args:
            coding: A coding of the segment, by any of the coders that are no persons.
        """
        if not coding.before:
            return None
        if coding.coder == MODEL or coding.code not in self.before:
            return BeforeBy.MODEL
        if coding.coder == COMBINED and coding.assertion in _WEIGHED and coding.section not in TOLD_IN:
            return BeforeBy.MODEL  # there the cue is not believed by itself
        return BeforeBy.CUE


def explain_segment(case: Case, segments: Sequence[Segment], number: int, compiled: CompiledCodebook) -> Explanation:
    """Explain the codings of one segment.

    Args:
        case: The case.
        segments: Its segments.
        number: Index of the segment to explain, from 0.
        compiled: The compiled codebook.
    """
    segment = segments[number]
    nearby = segments[max(0, number - 1) : number + 1]
    coded, scanned = next(code_and_scan([(case, nearby)], compiled))
    codings = tuple(coding for coding in coded if coding.segment == segment.id)
    previous = scanned[0] if number else None
    hits = find_hits(segment, scanned[-1], previous, compiled, cluster=case.attributes.cluster, blocked=True)
    spans = word_spans(segment.text)
    blocked: dict[tuple[str, str], Blocked] = {}
    for hit in hits:
        words = segment.text[spans[hit.words[0]][0] : spans[hit.words[-1]][1]]
        if hit.blocked:
            blocked.setdefault(
                (hit.rule.rule.id, hit.blocked), Blocked(hit.rule.code.id, hit.rule.rule.id, words, hit.blocked)
            )
    before = frozenset(coding.code for coding in codings if coding.before)
    return Explanation(segment, codings, tuple(blocked.values()), before)
