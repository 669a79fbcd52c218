"""The graph as a figure: boxes in columns, lines with signs, a legend and what a reader must know."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.graph.labels import sign_label
from pipeline.graph.layout import Box, Layout, LayoutMaker, Point, Route, layered_layout
from pipeline.graph.legend import STROKE_LABELS, draw_legend, legend_notes
from pipeline.graph.look import SCREEN, Look
from pipeline.graph.scene import Group, Rectangle, Scene, Shape, Words, wrap
from pipeline.graph.style import PAPER, QUIET, edge_shapes, outline, stroke_of
from pipeline.graph.value import Edge, EdgeKind, Finding, Graph, Node, NodeKind
from pipeline.model.codes import Label, Pole, say

THEORY, EVIDENCE = "theory", "evidence"

ADDED = 10
"""How many edges of the cases are drawn beside the theory's."""
ALONE = 40
"""How many edges of the cases are drawn where they stand alone."""

_SIDE = {Pole.FACILITATOR: -1, Pole.NEUTRAL: 0, Pole.INHIBITOR: 1}
_RANK = {Finding.NOT_MEASURABLE: 1, Finding.UNSUPPORTED: 0, Finding.CONTRADICTED: 3, Finding.SUPPORTED: 4}

_TITLE = Label("Fremmere og hæmmere for progression", "What furthers and what hampers progression")
_TITLE_EVIDENCE = Label("Det, der forekommer sammen i casene", "What occurs together in the cases")
_SUB = {
    "": Label(
        "Forandringsteoriens forbindelser og det, der er kodet i {n} cases",
        "The links of the theory of change and what is coded in {n} cases",
    ),
    THEORY: Label(
        "Forandringsteoriens forbindelser, holdt op mod {n} cases",
        "The links of the theory of change, held against {n} cases",
    ),
    EVIDENCE: Label(
        "Det, der er kodet oftere eller sjældnere sammen i {n} cases, end det var at vente",
        "What is coded together more or less often in {n} cases than expected",
    ),
}
_CASES = Label("{n} cases", "{n} cases")
_UNMEASURED = Label("ingen kode måler", "no code measures it")


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn and where.

    Attributes:
        nodes: The nodes drawn.
        edges: The edges drawn, each with its route in the layout.
        boxes: One per node.
        lines: Per node, its label in lines.
        layout: Where everything stands.
        left_out: How many edges of the cases outside the theory are not drawn.
        only: ``theory``, ``evidence`` or empty for both.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    boxes: tuple[Box, ...]
    lines: tuple[tuple[str, ...], ...]
    layout: Layout
    left_out: int
    only: str


def choose(graph: Graph, *, only: str = "", min_cases: int = 0) -> Graph:
    """Return a part of the graph.

    Args:
        graph: The graph.
        only: ``theory`` or ``evidence`` for the edges of one kind, empty for both.
        min_cases: Leave out edges with fewer cases that agree; what is not measurable stays.
    """
    edges = [edge for edge in graph.edges if not only or edge.kind.value == only]
    if min_cases:
        edges = [edge for edge in edges if edge.obstacle or (edge.n_cases or 0) >= min_cases]
    ends = {name for edge in edges for name in (edge.source, edge.target)}
    keep = NodeKind.CONCEPT if only != EVIDENCE else None
    nodes = tuple(node for node in graph.nodes if node.id in ends or node.kind is keep)
    return replace(graph, nodes=nodes, edges=tuple(edges))


def arrange(
    graph: Graph,
    *,
    lang: str = "da",
    only: str = "",
    layout: LayoutMaker = layered_layout,
    concepts: bool = False,
    look: Look = SCREEN,
) -> Figure:
    """Choose what a drawing can hold, and lay it out.

    Beside the theory stand the clearest edges of the cases between its concepts that it does not hold; alone, the
    clearest of all. Progression categories are drawn only where no concept stands for them.

    Args:
        graph: The graph, or a part of it.
        lang: ``da`` or ``en``.
        only: ``theory``, ``evidence`` or empty for both.
        layout: What lays out boxes and edges.
        concepts: True to give every concept a place, also those that no edge drawn leads to.
        look: Sizes of boxes and type.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    judged = any(node.kind is NodeKind.CONCEPT and node.measured and not node.codes for node in graph.nodes)
    hidden = {name for name, kind in kinds.items() if kind is NodeKind.CATEGORY and judged}
    theory = [edge for edge in graph.theory_edges if only != EVIDENCE]
    found = [edge for edge in graph.evidence_edges if only != THEORY and not {edge.source, edge.target} & hidden]
    if only != EVIDENCE:
        found = [
            edge
            for edge in found
            if edge.finding is Finding.NOT_IN_THEORY and kinds[edge.source] is kinds[edge.target] is NodeKind.CONCEPT
        ]
    shown = found[: ALONE if only == EVIDENCE else ADDED]
    edges = (*theory, *shown)
    ends = {name for edge in edges for name in (edge.source, edge.target)}
    nodes = tuple(
        node for node in graph.nodes if node.id in ends or (node.kind is NodeKind.CONCEPT and (concepts or theory))
    )
    lines = tuple(tuple(wrap(say(node.label, lang), look.letters, longest=look.longest)) for node in nodes)
    arriving, leaving = Counter(edge.target for edge in edges), Counter(edge.source for edge in edges)
    boxes = tuple(
        box_of(node, words, max(arriving[node.id], leaving[node.id]), look=look)
        for node, words in zip(nodes, lines, strict=True)
    )
    placed = layout(boxes, [(edge.source, edge.target) for edge in edges])
    return Figure(nodes, edges, boxes, lines, placed, len(found) - len(shown), only)


def draw(graph: Graph, *, lang: str = "da", only: str = "", layout: LayoutMaker = layered_layout) -> Scene:
    """Draw the graph as a figure for print.

    Facilitators stand above the middle line in rounded boxes, inhibitors below it in boxes with cut corners. An arrow
    strengthens, a bar across the end weakens. Whole lines are the theory's: thick where the cases support it, thin and
    pale where they cannot be told from chance, with a cross where they point the other way, dotted where they cannot
    tell. Dashed lines are found in the cases only.

    Args:
        graph: The graph, or a part of it.
        lang: ``da`` or ``en``.
        only: ``theory``, ``evidence`` or empty for both.
        layout: What lays out boxes and edges.
    """
    return scene_of(arrange(graph, lang=lang, only=only, layout=layout), graph, lang)


def scene_of(figure: Figure, graph: Graph, lang: str, *, look: Look = SCREEN) -> Scene:
    """Return the drawing of a figure with its legend.

    Args:
        figure: What is drawn and where.
        graph: The graph that it was made of.
        lang: ``da`` or ``en``.
        look: Sizes of boxes and type, and whether a title and notes belong to the drawing.
    """
    width = max(figure.layout.width, look.least_width)
    height = figure.layout.height + look.head + look.foot
    across = (width - figure.layout.width) / 2
    title = say(_TITLE_EVIDENCE if figure.only == EVIDENCE else _TITLE, lang)
    labels = {node.id: say(node.label, lang) for node in figure.nodes}
    head: list[Shape] = [Rectangle(0, 0, width, height, PAPER)]
    if look.told:
        head.append(Words(24, 38, title, size=26, bold=True))
        head.append(Words(24, 64, say(_SUB[figure.only], lang).format(n=graph.n_cases), size=16, colour=QUIET))
    pairs = sorted(zip(figure.edges, figure.layout.routes, strict=True), key=lambda pair: _RANK.get(pair[0].finding, 2))
    edges = [
        Group(
            edge_shapes(*_moved(route, across, look.head), route.heading, edge.sign, stroke_of(edge)),
            tip(edge, labels, lang),
        )
        for edge, route in pairs
    ]
    nodes = [
        _node(node, box, words, (x + across, y + look.head), lang, look)
        for node, box, words, (_, x, y) in zip(
            figure.nodes, figure.boxes, figure.lines, figure.layout.places, strict=True
        )
    ]
    notes = legend_notes(figure.edges, figure.left_out, lang, before=graph.before) if look.told else []
    legend = draw_legend(figure.edges, notes, width, figure.layout.height + look.head + 8, lang, look=look)
    return Scene(round(width, 1), round(height, 1), title, (Group(tuple(head)), *edges, *nodes, legend))


def _moved(route: Route, dx: float, dy: float) -> tuple[Point, tuple[tuple[Point, Point, Point], ...]]:
    def shift(point: Point) -> Point:
        return round(point[0] + dx, 1), round(point[1] + dy, 1)

    return shift(route.points[0]), tuple((shift(a), shift(b), shift(c)) for a, b, c in route.curves)


def box_of(node: Node, lines: Sequence[str], ends: int, *, look: Look = SCREEN) -> Box:
    """Return a box tall enough for a node's words and for the ends of its edges to lie side by side.

    Args:
        node: The node.
        lines: Its label in lines.
        ends: The most edges that meet one of its sides.
        look: Sizes of boxes and type.
    """
    height = max(2 * look.padding + look.line * (len(lines) + 1), look.port * ends * 1.2)
    return Box(node.id, node.layer, look.width, height, _SIDE[node.pole])


def _node(node: Node, box: Box, lines: Sequence[str], place: Point, lang: str, look: Look) -> Group:
    x, y = round(place[0], 1), round(place[1], 1)
    left, top = round(x - box.width / 2, 1), round(y - box.height / 2, 1)
    shapes: list[Shape] = [outline(node.pole, node.kind, left, top, box.width, round(box.height, 1))]
    first = y - look.line * (len(lines) + 1) / 2
    for number, words in enumerate(lines):
        height = round(first + look.line * (number + 0.78), 1)
        shapes.append(Words(x, height, words, size=look.size, bold=True, anchor="middle", room=box.width - 10))
    foot = round(first + look.line * (len(lines) + 0.78), 1)
    small = node_count(node, lang)
    shapes.append(Words(x, foot, small, size=look.small, anchor="middle", colour=QUIET, room=box.width - 10))
    return Group(tuple(shapes), ", ".join(node.codes))


def node_count(node: Node, lang: str) -> str:
    """Say in how many cases a node is found, or that nothing measures it.

    Args:
        node: The node.
        lang: ``da`` or ``en``.
    """
    if not node.measured:
        return say(_UNMEASURED, lang)
    return say(_CASES, lang).format(n="<5" if node.n is None else node.n)


def tip(edge: Edge, labels: dict[str, str], lang: str) -> str:
    """Say in one line what an edge is and what the cases say of it.

    Args:
        edge: The edge.
        labels: Label of each node.
        lang: ``da`` or ``en``.
    """
    words = f"{labels[edge.source]} → {labels[edge.target]}: {say(sign_label(edge.kind, edge.sign), lang)}"
    if edge.kind is EdgeKind.THEORY:
        words += f"; {say(STROKE_LABELS[edge.finding], lang).lower()}"
    if edge.n_cases is not None and edge.n_counter is not None:
        words += f" ({edge.n_cases} / {edge.n_cases + edge.n_counter} cases)"
    return words
