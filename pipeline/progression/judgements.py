"""Attachment at the end, the three ratings and the changes of table 2.3, each with its sentences."""

from collections.abc import Sequence

from pipeline.model.cases import PREAMBLE
from pipeline.model.progression import Attachment, Change, Rating, Reason
from pipeline.progression.category import Balance, balance
from pipeline.progression.rules import (
    AGAINST,
    FOR,
    GAIN,
    LOSS,
    STAND,
    AttachmentRules,
    CategoryRules,
    DimensionRules,
    OutcomeRules,
    RatingRules,
    Speaks,
)
from pipeline.progression.signs import SIGN
from pipeline.progression.statements import Statement, hearings, speaks

HALF = 0.35
"""Evidence at which a judgement without anything against it is half sure."""

_CHANGE_OF_SIDE = {GAIN: Change.IMPROVED, STAND: Change.UNCHANGED, LOSS: Change.WORSENED}
BEFORE, AFTER = "before", "after"
"""Whether a sentence tells of the start of a course or of its end."""

_START = (PREAMBLE, "course")
"""Sections that tell how things were at entry."""

_CHANGES = (Change.IMPROVED, Change.UNCHANGED, Change.WORSENED)


def judge_attachment(
    statements: Sequence[Statement], rules: AttachmentRules, course: CategoryRules, *, member: str = ""
) -> tuple[Attachment | None, float, list[Reason]]:
    """Say which attachment to work or education one person has at the end (table 4.3 of the study).

    Args:
        statements: What is said of the person.
        rules: Which codes show which attachment; the first rule that is met wins.
        course: The rules of gain, standstill and loss: what is said after the last mention may undo it.
        member: Whom the reasons are about, empty for the case as a whole.

    Returns:
        The attachment, None where none is reached, its confidence, and the sentences for (and against) it.
    """
    doubted = {each.segment for each in statements if speaks(Speaks("", "", rules.doubts), each)}
    found = []
    for rule in rules.rules:
        heard = [statement for statement in statements if statement.weight > 0 and speaks(rule, statement)]
        # a code and a sign in one sentence back each other up, and yet a sentence counts no more than once
        missing: dict[str, float] = {}
        for each in heard:
            value = each.weight * (rules.factor if each.segment in doubted or each.other else 1.0)
            missing[each.segment] = missing.get(each.segment, 1.0) * (1.0 - min(value, 1.0))
        found.append((rule, heard, rule.weight * sum(1.0 - left for left in missing.values())))
    most = max((weight for _, _, weight in found), default=0.0)
    for rule, heard, weight in found:
        if weight < rules.minimum:
            continue
        last = max(heard, key=lambda each: each.start)
        after = balance((each for each in statements if _undoes(each, last)), course)
        if max(after.loss, after.stand) > rules.lost * weight + after.gain:
            continue
        reasons = [_reason("attachment", rule, statement, True, member) for statement in heard]
        reasons += [
            Reason("attachment", rule_id, False, statement.segment, statement.code, statement.quote, member)
            for side, rule_id, statement in after.heard
            if side == LOSS
        ]
        return Attachment(rule.value), confidence(weight, max(after.loss, after.stand)), reasons
    return None, confidence(balance(statements, course).total, most), []


def confidence(supports: float, against: float) -> float:
    """Return how sure a judgement is, 0-1: the share of the evidence for it, less where there is little of it.

    Args:
        supports: Evidence for the value chosen.
        against: Evidence for other values.
    """
    return round(supports / (supports + against + HALF), 3)


def _undoes(statement: Statement, last: Statement) -> bool:
    """Say whether a statement comes after the last mention of an attachment, or is a sign in the same sentence."""
    if statement.segment == last.segment:
        return statement.code.startswith(SIGN)
    return statement.start > last.start


def judge_rating(statements: Sequence[Statement], rules: RatingRules) -> tuple[Rating | None, float, list[Reason]]:
    """Grade coherence, involvement or relation as high, medium or low (section 2.2.5 of the study).

    Args:
        statements: What the case says; ratings are about the whole course unless the rules weigh sections.
        rules: Which codes speak for and against, and the balances that divide the grades.

    Returns:
        The grade, None where not enough is said, its confidence, and the sentences for and against it.
    """
    sums = {FOR: 0.0, AGAINST: 0.0}
    heard: list[tuple[Speaks, Statement]] = []
    for rule, statement in hearings(rules.rules, statements):
        weight = statement.weight if rules.sections else (0.0 if statement.before else statement.trust)
        if weight > 0:
            sums[rule.value] += rule.weight * weight
            heard.append((rule, statement))
    total = sums[FOR] + sums[AGAINST]
    if total < rules.minimum:
        return None, 0.0, []
    score = (sums[FOR] - sums[AGAINST]) / (total + rules.prior)
    grade = Rating.HIGH if score >= rules.high else Rating.LOW if score <= rules.low else Rating.MEDIUM
    favoured = {Rating.HIGH: FOR, Rating.LOW: AGAINST}.get(grade)
    # the middle is likely where for and against are even, an end where one of them outweighs
    apart = abs(sums[FOR] - sums[AGAINST]) / total
    sure = (1 - apart if grade is Rating.MEDIUM else 0.5 + apart / 2) * total / (total + HALF)
    reasons = [
        _reason(rules.name, rule, statement, favoured is None or rule.value == favoured) for rule, statement in heard
    ]
    return grade, round(sure, 3), reasons


def judge_change(
    statements: Sequence[Statement], dimension: DimensionRules, rules: OutcomeRules, general: Balance
) -> tuple[Change, float, list[Reason]]:
    """Say how one dimension of table 2.3 has changed from entry to end.

    What is said of the case in general bears on every dimension that the case speaks of, with a smaller weight.

    Args:
        statements: What the case says.
        dimension: The dimension's rules.
        rules: All rules, for the general weight and the least evidence.
        general: What the statements say of the course in general.

    Returns:
        The change, ``not_described`` where too little is said, its confidence, and its sentences: those of the start
        (``before``) and those of the end (``after``), for and against it.
    """
    sums = dict.fromkeys(_CHANGES, 0.0)
    heard = list(hearings(dimension.rules, [each for each in statements if each.weight > 0]))
    for rule, statement in heard:
        sums[Change(rule.value)] += rule.weight * statement.weight
    shows = Speaks("", "", dimension.described)
    described = bool(heard) or any(speaks(shows, statement) for statement in statements)
    if not described:
        return Change.NOT_DESCRIBED, 0.0, []
    for side, amount in ((GAIN, general.gain), (STAND, general.stand), (LOSS, general.loss)):
        sums[_CHANGE_OF_SIDE[side]] += rules.general * amount
    if sum(sums.values()) < rules.described_minimum:
        return Change.NOT_DESCRIBED, 0.0, []
    # a tie between better and worse is no change that one can point to
    best = max(_CHANGES, key=lambda change: (sums[change], change is Change.UNCHANGED))
    reasons = [
        _reason(dimension.name, Speaks(f"{dimension.name}/described", "", ()), statement, True, phase=BEFORE)
        for statement in statements
        if (statement.before or statement.section in _START) and speaks(shows, statement)
    ]
    reasons += [_reason(dimension.name, rule, each, rule.value == best, phase=AFTER) for rule, each in heard]
    return best, confidence(sums[best], sum(sums.values()) - sums[best]), reasons


def _reason(
    judgement: str, rule: Speaks, statement: Statement, supports: bool, member: str = "", phase: str = ""
) -> Reason:
    return Reason(
        judgement,
        rule.id,
        supports,
        statement.segment,
        statement.code,
        statement.quote,
        member or statement.member,
        phase,
    )
