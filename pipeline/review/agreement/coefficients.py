"""Coefficients of agreement, each over any weighting of the cases, so that one sum serves estimate and interval.

Every function takes the sums of ``ratings.sums`` and weightings of the cases (draws x cases), and returns one value
per weighting; ``nan`` where it is not defined, as kappa and alpha are where only one value occurs.
"""

from collections.abc import Callable, Hashable, Sequence

import numpy as np

from pipeline.review.agreement.ratings import Floats, Sums

Coefficient = Callable[[Sums, Floats], Floats]


def _over(part: Floats, whole: Floats) -> Floats:
    """Divide; nan where there is nothing to divide by."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=np.abs(whole) > 1e-12)


def percent(given: Sums, weights: Floats) -> Floats:
    """Return the share of coder pairs that agree, averaged over units."""
    return _over(weights @ given.agreed, weights @ given.pairable)


def krippendorff_alpha(given: Sums, weights: Floats, distance: Floats | None = None) -> Floats:
    """Return Krippendorff's alpha for the distance that the sums were made with.

    Args:
        given: Sums per case.
        weights: Weightings of the cases, draws x cases.
        distance: The same squared distances as given to ``sums``; 0 and 1 when left out.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A-D.
    """
    values = weights @ given.values
    total = values.sum(axis=1)
    apart = 1.0 - np.eye(values.shape[1]) if distance is None else distance
    expected = ((values @ apart) * values).sum(axis=1)
    return 1.0 - _over((total - 1) * (weights @ given.disagreed), expected)


def ordinal_alpha(given: Sums, weights: Floats) -> Floats:
    """Return Krippendorff's alpha for ordered values, whose distances hang on how often the values occur.

    These are Krippendorff's own ordinal distances, not the ordinal weights of irrCAC, which give other numbers.

    Source: Krippendorff (2011), section D.
    """
    assert given.coincidences is not None
    found = np.empty(len(weights))
    place = np.arange(given.values.shape[1])
    lower = np.minimum.outer(place, place)
    for draw, weighting in enumerate(weights):
        values = weighting @ given.values
        upto = np.cumsum(values)
        between = np.abs(upto[:, None] - upto[None, :]) + values[lower]
        distance = (between - (values[:, None] + values[None, :]) / 2) ** 2
        observed = float((np.tensordot(weighting, given.coincidences, axes=1) * distance).sum())
        expected = float(values @ distance @ values)
        found[draw] = 1 - (values.sum() - 1) * observed / expected if expected > 1e-12 else np.nan
    return found


def interval_distance(values: Sequence[float]) -> Floats:
    """Return squared differences of numbers."""
    numbers = np.array(values, dtype=np.float64)
    return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)


def ratio_distance(values: Sequence[float]) -> Floats:
    """Return squared relative differences of numbers at a scale with a true zero."""
    numbers = np.array(values, dtype=np.float64)
    return _over(numbers[:, None] - numbers[None, :], numbers[:, None] + numbers[None, :]) ** 2


def masi(first: frozenset[Hashable], second: frozenset[Hashable]) -> float:
    """Return the distance of two sets of codes: 1 - Jaccard x monotonicity; two empty sets are alike.

    Source: Passonneau, Measuring Agreement on Set-valued Items (LREC 2006).
    """
    if first == second:
        return 0.0
    shared = len(first & second)
    monotone = 2 / 3 if first <= second or second <= first else 1 / 3
    return 1.0 - shared / len(first | second) * monotone


def masi_distance(sets: Sequence[frozenset[Hashable]]) -> Floats:
    """Return the MASI distance of any two of the sets."""
    return np.array([[masi(first, second) for second in sets] for first in sets], dtype=np.float64)


def gwet_ac1(given: Sums, weights: Floats) -> Floats:
    """Return Gwet's AC1, which stays meaningful where a code is very rare or very common.

    Source: Gwet, Computing inter-rater reliability and its variance in the presence of high agreement,
    British Journal of Mathematical and Statistical Psychology 61 (2008), p. 29-48.
    """
    size = given.values.shape[1]
    if size < 2:
        return np.full(len(weights), np.nan)
    shares = _over(weights @ given.prevalence, np.repeat((weights @ given.seen)[:, None], size, axis=1))
    chance = (shares * (1 - shares)).sum(axis=1) / (size - 1)
    return _over(percent(given, weights) - chance, 1 - chance)


def cohen_kappa(given: Sums, weights: Floats) -> Floats:
    """Return Cohen's kappa of two coders; nan where both use one value throughout.

    Source: Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20 (1960).
    """
    assert given.crossed is not None
    tables = np.tensordot(weights, given.crossed, axes=1)
    total = tables.sum(axis=(1, 2))
    agreed = _over(np.trace(tables, axis1=1, axis2=2), total)
    chance = _over((tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1), total**2)
    return _over(agreed - chance, 1 - chance)


def fleiss_kappa(given: Sums, weights: Floats) -> Floats:
    """Return Fleiss' kappa of any number of coders, which for two is Scott's pi: chance from the pooled shares.

    Source: Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971), p. 378-382.
    """
    size = given.values.shape[1]
    shares = _over(weights @ given.prevalence, np.repeat((weights @ given.seen)[:, None], size, axis=1))
    chance = (shares**2).sum(axis=1)
    return _over(percent(given, weights) - chance, 1 - chance)


def brennan_prediger(given: Sums, weights: Floats) -> Floats:
    """Return kappa with chance 1 / number of values, the one that MAXQDA shows; for two values also called S.

    Source: Brennan and Prediger, Coefficient Kappa: Some Uses, Misuses, and Alternatives, Educational and
    Psychological Measurement 41 (1981), p. 687-699.
    """
    chance = np.full(len(weights), 1 / max(given.values.shape[1], 1))
    return _over(percent(given, weights) - chance, 1 - chance)


def weighted_kappa(given: Sums, weights: Floats, disagreement: Floats) -> Floats:
    """Return Cohen's weighted kappa of two coders.

    Args:
        given: Sums per case.
        weights: Weightings of the cases, draws x cases.
        disagreement: Weight of each pair of values, 0 on the diagonal, value x value.

    Source: Cohen, Weighted kappa, Psychological Bulletin 70 (1968), p. 213-220.
    """
    assert given.crossed is not None
    tables = np.tensordot(weights, given.crossed, axes=1)
    observed = (tables * disagreement).sum(axis=(1, 2)) * tables.sum(axis=(1, 2))
    expected = np.einsum("di,ij,dj->d", tables.sum(axis=2), disagreement, tables.sum(axis=1))
    return 1.0 - _over(observed, expected)


def positive_agreement(given: Sums, weights: Floats) -> Floats:
    """Return how often the second coder gave the code when one of the two did: F1 of presence (value 1)."""
    return _same_share(given, weights, 1)


def negative_agreement(given: Sums, weights: Floats) -> Floats:
    """Return the same for absence (value 0)."""
    return _same_share(given, weights, 0)


def _same_share(given: Sums, weights: Floats, value: int) -> Floats:
    assert given.coincidences is not None
    tables = np.tensordot(weights, given.coincidences, axes=1)
    return _over(tables[:, value, value], tables[:, value, :].sum(axis=1))


def precision(given: Sums, weights: Floats) -> Floats:
    """Return the share of the second coder's units with the code that the first, the reference, has too."""
    assert given.crossed is not None
    tables = np.tensordot(weights, given.crossed, axes=1)
    return _over(tables[:, 1, 1], tables[:, :, 1].sum(axis=1))


def recall(given: Sums, weights: Floats) -> Floats:
    """Return the share of the first coder's units with the code that the second found."""
    assert given.crossed is not None
    tables = np.tensordot(weights, given.crossed, axes=1)
    return _over(tables[:, 1, 1], tables[:, 1, :].sum(axis=1))


def f1(given: Sums, weights: Floats) -> Floats:
    """Return the harmonic mean of precision and recall."""
    assert given.crossed is not None
    tables = np.tensordot(weights, given.crossed, axes=1)
    return _over(2 * tables[:, 1, 1], tables[:, 1, :].sum(axis=1) + tables[:, :, 1].sum(axis=1))
