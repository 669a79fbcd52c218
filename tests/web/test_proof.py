"""What must not happen: lost decisions, scripts in pages, case text in logs, answers to nonsense."""

import itertools
import re
import threading
from typing import Any

import pytest

from pipeline.model.review import Reviewer, Role, Verdict
from pipeline.review.check import verify
from tests.web.conftest import BASE, PASSWORD, Site, Visitor

CODE = "waiting.queue"
EVIL = "<script>alert(1)</script>\u202e=HYPERLINK(\"http://evil.example\")' onmouseover='x"


def post(visitor: Visitor, csrf: str, case: str, body: object) -> Any:
    return visitor.client.post(
        f"/case/{case}/decide", json=body, base_url=BASE, headers={"X-CSRF-Token": csrf, "Origin": BASE}
    )


@pytest.mark.parametrize("cases", [("P-01", "P-01"), ("P-01", "Q-01")])
def test_two_reviewers_at_once_lose_nothing(shared: Site, cases: tuple[str, str]) -> None:
    acknowledged: dict[str, list[str]] = {"anna": [], "bo": []}
    conflicts = itertools.count()

    def work(name: str, case: str) -> None:
        visitor = shared.client(name)
        csrf, seen = visitor.csrf, visitor.seen(case)
        for number in range(50):
            while True:
                verdict = ("accept", "reject", "unsure")[number % 3]
                body = {"sentence": 1, "verdict": verdict, "code": CODE, "seen": seen, "reason": f"{name} {number}"}
                answer = post(visitor, csrf, case, body)
                seen = answer.get_json()["version"]
                if answer.status_code == 200:
                    acknowledged[name].append(body["reason"])  # type: ignore[arg-type]
                    break
                assert answer.status_code == 409
                next(conflicts)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(acknowledged, cases, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, reasons in acknowledged.items():
        assert len(reasons) == 50
        assert [each.reason for each in shared.store.decisions(reviewer=name)] == reasons
    if cases[0] != cases[1]:
        assert next(conflicts) == 0
    assert verify(shared.store.database).problems == ()


def test_hostile_names_and_reasons_stay_text_on_every_page(site: Site) -> None:
    name = "<b>Eva</b> =1+1"
    site.store.set_reviewer(Reviewer(name, Role.CODER))
    anna = site.client()
    assert anna.decide("P-01", 1, "unsure", code=CODE, reason=EVIL).status_code == 200
    coding = site.store.decisions()[0]
    from dataclasses import replace

    site.store.add_decisions([replace(coding, reviewer=name, verdict=Verdict.REJECT, number=0, time="")])
    anna.post("/case/P-01/assess", seen=str(site.store.last_number()), progression=["none"], note=EVIL)
    assert site.store.assessments()[0].note == EVIL
    for address in (
        "/", "/case/P-01", "/case/P-01/sentence/1", "/case/R-01", "/queue", "/queue?kind=unsure", "/disagreements",
        "/case/P-01/assess", f"/codebook/{CODE}", f"/?q={EVIL}", f"/queue?code={EVIL}", f"/queue?case={EVIL}",
    ):  # fmt: skip
        page = anna.page(address)
        assert "<script>alert" not in page, address
        assert "<b>Eva</b>" not in page, address
        assert "<script>document" not in page, address
        assert not re.search(r"<[^>]*\sonmouseover='", page), address
    assert "\u202e" in anna.page("/case/P-01/sentence/1")
    assert re.search(r"<bdi>[^<]*\u202e", anna.page("/case/P-01/sentence/1"))


@pytest.mark.parametrize(
    "address",
    ["/case/..%2f..%2freview.sqlite", "/case/../../review.sqlite", "/case/%00", "/static/../app.py",
     "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/app.py", "/case/P-01/sentence/0", "/case/P-01/sentence/999",
     "/case/P-01/sentence/-1", "/codebook/..%2fx", "/patterns/..%2f..%2fx", "/queue?kind=..", "/queue/next?case=..",
     "/queue/next?case=P-01&kind=none"],
)  # fmt: skip
def test_addresses_that_lead_nowhere_are_not_found(site: Site, address: str) -> None:
    answer = site.client().get(address)
    assert answer.status_code == 404
    assert b"SQLite" not in answer.get_data()


@pytest.mark.parametrize(
    "body",
    [[], "text", 7, {}, {"verdict": ["accept"], "sentence": 1, "seen": 0}, {"verdict": "accept"},
     {"verdict": "accept", "sentence": "1", "seen": 0, "code": CODE},
     {"verdict": "accept", "sentence": True, "seen": 0, "code": CODE},
     {"verdict": "accept", "sentence": 1, "seen": -1, "code": CODE},
     {"verdict": "accept", "sentence": 1, "seen": 10**30, "code": CODE},
     {"verdict": "accept", "sentence": 1.5, "seen": 0, "code": CODE},
     {"verdict": "accept", "sentence": 1, "seen": 0, "code": {"a": 1}},
     {"verdict": "reject", "sentence": 1, "seen": 0, "code": CODE, "reason": ["why"]},
     {"verdict": "add", "sentence": 1, "seen": 0, "code": CODE, "start": 1e400},
     {"verdict": "comment", "sentence": 1, "seen": 0, "code": CODE, "reason": "  "}],
)  # fmt: skip
def test_a_body_of_other_kinds_is_refused(site: Site, body: object) -> None:
    anna = site.client()
    assert post(anna, anna.csrf, "P-01", body).status_code == 400
    assert site.store.decisions() == ()


def test_what_is_too_long_is_refused_and_never_cut(site: Site) -> None:
    anna = site.client()
    assert anna.decide("P-01", 1, "reject", code=CODE, reason="æ" * 2000).status_code == 200
    assert site.store.decisions()[0].reason == "æ" * 2000
    answer = anna.decide("P-01", 1, "reject", code=CODE, reason="æ" * 2001)
    assert answer.status_code == 413
    assert "Intet er gemt" in answer.get_json()["message"]
    huge = {"sentence": 1, "verdict": "accept", "seen": 9, "code": "x" * 5_000_000}
    assert post(anna, anna.csrf, "P-01", huge).status_code == 413
    assert anna.post("/case/P-01/assess", seen="9", note="x" * 5_000_000).status_code == 413
    assert len(site.store.decisions()) == 1


def test_a_long_assessment_is_kept_whole(site: Site) -> None:
    anna = site.client()
    words = "æøå " * 4000
    parts = {f"{name}_{side}": words for name in ("job_education", "social_network") for side in ("before", "after")}
    seen = site.store.last_number()
    assert anna.post("/case/P-01/assess", seen=seen, note=words, **parts).status_code == 303
    (made,) = site.store.assessments()
    assert made.note == words.strip()
    assert [status.before for status in made.statuses] == [words.strip()] * 2


def test_what_no_file_can_hold_is_left_out_of_a_reason(site: Site) -> None:
    site.client().decide("P-01", 1, "reject", code=CODE, reason="a\x00b\x07c\ud800d 🙂\te")
    assert site.store.decisions()[0].reason == "abcd 🙂\te"


def test_looking_with_other_methods_changes_nothing(site: Site) -> None:
    anna = site.client()
    before = site.store.last_number()
    for address in ("/", "/case/P-01", "/queue", "/codes.json"):
        head = anna.client.head(address, base_url=BASE)
        assert head.status_code == 200
        assert head.get_data() == b""
        assert anna.client.options(address, base_url=BASE).status_code == 200
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        answer = anna.client.open("/case/P-01", method=method, base_url=BASE, headers={"X-CSRF-Token": anna.csrf})
        assert answer.status_code == 405
    nobody = site.app.test_client()
    assert nobody.head("/case/P-01", base_url=BASE).status_code == 401
    assert site.store.last_number() == before


def test_no_case_text_in_the_terminal_or_the_page_when_something_breaks(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    words = "Der var ventetid på udredning"

    def break_down(*_: object, **__: object) -> None:
        raise ValueError(words)

    anna = site.client()
    monkeypatch.setattr("pipeline.web.pages.read_page", break_down)
    answer = anna.get("/case/P-01")
    assert answer.status_code == 500
    told = "".join(capfd.readouterr()) + answer.get_data(as_text=True)
    assert "ValueError" in told
    assert "ventetid" not in told
    assert "udredning" not in told


def test_a_password_is_in_no_log_and_no_page(shared: Site, capfd: pytest.CaptureFixture[str]) -> None:
    visitor = shared.client("bo")
    page = visitor.page("/")
    assert PASSWORD not in page + "".join(capfd.readouterr())


def test_a_core_code_and_its_detail_are_accepted_as_one_step(site: Site) -> None:
    from pipeline.web.marks import core_of

    codes = ["barrier.finances.debt", "barrier.finances", "waiting.queue"]
    assert core_of(codes) == {
        "barrier.finances.debt": "barrier.finances", "barrier.finances": "barrier.finances",
        "waiting.queue": "waiting.queue",
    }  # fmt: skip
    anna = site.client()
    assert anna.decide("P-01", 1, "accept", code=CODE, family=True).status_code == 200
    assert anna.decide("P-01", 1, "accept", code="barrier.finances", family=True).status_code == 404
    assert site.store.decisions()[0].batch
