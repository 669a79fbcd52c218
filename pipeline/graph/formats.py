"""The graph for other programs: GraphML and GEXF by networkx, DOT, and nodes and edges as CSV."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.graph.style import FILL, SIGN, STROKE, stroke_of
from pipeline.graph.value import Edge, EdgeSign, Finding, Graph, Node, NodeKind
from pipeline.model.codes import Pole, say

if TYPE_CHECKING:
    import networkx as nx

Value = str | int | float | bool | None
BOM = "\ufeff"
_SIGN_WORDS = {EdgeSign.PLUS: "plus", EdgeSign.MINUS: "minus", EdgeSign.MIXED: "mixed"}
"""Signs in CSV, where a spreadsheet would take ``+`` and ``-`` for the beginning of a formula."""

NODE_COLUMNS = (
    "id", "label", "label_en", "kind", "pole", "layer", "codes", "measured", "n_cases", "cases", "before_cases",
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "source", "target", "kind", "sign", "finding", "obstacle", "n_cases", "n_counter", "n_source", "n_target",
    "n_both", "expected", "jaccard", "p", "p_adj", "cases", "counter_cases", "reference",
)  # fmt: skip


def node_record(node: Node) -> dict[str, Value]:
    """Return a node as plain values, in the order of ``NODE_COLUMNS``.

    Args:
        node: The node.
    """
    values: tuple[Value, ...] = (
        node.id, node.label.da, node.label.en, node.kind.value, node.pole.value, node.layer, " ".join(node.codes),
        node.measured, node.n, " ".join(node.cases), " ".join(node.before_cases),
    )  # fmt: skip
    return dict(zip(NODE_COLUMNS, values, strict=True))


def edge_record(edge: Edge) -> dict[str, Value]:
    """Return an edge as plain values, in the order of ``EDGE_COLUMNS``; numbers with four figures.

    Args:
        edge: The edge.
    """
    values: tuple[Value, ...] = (
        edge.id, edge.source, edge.target, edge.kind.value, edge.sign.value, edge.finding.value,
        edge.obstacle.value if edge.obstacle else "", edge.n_cases, edge.n_counter, edge.n_source, edge.n_target,
        edge.n_both, _short(edge.expected), _short(edge.jaccard), _short(edge.p), _short(edge.p_adj),
        " ".join(edge.cases), " ".join(edge.counter_cases), edge.reference,
    )  # fmt: skip
    return dict(zip(EDGE_COLUMNS, values, strict=True))


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def to_networkx(graph: Graph) -> "nx.MultiDiGraph[str]":
    """Return the graph as a networkx multigraph with plain attributes; what is not there is left out.

    Args:
        graph: The graph.
    """
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(cases=graph.n_cases)
    for node in graph.nodes:
        record = {name: value for name, value in node_record(node).items() if name != "id" and value is not None}
        result.add_node(node.id, **record)
    for edge in graph.edges:
        record = {
            name: value
            for name, value in edge_record(edge).items()
            if name not in ("id", "source", "target") and value is not None
        }
        result.add_edge(edge.source, edge.target, key=edge.kind.value, **record)
    return result


def graphml(graph: Graph) -> str:
    """Return the graph as GraphML, which yEd, Gephi, Cytoscape and R read.

    Args:
        graph: The graph.
    """
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml(to_networkx(graph), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue().decode("utf-8")


_STAMP = re.compile(r' lastmodifieddate="[^"]*"')
_MAKER = re.compile(r"<creator>[^<]*</creator>")
_THICK = {Finding.SUPPORTED: 3.0, Finding.CONTRADICTED: 3.0, Finding.UNSUPPORTED: 1.0, Finding.NOT_MEASURABLE: 1.0}


def gexf(graph: Graph) -> str:
    """Return the graph as GEXF with colours and line styles, for Gephi.

    networkx writes the day and its own version into the file; both are taken out, so that the same graph gives the
    same bytes.

    Args:
        graph: The graph.
    """
    import networkx as nx

    dressed = to_networkx(graph)
    for node in graph.nodes:
        shape = {Pole.FACILITATOR: "disc", Pole.INHIBITOR: "diamond", Pole.NEUTRAL: "square"}[node.pole]
        size = 10.0 + (node.n or 0) ** 0.5
        dressed.nodes[node.id]["viz"] = {"color": _rgb(STROKE[node.pole]), "size": round(size, 2), "shape": shape}
    for edge in graph.edges:
        data = dressed.edges[edge.source, edge.target, edge.kind.value]
        shape = "dashed" if stroke_of(edge).dashes else "solid"
        data["id"] = edge.id
        data["viz"] = {
            "color": _rgb(SIGN[edge.sign]), "thickness": _THICK.get(edge.finding, 2.0), "shape": shape,
        }  # fmt: skip
    text = "\n".join(nx.generate_gexf(dressed, encoding="utf-8", prettyprint=True, version="1.2draft")) + "\n"
    return _MAKER.sub("<creator>casepath</creator>", _STAMP.sub("", text))


def _rgb(colour: str) -> dict[str, int | float]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def dot(graph: Graph, *, lang: str = "da") -> str:
    """Return the graph in Graphviz's language, columns and line styles as in the figure.

    Args:
        graph: The graph.
        lang: ``da`` or ``en``.
    """
    lines = [
        "digraph casepath {",
        "  rankdir=LR; newrank=true; splines=true; nodesep=0.2; ranksep=0.8;",
        '  node [fontname="Arial", fontsize=11, style="filled"]; edge [fontname="Arial", fontsize=9];',
    ]
    for layer in sorted({node.layer for node in graph.nodes}):
        column = [node for node in graph.nodes if node.layer == layer]
        lines.append("  { rank=same;")
        lines += [f"    {_dot_node(node, lang)}" for node in column]
        lines.append("  }")
    lines += [f"  {_dot_edge(edge)}" for edge in graph.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _dot_node(node: Node, lang: str) -> str:
    shape = {Pole.FACILITATOR: "box", Pole.INHIBITOR: "octagon", Pole.NEUTRAL: "box"}[node.pole]
    style = "rounded,filled" if node.pole is Pole.FACILITATOR else "filled"
    label = f"{say(node.label, lang)}\n{'?' if node.n is None else node.n}"
    double = ", peripheries=2" if node.kind is NodeKind.CATEGORY else ""
    return (
        f"{_quoted(node.id)} [label={_quoted(label)}, shape={shape}, style={_quoted(style)}, "
        f"fillcolor={_quoted(FILL[node.pole])}, color={_quoted(STROKE[node.pole])}{double}];"
    )


def _dot_edge(edge: Edge) -> str:
    head = {EdgeSign.PLUS: "normal", EdgeSign.MINUS: "tee", EdgeSign.MIXED: "odiamond"}[edge.sign]
    stroke = stroke_of(edge)
    style = ("dotted" if stroke.dashes[0] < 2 * stroke.width else "dashed") if stroke.dashes else "solid"
    label = ', label="×"' if stroke.crossed else ""
    return (
        f"{_quoted(edge.source)} -> {_quoted(edge.target)} [arrowhead={head}, style={style}, "
        f"color={_quoted(SIGN[edge.sign])}, penwidth={stroke.width:g}{label}, comment={_quoted(edge.finding.value)}];"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def nodes_csv(graph: Graph) -> str:
    """Return the nodes as a table that Danish Excel opens right: semicolons, decimal commas, a byte order mark.

    Args:
        graph: The graph.
    """
    return _csv(NODE_COLUMNS, (list(node_record(node).values()) for node in graph.nodes))


def edges_csv(graph: Graph) -> str:
    """Return the edges as a table that Danish Excel opens right.

    Args:
        graph: The graph.
    """
    rows = ({**edge_record(edge), "sign": _SIGN_WORDS[edge.sign]} for edge in graph.edges)
    return _csv(EDGE_COLUMNS, (list(row.values()) for row in rows))


def _csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BOM + buffer.getvalue()


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.4g}".replace(".", ",")
        case str() if value[:1] in ("=", "+", "-", "@", "\t", "\r"):
            return "'" + value
        case _:
            return str(value)
