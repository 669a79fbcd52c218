"""Prime implicants: the shortest terms that cover a positive row and no negative one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from pipeline.patterns.qca.matrix import Cube, Minterm


def minterms(levels: Sequence[int]) -> Iterator[Minterm]:
    """Return every row of a truth table, the last condition changing first.

    Args:
        levels: Number of values of each condition.
    """
    return product(*(range(number) for number in levels))


def number_of(minterm: Minterm, levels: Sequence[int]) -> int:
    """Return the row's number from 1, as truth tables count."""
    number = 0
    for value, size in zip(minterm, levels, strict=True):
        number = number * size + value
    return number + 1


def expand(cube: Cube, levels: Sequence[int]) -> Iterator[Minterm]:
    """Return the rows that a term covers."""
    return product(*((value,) if value is not None else range(n) for value, n in zip(cube, levels, strict=True)))


def covers(cube: Cube, minterm: Minterm) -> bool:
    """Say whether a term covers a row."""
    return all(value is None or value == other for value, other in zip(cube, minterm, strict=True))


def contains(wide: Cube, narrow: Cube) -> bool:
    """Say whether everything one term covers another covers too."""
    return all(value is None or value == other for value, other in zip(wide, narrow, strict=True))


def prime_implicants(positive: Iterable[Minterm], negative: Collection[Minterm]) -> tuple[Cube, ...]:
    """Return the prime implicants of the positive rows; all rows that are in neither list may be covered or not.

    A term through a positive row keeps some of its values, as a bit mask; it covers no negative row when for each of
    them it keeps a value in which the two differ. The shortest such masks are the smallest hitting sets of the
    differences, which holds for conditions of any number of values.

    Args:
        positive: Rows to be covered.
        negative: Rows that no term may cover.

    Returns:
        The primes, those with the fewest conditions first.

    Raises:
        ValueError: A row is both positive and negative.
    """
    found: set[Cube] = set()
    others = [_bits_of(row) for row in negative]
    for row in positive:
        mine = _bits_of(row)
        differences = {_places(mine ^ other) for other in others}
        if 0 in differences:
            raise ValueError("A row is both positive and negative.")
        for mask in hitting_sets(differences):
            found.add(tuple(value if mask >> place & 1 else None for place, value in enumerate(row)))
    return tuple(sorted(found, key=order_of))


_WIDTH = 8
"""Bits for the value of one condition in a row written as one whole number."""


def _bits_of(row: Minterm) -> int:
    return sum(value << _WIDTH * place for place, value in enumerate(row))


@lru_cache(maxsize=1 << 16)
def _places(difference: int) -> int:
    """Return in which conditions two rows differ, from the bits in which they do."""
    found, place = 0, 0
    while difference:
        if difference & ((1 << _WIDTH) - 1):
            found |= 1 << place
        difference >>= _WIDTH
        place += 1
    return found


def order_of(cube: Cube) -> tuple[int, tuple[int, ...]]:
    """Return what terms are sorted by: fewest conditions, then the first conditions, presence before absence."""
    return sum(value is not None for value in cube), tuple(1000 if value is None else -value for value in cube)


def hitting_sets(masks: Iterable[int]) -> tuple[int, ...]:
    """Return all smallest sets, as bit masks, that share a bit with every mask; none of them holds another.

    Masks are taken in one at a time, and what they leave unhit is widened (Berge 1989, Hypergraphs, chapter 2).

    Args:
        masks: Sets as bit masks, none of them empty.
    """
    hitting = [0]
    for mask in _smallest(masks):
        hit = [each for each in hitting if each & mask]
        wider = {each | bit for each in hitting if not each & mask for bit in _bits(mask)}
        hitting = hit + [each for each in _smallest(wider) if not any(small & each == small for small in hit)]
    return tuple(sorted(hitting, key=lambda each: (each.bit_count(), each)))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def _smallest(masks: Iterable[int]) -> list[int]:
    """Return the masks that hold no other one, small ones first."""
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda each: (each.bit_count(), each)):
        if not any(small & mask == small for small in kept):
            kept.append(mask)
    return kept
