"""Profiles: the cases that have exactly the same conditions, with how they went."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.patterns.membership import Memberships
from pipeline.patterns.results import ByCategory

Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Profile:
    """Cases that have exactly the same conditions.

    Attributes:
        present: Conditions that they have.
        absent: Conditions that they do not have.
        cases: Ids of the cases.
        counts: (whole cases, split cases) by category, in the order of ``ORDER``.
        mean: Mean score of the outcome, 0 (regression) to 3 (progression).
        mixed: True when they fall on both sides: progression or partial, and none or regression.
    """

    present: tuple[str, ...]
    absent: tuple[str, ...]
    cases: tuple[str, ...]
    counts: ByCategory
    mean: float
    mixed: bool


def profiles(presence: Rows, conditions: Sequence[str], memberships: Memberships) -> tuple[Profile, ...]:
    """Group cases by identical conditions: the truth table without thresholds; largest groups first.

    Args:
        presence: Which case has which condition, shape (cases, conditions).
        conditions: Names of the conditions.
        memberships: The same cases with their categories.
    """
    rows: dict[tuple[bool, ...], list[int]] = {}
    for row, values in enumerate((presence != 0).tolist()):
        rows.setdefault(tuple(values), []).append(row)
    scores, better = memberships.scores, memberships.better
    found = []
    for values, members in rows.items():
        chosen = np.zeros(len(presence), np.bool_)
        chosen[members] = True
        sides = better[members]
        found.append(
            Profile(
                present=tuple(name for name, value in zip(conditions, values, strict=True) if value),
                absent=tuple(name for name, value in zip(conditions, values, strict=True) if not value),
                cases=tuple(memberships.cases[row] for row in members),
                counts=memberships.counts(chosen),
                mean=float(scores[members].mean()),
                mixed=bool(np.isnan(sides).any() or np.ptp(sides) > 0),
            )
        )
    return tuple(sorted(found, key=lambda each: (-len(each.cases), -len(each.present), each.present)))
