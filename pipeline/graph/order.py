"""The order of nodes within columns that lets few edges cross: barycentre sweeps with exchanges of neighbours.

References:
    Sugiyama, K., Tagawa, S., & Toda, M. (1981). Methods for visual understanding of hierarchical system structures.
    IEEE Transactions on Systems, Man, and Cybernetics, 11(2), 109-125.
    Gansner, E. R., Koutsofios, E., North, S. C., & Vo, K.-P. (1993). A technique for drawing directed graphs. IEEE
    Transactions on Software Engineering, 19(3), 214-230 (exchanging neighbours).
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

SWEEPS = 12
STARTS = 24
"""From how many different orders the sweeps begin; the best result is kept."""

Columns = list[list[str]]
Links = Mapping[str, Sequence[str]]


def order_columns(columns: Sequence[Sequence[str]], links: Links, sides: Mapping[str, int]) -> Columns:
    """Order each column so that few edges cross.

    Args:
        columns: Keys of the items of each column, from left to right.
        links: For each key, the keys in the next column that it is joined with.
        sides: For each key -1, 0 or 1: items of a smaller side stand above those of a larger.

    Returns:
        The columns in their new order; the same input always gives the same order.
    """
    back: dict[str, list[str]] = {key: [] for items in columns for key in items}
    for key, targets in links.items():
        for target in targets:
            back[target].append(key)
    best: Columns = [sorted(items, key=lambda key: sides[key]) for items in columns]
    fewest = crossings(best, links)
    for start in range(STARTS):
        order = _shuffled(columns, sides, start)
        after: Columns = []
        for sweep in range(SWEEPS):
            _sweep(order, back if sweep % 2 == 0 else links, sides, forward=sweep % 2 == 0)
            found = crossings(order, links)
            if found < fewest:
                best, fewest = [list(items) for items in order], found
            if sweep % 2:
                if order == after:
                    break  # there and back changed nothing: nor would any further sweep
                after = [list(items) for items in order]
        _exchange(order, links, back, sides)
        found = crossings(order, links)
        if found < fewest:
            best, fewest = [list(items) for items in order], found
    return best


def crossings(columns: Sequence[Sequence[str]], links: Links) -> int:
    """Count the crossings of straight lines between neighbouring columns.

    Args:
        columns: The keys of each column in order.
        links: For each key, the keys in the next column that it is joined with.
    """
    total = 0
    for left, right in pairwise(columns):
        rank = {key: place for place, key in enumerate(right)}
        passed: list[int] = []
        for key in left:
            ends = sorted(rank[end] for end in links.get(key, ()))
            total += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return total


def _shuffled(columns: Sequence[Sequence[str]], sides: Mapping[str, int], start: int) -> Columns:
    """Return a starting order: as given, turned round, or mixed in a way that depends on nothing but its number."""
    if start == 0:
        mixed = [list(items) for items in columns]
    elif start == 1:
        mixed = [list(reversed(items)) for items in columns]
    else:
        step = 7919 * start
        mixed = [
            [items[place] for place in sorted(range(len(items)), key=lambda place: ((place + 1) * step % 1009, place))]
            for items in columns
        ]
    return [sorted(items, key=lambda key: sides[key]) for items in mixed]


def _sweep(order: Columns, near: Links, sides: Mapping[str, int], *, forward: bool) -> None:
    """Order each column by the mean place of its neighbours in the column before it (or after it)."""
    numbers = range(1, len(order)) if forward else range(len(order) - 2, -1, -1)
    for number in numbers:
        beside = order[number - 1 if forward else number + 1]
        rank = {key: place for place, key in enumerate(beside)}
        scale = len(beside) / max(len(order[number]), 1)
        own = {key: place * scale for place, key in enumerate(order[number])}
        wanted = {
            key: sum(rank[end] for end in near[key]) / len(near[key]) if near.get(key) else own[key]
            for key in order[number]
        }
        order[number].sort(key=lambda key: (sides[key], wanted[key]))


def _exchange(order: Columns, links: Links, back: Links, sides: Mapping[str, int]) -> None:
    """Exchange neighbours as long as that undoes crossings."""
    better = True
    while better:
        better = False
        for number, items in enumerate(order):
            ranks = [
                ({key: place for place, key in enumerate(order[beside])}, near)
                for beside, near in ((number - 1, back), (number + 1, links))
                if 0 <= beside < len(order)
            ]
            for place in range(len(items) - 1):
                upper, lower = items[place], items[place + 1]
                if sides[upper] != sides[lower]:
                    continue
                gain = 0
                for rank, near in ranks:
                    ends = [rank[end] for end in near.get(upper, ())], [rank[end] for end in near.get(lower, ())]
                    gain += sum((one > two) - (one < two) for one in ends[0] for two in ends[1])
                if gain > 0:
                    items[place], items[place + 1] = lower, upper
                    better = True
