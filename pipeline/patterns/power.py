"""How large an association would have to be to be seen, with so many cases: power by simulation.

Says beside every "no association found" what could have been found at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import erf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from pipeline.patterns.membership import CATEGORY_SCORES

Floats = NDArray[np.float64]

ODDS_RATIOS = (1.35, 1.65, 2.0, 2.5, 3.0, 4.0)
"""Odds of the trait, from one category to the next better one."""

RUNS = 1_000
LEVEL = 0.05
ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Power:
    """The chance to see an association of some strength.

    Attributes:
        n: Cases.
        prevalence: Share of cases with the trait.
        family: How many traits are tested in the family.
        rows: (odds ratio per step of outcome, chance of an unadjusted p < .05, chance of a family-wise p < .05).
    """

    n: int
    prevalence: float
    family: int
    rows: tuple[tuple[float, float, float], ...]

    @property
    def detectable(self) -> float | None:
        """The smallest odds ratio looked at that is found with 80 per cent chance, unadjusted; None where none is."""
        return next((ratio for ratio, single, _ in self.rows if single >= ENOUGH), None)

    @property
    def detectable_in_family(self) -> float | None:
        """The same after adjustment for the family."""
        return next((ratio for ratio, _, family in self.rows if family >= ENOUGH), None)


def power_of(n: int, prevalence: float, shares: Iterable[float], *, family: int = 1) -> Power:
    """Return the power of the linear-by-linear test at level .05.

    The family-wise level is Sidak's for independent traits, a little stricter than max-T. Results are kept per
    (n, prevalence to the nearest 0.05, shares to two decimals, family), so that a table of codes asks for few runs.

    Args:
        n: Cases.
        prevalence: Share of cases with the trait, 0-1.
        shares: Shares of the four categories, lowest first.
        family: Traits tested together.
    """
    near = min(0.95, max(0.05, round(prevalence * 20) / 20))
    return _simulated(n, near, tuple(round(share, 2) for share in shares), max(1, family))


@cache
def _simulated(n: int, prevalence: float, shares: tuple[float, ...], family: int) -> Power:
    if n < 3 or not sum(shares):
        return Power(n, prevalence, family, ())
    rng = np.random.default_rng(0)
    scores = rng.choice(CATEGORY_SCORES, size=(RUNS, n), p=np.array(shares) / sum(shares))
    uniform = rng.random((RUNS, n))
    limits = (_normal_quantile(LEVEL), _normal_quantile(1 - (1 - LEVEL) ** (1 / family)))
    rows = []
    for ratio in ODDS_RATIOS:
        slope = log(ratio)
        chance = 1 / (1 + np.exp(-(_intercept(prevalence, slope, shares) + slope * scores)))
        z = np.abs(_z(np.asarray(uniform < chance, np.float64), scores))
        rows.append((ratio, float((z > limits[0]).mean()), float((z > limits[1]).mean())))
    return Power(n, prevalence, family, tuple(rows))


def _z(values: Floats, scores: Floats) -> Floats:
    """Return the linear-by-linear statistic of each run; 0 where a run does not vary."""
    n = values.shape[1]
    x = values - values.mean(axis=1, keepdims=True)
    y = scores - scores.mean(axis=1, keepdims=True)
    scale = np.sqrt((x**2).sum(axis=1) * (y**2).sum(axis=1) / (n - 1))
    found: Floats = np.divide((x * y).sum(axis=1), scale, out=np.zeros(len(values)), where=scale > 0)
    return found


def _intercept(prevalence: float, slope: float, shares: tuple[float, ...]) -> float:
    """Return the log odds at score 0 that give the prevalence over all categories, by halving."""
    weights = np.array(shares) / sum(shares)
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = float(weights @ (1 / (1 + np.exp(-(middle + slope * CATEGORY_SCORES)))))
        low, high = (middle, high) if mean < prevalence else (low, middle)
    return (low + high) / 2


def _normal_quantile(two_sided: float) -> float:
    """Return the |z| that the standard normal exceeds with this two-sided chance, by halving."""
    low, high = 0.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - erf(middle / sqrt(2)) > two_sided else (low, middle)
    return (low + high) / 2
