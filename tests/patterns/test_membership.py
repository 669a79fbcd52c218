import numpy as np
import pytest

from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.patterns.membership import Memberships, assignments, memberships_of, without_split
from pipeline.patterns.statistics_frames import membership_frame
from tests.reference import reference_cases, reference_outcomes

UP, PART, NONE, DOWN = (
    ProgressionCategory.PROGRESSION,
    ProgressionCategory.PARTIAL,
    ProgressionCategory.NONE,
    ProgressionCategory.REGRESSION,
)
FEW = Memberships(
    cases=("a", "b", "c", "d"),
    categories=((UP,), (UP, NONE), (PART, NONE, DOWN), (DOWN,)),
    municipalities=("Y", "X", "Y", ""),
)


def test_every_row_sums_to_one_and_the_whole_to_the_cases() -> None:
    found = memberships_of(reference_cases(), reference_outcomes())
    assert found.matrix.sum(axis=1) == pytest.approx(np.ones(98))
    assert len(found.split) == sum(outcome.split for outcome in reference_outcomes()) > 0
    assert membership_frame(found).to_numpy().sum() == pytest.approx(98)


def test_a_split_case_has_the_mean_score_and_no_side_when_it_is_on_both() -> None:
    assert FEW.scores.tolist() == pytest.approx([3, 2, 1, 0])
    assert FEW.better.tolist()[0] == 1.0
    assert np.isnan(FEW.better[1])
    assert FEW.better.tolist()[3] == 0.0
    assert FEW.strata.tolist() == [2, 1, 2, 0]
    above = Memberships(("a",), ((UP, PART),), ("",))
    assert above.better.tolist() == [1.0]


def test_counts_tell_whole_and_split_cases_apart() -> None:
    everyone = np.ones(4, np.bool_)
    assert FEW.counts(everyone) == ((1, 1), (0, 2), (0, 1), (1, 1))
    assert FEW.counts(~everyone) == ((0, 0),) * 4


def test_a_case_without_a_category_is_left_out_and_named() -> None:
    first, second = reference_cases()[:2]
    outcomes = [Outcome(first.id, (UP,), "x", (), (), ()), Outcome(second.id, (), "x", (), (), ())]
    found = memberships_of([first, second], outcomes)
    assert (found.cases, found.left_out) == ((first.id,), (second.id,))
    assert memberships_of([], []).matrix.shape == (0, 4)


def test_each_split_case_is_put_in_each_of_its_categories() -> None:
    found = assignments(FEW, most=16)
    assert len(found) == len({each.categories for each in found}) == 6
    assert all(not each.split for each in found)
    assert all(each.categories[0] == (UP,) for each in found)


def test_with_too_many_ways_the_best_the_worst_and_some_others_are_taken() -> None:
    found = assignments(FEW, most=4)
    assert len(found) == 4
    assert found[0].categories == ((UP,), (UP,), (PART,), (DOWN,))
    assert found[1].categories == ((UP,), (NONE,), (DOWN,), (DOWN,))
    assert found == assignments(FEW, most=4)


def test_without_split_cases_there_is_one_way() -> None:
    whole = without_split(FEW)
    assert whole.cases == ("a", "d")
    assert whole.municipalities == ("Y", "")
    assert assignments(whole) == (whole,)
    assert len(assignments(Memberships((), (), ()))) == 1
