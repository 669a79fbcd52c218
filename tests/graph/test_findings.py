from pipeline.graph.findings import finding_table, theory_table, untheorised_table
from pipeline.graph.labels import FINDING_LABELS
from pipeline.graph.value import Finding
from tests.graph.made import reference_graph


def test_every_edge_of_the_theory_is_listed_once_and_so_is_what_the_theory_does_not_hold() -> None:
    graph = reference_graph()
    assert sum(not row.group for row in theory_table(graph).rows) == len(graph.theory_edges)
    without = sum(not row.group for row in untheorised_table(graph).rows)
    among = [edge for edge in graph.evidence_edges if not edge.target.startswith("category:")]
    assert without == sum(edge.finding is not Finding.IN_THEORY for edge in among)


def test_the_theory_is_grouped_by_what_the_cases_say() -> None:
    graph = reference_graph()
    found = {edge.finding for edge in graph.theory_edges}
    groups = [row.label for row in theory_table(graph).rows if row.group]
    assert groups == [FINDING_LABELS[finding] for finding in Finding if finding in found]


def test_the_summary_adds_up() -> None:
    graph = reference_graph()
    counts = [row.cells[0].number for row in finding_table(graph).rows if row.total]
    assert counts[0] == len(graph.theory_edges)
    assert counts[1] == sum(not edge.target.startswith("category:") for edge in graph.evidence_edges)


def test_a_long_list_can_be_cut_and_says_so() -> None:
    table = untheorised_table(reference_graph(), most=3)
    assert sum(not row.group for row in table.rows) == 6
    assert "more are not shown" in table.notes[0].en
