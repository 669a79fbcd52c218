"""The rules' codings of labelled sentences: what a model learns to weigh."""

from collections.abc import Sequence
from itertools import groupby

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_cases
from pipeline.coding.examples import code_sentences
from pipeline.coding.labelled import Labelled
from pipeline.coding.scan import scan_cues
from pipeline.coding.scope import ScopedCue
from pipeline.language.words import words_of
from pipeline.model.cases import Attributes, Case, Cluster, Segment
from pipeline.model.codes import Example
from pipeline.model.codings import Coding, by_segment

_AT_ONCE = 4_000
"""How many sentences are searched for cues together."""


def segments_of(sentences: Sequence[Labelled]) -> tuple[Segment, ...]:
    """Return labelled sentences of one case as its segments, one line break between two."""
    segments = []
    at = 0
    for each in sentences:
        segments.append(Segment(each.id, each.case, each.section, at, at + len(each.text), 0, each.text))
        at += len(each.text) + 1
    return tuple(segments)


def code_labelled(sentences: Sequence[Labelled], compiled: CompiledCodebook) -> tuple[tuple[Coding, ...], ...]:
    """Code labelled sentences by rules, each in its case or alone.

    Args:
        sentences: The sentences; those of one case stand together in the order of the text.
        compiled: The compiled codebook.

    Returns:
        The codings of each sentence, those that a cue suppresses too.
    """
    groups = [(case, list(members)) for case, members in groupby(sentences, key=lambda each: each.case)]
    cases = [(_case(case, members), segments_of(members)) for case, members in groups if case]
    lone = [Example(each.text, context=each.context, section=each.section) for each in sentences if not each.case]
    in_cases = zip(cases, code_cases(cases, compiled), strict=True)
    alone = code_sentences(lone, compiled)
    found: list[tuple[Coding, ...]] = []
    for case, members in groups:
        if not case:
            found += [next(alone) for _ in members]
            continue
        (_, segments), codings = next(in_cases)
        coded = by_segment(codings)
        found += [tuple(coded.get(segment.id, ())) for segment in segments]
    return tuple(found)


def cue_labelled(sentences: Sequence[Labelled], compiled: CompiledCodebook) -> tuple[tuple[ScopedCue, ...], ...]:
    """Return the context cues of labelled sentences.

    Args:
        sentences: The sentences.
        compiled: The compiled codebook.
    """
    found: list[tuple[ScopedCue, ...]] = []
    for start in range(0, len(sentences), _AT_ONCE):
        some = sentences[start : start + _AT_ONCE]
        scanned = scan_cues([words_of(each.text) for each in some], compiled)
        found += [here.scoped_cues(each.text, each.section) for each, here in zip(some, scanned, strict=True)]
    return tuple(found)


def _case(case: str, members: Sequence[Labelled]) -> Case:
    cluster = Cluster(members[0].cluster) if members[0].cluster else None
    return Case(case, case, "", "", "", (), (), Attributes(cluster=cluster))
