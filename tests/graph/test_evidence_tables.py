from pipeline.graph.degree import degrees
from pipeline.graph.evidence_tables import degree_table, evidence_table
from tests.graph.made import reference_graph


def test_every_link_with_a_category_is_listed_once() -> None:
    graph = reference_graph()
    to_categories = sum(not row.group for row in evidence_table(graph).rows)
    assert to_categories == sum(edge.target.startswith("category:") for edge in graph.evidence_edges)


def test_every_degree_is_listed_with_what_it_is_made_of() -> None:
    graph = reference_graph()
    found = degrees(graph, draws=0)
    rows = degree_table(graph, found).rows
    assert [row.label for row in rows] == [graph.node(each.node).label for each in found]
    told = [tuple(row.cells[column].number for column in (0, 2, 3, 4)) for row in rows]
    assert told == [(each.degree, each.more, each.fewer, each.theory) for each in found]
