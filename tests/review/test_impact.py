from collections.abc import Sequence

from pipeline.model.codings import Coding
from pipeline.model.review import Decision, Verdict
from pipeline.review.impact import Impact, measure_impact
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled
from tests.review.samples import POLES, case_of, coding_of, said, split

CASE = case_of("Hun stod på venteliste. Så fik hun en mentor. Ventetid igen.")
QUEUE = coding_of(CASE, "venteliste")
AGAIN = coding_of(CASE, "Ventetid")
WORK = coding_of(CASE, "mentor", "plan.work", rules=("plan.work/x",))


def held(codings: Sequence[Coding], decisions: Sequence[Decision] = ()) -> Settled:
    return resolve([split(CASE)], codings, decisions, poles=POLES)


def impact(before: Sequence[Coding], after: Sequence[Coding], decisions: Sequence[Decision] = ()) -> Impact:
    return measure_impact(held(before, decisions), held(after, decisions), renamed=lambda code: (code,))


def test_the_same_codings_have_no_impact() -> None:
    found = impact([QUEUE], [QUEUE])
    assert (found.codes, found.added, found.removed, found.cases) == ((), 0, 0, ())


def test_codings_added_and_removed_are_counted_by_code_with_their_cases() -> None:
    found = impact([QUEUE, WORK], [QUEUE, AGAIN])
    assert (found.added, found.removed, found.cases) == (1, 1, ("A-01",))
    assert [(each.code, each.added, each.removed) for each in found.codes] == [
        ("plan.work", 0, 1),
        ("wait.queue", 1, 0),
    ]
    assert (found.settled_added, found.settled_removed) == (1, 1)


def test_an_accepted_coding_that_loses_its_rule_is_named_and_counts_on() -> None:
    found = impact([WORK], [], [said(Verdict.ACCEPT, WORK, CASE, 1)])
    assert found.codes[0].confirmed == 1
    assert len(found.vanished) == 1
    assert found.settled_removed == 0


def test_a_rejected_coding_that_comes_by_another_rule_is_named() -> None:
    anew = coding_of(CASE, "venteliste", rules=("wait.queue/new",))
    log = [said(Verdict.REJECT, QUEUE, CASE, 1)]
    found = impact([], [anew], log)
    assert found.codes[0].rejected == 1
    assert len(found.contradicting) == 1
    assert found.settled_added == 0
    assert impact([QUEUE], [QUEUE], log).contradicting == ()


def test_decisions_on_a_code_that_is_gone_go_stale() -> None:
    log = [said(Verdict.ACCEPT, QUEUE, CASE, 7)]
    without = {name: pole for name, pole in POLES.items() if name != "wait.queue"}
    after = resolve([split(CASE)], [], log, poles=without)
    found = measure_impact(held([QUEUE], log), after, renamed=lambda code: () if code == "wait.queue" else (code,))
    assert [each.decision.number for each in found.stale] == [7]


def test_a_renamed_code_is_no_change() -> None:
    anew = coding_of(CASE, "venteliste", "staff.shift", rules=("staff.shift/list",))
    renamed = {"wait.queue": ("staff.shift",)}
    found = measure_impact(held([QUEUE]), held([anew]), renamed=lambda code: renamed.get(code, (code,)))
    assert (found.added, found.removed, found.settled_added) == (0, 0, 0)
