"""Calibration: from raw values to membership in sets."""

import itertools
import math
from collections.abc import Sequence

import numpy as np

from pipeline.patterns.qca.matrix import Floats

_STEPS = 100
_SMALL = 1e-10
_HALF_CASE = 0.5
"""What is added on both sides before the first step, so that groups at 0 and 1 have finite odds."""


def crisp(values: Sequence[float], threshold: float) -> Floats:
    """Return 1 for values at or above a threshold and 0 below it; NaN stays.

    Args:
        values: Raw values, one per case.
        threshold: The least value that is a member.
    """
    return multi_value(values, (threshold,))


def multi_value(values: Sequence[float], thresholds: Sequence[float]) -> Floats:
    """Return for each value how many thresholds it reaches: 0, 1, 2 …; NaN stays.

    Args:
        values: Raw values, one per case.
        thresholds: Rising.

    Raises:
        ValueError: The thresholds do not rise.
    """
    _must_rise(thresholds)
    raw = np.asarray(values, dtype=np.float64)
    found = np.searchsorted(np.asarray(thresholds, dtype=np.float64), raw, side="right").astype(np.float64)
    return np.where(np.isnan(raw), np.nan, found)


def direct(
    values: Sequence[float], exclusion: float, crossover: float, inclusion: float, *, degree: float = 0.95
) -> Floats:
    """Return fuzzy membership by the direct method: log odds linear between three anchors.

    With ``inclusion`` below ``exclusion``, low values are members. Source: Ragin (2008), Redesigning Social Inquiry,
    chapter 5, with the log odds of ``degree`` at the outer anchors.

    Args:
        values: Raw values, one per case.
        exclusion: The value of full non-membership.
        crossover: The value of membership 0.5.
        inclusion: The value of full membership.
        degree: The membership that counts as full.

    Raises:
        ValueError: The anchors are not in order.
    """
    if not (exclusion < crossover < inclusion or exclusion > crossover > inclusion):
        raise ValueError("The crossover must lie between exclusion and inclusion.")
    raw = np.asarray(values, dtype=np.float64)
    distance = raw - crossover
    odds = math.log(degree / (1.0 - degree))
    towards = np.sign(distance) == math.copysign(1.0, inclusion - crossover)
    width = np.where(towards, inclusion - crossover, crossover - exclusion)
    return np.asarray(1.0 / (1.0 + np.exp(-distance * odds / width)))


def indirect(values: Sequence[float], thresholds: Sequence[float]) -> Floats:
    """Return fuzzy membership by the indirect method: a smooth curve through memberships given to groups.

    The thresholds cut the values into groups; the groups get memberships evenly from 0 to 1, and a fractional
    polynomial logit (log x, square root of x, x, x squared) is fitted to them. Source: Ragin (2008), chapter 5.

    Args:
        values: Raw values above 0, one per case; NaN stays.
        thresholds: Rising; n thresholds make n + 1 groups.

    Raises:
        ValueError: A value is 0 or less, or the thresholds do not rise.
    """
    _must_rise(thresholds)
    raw = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(raw)
    x = raw[known]
    if np.any(x <= 0):
        raise ValueError("The indirect method needs values above 0.")
    given = np.searchsorted(np.asarray(thresholds, dtype=np.float64), x, side="left") / len(thresholds)
    terms = np.column_stack([np.log(x), np.sqrt(x), x, x**2])
    spread = terms.std(axis=0)
    terms = (terms - terms.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    fitted = _fit_logit(np.column_stack([np.ones(len(x)), terms]), given)
    result = np.full(len(raw), np.nan)
    result[known] = fitted
    return result


def _fit_logit(design: Floats, shares: Floats) -> Floats:
    """Fit shares 0-1 by iteratively reweighted least squares and return the fitted shares."""
    mean = (shares + _HALF_CASE) / (1.0 + 2.0 * _HALF_CASE)
    linear = np.log(mean / (1.0 - mean))
    for _ in range(_STEPS):
        weight = np.maximum(mean * (1.0 - mean), _SMALL)
        root = np.sqrt(weight)
        target = linear + (shares - mean) / weight
        solved, *_ = np.linalg.lstsq(design * root[:, None], target * root, rcond=None)
        new = np.clip(design @ solved, -30.0, 30.0)
        mean = 1.0 / (1.0 + np.exp(-new))
        if np.max(np.abs(new - linear)) < _SMALL:
            break
        linear = new
    return np.asarray(mean)


def graded(values: Sequence[str | None], grades: dict[str, float]) -> Floats:
    """Return the membership given to each grade, as of a rating; NaN where there is none.

    Args:
        values: Grades such as ``high``, one per case.
        grades: Membership of each grade.
    """
    return np.array([math.nan if value is None else grades.get(value, math.nan) for value in values], dtype=np.float64)


def _must_rise(thresholds: Sequence[float]) -> None:
    if not thresholds or any(low >= high for low, high in itertools.pairwise(thresholds)):
        raise ValueError("The thresholds must rise.")
