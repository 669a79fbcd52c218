"""Agreement on whole cases: progression category, attachment, ratings and changes."""

from collections.abc import Hashable, Iterable, Sequence

from pipeline.model.progression import DIMENSIONS, ORDER, RATINGS, Change, Outcome, Rating
from pipeline.model.review import Assessment
from pipeline.review.agreement import coefficients as by
from pipeline.review.agreement.compare import DRAWS, CodeAgreement, estimate
from pipeline.review.agreement.ratings import ratings, resamples, sums

SPLIT = "split"
"""Value of a family that falls in two categories; as it has no place in the order, such cases are left out there."""

Judged = dict[str, dict[str, Hashable]]
"""Judgement -> case -> value."""


def of_assessments(assessments: Iterable[Assessment]) -> Judged:
    """Return what one person judged; the last assessment of a case holds."""
    found: Judged = {}
    for each in sorted(assessments, key=lambda assessment: assessment.number):
        if each.progression:
            one = len(each.progression) == 1
            found.setdefault("progression", {})[each.case] = each.progression[0].value if one else SPLIT
        if each.attachment:
            found.setdefault("attachment", {})[each.case] = "|".join(sorted(kind.value for kind in each.attachment))
        for name, rating in each.ratings:
            found.setdefault(name, {})[each.case] = rating.value
        for status in each.statuses:
            found.setdefault(status.dimension, {})[each.case] = status.change.value
    return found


def of_outcomes(outcomes: Iterable[Outcome]) -> Judged:
    """Return what the machine concluded, or what holds after review."""
    found: Judged = {}
    for each in outcomes:
        if each.progression:
            found.setdefault("progression", {})[each.case] = SPLIT if each.split else each.progression[0].value
        if each.attachment:
            found.setdefault("attachment", {})[each.case] = "|".join(sorted(kind.value for kind in each.attachment))
        for name, rating in each.ratings:
            if rating is not None:
                found.setdefault(name, {})[each.case] = rating.value
        for dimension, change in each.changes:
            found.setdefault(dimension, {})[each.case] = change.value
    return found


def compare_judgements(coders: Sequence[Judged], *, draws: int = DRAWS, seed: int = 20) -> tuple[CodeAgreement, ...]:
    """Compare what coders concluded about the cases that two or more of them judged.

    Ordered judgements (the category, the ratings) get Krippendorff's ordinal alpha, the others the nominal one.

    Args:
        coders: Per coder its judgements.
        draws: Number of resamples of cases for the intervals.
        seed: Seed of the resampling.

    Returns:
        One comparison per judgement that two coders made; ``counts`` tells how many cases each coder judged.
    """
    ordered: dict[str, tuple[Hashable, ...]] = {"progression": tuple(category.value for category in ORDER)}
    ordered |= dict.fromkeys(RATINGS, tuple(rating.value for rating in reversed(Rating)))
    nominal = {"attachment": None} | dict.fromkeys(DIMENSIONS, tuple(change.value for change in Change))
    found = []
    for name in (*ordered, *nominal):
        scale = ordered.get(name)
        values = [coder.get(name, {}) for coder in coders]
        cases = sorted(set().union(*values)) if values else []
        rows = [tuple(_on(scale, of.get(case)) for of in values) for case in cases]
        rows = [row for row in rows if sum(value is not None for value in row) > 1]
        if rows:
            found.append(_compared(name, rows, scale, draws=draws, seed=seed))
    return tuple(found)


def _on(scale: tuple[Hashable, ...] | None, value: Hashable | None) -> Hashable | None:
    return value if scale is None or value in scale else None


def _compared(
    name: str, rows: Sequence[tuple[Hashable | None, ...]], scale: tuple[Hashable, ...] | None, *, draws: int, seed: int
) -> CodeAgreement:
    given = ratings(rows, categories=scale)
    tallied = sums(given)
    drawn = resamples(len(rows), draws=draws, seed=seed)
    alpha = ("alpha", by.krippendorff_alpha) if scale is None else ("ordinal_alpha", by.ordinal_alpha)
    chosen = (("percent", by.percent), alpha, ("ac1", by.gwet_ac1))
    counts = tuple(sum(row[coder] is not None for row in rows) for coder in range(len(rows[0])))
    return CodeAgreement(
        name,
        given.units,
        counts,
        len(rows),
        tuple((label, estimate(measure, tallied, drawn)) for label, measure in chosen),
    )
