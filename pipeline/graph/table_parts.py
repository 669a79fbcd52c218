"""What the tables of the graph share: numbers of edges as cells, hidden where a public graph leaves them out."""

from collections.abc import Sequence

from pipeline.graph.value import Edge, EdgeSign, Graph
from pipeline.model.codes import Label
from pipeline.patterns.tables import Cell, Heading, count, p_value

P_ADJUSTED = Heading(Label("p, justeret", "p, adjusted"))


def codings_source(graph: Graph) -> Label:
    """Say which codings a table of the graph rests on."""
    if graph.before:
        return Label(
            "Bekræftede kodninger, også af det, der lå før forløbet, én gang pr. case.",
            "Affirmed codings, of what was before the course too, once per case.",
        )
    return Label(
        "Bekræftede kodninger fra forløbet, én gang pr. case.", "Affirmed codings of the course, once per case."
    )


def count_cell(graph: Graph, value: int | None, cases: Sequence[str], query: dict[str, str]) -> Cell:
    """Return a count that leads to its cases; where it is not known it is hidden in a public graph and else empty.

    Args:
        graph: The graph.
        value: The count.
        cases: Ids of the cases counted.
        query: What is counted.
    """
    if value is None:
        return hidden_cell() if graph.public else Cell()
    return count(value, cases=cases, query=query)


def both_cell(graph: Graph, edge: Edge) -> Cell:
    """Return in how many cases both ends of an edge are, leading to those cases."""
    cases = edge.cases if edge.sign is not EdgeSign.MINUS else edge.counter_cases
    return count_cell(graph, edge.n_both, cases, {"edge": edge.id, "part": "both"})


def p_cell(graph: Graph, edge: Edge) -> Cell:
    """Return an edge's adjusted p, hidden where a public graph leaves it out and empty where there is none."""
    if edge.p_adj is None:
        return hidden_cell() if graph.public and edge.obstacle is None else Cell()
    return p_value(edge.p_adj)


def links_cell(value: int) -> Cell:
    """Return a number of links between concepts."""
    return count(value, query={"unit": "edges"})


def hidden_cell() -> Cell:
    """Return a cell whose value is left out of a public graph."""
    return Cell(hidden=True)
