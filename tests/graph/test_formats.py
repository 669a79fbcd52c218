import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from pipeline.graph.formats import BOM, dot, edges_csv, gexf, graphml, nodes_csv, to_networkx
from pipeline.graph.value import EdgeKind
from pipeline.model.codes import Label
from tests.graph.made import edge_of, reference_graph


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM)), delimiter=";"))


def test_graphml_can_be_read_back_with_signs_and_cases() -> None:
    import networkx as nx

    graph = reference_graph()
    back: Any = nx.parse_graphml(graphml(graph), force_multigraph=True)
    assert back.number_of_edges() == len(graph.edges)
    assert back.nodes["trust"]["label"] == "Tillid og gode relationer"
    edge = back.get_edge_data("breaks", "trust")["theory"]
    assert edge["sign"] == "-"
    assert edge["cases"].split() == list(edge_of(graph, "breaks", "trust").cases)
    assert graphml(graph) == graphml(graph)


def test_gexf_can_be_read_back_and_bears_no_date() -> None:
    import networkx as nx

    graph = reference_graph()
    text = gexf(graph)
    assert "lastmodified" not in text
    assert "NetworkX" not in text
    back: Any = nx.read_gexf(io.BytesIO(text.encode("utf-8")), version="1.2draft")
    assert back.number_of_edges() == len(graph.edges)
    assert back.nodes["trust"]["pole"] == "facilitator"
    assert set(re.findall(r'<edge [^>]*?id="([^"]+)"', text)) == {edge.id for edge in graph.edges}
    assert text == gexf(graph)


def test_a_multigraph_holds_theory_and_cases_side_by_side() -> None:
    result = to_networkx(reference_graph())
    both = [edge for edge in reference_graph().theory_edges if result.has_edge(edge.source, edge.target, "evidence")]
    assert both
    assert all(result.has_edge(edge.source, edge.target, "theory") for edge in both)


def test_csv_opens_right_in_danish_excel_and_holds_every_row() -> None:
    graph = reference_graph()
    edges = rows(edges_csv(graph))
    assert [row["id"] for row in edges] == [edge.id for edge in graph.edges]
    assert {row["sign"] for row in edges} <= {"plus", "minus", "mixed"}
    measured = next(row for row in edges if row["jaccard"])
    assert re.fullmatch(r"0,\d+", measured["jaccard"])
    unmeasured = next(row for row in edges if row["obstacle"] == "no_code")
    assert (unmeasured["n_cases"], unmeasured["p"]) == ("", "")
    nodes = rows(nodes_csv(graph))
    assert [row["id"] for row in nodes] == [node.id for node in graph.nodes]


def test_no_cell_is_taken_for_a_formula() -> None:
    graph = reference_graph()
    odd = replace(graph.nodes[0], label=Label('=HYPERLINK("x")', "@x"))
    (row, *_) = rows(nodes_csv(replace(graph, nodes=(odd, *graph.nodes[1:]))))
    assert (row["label"], row["label_en"]) == ('\'=HYPERLINK("x")', "'@x")


def test_dot_has_every_node_and_edge_with_its_arrowhead() -> None:
    graph = reference_graph()
    text = dot(graph, lang="en")
    assert text.count(" -> ") == len(graph.edges)
    assert text.count("{ rank=same;") == len({node.layer for node in graph.nodes})
    line = next(line for line in text.splitlines() if line.startswith('  "breaks" -> "trust"'))
    assert "arrowhead=tee" in line
    assert "style=solid" in line
    assert '"One entry\\n' in text


def test_dot_keeps_odd_labels_in_their_quotes() -> None:
    graph = reference_graph()
    odd = replace(graph.nodes[0], label=Label('"];\n} \\', "x"))
    assert r'label="\"];\n} \\\n' in dot(replace(graph, nodes=(odd, *graph.nodes[1:])))


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not on this machine")
def test_graphviz_reads_what_we_write() -> None:
    subprocess.run(["dot", "-Tplain"], input=dot(reference_graph()).encode("utf-8"), check=True, capture_output=True)


def test_dashes_mark_what_only_the_cases_show() -> None:
    text = dot(replace(reference_graph(), edges=reference_graph().evidence_edges))
    assert text.count("style=dashed") == len(reference_graph().evidence_edges)
    assert EdgeKind.EVIDENCE.value in {edge.kind.value for edge in reference_graph().edges}
