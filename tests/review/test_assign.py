from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.progression import ProgressionCategory, Rating
from pipeline.model.review import ADJUDICATED, BLIND, Assessment, Assignment, Verdict
from pipeline.review.adjudicate import case_disagreements, disagreements
from pipeline.review.assign import draw_assignments
from pipeline.review.assignments import hides_machine, unblinded, visible_assessments, visible_decisions
from tests.review.samples import POLES, case_of, coding_of, own, said, split

NAMES = ["Åse", "Bo", "Carl"]
CASES = [f"A-{number:02}" for number in range(40)]


@settings(deadline=None)
@given(st.integers(1, 50), st.integers(2, 6), st.floats(0, 1), st.integers(0, 5))
def test_every_case_has_a_coder_the_share_has_two_and_the_load_is_even(
    cases: int, people: int, double: float, seed: int
) -> None:
    names = [f"R{number}" for number in range(people)]
    ids = [f"C{number}" for number in range(cases)]
    drawn = draw_assignments(ids, names, double=double, seed=seed)
    by_case = Counter(each.case for each in drawn)
    assert set(by_case) == set(ids)
    assert sum(count == 2 for count in by_case.values()) == round(double * cases)
    assert max(by_case.values()) <= 2
    assert len({(each.case, each.reviewer) for each in drawn}) == len(drawn)
    load = Counter(each.reviewer for each in drawn)
    assert max(load.values()) - min(load[name] for name in names) <= max(2, people)


def test_the_same_seed_draws_the_same_whatever_the_order_and_another_seed_otherwise() -> None:
    first = draw_assignments(CASES, NAMES, seed=3)
    assert first == draw_assignments(CASES[::-1], NAMES[::-1], seed=3)
    assert first != draw_assignments(CASES, NAMES, seed=4)


def test_every_pair_meets_about_equally_often() -> None:
    drawn = draw_assignments(CASES, NAMES, double=0.75)
    pairs: Counter[frozenset[str]] = Counter()
    for case in CASES:
        coders = frozenset(each.reviewer for each in drawn if each.case == case)
        if len(coders) == 2:
            pairs[coders] += 1
    assert sum(pairs.values()) == 30
    assert max(pairs.values()) - min(pairs.values()) <= 1


def test_what_is_assigned_already_stays_and_only_new_cases_are_drawn() -> None:
    first = draw_assignments(CASES[:20], NAMES, double=0.5)
    more = draw_assignments(CASES, NAMES, double=0.5, held=first)
    assert {each.case for each in more} >= set(CASES[20:])
    assert not {(each.case, each.reviewer) for each in more} & {(each.case, each.reviewer) for each in first}
    assert draw_assignments(CASES[:20], NAMES, double=0.5, held=first) == ()


def test_double_coding_takes_two() -> None:
    with pytest.raises(ValueError, match="two"):
        draw_assignments(CASES, ["Åse"])
    assert len(draw_assignments(CASES, ["Åse"], double=0)) == 40


CASE = case_of("Hun stod på venteliste. Så fik hun en mentor.")
QUEUE = coding_of(CASE, "venteliste")
OPEN = (Assignment("A-01", "Åse"), Assignment("A-01", "Bo"))
DONE = tuple(Assignment(each.case, each.reviewer, BLIND, "2026-01-01T00:00:00Z") for each in OPEN)
BLINDLY = own(CASE, "en mentor", "plan.work", 1, layer=BLIND, reason="tydeligt")
OPENLY = said(Verdict.REJECT, QUEUE, CASE, 2, reviewer="Carl")


def test_who_codes_blind_sees_only_the_own_until_all_have_locked() -> None:
    def seen(viewer: str, held: tuple[Assignment, ...]) -> list[int]:
        return [each.number for each in visible_decisions([BLINDLY, OPENLY], held, case="A-01", viewer=viewer)]

    half = (DONE[0], OPEN[1])
    assert seen("Åse", OPEN) == [1]
    assert seen("Bo", OPEN) == []
    assert seen("Carl", OPEN) == [2]
    assert seen("Bo", half) == []
    assert seen("Åse", half) == [1, 2]
    assert seen("Carl", half) == [2]
    assert seen("Bo", DONE) == seen("Carl", DONE) == [1, 2]
    assert hides_machine(half, case="A-01", viewer="Bo")
    assert not hides_machine(half, case="A-01", viewer="Åse")
    assert unblinded(half) == frozenset()
    assert unblinded(DONE) == {"A-01"}


def test_blind_assessments_are_hidden_likewise() -> None:
    made = [Assessment("Åse", "A-01", CASE.digest, layer=BLIND)]
    assert visible_assessments(made, OPEN, viewer="Bo") == ()
    assert visible_assessments(made, DONE, viewer="Bo") == tuple(made)


def test_a_disagreement_names_both_sides_with_their_reasons_and_the_silent() -> None:
    (found,) = disagreements([split(CASE)], [], [BLINDLY], poles=POLES, assignments=DONE)
    assert found.blind
    assert [(side.reviewer, side.says) for side in found.sides] == [("Bo", "nothing"), ("Åse", "add")]
    assert found.sides[1].decision is not None
    assert found.sides[1].decision.reason == "tydeligt"
    assert disagreements([split(CASE)], [], [BLINDLY], poles=POLES, assignments=OPEN) == ()


def test_cases_that_are_judged_differently_await_the_adjudicator() -> None:
    one = Assessment("Åse", "A-01", "d", (ProgressionCategory.PARTIAL,), ratings=(("coherence", Rating.LOW),), number=1)
    two = Assessment("Bo", "A-01", "d", (ProgressionCategory.NONE,), ratings=(("relation", Rating.LOW),), number=2)
    (found,) = case_disagreements([one, two])
    assert (found.case, found.differs) == ("A-01", ("progression",))
    settled = Assessment("Dommer", "A-01", "d", (ProgressionCategory.NONE,), layer=ADJUDICATED, number=3)
    assert case_disagreements([one, two, settled]) == ()
