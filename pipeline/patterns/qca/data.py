"""From codings to the raw matrix of a QCA: conditions and outcome of every case, as the plan declares them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import PipelineError
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook
from pipeline.model.codings import Assertion, Coding, Status, by_case
from pipeline.model.problems import Loaded, Problem, Severity
from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.patterns.measures import Measures, measure_cases
from pipeline.patterns.qca.matrix import Condition, Matrix
from pipeline.patterns.qca.plan import ConditionPlan, QcaPlan
from pipeline.patterns.qca.sets import direct, graded, multi_value
from pipeline.progression.statements import Members

WHERE = "qca"


class NotMentioned(StrEnum):
    """How a case is read that does not mention a condition's codes at all."""

    ABSENT = "absent"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row in the making: its name, its case, which codings it goes by, and its outcome."""

    name: str
    case: Case
    codings: tuple[Coding, ...]
    score: float


def qca_data(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    plan: QcaPlan,
    conditions: Sequence[str] = (),
    outcome: str = "",
    not_mentioned: NotMentioned = NotMentioned.ABSENT,
) -> Loaded[Matrix]:
    """Build the raw matrix from settled codings and outcomes.

    Codings count once per sentence, and only those of the course itself. A case without an outcome, or without a value
    in a condition, is left out. A split case gets the mean membership of its categories and stays one row; where its
    members differ in the conditions too, it stands as one row for each category, and both name the case as their unit.

    Problems: PA65 cases are left out; PA66 split cases.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: Its codes may be named as conditions too: a case with the code is a member.
        plan: What is declared.
        conditions: Names of declared conditions, or ids of codes; those of ``plan.use`` when empty.
        outcome: Name of a declared outcome; the first when empty.
        not_mentioned: Whether a case that neither affirms nor denies any code of a condition is no member of it, or
            is left out.

    Raises:
        PipelineError: A condition or the outcome is neither declared nor a code.
    """
    chosen = tuple(_plan_of(name, plan, codebook) for name in conditions or plan.use)
    target = plan.outcome(outcome)
    grades = dict(target.grades)
    judged = {each.case: each for each in outcomes}
    found_in = by_case(coding for coding in codings if not coding.before)
    measured = _measured(cases, found_in, chosen)
    found: list[tuple[_Row, tuple[float, ...]]] = []
    without_outcome, without_value, split = [], [], []
    for case in cases:
        verdict = judged.get(case.id)
        if verdict is None or not verdict.progression:
            without_outcome.append(case.id)
            continue
        if verdict.split:
            split.append(case.id)
        rows = [
            (row, tuple(_value(each, row, verdict, measured.get(case.id), not_mentioned) for each in chosen))
            for row in _rows(case, tuple(found_in.get(case.id, ())), verdict, grades)
        ]
        if any(math.isnan(value) for _, values in rows for value in values):
            without_value.append(case.id)
        else:
            found += _merged(rows)
    matrix = Matrix(
        cases=tuple(row.name for row, _ in found),
        conditions=tuple(Condition(each.id, each.levels, each.label, each.expected) for each in chosen),
        values=tuple(values for _, values in found),
        outcome=target.id,
        scores=tuple(row.score for row, _ in found),
        units=tuple(row.case.id for row, _ in found),
        label=target.label,
    )
    twice = len(found) - len({row.case.id for row, _ in found})
    return Loaded(matrix, tuple(_problems(without_outcome, without_value, split, twice)))


def _plan_of(name: str, plan: QcaPlan, codebook: Codebook) -> ConditionPlan:
    declared = plan.condition(name)
    if declared is not None:
        return declared
    for code in codebook.codes:
        if code.id == name:
            return ConditionPlan(name.upper().replace(".", "_"), code.label, (name,))
    raise PipelineError(
        f"'{name}' is neither a condition of qca.yaml nor a code.",
        hint=f"The conditions are {', '.join(each.id for each in plan.conditions)}.",
    )


def _measured(
    cases: Sequence[Case], codings: Mapping[str, list[Coding]], chosen: Iterable[ConditionPlan]
) -> dict[str, Measures]:
    if not any(each.measure for each in chosen):
        return {}
    given = (coding for found in codings.values() for coding in found)
    return {each.case: each for each in measure_cases(cases, given)}


def _rows(
    case: Case, codings: tuple[Coding, ...], verdict: Outcome, grades: Mapping[ProgressionCategory, float]
) -> list[_Row]:
    """Return one row for the case, or one for each category of a split family, without what is about the others."""
    mean = sum(grades[category] for category in verdict.progression) / len(verdict.progression)
    whole = _Row(case.id, case, codings, mean)
    if not verdict.split or not verdict.members:
        return [whole]
    people = Members(case)
    about = [(coding, people.about(_sentence_start(coding), coding.sentence, coding.start)) for coding in codings]
    rows = []
    for category in verdict.progression:
        mine = {each.member for each in verdict.members if each.category is category}
        others = {each.member for each in verdict.members} - mine
        kept = tuple(coding for coding, (member, named) in about if not (named and member in others))
        rows.append(_Row(f"{case.id}/{category.value}", case, kept, grades[category]))
    return rows


def _sentence_start(coding: Coding) -> int:
    """Return where the coding's sentence stands in the case's text, in code points."""
    return coding.start - max(coding.sentence.find(coding.quote), 0)


def _merged(rows: list[tuple[_Row, tuple[float, ...]]]) -> list[tuple[_Row, tuple[float, ...]]]:
    """Put the rows of a case together that do not differ in their conditions; their outcome is the mean."""
    by_values: dict[tuple[float, ...], list[_Row]] = {}
    for row, values in rows:
        by_values.setdefault(values, []).append(row)
    if len(by_values) == 1:
        ((values, same),) = by_values.items()
        score = sum(row.score for row in same) / len(same)
        return [(_Row(same[0].case.id, same[0].case, (), score), values)]
    return [
        (_Row("+".join(row.name for row in same), same[0].case, (), sum(r.score for r in same) / len(same)), values)
        for values, same in by_values.items()
    ]


def _value(
    plan: ConditionPlan, row: _Row, verdict: Outcome, measures: Measures | None, not_mentioned: NotMentioned
) -> float:
    """Return the value of a condition in a row, NaN when the case does not say."""
    if plan.rating:
        rating = dict(verdict.ratings).get(plan.rating)
        if rating is None and plan.missing is not None:
            return plan.missing
        return float(graded([rating], dict(plan.grades))[0])
    raw = _counted(plan, row.codings, not_mentioned) if plan.codes else _measure(plan, measures)
    if raw is None:
        raw = plan.missing
    if raw is None:
        return math.nan
    if plan.scale == "fuzzy":
        low, middle, high = plan.thresholds
        return round(float(direct([raw], low, middle, high)[0]), 6)
    return float(multi_value([raw], plan.thresholds)[0])


def _measure(plan: ConditionPlan, measures: Measures | None) -> float | None:
    value = None if measures is None else getattr(measures, plan.measure)
    return None if value is None else float(value)


def _counted(plan: ConditionPlan, codings: Iterable[Coding], not_mentioned: NotMentioned) -> float | None:
    """Return how many sentences carry the condition's codes, less those that speak against it."""
    codings = tuple(codings)
    speaking = tuple(each for each in codings if each.counts)
    denied = any(
        each.assertion is Assertion.NEGATED
        and each.status not in (Status.REJECTED, Status.STALE)
        and _is_any(each.code, plan.codes)
        for each in codings
    )
    for_it = {each.segment for each in speaking if _is_any(each.code, plan.codes)}
    against = {each.segment for each in speaking if _is_any(each.code, plan.against)}
    if not_mentioned is NotMentioned.MISSING and not (for_it or against or denied):
        return None
    return float(len(for_it) - len(against))


def _is_any(code: str, codes: Iterable[str]) -> bool:
    return any(code == each or code.startswith(each + ".") for each in codes)


def _problems(
    without_outcome: Sequence[str], without_value: Sequence[str], split: Sequence[str], twice: int
) -> Iterable[Problem]:
    if without_outcome:
        yield _note(
            "PA65",
            f"{len(without_outcome)} cases are left out, as too little is said of their outcome: "
            f"{', '.join(without_outcome)}.",
            "Judge them, and run again.",
        )
    if without_value:
        yield _note(
            "PA65",
            f"{len(without_value)} cases are left out, as they do not say what a condition asks: "
            f"{', '.join(without_value)}.",
            "Give the condition a value for 'missing', or choose another one.",
        )
    if split:
        own = f"; {twice} of them stand in a further row, as their members differ" if twice else ""
        yield _note(
            "PA66",
            f"{len(split)} split cases have the mean outcome of their categories{own}: {', '.join(split)}.",
            "They make their rows contradictory, which is what they are.",
        )


def _note(code: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.NOTE, WHERE, message, hint)
