"""Case x category memberships: a split case is one row with a share in each of its categories.

The unit is the case. A family whose members fall in two categories stays one row, with weight 1/2 in each, so that the
weights sum to the number of cases. Tests permute whole rows: both halves stay together and nobody is counted twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from pipeline.model.cases import Case
from pipeline.model.progression import ORDER, Outcome, ProgressionCategory

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

BETTER = (ProgressionCategory.PARTIAL, ProgressionCategory.PROGRESSION)
"""The upper side where the four categories are collapsed to two: progression or partial progression."""

_PLACE = {category: index for index, category in enumerate(ORDER)}

CATEGORY_SCORES: Floats = np.arange(len(ORDER), dtype=np.float64)
"""Scores of the categories in the order of ``ORDER``: regression 0, none 1, partial 2, progression 3."""


@dataclass(frozen=True, slots=True)
class Memberships:
    """Cases with the categories they belong to.

    Attributes:
        cases: Ids of the cases that have a category, in the order given.
        categories: Each case's categories, best first; several where it is split.
        municipalities: Each case's municipality, empty where it is not given.
        left_out: Ids of the cases of which not enough is said.
    """

    cases: tuple[str, ...]
    categories: tuple[tuple[ProgressionCategory, ...], ...]
    municipalities: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def split(self) -> tuple[str, ...]:
        """Ids of the split cases."""
        return tuple(case for case, found in zip(self.cases, self.categories, strict=True) if len(found) > 1)

    @property
    def matrix(self) -> Floats:
        """Shares, shape (cases, 4), columns in the order of ``ORDER``; every row sums to 1."""
        return _matrix(self.categories)

    @property
    def scores(self) -> Floats:
        """Mean score of each case, 0 (regression) to 3 (progression)."""
        return self.matrix @ CATEGORY_SCORES

    @property
    def strata(self) -> Whole:
        """Number of each case's municipality, for permutations within municipalities."""
        names = {name: number for number, name in enumerate(sorted(set(self.municipalities)))}
        return np.array([names[name] for name in self.municipalities], dtype=np.int64)

    @property
    def better(self) -> Floats:
        """1 for progression or partial progression, 0 for none or regression, nan for a case split over both."""
        share = self.matrix[:, [ORDER.index(category) for category in BETTER]].sum(axis=1)
        return np.where(share >= 1 - 1e-9, 1.0, np.where(share <= 1e-9, 0.0, np.nan))

    def counts(self, rows: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
        """Count chosen cases by category, in the order of ``ORDER``: (whole cases, split cases) for each.

        Args:
            rows: Which cases to count, shape (cases,).
        """
        chosen = [found for found, wanted in zip(self.categories, rows.tolist(), strict=True) if wanted]
        return tuple(
            (
                sum(found == (category,) for found in chosen),
                sum(len(found) > 1 and category in found for found in chosen),
            )
            for category in ORDER
        )

    def only(self, rows: NDArray[np.bool_]) -> "Memberships":
        """Return the memberships of some of the cases.

        Args:
            rows: Which cases to keep, shape (cases,).
        """
        kept = [index for index, wanted in enumerate(rows.tolist()) if wanted]
        return replace(
            self,
            cases=tuple(self.cases[index] for index in kept),
            categories=tuple(self.categories[index] for index in kept),
            municipalities=tuple(self.municipalities[index] for index in kept),
        )


@lru_cache(maxsize=64)
def _matrix(categories: tuple[tuple[ProgressionCategory, ...], ...]) -> Floats:
    found = np.zeros((len(categories), len(ORDER)))
    for row, several in enumerate(categories):
        for category in several:
            found[row, _PLACE[category]] = 1 / len(several)
    found.setflags(write=False)
    return found


def memberships_of(cases: Sequence[Case], outcomes: Iterable[Outcome]) -> Memberships:
    """Return the cases' memberships; a case without a category is left out and named.

    Args:
        cases: The cases, in the order wanted.
        outcomes: Their outcomes.
    """
    found = {outcome.case: outcome.progression for outcome in outcomes}
    kept = [case for case in cases if found.get(case.id)]
    return Memberships(
        cases=tuple(case.id for case in kept),
        categories=tuple(found[case.id] for case in kept),
        municipalities=tuple(case.attributes.municipality for case in kept),
        left_out=tuple(case.id for case in cases if not found.get(case.id)),
    )


def assignments(memberships: Memberships, *, most: int = 16, seed: int = 0) -> tuple[Memberships, ...]:
    """Return the single assignments of the split cases: each split case in one of its categories.

    All of them where there are no more than ``most``; else all cases at their best, all at their worst, and further
    ones drawn at random. Without split cases the memberships themselves are the only one.

    Args:
        memberships: The memberships.
        most: Largest number of assignments.
        seed: Seed of the draw.
    """
    sizes = [len(found) for found in memberships.categories]
    ways = prod(sizes)
    if ways <= most:
        picks = [np.array(np.unravel_index(way, sizes)) for way in range(ways)] if sizes else [np.zeros(0, np.int64)]
    else:
        rng = np.random.default_rng(seed)
        worst = np.array(sizes) - 1
        picks = [np.zeros(len(sizes), np.int64), worst]
        picks += [rng.integers(0, np.array(sizes)) for _ in range(most - 2)]
    return tuple(
        replace(
            memberships,
            categories=tuple(
                (found[index],) for found, index in zip(memberships.categories, pick.tolist(), strict=True)
            ),
        )
        for pick in picks
    )


def without_split(memberships: Memberships) -> Memberships:
    """Return the memberships without the split cases."""
    return memberships.only(np.array([len(found) == 1 for found in memberships.categories], dtype=np.bool_))
