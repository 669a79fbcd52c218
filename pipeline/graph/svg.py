"""The graph of the theory as one self-contained SVG: quiet colours, and readable in grey."""

from collections import Counter
from itertools import pairwise
from xml.sax.saxutils import escape

from pipeline.graph.build import Edge, Finding, Graph, Node, NodeKind
from pipeline.graph.layout import Box, Layout, Route, layered_layout
from pipeline.model.codes import Label, Pole, Sign

WIDTH = 176
LINE = 17
PADDING = 11
LETTERS = 21
"""Letters to a line of a box."""

PORT = 13
"""Room for the end of one edge."""

FONT = "Calibri, Carlito, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
_FILL = {Pole.FACILITATOR: "#e3eff1", Pole.INHIBITOR: "#f8e9df", Pole.NEUTRAL: "#f1f1ee"}
_STROKE = {Pole.FACILITATOR: "#1f5f6b", Pole.INHIBITOR: "#b25a25", Pole.NEUTRAL: "#55554f"}
_INK = "#23272a"
_SIDE = {Pole.FACILITATOR: -1, Pole.NEUTRAL: 0, Pole.INHIBITOR: 1}

_TEXT = {
    "title": Label("Fremmere og hæmmere for progression", "What furthers and what hampers progression"),
    "sub": Label(
        "Forandringsteoriens forbindelser og det, der er kodet i {n} cases",
        "The links of the theory of change and what is coded in {n} cases",
    ),
    "cases": Label("{n} cases", "{n} cases"),
    "none": Label("ingen kode måler", "no code measures it"),
    "facilitator": Label("Fremmer", "Facilitator"),
    "inhibitor": Label("Hæmmer", "Inhibitor"),
    "result": Label("Resultat", "Result"),
    "plus": Label("styrker (ifølge teorien)", "strengthens (according to theory)"),
    "minus": Label("svækker (ifølge teorien)", "weakens (according to theory)"),
    "seen": Label("forekommer sammen som teorien siger", "occurs together as the theory says"),
    "open": Label("kan ikke skelnes fra tilfældighed", "cannot be told from chance"),
    "opposite": Label("forekommer sammen på modsat vis", "occurs together the other way"),
    "unmeasured": Label("ikke målt af nogen kode", "not measured by any code"),
    "note": Label(
        "Linjens farve følger den boks, den udgår fra. Samforekomst i cases (Fishers eksakte test, justeret efter "
        "Benjamini-Hochberg, grænse 0,05) siger ikke, hvad der følger af hvad.",
        "A line has the colour of the box it leaves. Occurring together in cases (Fisher's exact test, adjusted after "
        "Benjamini-Hochberg, limit 0.05) does not say what follows from what.",
    ),
}


def draw_svg(graph: Graph, *, lang: str = "da") -> str:
    """Draw the theory's concepts and edges with the evidence of the cases.

    Facilitators stand above the middle line in rounded boxes, inhibitors below it in boxes with cut corners. An arrow
    strengthens, a bar across the end weakens. Thick lines are seen in the cases, thin ones cannot be told from chance,
    dotted ones point the other way, dashed ones are not measured.

    Args:
        graph: The graph.
        lang: ``da`` or ``en``.
    """
    concepts = [node for node in graph.nodes if node.kind is NodeKind.CONCEPT]
    lines = {node.id: wrap(_say(node.label, lang), LETTERS) for node in concepts}
    edges = graph.theory_edges
    ends = Counter(edge.target for edge in edges)
    starts = Counter(edge.source for edge in edges)
    boxes = [
        Box(
            node.id,
            node.layer,
            WIDTH,
            # tall enough for its words and for the ends of its edges to lie side by side
            max(2 * PADDING + LINE * (len(lines[node.id]) + 1), PORT * max(ends[node.id], starts[node.id]) * 1.25),
            _SIDE[node.pole],
        )
        for node in concepts
    ]
    layout = layered_layout(boxes, [(edge.source, edge.target) for edge in edges])
    head, foot = 84, 132
    width, height = max(layout.width, 1180), layout.height + head + foot
    nodes = {node.id: node for node in concepts}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="{FONT}" fill="{_INK}">',
        f"<title>{escape(_say(_TEXT['title'], lang))}</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        _text(24, 38, _say(_TEXT["title"], lang), size=26, weight=600),
        _text(24, 64, _say(_TEXT["sub"], lang).format(n=graph.n_cases), size=16, fill="#5a6065"),
        f'<g transform="translate(0 {head})">',
    ]
    strength = {Finding.UNMEASURED: 0, Finding.OPEN: 1, Finding.OPPOSITE: 2, Finding.SEEN: 3}
    pairs = sorted(zip(edges, layout.routes, strict=True), key=lambda pair: strength[pair[0].finding])
    parts += [_edge(edge, route, nodes, lang) for edge, route in pairs]
    sizes = {box.id: box for box in boxes}
    for name, x, y in layout.places:
        parts.append(_node(nodes[name], sizes[name], lines[name], x, y, lang))
    parts.append("</g>")
    parts.append(_legend(layout, head, lang))
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def wrap(text: str, letters: int) -> list[str]:
    """Break a label into lines of at most so many letters; a longer word is broken with a hyphen.

    Args:
        text: The label.
        letters: Letters to a line.
    """
    lines = [""]
    for word in text.split():
        while len(word) > letters:
            if lines[-1]:
                lines.append("")
            lines[-1] = word[: letters - 1] + "-"
            word = word[letters - 1 :]
            lines.append("")
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= letters:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line]


def _say(label: Label, lang: str) -> str:
    return label.en if lang == "en" else label.da


def _text(
    x: float, y: float, words: str, *, size: int = 15, weight: int = 400, anchor: str = "start", fill: str = ""
) -> str:
    paint = f' fill="{fill}"' if fill else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"{paint}>'
        f"{escape(words)}</text>"
    )


def _shape(pole: Pole, left: float, top: float, width: float, height: float) -> str:
    """Return the outline of a box: rounded for facilitators, cut corners for inhibitors, square for results."""
    paint = f'fill="{_FILL[pole]}" stroke="{_STROKE[pole]}" stroke-width="1.6"'
    if pole is Pole.INHIBITOR:
        cut, right, bottom = 10, left + width, top + height
        points = (
            (left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut), (right - cut, bottom),
            (left + cut, bottom), (left, bottom - cut), (left, top + cut),
        )  # fmt: skip
        return f'<polygon points="{" ".join(f"{a:g},{b:g}" for a, b in points)}" {paint}/>'
    radius = 14 if pole is Pole.FACILITATOR else 0
    return f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="{radius}" {paint}/>'


def _node(node: Node, box: Box, lines: list[str], x: float, y: float, lang: str) -> str:
    left, top = x - box.width / 2, y - box.height / 2
    parts = [f"<g><title>{escape(', '.join(node.codes))}</title>", _shape(node.pole, left, top, box.width, box.height)]
    first = y - LINE * (len(lines) + 1) / 2
    for number, line in enumerate(lines):
        parts.append(_text(x, first + LINE * (number + 0.78), line, size=14, weight=600, anchor="middle"))
    small = _say(_TEXT["cases"], lang).format(n=len(node.cases)) if node.measured else _say(_TEXT["none"], lang)
    foot = first + LINE * (len(lines) + 0.78)
    parts.append(_text(x, foot, small, size=13, anchor="middle", fill="#5a6065"))
    parts.append("</g>")
    return "".join(parts)


_LINES = {
    Finding.SEEN: ("2.6", "1", ""),
    Finding.OPPOSITE: ("2.2", "0.9", "1.5 5"),
    Finding.OPEN: ("1.1", "0.5", ""),
    Finding.UNMEASURED: ("1.2", "0.6", "7 5"),
}


def _edge(edge: Edge, route: Route, nodes: dict[str, Node], lang: str) -> str:
    colour = _STROKE[nodes[edge.source].pole]
    tip = _tip(edge, nodes, lang)
    return f"<g><title>{escape(tip)}</title>{_line(route.points, edge.sign, edge.finding, colour)}</g>"


def _line(points: tuple[tuple[float, float], ...], sign: Sign, finding: Finding, colour: str) -> str:
    """Return a smooth line through the points with its end drawn as a shape of its own, so that every viewer has it."""
    thick, opacity, dashes = _LINES[finding]
    (x, y), bold = points[-1], finding in (Finding.SEEN, Finding.OPPOSITE)
    size = 9 if bold else 7
    stop = x - (size if sign is Sign.PLUS else 3)
    way = [*points[:-1], (stop, y)]
    path = f"M{way[0][0]:g} {way[0][1]:g}"
    for (ax, ay), (bx, by) in pairwise(way):
        if ay == by:
            path += f" L{bx:g} {by:g}"
            continue
        bend = (bx - ax) / 2
        path += f" C{ax + bend:g} {ay:g} {bx - bend:g} {by:g} {bx:g} {by:g}"
    dash = f' stroke-dasharray="{dashes}" stroke-linecap="round"' if dashes else ""
    line = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}"{dash}/>'
    if sign is Sign.PLUS:
        half = size * 0.5
        end = f'<polygon points="{x:g},{y:g} {x - size:g},{y - half:g} {x - size:g},{y + half:g}" fill="{colour}"/>'
    else:
        half = 5.2 if bold else 4.5
        end = (
            f'<path d="M{x - 3:g} {y - half:g} V{y + half:g}" stroke="{colour}" '
            f'stroke-width="{3.2 if bold else 2.2}" fill="none"/>'
        )
    return f'<g opacity="{opacity}">{line}{end}</g>'


def _tip(edge: Edge, nodes: dict[str, Node], lang: str) -> str:
    ends = f"{_say(nodes[edge.source].label, lang)} → {_say(nodes[edge.target].label, lang)}"
    sign = _say(_TEXT["plus" if edge.sign is Sign.PLUS else "minus"], lang)
    found = _say(_TEXT[edge.finding.value], lang)
    if edge.association is None:
        return f"{ends}: {sign}; {found}"
    counts = f"{len(edge.cases)} / {len(edge.cases) + len(edge.counter_cases)}"
    return f"{ends}: {sign}; {found} ({counts} cases)"


def _legend(layout: Layout, head: float, lang: str) -> str:
    top = layout.height + head + 10
    parts = [f'<path d="M24 {top:g} H{max(layout.width, 1180) - 24:g}" stroke="#c9ccca" stroke-width="1"/>']
    x = 24.0
    for pole, name in ((Pole.FACILITATOR, "facilitator"), (Pole.INHIBITOR, "inhibitor"), (Pole.NEUTRAL, "result")):
        parts.append(_shape(pole, x, top + 18, 34, 24))
        parts.append(_text(x + 44, top + 35, _say(_TEXT[name], lang)))
        x += 150
    x = 500.0
    for sign, name in ((Sign.PLUS, "plus"), (Sign.MINUS, "minus")):
        parts.append(_line(((x, top + 30), (x + 48, top + 30)), sign, Finding.SEEN, "#3b4145"))
        parts.append(_text(x + 58, top + 35, _say(_TEXT[name], lang)))
        x += 300
    x = 24.0
    for finding in (Finding.SEEN, Finding.OPEN, Finding.OPPOSITE, Finding.UNMEASURED):
        parts.append(_line(((x, top + 70), (x + 48, top + 70)), Sign.PLUS, finding, "#3b4145"))
        parts.append(_text(x + 58, top + 75, _say(_TEXT[finding.value], lang)))
        x += 84 + 7.3 * len(_say(_TEXT[finding.value], lang))
    parts.append(_text(24, top + 108, _say(_TEXT["note"], lang), size=14, fill="#5a6065"))
    return "\n".join(parts)
