"""How well terms, models and single conditions fit the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.patterns.qca.matrix import EXACT, Cube, Floats, Matrix
from pipeline.patterns.qca.truth_table import proportional, share_inside


@dataclass(frozen=True, slots=True)
class Fit:
    """Fit of a term or a model with the outcome.

    Attributes:
        consistency: Share of its membership that lies in the outcome; NaN when no case belongs to it.
        pri: The same without what lies in the outcome's absence too.
        coverage: Share of the outcome that it covers.
        unique: Share of the outcome that no other term of the model covers; of a model of one term its coverage.
    """

    consistency: float
    pri: float
    coverage: float
    unique: float


@dataclass(frozen=True, slots=True)
class Necessity:
    """How nearly the outcome is a part of a condition.

    Attributes:
        terms: The condition, or several joined by "or".
        consistency: Share of the outcome that lies in it.
        coverage: Share of its membership that lies in the outcome.
        relevance: RoN, relevance of necessity: near 0 when nearly every case belongs to it.
    """

    terms: tuple[Cube, ...]
    consistency: float
    coverage: float
    relevance: float


def _part(hits: float, of: float) -> float:
    return hits / of if of > EXACT else 0.0


def fit_of(member: Floats, y: Floats, *, unique: float | None = None) -> Fit:
    """Return the fit of a set with the outcome.

    Args:
        member: Membership of each case in the set.
        y: Membership of each case in the outcome.
        unique: Its unique coverage; its whole coverage when left out.
    """
    coverage = _part(float(np.minimum(member, y).sum()), float(y.sum()))
    return Fit(share_inside(member, y), proportional(member, y), coverage, coverage if unique is None else unique)


def model_fit(matrix: Matrix, terms: Sequence[Cube]) -> tuple[Fit, tuple[Fit, ...]]:
    """Return the fit of a model and of each of its terms.

    Args:
        matrix: The data.
        terms: The model's terms.
    """
    y = matrix.y
    members = [matrix.member(term) for term in terms]
    whole = matrix.union(terms)
    covered = float(np.minimum(whole, y).sum())
    fits = []
    for index, member in enumerate(members):
        rest = matrix.union(term for other, term in enumerate(terms) if other != index)
        unique = _part(covered - float(np.minimum(rest, y).sum()), float(y.sum()))
        fits.append(fit_of(member, y, unique=unique))
    return fit_of(whole, y), tuple(fits)


def necessity_of(matrix: Matrix, terms: Sequence[Cube]) -> Necessity:
    """Return how nearly the outcome is a part of a set.

    Source of RoN: Schneider & Wagemann (2012), Set-Theoretic Methods, section 9.2.

    Args:
        matrix: The data.
        terms: The set's terms, joined by "or".
    """
    member, y = matrix.union(terms), matrix.y
    both = np.minimum(member, y)
    return Necessity(
        terms=tuple(terms),
        consistency=_part(float(both.sum()), float(y.sum())),
        coverage=_part(float(both.sum()), float(member.sum())),
        relevance=_part(float((1.0 - member).sum()), float((1.0 - both).sum())),
    )


def necessity(matrix: Matrix) -> tuple[Necessity, ...]:
    """Return the necessity of every value of every condition: presences first, then absences.

    Of a multi-value condition all values stand together, in order.
    """
    order: list[tuple[int, int]] = []
    if any(condition.levels > 2 for condition in matrix.conditions):
        order = [(index, level) for index, c in enumerate(matrix.conditions) for level in range(c.levels)]
    else:
        order = [(index, level) for level in (1, 0) for index in range(len(matrix.conditions))]
    width = len(matrix.conditions)
    return tuple(
        necessity_of(matrix, (tuple(level if place == index else None for place in range(width)),))
        for index, level in order
    )
