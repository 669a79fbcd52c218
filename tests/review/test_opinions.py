from collections.abc import Sequence
from typing import Any

from pipeline.model.codings import Coding
from pipeline.model.migrations import Migration, Split
from pipeline.model.review import Decision, Verdict
from pipeline.review.carry import code_map, code_today
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled, Why
from tests.review.samples import CASE, POLES, QUEUE, TEXT, case_of, coding_of, own, said, settled, split, statuses

# texts that changed


def test_a_decision_moves_with_its_sentence() -> None:
    later = case_of("Et nyt afsnit.\n" + TEXT)
    found = settled([said(Verdict.REJECT, QUEUE, CASE, 1)], [coding_of(later, "venteliste")], later)
    assert statuses(found) == [("wait.queue", "rejected")]
    assert (found.placed, found.moved) == (0, 1)


def test_an_added_coding_moves_with_its_sentence_and_quotes_todays_text() -> None:
    later = case_of("Et nyt afsnit.\n" + TEXT)
    (coding,) = settled([own(CASE, "en mentor", "plan.work", 1)], [], later).codings
    assert later.text[coding.start : coding.end] == "en mentor"


def test_a_decision_on_a_changed_sentence_is_stale_and_settles_nothing() -> None:
    later = case_of(TEXT.replace("i et år", "i to år"))
    found = settled([said(Verdict.REJECT, QUEUE, CASE, 1)], [coding_of(later, "venteliste")], later)
    assert statuses(found) == [("wait.queue", "suggested")]
    assert [each.why for each in found.stale] == [Why.CHANGED]
    assert len(found.open) == 1


def test_a_decision_on_a_case_that_is_gone_is_stale() -> None:
    other = case_of("Noget helt andet.", "B-01")
    found = resolve([split(other)], [], [said(Verdict.REJECT, QUEUE, CASE, 1)], poles=POLES)
    assert [each.why for each in found.stale] == [Why.GONE]


def test_a_decision_follows_a_case_to_a_new_name() -> None:
    renamed = case_of(TEXT, "A-01b")
    found = settled([said(Verdict.REJECT, QUEUE, CASE, 1)], [coding_of(renamed, "venteliste")], renamed)
    assert statuses(found) == [("wait.queue", "rejected")]
    assert found.moved == 1


# codes that changed

NEW = {**POLES, "wait.list": POLES["wait.queue"], "wait.home": POLES["wait.queue"]}


def carried(migration: Migration, decisions: Sequence[Decision], codings: Sequence[Coding], poles: Any) -> Settled:
    codes = code_map([migration], {"old": 0, "new": 1}, frozenset(poles))
    return resolve([split(CASE)], codings, decisions, poles=poles, codes=codes)


def test_a_decision_follows_a_renamed_code_and_its_rules() -> None:
    poles = {name: pole for name, pole in NEW.items() if name != "wait.queue"}
    today = coding_of(CASE, "venteliste", "wait.list", rules=("wait.list/list",))
    rename = Migration("2", renames=(("wait.queue", "wait.list"),))
    found = carried(rename, [said(Verdict.REJECT, QUEUE, CASE, 1)], [today], poles)
    assert statuses(found) == [("wait.list", "rejected")]
    assert not found.contradicting


def test_finer_codes_go_along_with_a_renamed_one() -> None:
    steps = (Migration("2", renames=(("wait.queue", "wait.list"), ("wait.queue.home", "wait.home"))),)
    for code, today in (
        ("wait.queue", "wait.list"),
        ("wait.queue.old", "wait.list.old"),
        ("wait.queue.home", "wait.home"),
        ("wait.queues", "wait.queues"),
    ):
        assert code_today(steps, code) == (today,)


def test_without_a_migration_a_decision_on_a_code_that_is_gone_is_stale() -> None:
    poles = {name: pole for name, pole in NEW.items() if name != "wait.queue"}
    found = carried(Migration("2"), [said(Verdict.ACCEPT, QUEUE, CASE, 1)], [], poles)
    assert [each.why for each in found.stale] == [Why.UNKNOWN_CODE]


def test_a_merged_code_holds_where_one_of_its_parts_was_accepted() -> None:
    shift = coding_of(CASE, "et år", "staff.shift", rules=("staff.shift/x",))
    merge = Migration("2", merges=(("wait.list", ("wait.queue", "staff.shift")),))
    log = [said(Verdict.ACCEPT, shift, CASE, 1), said(Verdict.REJECT, QUEUE, CASE, 2)]
    poles = {"wait.list": POLES["wait.queue"]}
    today = coding_of(CASE, "venteliste", "wait.list", rules=("wait.list/list", "wait.list/x"))
    assert statuses(carried(merge, log, [today], poles)) == [("wait.list", "accepted")]
    assert statuses(carried(merge, log[::-1], [today], poles)) == [("wait.list", "accepted")]


def test_rejecting_a_part_does_not_reject_a_merged_code_that_rests_on_the_other() -> None:
    merge = Migration("2", merges=(("wait.list", ("wait.queue", "staff.shift")),))
    poles = {"wait.list": POLES["wait.queue"]}
    other = coding_of(CASE, "venteliste", "wait.list", rules=("wait.list/x",))
    found = carried(merge, [said(Verdict.REJECT, QUEUE, CASE, 1)], [other], poles)
    assert statuses(found) == [("wait.list", "suggested")]
    assert len(found.contradicting) == len(found.open) == 1
    same = coding_of(CASE, "venteliste", "wait.list", rules=("wait.list/list",))
    assert statuses(carried(merge, [said(Verdict.REJECT, QUEUE, CASE, 1)], [same], poles)) == [
        ("wait.list", "rejected")
    ]


def test_a_split_code_follows_what_the_codebook_finds_in_the_sentence() -> None:
    split_step = Migration("2", splits=(Split("wait.queue", ("wait.list", "wait.home")),))
    today = coding_of(CASE, "venteliste", "wait.home", rules=("wait.home/x",))
    poles = {"wait.list": POLES["wait.queue"], "wait.home": POLES["wait.queue"]}
    log = [said(Verdict.ACCEPT, QUEUE, CASE, 1)]
    assert statuses(carried(split_step, log, [today], poles)) == [("wait.home", "accepted")]
    asked = carried(split_step, log, [], poles)
    assert not asked.codings
    assert [each.why for each in asked.stale] == [Why.SPLIT]
    named = Migration("2", splits=(Split("wait.queue", ("wait.list", "wait.home"), "wait.list"),))
    assert statuses(carried(named, log, [], poles)) == [("wait.list", "accepted")]
    no = carried(split_step, [said(Verdict.REJECT, QUEUE, CASE, 1)], [today], poles)
    assert statuses(no) == [("wait.home", "rejected")]


def test_a_decision_made_after_a_split_is_not_split_again() -> None:
    step = Migration("2", splits=(Split("wait.queue", ("wait.queue", "wait.home"), "wait.home"),))
    log = [said(Verdict.ACCEPT, QUEUE, CASE, 1, codebook_digest="new")]
    assert statuses(carried(step, log, [], NEW)) == [("wait.queue", "accepted")]
    log = [said(Verdict.ACCEPT, QUEUE, CASE, 1, codebook_digest="old")]
    assert statuses(carried(step, log, [], NEW)) == [("wait.home", "accepted")]


def test_a_retired_code_lays_its_decisions_aside() -> None:
    found = carried(Migration("2", retired=("wait.queue",)), [said(Verdict.ACCEPT, QUEUE, CASE, 1)], [], {})
    assert [each.why for each in found.stale] == [Why.RETIRED]
