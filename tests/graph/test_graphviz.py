import pytest

from pipeline.errors import PipelineError
from pipeline.graph import graphviz
from pipeline.graph.graphviz import graphviz_layout
from pipeline.graph.layout import Box

BOXES = [Box("a", 0, 100, 40), Box("b", 0, 100, 60), Box("c", 1, 100, 40)]


def test_without_the_package_a_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(graphviz, "import_module", missing)
    with pytest.raises(PipelineError, match="pygraphviz") as caught:
        graphviz_layout(BOXES, [("a", "c")])
    assert "pip install" in caught.value.hint


class Item:
    """A node or edge of a stand-in for pygraphviz."""

    def __init__(self, position: str) -> None:
        self.attr = {"pos": position}


class Drawn:
    """A stand-in for pygraphviz's graph that has placed three nodes and an edge."""

    def __init__(self, **_: object) -> None:
        self.columns: list[list[str]] = []

    def add_node(self, name: str, **_: object) -> None:
        pass

    def add_edge(self, source: str, target: str, **_: object) -> None:
        pass

    def add_subgraph(self, names: list[str], **_: object) -> None:
        self.columns.append(names)

    def layout(self, program: str) -> None:
        assert program == "dot"
        assert self.columns == [["n0", "n1"], ["n2"]]

    def get_node(self, name: str) -> Item:
        return Item({"n0": "50,100", "n1": "50,30", "n2": "250,100"}[name])

    def get_edge(self, source: str, target: str, key: str) -> Item:
        assert (source, target, key) == ("n0", "n2", "e0")
        return Item("100,100 140,100 160,100 200,100")


def test_places_and_ways_are_those_of_graphviz_with_y_growing_downwards(monkeypatch: pytest.MonkeyPatch) -> None:
    class Module:
        AGraph = Drawn

    monkeypatch.setattr(graphviz, "import_module", lambda name: Module)
    layout = graphviz_layout(BOXES, [("a", "c"), ("a", "nobody")])
    assert layout.places == (("a", 74, 44), ("b", 74, 114), ("c", 274, 44))
    (route,) = layout.routes
    assert route.points == ((124, 44), (224, 44))
    assert route.curves == (((164, 44), (184, 44), (224, 44)),)
    assert route.heading == (1, 0)
    assert (layout.width, layout.height) == (348, 168)


def test_the_real_package_keeps_boxes_in_columns_and_apart() -> None:
    pytest.importorskip("pygraphviz")
    layout = graphviz_layout(BOXES, [("a", "c"), ("b", "c"), ("a", "b")])
    places = {name: (x, y) for name, x, y in layout.places}
    assert places["a"][0] == pytest.approx(places["b"][0], abs=0.2)
    assert places["c"][0] > places["a"][0] + 100
    assert abs(places["a"][1] - places["b"][1]) >= 50
    assert len(layout.routes) == 3
