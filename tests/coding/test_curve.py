from dataclasses import replace

import pytest

from pipeline.coding.curve import learning_curve
from pipeline.coding.labelled import Source
from tests.coding.models import COMPILED, labelled_cases, rule_codings


def test_more_cases_are_taken_in_turn_from_every_group_and_the_tested_one_is_held_out() -> None:
    sentences = labelled_cases(groups="ABCJ")
    points = learning_curve(sentences, rule_codings(sentences), COMPILED, tested="J", sizes=(9, 36, 99))
    assert [point.cases for point in points] == [9, 36, 36]
    assert {point.model.cases for point in points} == {12}
    assert points[1].model.micro.f1 > 0.9
    assert points[1] == points[2]


def test_a_size_too_small_to_learn_from_is_refused() -> None:
    sentences = labelled_cases()
    with pytest.raises(ValueError, match="two codes"):
        learning_curve(sentences, rule_codings(sentences), COMPILED, tested="J", sizes=(1,))


def test_scenes_are_learnt_from_and_count_as_no_cases() -> None:
    sentences = labelled_cases(groups="ABCJ")
    scenes = [
        replace(each, id=f"scene {each.id}", case=f"scene {each.case}", group="scenes", source=Source.SCENE)
        for each in sentences
        if each.group == "A"
    ]
    given = (*sentences, *scenes)
    (point,) = learning_curve(given, rule_codings(given), COMPILED, tested="J", sizes=(99,))
    assert point.cases == 36
