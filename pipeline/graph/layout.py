"""A layered left-to-right layout: columns by layer, facilitators above the middle line and inhibitors below it.

Within a column nodes and the bends of long edges are ordered by barycentre sweeps (Sugiyama, Tagawa & Toda, 1981), then
placed as close to their neighbours as their order and sizes allow. The same graph always gives the same layout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 24
SETTLING = 60


@dataclass(frozen=True, slots=True)
class Box:
    """A node to place: its column, its size and its side (-1 above the middle line, 0 on it, 1 below)."""

    id: str
    layer: int
    width: float
    height: float
    side: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """An edge's way: from the right of its source over its bends to the left of its target."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands; coordinates are the middles of boxes.

    Attributes:
        places: (id, x, y).
        routes: One per edge, in the order given.
        width: Of the drawing.
        height: Of the drawing.
        middle: Height of the line between the upper and the lower side.
    """

    places: tuple[tuple[str, float, float], ...]
    routes: tuple[Route, ...]
    width: float
    height: float
    middle: float


@dataclass(slots=True)
class _Item:
    """A box or a bend of an edge in one column."""

    key: str
    layer: int
    height: float
    gap: float
    side: int
    y: float = 0.0


def layered_layout(
    boxes: Sequence[Box],
    edges: Sequence[tuple[str, str]],
    *,
    column_gap: float = 74,
    row_gap: float = 20,
    bend_gap: float = 13,
    margin: float = 24,
) -> Layout:
    """Lay out boxes in columns.

    Args:
        boxes: What to place; columns are the layers in use, from left to right.
        edges: (source, target) pairs; edges between boxes that are not given are left out of the routes.
        column_gap: Room between columns.
        row_gap: Least room between two boxes of a column.
        bend_gap: Least room around a bend.
        margin: Room around the whole.
    """
    used = sorted({box.layer for box in boxes})
    column = {box.id: used.index(box.layer) for box in boxes}
    side = {box.id: box.side for box in boxes}
    columns: list[list[_Item]] = [[] for _ in used]
    for box in boxes:
        columns[column[box.id]].append(_Item(box.id, column[box.id], box.height, row_gap, box.side))
    links: dict[str, list[str]] = {box.id: [] for box in boxes}
    back: dict[str, list[str]] = {box.id: [] for box in boxes}
    chains: list[list[str]] = []
    drawn = [(source, target) for source, target in edges if source in column and target in column]
    for number, (source, target) in enumerate(drawn):
        chain = [source]
        for layer in range(column[source] + 1, column[target]):
            key = f"\0{number}.{layer}"
            columns[layer].append(_Item(key, layer, 0, bend_gap, side[source] or side[target]))
            links[key], back[key] = [], []
            chain.append(key)
        chain.append(target)
        if column[target] > column[source]:
            for one, two in pairwise(chain):
                links[one].append(two)
                back[two].append(one)
        chains.append(chain)
    _order(columns, links, back)
    _place(columns, links, back)
    return _draw(boxes, columns, chains, column_gap, margin)


def _order(columns: list[list[_Item]], links: Mapping[str, list[str]], back: Mapping[str, list[str]]) -> None:
    """Order each column by the mean rank of its neighbours, first from the left, then from the right, several times."""
    best, fewest = [list(items) for items in columns], _crossings(columns, links)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        numbers = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
        for number in numbers:
            near = back if forward else links
            beside = columns[number - 1 if forward else number + 1]
            rank = {item.key: place / max(len(beside) - 1, 1) for place, item in enumerate(beside)}
            own = {item.key: place / max(len(columns[number]) - 1, 1) for place, item in enumerate(columns[number])}
            columns[number].sort(
                key=lambda item: (item.side, _mean([rank[key] for key in near[item.key]], own[item.key]))
            )
        crossings = _crossings(columns, links)
        if crossings < fewest:
            best, fewest = [list(items) for items in columns], crossings
    for number, items in enumerate(best):
        columns[number] = sorted(items, key=lambda item: item.side)


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def _crossings(columns: Sequence[Sequence[_Item]], links: Mapping[str, list[str]]) -> int:
    total = 0
    for left, right in pairwise(columns):
        rank = {item.key: place for place, item in enumerate(right)}
        ends = [sorted(rank[key] for key in links[item.key] if key in rank) for item in left]
        for one, upper in enumerate(ends):
            for lower in ends[one + 1 :]:
                total += sum(1 for first in upper for second in lower if first > second)
    return total


def _place(columns: Sequence[Sequence[_Item]], links: Mapping[str, list[str]], back: Mapping[str, list[str]]) -> None:
    """Move items towards the mean height of their neighbours, keeping their order, their distance and their side."""
    for items in columns:
        _spread(items, [float(place) for place in range(len(items))], [1.0] * len(items))
    where = {item.key: item for items in columns for item in items}
    for turn in range(SETTLING):
        order = columns if turn % 2 == 0 else list(reversed(columns))
        for items in order:
            wanted, weights = [], []
            for item in items:
                near = [where[key] for key in (*back[item.key], *links[item.key])]
                pull = [_pull(item, other) for other in near]
                whole = sum(pull)
                height = sum(weight * other.y for weight, other in zip(pull, near, strict=True))
                wanted.append(height / whole if whole else item.y)
                weights.append(max(whole, 0.1))
            _spread(items, wanted, weights)


def _pull(one: _Item, two: _Item) -> float:
    """Return how strongly two neighbours want the same height: bends of a long edge most, so that it runs straight."""
    bends = (not one.height) + (not two.height)
    return (1.0, 2.0, 8.0)[bends]


def _spread(items: Sequence[_Item], wanted: Sequence[float], weights: Sequence[float]) -> None:
    """Give items of one column heights next to those wanted, in order and apart (pool adjacent violators)."""
    if not items:
        return
    offsets = [0.0]
    for upper, lower in pairwise(items):
        room = max(upper.gap, lower.gap)
        if upper.side != lower.side and (upper.side < 0 or lower.side > 0):
            room += 14  # the middle line stays free
        offsets.append(offsets[-1] + (upper.height + lower.height) / 2 + room)
    pools: list[tuple[float, float, int]] = []  # weighted sum, weight, how many
    for want, offset, weight in zip(wanted, offsets, weights, strict=True):
        pool = ((want - offset) * weight, weight, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            last = pools.pop()
            pool = (last[0] + pool[0], last[1] + pool[1], last[2] + pool[2])
        pools.append(pool)
    base = [pool[0] / pool[1] for pool in pools for _ in range(pool[2])]
    for item, start, offset in zip(items, base, offsets, strict=True):
        item.y = start + offset
    # the sides keep apart: what belongs above the line moves up as a whole, what belongs below moves down
    uppers = [item for item in items if item.side < 0]
    lowers = [item for item in items if item.side > 0]
    if uppers:
        over = max(item.y + item.height / 2 for item in uppers) + 7
        for item in uppers:
            item.y -= max(over, 0.0)
    if lowers:
        under = min(item.y - item.height / 2 for item in lowers) - 7
        for item in lowers:
            item.y -= min(under, 0.0)


def _draw(
    boxes: Sequence[Box],
    columns: Sequence[Sequence[_Item]],
    chains: Sequence[Sequence[str]],
    column_gap: float,
    margin: float,
) -> Layout:
    sizes = {box.id: box for box in boxes}
    widths = [max((sizes[item.key].width for item in items if item.key in sizes), default=0.0) for items in columns]
    lefts = [margin]
    for width in widths:
        lefts.append(lefts[-1] + width + column_gap)
    every = [item for items in columns for item in items]
    top = min((item.y - item.height / 2 for item in every), default=0.0) - margin
    bottom = max((item.y + item.height / 2 for item in every), default=0.0) + margin
    x = {item.key: lefts[item.layer] + widths[item.layer] / 2 for item in every}
    y = {item.key: item.y - top for item in every}
    starts, ends = _ports(chains, sizes, y)
    routes = []
    for number, chain in enumerate(chains):
        source, target = sizes[chain[0]], sizes[chain[-1]]
        points = [(x[source.id] + source.width / 2, starts[number])]
        for key in chain[1:-1]:
            layer = next(item.layer for item in every if item.key == key)
            points += [(lefts[layer], y[key]), (lefts[layer] + widths[layer], y[key])]
        points.append((x[target.id] - target.width / 2, ends[number]))
        routes.append(Route(source.id, target.id, tuple((round(a, 1), round(b, 1)) for a, b in points)))
    return Layout(
        places=tuple((box.id, round(x[box.id], 1), round(y[box.id], 1)) for box in boxes),
        routes=tuple(routes),
        width=round(lefts[-1] - column_gap + margin, 1) if boxes else 2 * margin,
        height=round(bottom - top, 1),
        middle=round(-top, 1),
    )


def _ports(
    chains: Sequence[Sequence[str]], sizes: Mapping[str, Box], y: Mapping[str, float]
) -> tuple[list[float], list[float]]:
    """Return the heights at which edges leave and reach their boxes, spread over the side so that ends do not meet."""
    starts, ends = [0.0] * len(chains), [0.0] * len(chains)
    for box in sizes.values():
        leaving = [number for number, chain in enumerate(chains) if chain[0] == box.id]
        reaching = [number for number, chain in enumerate(chains) if chain[-1] == box.id]
        leaving.sort(key=lambda number: (y[chains[number][1]], number))
        reaching.sort(key=lambda number: (y[chains[number][-2]], number))
        for numbers, heights in ((leaving, starts), (reaching, ends)):
            room = box.height * 0.8
            step = min(14.0, room / max(len(numbers) - 1, 1))
            for place, number in enumerate(numbers):
                heights[number] = y[box.id] + (place - (len(numbers) - 1) / 2) * step
    return starts, ends
