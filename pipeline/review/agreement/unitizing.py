"""Alpha for unitizing: do coders mark the same stretches of text, beginning and end included?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.review.agreement.ratings import Floats

Span = tuple[int, int]
"""Begin and end (exclusive) of a unit, in characters from the continuum's beginning."""


@dataclass(frozen=True, slots=True)
class UnitizingPart:
    """Observed and expected disagreement over one code.

    Attributes:
        observed: Observed disagreement.
        expected: What chance would give.
        spans: Number of units all coders marked.
    """

    observed: float
    expected: float
    spans: int

    @property
    def alpha(self) -> float:
        """Alpha; nan where nobody marked anything."""
        return 1 - self.observed / self.expected if self.expected > 0 else float("nan")


def unitizing(length: int, by_coder: Sequence[Sequence[Span]]) -> UnitizingPart:
    """Compare the stretches that coders marked with one code.

    Args:
        length: Length of the continuum, in characters; several texts are laid end to end.
        by_coder: Per coder the units marked, in any order; touching and overlapping units are joined first, since one
            coder's units of one code cannot overlap.

    Source: Krippendorff, On the Reliability of Unitizing Continuous Data, Sociological Methodology 25 (1995), p. 47-76;
    Content Analysis, 2nd ed. (2004), p. 251-256.
    """
    marked = [joined(spans) for spans in by_coder]
    gaps = [_gaps(spans, length) for spans in marked]
    coders = len(marked)
    number = sum(map(len, marked))
    if number == 0 or coders < 2 or length < 2:
        return UnitizingPart(0.0, 0.0, number)
    observed = sum(
        _difference(marked[first], marked[second])
        for first in range(coders)
        for second in range(coders)
        if first != second
    ) / (coders * (coders - 1) * length**2)
    lengths = np.array([end - begin for spans in marked for begin, end in spans], dtype=np.float64)
    all_gaps = np.sort(np.array([gap for each in gaps for gap in each], dtype=np.float64))
    within = (number - 1) / 3 * (2 * lengths**3 - 3 * lengths**2 + lengths)
    inside = lengths**2 * _room(all_gaps, lengths)
    pairs = coders * length * (coders * length - 1) - float((lengths * (lengths - 1)).sum())
    expected = 2 / length * float((within + inside).sum()) / pairs
    return UnitizingPart(observed, expected, number)


def joined(spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > begin:
            merged.append((begin, end))
    return merged


def _gaps(spans: Sequence[Span], length: int) -> list[int]:
    borders = [0, *(place for span in spans for place in span), length]
    return [end - begin for begin, end in zip(borders[::2], borders[1::2], strict=True) if end > begin]


def _difference(first: Sequence[Span], second: Sequence[Span]) -> float:
    """Sum the squared differences of one coder's units to the other's: ends that differ, and units in a gap."""
    total = 0.0
    for begin, end in first:
        met = [(other, last) for other, last in second if other < end and begin < last]
        for other, last in met:
            # Each intersecting pair is met from both sides by the caller's ordered pairs, as the formula wants.
            total += (begin - other) ** 2 + (end - last) ** 2
        if not met:
            total += (end - begin) ** 2
    for other, last in second:
        if not any(begin < last and other < end for begin, end in first):
            total += (last - other) ** 2
    return total


def _room(gaps: Floats, lengths: Floats) -> Floats:
    """Return for each unit in how many places of the gaps it would fit."""
    sums = np.concatenate([np.cumsum(gaps[::-1])[::-1], [0.0]])
    first = np.searchsorted(gaps, lengths, side="left")
    count = len(gaps) - first
    return np.asarray(sums[first] - count * lengths + count)
