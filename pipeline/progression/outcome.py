"""From settled codings to the outcome of each case, with its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.cases import Case
from pipeline.model.codings import Coding, by_case
from pipeline.model.progression import (
    DIMENSIONS,
    ORDER,
    RATINGS,
    Attachment,
    Change,
    MemberOutcome,
    Outcome,
    OutcomeNote,
    PersonOutcome,
    ProgressionCategory,
    Rating,
    Reason,
)
from pipeline.progression.category import balance, judge_category, judge_split
from pipeline.progression.judgements import judge_attachment, judge_change, judge_rating
from pipeline.progression.notes import judge_notes
from pipeline.progression.rules import OutcomeRules
from pipeline.progression.statements import Statement, case_statements, is_family, parents_of

BY_RULES = "rules"


def settle_outcomes(
    cases: Iterable[Case], codings: Iterable[Coding], rules: OutcomeRules, *, by: str = BY_RULES
) -> tuple[Outcome, ...]:
    """Judge every case by explicit rules: category, attachment, ratings and changes, each with its sentences.

    The study compared how the citizens were doing at the end with how they were at the start (section 4.2). The rules
    do the same from the codings: late sentences weigh more than early ones, and where too little is said they say so.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings of all cases, in any order; only those that count are used.
        rules: The rules of the codebook.
        by: What the outcomes name as their author.
    """
    found = by_case(codings)
    return tuple(settle_outcome(case, found.get(case.id, ()), rules, by=by) for case in cases)


def settle_outcome(case: Case, codings: Iterable[Coding], rules: OutcomeRules, *, by: str = BY_RULES) -> Outcome:
    """Judge one case (see ``settle_outcomes``).

    Args:
        case: The case.
        codings: Its settled codings.
        rules: The rules of the codebook.
        by: What the outcome names as its author.
    """
    statements = case_statements(case, codings, rules.weights, rules.signs)
    reached, unreached = _attachments(statements, rules)
    attached = {each.member: each.value for each in reached}
    verdict = judge_category(statements, rules.progression, attached=bool(reached))
    progression: tuple[ProgressionCategory, ...] = () if verdict.category is None else (verdict.category,)
    reasons = [reason for each in reached for reason in each.reasons]
    told = verdict.reasons
    members: tuple[MemberOutcome, ...] = ()
    confidence = verdict.confidence
    if is_family(case) and verdict.category is not None:
        named = {member: value for member, value in attached.items() if member}
        split = judge_split(statements, rules.progression, attached=named)
        categories = {found.category for found in split.values() if found.category is not None}
        if len(categories) > 1:
            members = tuple(
                MemberOutcome(member, found.category) for member, found in split.items() if found.category is not None
            )
            progression = tuple(sorted(categories, key=ORDER.index, reverse=True))
            told = tuple(reason for found in split.values() for reason in found.reasons)
            confidence = min(found.confidence for found in split.values())
    notes, note_reasons = judge_notes(statements, verdict.category, rules)
    for note in notes:
        confidence *= 1.0 if note is OutcomeNote.EARLY_RETIREMENT else rules.notes.caution
    changes, change_reasons, sure_changes = _changes(statements, rules)
    ratings, rating_reasons, sure_ratings = _ratings(statements, rules)
    sure = min((each.confidence for each in reached), default=unreached)
    return Outcome(
        case=case.id,
        progression=progression,
        progression_by=by,
        attachment=_attachment_line(case, reached),
        ratings=ratings,
        changes=changes,
        confidence=round(confidence, 3),
        members=members,
        reasons=(*reasons, *told, *change_reasons, *rating_reasons, *note_reasons),
        confidences=(("attachment", sure), *sure_ratings, *sure_changes),
        people=_people(statements, rules, attached) if is_family(case) else (),
        notes=notes,
    )


@dataclass(frozen=True, slots=True)
class _Reached:
    """An attachment that somebody has reached; the member is empty outside families."""

    member: str
    value: Attachment
    confidence: float
    reasons: list[Reason]


def _attachments(statements: Sequence[Statement], rules: OutcomeRules) -> tuple[list[_Reached], float]:
    """Return what each person has reached, and how sure it is that nobody has where that is empty."""
    reached = []
    unreached = 0.0
    for member, own in _by_member(statements).items():
        value, sure, reasons = judge_attachment(own, rules.attachment, rules.progression, member=member)
        if value is not None:
            reached.append(_Reached(member, value, sure, reasons))
        else:
            unreached = max(unreached, sure)
    if any(each.member for each in reached):
        # what is said without a name repeats what is said of someone named
        named = {each.value for each in reached if each.member}
        reached = [each for each in reached if each.member or each.value not in named]
    return reached, unreached


def _by_member(statements: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    people: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        people[statement.member].append(statement)
    return {member: tuple(people[member]) for member in sorted(people)}


def _attachment_line(case: Case, reached: Sequence[_Reached]) -> tuple[Attachment, ...]:
    """Return the kinds of attachment in the order of the model; ``none`` too where a parent has reached nothing."""
    values = {each.value for each in reached}
    if not values:
        return (Attachment.NONE,)
    line = [value for value in Attachment if value in values]
    if is_family(case):
        adults = parents_of(case)
        done = sum(1 for each in reached if not each.member or each.member in adults)
        if len(adults) > 1 and done < len(adults):
            line.append(Attachment.NONE)
    return tuple(line)


def _people(
    statements: Sequence[Statement], rules: OutcomeRules, attached: Mapping[str, Attachment]
) -> tuple[PersonOutcome, ...]:
    """Judge every member of a family from what is said of that member alone."""
    people = []
    for member, own in _by_member(statements).items():
        if not member:
            continue
        verdict = judge_category(own, rules.progression, attached=member in attached, member=member)
        changes, _, _ = _changes(own, rules)
        people.append(PersonOutcome(member, verdict.category, verdict.confidence, attached.get(member), changes))
    return tuple(people)


_Sure = tuple[tuple[str, float], ...]
"""(judgement, confidence)"""


def _changes(
    statements: Sequence[Statement], rules: OutcomeRules
) -> tuple[tuple[tuple[str, Change], ...], list[Reason], _Sure]:
    by_name = {dimension.name: dimension for dimension in rules.dimensions}
    general = balance(statements, rules.progression)
    changes, reasons, sure = [], list[Reason](), []
    for name in DIMENSIONS:
        change, certain, found = Change.NOT_DESCRIBED, 0.0, list[Reason]()
        if name in by_name:
            change, certain, found = judge_change(statements, by_name[name], rules, general)
        changes.append((name, change))
        reasons += found
        if change is not Change.NOT_DESCRIBED:
            sure.append((name, certain))
    return tuple(changes), reasons, tuple(sure)


def _ratings(
    statements: Sequence[Statement], rules: OutcomeRules
) -> tuple[tuple[tuple[str, Rating | None], ...], list[Reason], _Sure]:
    by_name = {rating.name: rating for rating in rules.ratings}
    ratings: list[tuple[str, Rating | None]] = []
    reasons, sure = list[Reason](), []
    for name in RATINGS:
        value, certain, found = judge_rating(statements, by_name[name]) if name in by_name else (None, 0.0, [])
        ratings.append((name, value))
        reasons += found
        if value is not None:
            sure.append((name, certain))
    return tuple(ratings), reasons, tuple(sure)
