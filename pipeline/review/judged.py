"""Sentences as people judged them: what a model learns from, and what a coder is measured against."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from pipeline.coding.labelled import Labelled, Source, core
from pipeline.model.cases import Case, Segment
from pipeline.model.codings import Status
from pipeline.model.review import Assignment
from pipeline.review.settled import Flag, Item, Settled

_DOUBTED = (Flag.OPEN, Flag.NEW, Flag.UNSURE, Flag.CONTESTED)


def finished_cases(assignments: Iterable[Assignment]) -> frozenset[str]:
    """Return the cases that all who review them have locked.

    Args:
        assignments: The assignments that hold.
    """
    open_: set[str] = set()
    locked: set[str] = set()
    for each in assignments:
        (locked if each.locked else open_).add(each.case)
    return frozenset(locked - open_)


def judged_sentences(
    cases: Iterable[tuple[Case, Sequence[Segment]]],
    settled: Settled,
    finished: frozenset[str],
    *,
    whole: bool = False,
    without: Collection[str] = (),
) -> tuple[Labelled, ...]:
    """Return the sentences that people have judged, with the codes that hold there.

    All sentences of a finished case count as judged: one without a code was left so. Of other cases only sentences
    count that somebody decided on and in which nothing is left to decide. What was left open, unsure or contested in a
    finished case is neither right nor wrong.

    Args:
        cases: The cases with their segments.
        settled: What holds after review.
        finished: Ids of the cases that are done.
        whole: True for finished cases only, as a reference needs them.
        without: Ids of cases to leave out.
    """
    items: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in settled.items:
        items[item.case, item.segment].append(item)
    found: list[Labelled] = []
    for case, segments in cases:
        if case.id in without:
            continue
        done = case.id in finished
        for number, segment in enumerate(segments):
            here = items[case.id, segment.id]
            if not done and (whole or not _all_decided(here)):
                continue
            context = segments[number - 1].text if number else ""
            found.append(_labelled(case, segment, here, context="" if done else context, in_case=done))
    return tuple(found)


def _all_decided(items: Sequence[Item]) -> bool:
    return any(item.decisions for item in items) and not any(item.flags.intersection(_DOUBTED) for item in items)


def _labelled(case: Case, segment: Segment, items: Iterable[Item], *, context: str, in_case: bool) -> Labelled:
    codes: set[str] = set()
    fringe: set[str] = set()
    before: set[str] = set()
    for item in items:
        if item.coding is None or not item.coding.counts:
            continue
        code = core(item.code)
        if item.flags.intersection(_DOUBTED) or item.coding.status is Status.SUGGESTED:
            fringe.add(code)
            continue
        codes.add(code)
        if item.coding.before:
            before.add(code)
    return Labelled(
        id=f"review:{segment.id}",
        case=case.id if in_case else "",
        text=segment.text,
        codes=frozenset(codes),
        fringe=frozenset(fringe - codes),
        before=frozenset(before),
        section=segment.section,
        cluster=case.attributes.cluster.value if case.attributes.cluster else "",
        context=context,
        group=case.attributes.municipality or case.id[:1],
        source=Source.REVIEW,
    )
