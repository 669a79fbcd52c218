import numpy as np

from pipeline.coding.threshold import best_threshold, steady_threshold
from pipeline.coding.whole_case import unlearnt


def flags(*rows: list[int]) -> "np.typing.NDArray[np.bool_]":
    return np.array(rows, dtype=bool)


def test_the_level_between_right_and_wrong_pairs_is_chosen() -> None:
    odds = np.array([[-2.0], [-1.0], [0.52]])
    level = best_threshold(odds, flags([0], [1], [1]), flags([0], [0], [0]))
    assert -2.0 < level < -1.0


def test_the_middle_of_equal_levels_is_chosen() -> None:
    odds = np.array([[-2.0], [1.0]])
    assert abs(best_threshold(odds, flags([0], [1]), flags([0], [0])) + 0.5) < 0.06


def test_a_fringe_code_is_no_error() -> None:
    odds = np.array([[-2.0], [-1.0], [0.52]])
    assert best_threshold(odds, flags([0], [0], [1]), flags([0], [1], [0])) < 0.52


def test_with_cases_a_code_that_only_its_case_shows_lowers_the_level() -> None:
    odds = np.array([[1.0, -9.0], [-1.0, -9.0], [-0.5, -9.0], [-0.5, -9.0], [1.0, -9.0], [1.0, -9.0]])
    given = flags([1, 0], [1, 0], [0, 0], [0, 0], [1, 0], [1, 0])
    none = np.zeros_like(given)
    alone = best_threshold(odds, given, none)
    assert alone > -0.5
    assert best_threshold(odds, given, none, cases=[(0, 1), (1, 4), (4, 6)]) < -1.0


def test_where_cases_count_the_level_is_chosen_beside_what_they_add() -> None:
    third = np.log(0.3 / 0.7)
    odds = np.array([[third], [third + 0.1], [third], [-0.2], [-0.3]])
    given = flags([0], [1], [0], [0], [1])
    none = np.zeros_like(given)
    assert best_threshold(odds, given, none, cases=[(0, 3), (3, 4), (4, 5)]) > third + 0.1


def test_where_cases_count_a_wrong_code_of_the_right_theme_counts_less() -> None:
    odds = np.array([[-0.5, -1.0], [-0.5, -1.0], [-0.5, -9.0], [-1.0, -9.0], [-9.0, -9.0]])
    given = flags([1, 0], [1, 0], [1, 0], [1, 0], [1, 0])
    none = np.zeros_like(given)
    cases = [(row, row + 1) for row in range(5)]
    assert best_threshold(odds, given, none, cases=cases, themes=(0, 0)) < -1.0
    assert best_threshold(odds, given, none, cases=cases, themes=(0, 1)) >= -1.0


def test_the_steady_level_is_a_mean_over_draws_and_the_same_every_time() -> None:
    odds = np.array([[-0.5], [-1.0], [-2.0], [-0.2]] * 5)
    given = flags(*([1], [1], [0], [0]) * 5)
    cases = [(row, row + 2) for row in range(0, 20, 2)]
    levels = {steady_threshold(odds, given, np.zeros_like(given), cases=cases, whole=unlearnt(1)) for _ in range(2)}
    assert len(levels) == 1
    assert -2.0 <= max(levels) < -0.5
