"""Patterns of codes by progression: pairs and triples with a test over all looked at, closed, with their deviant cases.

On independent random codes a search over pairs and triples finds thousands of "rules", so every pattern is set against
the largest statistic that chance gives anywhere among all patterns looked at. Patterns that hold of the same cases are
one finding: the longest is kept. For a qualitative reader the cases that do *not* fit come first.

References:
    Westfall, P. H., & Young, S. S. (1993). Resampling-Based Multiple Testing (max-T). Wiley.
    Pasquier, N., Bastide, Y., Taouil, R., & Lakhal, L. (1999). Discovering frequent closed itemsets. ICDT '99.
    Seawright, J., & Gerring, J. (2008). Case selection techniques in case study research. Political Research Quarterly,
        61(2), 294-308 (deviant cases).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model.codes import Sign
from pipeline.patterns.bits import PackedCodes, cases_with, count_codes, count_pairs, count_triples, pack, patterns_of
from pipeline.patterns.membership import Memberships
from pipeline.patterns.permutation import DRAWS, contrasts, permuted
from pipeline.patterns.results import ByCategory

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Rows = NDArray[np.bool_]

LEAST = 5
"""Least cases with a pattern, and without it."""

_AT_ONCE = 200
_NEAR = 1e-9
_COUNTERS = {1: count_codes, 2: count_pairs, 3: count_triples}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Codes that occur in the same cases, with those cases' outcomes.

    Attributes:
        codes: Ids of the codes, in the order given.
        shared: Further codes that all cases with the pattern carry too.
        cases: Ids of the cases with the pattern, deviant ones first.
        counts: (whole cases, split cases) by category, in the order of ``ORDER``.
        deviant: Ids of the cases with the pattern and the unexpected outcome, the most unexpected first.
        z: Linear-by-linear statistic against progression.
        p: Its unadjusted p, from permutations.
        p_all: Max-T p over all patterns looked at.
        superiority: Chance that a case with the pattern has a better outcome than one without, ties half.
        parts: The statistic of each code alone, in the order of the codes.
    """

    codes: tuple[str, ...]
    shared: tuple[str, ...]
    cases: tuple[str, ...]
    counts: ByCategory
    deviant: tuple[str, ...]
    z: float
    p: float
    p_all: float
    superiority: float
    parts: tuple[float, ...]

    @property
    def direction(self) -> Sign:
        """Plus where the pattern goes with better outcomes."""
        return Sign.PLUS if self.z > 0 else Sign.MINUS


@dataclass(frozen=True, slots=True)
class Mined:
    """The patterns of a search, the strongest first.

    Attributes:
        patterns: Closed patterns with enough cases.
        looked_at: How many patterns were tested, which is what ``p_all`` answers for.
        least: Least number of cases asked for.
        draws: Permutations drawn.
        within: True when permutations stayed within municipalities.
    """

    patterns: tuple[Pattern, ...]
    looked_at: int
    least: int
    draws: int
    within: bool


def deviant_cases(cases: Iterable[str], memberships: Memberships, expected: Sign) -> tuple[str, ...]:
    """Return the cases whose outcome is on the unexpected side, the most unexpected first.

    A split case with members on both sides is no deviant case: it fits in part.

    Args:
        cases: Ids of cases.
        memberships: Their categories.
        expected: Plus where progression or partial progression was to be expected.
    """
    wanted = frozenset(cases)
    side = 0.0 if expected is Sign.PLUS else 1.0
    found = [
        (score if expected is Sign.PLUS else -score, case)
        for case, score, better in zip(
            memberships.cases, memberships.scores.tolist(), memberships.better.tolist(), strict=True
        )
        if case in wanted and better == side
    ]
    return tuple(case for _, case in sorted(found))


def mine(
    presence: Rows,
    codes: Sequence[str],
    memberships: Memberships,
    *,
    sizes: Sequence[int] = (2, 3),
    least: int = LEAST,
    most: int | None = None,
    within: bool = False,
    draws: int = DRAWS,
    seed: int = 0,
) -> Mined:
    """Search pairs and triples of codes for those that go with progression.

    Args:
        presence: Which case carries which code, shape (cases, codes).
        codes: Ids of the codes.
        memberships: The same cases with their categories.
        sizes: Sizes of the patterns, 1 to 3.
        least: Least cases with a pattern, and without it: fewer tell of persons and not of patterns.
        most: How many patterns to return, the strongest; None for all. All are tested.
        within: True to permute within municipalities.
        draws: Permutations.
        seed: Seed of the permutations.
    """
    kinds = {several: number for number, several in enumerate(sorted(set(memberships.categories)))}
    groups = np.array([kinds[several] for several in memberships.categories], np.int64)
    packed = pack(presence, groups, count=max(1, len(kinds)))
    candidates = _candidates(packed, sizes, least)
    closed = _closed(packed, candidates)
    if not closed:
        return Mined((), 0, least, draws, within)
    columns = np.zeros((len(memberships.cases), len(closed)))
    for column, (_, rows) in enumerate(closed):
        columns[rows, column] = 1.0
    strata = memberships.strata if within else None
    seen, p, p_all, varies = _tests(columns, memberships.scores, strata, draws, seed)
    tendency = _superiority(columns, memberships.matrix)
    alone = _alone(presence, memberships.scores, strata)
    size = np.round(np.abs(seen), 9).tolist()
    order = sorted(np.flatnonzero(varies).tolist(), key=lambda index: (-size[index], closed[index][0]))
    patterns = []
    for index in order[:most]:
        numbers = _Numbers(float(seen[index]), float(p[index]), float(p_all[index]), float(tendency[index]))
        patterns.append(_pattern(closed[index], presence, codes, memberships, numbers, alone))
    return Mined(tuple(patterns), int(varies.sum()), least, draws, within)


_Candidate = tuple[tuple[int, ...], Whole]
"""A pattern's codes and the rows of its cases."""


def _candidates(packed: PackedCodes, sizes: Sequence[int], least: int) -> list[tuple[int, ...]]:
    """Return the patterns with enough cases with and without them, longest first."""
    n = int(packed.sizes.sum())
    found: list[tuple[int, ...]] = []
    for size in sorted(sizes, reverse=True):
        counts = _COUNTERS[size](packed).sum(axis=1)
        kept = patterns_of(packed.codes, size)[(counts >= least) & (n - counts >= least)]
        found += [tuple(pattern) for pattern in kept.tolist()]
    return found


def _closed(packed: PackedCodes, candidates: Sequence[tuple[int, ...]]) -> list[_Candidate]:
    """Keep one pattern per set of cases: the longest, and of these the first."""
    kept: dict[bytes, tuple[int, ...]] = {}
    for pattern in candidates:
        together = np.bitwise_and.reduce(packed.words[list(pattern)], axis=0)
        kept.setdefault(together.tobytes(), pattern)
    return [(pattern, cases_with(packed, pattern)) for pattern in kept.values()]


def _tests(
    columns: Floats, scores: Floats, strata: Whole | None, draws: int, seed: int
) -> tuple[Floats, Floats, Floats, Rows]:
    """Return statistic, unadjusted p and max-T p of every pattern, and which of them vary at all."""
    contrast, scale = contrasts(columns, scores, strata)
    varies = scale > 0
    standard = np.divide(contrast, scale, out=np.zeros_like(contrast), where=varies)
    seen = scores @ standard
    size = np.abs(seen) - _NEAR
    reached = np.zeros(len(size), np.int64)
    largest = np.zeros(draws)
    rng = np.random.default_rng(seed)
    for first in range(0, draws, _AT_ONCE):
        some = min(_AT_ONCE, draws - first)
        drawn = np.abs(permuted(scores, rng.random((some, len(scores))), strata) @ standard)
        largest[first : first + some] = drawn.max(axis=1)
        reached += (drawn >= size).sum(axis=0)
    beaten = draws - np.searchsorted(np.sort(largest), size, side="left")
    return seen, (1 + reached) / (draws + 1), (1 + beaten) / (draws + 1), varies


def _alone(presence: Rows, scores: Floats, strata: Whole | None) -> Floats:
    contrast, scale = contrasts(presence.astype(np.float64), scores, strata)
    return np.divide(scores @ contrast, scale, out=np.zeros(len(scale)), where=scale > 0)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the tests give for one pattern."""

    z: float
    p: float
    p_all: float
    superiority: float


def _superiority(columns: Floats, matrix: Floats) -> Floats:
    """Return for each pattern the chance that a case with it has a better outcome than one without, ties half."""
    having = columns.T @ matrix
    without = matrix.sum(axis=0) - having
    below = np.cumsum(without, axis=1) - without / 2
    found: Floats = (having * below).sum(axis=1) / (having.sum(axis=1) * without.sum(axis=1))
    return found


def _pattern(
    candidate: _Candidate,
    presence: Rows,
    codes: Sequence[str],
    memberships: Memberships,
    numbers: _Numbers,
    alone: Floats,
) -> Pattern:
    pattern, rows = candidate
    chosen = np.zeros(len(memberships.cases), np.bool_)
    chosen[rows] = True
    ids = [memberships.cases[row] for row in rows.tolist()]
    deviant = deviant_cases(ids, memberships, Sign.PLUS if numbers.z > 0 else Sign.MINUS)
    everywhere = np.flatnonzero((presence[rows] != 0).all(axis=0)).tolist()
    return Pattern(
        codes=tuple(codes[code] for code in pattern),
        shared=tuple(codes[code] for code in everywhere if code not in pattern),
        cases=(*deviant, *(case for case in ids if case not in deviant)),
        counts=memberships.counts(chosen),
        deviant=deviant,
        z=numbers.z,
        p=numbers.p,
        p_all=numbers.p_all,
        superiority=numbers.superiority,
        parts=tuple(float(alone[code]) for code in pattern),
    )
