"""The links found in the cases as tables: what occurs in which category, and how many links each concept has."""

from collections.abc import Iterable

from pipeline.graph.degree import Degree
from pipeline.graph.labels import OFTEN_LABELS
from pipeline.graph.table_parts import P_ADJUSTED, both_cell, codings_source, hidden_cell, links_cell, p_cell
from pipeline.graph.value import Edge, EdgeSign, Graph, NodeKind
from pipeline.model.codes import Label
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, interval, share, words


def evidence_table(graph: Graph) -> Table:
    """List by category what occurs in its cases more or less often than chance would have it."""
    rows: list[Row] = []
    for node in graph.nodes:
        if node.kind is not NodeKind.CATEGORY:
            continue
        edges = [edge for edge in graph.evidence_edges if edge.target == node.id]
        edges.sort(key=lambda edge: edge.sign is EdgeSign.MINUS)
        if edges:
            rows.append(Row(node.label, (Cell(),) * 6, group=True))
            rows += [_category_row(graph, edge) for edge in edges]
    return Table(
        id="evidence_edges",
        title=Label(
            "Begreber, der oftere eller sjældnere forekommer i en kategori",
            "Concepts that occur more or less often in a category",
        ),
        stub=Label("Begreb eller kode", "Concept or code"),
        header=(
            (
                Heading(Label("Forekommer", "Occurs")),
                Heading(Label("Cases med det", "Cases with it")),
                Heading(Label("heraf i kategorien", "of these in the category")),
                Heading(Label("Pct. med det", "Per cent with it")),
                Heading(Label("Pct. uden det", "Per cent without it")),
                P_ADJUSTED,
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                f"n = {graph.n_cases} cases; en todelt case er i begge sine kategorier. Pct. med (uden): andelen af "
                "cases med (uden) det, der er i kategorien. Alle par af målte begreber og koder og alle kategorier er "
                f"prøvet i begge retninger ({graph.n_evidence_tests} prøver, hypergeometrisk test, Benjamini-Hochberg, "
                "grænse 0,05); opgørelsen er udforskende.",
                f"n = {graph.n_cases} cases; a split case is in both its categories. Per cent with (without): the "
                "share of the cases with (without) it that are in the category. All pairs of measured concepts and "
                f"codes, and all categories, are tested in both directions ({graph.n_evidence_tests} tests, "
                "hypergeometric test, Benjamini-Hochberg, limit 0.05); the table is exploratory.",
            ),
        ),
        source=codings_source(graph),
    )


def _category_row(graph: Graph, edge: Edge) -> Row:
    often = words(OFTEN_LABELS[edge.sign])
    label = graph.node(edge.source).label
    if edge.n_source is None or edge.n_both is None or edge.n_target is None:
        return Row(label, (often, *(hidden_cell() for _ in range(5))), level=1)
    cells = (
        often,
        count(edge.n_source, cases=(*edge.cases, *edge.counter_cases), query={"node": edge.source}),
        both_cell(graph, edge),
        share(edge.n_both, edge.n_source),
        share(edge.n_target - edge.n_both, graph.n_cases - edge.n_source),
        p_cell(graph, edge),
    )
    return Row(label, cells, level=1)


def degree_table(graph: Graph, found: Iterable[Degree]) -> Table:
    """List how many others each concept or code goes together with, with intervals.

    Args:
        graph: The graph.
        found: Its degrees.
    """
    rows = tuple(
        Row(
            graph.node(each.node).label,
            (
                links_cell(each.degree),
                interval(each.low, each.high, decimals=0),
                links_cell(each.more),
                links_cell(each.fewer),
                links_cell(each.theory),
            ),
        )
        for each in found
    )
    return Table(
        id="degrees",
        title=Label("Hvor mange andre hvert begreb går sammen med", "How many others each concept goes together with"),
        stub=Label("Begreb eller kode", "Concept or code"),
        header=(
            (
                Heading(Label("Forbindelser i casene", "Links in the cases")),
                Heading(Label("95 pct.-interval", "95 per cent interval")),
                Heading(Label("Oftere", "More often")),
                Heading(Label("Sjældnere", "Less often")),
                Heading(Label("Forbindelser i teorien", "Links in the theory")),
            ),
        ),
        rows=rows,
        notes=(
            Label(
                "Interval: casene er trukket igen med tilbagelægning, og alle prøver er gentaget for hvert træk "
                "(percentiler, rettet for skævhed).",
                "Interval: the cases are drawn again with replacement, and all tests are repeated on each draw "
                "(percentiles, corrected for bias).",
            ),
        ),
        source=codings_source(graph),
    )
