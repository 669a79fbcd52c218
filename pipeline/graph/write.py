"""The graph for other programs: a networkx multigraph, GraphML, and tables of nodes and edges."""

import io
from typing import TYPE_CHECKING

from pipeline.graph.build import Edge, EdgeKind, Finding, Graph
from pipeline.model.codes import Label, Sign
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, p_value, words

if TYPE_CHECKING:
    import networkx as nx

_FINDINGS = {
    Finding.SEEN: Label("Som teorien siger", "As the theory says"),
    Finding.OPEN: Label("Kan ikke skelnes fra tilfældighed", "Cannot be told from chance"),
    Finding.OPPOSITE: Label("Modsat teorien", "Opposite to the theory"),
    Finding.UNMEASURED: Label("Ikke målt", "Not measured"),
}


def to_networkx(graph: Graph) -> "nx.MultiDiGraph[str]":
    """Return the graph with plain attributes on nodes and edges, as other programs read them."""
    import networkx as nx

    result: nx.MultiDiGraph[str] = nx.MultiDiGraph(cases=graph.n_cases)
    for node in graph.nodes:
        result.add_node(
            node.id, label=node.label.da, label_en=node.label.en, kind=node.kind.value, pole=node.pole.value,
            layer=node.layer, codes=" ".join(node.codes), n_cases=len(node.cases), measured=node.measured,
        )  # fmt: skip
    for edge in graph.edges:
        result.add_edge(
            edge.source, edge.target, key=edge.kind.value, kind=edge.kind.value, sign=edge.sign.value,
            finding=edge.finding.value, n_cases=len(edge.cases), n_counter=len(edge.counter_cases),
            jaccard=round(edge.association.jaccard, 4) if edge.association else 0.0,
            p=_rounded(edge.association.p if edge.association else 1.0), p_adjusted=_rounded(edge.p_adjusted),
            cases=" ".join(edge.cases), counter_cases=" ".join(edge.counter_cases), reference=edge.reference,
        )  # fmt: skip
    return result


def _rounded(p: float) -> float:
    return float(f"{p:.4g}")


def graphml(graph: Graph) -> str:
    """Return the graph as GraphML, which yEd, Gephi, Cytoscape and R read."""
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml(to_networkx(graph), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue().decode("utf-8")


_EDGE_HEADER = (
    (
        Heading(Label("Til", "To")),
        Heading(Label("Fortegn", "Sign")),
        Heading(Label("Cases, der passer", "Cases that agree")),
        Heading(Label("Cases imod", "Cases against")),
        Heading(Label("p, justeret", "p, adjusted")),
    ),
)


def theory_table(graph: Graph) -> Table:
    """List the theory's edges with their evidence, grouped by what the cases say."""
    rows: list[Row] = []
    for finding, label in _FINDINGS.items():
        edges = [edge for edge in graph.theory_edges if edge.finding is finding]
        if edges:
            rows.append(Row(label, (Cell(),) * 5, group=True))
            rows += [_edge_row(graph, edge) for edge in edges]
    return Table(
        id="theory_edges",
        title=Label("Forandringsteoriens forbindelser i casene", "The links of the theory of change in the cases"),
        stub=Label("Fra (ifølge teorien)", "From (according to theory)"),
        header=_EDGE_HEADER,
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {graph.n_cases} cases. Fortegn ifølge teorien: + styrker, − svækker. Passer: cases med begge "
                "(+), eller med den første og uden den anden (−). p: Fishers eksakte test, justeret efter "
                "Benjamini-Hochberg over teoriens forbindelser. At to forhold er kodet i de samme cases, siger ikke, "
                "hvad der følger af hvad.",
                f"n = {graph.n_cases} cases. Signs according to theory: + strengthens, − weakens. Agree: cases with "
                "both (+), or with the first and without the second (−). p: Fisher's exact test, adjusted after "
                "Benjamini-Hochberg over the links of the theory. That two matters are coded in the same cases does "
                "not say what follows from what.",
            ),
        ),
        source=Label(
            "Bekræftede kodninger fra forløbet, én gang pr. case.", "Affirmed codings of the course, once per case."
        ),
    )


def evidence_table(graph: Graph) -> Table:
    """List the codes that occur more or less often in the cases of a category than chance would have it."""
    return Table(
        id="evidence_edges",
        title=Label(
            "Koder, der oftere eller sjældnere forekommer i en kategori",
            "Codes that occur more or less often in a category",
        ),
        stub=Label("Kode", "Code"),
        header=_EDGE_HEADER,
        rows=tuple(_edge_row(graph, edge) for edge in graph.evidence_edges),
        notes=(
            Label(
                f"n = {graph.n_cases} cases. + forekommer oftere sammen med kategorien, − sjældnere. Alle koder er "
                "prøvet mod alle kategorier (Fishers eksakte test, justeret efter Benjamini-Hochberg, grænse 0,05); "
                "opgørelsen er udforskende.",
                f"n = {graph.n_cases} cases. + occurs more often together with the category, − less often. All codes "
                "are tested against all categories (Fisher's exact test, adjusted after Benjamini-Hochberg, limit "
                "0.05); the table is exploratory.",
            ),
        ),
        source=Label(
            "Bekræftede kodninger fra forløbet, én gang pr. case.", "Affirmed codings of the course, once per case."
        ),
    )


def _edge_row(graph: Graph, edge: Edge) -> Row:
    target = graph.node(edge.target).label.da
    sign = words("+" if edge.sign is Sign.PLUS else "−")
    level = 1 if edge.kind is EdgeKind.THEORY else 0
    label = graph.node(edge.source).label
    if edge.association is None:
        return Row(label, (words(target), sign, Cell(), Cell(), Cell()), level=level)
    counts = (count(len(edge.cases)), count(len(edge.counter_cases)), p_value(edge.p_adjusted))
    return Row(label, (words(target), sign, *counts), level=level)
