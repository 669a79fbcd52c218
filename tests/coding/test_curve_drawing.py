import itertools
import re
from xml.etree import ElementTree

from pipeline.coding.curve import CurvePoint
from pipeline.coding.curve_drawing import draw_curve
from pipeline.coding.evaluation import Evaluation, Score


def measured(hits: int, missed: int) -> Evaluation:
    score = Score(hits, 0, missed)
    return Evaluation(3, 9, score, score.f1, 1, score, score, score, (), (), 0, (), ())


def test_a_curve_without_points_is_not_drawn() -> None:
    assert draw_curve(()) == ""


def test_every_line_has_a_point_for_every_size() -> None:
    points = tuple(CurvePoint(size, measured(size, 40 - size), measured(size, 20)) for size in (10, 20, 40))
    drawn = ElementTree.fromstring(draw_curve(points))
    assert len(drawn.findall("circle")) == 9
    assert [len((line.get("points") or "").split()) for line in drawn.findall("polyline")] == [3, 3, 3]


def test_more_is_higher() -> None:
    points = (CurvePoint(10, measured(1, 9), measured(1, 9)), CurvePoint(20, measured(9, 1), measured(9, 1)))
    places = re.findall(r'cy="([\d.]+)"', draw_curve(points))
    assert float(places[0]) > float(places[1])


def test_names_of_lines_that_meet_can_still_be_read() -> None:
    points = (CurvePoint(10, measured(5, 5), measured(5, 5)),)
    drawn = ElementTree.fromstring(draw_curve(points))
    heights = sorted(
        float(text.get("y") or 0)
        for text in drawn.findall("text")
        if "code" in (text.text or "") and "," in (text.text or "")
    )
    assert len(heights) == 3
    assert all(lower - upper >= 15 for upper, lower in itertools.pairwise(heights))
