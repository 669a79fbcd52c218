import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.cases import Case
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.model.review import ADJUDICATED, BLIND, Assignment, Decision, Verdict
from pipeline.review.live import live_decisions
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled
from tests.review.samples import CASE, POLES, QUEUE, case_of, coding_of, own, said, settled, split, statuses

AGAIN = coding_of(CASE, "Ventetid")
WORK = coding_of(CASE, "praktik", "plan.work", rules=("plan.work/praktik",))


def test_what_nobody_judged_is_a_suggestion_and_open() -> None:
    found = settled([])
    assert statuses(found) == [("wait.queue", "suggested")]
    assert len(found.open) == 1


def test_what_context_held_back_is_not_open() -> None:
    assert not settled([], [replace(QUEUE, assertion=Assertion.NEGATED)]).open


def test_accepting_and_rejecting_settle_a_coding() -> None:
    assert statuses(settled([said(Verdict.ACCEPT, QUEUE, CASE, 1)])) == [("wait.queue", "accepted")]
    found = settled([said(Verdict.REJECT, QUEUE, CASE, 1)])
    assert statuses(found) == [("wait.queue", "rejected")]
    assert not found.codings[0].counts
    assert not found.open


def test_the_last_verdict_of_a_reviewer_holds_whatever_order_the_log_comes_in() -> None:
    log = [said(Verdict.REJECT, QUEUE, CASE, 1), said(Verdict.ACCEPT, QUEUE, CASE, 2)]
    assert statuses(settled(log)) == statuses(settled(log[::-1])) == [("wait.queue", "accepted")]


def test_accepting_a_doubtful_coding_affirms_it() -> None:
    doubtful = replace(QUEUE, assertion=Assertion.DOUBTFUL)
    found = settled([said(Verdict.ACCEPT, doubtful, CASE, 1)], [doubtful])
    assert found.codings[0].assertion is Assertion.AFFIRMED
    assert found.codings[0].counts
    assert not found.contradicting


def test_a_recoding_rejects_the_one_code_and_puts_the_other_in_its_place() -> None:
    found = settled([said(Verdict.RECODE, QUEUE, CASE, 1, to="staff.shift")])
    assert statuses(found) == [("staff.shift", "recoded"), ("wait.queue", "rejected")]
    assert found.codings[0].quote == "venteliste"
    assert found.codings[0].coder == "Åse"
    assert not found.vanished


def test_a_later_verdict_on_the_old_code_takes_a_recoding_back() -> None:
    log = [said(Verdict.RECODE, QUEUE, CASE, 1, to="staff.shift"), said(Verdict.ACCEPT, QUEUE, CASE, 2)]
    assert statuses(settled(log)) == [("wait.queue", "accepted")]


def test_a_recoding_to_what_the_machine_suggests_too_accepts_that() -> None:
    other = coding_of(CASE, "et år", "staff.shift", rules=("staff.shift/x",))
    found = settled([said(Verdict.RECODE, QUEUE, CASE, 1, to="staff.shift")], [QUEUE, other])
    assert statuses(found) == [("wait.queue", "rejected"), ("staff.shift", "accepted")]


def test_an_added_coding_stands_with_the_reviewers_words() -> None:
    found = settled([own(CASE, "en mentor", "plan.work", 1)], [])
    (coding,) = found.codings
    assert (coding.status, coding.quote, coding.coder) == (Status.ADDED, "en mentor", "Åse")
    assert coding.sentence == "Så fik hun en mentor."
    assert CASE.text[coding.start : coding.end] == coding.quote


def test_reviewers_who_differ_leave_a_contested_suggestion() -> None:
    log = [said(Verdict.ACCEPT, QUEUE, CASE, 1), said(Verdict.REJECT, QUEUE, CASE, 2, reviewer="Bo")]
    found = settled(log)
    assert statuses(found) == [("wait.queue", "suggested")]
    assert len(found.contested) == 1
    assert not found.open


def test_the_adjudicator_decides_over_all_and_the_others_verdicts_stay() -> None:
    log = [
        said(Verdict.ACCEPT, QUEUE, CASE, 1),
        said(Verdict.REJECT, QUEUE, CASE, 2, reviewer="Bo"),
        said(Verdict.REJECT, QUEUE, CASE, 3, reviewer="Dommer", layer=ADJUDICATED),
        said(Verdict.ACCEPT, QUEUE, CASE, 4),
    ]
    found = settled(log)
    assert statuses(found) == [("wait.queue", "rejected")]
    assert not found.contested
    assert {each.reviewer for each in found.items[0].decisions} == {"Åse", "Bo", "Dommer"}


def test_two_different_recodings_are_contested() -> None:
    log = [
        said(Verdict.RECODE, QUEUE, CASE, 1, to="staff.shift"),
        said(Verdict.RECODE, QUEUE, CASE, 2, to="plan.work", reviewer="Bo"),
    ]
    found = settled(log)
    assert statuses(found) == [("plan.work", "suggested"), ("staff.shift", "suggested"), ("wait.queue", "rejected")]
    assert len(found.contested) == 3
    log.append(own(CASE, "venteliste", "plan.work", 3, reviewer="Dommer", layer=ADJUDICATED))
    assert ("plan.work", "added") in statuses(settled(log))


def test_somebody_unsure_settles_nothing_but_yields_to_a_verdict() -> None:
    log = [said(Verdict.UNSURE, QUEUE, CASE, 1)]
    assert len(settled(log).unsure) == 1
    assert statuses(settled(log)) == [("wait.queue", "suggested")]
    log.append(said(Verdict.REJECT, QUEUE, CASE, 2, reviewer="Bo"))
    assert statuses(settled(log)) == [("wait.queue", "rejected")]
    assert not settled(log).unsure


def test_a_comment_changes_nothing() -> None:
    found = settled([said(Verdict.COMMENT, QUEUE, CASE, 1, reason="se også afsnit 2")])
    assert statuses(found) == [("wait.queue", "suggested")]
    assert len(found.open) == 1
    assert found.items[0].comments[0].reason == "se også afsnit 2"


def test_an_accepted_coding_stands_when_the_machine_no_longer_suggests_it() -> None:
    found = settled([said(Verdict.ACCEPT, QUEUE, CASE, 1)], [])
    assert statuses(found) == [("wait.queue", "accepted")]
    assert len(found.vanished) == 1


def test_a_rejected_coding_that_vanished_is_listed_and_leaves_no_coding() -> None:
    found = settled([said(Verdict.REJECT, QUEUE, CASE, 1)], [])
    assert not found.codings
    assert len(found.vanished) == 1


def test_a_rejection_stands_against_a_new_rule_and_the_contradiction_is_told() -> None:
    log = [said(Verdict.REJECT, QUEUE, CASE, 1)]
    anew = coding_of(CASE, "venteliste", rules=("wait.queue/new",))
    found = settled(log, [anew])
    assert statuses(found) == [("wait.queue", "rejected")]
    assert len(found.contradicting) == 1
    assert not settled(log).contradicting


def test_an_accepted_coding_keeps_its_assertion_when_the_machine_turns_it() -> None:
    found = settled([said(Verdict.ACCEPT, QUEUE, CASE, 1)], [replace(QUEUE, assertion=Assertion.NEGATED)])
    assert found.codings[0].assertion is Assertion.AFFIRMED
    assert len(found.contradicting) == 1


def test_what_is_suggested_after_a_case_was_done_is_new() -> None:
    found = settled([], [QUEUE, AGAIN], seen={"A-01": {(QUEUE.segment, QUEUE.code)}})
    assert [item.segment for item in found.flagged("new")] == [AGAIN.segment]  # type: ignore[arg-type]


BOTH = (Assignment("A-01", "Åse", BLIND, "2026-01-01"), Assignment("A-01", "Bo", BLIND, "2026-01-02"))


def test_blind_codings_count_only_when_everybody_has_locked() -> None:
    log = [
        own(CASE, "en mentor", "plan.work", number, reviewer=who, layer=BLIND)
        for number, who in ((1, "Åse"), (2, "Bo"))
    ]
    assert not settled(log, [], assignments=(BOTH[0], replace(BOTH[1], locked=""))).codings
    found = settled(log, [], assignments=BOTH)
    assert statuses(found) == [("plan.work", "added")]
    assert not found.contested


def test_a_code_that_only_one_blind_coder_gave_is_contested() -> None:
    log = [own(CASE, "en mentor", "plan.work", 1, layer=BLIND)]
    assert len(settled(log, [], assignments=BOTH).contested) == 1
    alone = settled(log, [], assignments=BOTH[:1])
    assert not alone.contested
    assert statuses(alone) == [("plan.work", "added")]


def test_a_blind_coder_sees_only_the_own_coding() -> None:
    log = [
        own(CASE, "en mentor", "plan.work", 1, layer=BLIND),
        own(CASE, "venteliste", "wait.queue", 2, reviewer="Bo", layer=BLIND),
        own(CASE, "venteliste", "staff.shift", 3, reviewer="Dommer"),
    ]
    open_ones = tuple(replace(each, locked="") for each in BOTH)
    found = settled(log, [], assignments=open_ones, blind_of="Åse")
    assert statuses(found) == [("plan.work", "added")]


def test_other_layers_are_never_settled() -> None:
    assert not settled([own(CASE, "en mentor", "plan.work", 1, layer="import:gpt")], []).codings


# properties

OTHER = case_of("Ventetid. Så kom praktik.\nHun ventede.", "B-02")
TARGETS = [(QUEUE, CASE), (AGAIN, CASE), (WORK, CASE), (coding_of(OTHER, "Ventetid"), OTHER)]
CODINGS = [coding for coding, _ in TARGETS]


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    """A log of verdicts, comments and undos by three people."""
    log: list[Decision] = []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        if log and draw(st.integers(0, 3)) == 0:
            undoes = tuple(sorted(draw(st.sets(st.integers(1, number - 1), min_size=1, max_size=3))))
            log.append(Decision("Åse", Verdict.UNDO, None, undoes=undoes, number=number))
            continue
        coding, case = draw(st.sampled_from(TARGETS))
        verdict = draw(st.sampled_from([each for each in Verdict if each not in (Verdict.UNDO, Verdict.ADD)]))
        reviewer, layer = draw(st.sampled_from([("Åse", "review"), ("Bo", "review"), ("Dommer", ADJUDICATED)]))
        to = draw(st.sampled_from([*POLES])) if verdict is Verdict.RECODE else ""
        log.append(said(verdict, coding, case, number, reviewer=reviewer, layer=layer, to=to))
    return log


def whole(
    log: Sequence[Decision], cases: Sequence[Case] = (CASE, OTHER), codings: Sequence[Coding] = CODINGS
) -> Settled:
    return resolve([split(case) for case in cases], codings, log, poles=POLES)


@settings(max_examples=60, deadline=None)
@given(logs(), st.randoms(use_true_random=False))
def test_what_holds_hangs_on_the_log_alone_and_on_no_order(log: list[Decision], chance: random.Random) -> None:
    shuffled, codings = log[:], CODINGS[:]
    chance.shuffle(shuffled)
    chance.shuffle(codings)
    assert whole(log) == whole(shuffled, (OTHER, CASE), codings)


@settings(max_examples=60, deadline=None)
@given(logs())
def test_settling_what_is_settled_changes_nothing(log: list[Decision]) -> None:
    once = whole(log)
    again = whole([*live_decisions(log)])
    assert once == again
    by_case = [
        whole(
            [each for each in log if each.anchor is None or each.anchor.case == case.id],
            (case,),
            [each for each in CODINGS if each.case == case.id],
        )
        for case in (CASE, OTHER)
    ]
    assert tuple(item for part in by_case for item in part.items) == once.items


@settings(max_examples=60, deadline=None)
@given(logs())
def test_taking_an_undo_back_puts_everything_as_it_was(log: list[Decision]) -> None:
    last = len(log)
    undo = Decision("Åse", Verdict.UNDO, None, undoes=tuple(range(1, last + 1)), number=last + 1)
    redo = Decision("Åse", Verdict.UNDO, None, undoes=(last + 1,), number=last + 2)
    assert whole([*log, undo]).items == whole([]).items
    assert whole([*log, undo, redo]) == whole(log)
