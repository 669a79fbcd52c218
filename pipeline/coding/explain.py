"""Why a sentence got its codes, and why it did not get others."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_case, find_hits
from pipeline.coding.scan import scan
from pipeline.language.words import word_spans, words_of
from pipeline.model.cases import Case, Segment
from pipeline.model.codings import Coding


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
    """

    segment: Segment
    codings: tuple[Coding, ...]
    blocked: tuple[Blocked, ...]


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
    codings = tuple(coding for coding in code_case(case, nearby, compiled) if coding.segment == segment.id)
    scanned = scan([words_of(each.text) for each in nearby], compiled)
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
    return Explanation(segment, codings, tuple(blocked.values()))
