"""The graph as a figure: boxes in columns, lines with signs, a legend and what a reader must know."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.graph.labels import CLAIM_LABELS, POLE_LABELS, TOGETHER_LABELS, say, sign_label
from pipeline.graph.layout import Box, Layout, LayoutMaker, Point, Route, layered_layout
from pipeline.graph.scene import Group, Rectangle, Scene, Shape, Words, wrap
from pipeline.graph.style import (
    EVIDENCE_STROKE,
    PAPER,
    QUIET,
    THEORY_STROKES,
    Stroke,
    edge_shapes,
    outline,
    stroke_of,
)
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, Graph, Node, NodeKind
from pipeline.model.codes import Label, Pole

WIDTH = 164
LINE = 17
PADDING = 10
LETTERS = 21
"""Letters to a line of a box."""
PORT = 13
"""Room for the end of one edge."""
ADDED = 10
"""How many edges of the cases are drawn beside the theory's."""
ALONE = 40
"""How many edges of the cases are drawn where they stand alone."""
HEAD, FOOT, LEAST_WIDTH = 84.0, 158.0, 1260.0

THEORY, EVIDENCE = "theory", "evidence"

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
_STROKES = {
    Finding.SUPPORTED: Label("Teori, støttet af casene", "Theory, supported by the cases"),
    Finding.UNSUPPORTED: Label("Teori, ikke støttet", "Theory, unsupported"),
    Finding.CONTRADICTED: Label("Teori, modsagt af casene", "Theory, contradicted by the cases"),
    Finding.NOT_MEASURABLE: Label("Teori, kan ikke måles", "Theory, not measurable"),
}
_EVIDENCE = Label("Kun fundet i casene", "Found in the cases only")
_EVIDENCE_ALONE = Label("Fundet i casene", "Found in the cases")
_CLAIMS = Label(
    "Hele linjer: hvad der ifølge teorien styrker eller svækker hvad. ",
    "Whole lines: what strengthens or weakens what according to theory. ",
)
_TEST = Label(
    "Hypergeometrisk test på cases, justeret efter Benjamini-Hochberg, grænse 0,05",
    "Hypergeometric test on cases, adjusted after Benjamini-Hochberg, limit 0.05",
)
_NOT_BEFORE = Label("; det, der lå før forløbet, er ikke talt med.", "; what was before the course is not counted.")
_BEFORE = Label("; det, der lå før forløbet, er talt med.", "; what was before the course is counted too.")
_NOT_SAID = Label(
    "At to forhold er kodet i de samme cases, siger ikke, hvad der følger af hvad",
    "That two matters are coded in the same cases does not say what follows from what",
)
_CONVENTION = Label(
    "; stiplede linjers retning følger teoriens rækkefølge som en konvention",
    "; dashed lines point the way the theory goes by convention",
)
_SHOWN = Label(
    " Af {all} forbindelser uden for teorien er de {shown} tydeligste tegnet.",
    " Of {all} links outside the theory the {shown} clearest are drawn.",
)
_SHOWN_ALONE = Label(
    " Af {all} forbindelser er de {shown} tydeligste tegnet.", " Of {all} links the {shown} clearest are drawn."
)


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
    lines = tuple(tuple(wrap(say(node.label, lang), LETTERS)) for node in nodes)
    arriving, leaving = Counter(edge.target for edge in edges), Counter(edge.source for edge in edges)
    boxes = tuple(
        box_of(node, words, max(arriving[node.id], leaving[node.id])) for node, words in zip(nodes, lines, strict=True)
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
    figure = arrange(graph, lang=lang, only=only, layout=layout)
    width = max(figure.layout.width, LEAST_WIDTH)
    height = figure.layout.height + HEAD + FOOT
    across = (width - figure.layout.width) / 2
    title = say(_TITLE_EVIDENCE if only == EVIDENCE else _TITLE, lang)
    labels = {node.id: say(node.label, lang) for node in figure.nodes}
    head = Group(
        (
            Rectangle(0, 0, width, height, PAPER),
            Words(24, 38, title, size=26, bold=True),
            Words(24, 64, say(_SUB[only], lang).format(n=graph.n_cases), size=16, colour=QUIET),
        )
    )
    pairs = sorted(zip(figure.edges, figure.layout.routes, strict=True), key=lambda pair: _RANK.get(pair[0].finding, 2))
    edges = [
        Group(
            edge_shapes(*_moved(route, across, HEAD), route.heading, edge.sign, stroke_of(edge)),
            tip(edge, labels, lang),
        )
        for edge, route in pairs
    ]
    nodes = [
        _node(node, box, words, (x + across, y + HEAD), lang)
        for node, box, words, (_, x, y) in zip(
            figure.nodes, figure.boxes, figure.lines, figure.layout.places, strict=True
        )
    ]
    legend = _legend(figure, width, figure.layout.height + HEAD + 8, lang, before=graph.before)
    return Scene(round(width, 1), round(height, 1), title, (head, *edges, *nodes, legend))


def _moved(route: Route, dx: float, dy: float) -> tuple[Point, tuple[tuple[Point, Point, Point], ...]]:
    def shift(point: Point) -> Point:
        return round(point[0] + dx, 1), round(point[1] + dy, 1)

    return shift(route.points[0]), tuple((shift(a), shift(b), shift(c)) for a, b, c in route.curves)


def box_of(node: Node, lines: Sequence[str], ends: int) -> Box:
    """Return a box tall enough for a node's words and for the ends of its edges to lie side by side.

    Args:
        node: The node.
        lines: Its label in lines.
        ends: The most edges that meet one of its sides.
    """
    height = max(2 * PADDING + LINE * (len(lines) + 1), PORT * ends * 1.2)
    return Box(node.id, node.layer, WIDTH, height, _SIDE[node.pole])


def _node(node: Node, box: Box, lines: Sequence[str], place: Point, lang: str) -> Group:
    x, y = round(place[0], 1), round(place[1], 1)
    left, top = round(x - box.width / 2, 1), round(y - box.height / 2, 1)
    shapes: list[Shape] = [outline(node.pole, node.kind, left, top, box.width, round(box.height, 1))]
    first = y - LINE * (len(lines) + 1) / 2
    for number, words in enumerate(lines):
        height = round(first + LINE * (number + 0.78), 1)
        shapes.append(Words(x, height, words, size=14, bold=True, anchor="middle", room=box.width - 10))
    foot = round(first + LINE * (len(lines) + 0.78), 1)
    small = node_count(node, lang)
    shapes.append(Words(x, foot, small, size=13, anchor="middle", colour=QUIET, room=box.width - 10))
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
        words += f"; {say(_STROKES[edge.finding], lang).lower()}"
    if edge.n_cases is not None and edge.n_counter is not None:
        words += f" ({edge.n_cases} / {edge.n_cases + edge.n_counter} cases)"
    return words


def _legend(figure: Figure, width: float, top: float, lang: str, *, before: bool) -> Group:
    shapes: list[Shape] = [Rectangle(24, round(top, 1), width - 48, 1, "#c9ccca")]
    row, x = top + 36, 24.0
    for pole in (Pole.FACILITATOR, Pole.INHIBITOR, Pole.NEUTRAL):
        words = say(POLE_LABELS[pole], lang)
        shapes += [outline(pole, NodeKind.CONCEPT, x, round(row - 17, 1), 34, 24), Words(x + 42, row, words)]
        x += 74 + 8.2 * len(words)
    signs, kinds = {edge.sign for edge in figure.edges}, {edge.kind.value for edge in figure.edges}
    for sign in (sign for sign in EdgeSign if sign in signs):
        names = [
            say(texts[sign], lang)
            for texts, kind in ((CLAIM_LABELS, THEORY), (TOGETHER_LABELS, EVIDENCE))
            if kind in kinds and sign in texts
        ]
        x = _sample(shapes, x, row, sign, Stroke(2.6), " / ".join(names))
    row, x = row + 38, 24.0
    findings = {edge.finding for edge in figure.edges if edge.kind is EdgeKind.THEORY}
    for finding, stroke in THEORY_STROKES.items():
        if finding in findings:
            x = _sample(shapes, x, row, EdgeSign.PLUS, stroke, say(_STROKES[finding], lang))
    alone = kinds == {EVIDENCE}
    if EVIDENCE in kinds:
        _sample(shapes, x, row, EdgeSign.PLUS, EVIDENCE_STROKE, say(_EVIDENCE_ALONE if alone else _EVIDENCE, lang))
    notes = [
        say(_CLAIMS, lang) * (THEORY in kinds) + say(_TEST, lang) + say(_BEFORE if before else _NOT_BEFORE, lang),
        say(_NOT_SAID, lang) + say(_CONVENTION, lang) * (EVIDENCE in kinds) + ".",
    ]
    if figure.left_out:
        shown = sum(edge.kind is EdgeKind.EVIDENCE for edge in figure.edges)
        told = _SHOWN_ALONE if alone else _SHOWN
        notes[1] += say(told, lang).format(all=shown + figure.left_out, shown=shown)
    for number, note in enumerate(notes):
        shapes.append(Words(24, row + 32 + 19 * number, note, size=13.5, colour=QUIET, room=width - 48))
    return Group(tuple(shapes))


def _sample(shapes: list[Shape], x: float, row: float, sign: EdgeSign, stroke: Stroke, words: str) -> float:
    """Add a piece of line with its meaning to a legend, and return where the next one begins."""
    start, end = (x, row - 5), (x + 46, row - 5)
    shapes += edge_shapes(start, ((start, end, end),), (1.0, 0.0), sign, stroke)
    shapes.append(Words(x + 56, row, words))
    return x + 80 + 7.4 * len(words)
