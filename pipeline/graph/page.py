"""The graph as one page for a browser: it opens its cases and quotations, and holds everything it needs itself.

No address of the net stands in the file, and a policy in its head forbids the browser to fetch anything. Positions and
lines are those of the figure; the drawing is done by cytoscape.js (MIT), which is part of the page.
"""

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from pipeline.graph.figure import EVIDENCE, Figure, arrange, box_of, node_count
from pipeline.graph.labels import (
    CLAIM_LABELS,
    EVIDENCE_SIGN_LABELS,
    FINDING_LABELS,
    KIND_LABELS,
    NODE_LABELS,
    OBSTACLE_LABELS,
    POLE_LABELS,
    SIGN_MARKS,
    TOGETHER_LABELS,
)
from pipeline.graph.layout import Box, LayoutMaker, Point, Route, layered_layout
from pipeline.graph.look import SCREEN
from pipeline.graph.page_words import TEXTS, words_in
from pipeline.graph.scene import wrap
from pipeline.graph.style import FILL, PALE, SIGN, STROKE, stroke_of
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, Graph, Node, NodeKind
from pipeline.model.codes import Label, Pole, say

Data = dict[str, Any]
_SCHEME = re.compile(r"https?://")


def page(graph: Graph, *, lang: str = "da", only: str = "", layout: LayoutMaker = layered_layout) -> str:
    """Return the graph as an HTML page that needs nothing from outside.

    ``#edge=ID`` and ``#node=ID`` behind the file's address open that edge or node.

    Args:
        graph: The graph, or a part of it; a public graph gives a page without quotations and case ids.
        lang: ``da`` or ``en``.
        only: ``theory``, ``evidence`` or empty for both.
        layout: What lays out boxes and edges.
    """
    figure = arrange(graph, lang=lang, only=only, layout=layout, concepts=True)
    texts = words_in(lang)
    parts = {
        "lang": lang,
        "title": _escaped(texts["title_evidence" if only == EVIDENCE else "title"]),
        "noscript": _escaped(texts["noscript"]),
        "css": _static("page.css"),
        "licence": _SCHEME.sub("", _static("cytoscape.LICENSE.txt")).replace("*/", "* /"),
        "cytoscape": _SCHEME.sub("", _static("cytoscape.min.js")),
        "script": _static("page.js"),
        "data": _embedded(_data(graph, figure, lang, texts)),
    }
    # one pass, so that an at sign in a quotation is never taken for a place to fill
    return re.sub(r"@(\w+)@", lambda match: parts[match[1]], _static("page.html"))


def _static(name: str) -> str:
    return files("pipeline.graph").joinpath("static", name).read_text(encoding="utf-8").strip()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _embedded(data: Data) -> str:
    """Return data as JSON that no HTML parser can read as markup, and without an address written out."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.replace("://", ":\\u002f\\u002f")


def _data(graph: Graph, figure: Figure, lang: str, texts: dict[str, str]) -> Data:
    wrapped = {node.id: wrap(say(node.label, lang), SCREEN.letters) for node in graph.nodes}
    boxes = {box.id: box for box in figure.boxes}
    boxes = {node.id: boxes.get(node.id) or box_of(node, wrapped[node.id], 0) for node in graph.nodes}
    places = _places(graph, figure, boxes)
    routes = {edge.id: route for edge, route in zip(figure.edges, figure.layout.routes, strict=True)}
    layers = {node.id: node.layer for node in graph.nodes}
    kinds = sorted({edge.kind.value for edge in graph.edges})
    findings = [
        {
            "id": finding.value,
            "kind": "theory" if finding in _OF_THEORY else "evidence",
            "label": say(TEXTS[f"short_{finding.value}"], lang),
            "n": sum(edge.finding is finding for edge in graph.edges),
        }
        for finding in Finding
    ]
    signs = {edge.sign for edge in graph.edges}
    sub = texts["sub_evidence"] if kinds == [EVIDENCE] else texts["sub"]
    return {
        "nodes": [
            _node_data(node, places[node.id], boxes[node.id], wrapped[node.id], lang, texts) for node in graph.nodes
        ],
        "edges": [_edge_data(edge, graph, routes.get(edge.id), places, layers, lang, texts) for edge in graph.edges],
        "findings": findings,
        "kinds": kinds,
        "first": next((each["id"] for each in reversed(findings) if each["n"]), ""),
        "signs": [{"id": sign.value, "label": SIGN_MARKS[sign]} for sign in EdgeSign if sign in signs],
        "counted": any(edge.n_cases is not None for edge in graph.edges),
        "legend": _legend(lang, signs, kinds),
        "public": graph.public,
        "texts": {**texts, "sub": sub.format(n=graph.n_cases)},
    }


_OF_THEORY = (Finding.SUPPORTED, Finding.UNSUPPORTED, Finding.CONTRADICTED, Finding.NOT_MEASURABLE)


def _places(graph: Graph, figure: Figure, boxes: dict[str, Box]) -> dict[str, Point]:
    """Return where every node stands: those of the figure as there, the others in columns at its sides."""
    places = {name: (x, y) for name, x, y in figure.layout.places}
    for kind, x in ((NodeKind.CODE, -SCREEN.width), (NodeKind.CATEGORY, figure.layout.width + SCREEN.width)):
        others = [node for node in graph.nodes if node.id not in places and node.kind is kind]
        y = figure.layout.height / 2 - sum(boxes[node.id].height + 24 for node in others) / 2
        for node in others:
            height = boxes[node.id].height
            places[node.id] = (round(x, 1), round(y + height / 2, 1))
            y += height + 24
    return places


def _legend(lang: str, signs: set[EdgeSign], kinds: Sequence[str]) -> list[list[str]]:
    """Return (class of the sample, what it means) pairs."""
    items = [[f"shape {pole.value}", say(POLE_LABELS[pole], lang)] for pole in _POLES]
    for sign in (sign for sign in EdgeSign if sign in signs):
        meanings = [labels[sign] for kind, labels in _MEANINGS.items() if kind.value in kinds and sign in labels]
        items.append([f"end {_NAMES[sign]}", " / ".join(say(label, lang) for label in meanings)])
    return items + [[f"line {kind}", say(TEXTS[f"line_{kind}"], lang)] for kind in kinds]


_MEANINGS = {EdgeKind.THEORY: CLAIM_LABELS, EdgeKind.EVIDENCE: TOGETHER_LABELS}
_POLES = (Pole.FACILITATOR, Pole.INHIBITOR, Pole.NEUTRAL)
_NAMES = {EdgeSign.PLUS: "plus", EdgeSign.MINUS: "minus", EdgeSign.MIXED: "mixed"}


def _node_data(node: Node, place: Point, box: Box, lines: Sequence[str], lang: str, texts: dict[str, str]) -> Data:
    count = node_count(node, lang)
    shape = {Pole.FACILITATOR: "round-rectangle", Pole.INHIBITOR: "cut-rectangle", Pole.NEUTRAL: "rectangle"}
    numbers = [[texts["n_cases"], "<5" if node.n is None else str(node.n)]] if node.measured else []
    if node.codes:
        numbers.append([texts["codes"], ", ".join(node.codes)])
    quotes: dict[str, list[list[str]]] = {}
    for quote in node.quotations:
        quotes.setdefault(quote.case, []).append([quote.code, quote.text])
    return {
        "id": node.id,
        "label": say(node.label, lang),
        "kind": node.kind.value,
        "pole": node.pole.value,
        "x": place[0],
        "y": place[1],
        "says": f"{say(NODE_LABELS[node.kind], lang)} · {say(POLE_LABELS[node.pole], lang)}"
        + ("" if node.measured else f" · {count}"),
        "numbers": numbers,
        "cases": list(node.cases),
        "before": list(node.before_cases),
        "quotes": quotes,
        "drawn": {
            "id": node.id,
            "caption": "\n".join([*lines, count]),
            "shape": shape[node.pole],
            "border": "double" if node.kind is NodeKind.CATEGORY else "solid",
            "fill": FILL[node.pole],
            "stroke": STROKE[node.pole],
            "w": box.width,
            "h": round(box.height, 1),
        },
    }


def _edge_data(
    edge: Edge,
    graph: Graph,
    route: Route | None,
    places: dict[str, Point],
    layers: dict[str, int],
    lang: str,
    texts: dict[str, str],
) -> Data:
    found = say(FINDING_LABELS[edge.finding], lang)
    if edge.obstacle is not None:
        found += f": {say(OBSTACLE_LABELS[edge.obstacle], lang)}"
    line = found
    if edge.n_cases is not None and edge.n_counter is not None:
        line += f" · {edge.n_cases} / {edge.n_cases + edge.n_counter}"
    together = edge.sign is not EdgeSign.MINUS
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind.value,
        "sign": edge.sign.value,
        "mark": SIGN_MARKS[edge.sign],
        "finding": edge.finding.value,
        "measured": edge.obstacle is None,
        "n_cases": edge.n_cases,
        "reference": _place(edge.reference, lang),
        "line": line,
        "says": f"{say(KIND_LABELS[edge.kind], lang)}: {say(_meaning(edge), lang)}",
        "found": found + "." + (f" {texts['convention']}" if edge.kind is EdgeKind.EVIDENCE else ""),
        "numbers": _numbers(edge, graph, lang, texts),
        "cases": list(edge.cases),
        "counter": list(edge.counter_cases),
        "agreeTitle": texts["agree_both" if together else "agree_apart"],
        "againstTitle": texts["against_apart" if together else "against_both"],
        "drawn": _drawn(edge, route, places, layers),
    }


def _meaning(edge: Edge) -> Label:
    return CLAIM_LABELS[edge.sign] if edge.kind is EdgeKind.THEORY else EVIDENCE_SIGN_LABELS[edge.sign]


def _place(reference: str, lang: str) -> str:
    return reference.replace("afsnit", "section").replace("kapitel", "chapter") if lang == "en" else reference


def _numbers(edge: Edge, graph: Graph, lang: str, texts: dict[str, str]) -> list[list[str]]:
    rows: list[list[str]] = []
    if edge.reference:
        rows.append([texts["reference"], _place(edge.reference, lang)])
    if edge.obstacle is not None:
        return rows
    if edge.n_cases is None or edge.n_counter is None:
        return [*rows, [texts["small"], ""]]
    rows += [
        [texts["n_agree"], str(edge.n_cases)],
        [texts["n_against"], str(edge.n_counter)],
        [texts["n_source"], f"{edge.n_source} / {graph.n_cases}"],
        [texts["n_target"], f"{edge.n_target} / {graph.n_cases}"],
        [texts["n_both"], f"{edge.n_both} ({texts['expected']} {_decimal(edge.expected or 0, 1, lang)})"],
        ["Jaccard", _decimal(edge.jaccard or 0, 2, lang)],
        [texts["p"], _p(edge.p, lang)],
        [texts["p_adj"], _p(edge.p_adj, lang)],
    ]
    return rows


def _decimal(value: float, decimals: int, lang: str) -> str:
    text = f"{value:.{decimals}f}"
    return text if lang == "en" else text.replace(".", ",")


def _p(value: float | None, lang: str) -> str:
    if value is None:
        return ""
    return f"< {_decimal(0.001, 3, lang)}" if value < 0.001 else _decimal(value, 3, lang)


def _drawn(edge: Edge, route: Route | None, places: dict[str, Point], layers: dict[str, int]) -> Data:
    """Return an edge as cytoscape draws it: along its route in the figure, else as a plain curve."""
    stroke = stroke_of(edge)
    dotted = bool(stroke.dashes) and stroke.dashes[0] < 2 * stroke.width
    drawn: Data = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "colour": PALE[edge.sign] if stroke.pale else SIGN[edge.sign],
        "width": stroke.width,
        "line": "dotted" if dotted else "dashed" if stroke.dashes else "solid",
        "arrow": {EdgeSign.PLUS: "triangle", EdgeSign.MINUS: "tee", EdgeSign.MIXED: "diamond"}[edge.sign],
        "crossed": int(stroke.crossed),
    }
    if route is None:
        return drawn | ({"beside": 1} if layers[edge.source] == layers[edge.target] else {})
    start, end = route.points[0], route.points[-1]
    drawn |= {
        "routed": 1,
        "from": _offset(start, places[edge.source]),
        "to": _offset(end, places[edge.target]),
    }
    bends = control_points(route)
    if not bends:
        return drawn | {"straight": 1}
    weights, distances = along(start, end, bends)
    return drawn | {"bent": 1, "weights": weights, "distances": distances}


def _offset(point: Point, middle: Point) -> str:
    return f"{point[0] - middle[0]:.1f}px {point[1] - middle[1]:.1f}px"


def control_points(route: Route) -> list[Point]:
    """Return the points that pull a chain of quadratic curves along a route; none for a straight one.

    A cubic that leaves and arrives level is two quadratics that meet in its middle, and cytoscape joins control points
    by such quadratics.

    Args:
        route: The way of an edge.
    """
    points = []
    begin = route.points[0]
    for one, two, end in route.curves:
        if not (begin[0] == end[0] or begin[1] == end[1]) or one[0] > max(begin[0], end[0]):
            points += [one, two]
        points.append(end)  # where it runs level again
        begin = end
    return points[:-1] if len(points) > 1 else []


def along(start: Point, end: Point, points: Sequence[Point]) -> tuple[list[float], list[float]]:
    """Return points relative to a line: how far along it (0 to 1) and how far beside it.

    Args:
        start: Where the line begins.
        end: Where it ends.
        points: The points.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    weights, distances = [], []
    for x, y in points:
        px, py = x - start[0], y - start[1]
        weights.append(round((px * dx + py * dy) / length**2, 4))
        distances.append(round((py * dx - px * dy) / length, 1))
    return weights, distances
