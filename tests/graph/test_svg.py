import re
from xml.etree import ElementTree

from pipeline.graph.build import Graph, build_graph
from pipeline.graph.svg import draw_svg, wrap
from pipeline.graph.write import evidence_table, graphml, theory_table
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

SVG = "{http://www.w3.org/2000/svg}"


def graph() -> Graph:
    return build_graph(reference_cases(), reference_codings(), reference_outcomes(), reference_codebook())


def test_the_drawing_is_well_formed_and_needs_nothing_from_outside() -> None:
    drawing = draw_svg(graph())
    root = ElementTree.fromstring(drawing)
    assert root.tag == f"{SVG}svg"
    assert re.findall(r"(?:href|src|url\()[^>]*", drawing) == []
    assert set(re.findall(r"https?://[^\"' ]+", drawing)) == {"http://www.w3.org/2000/svg"}


def test_the_drawing_shows_every_concept_in_the_language_asked_for() -> None:
    danish, english = draw_svg(graph()), draw_svg(graph(), lang="en")
    assert "Tværgående" in danish
    assert "98 cases" in danish
    assert "One entry" in english
    assert "Hæmmer" not in english


def test_facilitators_inhibitors_and_signs_differ_in_shape_and_not_only_in_colour() -> None:
    drawing = draw_svg(graph())
    assert 'rx="14"' in drawing
    cut_corners = re.findall(r'<polygon points="(?:[\d.-]+,[\d.-]+ ){7}', drawing)
    assert len(cut_corners) == 4 + 1  # the inhibitors and the legend
    assert re.search(r'<path d="M[\d.]+ [\d.]+ V[\d.]+"', drawing)


def test_the_drawing_is_the_same_every_time() -> None:
    assert draw_svg(graph()) == draw_svg(graph())


def test_labels_are_wrapped_and_no_line_is_longer_than_asked() -> None:
    assert wrap("Tværgående samarbejde om én plan", 12) == ["Tværgående", "samarbejde", "om én plan"]
    assert wrap("beskæftigelsesrehabilitering", 12) == ["beskæftigel-", "sesrehabili-", "tering"]
    assert wrap("", 12) == []


def test_graphml_can_be_read_back_with_signs_and_cases() -> None:
    import networkx as nx

    text = graphml(graph())
    back = nx.parse_graphml(text, force_multigraph=True)
    assert back.number_of_edges() == len(graph().edges)
    assert back.nodes["trust"]["label"] == "Tillid og gode relationer"
    edge = back.get_edge_data("pseudo", "progression")["theory"]
    assert edge["sign"] == "-"
    assert text == graphml(graph())


def test_the_tables_list_every_edge_once() -> None:
    built = graph()
    assert sum(not row.group for row in theory_table(built).rows) == len(built.theory_edges)
    assert sum(not row.group for row in evidence_table(built).rows) == len(built.evidence_edges)
