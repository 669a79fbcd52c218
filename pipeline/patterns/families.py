"""Many tests at once: max-T within a stated family by joint permutation, and Benjamini-Hochberg beside it.

The outcomes of all cases are permuted together and every trait of the family is tested on the same permutation, so
that the dependence between traits is kept and split cases stay whole.

References:
    Westfall, P. H., & Young, S. S. (1993). Resampling-Based Multiple Testing, section 2.5 (step-down max-T). Wiley.
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B, 57(1), 289-300.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.patterns.association import adjusted
from pipeline.patterns.permutation import DRAWS, contrasts, permuted

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class FamilyTest:
    """The tests of one family, in the order given; None for a trait that does not vary.

    Attributes:
        z: Standardised linear-by-linear statistics.
        p: Unadjusted p of each, from the drawn permutations.
        p_family: Step-down max-T p: the chance of a statistic this large anywhere in the family where no trait has to
            do with the outcome.
        p_discovery: Benjamini-Hochberg adjusted p.
    """

    z: tuple[float | None, ...]
    p: tuple[float | None, ...]
    p_family: tuple[float | None, ...]
    p_discovery: tuple[float | None, ...]


def max_t(
    columns: Sequence[Floats], scores: Floats, strata: Whole | None = None, *, draws: int = DRAWS, seed: int = 0
) -> FamilyTest:
    """Test the traits of a family against the outcome by joint permutations.

    A trait may miss cases (nan): its outcomes are then permuted among its own cases, in the order of random keys that
    all traits share. Each test is exact; where traits miss different cases their dependence is kept only in part,
    which makes the family's p a little too large rather than too small.

    Args:
        columns: The traits, each of shape (n,), nan where a case has no value.
        scores: Score of each case's outcome, shape (n,).
        strata: Group of each case: permutations stay within groups.
        draws: How many permutations; the observed arrangement counts as one more.
        seed: Seed of the draw.
    """
    n = len(scores)
    keys = np.random.default_rng(seed).random((draws, n))
    seen: list[float | None] = [None] * len(columns)
    drawn = np.zeros((draws, len(columns)))
    groups: dict[bytes, list[int]] = {}
    for index, column in enumerate(columns):
        groups.setdefault((~np.isnan(column)).tobytes(), []).append(index)
    for mask, members in groups.items():
        rows = np.frombuffer(mask, np.bool_)
        block = np.stack([columns[index][rows] for index in members], axis=1)
        inside = None if strata is None else strata[rows]
        contrast, scale = contrasts(block, scores[rows], inside) if rows.any() else (block, np.zeros(len(members)))
        varies = scale > 0
        if not varies.any():
            continue
        wanted = [index for index, kept in zip(members, varies.tolist(), strict=True) if kept]
        standard = contrast[:, varies] / scale[varies]
        for index, value in zip(wanted, (scores[rows] @ standard).tolist(), strict=True):
            seen[index] = value
        drawn[:, wanted] = np.abs(permuted(scores[rows], keys[:, rows], inside) @ standard)
    tested = [index for index, value in enumerate(seen) if value is not None]
    found = np.array([abs(value) for value in seen if value is not None])
    return FamilyTest(tuple(seen), *_p_values(found, drawn[:, tested], tested, len(columns)))


Some = tuple[float | None, ...]


def _p_values(seen: Floats, drawn: Floats, tested: list[int], size: int) -> tuple[Some, Some, Some]:
    draws = len(drawn)
    single = (1 + (drawn >= seen - _NEAR).sum(axis=0)) / (draws + 1)
    order = np.argsort(-seen, kind="stable")
    # the largest statistic among this trait and all weaker ones, in each permutation
    rest = np.flip(np.maximum.accumulate(np.flip(drawn[:, order], 1), axis=1), 1)
    stepped = (1 + (rest >= seen[order] - _NEAR).sum(axis=0)) / (draws + 1)
    family = np.empty(len(seen))
    family[order] = np.maximum.accumulate(stepped)
    discovery = adjusted(single.tolist())

    def placed(values: Sequence[float]) -> Some:
        found: list[float | None] = [None] * size
        for index, value in zip(tested, values, strict=True):
            found[index] = value
        return tuple(found)

    return placed(single.tolist()), placed(family.tolist()), placed(discovery)
