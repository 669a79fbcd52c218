from pipeline.graph.build import build_graph
from pipeline.graph.degree import degrees
from pipeline.model.codes import Pole
from tests.graph.made import carriers, cases, codebook, reference_graph

UP = Pole.FACILITATOR


def test_degrees_count_the_edges_of_the_cases_by_sign() -> None:
    graph = reference_graph()
    found = {each.node: each for each in degrees(graph, draws=20)}
    for name, degree in found.items():
        own = [
            edge
            for edge in graph.evidence_edges
            if name in (edge.source, edge.target) and "category:" not in edge.source + edge.target
        ]
        assert degree.degree == len(own) == degree.more + degree.fewer
        assert degree.low <= degree.degree <= degree.high
    assert "progression" not in found  # nothing measures it here
    assert found["citizen"].theory == 6


def test_an_interval_is_narrow_where_every_draw_agrees_and_wide_where_it_hangs_on_few_cases() -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP), ("c", ("x.c",), 1, UP)])
    traits = {"x.a": range(30), "x.b": range(30), "x.c": [*range(14), *range(30, 38)]}
    graph = build_graph(cases(60), carriers(traits), (), book)
    found = {each.node: each for each in degrees(graph, draws=200)}
    assert (found["b"].low, found["b"].degree) == (1, 1)
    assert (found["c"].low, found["c"].degree) == (0, 0)
    assert found["c"].high >= 1


def test_the_same_seed_gives_the_same_intervals() -> None:
    graph = reference_graph()
    assert degrees(graph, draws=30) == degrees(graph, draws=30)
    assert degrees(graph, draws=30, seed=1) != degrees(graph, draws=30)


def test_no_cases_give_no_intervals_to_speak_of() -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP)])
    assert {(each.low, each.high) for each in degrees(build_graph((), (), (), book))} == {(0, 0)}
