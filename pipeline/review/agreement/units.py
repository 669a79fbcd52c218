"""What coders are compared on: whole documents, sentences, or characters of the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pipeline.model.cases import Case, Segment
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding
from pipeline.review.agreement.unitizing import Span, joined


class Unit(StrEnum):
    """The unit of a comparison."""

    DOCUMENT = "document"
    """Is the code anywhere in the case? What tables count."""
    SEGMENT = "segment"
    """Is the code in this sentence?"""
    CHARACTER = "character"
    """Is this character under the code? Where does the coded stretch begin and end?"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One code on one stretch of a case."""

    case: str
    segment: str
    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Coder:
    """A person, rule set, model or settled layer, with everything it coded.

    Attributes:
        name: The coder's name.
        cases: Ids of the cases it coded, those without any code included: no code is a value, no coding is none.
        marks: What it coded.
    """

    name: str
    cases: frozenset[str]
    marks: tuple[Mark, ...]


def coder_of(name: str, cases: Iterable[str], codings: Iterable[Coding], *, roll_up: bool = True) -> Coder:
    """Make a coder of codings; only those that count in tables are compared.

    Args:
        name: The coder's name.
        cases: Ids of the cases that it coded.
        codings: Its codings; those of other cases are left out.
        roll_up: True to compare core codes, a detail code counting as its core code.
    """
    coded = frozenset(cases)
    marks = {
        Mark(each.case, each.segment, each.start, each.end, core_code(each.code) if roll_up else each.code)
        for each in codings
        if each.counts and each.case in coded
    }
    return Coder(name, coded, tuple(sorted(marks, key=lambda mark: (mark.case, mark.start, mark.end, mark.code))))


@dataclass(frozen=True, slots=True)
class UnitValue:
    """One unit with what each coder found in it.

    Attributes:
        case: Id of its case.
        id: ``document``, the segment's id, or ``start-end`` of a stretch of characters.
        start: Where it begins in the case's text, in code points.
        end: Where it ends, exclusive.
        weight: 1, or its number of characters.
        codes: Per coder the codes in it; None where the coder did not code the case.
    """

    case: str
    id: str
    start: int
    end: int
    weight: int
    codes: tuple[frozenset[str] | None, ...]


def compare_units(
    unit: Unit, coders: Sequence[Coder], cases: Sequence[Case], segments: Sequence[Segment]
) -> tuple[UnitValue, ...]:
    """Return every unit of the cases that two coders or more coded, with each coder's codes.

    Args:
        unit: What to compare on.
        coders: The coders.
        cases: The cases.
        segments: Their segments, in the order of the cases.
    """
    shared = [case for case in cases if sum(case.id in coder.cases for coder in coders) > 1]
    by_case: dict[tuple[int, str], list[Mark]] = {}
    for number, coder in enumerate(coders):
        for mark in coder.marks:
            by_case.setdefault((number, mark.case), []).append(mark)
    of_case: dict[str, list[Segment]] = {}
    for segment in segments:
        of_case.setdefault(segment.case, []).append(segment)
    found: list[UnitValue] = []
    for case in shared:
        marks = tuple(
            by_case.get((number, case.id), []) if case.id in coder.cases else None
            for number, coder in enumerate(coders)
        )
        if unit is Unit.DOCUMENT:
            found.append(UnitValue(case.id, "document", 0, len(case.text), 1, _codes(marks)))
        elif unit is Unit.SEGMENT:
            found += _by_segment(case.id, of_case.get(case.id, []), marks)
        else:
            found += _by_stretch(case, marks)
    return tuple(found)


_Marks = tuple[list[Mark] | None, ...]


def _codes(marks: _Marks) -> tuple[frozenset[str] | None, ...]:
    return tuple(None if each is None else frozenset(mark.code for mark in each) for each in marks)


def _by_segment(case: str, segments: Sequence[Segment], marks: _Marks) -> list[UnitValue]:
    """Give each segment the codes of every stretch that touches it: a person's may run over several sentences."""
    starts = [segment.start for segment in segments]
    codes: list[list[set[str]] | None] = []
    for each in marks:
        found: list[set[str]] = [set() for _ in segments]
        for mark in each or ():
            first = max(bisect_right(starts, mark.start) - 1, 0)
            for number in range(first, bisect_left(starts, mark.end)):
                if segments[number].end > mark.start:
                    found[number].add(mark.code)
        codes.append(None if each is None else found)
    return [
        UnitValue(
            case,
            segment.id,
            segment.start,
            segment.end,
            1,
            tuple(None if found is None else frozenset(found[number]) for found in codes),
        )
        for number, segment in enumerate(segments)
    ]


def _by_stretch(case: Case, marks: _Marks) -> list[UnitValue]:
    """Cut the text wherever any coder's stretch begins or ends; within a piece nobody's codes change."""
    borders = sorted(
        {0, len(case.text)} | {place for each in marks for mark in each or () for place in (mark.start, mark.end)}
    )
    pieces = []
    for start, end in pairwise(borders):
        codes = tuple(
            None if each is None else frozenset(m.code for m in each if m.start <= start and end <= m.end)
            for each in marks
        )
        pieces.append(UnitValue(case.id, f"{start}-{end}", start, end, end - start, codes))
    return pieces


def laid_end_to_end(code: str, coders: Sequence[Coder], cases: Sequence[Case]) -> tuple[int, list[list[Span]]]:
    """Return the length of the texts laid end to end, and each coder's stretches of a code in them.

    Args:
        code: The code; empty for stretches of any code.
        coders: The coders; all of them coded all the cases.
        cases: The cases, in the order in which they are laid; a case may come more than once, as in a resample.
    """
    at: list[dict[str, list[Span]]] = []
    for coder in coders:
        spans: dict[str, list[Span]] = {}
        for mark in coder.marks:
            if not code or mark.code == code:
                spans.setdefault(mark.case, []).append((mark.start, mark.end))
        at.append({case: joined(each) for case, each in spans.items()})
    offset = 0
    laid: list[list[Span]] = [[] for _ in coders]
    for case in cases:
        for number in range(len(coders)):
            laid[number] += [(offset + start, offset + end) for start, end in at[number].get(case.id, ())]
        offset += len(case.text)
    return offset, laid
