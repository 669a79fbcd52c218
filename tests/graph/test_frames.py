from pipeline.graph.degree import degrees
from pipeline.graph.frames import degree_frame, edge_frame, node_frame
from pipeline.graph.value import NodeKind
from tests.graph.made import reference_graph


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
