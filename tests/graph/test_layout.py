from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.graph.layout import Box, Layout, layered_layout

BOXES = [Box(f"{layer}{place}", layer, 100, 40, (-1, 0, 1)[place % 3]) for layer in range(4) for place in range(3)]
NAMES = [box.id for box in BOXES]


def overlaps(layout: Layout, boxes: list[Box]) -> bool:
    sizes = {box.id: box for box in boxes}
    places = list(layout.places)
    for number, (one, x, y) in enumerate(places):
        for two, u, v in places[number + 1 :]:
            apart_x = abs(x - u) >= (sizes[one].width + sizes[two].width) / 2 - 0.2
            apart_y = abs(y - v) >= (sizes[one].height + sizes[two].height) / 2 - 0.2
            if not (apart_x or apart_y):
                return True
    return False


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=30))
def test_boxes_never_overlap_and_stay_inside_the_drawing(edges: list[tuple[str, str]]) -> None:
    layout = layered_layout(BOXES, edges)
    assert not overlaps(layout, BOXES)
    for _, x, y in layout.places:
        assert 50 <= x <= layout.width - 50
        assert 20 <= y <= layout.height - 20


def test_facilitators_stand_above_the_middle_line_and_inhibitors_below_it() -> None:
    layout = layered_layout(BOXES, [("00", "12"), ("02", "30"), ("01", "31")])
    sides = {box.id: box.side for box in BOXES}
    for name, _, y in layout.places:
        if sides[name]:
            assert (y - layout.middle) * sides[name] > 0


def test_an_edge_goes_from_the_right_of_its_source_to_the_left_of_its_target() -> None:
    layout = layered_layout(BOXES, [("00", "30")])
    places = {name: (x, y) for name, x, y in layout.places}
    points = layout.routes[0].points
    assert points[0][0] == places["00"][0] + 50
    assert points[-1][0] == places["30"][0] - 50
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert len(points) == 2 + 2 * 2


def test_sweeps_undo_crossings_that_need_not_be() -> None:
    boxes = [Box(f"{layer}{place}", layer, 100, 40) for layer in range(2) for place in range(3)]
    layout = layered_layout(boxes, [("00", "12"), ("01", "11"), ("02", "10")])
    heights = {name: y for name, _, y in layout.places}
    left = sorted(("00", "01", "02"), key=heights.__getitem__)
    right = sorted(("10", "11", "12"), key=heights.__getitem__)
    partner = {"00": "12", "01": "11", "02": "10"}
    assert [partner[name] for name in left] == right


def test_the_same_graph_gives_the_same_layout() -> None:
    edges = [("00", "21"), ("01", "30"), ("10", "32")]
    assert layered_layout(BOXES, edges) == layered_layout(BOXES, edges)


def test_nothing_to_draw_is_no_error() -> None:
    assert layered_layout([], []).places == ()
