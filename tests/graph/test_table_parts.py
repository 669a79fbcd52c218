"""What holds for every table of the graph."""

import pytest

from pipeline.graph.degree import degrees
from pipeline.graph.evidence_tables import degree_table, evidence_table
from pipeline.graph.findings import finding_table, theory_table, untheorised_table
from pipeline.graph.labels import FINDING_LABELS
from pipeline.graph.page_words import TEXTS
from pipeline.graph.public import public_graph
from pipeline.graph.value import Graph
from pipeline.model.codes import Label
from pipeline.patterns.tables import CellKind, Table
from pipeline.report.wording import causal_words
from tests.graph.made import reference_graph


def tables(graph: Graph) -> list[Table]:
    return [
        theory_table(graph), finding_table(graph), untheorised_table(graph), evidence_table(graph),
        degree_table(graph, degrees(reference_graph(), draws=10)),
    ]  # fmt: skip


def test_every_row_is_as_wide_as_its_header_and_counts_lead_to_cases() -> None:
    for table in tables(reference_graph()):
        assert all(len(row.cells) == table.width for row in table.rows), table.id
        for row in table.rows:
            for cell in row.cells:
                if cell.cases:
                    assert cell.kind is CellKind.COUNT
                    assert cell.number == len(set(cell.cases))


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
