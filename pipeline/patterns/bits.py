"""Counting patterns of codes with packed bits: pairs, triples and pattern x outcome, for a hundred or a million cases.

Every code is a row of bits, one per case, 64 to a word; a pattern's cases are the bitwise *and* of its codes' rows, and
its count is a population count. Cases are sorted by outcome and each outcome's stretch is padded to whole words, so
that counts by outcome are sums over stretches and cost nothing extra. Work goes through the words in blocks that stay
in the processor's cache.

References:
    Burdick, D., Calimlim, M., & Gehrke, J. (2001). MAFIA: a maximal frequent itemset algorithm for transactional
        databases. ICDE 2001 (bits by code, counted by word).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Whole = NDArray[np.int64]

_WORD = 64
_BLOCK = 2_048
"""Words of a block: 16 kB a code, so that a hundred codes stay in a processor's second cache."""

_ROWS = 200_000
"""Cases packed at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class PackedCodes:
    """Codes of cases as bits, the cases sorted by outcome group.

    Attributes:
        words: Bits, shape (codes, words).
        starts: First word of each outcome group, and the number of words at the end, shape (groups + 1,).
        order: The cases' places in the order given, sorted as the bits are, shape (cases,).
        sizes: Cases of each group, shape (groups,).
    """

    words: Bits
    starts: Whole
    order: Whole
    sizes: Whole

    @property
    def codes(self) -> int:
        """Number of codes."""
        return len(self.words)

    @property
    def groups(self) -> int:
        """Number of outcome groups."""
        return len(self.sizes)


def pack(presence: NDArray[np.bool_], groups: Whole | None = None, *, count: int | None = None) -> PackedCodes:
    """Pack a case x code matrix.

    Args:
        presence: Which case carries which code, shape (cases, codes); any type whose non-zero values mean present.
        groups: Outcome group of each case, from 0; None for one group. A group may be any set of cases that are
            treated alike, such as "split over progression and none".
        count: How many groups there are; as many as are met when left out.

    Returns:
        The bits; they take cases x codes / 8 bytes.
    """
    n, codes = presence.shape
    place = np.zeros(n, np.int64) if groups is None else groups
    total = count if count is not None else int(place.max(initial=0)) + 1
    sizes = np.bincount(place, minlength=total)
    starts = np.concatenate([[0], np.cumsum(-(-sizes // _WORD))]).astype(np.int64)
    order = np.argsort(place, kind="stable")
    words = np.zeros((codes, int(starts[-1])), np.uint64)
    seen = 0
    for group in range(total):
        for first in range(0, int(sizes[group]), _ROWS):
            rows = order[seen + first : seen + min(first + _ROWS, int(sizes[group]))]
            packed = np.packbits(presence[rows] != 0, axis=0, bitorder="little")
            wide = np.zeros((codes, -(-len(rows) // _WORD) * 8), np.uint8)
            wide[:, : len(packed)] = packed.T
            at = int(starts[group]) + first // _WORD
            words[:, at : at + wide.shape[1] // 8] = wide.view("<u8")
        seen += int(sizes[group])
    return PackedCodes(words, starts, order, sizes.astype(np.int64))


def cases_with(packed: PackedCodes, pattern: tuple[int, ...]) -> Whole:
    """Return the places of the cases that carry every code of a pattern, in the order in which the cases were given.

    Args:
        packed: The bits.
        pattern: Numbers of the codes; empty for all cases.
    """
    together = np.full(packed.words.shape[1], np.uint64(0xFFFFFFFFFFFFFFFF))
    for code in pattern:
        together &= packed.words[code]
    bits = np.unpackbits(together.astype("<u8").view(np.uint8), bitorder="little")
    found = []
    seen = 0
    for group, size in enumerate(packed.sizes.tolist()):
        first = int(packed.starts[group]) * _WORD
        found.append(packed.order[seen : seen + size][bits[first : first + size] == 1])
        seen += size
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def count_codes(packed: PackedCodes) -> Whole:
    """Count the cases of each code by outcome group, shape (codes, groups)."""
    found = np.zeros((packed.codes, packed.groups), np.int64)
    for group, first, last in _blocks(packed):
        found[:, group] += _count(packed.words[:, first:last])
    return found


def count_pairs(packed: PackedCodes) -> Whole:
    """Count the cases of each pair of codes by outcome group.

    Returns:
        Shape (pairs, groups), in the order of ``combinations(range(codes), 2)``.
    """
    codes = packed.codes
    found = np.zeros((codes * (codes - 1) // 2, packed.groups), np.int64)
    for group, first, last in _blocks(packed):
        words = packed.words[:, first:last]
        row = 0
        for code in range(codes - 1):
            found[row : row + codes - 1 - code, group] += _count(words[code + 1 :] & words[code])
            row += codes - 1 - code
    return found


def count_triples(packed: PackedCodes) -> Whole:
    """Count the cases of each triple of codes by outcome group.

    Returns:
        Shape (triples, groups), in the order of ``combinations(range(codes), 3)``.
    """
    codes = packed.codes
    found = np.zeros((codes * (codes - 1) * (codes - 2) // 6, packed.groups), np.int64)
    for group, first, last in _blocks(packed):
        words = np.ascontiguousarray(packed.words[:, first:last])
        both, all_three = np.empty_like(words), np.empty_like(words)
        ones = np.empty(words.shape, np.uint8)
        row = 0
        for one in range(codes - 2):
            # cases without the first code are cut away once for all pairs of the others
            np.bitwise_and(words[one + 1 :], words[one], out=both[one + 1 :])
            for other in range(one + 1, codes - 1):
                rest = codes - 1 - other
                np.bitwise_and(both[other + 1 :], words[other], out=all_three[:rest])
                found[row : row + rest, group] += _sum(np.bitwise_count(all_three[:rest], out=ones[:rest]))
                row += rest
    return found


def patterns_of(codes: int, size: int) -> Whole:
    """Return the patterns of a size in the order of the counts, shape (patterns, size).

    Args:
        codes: Number of codes.
        size: 1, 2 or 3.
    """
    return np.array(list(combinations(range(codes), size)), np.int64).reshape(-1, size)


def _blocks(packed: PackedCodes) -> Iterator[tuple[int, int, int]]:
    """Yield (group, first word, last word) of blocks that lie within one group."""
    for group in range(packed.groups):
        for first in range(int(packed.starts[group]), int(packed.starts[group + 1]), _BLOCK):
            yield group, first, min(first + _BLOCK, int(packed.starts[group + 1]))


def _count(words: Bits) -> Whole:
    return _sum(np.bitwise_count(words))


def _sum(ones: NDArray[np.uint8]) -> Whole:
    found: Whole = ones.sum(axis=1, dtype=np.int64)
    return found
