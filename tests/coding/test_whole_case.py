"""A case as a whole holds a code or not, and then at its likeliest sentence."""

import numpy as np
import numpy.typing as npt

from pipeline.coding.whole_case import CASE_FACTS, LONG, WholeCase, case_facts, learn_whole, seen_whole, unlearnt

Floats = npt.NDArray[np.float64]


def odds_of(*chances: float) -> Floats:
    """Return the log odds of the chances of one code in the sentences of a text."""
    return np.array([[np.log(chance / (1 - chance))] for chance in chances])


def test_what_the_sentences_of_a_short_text_make_likely_together_stands_at_its_likeliest_sentence() -> None:
    odds = odds_of(0.3, 0.32, 0.3, 0.01)
    may, must = seen_whole(odds, [(0, 4)], unlearnt(1))
    assert may.all()
    assert must.tolist() == [[False], [True], [False], [False]]
    assert not seen_whole(odds, [(0, 1), (1, 2), (2, 4)], unlearnt(1))[1].any()


def test_many_sentences_that_say_next_to_nothing_make_no_code_likely() -> None:
    assert not seen_whole(odds_of(*[0.02] * 600), [(0, 600)], unlearnt(1))[1].any()


def test_a_pair_that_may_not_be_coded_is_never_the_likeliest() -> None:
    odds = np.array([[3.0, -np.inf], [2.0, -np.inf]])
    assert seen_whole(odds, [(0, 2)], unlearnt(2))[1].tolist() == [[True, False], [False, False]]


def test_an_empty_case_is_passed_over() -> None:
    may, must = seen_whole(odds_of(0.9), [(0, 0), (0, 1)], unlearnt(1))
    assert may.shape == must.shape == (1, 1)
    assert must.all()


def made_cases(count: int) -> tuple[Floats, npt.NDArray[np.bool_], list[tuple[int, int]]]:
    """Return cases of thirty sentences in which a lone sign is a mistake and two or more tell the truth."""
    rows: list[list[float]] = []
    given: list[list[bool]] = []
    cases: list[tuple[int, int]] = []
    for number in range(count):
        signs = number % 3
        chances = [0.35] * signs + [0.02] * (30 - signs)
        cases.append((len(rows), len(rows) + 30))
        rows += [list(row) for row in odds_of(*chances)]
        given += [[signs == 2]] * signs + [[False]] * (30 - signs)
    return np.array(rows), np.array(given), cases


def test_a_lone_sign_is_learnt_to_mislead_and_several_to_tell() -> None:
    odds, given, cases = made_cases(60)
    whole = learn_whole(odds, given, np.zeros_like(given), cases)
    assert whole.learnt
    may, must = seen_whole(odds, cases, whole)
    for number, (start, end) in enumerate(cases):
        assert may[start:end].all() == (number % 3 == 2)
        assert must[start:end].sum() == (number % 3 == 2)


def test_short_texts_keep_their_lone_signs() -> None:
    odds, given, cases = made_cases(60)
    whole = learn_whole(odds, given, np.zeros_like(given), cases)
    assert seen_whole(odds_of(*[0.35] + [0.02] * (LONG - 2)), [(0, LONG - 1)], whole)[0].all()


def test_where_nothing_was_learnt_a_long_case_is_treated_as_a_short_one() -> None:
    none = np.zeros((40, 1), dtype=bool)
    whole = learn_whole(odds_of(*[0.3] * 40), none, none, [(0, 40)])
    assert not whole.learnt
    assert seen_whole(odds_of(*[0.3] * 40), [(0, 40)], whole)[0].all()


def test_what_only_one_coder_saw_teaches_nothing() -> None:
    odds, given, cases = made_cases(60)
    fringe = given.copy()
    assert not learn_whole(odds, np.zeros_like(given), fringe, cases).learnt


def test_facts_have_their_places() -> None:
    facts = case_facts(odds_of(0.5, 0.5), [(0, 2)])
    assert facts.shape == (1, 1, len(CASE_FACTS))
    named = dict(zip(CASE_FACTS, facts[0, 0].tolist(), strict=True))
    assert np.isclose(named["any"], np.log(3.0))
    assert np.isclose(named["best"], 0.0)
    assert named["third"] < -9
    assert np.isclose(named["sum"], 1.0)
    assert np.isclose(named["length"], np.log(2.0))


def test_a_decision_by_hand() -> None:
    whole = WholeCase(np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]), np.array([0.0]))
    may, must = seen_whole(odds_of(*[0.4] + [0.001] * 29), [(0, 30)], whole)
    assert not may.any()
    assert not must.any()
