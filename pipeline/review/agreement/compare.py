"""Agreement between coders per code and over all codes, with intervals by resampling whole cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.model.cases import Case, Segment
from pipeline.review.agreement import coefficients as by
from pipeline.review.agreement.ratings import MISSING, Floats, Ratings, Sums, all_cases, resamples, sums
from pipeline.review.agreement.unitizing import unitizing
from pipeline.review.agreement.units import Coder, Unit, UnitValue, compare_units, laid_end_to_end

FEW = 10
"""Figures that rest on fewer instances than this are marked."""

DRAWS = 2000
_UNITIZING_DRAWS = 400
"""Alpha for unitizing lays the texts out anew for each resample, so it gets fewer of them."""

FORMULAS: Mapping[str, str] = {
    "percent": "share of coder pairs that agree on a unit, averaged over units",
    "positive": "2 x both / (one coder's + the other's) units with the code",
    "negative": "the same for units without the code",
    "kappa": "Cohen (1960): (observed - chance) / (1 - chance), chance from each coder's own shares",
    "alpha": "Krippendorff (2011), nominal: 1 - observed / expected disagreement",
    "ordinal_alpha": "Krippendorff (2011), his own ordinal distances (not irrCAC's ordinal weights)",
    "masi": "Krippendorff's alpha over sets of codes with MASI distance, Passonneau (2006)",
    "ac1": "Gwet (2008): (observed - chance) / (1 - chance), chance from the mean shares",
    "alpha_u": "Krippendorff (1995, 2004), unitizing: 1 - observed / expected disagreement in begin and end",
    "precision": "share of the second coder's units that the first, the reference, has",
    "recall": "share of the first coder's units that the second has",
    "f1": "harmonic mean of precision and recall",
}
"""What stands behind each number, to be printed beside it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its interval.

    Attributes:
        value: The coefficient; None where it is not estimable.
        low: Lower end of the 95 % interval over resampled cases; None where there is none.
        high: Upper end.
        reason: Why there is no value, empty where there is.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far the coders agree on one code, or on all.

    Attributes:
        code: Id of the code; empty for all codes together.
        units: Units that two coders or more saw (characters, where that is the unit).
        counts: Per coder, how many of them carry the code.
        instances: Units in which at least one coder gave it.
        measures: (name, estimate) in the order of ``FORMULAS``, those that apply.
    """

    code: str
    units: int
    counts: tuple[int, ...]
    instances: int
    measures: tuple[tuple[str, Estimate], ...]

    @property
    def few(self) -> bool:
        """Say whether it rests on fewer than ten instances."""
        return self.instances < FEW

    def measure(self, name: str) -> Estimate | None:
        """Return one estimate, None where it does not apply."""
        return dict(self.measures).get(name)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A comparison of coders.

    Attributes:
        unit: What was compared on.
        coders: Names of the coders, in order; the first is the reference for precision and recall.
        cases: Ids of the cases that two of them or more coded.
        overall: All codes together: pooled over code x unit, and alpha over sets of codes.
        codes: One per code that anybody gave.
    """

    unit: Unit
    coders: tuple[str, ...]
    cases: tuple[str, ...]
    overall: CodeAgreement
    codes: tuple[CodeAgreement, ...]


def compare(
    coders: Sequence[Coder],
    cases: Sequence[Case],
    segments: Sequence[Segment],
    codes: Sequence[str],
    *,
    unit: Unit = Unit.SEGMENT,
    draws: int = DRAWS,
    seed: int = 20,
) -> Agreement:
    """Compare two coders or more.

    Args:
        coders: The coders; the first is the reference for precision and recall, which two coders get.
        cases: The cases; those that fewer than two of the coders coded are left out.
        segments: Their segments.
        codes: Ids of the codes to compare, in the order wanted; codes that nobody gave are left out of the result.
        unit: What to compare on.
        draws: Number of resamples of whole cases for the intervals; 0 for no intervals.
        seed: Seed of the resampling.

    Raises:
        ValueError: There are fewer than two coders.
    """
    if len(coders) < 2:
        raise ValueError("agreement needs two coders or more")
    found = compare_units(unit, coders, cases, segments)
    shared = [case for case in cases if any(case.id == each.case for each in found)]
    numbers = {case.id: number for number, case in enumerate(shared)}
    drawn = resamples(len(shared), draws=draws, seed=seed)
    given = [code for code in codes if any(code in (have or ()) for each in found for have in each.codes)]
    per_code = []
    pooled: Sums | None = None
    for code in given:
        tallied = sums(_of_code(found, code, numbers))
        pooled = tallied if pooled is None else _added(pooled, tallied)
        per_code.append(_code_agreement(code, found, tallied, drawn, coders, shared, unit))
    overall = _overall(found, pooled, drawn, numbers, coders, shared, unit, frozenset(codes))
    return Agreement(unit, tuple(coder.name for coder in coders), tuple(numbers), overall, tuple(per_code))


def _of_code(found: Sequence[UnitValue], code: str, numbers: Mapping[str, int]) -> Ratings:
    values = [[MISSING if have is None else int(code in have) for have in each.codes] for each in found]
    return Ratings(
        np.array(values, dtype=np.int64),
        (0, 1),
        np.array([numbers[each.case] for each in found], dtype=np.int64),
        np.array([each.weight for each in found], dtype=np.float64),
    )


def _added(one: Sums, other: Sums) -> Sums:
    """Pool two codes: their units stand side by side."""
    crossed = None if one.crossed is None or other.crossed is None else one.crossed + other.crossed
    assert one.coincidences is not None
    assert other.coincidences is not None
    return Sums(
        one.pairable + other.pairable,
        one.agreed + other.agreed,
        one.values + other.values,
        one.seen + other.seen,
        one.prevalence + other.prevalence,
        one.disagreed + other.disagreed,
        one.coincidences + other.coincidences,
        crossed,
    )


def _code_agreement(
    code: str,
    found: Sequence[UnitValue],
    tallied: Sums,
    drawn: Floats,
    coders: Sequence[Coder],
    cases: Sequence[Case],
    unit: Unit,
) -> CodeAgreement:
    measures = [(name, estimate(measure, tallied, drawn)) for name, measure in _measures(len(coders))]
    if unit is Unit.CHARACTER:
        measures.append(("alpha_u", _unitizing(code, coders, cases, len(drawn))))
    counts, instances = _counts(found, lambda codes: code in codes)
    return CodeAgreement(code, _units(found), counts, instances, tuple(measures))


def _overall(
    found: Sequence[UnitValue],
    pooled: Sums | None,
    drawn: Floats,
    numbers: Mapping[str, int],
    coders: Sequence[Coder],
    cases: Sequence[Case],
    unit: Unit,
    codes: frozenset[str],
) -> CodeAgreement:
    measures: list[tuple[str, Estimate]] = []
    if pooled is not None:
        measures = [(name, estimate(measure, pooled, drawn)) for name, measure in _measures(len(coders))]
        measures.append(("masi", _sets(found, numbers, drawn, codes)))
        if unit is Unit.CHARACTER:
            measures.append(("alpha_u", _unitizing("", coders, cases, len(drawn))))
    counts, instances = _counts(found, lambda each: bool(each & codes))
    return CodeAgreement("", _units(found), counts, instances, tuple(measures))


def _measures(coders: int) -> list[tuple[str, by.Coefficient]]:
    chosen: list[tuple[str, by.Coefficient]] = [
        ("percent", by.percent),
        ("positive", by.positive_agreement),
        ("negative", by.negative_agreement),
        ("alpha", by.krippendorff_alpha),
        ("ac1", by.gwet_ac1),
    ]
    if coders == 2:
        chosen.insert(3, ("kappa", by.cohen_kappa))
        chosen += [("precision", by.precision), ("recall", by.recall), ("f1", by.f1)]
    return chosen


def _sets(found: Sequence[UnitValue], numbers: Mapping[str, int], drawn: Floats, codes: frozenset[str]) -> Estimate:
    kept = [tuple(None if have is None else have & codes for have in each.codes) for each in found]
    sets = sorted({have for row in kept for have in row if have is not None}, key=sorted)
    index = {each: number for number, each in enumerate(sets)}
    values = [[MISSING if have is None else index[have] for have in row] for row in kept]
    given = Ratings(
        np.array(values, dtype=np.int64),
        tuple(sets),
        np.array([numbers[each.case] for each in found], dtype=np.int64),
        np.array([each.weight for each in found], dtype=np.float64),
    )
    distance = by.masi_distance(sets)
    return estimate(
        lambda tallied, weights: by.krippendorff_alpha(tallied, weights, distance), sums(given, distance), drawn
    )


def estimate(measure: by.Coefficient, tallied: Sums, drawn: Floats) -> Estimate:
    """Return a coefficient with its interval over resampled cases, or why there is none."""
    value = float(measure(tallied, all_cases(tallied))[0])
    if not np.isfinite(value):
        return Estimate(None, reason="not estimable: all coders used one value throughout")
    return _with_interval(value, measure(tallied, drawn) if len(drawn) else np.array([]))


def _with_interval(value: float, draws: Floats) -> Estimate:
    usable = draws[np.isfinite(draws)]
    if len(usable) < len(draws) / 2 or not len(usable):
        return Estimate(value)
    low, high = np.quantile(usable, (0.025, 0.975))
    return Estimate(value, float(low), float(high))


def _unitizing(code: str, coders: Sequence[Coder], cases: Sequence[Case], draws: int) -> Estimate:
    """Estimate alpha for unitizing over the cases that all the coders coded."""
    all_coded = [case for case in cases if all(case.id in coder.cases for coder in coders)]
    value = unitizing(*laid_end_to_end(code, coders, all_coded)).alpha
    if not np.isfinite(value):
        return Estimate(None, reason="not estimable: no case that all coders coded carries the code")
    generator = np.random.default_rng(20)
    found = []
    for _ in range(min(draws, _UNITIZING_DRAWS)):
        chosen = [all_coded[place] for place in generator.integers(len(all_coded), size=len(all_coded))]
        found.append(unitizing(*laid_end_to_end(code, coders, chosen)).alpha)
    return _with_interval(value, np.array(found))


def _units(found: Sequence[UnitValue]) -> int:
    return sum(each.weight for each in found)


def _counts(found: Sequence[UnitValue], carries: "Callable[[frozenset[str]], bool]") -> tuple[tuple[int, ...], int]:
    hits = [[have is not None and carries(have) for have in each.codes] for each in found]
    coders = len(found[0].codes) if found else 0
    counts = tuple(sum(each.weight for each, row in zip(found, hits, strict=True) if row[n]) for n in range(coders))
    return counts, sum(each.weight for each, row in zip(found, hits, strict=True) if any(row))
