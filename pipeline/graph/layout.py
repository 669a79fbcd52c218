"""A layered left-to-right layout: columns by layer, facilitators above the middle line and inhibitors below it.

Long edges bend in every column they pass, so that no line runs through a box. Nodes and bends are ordered to let few
edges cross (see ``order``), then placed as close to their neighbours as their order and sizes allow. The same graph
always gives the same layout.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.graph.order import order_columns

SETTLING = 120
GRAVITY = 0.3
ARC = 26
"""How far an edge within a column swings out to the right."""

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]
"""A cubic Bézier curve from where the one before ended: two control points and its end."""


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
    """An edge's way.

    Attributes:
        source: Id of the box it leaves.
        target: Id of the box it reaches.
        points: Where it leaves, its bends, and where it arrives.
        heading: Direction in which it arrives, as a unit vector (right is (1, 0), down is (0, 1)).
        curves: The smooth line from the first point to the last.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    heading: Point
    curves: tuple[Curve, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands; coordinates are the middles of boxes, y grows downwards.

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


LayoutMaker = Callable[[Sequence[Box], Sequence[tuple[str, str]]], Layout]


@dataclass(slots=True)
class _Item:
    """A box or a bend of an edge in one column."""

    key: str
    height: float
    gap: float
    side: int
    y: float = 0.0


def layered_layout(
    boxes: Sequence[Box],
    edges: Sequence[tuple[str, str]],
    *,
    column_gap: float = 66,
    row_gap: float = 18,
    bend_gap: float = 11,
    margin: float = 24,
) -> Layout:
    """Lay out boxes in columns.

    Edges may lead to the right, to the left or stay within a column.

    Args:
        boxes: What to place; columns are the layers in use, from left to right.
        edges: (source, target) pairs; edges between boxes that are not given are left out of the routes.
        column_gap: Room between columns.
        row_gap: Least room between two boxes of a column.
        bend_gap: Least room around a bend.
        margin: Room around the whole.
    """
    return _layered(tuple(boxes), tuple(edges), column_gap, row_gap, bend_gap, margin)


# the drawing and the page of one graph have the same layout, which takes longer than all else in either
@lru_cache(maxsize=4)
def _layered(
    boxes: tuple[Box, ...],
    edges: tuple[tuple[str, str], ...],
    column_gap: float,
    row_gap: float,
    bend_gap: float,
    margin: float,
) -> Layout:
    used = sorted({box.layer for box in boxes})
    column = {box.id: used.index(box.layer) for box in boxes}
    side = {box.id: box.side for box in boxes}
    items = {box.id: _Item(box.id, box.height, row_gap, box.side) for box in boxes}
    keys: list[list[str]] = [[box.id for box in boxes if column[box.id] == number] for number in range(len(used))]
    links: dict[str, list[str]] = {box.id: [] for box in boxes}
    chains: list[list[str]] = []
    for number, (source, target) in enumerate(edges):
        if source not in column or target not in column:
            continue
        left, right = (source, target) if column[source] <= column[target] else (target, source)
        chain = [left]
        for layer in range(column[left] + 1, column[right]):
            key = f"\0{number}.{layer}"
            keys[layer].append(key)
            items[key] = _Item(key, 0, bend_gap, side[source] or side[target])
            chain.append(key)
        chain.append(right)
        if column[left] != column[right]:
            for one, two in pairwise(chain):
                links.setdefault(one, []).append(two)
        chains.append(chain if left == source else chain[::-1])
    ordered = order_columns(keys, links, {key: item.side for key, item in items.items()})
    columns = [[items[key] for key in order] for order in ordered]
    _place(columns, links)
    return _draw(boxes, columns, chains, column_gap, margin)


def _place(columns: Sequence[Sequence[_Item]], links: Mapping[str, list[str]]) -> None:
    """Move items towards the mean height of their neighbours, keeping their order, their distance and their side."""
    for items in columns:
        _spread(items, [float(place) for place in range(len(items))], [1.0] * len(items))
    where = {item.key: item for items in columns for item in items}
    near: dict[str, list[_Item]] = {key: [] for key in where}
    for key, targets in links.items():
        for target in targets:
            near[key].append(where[target])
            near[target].append(where[key])
    for turn in range(SETTLING):
        order = columns if turn % 2 == 0 else list(reversed(columns))
        for items in order:
            wanted, weights = [], []
            for item in items:
                pull = [_pull(item, other) for other in near[item.key]]
                whole = sum(pull) + GRAVITY  # towards the middle line, so that the drawing stays low
                height = sum(weight * other.y for weight, other in zip(pull, near[item.key], strict=True))
                wanted.append(height / whole)
                weights.append(whole)
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
    # the sides keep apart: what would cross the middle line stops at it, and what stands far from it stays there
    highest = min(
        (-7 - item.height / 2 - offset for item, offset in zip(items, offsets, strict=True) if item.side < 0),
        default=0.0,
    )
    lowest = max(
        (7 + item.height / 2 - offset for item, offset in zip(items, offsets, strict=True) if item.side > 0),
        default=0.0,
    )
    for item, start, offset in zip(items, base, offsets, strict=True):
        if item.side < 0:
            start = min(start, highest)
        elif item.side > 0:
            start = max(start, lowest)
        item.y = start + offset


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
    number = {item.key: place for place, items in enumerate(columns) for item in items}
    rank = {item.key: place for items in columns for place, item in enumerate(items)}
    x = {key: lefts[place] + widths[place] / 2 for key, place in number.items()}
    y = {item.key: item.y - top for item in every}
    within = [number[chain[0]] == number[chain[-1]] for chain in chains]
    touching = [
        inside and abs(rank[chain[0]] - rank[chain[-1]]) == 1 for inside, chain in zip(within, chains, strict=True)
    ]
    starts, ends = _ports(chains, sizes, x, y, touching)
    routes = []
    for place, chain in enumerate(chains):
        source, target = sizes[chain[0]], sizes[chain[-1]]
        if touching[place]:
            routes.append(_down(source, target, x, y))
        elif within[place]:
            routes.append(_arc(source, target, x, starts[place], ends[place]))
        else:
            edge = 1 if number[chain[-1]] > number[chain[0]] else -1
            points = [(x[source.id] + edge * source.width / 2, starts[place])]
            for key in chain[1:-1]:
                half = edge * widths[number[key]] / 2
                points += [(x[key] - half, y[key]), (x[key] + half, y[key])]
            points.append((x[target.id] - edge * target.width / 2, ends[place]))
            routes.append(through(source.id, target.id, points))
    width = lefts[-1] - column_gap + margin if boxes else 2 * margin
    arcs = [route.curves[0][0][0] for route, inside in zip(routes, within, strict=True) if inside]
    return Layout(
        places=tuple((box.id, round(x[box.id], 1), round(y[box.id], 1)) for box in boxes),
        routes=tuple(routes),
        width=round(max([width, *(reach + margin / 2 for reach in arcs)]), 1),
        height=round(bottom - top, 1),
        middle=round(-top, 1),
    )


def through(source: str, target: str, points: Sequence[Point]) -> Route:
    """Return a smooth way through points that leaves, bends and arrives level.

    Args:
        source: Id of the box it leaves.
        target: Id of the box it reaches.
        points: At least two, from left to right or from right to left.
    """
    way = [_rounded(point) for point in points]
    curves = []
    for (ax, ay), (bx, by) in pairwise(way):
        bend = (bx - ax) / 2
        curves.append((_rounded((ax + bend, ay)), _rounded((bx - bend, by)), (bx, by)))
    heading = (1.0, 0.0) if way[-1][0] >= way[-2][0] else (-1.0, 0.0)
    return Route(source, target, tuple(way), heading, tuple(curves))


def _down(source: Box, target: Box, x: Mapping[str, float], y: Mapping[str, float]) -> Route:
    """Return a straight way between two boxes that stand one above the other."""
    sign = 1.0 if y[target.id] > y[source.id] else -1.0
    start = _rounded((x[source.id], y[source.id] + sign * source.height / 2))
    end = _rounded((x[target.id], y[target.id] - sign * target.height / 2))
    return Route(source.id, target.id, (start, end), (0.0, sign), ((start, end, end),))


def _arc(source: Box, target: Box, x: Mapping[str, float], start: float, end: float) -> Route:
    """Return a way that swings out to the right of a column and comes back to it."""
    one = _rounded((x[source.id] + source.width / 2, start))
    two = _rounded((x[target.id] + target.width / 2, end))
    reach = max(one[0], two[0]) + ARC + min(abs(end - start) / 12, ARC)
    curve = (_rounded((reach, one[1])), _rounded((reach, two[1])), two)
    return Route(source.id, target.id, (one, two), (-1.0, 0.0), (curve,))


def _rounded(point: Point) -> Point:
    return round(point[0], 1), round(point[1], 1)


def _ports(
    chains: Sequence[Sequence[str]],
    sizes: Mapping[str, Box],
    x: Mapping[str, float],
    y: Mapping[str, float],
    touching: Sequence[bool],
) -> tuple[list[float], list[float]]:
    """Return the heights at which edges leave and reach their boxes, spread over a side so that ends do not meet."""
    starts, ends = [0.0] * len(chains), [0.0] * len(chains)
    sides: dict[tuple[str, bool], list[tuple[float, int, bool]]] = {}
    for number, chain in enumerate(chains):
        if touching[number]:
            continue
        for name, beside, leaves in ((chain[0], chain[1], True), (chain[-1], chain[-2], False)):
            right = x[beside] >= x[name]  # an edge within the column leaves and arrives at the right
            sides.setdefault((name, right), []).append((y[beside], number, leaves))
    for (name, _), found in sides.items():
        box = sizes[name]
        step = min(14.0, box.height * 0.8 / max(len(found) - 1, 1))
        for place, (_, number, leaves) in enumerate(sorted(found)):
            height = y[name] + (place - (len(found) - 1) / 2) * step
            (starts if leaves else ends)[number] = height
    return starts, ends
