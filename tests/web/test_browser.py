"""The reading page in a real browser, by keyboard; skipped where there is no Chromium."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from werkzeug.serving import make_server

from pipeline.model.review import Reviewer, Role, Verdict
from pipeline.project import open_project
from pipeline.rebuild import rebuild
from pipeline.review.store import ReviewStore
from pipeline.reviewing import open_review
from pipeline.web.app import create_app
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace
from tests.projects import make_project, write_case

KEY = "the-key-that-is-printed"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
HOSTILE = "Der var ventetid <script>document.title='HACKED'</script> \u202eog gæld 🙂 på <b>svar</b>."

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            yield browser
            browser.close()
    except Error as error:
        pytest.skip(f"Chromium did not start: {str(error).splitlines()[0]}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_project(tmp_path_factory.mktemp("browser"))
    write_case(folder / "corpus" / "R-01.docx", "Kommune R", "Voksen", "Ida, 30 år", HOSTILE, "Ida har fået job.")
    rebuild(open_project(folder))
    return folder


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[ReviewStore]:
    copy = Path(shutil.copytree(folder, tmp_path / "project"))
    with open_review(open_project(copy), create=True, backups=False) as store:
        store.set_reviewer(Reviewer("anna", Role.ADJUDICATOR))
        yield store


@pytest.fixture
def base(store: ReviewStore) -> Iterator[str]:
    work = Workspace(open_project(store.path.parent), store)
    server = make_server("127.0.0.1", 0, None, threaded=True)  # type: ignore[arg-type]
    hosts = local_hosts(server.server_port)
    server.app = create_app(work, ServeSettings(hosts=hosts, key=KEY, reviewer="anna"))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="da-DK")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("request", lambda request: None if request.url.startswith(base) else wrong.append(request.url))
    page.goto(f"{base}/?key={KEY}")
    yield page
    context.close()
    assert wrong == []


def verdicts(store: ReviewStore) -> list[tuple[str, str]]:
    return [(each.verdict.value, each.code) for each in store.decisions()]


def test_a_case_is_audited_with_the_keyboard_alone(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "1")
    expect(page.locator(".coding.now")).to_have_attribute("data-code", "waiting.queue")
    page.keyboard.press("a")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    page.keyboard.press("r")
    page.keyboard.type("Kun nævnt")
    page.keyboard.press("Enter")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "3")
    assert verdicts(store) == [("accept", "waiting.queue"), ("reject", "barrier.finances")]
    assert store.decisions()[1].reason == "Kun nævnt"
    page.keyboard.press("z")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    assert store.decisions()[-1].verdict is Verdict.UNDO
    page.keyboard.press("k")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "1")


def test_a_code_is_found_by_typing_and_put_on_the_sentence(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("i")
    expect(page.locator("#choose-text")).to_be_focused()
    page.keyboard.type("øko")
    expect(page.locator('#choose-list li[aria-selected="true"]')).to_contain_text("Økonomi")
    page.keyboard.press("Enter")
    expect(page.locator(".coding")).to_have_count(2)
    assert verdicts(store) == [("add", "barrier.finances")]


def test_words_selected_with_the_keyboard_get_a_code(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("i")
    page.keyboard.type("job")
    page.keyboard.press("Enter")
    expect(page.locator(".coding")).to_have_count(2)
    anchor = store.decisions()[0].anchor
    assert anchor is not None
    assert anchor.quote == "ventetid"


def test_recode_unsure_and_comment_have_a_key_each(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("m")
    page.keyboard.type("Se også bilag")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict.comment")).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.type("job")
    page.keyboard.press("Enter")
    expect(page.locator(".coding.yes")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    expect(page.locator(".coding.now")).to_have_attribute("data-code", "barrier.finances")
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "3")
    assert [verdict for verdict, _ in verdicts(store)] == ["comment", "recode", "unsure"]


def test_two_windows_on_one_sentence_lose_nothing(page: Page, base: str, store: ReviewStore) -> None:
    other = page.context.new_page()
    for each in (page, other):
        each.goto(f"{base}/case/P-01")
        expect(each.locator(".coding.now")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    other.keyboard.press("r")
    other.keyboard.press("Enter")
    expect(other.locator("#toast")).to_contain_text("anna")
    expect(other.locator(".coding .verdict.accept")).to_be_visible()
    assert verdicts(store) == [("accept", "waiting.queue")]
    other.close()


def test_hostile_text_stays_text(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/R-01")
    expect(page.locator(".coding.now")).to_be_visible()
    assert page.title() == "R-01 – casepath"
    assert "<script>" in page.locator("article").inner_text()
    page.keyboard.press("r")
    page.keyboard.type("<img src=x onerror=document.title='HACKED'>")
    page.keyboard.press("Enter")
    expect(page.locator(".s.here")).not_to_have_attribute("data-n", "0")
    page.keyboard.press("k")
    expect(page.locator(".verdict").first).to_contain_text("<img src=x")
    assert page.title() == "R-01 – casepath"


def test_a_selection_counts_code_points_beyond_emoji(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/R-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.getElementById('s1'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf('<b>svar');
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at + 3);
                range.setEnd(node, at + 7);
                window.getSelection().removeAllRanges();
                window.getSelection().addRange(range);
                return;
            }
        }"""
    )
    page.keyboard.press("i")
    page.keyboard.type("job")
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("Gemt")
    anchor = store.decisions()[0].anchor
    assert anchor is not None
    assert anchor.quote == "svar"


def test_a_stopped_server_is_told_and_the_page_stays(page: Page, base: str, store: ReviewStore) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.route("**/decide", lambda route: route.abort())
    page.keyboard.press("a")
    expect(page.locator("#toast")).to_contain_text("ikke gemt")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "1")
    assert store.decisions() == ()
    page.unroute("**/decide")
    page.keyboard.press("a")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")


@pytest.mark.parametrize(
    "address",
    ["/", "/case/P-01", "/queue", "/case/P-01/assess", "/codebook", "/codebook/waiting.queue", "/disagreements",
     "/patterns", "/patterns/category_by_cluster"],
)  # fmt: skip
def test_no_serious_findings_of_axe(page: Page, base: str, address: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.goto(base + address)
    if address == "/case/P-01":
        expect(page.locator(".coding.now")).to_be_visible()
    page.context.set_extra_http_headers({})
    found = axe.run(page).response["violations"]
    serious = [
        (each["id"], [node["target"] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("size", [(1280, 800), (820, 1180)])
def test_the_page_fits_a_laptop_and_a_tablet(browser: Browser, base: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(f"{base}/?key={KEY}")
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator(".coding.now h3").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]
    assert re.search(r"\d", page.locator("#left").inner_text() or "0")
    context.close()
