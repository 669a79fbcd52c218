import re

import pytest

from pipeline.web.guard import Attempts, csrf_token, may_write_from, same_secret
from tests.web.conftest import BASE, KEY, PASSWORD, Site


def test_without_the_key_nobody_comes_in(site: Site) -> None:
    client = site.app.test_client()
    for address in ("/", "/?key=", "/?key=wrong", "/case/P-01", "/codes.json", "/graph/page", "/login"):
        assert client.get(address, base_url=BASE).status_code in (302, 401), address
    assert "P-01" not in client.get("/", base_url=BASE).get_data(as_text=True)


def test_the_key_opens_a_session_and_leaves_the_address(site: Site) -> None:
    client = site.app.test_client()
    answer = client.get(f"/?key={KEY}", base_url=BASE)
    assert answer.status_code == 303
    assert KEY not in answer.headers["Location"]
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/", base_url=BASE).status_code == 200


def test_a_cookie_travels_by_https_only_where_https_is_spoken(shared: Site) -> None:
    plain = shared.app.test_client().post("/login", data={"name": "bo", "password": PASSWORD}, base_url=BASE)
    assert "Secure" not in plain.headers["Set-Cookie"]


@pytest.mark.parametrize("host", ["evil.example:8765", "127.0.0.1:9999", "127.0.0.1", "localhost.evil.example:8765"])
def test_another_host_name_is_refused(site: Site, host: str) -> None:
    client = site.app.test_client()
    assert client.get(f"/?key={KEY}", base_url=f"http://{host}").status_code == 421


def test_a_write_from_another_site_is_refused(site: Site) -> None:
    anna = site.client()
    body = {"sentence": 1, "verdict": "accept", "code": "waiting.queue", "seen": anna.seen("P-01")}
    for headers in (
        {"X-CSRF-Token": anna.csrf, "Origin": "http://evil.example"},
        {"X-CSRF-Token": anna.csrf, "Origin": "null"},
        {"X-CSRF-Token": anna.csrf, "Sec-Fetch-Site": "cross-site"},
        {"Origin": BASE},
        {"X-CSRF-Token": "", "Origin": BASE},
        {"X-CSRF-Token": csrf_token("another session"), "Origin": BASE},
    ):
        answer = anna.client.post("/case/P-01/decide", json=body, base_url=BASE, headers=headers)
        assert answer.status_code == 403, headers
    assert site.store.decisions() == ()


@pytest.mark.parametrize(
    "address", ["/", "/case/P-01", "/queue", "/codebook", "/case/P-01/assess", "/disagreements", "/patterns", "/none"]
)
def test_every_page_carries_the_headers_and_no_script_of_its_own(site: Site, address: str) -> None:
    answer = site.client().get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    page = answer.get_data(as_text=True)
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:", page)
    assert "http://" not in page
    assert "https://" not in page


def test_name_and_password_open_a_session_and_logging_out_ends_it(shared: Site) -> None:
    bo = shared.client("bo")
    assert "bo" in bo.page("/")
    bo.post("/logout")
    assert bo.get("/").status_code in (302, 401)


def test_a_wrong_password_is_told_as_a_wrong_name_is(shared: Site) -> None:
    client = shared.app.test_client()
    answers = [
        client.post("/login", data={"name": name, "password": "forkert kode"}, base_url=BASE)
        for name in ("bo", "nobody")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].get_data() == answers[1].get_data()


def test_after_five_wrong_passwords_one_must_wait(shared: Site) -> None:
    client = shared.app.test_client()
    for _ in range(5):
        client.post("/login", data={"name": "bo", "password": "forkert kode"}, base_url=BASE)
    answer = client.post("/login", data={"name": "bo", "password": PASSWORD}, base_url=BASE)
    assert answer.status_code == 429


def test_the_wait_doubles_and_ends() -> None:
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(5):
        assert attempts.wait("x") == 0
        attempts.failed("x")
    assert attempts.wait("x") == 15
    now[0] = 15.0
    assert attempts.wait("x") == 0
    attempts.failed("x")
    assert attempts.wait("x") == 30
    attempts.passed("x")
    assert attempts.wait("x") == 0


def test_a_reader_sees_everything_and_writes_nothing(shared: Site) -> None:
    carla = shared.client("carla")
    assert "data-do=" not in carla.page("/case/P-01/sentence/1")
    assert carla.decide("P-01", 1, "accept", code="waiting.queue").status_code == 403
    assert carla.post("/case/P-01/assess", progression="progression").status_code == 403
    assert shared.store.decisions() == ()


def test_one_who_no_longer_takes_part_is_out_at_once(shared: Site) -> None:
    from pipeline.model.review import Reviewer, Role

    bo = shared.client("bo")
    assert bo.get("/").status_code == 200
    shared.store.set_reviewer(Reviewer("bo", Role.CODER, active=False))
    assert bo.get("/").status_code in (302, 401)


def test_an_empty_secret_fits_nothing() -> None:
    assert not same_secret("", "")
    assert same_secret("a", "a")


def test_writes_are_let_in_from_the_apps_own_pages_only() -> None:
    own = frozenset({BASE})
    assert may_write_from(BASE, "same-origin", own)
    assert may_write_from("", "", own)
    assert not may_write_from("null", "", own)
    assert not may_write_from(BASE, "same-site", own)
