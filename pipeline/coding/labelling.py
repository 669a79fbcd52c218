"""The rules' codings of labelled sentences: what a model learns to weigh."""

from collections.abc import Sequence
from itertools import groupby

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_cases
from pipeline.coding.examples import code_sentence
from pipeline.coding.labelled import Labelled
from pipeline.model.cases import Attributes, Case, Cluster, Segment
from pipeline.model.codes import Example
from pipeline.model.codings import Coding


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
    found: list[tuple[Coding, ...]] = []
    cases = []
    for case, group in groupby(sentences, key=lambda each: each.case):
        if case:
            members = list(group)
            attributes = Attributes(cluster=Cluster(members[0].cluster) if members[0].cluster else None)
            cases.append((Case(case, case, "", "", "", (), (), attributes), segments_of(members)))
    coded = code_cases(cases, compiled)
    waiting = iter(cases)
    for case, group in groupby(sentences, key=lambda each: each.case):
        if case:
            _, segments = next(waiting)
            by_segment: dict[str, list[Coding]] = {segment.id: [] for segment in segments}
            for coding in next(coded):
                by_segment[coding.segment].append(coding)
            found += [tuple(by_segment[segment.id]) for segment in segments]
        else:
            found += [_alone(each, compiled) for each in group]
    return tuple(found)


def _alone(each: Labelled, compiled: CompiledCodebook) -> tuple[Coding, ...]:
    return code_sentence(Example(each.text, context=each.context, section=each.section), compiled)
