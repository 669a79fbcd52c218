import json
import re
from typing import Any

import pytest

from pipeline.graph.build import build_graph
from pipeline.graph.public import public_graph
from pipeline.graph.value import NodeKind
from pipeline.graph.write import FORMATS, graph_files
from pipeline.model.codes import Pole
from tests.graph.made import carriers, cases, codebook, reference_graph
from tests.reference import gold

UP = Pole.FACILITATOR


def embedded(text: str) -> Any:
    """Return the data that a page holds."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text)
    assert found
    return json.loads(found[1])


def test_no_case_and_no_quotation_is_left() -> None:
    graph = public_graph(reference_graph())
    assert graph.public
    assert not [node for node in graph.nodes if node.cases or node.before_cases or node.quotations]
    assert not [edge for edge in graph.edges if edge.cases or edge.counter_cases]
    assert [edge.finding for edge in graph.edges] == [edge.finding for edge in reference_graph().edges]


@pytest.mark.parametrize("both", [9, 7, 5, 1])
def test_an_edge_with_a_small_number_in_any_of_its_four_cells_shows_none(both: int) -> None:
    # 10 with the first and 10 with the second of 24: the four cells are both, 10 - both, 10 - both, 4 + both
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP)], [("a", "b", "+")])
    traits = {"x.a": range(10), "x.b": [*range(both), *range(10, 20 - both)]}
    graph = build_graph(cases(24), carriers(traits), (), book)
    (whole,), (bare,) = graph.theory_edges, public_graph(graph).theory_edges
    assert whole.n_both == both
    small = both != 5
    for name in ("n_source", "n_target", "n_both", "n_cases", "n_counter", "expected", "jaccard", "p", "p_adj"):
        assert (getattr(bare, name) is None) == small, name
    assert public_graph(graph, threshold=1).theory_edges[0].n_both == both


def test_a_node_of_few_cases_shows_no_number() -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP)], [("a", "b", "+")])
    graph = public_graph(build_graph(cases(24), carriers({"x.a": range(4), "x.b": range(5)}), (), book))
    assert (graph.node("a").n, graph.node("b").n) == (None, 5)


def test_no_format_lets_a_case_or_a_sentence_out() -> None:
    names = {line["case"] for line in gold()}
    concepts = [node for node in reference_graph().nodes if node.kind is NodeKind.CONCEPT]
    sentences = [quote.text for node in concepts for quote in node.quotations if len(quote.text) > 25]
    sentences = sentences[::9]
    assert len(sentences) > 100
    formats = [name for name in FORMATS if name not in ("png", "pdf")]
    files = graph_files(reference_graph(), formats, public=True)
    for content in files.values():
        text = content.decode("utf-8")
        assert not [name for name in names if name in text]
        assert not [sentence for sentence in sentences if json.dumps(sentence, ensure_ascii=False)[1:-1] in text]
    inside = embedded(graph_files(reference_graph(), ["html"])["graph.html"].decode("utf-8"))
    told = {words for node in inside["nodes"] for quotes in node["quotes"].values() for _, words in quotes}
    assert set(sentences) <= told
