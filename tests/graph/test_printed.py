from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.codebook.load import load_codebook
from pipeline.graph.build import build_graph
from pipeline.graph.figure import draw
from pipeline.graph.look import SCREEN, SHEET
from pipeline.graph.printed import draw_printed, printed_notes
from pipeline.graph.scene import Scene, Words
from pipeline.graph.value import Finding, Graph, NodeKind
from pipeline.graph.write import printed_pictures
from tests.graph.made import reference_graph

POINTS_PER_CM = 28.35
PAGE = 25.3, 13.0
"""Room for a figure on a page on its side, in centimetres."""


def words_of(scene: Scene) -> list[Words]:
    return [shape for group in scene.groups for shape in group.shapes if isinstance(shape, Words)]


def labels_in_points(scene: Scene, size: float) -> float:
    return size * POINTS_PER_CM * min(PAGE[0] / scene.width, PAGE[1] / scene.height)


@cache
def graph_of_the_study() -> Graph:
    """Return the theory of the codebook as it stands, every other link of it supported."""
    codebook = load_codebook(Path(__file__).parents[2] / "codebook" / "en-plan").value
    assert codebook is not None
    graph = build_graph((), (), (), codebook)
    edges = [replace(edge, finding=Finding.SUPPORTED) if place % 2 else edge for place, edge in enumerate(graph.edges)]
    return replace(graph, edges=tuple(edges))


def test_labels_are_large_enough_to_read_on_a_page_on_its_side() -> None:
    printed = draw_printed(graph_of_the_study())
    assert labels_in_points(printed, SHEET.size) > 6.8
    assert labels_in_points(draw(graph_of_the_study()), SCREEN.size) < 5
    assert min(words.size for words in words_of(printed)) >= SHEET.small


def test_only_what_the_cases_support_or_contradict_is_drawn_beside_what_they_alone_show() -> None:
    graph = reference_graph()
    tips = [group.tip for group in draw_printed(graph).groups if "→" in group.tip]
    borne_out = [edge for edge in graph.theory_edges if edge.finding in (Finding.SUPPORTED, Finding.CONTRADICTED)]
    assert 0 < len(borne_out) < len(graph.theory_edges)
    assert sum("ifølge teorien" in tip for tip in tips) == len(borne_out)


def test_every_concept_keeps_its_box() -> None:
    graph = reference_graph()
    boxes = sum(words.bold and words.size == SHEET.size for words in words_of(draw_printed(graph)))
    counts = sum(words.size == SHEET.small for words in words_of(draw_printed(graph)))
    concepts = sum(node.kind is NodeKind.CONCEPT for node in graph.nodes)
    assert counts >= concepts
    assert boxes >= counts


def test_what_is_not_drawn_is_told_below_in_both_languages() -> None:
    graph = reference_graph()
    notes = printed_notes(graph)
    assert notes[0].da.startswith(f"Af teoriens {len(graph.theory_edges)} forbindelser")
    assert notes[0].en.startswith(f"Of the theory's {len(graph.theory_edges)} links")
    assert "Benjamini-Hochberg" in notes[0].da
    supported = tuple(edge for edge in graph.edges if edge.finding is Finding.SUPPORTED)
    assert printed_notes(replace(graph, edges=supported))[0].da.startswith("Hele linjer")


def test_where_the_cases_bear_out_no_link_the_note_says_so() -> None:
    graph = reference_graph()
    theory = [replace(edge, finding=Finding.UNSUPPORTED) for edge in graph.theory_edges]
    (note, *_) = printed_notes(replace(graph, edges=tuple(theory)))
    assert note.da.startswith(f"Ingen af teoriens {len(theory)} forbindelser er tegnet, da casene hverken støtter")
    assert note.en.startswith(f"None of the theory's {len(theory)} links is drawn")


def test_a_graph_of_fewer_lines_takes_no_more_room() -> None:
    graph = graph_of_the_study()
    fewer = replace(graph, edges=tuple(edge for edge in graph.edges if edge.finding is Finding.SUPPORTED))
    assert draw(fewer).height <= draw(graph).height


def test_the_pictures_are_the_same_bytes_every_time() -> None:
    one, two = (printed_pictures(reference_graph(), lang="en") for _ in range(2))
    assert one == two
    assert [form for form, _ in one] == ["svg", "png", "pdf"]
    assert b"Facilitator" in dict(one)["svg"]
