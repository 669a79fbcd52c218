import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from pipeline.graph.figure import choose, draw
from pipeline.graph.scene import Line, Polygon, Rectangle, Words, wrap
from pipeline.graph.style import FILL, SIGN, edge_shapes, outline, stroke_of
from pipeline.graph.svg import draw_svg
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, NodeKind
from pipeline.model.codes import Pole
from tests.graph.made import reference_graph

SVG = "{http://www.w3.org/2000/svg}"


def test_the_drawing_is_well_formed_and_needs_nothing_from_outside() -> None:
    drawing = draw_svg(reference_graph())
    root = ElementTree.fromstring(drawing)
    assert root.tag == f"{SVG}svg"
    assert re.findall(r"(?:href|src|url\()[^>]*", drawing) == []
    assert set(re.findall(r"https?://[^\"' ]+", drawing)) == {"http://www.w3.org/2000/svg"}


def test_the_drawing_shows_every_concept_in_the_language_asked_for() -> None:
    danish, english = draw_svg(reference_graph()), draw_svg(reference_graph(), lang="en")
    assert "Tværgående" in danish
    assert "98 cases" in danish
    assert "One entry" in english
    assert "Hæmmer" not in english
    assert "Inhibitor" in english


def test_poles_differ_in_shape_and_not_only_in_colour() -> None:
    shapes = {pole: outline(pole, NodeKind.CONCEPT, 0, 0, 100, 60) for pole in Pole}
    facilitator, inhibitor, result = shapes[Pole.FACILITATOR], shapes[Pole.INHIBITOR], shapes[Pole.NEUTRAL]
    assert isinstance(facilitator, Rectangle)
    assert facilitator.radius > 0
    assert isinstance(inhibitor, Polygon)
    assert len(inhibitor.points) == 8
    assert isinstance(result, Rectangle)
    assert result.radius == 0
    assert len({*FILL.values()}) == 3


def test_signs_differ_in_their_ends_and_not_only_in_colour() -> None:
    ends = []
    for sign in EdgeSign:
        line, end = edge_shapes(
            (0, 0), (((20, 0), (80, 0), (100, 0)),), (1, 0), sign, stroke_of(_edge(Finding.SUPPORTED))
        )
        assert isinstance(line, Line)
        assert isinstance(end, Polygon)
        ends.append((len(end.points), end.fill == SIGN[sign]))
    assert ends == [(3, True), (4, True), (4, False)]  # an arrow, a bar, an open diamond


def _edge(finding: Finding) -> Edge:
    return replace(reference_graph().theory_edges[0], finding=finding)


def test_theory_and_cases_differ_in_their_lines_and_so_does_each_finding() -> None:
    evidence = stroke_of(reference_graph().evidence_edges[0])
    theory = [stroke_of(_edge(finding)) for finding in list(Finding)[:4]]
    assert evidence.dashes
    assert not any(stroke.dashes for stroke in theory[:3])
    assert len({*theory, evidence}) == 5


def test_every_theory_edge_is_drawn_and_what_is_left_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.graph.figure.ADDED", 2)
    graph = reference_graph()
    scene = draw(graph)
    tips = [group.tip for group in scene.groups if "→" in group.tip]
    assert sum("ifølge teorien" in tip for tip in tips) == len(graph.theory_edges)
    assert sum("ifølge teorien" not in tip for tip in tips) == 2
    words = [shape.text for group in scene.groups for shape in group.shapes if isinstance(shape, Words)]
    assert any("tydeligste tegnet" in text for text in words)


@pytest.mark.parametrize("only", ["theory", "evidence"])
def test_one_kind_of_edge_alone_has_a_legend_for_that_kind_alone(only: str) -> None:
    drawing = draw_svg(choose(reference_graph(), only=only), only=only)
    assert ("styrker" in drawing) == (only == "theory")
    assert ("oftere sammen" in drawing) == (only == "evidence")


def test_edges_of_few_cases_can_be_left_out_and_what_is_not_measurable_stays() -> None:
    part = choose(reference_graph(), min_cases=30)
    measured = [edge for edge in part.edges if edge.obstacle is None]
    assert measured
    assert min(edge.n_cases or 0 for edge in measured) >= 30
    assert len(measured) < sum(edge.obstacle is None for edge in reference_graph().edges)
    assert sum(edge.obstacle is not None for edge in part.edges) == sum(
        edge.obstacle is not None for edge in reference_graph().edges
    )
    assert {edge.kind for edge in part.edges} == set(EdgeKind)


def test_words_stand_inside_the_sheet_and_names_inside_their_boxes() -> None:
    scene = draw(reference_graph())
    for group in scene.groups:
        for shape in group.shapes:
            if isinstance(shape, Words):
                assert 0 <= shape.x <= scene.width
                assert 0 <= shape.y <= scene.height
                assert not shape.bold or shape.anchor == "start" or len(shape.text) <= 21


def test_the_note_tells_whether_the_time_before_the_course_is_counted() -> None:
    graph = reference_graph()
    assert "før forløbet, er ikke talt med" in draw_svg(graph)
    assert "før forløbet, er talt med" in draw_svg(replace(graph, before=True))


def test_the_drawing_is_the_same_every_time() -> None:
    assert draw_svg(reference_graph()) == draw_svg(reference_graph())


def test_labels_are_wrapped_and_no_line_is_longer_than_asked() -> None:
    assert wrap("Tværgående samarbejde om én plan", 12) == ["Tværgående", "samarbejde", "om én plan"]
    assert wrap("beskæftigelsesrehabilitering", 12) == ["beskæftigel-", "sesrehabili-", "tering"]
    assert wrap("", 12) == []
