"""The layout of Graphviz, for those who have pygraphviz installed and ask for it."""

from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

from pipeline.errors import PipelineError
from pipeline.graph.layout import Box, Curve, Layout, Point, Route

POINTS = 72.0
"""Points to an inch, in which Graphviz gives sizes."""

MARGIN = 24.0


def graphviz_layout(boxes: Sequence[Box], edges: Sequence[tuple[str, str]]) -> Layout:
    """Lay out boxes in columns with Graphviz's ``dot``.

    Args:
        boxes: What to place.
        edges: (source, target) pairs.

    Raises:
        PipelineError: pygraphviz is not installed.
    """
    pygraphviz = need_pygraphviz()
    names = {box.id: f"n{number}" for number, box in enumerate(boxes)}
    drawn = [(source, target) for source, target in edges if source in names and target in names]
    graph = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", newrank="true", nodesep="0.25", ranksep="0.9")
    for box in boxes:
        graph.add_node(
            names[box.id], shape="box", fixedsize="true", width=box.width / POINTS, height=box.height / POINTS, label=""
        )
    layers = sorted({box.layer for box in boxes})
    columns = [[names[box.id] for box in boxes if box.layer == layer] for layer in layers]
    for number, column in enumerate(columns):
        graph.add_subgraph(column, name=f"column{number}", rank="same")
    for left, right in pairwise(columns):
        graph.add_edge(left[0], right[0], key=f"column{left[0]}", style="invis", weight="0")
    for number, (source, target) in enumerate(drawn):
        graph.add_edge(names[source], names[target], key=f"e{number}", arrowhead="none")
    graph.layout("dot")
    places = {box.id: _point(graph.get_node(names[box.id]).attr["pos"]) for box in boxes}
    ways = [
        _spline(graph.get_edge(names[source], names[target], f"e{number}").attr["pos"])
        for number, (source, target) in enumerate(drawn)
    ]
    return _layout(boxes, drawn, places, ways)


def need_pygraphviz() -> Any:  # noqa: ANN401 - the package has no types
    """Import pygraphviz, which not everybody has.

    Raises:
        PipelineError: It is not installed.
    """
    try:
        return import_module("pygraphviz")
    except ImportError as error:
        raise PipelineError(
            "The layout of Graphviz needs the package pygraphviz, which is not installed.",
            hint="Install it with pip install pygraphviz, or leave out --layout.",
        ) from error


def _point(text: str) -> Point:
    """Return a point, with y turned to grow downwards."""
    x, y = text.split(",")[:2]
    return float(x), -float(y)


def _spline(text: str) -> list[Point]:
    """Return the points of a spline: its start, then three to a curve."""
    return [_point(part) for part in text.split() if not part.startswith(("s,", "e,"))]


def _layout(
    boxes: Sequence[Box],
    drawn: Sequence[tuple[str, str]],
    places: dict[str, Point],
    ways: Sequence[Sequence[Point]],
) -> Layout:
    every = [point for way in ways for point in way]
    for box in boxes:
        x, y = places[box.id]
        every += [(x - box.width / 2, y - box.height / 2), (x + box.width / 2, y + box.height / 2)]
    left = min((x for x, _ in every), default=0.0) - MARGIN
    top = min((y for _, y in every), default=0.0) - MARGIN
    right = max((x for x, _ in every), default=0.0) + MARGIN
    bottom = max((y for _, y in every), default=0.0) + MARGIN

    def moved(point: Point) -> Point:
        return round(point[0] - left, 1), round(point[1] - top, 1)

    routes = []
    for (source, target), way in zip(drawn, ways, strict=True):
        points = [moved(point) for point in way]
        curves: tuple[Curve, ...] = tuple(
            (points[place], points[place + 1], points[place + 2]) for place in range(1, len(points) - 2, 3)
        )
        routes.append(Route(source, target, (points[0], *(c for _, _, c in curves)), _heading(points), curves))
    return Layout(
        places=tuple((box.id, *moved(places[box.id])) for box in boxes),
        routes=tuple(routes),
        width=round(right - left, 1),
        height=round(bottom - top, 1),
        middle=round((bottom - top) / 2, 1),
    )


def _heading(points: Sequence[Point]) -> Point:
    """Return the direction in which a spline arrives."""
    (ax, ay), (bx, by) = points[-2], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    return ((bx - ax) / length, (by - ay) / length) if length else (1.0, 0.0)
