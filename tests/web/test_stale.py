"""Decisions that lost their words: shown, said again where the reviewer points, or put away; never guessed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.review import Assignment, Verdict
from pipeline.reviewing import open_review
from pipeline.settings import open_project
from pipeline.web.app import create_app
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace
from tests.projects import write_case
from tests.web.conftest import BASE, KEY, Site

CODE = "waiting.queue"
CHANGED = "Der var lang ventetid på udredningen. Han har gæld."


@pytest.fixture
def changed(folder: Path) -> Iterator[Site]:
    """A project in which anna accepted and bo rejected a code in a sentence that was then written anew."""
    project = open_project(folder)
    settings = ServeSettings(hosts=local_hosts(8765), key=KEY, reviewer="anna")
    with open_review(project, backups=False) as store:
        work = Workspace(project, store)
        site = Site(folder, store, create_app(work, settings))
        assert site.client().decide("P-01", 1, "accept", code=CODE, reason="tydeligt").status_code == 200
        write_case(folder / "corpus" / "P-01.docx", "Kommune P", "Voksen", "Bo, 44 år", CHANGED, "Bo har fået job.")
        yield Site(folder, store, create_app(Workspace(project, store), settings))


def post(site: Site, address: str, **body: object) -> Any:
    anna = site.client()
    return anna.client.post(address, json=body, base_url=BASE, headers={"X-CSRF-Token": anna.csrf, "Origin": BASE})


def stale(site: Site) -> bool:
    return 'id="stale"' in site.client().page("/case/P-01")


def test_a_stale_decision_is_shown_with_its_old_words_and_counts_for_nothing(changed: Site) -> None:
    page = changed.client().page("/case/P-01")
    assert 'data-do="again" data-number="' in page
    assert "tydeligt" in page
    assert "ventetid" in changed.client().page("/queue?kind=stale")


def test_it_is_said_again_of_the_words_that_the_reviewer_chose(changed: Site) -> None:
    (old,) = changed.store.decisions()
    seen = changed.store.last_number()
    answer = post(changed, f"/case/P-01/stale/{old.number}/again", sentence=1, seen=seen)
    assert answer.status_code == 200
    new = changed.store.decisions(since=old.number)[0]
    assert new.anchor is not None
    assert new.anchor.quote == "Der var lang ventetid på udredningen."
    assert new.reason == "tydeligt"
    assert not stale(changed)
    assert "tilføjet" in changed.client().page("/case/P-01/sentence/1")


def test_taking_it_back_makes_the_old_decision_stale_again(changed: Site) -> None:
    (old,) = changed.store.decisions()
    post(changed, f"/case/P-01/stale/{old.number}/again", sentence=1, seen=changed.store.last_number())
    assert changed.client().decide("P-01", 1, "undo").status_code == 200
    assert stale(changed)
    assert "tilføjet" not in changed.client().page("/case/P-01/sentence/1")


def test_it_is_put_away_and_the_log_keeps_it(changed: Site) -> None:
    (old,) = changed.store.decisions()
    assert post(changed, f"/case/P-01/stale/{old.number}/dismiss").status_code == 200
    assert not stale(changed)
    assert [each.verdict for each in changed.store.decisions()] == [Verdict.ACCEPT, Verdict.UNDO]


def test_only_stale_decisions_are_said_again(changed: Site) -> None:
    for number in (0, 99_999):
        for what in ("again", "dismiss"):
            answer = post(changed, f"/case/P-01/stale/{number}/{what}", sentence=1, seen=0)
            assert answer.status_code == 404


def test_a_rejection_has_nothing_to_reject_where_nothing_is_suggested(changed: Site) -> None:
    from dataclasses import replace

    (old,) = changed.store.decisions()
    (no,) = changed.store.add_decisions([replace(old, verdict=Verdict.REJECT, number=0, time="")])
    answer = post(changed, f"/case/P-01/stale/{no.number}/again", sentence=1, seen=changed.store.last_number())
    assert answer.status_code == 400
    assert "foreslår ikke" in answer.get_json()["message"]
    assert stale(changed)


def test_a_case_of_open_review_is_said_to_be_done_and_taken_up_again(shared: Site) -> None:
    shared.store.assign([Assignment("Q-01", "bo", "review")])
    bo = shared.client("bo")
    rows = bo.page("/")
    assert rows.index("Q-01") < rows.index("P-01")
    assert "tildelt dig" in rows
    for what, lock in (("lock", True), ("unlock", False)):
        assert f'data-do="{what}"' in bo.page("/case/Q-01")
        answer = bo.client.post(
            f"/case/Q-01/{what}", json={}, base_url=BASE, headers={"X-CSRF-Token": bo.csrf, "Origin": BASE}
        )
        assert answer.status_code == 200
        assert bool(shared.store.assignments()[0].locked) is lock
    assert 'data-do="lock"' not in shared.client("anna").page("/case/Q-01")
