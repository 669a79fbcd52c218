"""Sentences as people judged them: what a model learns from, and what a coder is measured against."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.reference import group_of
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import core_code
from pipeline.model.codings import Status
from pipeline.model.review import BLIND, Assignment
from pipeline.review.settled import Flag, Item, Settled


@dataclass(frozen=True, slots=True)
class Finished:
    """Cases that all who review them have locked.

    Attributes:
        cases: All of them.
        blind: Those in which nobody saw the machine's suggestions: what nobody coded there is not there.
    """

    cases: frozenset[str]
    blind: frozenset[str]


def finished_cases(assignments: Iterable[Assignment]) -> Finished:
    """Return the cases that all who review them have locked.

    Args:
        assignments: The assignments that hold.
    """
    given = tuple(assignments)
    cases = frozenset(each.case for each in given) - {each.case for each in given if not each.locked}
    return Finished(cases, cases - {each.case for each in given if each.layer != BLIND})


def judged_sentences(
    cases: Iterable[tuple[Case, Sequence[Segment]]],
    settled: Settled,
    finished: Finished,
    *,
    whole: bool = False,
    doubts: bool = True,
    without: Collection[str] = (),
) -> tuple[Labelled, ...]:
    """Return the sentences that people have judged, with the codes that hold there.

    All sentences of a finished case count as judged: one without a code was left so. Of other cases only sentences
    count that somebody decided on and in which nothing is left to decide. In a finished case a suggestion that was on
    show and left open, and what is unsure or contested, is neither right nor wrong.

    Args:
        cases: The cases with their segments.
        settled: What holds after review.
        finished: The cases that are done.
        whole: True for finished cases only, as a reference needs them.
        doubts: False to leave out sentences of finished cases in which something is neither right nor wrong.
        without: Ids of cases to leave out.
    """
    items: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in settled.items:
        items[item.case, item.segment].append(item)
    found: list[Labelled] = []
    for case, segments in cases:
        if case.id in without:
            continue
        done, blind = case.id in finished.cases, case.id in finished.blind
        for number, segment in enumerate(segments):
            here = items[case.id, segment.id]
            fringe = frozenset(core_code(item.code) for item in here if _doubted(item, done=done, blind=blind))
            if not done and (whole or fringe or not any(item.decisions for item in here)):
                continue
            if doubts or not fringe:
                context = "" if done or not number else segments[number - 1].text
                found.append(_labelled(case, segment, here, fringe, context=context, in_case=done))
    return tuple(found)


def _doubted(item: Item, *, done: bool, blind: bool) -> bool:
    """Say whether nobody can tell if a code is there; what nobody could see when a case was locked is not."""
    if item.flags.intersection((Flag.UNSURE, Flag.CONTESTED)):
        return True
    return Flag.OPEN in item.flags and not (done and (blind or Flag.NEW in item.flags))


def _labelled(
    case: Case, segment: Segment, items: Iterable[Item], fringe: frozenset[str], *, context: str, in_case: bool
) -> Labelled:
    held = [
        item.coding
        for item in items
        if item.coding is not None and item.coding.counts and item.coding.status is not Status.SUGGESTED
    ]
    codes = {core_code(coding.code) for coding in held} - fringe
    before = {core_code(coding.code) for coding in held if coding.before} & codes
    return Labelled(
        id=f"review:{segment.id}",
        case=case.id if in_case else "",
        text=segment.text,
        codes=frozenset(codes),
        fringe=fringe,
        before=frozenset(before),
        section=segment.section,
        cluster=case.attributes.cluster.value if case.attributes.cluster else "",
        context=context,
        group=group_of(case.id),
        source=Source.REVIEW,
    )
