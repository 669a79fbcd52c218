import re
from dataclasses import replace

import pytest

from pipeline.model.progression import Reason
from pipeline.model.review import BLIND, Assignment, Verdict
from pipeline.web.context import EXTENSION, Desk
from tests.web.conftest import Site

CODE = "waiting.queue"


def test_a_decision_holds_what_the_reviewer_saw(site: Site) -> None:
    anna = site.client()
    answer = anna.decide("P-01", 1, "reject", code=CODE, reason="Kun en formodning")
    assert answer.status_code == 200
    (decision,) = site.store.decisions()
    assert decision.reviewer == "anna"
    assert decision.verdict is Verdict.REJECT
    assert decision.reason == "Kun en formodning"
    assert decision.code == CODE
    assert decision.rules == ("waiting.queue/words",)
    assert decision.anchor is not None
    assert decision.anchor.quote == "ventetid"
    assert decision.codebook_digest
    assert site.store.text(decision.anchor.text_digest) is not None


def test_the_answer_brings_the_sentence_as_it_now_looks(site: Site) -> None:
    anna = site.client()
    assert 'class="s open waits"' in anna.page("/case/P-01")
    told = anna.decide("P-01", 1, "accept", code=CODE).get_json()
    assert "open" not in re.search(r'class="([^"]*)"', told["sentences"]["1"])[1]  # type: ignore[index]
    assert told["version"] == site.store.last_number()
    pane = anna.page("/case/P-01/sentence/1")
    assert 'aria-pressed="true"' in pane
    assert "godkendt" in pane


def test_words_of_a_sentence_get_a_code(site: Site) -> None:
    anna = site.client()
    page = anna.page("/case/P-01")
    start = int(re.search(r'id="s2" data-n="2" data-start="(\d+)"', page)[1])  # type: ignore[index]
    answer = anna.decide("P-01", 2, "add", code=CODE, start=start, end=start + 3, before=True)
    assert answer.status_code == 200
    (decision,) = site.store.decisions()
    assert decision.anchor is not None
    assert decision.anchor.quote == "Han"
    assert decision.before
    assert "tilføjet" in anna.page("/case/P-01/sentence/2")


def test_a_whole_sentence_gets_a_code(site: Site) -> None:
    anna = site.client()
    assert anna.decide("P-01", 2, "add", code=CODE).status_code == 200
    (decision,) = site.store.decisions()
    assert decision.anchor is not None
    assert decision.anchor.quote == "Han har gæld."


def test_a_recoding_puts_another_code_in_its_place(site: Site) -> None:
    anna = site.client()
    anna.decide("P-01", 1, "recode", code=CODE, to="barrier.finances")
    pane = anna.page("/case/P-01/sentence/1")
    assert "omkodet" in pane
    assert "afvist" in pane


def test_undo_takes_back_the_last_step_and_the_log_keeps_it(site: Site) -> None:
    anna = site.client()
    anna.decide("P-01", 1, "reject", code=CODE)
    told = anna.decide("P-01", 2, "undo").get_json()
    assert told["at"] == 1
    assert [each.verdict for each in site.store.decisions()] == [Verdict.REJECT, Verdict.UNDO]
    assert "forslag" in anna.page("/case/P-01/sentence/1")
    assert anna.decide("P-01", 1, "undo").status_code == 400


def test_two_who_decide_on_the_same_sentence_see_both(shared: Site) -> None:
    anna, bo = shared.client("anna"), shared.client("bo")
    seen = bo.seen("P-01")
    anna.decide("P-01", 1, "reject", code=CODE, reason="Nej")
    answer = bo.decide("P-01", 1, "accept", code=CODE, seen=seen)
    assert answer.status_code == 409
    assert "anna" in answer.get_json()["message"]
    assert len(shared.store.decisions()) == 1
    assert bo.decide("P-01", 1, "accept", code=CODE).status_code == 200
    pane = anna.page("/case/P-01/sentence/1")
    assert "uenighed" in pane
    assert "<b><bdi>bo</bdi></b>" in pane


def test_two_who_decide_on_different_sentences_do_not_meet(shared: Site) -> None:
    anna, bo = shared.client("anna"), shared.client("bo")
    seen = bo.seen("P-01")
    anna.decide("P-01", 1, "accept", code=CODE)
    assert bo.decide("P-01", 2, "accept", code="barrier.finances", seen=seen).status_code == 200
    assert len(shared.store.decisions()) == 2


def test_a_blind_coder_sees_neither_machine_nor_colleagues_until_locked(shared: Site) -> None:
    shared.store.assign([Assignment("P-01", "anna"), Assignment("P-01", "bo")])
    anna, bo = shared.client("anna"), shared.client("bo")
    page = bo.page("/case/P-01")
    assert "<mark" not in page
    assert 'data-do="lock"' in page
    assert anna.decide("P-01", 1, "add", code=CODE, reason="hemmelig grund").status_code == 200
    assert "hemmelig" not in bo.page("/case/P-01/sentence/1")
    assert "maskinens forslag:" not in bo.page("/case/P-01/assess")
    assert all(each.layer == BLIND for each in shared.store.decisions())
    for visitor in (anna, bo):
        seen = visitor.seen("P-01")
        answer = visitor.client.post(
            "/case/P-01/lock",
            json={"seen": seen},
            base_url="http://127.0.0.1:8765",
            headers={"X-CSRF-Token": visitor.csrf},
        )
        assert answer.status_code == 200
    assert "hemmelig" in bo.page("/case/P-01/sentence/1")


def test_findings_are_closed_to_somebody_who_codes_blind(shared: Site) -> None:
    shared.store.assign([Assignment("P-01", "bo")])
    assert "category" not in shared.client("bo").page("/patterns/category_by_cluster")
    assert "<table" in shared.client("anna").page("/patterns/category_by_cluster")


def test_a_queue_is_accepted_as_one_step_and_taken_back_as_one(site: Site) -> None:
    anna = site.client()
    page = anna.page(f"/queue?code={CODE}")
    items = re.findall(r'name="item" value="([^"]+)"', page)
    assert len(items) >= 2
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    answer = anna.post("/queue/accept", code=CODE, kind="open", seen=seen[1], item=items)
    assert answer.status_code == 303
    made = site.store.decisions()
    assert len(made) == len(items)
    assert len({each.batch for each in made}) == 1
    assert f'value="{items[0]}"' not in anna.page(f"/queue?code={CODE}")
    anna.post("/queue/undo", batch=made[0].batch)
    assert f'value="{items[0]}"' in anna.page(f"/queue?code={CODE}")


def test_the_adjudicators_word_is_a_layer_of_its_own(shared: Site) -> None:
    anna, bo = shared.client("anna"), shared.client("bo")
    anna.decide("P-01", 1, "accept", code=CODE)
    bo.decide("P-01", 1, "reject", code=CODE, reason="Ikke ventetid")
    page = anna.page("/disagreements")
    assert "Ikke ventetid" in page
    assert "verdict" not in re.findall(r"<button name=.(\w+)", bo.page("/disagreements"))
    segment = re.search(r'name="segment" value="([^"]+)"', page)
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert segment
    assert seen
    form = {"segment": segment[1], "seen": seen[1], "code": CODE, "verdict": "reject", "reason": "Enig med Bo"}
    assert bo.post("/disagreements/P-01", **form).status_code == 403
    assert anna.post("/disagreements/P-01", **form).status_code == 303
    assert [each.layer for each in shared.store.decisions()] == ["review", "review", "adjudicated"]
    assert "Ikke ventetid" not in anna.page("/disagreements")


def test_a_case_is_assessed_and_read_back(site: Site) -> None:
    anna = site.client()
    page = anna.page("/case/P-01/assess")
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    answer = anna.post(
        "/case/P-01/assess",
        seen=seen[1],
        progression=["progression"],
        attachment=["employment"],
        coherence="high",
        job_education_change="improved",
        job_education_before="ledig",
        job_education_after="i job",
        note="Klar sag",
    )
    assert answer.status_code == 303
    (made,) = site.store.assessments()
    assert made.progression[0].value == "progression"
    assert made.statuses[0].before == "ledig"
    again = anna.page("/case/P-01/assess")
    assert "Klar sag" in again
    assert re.search(r'value="progression" checked', again)


def test_all_that_speaks_for_a_judgement_can_be_read_and_signs_have_names(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk: Desk = site.app.extensions[EXTENSION]
    found = desk.work.outcomes.of("P-01")
    assert found is not None
    said = Reason("progression", "progression/whole", True, "s1:0", "says.whole_better", "")
    many = replace(found, reasons=tuple(replace(said, quote=f"tegn {number}.") for number in range(27)))
    monkeypatch.setattr("pipeline.web.judging.outcome_of", lambda _: many)
    page = site.client().page("/case/P-01/assess")
    assert "Taler for (27)" in page
    assert "<summary>19 til</summary>" in page
    assert all(f"<q>tegn {number}.</q>" in page for number in range(27))
    assert "says." not in page
    assert page.count("Helheden er blevet bedre") == 27


def test_an_assessment_over_anothers_newer_one_shows_both(shared: Site) -> None:
    anna, bo = shared.client("anna"), shared.client("bo")
    seen = re.search(r'name="seen" value="(\d+)"', bo.page("/case/P-01/assess"))
    assert seen
    now = re.search(r'name="seen" value="(\d+)"', anna.page("/case/P-01/assess"))
    assert now
    anna.post("/case/P-01/assess", seen=now[1], progression=["none"])
    answer = bo.post("/case/P-01/assess", seen=seen[1], progression=["progression"], note="min note")
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "anna" in page
    assert "min note" in page


def test_nonsense_is_refused_and_nothing_is_saved(site: Site) -> None:
    anna = site.client()
    for more, status in (
        ({"verdict": "explode", "sentence": 1}, 400),
        ({"verdict": "accept", "sentence": 99, "code": CODE}, 404),
        ({"verdict": "accept", "sentence": 1, "code": "no.such"}, 404),
        ({"verdict": "add", "sentence": 1, "code": "no.such"}, 400),
        ({"verdict": "recode", "sentence": 1, "code": CODE, "to": "no.such"}, 400),
        ({"verdict": "add", "sentence": 1, "code": CODE, "start": 0, "end": 9999999}, 400),
        ({"verdict": "add", "sentence": 1, "code": CODE, "start": "x"}, 400),
    ):
        body = dict(more)
        answer = anna.decide("P-01", body.pop("sentence"), body.pop("verdict"), **body)  # type: ignore[arg-type]
        assert answer.status_code == status, more
    assert anna.get("/case/none").status_code == 404
    assert site.store.decisions() == ()


def test_numbers_of_a_table_open_their_cases(site: Site) -> None:
    anna = site.client()
    page = anna.page("/patterns/municipality_by_cluster")
    links = re.findall(r'href="(/patterns/municipality_by_cluster/\d+/\d+)"', page)
    assert links
    assert "/case/P-01" in anna.page(links[0])


def test_the_graph_runs_no_script_but_its_own(site: Site) -> None:
    anna = site.client()
    anna.page("/graph")
    answer = anna.get("/graph/page")
    assert answer.status_code == 200
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"].split("style-src")[0]
