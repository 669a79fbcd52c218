import random
from dataclasses import replace
from itertools import pairwise

from pipeline.model.review import Assignment, Verdict
from pipeline.review.anchors import decision_on
from pipeline.web.context import EXTENSION, Desk
from pipeline.web.queues import KINDS, LISTS
from pipeline.web.summaries import Overview
from tests.web.conftest import Site


def desk_of(site: Site) -> Desk:
    desk: Desk = site.app.extensions[EXTENSION]
    return desk


def overview(site: Site, viewer: str = "anna") -> Overview:
    desk = desk_of(site)
    return desk.overviews.of(viewer, desk.work.sync())


def decide_something(site: Site, dice: random.Random, verdicts: list[Verdict]) -> None:
    desk = desk_of(site)
    desk.work.sync()
    case = dice.choice(list(desk.work.cases))
    view = desk.work.view(case, "anna")
    suggested = [item.suggested for item in view.settled.items if item.suggested]
    verdict = dice.choice(verdicts)
    name = dice.choice(["anna", "bo"])
    own = desk.work.own_last(case, name)
    if verdict is Verdict.UNDO and own:
        site.store.undo([each.number for each in own], reviewer=name)
    elif suggested and verdict is not Verdict.UNDO:
        coding = dice.choice(suggested)
        site.store.add_decisions([decision_on(coding, view.case, reviewer=name, verdict=verdict)], texts=[view.case])


def test_counting_what_differs_gives_what_counting_anew_gives(site: Site) -> None:
    dice = random.Random(7)
    verdicts = [Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE, Verdict.COMMENT, Verdict.UNDO]
    for _ in range(40):
        decide_something(site, dice, verdicts)
        if dice.random() < 0.5:
            _ = overview(site).doubtful
        now = overview(site)
        anew = Overview(now.cases)
        for name in ("counts", "cases_with", "open_codes", "decided_by"):
            assert +getattr(now, name) == +getattr(anew, name), name
        assert now.suggestions == anew.suggestions
        assert now.doubtful == anew.doubtful
        for kind in LISTS:
            assert list(now.lines(kind)) == list(anew.lines(kind))
    assert len(site.store.decisions()) > 20


def test_going_through_a_queue_forth_and_back_meets_every_line_in_order(site: Site) -> None:
    seen = overview(site)
    for kind in KINDS:
        lines = list(seen.lines(kind))
        places = [line.place(kind) for line in lines]
        assert places == sorted(places)
        for one, other in pairwise(lines):
            assert seen.beside(kind, one.place(kind)) == other
            assert seen.beside(kind, other.place(kind), back=True) == one
        if lines:
            assert seen.beside(kind, places[-1]) is None
            assert seen.beside(kind, places[0], back=True) is None


def test_a_queue_narrowed_to_a_code_or_a_case_holds_only_that(site: Site) -> None:
    seen = overview(site)
    for code in seen.open_codes:
        lines = list(seen.lines("open", code=code))
        assert {line.code for line in lines} == {code}
        assert seen.total("open", code=code) == seen.total("doubtful", code=code) == len(lines)
        assert seen.page("open", first=1, size=1, code=code) == lines[1:2]
    for case in seen.cases:
        lines = list(seen.lines("open", case=case))
        assert {line.case for line in lines} <= {case}
        assert seen.total("open", case=case) == len(lines)
    assert seen.total("open", code="no.such") == 0
    assert list(seen.lines("open", case="no such")) == []


def test_only_cases_with_new_decisions_are_summarized_anew(site: Site) -> None:
    before = overview(site)
    site.client().decide("P-01", 1, "accept", code="waiting.queue")
    after = overview(site)
    assert [case for case in after.cases if after.cases[case] is not before.cases[case]] == ["P-01"]
    assert after.cases["P-01"].open == before.cases["P-01"].open - 1
    assert after.decided_by["anna"] == 1


def test_a_blind_coder_has_an_overview_of_his_own(shared: Site) -> None:
    shared.store.assign([Assignment("P-01", "bo")])
    assert overview(shared, "bo").cases["P-01"].open == 0
    assert overview(shared, "anna").cases["P-01"].open > 0
    assert overview(shared, "bo").cases["Q-01"] is overview(shared, "anna").cases["Q-01"]


def test_suggestions_that_came_after_the_lock_are_told_as_new(shared: Site) -> None:
    desk = desk_of(shared)
    shared.store.assign([Assignment("P-01", "bo", "review")])
    work = desk.work
    shown = [(coding.segment, coding.code) for coding in work.suggested["P-01"]]
    shared.store.lock("P-01", "bo", layer="review", seen=shown[1:])
    desk.work.sync()
    assert [line.code for line in overview(shared).lines("new")] == [shown[0][1]]


def test_decisions_from_before_a_renaming_are_carried_over(site: Site) -> None:
    desk = desk_of(site)
    desk.work.note_codebook()
    view = desk.work.view("P-01", "anna")
    coding = next(each for each in desk.work.suggested["P-01"] if each.code == "waiting.queue")
    site.store.note_codebook("an earlier codebook", version="0", migrations=0)
    old = decision_on(coding, view.case, reviewer="anna", verdict=Verdict.REJECT, codebook_digest="an earlier codebook")
    site.store.add_decisions([replace(old, code="waiting.line")], texts=[view.case])
    (site.folder / "codebook" / "en-plan" / "migrations.yaml").write_text(
        'migrations:\n  - {version: "1", rename: {waiting.line: waiting.queue}}\n', encoding="utf-8"
    )
    from pipeline.web.workspace import Workspace

    work = Workspace(desk.work.project, site.store)
    work.sync()
    item = next(item for item in work.view("P-01", "anna").settled.items if item.code == "waiting.queue")
    assert item.coding is not None
    assert item.coding.status.value == "rejected"
