"""Do two traits occur in the same cases more often, or less often, than chance would have it?

References:
    Fisher, R. A. (1935). The logic of inductive inference. Journal of the Royal Statistical Society, 98(1), 39-82.
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. JRSS B, 57(1), 289-300.
    Tarone, R. E. (1990). A modified Bonferroni method for discrete data. Biometrics, 46(2), 515-522 (tables whose
    margins are so small that no outcome could pass).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.patterns.association import adjusted

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Counts = npt.NDArray[np.int64]
    Chances = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """A two-by-two table of two traits over cases, with both tails of the hypergeometric test.

    Attributes:
        both: Cases with both.
        first: Cases with the first trait.
        second: Cases with the second trait.
        cases: All cases.
        p_more: Chance of so many cases with both, or more, if the traits were dealt out independently.
        p_fewer: Chance of so few, or fewer.
    """

    both: int
    first: int
    second: int
    cases: int
    p_more: float
    p_fewer: float

    @property
    def expected(self) -> float:
        """Cases with both if the traits had nothing to do with each other."""
        return self.first * self.second / self.cases if self.cases else 0.0

    @property
    def jaccard(self) -> float:
        """Cases with both as a share of the cases with either."""
        either = self.first + self.second - self.both
        return self.both / either if either else 0.0

    @property
    def testable(self) -> bool:
        """Say whether the counts can come out in more than one way: neither trait in no case or in every case."""
        return 0 < self.first < self.cases and 0 < self.second < self.cases


def cooccurrences(traits: Sequence[frozenset[str]], cases: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[
    Cooccurrence
]:  # fmt: skip
    """Count and test pairs of traits.

    Args:
        traits: For each trait, the cases that have it.
        cases: All cases.
        pairs: Which traits to look at together, as indexes.

    Returns:
        One table per pair, in the order given.
    """
    import numpy as np

    if not pairs:
        return []
    place = {case: number for number, case in enumerate(cases)}
    present = np.zeros((len(traits), len(cases)), dtype=np.float32)
    for row, trait in enumerate(traits):
        present[row, [place[case] for case in trait if case in place]] = 1
    first, second = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    sizes = present.sum(axis=1, dtype=np.float64).astype(np.int64)
    both = np.rint(present @ present.T).astype(np.int64)[first, second]
    more, fewer = tails(both, sizes[first], sizes[second], len(cases))
    return [
        Cooccurrence(int(k), int(a), int(b), len(cases), float(up), float(down))
        for k, a, b, up, down in zip(both, sizes[first], sizes[second], more, fewer, strict=True)
    ]


def tails(both: "Counts", first: "Counts", second: "Counts", cases: int) -> "tuple[Chances, Chances]":
    """Return both tails of the hypergeometric distribution, each with the count found included.

    Args:
        both: Cases with both traits, one entry per pair.
        first: Cases with the first trait.
        second: Cases with the second trait.
        cases: All cases.
    """
    import numpy as np

    # Many pairs have the same margins: each distribution is made once. scipy.stats has it too, but takes longer to
    # import than all else that a run does with these tables.
    shapes, which = np.unique(np.stack([first, second], axis=1), axis=0, return_inverse=True)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, cases + 1, dtype=np.float64)))))
    more, fewer = np.ones(len(both)), np.ones(len(both))
    for number, (one, other) in enumerate(shapes):
        low, high = max(0, one + other - cases), min(one, other)
        counts = np.arange(low, high + 1)
        chances = np.exp(
            _log_ways(log_factorial, one, counts)
            + _log_ways(log_factorial, cases - one, other - counts)
            - _log_ways(log_factorial, cases, other)
        )
        chances /= chances.sum()
        these = np.flatnonzero(which.ravel() == number)
        place = both[these] - low
        more[these] = np.cumsum(chances[::-1])[::-1][place]
        fewer[these] = np.cumsum(chances)[place]
    return more.clip(0.0, 1.0), fewer.clip(0.0, 1.0)


def _log_ways(log_factorial: "Chances", several: "Counts | int", some: "Counts | int") -> "Chances":
    """Return the logarithm of the number of ways to choose some of several."""
    ways: Chances = log_factorial[several] - log_factorial[some] - log_factorial[several - some]
    return ways


def adjust_tails(found: Sequence[Cooccurrence]) -> list[tuple[float, float]]:
    """Adjust both tails of every table in one family of tests (Benjamini-Hochberg).

    Each table that can be tested counts as two tests, as either sign would be told of; the others count as none and
    keep p 1.

    Args:
        found: The tables of one family.

    Returns:
        The adjusted (p_more, p_fewer) of each.
    """
    tested = [table for table in found if table.testable]
    values = iter(adjusted([p for table in tested for p in (table.p_more, table.p_fewer)]))
    return [(next(values), next(values)) if table.testable else (1.0, 1.0) for table in found]


def least_p(first: int, second: int, cases: int, *, together: bool) -> float:
    """Return the smallest p that two traits of these sizes could reach in one direction.

    Args:
        first: Cases with the first trait.
        second: Cases with the second trait.
        cases: All cases.
        together: True for the tail of more cases with both, False for that of fewer.
    """
    from math import comb

    ways = comb(cases, second)
    if together:
        most = min(first, second)
        return comb(first, most) * comb(cases - first, second - most) / ways
    fewest = max(0, first + second - cases)
    return comb(first, fewest) * comb(cases - first, second - fewest) / ways
