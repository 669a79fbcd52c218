import math
from itertools import pairwise

import pytest

from pipeline.errors import PipelineError
from pipeline.patterns.qca.expression import read_model, write_model, write_term
from pipeline.patterns.qca.matrix import DASH, Condition, Matrix, make_matrix
from pipeline.patterns.qca.measures import model_fit, necessity, necessity_of
from pipeline.patterns.qca.sets import crisp, direct, graded, indirect, multi_value
from pipeline.patterns.qca.truth_table import Cuts, truth_table

CONDITIONS = (Condition("DEV", 3), Condition("URB"), Condition("LIT"))


def test_the_anchors_of_direct_calibration_get_95_50_and_5_per_cent() -> None:
    assert list(direct([10, 20, 40], 10, 20, 40)) == pytest.approx([0.05, 0.5, 0.95])


def test_falling_anchors_turn_the_set_round() -> None:
    rising, falling = direct([3, 8, 12, 30], 5, 10, 20), direct([3, 8, 12, 30], 20, 10, 5)
    assert list(rising + falling) == pytest.approx([1.0] * 4, abs=0.1)
    assert list(direct([5, 10, 20], 20, 10, 5)) == pytest.approx([0.95, 0.5, 0.05])


def test_a_crossover_outside_the_anchors_is_refused() -> None:
    with pytest.raises(ValueError, match="crossover"):
        direct([1, 2], 5, 3, 10)


def test_a_value_on_the_threshold_is_a_member() -> None:
    assert list(crisp([1, 2, 3], 2)) == [0, 1, 1]
    assert list(multi_value([0, 1, 2, 5, 9], [1, 5])) == [0, 1, 1, 2, 2]
    assert math.isnan(crisp([math.nan], 2)[0])
    with pytest.raises(ValueError, match="rise"):
        multi_value([1], [3, 2])


def test_indirect_calibration_follows_the_groups_smoothly() -> None:
    values = [1, 2, 4, 8, 12, 20, 30, 45, 60, 90]
    found = indirect(values, [5, 25])
    assert all(later > earlier - 0.01 for earlier, later in pairwise(found))
    assert found[0] < 0.1
    assert found[-1] > 0.9
    assert abs(found[4] - 0.5) < 0.25
    with pytest.raises(ValueError, match="above 0"):
        indirect([0, 1, 2], [1])


def test_a_rating_that_is_not_given_is_no_number() -> None:
    found = graded(["high", None, "low"], {"high": 1.0, "low": 0.0})
    assert list(found)[::2] == [1.0, 0.0]
    assert math.isnan(found[1])


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("DEV[2]*~URB + lit", [(2, 0, None), (None, None, 1)]),
        ("DEV{0}", [(0, None, None)]),
        ("DEV[1,2]*URB", [(1, 1, None), (2, 1, None)]),
        ("~DEV[0] * LIT[0]", [(1, None, 0), (2, None, 0)]),
        ("DEV", [(1, None, None), (2, None, None)]),
        ("~DEV", [(0, None, None)]),
        ("1", [(None, None, None)]),
        ("URB*~URB", []),
    ],
)
def test_an_expression_is_read_into_its_terms(text: str, terms: list[tuple[int | None, ...]]) -> None:
    assert list(read_model(text, CONDITIONS)) == terms


@pytest.mark.parametrize("text", ["", "DEV**URB", "GNP", "URB[2]", "DEV[", "3*URB"])
def test_what_is_no_expression_is_told(text: str) -> None:
    with pytest.raises(PipelineError):
        read_model(text, CONDITIONS)


def test_what_is_written_can_be_read_again() -> None:
    model = ((2, 0, None), (None, None, 1))
    assert write_model(model, CONDITIONS) == "DEV[2]*URB[0] + LIT[1]"
    assert read_model(write_model(model, CONDITIONS), CONDITIONS) == model
    assert write_term((None, 1, 0), (Condition("A"), *CONDITIONS[1:])) == "URB*~LIT"
    assert write_model((), CONDITIONS) == "–"


FUZZY = make_matrix({"a": [0.9, 0.8, 0.7], "b": [0.2, 0.6, 0.9], "c": [0.7, 0.3, 0.1], "d": [0.1, 0.1, 0.3]}, "AB", "Y")


def test_the_measures_are_those_worked_out_by_hand() -> None:
    whole, (a, b) = model_fit(FUZZY, ((1, None), (None, 1)))
    # A: 0.7 + 0.2 + 0.1 + 0.1 of 1.9 in Y; of Y's 2.0 the same; in Y and ~Y at once 0.3 + 0.1 + 0.1 + 0.1
    assert (a.consistency, a.coverage) == pytest.approx((1.1 / 1.9, 1.1 / 2.0))
    assert a.pri == pytest.approx((1.1 - 0.6) / (1.9 - 0.6))
    # the union: 0.9, 0.6, 0.7, 0.1; with Y 0.7, 0.6, 0.1, 0.1
    assert (whole.consistency, whole.coverage) == pytest.approx((1.5 / 2.3, 1.5 / 2.0))
    assert b.coverage == pytest.approx(1.5 / 2.0)
    assert (a.unique, b.unique) == pytest.approx((0.0, (1.5 - 1.1) / 2.0))


def test_necessity_of_a_union_can_be_asked_for() -> None:
    found = necessity_of(FUZZY, ((1, None), (None, 1)))
    assert found.consistency == pytest.approx(1.5 / 2.0)
    assert found.coverage == pytest.approx(1.5 / 2.3)
    assert found.relevance == pytest.approx((4 - 2.3) / (4 - 1.5))
    assert len(necessity(FUZZY)) == 4


def test_a_set_without_members_has_no_consistency() -> None:
    matrix = make_matrix({"a": [0, 1], "b": [0, 0]}, "A", "Y")
    whole, _ = model_fit(matrix, ((1,),))
    assert math.isnan(whole.consistency)
    assert whole.coverage == 0


def test_a_membership_of_a_half_counts_in_no_row_but_in_the_sums() -> None:
    matrix = make_matrix({"a": [0.5, 1.0], "b": [0.9, 0.8], "c": [0.2, 0.1]}, "A", "Y")
    table = truth_table(matrix, Cuts(0.8))
    assert table.dropped == ("a",)
    assert [row.n for row in table.rows] == [1, 1]
    assert table.rows[1].consistency == pytest.approx((0.5 + 0.8 + 0.1) / (0.5 + 0.9 + 0.2))


def test_rows_with_too_few_cases_are_remainders() -> None:
    matrix = make_matrix({"a": [1, 1], "b": [1, 1], "c": [0, 1]}, "A", "Y")
    table = truth_table(matrix, Cuts(0.8, 2))
    assert [row.output for row in table.rows] == [None, True]
    assert table.remainders == {(0,)}


def test_a_pri_cut_keeps_a_row_from_going_with_both() -> None:
    matrix = make_matrix({"a": [0.6, 0.5], "b": [0.6, 0.6]}, "A", "Y")
    assert truth_table(matrix, Cuts(0.8)).rows[0].output is True
    assert truth_table(matrix, Cuts(0.8, pri=0.7)).rows[0].output is False


def test_a_case_to_which_a_condition_does_not_apply_has_neither_value() -> None:
    matrix = make_matrix({"a": [1, DASH, 1], "b": [1, 1, 1], "c": [0, DASH, 0]}, "AB", "Y")
    assert list(matrix.member((None, 1))) == [0, 1, 0]
    assert list(matrix.member((None, 0))) == [0, 0, 0]
    table = truth_table(matrix, Cuts(1.0))
    assert [row.values for row in table.rows] == [(0, None), (1, None), (1, 1)]
    assert table.positive == {(1, 0), (1, 1)}
    assert table.negative == {(0, 0), (0, 1)}


def test_a_matrix_can_be_negated_twice_and_cut_down() -> None:
    expected = FUZZY.expecting({"A": {1}})
    assert expected.negated().outcome == "~Y"
    assert expected.negated().conditions[0].expected == {0}
    assert expected.negated().conditions[1].expected == frozenset()
    again = expected.negated().negated()
    assert (again.outcome, again.conditions, again.values) == ("Y", expected.conditions, expected.values)
    assert FUZZY.only(["B"]).names == ("B",)
    assert FUZZY.only(["B"]).values[2] == (0.3,)
    with pytest.raises(KeyError):
        FUZZY.only(["C"])


def test_a_matrix_of_uneven_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        Matrix(("a",), (), (), "Y", (1.0,))
    with pytest.raises(ValueError, match="value per condition"):
        Matrix(("a",), (Condition("A"),), ((),), "Y", (1.0,))
