"""From settled codings to the outcome of each case, with its reasons."""

from collections import defaultdict
from collections.abc import Iterable

from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.model.progression import (
    DIMENSIONS,
    ORDER,
    RATINGS,
    Attachment,
    Change,
    MemberOutcome,
    Outcome,
    ProgressionCategory,
    Rating,
    Reason,
)
from pipeline.progression.category import judge_category, judge_split
from pipeline.progression.judgements import judge_attachment, judge_change, judge_rating
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
    by_case: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_case[coding.case].append(coding)
    return tuple(settle_outcome(case, by_case.get(case.id, ()), rules, by=by) for case in cases)


def settle_outcome(case: Case, codings: Iterable[Coding], rules: OutcomeRules, *, by: str = BY_RULES) -> Outcome:
    """Judge one case (see ``settle_outcomes``).

    Args:
        case: The case.
        codings: Its settled codings.
        rules: The rules of the codebook.
        by: What the outcome names as its author.
    """
    statements = case_statements(case, codings, rules.weights, rules.signs)
    reached = _attachments(statements, rules)
    attached = tuple(value for _, value, _ in reached)
    verdict = judge_category(statements, rules.progression, attached=bool(attached))
    progression: tuple[ProgressionCategory, ...] = () if verdict.category is None else (verdict.category,)
    reasons: list[Reason] = [reason for _, _, found in reached for reason in found]
    reasons += verdict.reasons
    members: tuple[MemberOutcome, ...] = ()
    confidence = verdict.confidence
    if is_family(case) and verdict.category is not None:
        split = judge_split(
            statements,
            rules.progression,
            attached={member: value for member, value, _ in reached if member},
        )
        categories = {found.category for found in split.values() if found.category is not None}
        if len(categories) > 1:
            members = tuple(
                MemberOutcome(member, found.category) for member, found in split.items() if found.category is not None
            )
            progression = tuple(sorted(categories, key=ORDER.index, reverse=True))
            reasons = [reason for _, _, found in reached for reason in found]
            reasons += [reason for found in split.values() for reason in found.reasons]
            confidence = min(found.confidence for found in split.values())
    changes, change_reasons = _changes(statements, rules)
    ratings, rating_reasons = _ratings(statements, rules)
    return Outcome(
        case=case.id,
        progression=progression,
        progression_by=by,
        attachment=_attachment_line(case, reached),
        ratings=ratings,
        changes=changes,
        confidence=round(confidence, 3),
        members=members,
        reasons=tuple(reasons + change_reasons + rating_reasons),
    )


_Reached = tuple[str, Attachment, list[Reason]]


def _attachments(statements: tuple[Statement, ...], rules: OutcomeRules) -> list[_Reached]:
    """Return (member, attachment, reasons) for each person who has reached one; member is empty outside families."""
    people: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        people[statement.member].append(statement)
    reached = []
    for member in sorted(people):
        value, reasons = judge_attachment(tuple(people[member]), rules.attachment, rules.progression, member=member)
        if value is not None:
            reached.append((member, value, reasons))
    if any(member for member, _, _ in reached):
        # what is said without a name repeats what is said of someone named
        named = {value for member, value, _ in reached if member}
        reached = [item for item in reached if item[0] or item[1] not in named]
    return reached


def _attachment_line(case: Case, reached: list[_Reached]) -> tuple[Attachment, ...]:
    """Return the kinds of attachment in the order of the model; ``none`` too where a parent has reached nothing."""
    values = {value for _, value, _ in reached}
    if not values:
        return (Attachment.NONE,)
    line = [value for value in Attachment if value in values]
    if is_family(case):
        adults = parents_of(case)
        done = sum(1 for member, _, _ in reached if not member or member in adults)
        if len(adults) > 1 and done < len(adults):
            line.append(Attachment.NONE)
    return tuple(line)


def _changes(
    statements: tuple[Statement, ...], rules: OutcomeRules
) -> tuple[tuple[tuple[str, Change], ...], list[Reason]]:
    by_name = {dimension.name: dimension for dimension in rules.dimensions}
    changes, reasons = [], []
    for name in DIMENSIONS:
        change, found = Change.NOT_DESCRIBED, list[Reason]()
        if name in by_name:
            change, found = judge_change(statements, by_name[name], rules)
        changes.append((name, change))
        reasons += found
    return tuple(changes), reasons


def _ratings(
    statements: tuple[Statement, ...], rules: OutcomeRules
) -> tuple[tuple[tuple[str, Rating | None], ...], list[Reason]]:
    by_name = {rating.name: rating for rating in rules.ratings}
    ratings: list[tuple[str, Rating | None]] = []
    reasons = []
    for name in RATINGS:
        value, found = judge_rating(statements, by_name[name]) if name in by_name else (None, [])
        ratings.append((name, value))
        reasons += found
    return tuple(ratings), reasons
