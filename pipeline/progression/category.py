"""The progression category of a case or of a member of a family, from gain, standstill and loss."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.model.progression import Attachment, ProgressionCategory, Reason
from pipeline.progression.rules import GAIN, LOSS, STAND, CategoryRules, Speaks
from pipeline.progression.statements import Statement, hearings, speaks

JUDGEMENT = "progression"
ATTACHED_WEIGHT = 2.0
"""What having reached work or education weighs on the side of gain when sides are compared."""

ENOUGH = 2.0
"""Evidence at which a clear case has reached half of the confidence it can reach."""

_SIDES = {
    ProgressionCategory.PROGRESSION: GAIN,
    ProgressionCategory.PARTIAL: GAIN,
    ProgressionCategory.NONE: STAND,
    ProgressionCategory.REGRESSION: LOSS,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A category with its confidence and its sentences; None where not enough is said."""

    category: ProgressionCategory | None
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How much evidence speaks for gain, standstill and loss, with the sentences behind it."""

    gain: float
    stand: float
    loss: float
    heard: tuple[tuple[str, str, Statement], ...]
    """(side, rule id, statement)"""

    @property
    def total(self) -> float:
        """All evidence."""
        return self.gain + self.stand + self.loss


def balance(statements: Iterable[Statement], rules: CategoryRules) -> Balance:
    """Weigh statements on the three sides; a sentence counts once on a side, with the most that it says there."""
    best: dict[tuple[str, str], float] = {}
    heard = []
    for rule, statement in hearings(rules.rules, [each for each in statements if each.weight > 0]):
        key = (rule.value, statement.segment)
        best[key] = max(best.get(key, 0.0), rule.weight * statement.weight)
        heard.append((rule.value, rule.id, statement))
    sums = {GAIN: 0.0, STAND: 0.0, LOSS: 0.0}
    for (side, _), weight in best.items():
        sums[side] += weight
    return Balance(sums[GAIN], sums[STAND], sums[LOSS], tuple(heard))


def judge_category(
    statements: Iterable[Statement], rules: CategoryRules, *, attached: bool, member: str = ""
) -> Verdict:
    """Place a course in one of the four categories (section 2.2.5 and chapter 4 of the study).

    Progression is attachment reached and not outweighed by loss; regression is loss that outweighs the rest; partial
    progression is gain that outweighs standstill; what is left has not moved in essence.

    Args:
        statements: What the case, or one member, is said to have gone through.
        rules: The rules of the category.
        attached: True when work or education has been reached.
        member: Whom the reasons are about, empty for the case as a whole.
    """
    found = balance(statements, rules)
    total = found.total + (ATTACHED_WEIGHT if attached else 0.0)
    if total < rules.minimum:
        return Verdict(None, 0.0, _reasons(found, None, member))
    loss = found.loss / total
    if attached and loss < rules.attached_loss:
        category = ProgressionCategory.PROGRESSION
    elif loss >= rules.regression:
        category = ProgressionCategory.REGRESSION
    elif found.gain + found.stand > 0 and found.gain / (found.gain + found.stand) >= rules.partial:
        category = ProgressionCategory.PARTIAL
    else:
        category = ProgressionCategory.NONE
    sides = {GAIN: found.gain + (ATTACHED_WEIGHT if attached else 0.0), STAND: found.stand, LOSS: found.loss}
    side = _SIDES[category]
    margin = sides[side] / total - max(value for name, value in sides.items() if name != side) / total
    confidence = (0.5 + 0.5 * max(-1.0, min(1.0, margin))) * total / (total + ENOUGH / 2)
    return Verdict(category, confidence, _reasons(found, category, member))


def judge_split(
    statements: Iterable[Statement], rules: CategoryRules, *, attached: Mapping[str, Attachment]
) -> dict[str, Verdict]:
    """Place each member of a family that has strong evidence of its own; empty when that gives no split.

    A child that does better while a parent has reached work or education is part of the family's progression
    (section 4.3.4 of the study), so gain counts as progression then.

    Args:
        statements: What the case is said to have gone through, with members.
        rules: The rules of the category.
        attached: Attachment reached, by member.
    """
    people: dict[str, list[Statement]] = defaultdict(list)
    together = Speaks("", "", rules.whole)
    for statement in statements:
        if statement.weight > 0 and speaks(together, statement):
            return {}
        if statement.member:
            people[statement.member].append(statement)
    least = rules.split_minimum if attached else rules.split_unattached
    verdicts: dict[str, Verdict] = {}
    for member in sorted(people):
        found = balance(people[member], rules)
        gain = found.gain + (ATTACHED_WEIGHT if member in attached else 0.0)
        total = gain + found.stand + found.loss
        own = any(statement.named for _, _, statement in found.heard) or member in attached
        if total < least or not own:
            continue
        if max(gain, found.stand, found.loss) / total < rules.split_share:
            continue
        verdict = judge_category(people[member], rules, attached=member in attached, member=member)
        if verdict.category is ProgressionCategory.PARTIAL and attached:
            verdict = Verdict(ProgressionCategory.PROGRESSION, verdict.confidence, verdict.reasons)
        verdicts[member] = verdict
    if len({verdict.category for verdict in verdicts.values()}) < 2:
        return {}
    return verdicts


def _reasons(found: Balance, category: ProgressionCategory | None, member: str) -> tuple[Reason, ...]:
    side = _SIDES.get(category) if category is not None else None
    return tuple(
        Reason(JUDGEMENT, rule, heard == side, statement.segment, statement.code, statement.quote, member)
        for heard, rule, statement in found.heard
    )
