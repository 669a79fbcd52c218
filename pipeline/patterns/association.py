"""Simple association between two traits of cases: counts, an exact test and its adjustment for many tests.

References:
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B, 57(1), 289-300.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb


@dataclass(frozen=True, slots=True)
class Association:
    """How often two traits occur in the same cases.

    Attributes:
        both: Cases with both.
        first: Cases with the first trait.
        second: Cases with the second trait.
        cases: All cases.
        p: Two-sided p of the hypergeometric test (Fisher's exact test).
    """

    both: int
    first: int
    second: int
    cases: int
    p: float

    @property
    def expected(self) -> float:
        """Cases with both if the traits had nothing to do with each other."""
        return self.first * self.second / self.cases if self.cases else 0.0

    @property
    def together(self) -> bool:
        """True when the traits occur together more often than expected."""
        return self.both > self.expected

    @property
    def counter(self) -> int:
        """Cases that speak against: with the first trait and without the second, the other way round when apart."""
        return self.first - self.both if self.together else self.both

    @property
    def jaccard(self) -> float:
        """Cases with both as a share of cases with either."""
        either = self.first + self.second - self.both
        return self.both / either if either else 0.0


def associate(first: frozenset[str], second: frozenset[str], cases: frozenset[str]) -> Association:
    """Count two traits over cases and test whether they occur independently.

    The test is exact and two-sided: it sums the chances of all tables with the same margins that are no likelier than
    the one found. With an empty or a full trait there is nothing to test and p is 1.

    Args:
        first: Cases with the first trait.
        second: Cases with the second trait.
        cases: All cases.
    """
    first, second = first & cases, second & cases
    both, n_first, n_second, total = len(first & second), len(first), len(second), len(cases)
    return Association(both, n_first, n_second, total, _two_sided(both, n_first, n_second, total))


def _two_sided(both: int, first: int, second: int, total: int) -> float:
    ways = [
        comb(second, k) * comb(total - second, first - k)
        for k in range(max(0, first + second - total), min(first, second) + 1)
    ]
    seen = comb(second, both) * comb(total - second, first - both)
    return float(Fraction(sum(way for way in ways if way <= seen), sum(ways)))


def adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return Benjamini-Hochberg adjusted p values, in the order given.

    Args:
        p_values: The p values of one family of tests.
    """
    order = sorted(range(len(p_values)), key=lambda index: (p_values[index], index), reverse=True)
    found = [1.0] * len(p_values)
    least = 1.0
    for rank, index in zip(range(len(p_values), 0, -1), order, strict=True):
        least = min(least, p_values[index] * (len(p_values) / rank))
        found[index] = least
    return tuple(found)
