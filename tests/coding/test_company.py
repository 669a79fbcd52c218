import numpy as np
import pytest

from pipeline.coding.company import VIEWS, Company, enough_groups, heard_out_of_fold, learn_company, unheard

WAITING, COMPLAINT = 0, 1
UNSURE = -1.0


def cases_of(number: int, *, length: int = 24) -> list[tuple[int, int]]:
    return [(case * length, (case + 1) * length) for case in range(number)]


def story(number: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """Return odds, right codes and cases: a complaint is always as unsure, and is one after waiting only."""
    chance = np.random.default_rng(seed)
    cases = cases_of(number)
    given = np.zeros((cases[-1][1], 2), dtype=bool)
    odds = np.full(given.shape, -6.0)
    for start, end in cases:
        for at in range(start + 1, end - 1, 4):
            odds[at + 1, COMPLAINT] = UNSURE
            if chance.random() < 0.5:
                odds[at, WAITING] = 4.0
                given[at, WAITING] = given[at + 1, COMPLAINT] = True
    return odds, given, cases


def test_a_code_is_likelier_in_the_company_it_keeps() -> None:
    odds, given, cases = story(40)
    heard = learn_company(odds, given, np.zeros_like(given), cases).heard(odds, cases)
    unsure = odds[:, COMPLAINT] == UNSURE
    after_waiting = given[:, COMPLAINT]
    assert heard[unsure & after_waiting, COMPLAINT].min() > heard[unsure & ~after_waiting, COMPLAINT].max()


def test_what_is_neither_right_nor_wrong_teaches_nothing() -> None:
    odds, given, cases = story(20)
    fringe = np.zeros_like(given)
    fringe[:, COMPLAINT] = True
    company = learn_company(odds, given, fringe, cases)
    assert not company.weights[:, COMPLAINT].any()
    assert company.own[COMPLAINT] == 1.0


def test_without_company_every_code_stays_as_it_is() -> None:
    odds, _, cases = story(2)
    assert np.array_equal(unheard(2).heard(odds, cases), odds)
    assert unheard(2).heard(np.zeros((0, 2)), []).shape == (0, 2)


def test_of_a_short_text_its_case_tells_little() -> None:
    weights = np.zeros((len(VIEWS), 1))
    weights[VIEWS.index("case")] = 1.0
    company = Company(np.full(len(VIEWS), 0.5), weights, np.ones(1), np.zeros(1))
    unlikely = np.full((40, 1), -8.0)
    short = company.heard(unlikely[:1], [(0, 1)]) - unlikely[:1]
    long = company.heard(unlikely, [(0, 40)]) - unlikely
    assert long[0, 0] == pytest.approx(-0.5, abs=0.02)
    assert short[0, 0] == pytest.approx(-0.5 / 20, abs=0.002)


def test_neighbours_are_those_of_the_same_case() -> None:
    weights = np.zeros((len(VIEWS), 1))
    weights[VIEWS.index("before")] = 1.0
    company = Company(np.zeros(len(VIEWS)), weights, np.ones(1), np.zeros(1))
    odds = np.array([[-9.0], [9.0], [-9.0]])
    together, apart = (company.heard(odds, cases) - odds for cases in ([(0, 3)], [(0, 2), (2, 3)]))
    assert together[2, 0] == pytest.approx(1.0, abs=0.001)
    assert apart[2, 0] == pytest.approx(0.0, abs=0.001)


def test_a_group_is_heard_by_what_never_learnt_from_it() -> None:
    odds, given, cases = story(30)
    groups = [name for name in "ABC" for _ in range(10)]
    other = given.copy()
    other[: cases[9][1]] ^= True  # all of group A the other way round
    none = np.zeros_like(given)
    first = heard_out_of_fold(odds, given, none, cases, groups)
    second = heard_out_of_fold(odds, other, none, cases, groups)
    own, others = slice(0, cases[9][1]), slice(cases[10][0], None)
    assert np.array_equal(first[own], second[own])
    assert not np.array_equal(first[others], second[others])


def test_what_belongs_to_no_group_is_learnt_from_and_left_as_it_is() -> None:
    odds, given, cases = story(40)
    groups = [name for name in ("A", "B", "C", "") for _ in range(10)]
    heard = heard_out_of_fold(odds, given, np.zeros_like(given), cases, groups)
    last = slice(cases[30][0], None)
    assert np.array_equal(heard[last], odds[last])
    without = heard_out_of_fold(
        odds[: last.start], given[: last.start], np.zeros((last.start, 2), bool), cases[:30], groups[:30]
    )
    assert not np.array_equal(heard[: last.start], without)


def test_with_too_few_groups_nothing_can_be_held_out() -> None:
    odds, given, cases = story(4)
    assert not enough_groups([*list("AAB"), ""])
    assert enough_groups(list("AABC"))
    with pytest.raises(ValueError, match="too few groups"):
        heard_out_of_fold(odds, given, np.zeros_like(given), cases, list("AABB"))


def test_with_little_to_learn_from_a_code_keeps_its_own_odds() -> None:
    odds, given, cases = story(6)
    company = learn_company(odds, given, np.zeros_like(given), cases)
    assert company.own.min() > 0.5


def test_an_empty_case_is_no_neighbour() -> None:
    odds, given, cases = story(20)
    company = learn_company(odds, given, np.zeros_like(given), cases)
    assert np.array_equal(company.heard(odds, [(0, 0), *cases]), company.heard(odds, cases))


def test_the_same_sentences_give_the_same_company() -> None:
    odds, given, cases = story(20)
    first, second = (learn_company(odds, given, np.zeros_like(given), cases) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.own, second.own)
