"""How the graph looks: the same colours, shapes and line styles in every format, told apart in grey too."""

from dataclasses import dataclass

from pipeline.graph.layout import Curve, Point
from pipeline.graph.scene import Line, Polygon, Rectangle, Shape
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, NodeKind
from pipeline.model.codes import Pole

INK = "#23272a"
QUIET = "#5a6065"
PAPER = "#ffffff"
FILL = {Pole.FACILITATOR: "#e3eff1", Pole.INHIBITOR: "#f8e9df", Pole.NEUTRAL: "#f1f1ee"}
STROKE = {Pole.FACILITATOR: "#1f5f6b", Pole.INHIBITOR: "#b25a25", Pole.NEUTRAL: "#55554f"}
SIGN = {EdgeSign.PLUS: "#1f5f6b", EdgeSign.MINUS: "#b25a25", EdgeSign.MIXED: "#6b6470"}
PALE = {EdgeSign.PLUS: "#9dbcc1", EdgeSign.MINUS: "#ddb69c", EdgeSign.MIXED: "#bcb8bf"}


@dataclass(frozen=True, slots=True)
class Stroke:
    """How an edge is drawn.

    Attributes:
        width: Of the line.
        dashes: Of the line; empty for a whole one.
        pale: True for the pale colour of the sign.
        crossed: True for a cross on the middle of the line.
    """

    width: float
    dashes: tuple[float, ...] = ()
    pale: bool = False
    crossed: bool = False


THEORY_STROKES = {
    Finding.SUPPORTED: Stroke(2.6),
    Finding.UNSUPPORTED: Stroke(1.1, pale=True),
    Finding.CONTRADICTED: Stroke(2.0, crossed=True),
    Finding.NOT_MEASURABLE: Stroke(1.5, (1.5, 4.5)),
}
EVIDENCE_STROKE = Stroke(1.9, (9, 5))


def stroke_of(edge: Edge) -> Stroke:
    """Return how an edge is drawn: whole lines for the theory, dashed ones for the cases alone.

    Args:
        edge: The edge.
    """
    return THEORY_STROKES[edge.finding] if edge.kind is EdgeKind.THEORY else EVIDENCE_STROKE


def outline(pole: Pole, kind: NodeKind, left: float, top: float, width: float, height: float) -> Shape:
    """Return the outline of a node: rounded for facilitators, cut corners for inhibitors, square for results.

    Args:
        pole: The node's pole.
        kind: Categories have a double outline.
        left: Left side of the box.
        top: Upper side.
        width: From left to right.
        height: From top to bottom.
    """
    fill, stroke = FILL[pole], STROKE[pole]
    if pole is Pole.INHIBITOR:
        cut, right, bottom = min(11, height / 3), left + width, top + height
        return Polygon(
            (
                (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut),
                (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut),
            ),
            fill,
            stroke,
        )  # fmt: skip
    radius = min(15, height / 2) if pole is Pole.FACILITATOR else 0
    return Rectangle(left, top, width, height, fill, stroke, radius, double=kind is NodeKind.CATEGORY)


def edge_shapes(
    start: Point, curves: tuple[Curve, ...], heading: Point, sign: EdgeSign, stroke: Stroke
) -> tuple[Shape, ...]:
    """Return a line with its end: an arrow strengthens, a bar across weakens, a diamond goes both ways.

    The end is a shape of its own, so that every viewer draws it, and the line stops short of it.

    Args:
        start: Where the line begins.
        curves: Its curves.
        heading: Direction in which it arrives.
        sign: Of the edge.
        stroke: How it is drawn.
    """
    colour = PALE[sign] if stroke.pale else SIGN[sign]
    bold = stroke.width > 1.6
    (x, y), (dx, dy) = curves[-1][2], heading
    size = (10.0 if bold else 8.0) if sign is not EdgeSign.MINUS else 3.0

    def at(along: float, across: float) -> Point:
        return round(x - along * dx - across * dy, 1), round(y - along * dy + across * dx, 1)

    first, second, _ = curves[-1]
    if len(curves) == 1 and second == (x, y):
        second = at(size, 0)
    line = Line(start, (*curves[:-1], (first, second, at(size, 0))), colour, stroke.width, stroke.dashes)
    half = size / 2
    if sign is EdgeSign.PLUS:
        end = Polygon((at(0, 0), at(size, half), at(size, -half)), colour)
    elif sign is EdgeSign.MINUS:
        half = 6.0 if bold else 5.0
        thick = 3.4 if bold else 2.4
        end = Polygon((at(1, half), at(1 + thick, half), at(1 + thick, -half), at(1, -half)), colour)
    else:
        end = Polygon((at(0, 0), at(size / 2, half), at(size, 0), at(size / 2, -half)), PAPER, colour, 1.6)
    shapes: tuple[Shape, ...] = (line, end)
    return (*shapes, *_cross(start, curves, colour)) if stroke.crossed else shapes


def _cross(start: Point, curves: tuple[Curve, ...], colour: str) -> tuple[Shape, ...]:
    """Return a cross on a white ground on the middle of a line."""
    middle = len(curves) // 2
    begin = curves[middle - 1][2] if middle else start
    one, two, end = curves[middle]
    x = (begin[0] + 3 * one[0] + 3 * two[0] + end[0]) / 8
    y = (begin[1] + 3 * one[1] + 3 * two[1] + end[1]) / 8
    size = 4.2
    arms = []
    for slope in (1, -1):
        a = round(x - size, 1), round(y - slope * size, 1)
        b = round(x + size, 1), round(y + slope * size, 1)
        arms.append(Line(a, ((a, b, b),), colour, 2.4))
    ground = Rectangle(round(x - 8, 1), round(y - 8, 1), 16, 16, PAPER, radius=8)
    return (ground, *arms)
