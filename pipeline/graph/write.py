"""The graph for other programs: a networkx multigraph, GraphML, and tables of nodes and edges."""

import io
from typing import TYPE_CHECKING

from pipeline.graph.build import Edge, Finding, Graph, NodeKind
from pipeline.model.codes import Label, Sign
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, p_value, share, words

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


_SOURCE = Label(
    "Bekræftede kodninger fra forløbet, én gang pr. case.", "Affirmed codings of the course, once per case."
)
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
        source=_SOURCE,
    )


def evidence_table(graph: Graph) -> Table:
    """List by category the codes that occur in its cases more or less often than chance would have it."""
    rows: list[Row] = []
    for node in graph.nodes:
        if node.kind is not NodeKind.CATEGORY:
            continue
        edges = [edge for edge in graph.evidence_edges if edge.target == node.id]
        edges.sort(key=lambda edge: (edge.sign is Sign.MINUS, edge.p_adjusted, edge.source))
        if edges:
            rows.append(Row(node.label, (Cell(),) * 6, group=True))
            rows += [_evidence_row(graph, edge) for edge in edges]
    return Table(
        id="evidence_edges",
        title=Label(
            "Koder, der oftere eller sjældnere forekommer i en kategori",
            "Codes that occur more or less often in a category",
        ),
        stub=Label("Kode", "Code"),
        header=(
            (
                Heading(Label("Forekommer", "Occurs")),
                Heading(Label("Cases med koden", "Cases with the code")),
                Heading(Label("heraf i kategorien", "of these in the category")),
                Heading(Label("Pct. med koden", "Per cent with the code")),
                Heading(Label("Pct. uden koden", "Per cent without it")),
                Heading(Label("p, justeret", "p, adjusted")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {graph.n_cases} cases. Pct. med (uden) koden: andelen af cases med (uden) koden, der er i "
                "kategorien. Alle koder er prøvet mod alle kategorier (Fishers eksakte test, justeret efter "
                "Benjamini-Hochberg, grænse 0,05); opgørelsen er udforskende.",
                f"n = {graph.n_cases} cases. Per cent with (without) the code: the share of the cases with (without) "
                "it that are in the category. All codes are tested against all categories (Fisher's exact test, "
                "adjusted after Benjamini-Hochberg, limit 0.05); the table is exploratory.",
            ),
        ),
        source=_SOURCE,
    )


def _evidence_row(graph: Graph, edge: Edge) -> Row:
    found = edge.association
    assert found is not None  # evidence is made of counts
    often = Label("oftere", "more often") if edge.sign is Sign.PLUS else Label("sjældnere", "less often")
    cells = (
        words(often),
        count(found.first),
        count(found.both),
        share(found.both, found.first),
        share(found.second - found.both, found.cases - found.first),
        p_value(edge.p_adjusted),
    )
    return Row(graph.node(edge.source).label, cells, level=1)


def _edge_row(graph: Graph, edge: Edge) -> Row:
    target = graph.node(edge.target).label
    sign = words("+" if edge.sign is Sign.PLUS else "−")
    label = graph.node(edge.source).label
    if edge.association is None:
        return Row(label, (words(target), sign, Cell(), Cell(), Cell()), level=1)
    counts = (count(len(edge.cases)), count(len(edge.counter_cases)), p_value(edge.p_adjusted))
    return Row(label, (words(target), sign, *counts), level=1)
