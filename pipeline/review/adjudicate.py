"""Disagreements as values: what coders who worked independently, or in the open, said differently."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Pole
from pipeline.model.codings import Coding
from pipeline.model.progression import DIMENSIONS, RATINGS
from pipeline.model.review import ADJUDICATED, BLIND, Assessment, Assignment, Decision
from pipeline.review.assignments import unblinded
from pipeline.review.carry import CodeMap
from pipeline.review.resolve import resolve
from pipeline.review.settled import Flag, Item, Settled


@dataclass(frozen=True, slots=True)
class Side:
    """What one person says of a code in a sentence.

    Attributes:
        reviewer: Name of the person.
        says: ``accept``, ``reject``, ``recode``, ``add``, ``unsure``; ``nothing`` for one who coded the case blind
            and did not give the code.
        decision: The decision; None for silence.
    """

    reviewer: str
    says: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One code in one sentence on which people differ.

    Attributes:
        item: The code in the sentence, with all decisions on it.
        sides: What each person says, by name.
        blind: True when it comes from independent coding.
    """

    item: Item
    sides: tuple[Side, ...]
    blind: bool


def disagreements(
    cases: Iterable[tuple[Case, Sequence[Segment]]],
    codings: Iterable[Coding],
    decisions: Iterable[Decision],
    *,
    poles: Mapping[str, Pole],
    assignments: Iterable[Assignment] = (),
    texts: Mapping[str, str] | None = None,
    codes: CodeMap | None = None,
) -> tuple[Disagreement, ...]:
    """Return what awaits an adjudicator, by case and position (arguments as of ``resolve``)."""
    held = tuple(assignments)
    settled = resolve(cases, codings, decisions, poles=poles, assignments=held, texts=texts, codes=codes)
    return tuple(disagreement_of(item, held) for item in settled.flagged(Flag.CONTESTED))


def disagreement_of(item: Item, assignments: Iterable[Assignment]) -> Disagreement:
    """Return the sides of a contested item.

    Args:
        item: An item of ``Settled.contested``.
        assignments: All assignments; they tell who kept silent.
    """
    held = tuple(assignments)
    last = {decision.reviewer: Side(decision.reviewer, decision.verdict.value, decision) for decision in item.decisions}
    blind = any(decision.layer == BLIND for decision in item.decisions)
    if blind and item.case in unblinded(held):
        for each in held:
            if each.layer == BLIND and each.case == item.case:
                last.setdefault(each.reviewer, Side(each.reviewer, "nothing"))
    return Disagreement(item, tuple(last[name] for name in sorted(last)), blind)


@dataclass(frozen=True, slots=True)
class Listed:
    """A disagreement in the list of all, where it keeps its place and name when others are decided.

    Attributes:
        number: Its place among all disagreements, decided ones included, from 1.
        name: Case, number of the sentence and code: ``A-05:12:waiting.queue``.
        found: The disagreement.
        open: False once an adjudicator has decided on it.
    """

    number: int
    name: str
    found: Disagreement
    open: bool


def list_disagreements(
    undecided: Settled,
    settled: Settled,
    cases: Iterable[tuple[Case, Sequence[Segment]]],
    assignments: Iterable[Assignment] = (),
) -> tuple[Listed, ...]:
    """Return all disagreements by case and position, with those that an adjudicator has decided on.

    Args:
        undecided: What would hold if no adjudicator had decided anything.
        settled: What holds.
        cases: The cases with their segments, which number the sentences.
        assignments: All assignments.
    """
    held = tuple(assignments)
    sentences = {
        (case.id, segment.id): number for case, segments in cases for number, segment in enumerate(segments, start=1)
    }
    still = {(item.case, item.segment, item.code) for item in settled.contested}
    items = {(item.case, item.segment, item.code): item for item in (*undecided.contested, *settled.contested)}
    return tuple(
        Listed(number, f"{case}:{sentences[case, segment]}:{code}", disagreement_of(item, held), key in still)
        for number, (key, item) in enumerate(items.items(), start=1)
        for case, segment, code in [key]
    )


@dataclass(frozen=True, slots=True)
class CaseDisagreement:
    """Assessments of one case in which people differ.

    Attributes:
        case: Id of the case.
        differs: In what: ``progression``, ``attachment``, a rating or a dimension.
        assessments: The last one of each person, by name.
    """

    case: str
    differs: tuple[str, ...]
    assessments: tuple[Assessment, ...]


def case_disagreements(
    assessments: Iterable[Assessment], assignments: Iterable[Assignment] = ()
) -> tuple[CaseDisagreement, ...]:
    """Return the cases that people assess differently and no adjudicator has assessed, by case.

    Args:
        assessments: The whole log; blind ones count once the case is unblinded.
        assignments: All assignments.
    """
    done = unblinded(assignments)
    last: defaultdict[str, dict[str, Assessment]] = defaultdict(dict)
    adjudicated = set()
    for each in sorted(assessments, key=lambda item: item.number):
        if each.layer == ADJUDICATED:
            adjudicated.add(each.case)
        elif each.layer != BLIND or each.case in done:
            last[each.case][each.reviewer] = each
    found = []
    for case in sorted(last):
        people = [last[case][name] for name in sorted(last[case])]
        differs = [name for name in _NAMES if len({value for each in people if (value := _value(each, name))}) > 1]
        if differs and case not in adjudicated:
            found.append(CaseDisagreement(case, tuple(differs), tuple(people)))
    return tuple(found)


_NAMES = ("progression", "attachment", *RATINGS, *DIMENSIONS)


def _value(assessment: Assessment, name: str) -> object:
    if name == "progression":
        return tuple(sorted(assessment.progression))
    if name == "attachment":
        return tuple(sorted(assessment.attachment))
    changes = {each.dimension: each.change for each in assessment.statuses}
    return dict(assessment.ratings).get(name) or changes.get(name)
