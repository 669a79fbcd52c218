import pytest

from pipeline.graph.degree import degrees
from pipeline.graph.findings import degree_table, evidence_table, finding_table, theory_table, untheorised_table
from pipeline.graph.frames import degree_frame, edge_frame, node_frame
from pipeline.graph.labels import FINDING_LABELS
from pipeline.graph.page_words import TEXTS
from pipeline.graph.public import public_graph
from pipeline.graph.value import Finding, Graph, NodeKind
from pipeline.model.codes import Label
from pipeline.patterns.tables import CellKind, Table
from pipeline.report.wording import causal_words
from tests.graph.made import reference_graph


def tables(graph: Graph) -> list[Table]:
    return [
        theory_table(graph), finding_table(graph), untheorised_table(graph), evidence_table(graph),
        degree_table(graph, degrees(reference_graph(), draws=10)),
    ]  # fmt: skip


def test_the_tables_list_every_edge_once() -> None:
    graph = reference_graph()
    assert sum(not row.group for row in theory_table(graph).rows) == len(graph.theory_edges)
    to_categories = sum(not row.group for row in evidence_table(graph).rows)
    assert to_categories == sum(edge.target.startswith("category:") for edge in graph.evidence_edges)
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


def test_every_row_is_as_wide_as_its_header_and_counts_lead_to_cases() -> None:
    for table in tables(reference_graph()):
        assert all(len(row.cells) == table.width for row in table.rows), table.id
        for row in table.rows:
            for cell in row.cells:
                if cell.cases:
                    assert cell.kind is CellKind.COUNT
                    assert cell.number == len(set(cell.cases))


def test_a_long_list_can_be_cut_and_says_so() -> None:
    table = untheorised_table(reference_graph(), most=3)
    assert sum(not row.group for row in table.rows) == 6
    assert "more are not shown" in table.notes[0].en


def test_a_public_table_hides_numbers_and_names_no_case() -> None:
    graph = public_graph(reference_graph())
    for table in tables(graph):
        cells = [cell for row in table.rows for cell in row.cells]
        assert not [cell for cell in cells if cell.cases]
    cells = [cell for row in theory_table(graph).rows for cell in row.cells]
    assert any(cell.hidden for cell in cells)
    assert all(cell.number == 0 and not cell.text for cell in cells if cell.hidden)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_generated_says_that_one_matter_brings_about_another(lang: str) -> None:
    def words(label: Label | None) -> str:
        return getattr(label, lang) if label else ""

    labels = {node.label for node in reference_graph().nodes}
    texts = [words(label) for label in TEXTS.values()] + [words(label) for label in FINDING_LABELS.values()]
    for table in tables(reference_graph()):
        texts += [words(each) for each in (table.title, table.stub, table.source, *table.notes)]
        texts += [words(heading.label) for level in table.header for heading in level]
        texts += [words(row.label) for row in table.rows if row.label not in labels]
    assert [found for text in texts if (found := causal_words(text, lang))] == []


def test_frames_hold_every_edge_and_node_and_leave_unknown_numbers_missing() -> None:
    graph = reference_graph()
    edges = edge_frame(graph)
    assert list(edges.index) == [edge.id for edge in graph.edges]
    unmeasured = edges[edges["finding"] == "not_measurable"]
    assert len(unmeasured) > 0
    assert unmeasured["n_both"].isna().all()
    assert str(edges["n_both"].dtype) == "Int64"
    nodes = node_frame(graph)
    assert nodes.loc["trust", "n"] == len(graph.node("trust").cases)
    assert set(nodes["kind"]) == {kind.value for kind in NodeKind}
    found = degrees(graph, draws=0)
    assert list(degree_frame(found)["degree"]) == [each.degree for each in found]
