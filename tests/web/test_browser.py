"""The reading page in a real browser, by keyboard; skipped where there is no Chromium."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from pipeline.model.review import Decision, Verdict
from pipeline.review.live import live_decisions
from pipeline.review.store import ReviewStore
from pipeline.reviewing import open_review
from pipeline.settings import open_project
from pipeline.web.app import create_app
from pipeline.web.context import EXTENSION, Desk
from pipeline.web.listening import listen
from pipeline.web.settings import ServeSettings, local_hosts
from pipeline.web.workspace import Workspace

KEY = "the-key-that-is-printed"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)

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
def store(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewStore]:
    copy = Path(shutil.copytree(built, tmp_path_factory.mktemp("browser") / "project"))
    with open_review(open_project(copy), backups=False) as store:
        yield store


@pytest.fixture(scope="module")
def base(store: ReviewStore) -> str:
    server = listen("127.0.0.1", 0)
    settings = ServeSettings(hosts=local_hosts(server.port), key=KEY, reviewer="anna")
    app = create_app(Workspace(open_project(store.path.parent), store), settings)
    desk: Desk = app.extensions[EXTENSION]
    desk.figures.latest(desk.work.sync())
    desk.figures.wait()
    threading.Thread(target=server.run, args=(app,), daemon=True).start()
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="module")
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="da-DK")
    page = context.new_page()
    page.goto(f"{base}/?key={KEY}")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, base: str, store: ReviewStore) -> Iterator[Page]:
    """A window of the one browser; what the test decided is taken back after it."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("request", lambda request: None if request.url.startswith(base) else wrong.append(request.url))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    page.close()
    left = [each.number for each in live_decisions(store.decisions())]
    if left:
        store.undo(left, reviewer="anna")
    assert wrong == []


@pytest.fixture
def since(store: ReviewStore) -> int:
    """The log's last number when the test began."""
    return store.last_number()


def made(store: ReviewStore, since: int) -> tuple[Decision, ...]:
    return store.decisions(since=since)


def verdicts(store: ReviewStore, since: int) -> list[tuple[str, str]]:
    return [(each.verdict.value, each.code) for each in made(store, since)]


def test_a_case_is_audited_with_the_keyboard_alone(page: Page, base: str, store: ReviewStore, since: int) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "1")
    expect(page.locator(".coding.now")).to_have_attribute("data-code", "waiting.queue")
    page.keyboard.press("a")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    page.keyboard.press("r")
    page.keyboard.type("Kun nævnt")
    page.keyboard.press("Enter")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "3")
    assert verdicts(store, since) == [("accept", "waiting.queue"), ("reject", "barrier.finances")]
    assert made(store, since)[1].reason == "Kun nævnt"
    page.keyboard.press("z")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    assert made(store, since)[-1].verdict is Verdict.UNDO
    page.keyboard.press("k")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "1")


def test_a_code_is_found_by_typing_and_put_on_the_sentence(
    page: Page, base: str, store: ReviewStore, since: int
) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("i")
    expect(page.locator("#choose-text")).to_be_focused()
    page.keyboard.type("øko")
    expect(page.locator('#choose-list li[aria-selected="true"]')).to_contain_text("Økonomi")
    page.keyboard.press("Enter")
    expect(page.locator(".coding")).to_have_count(2)
    assert verdicts(store, since) == [("add", "barrier.finances")]


def test_words_selected_with_the_keyboard_get_a_code(page: Page, base: str, store: ReviewStore, since: int) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("i")
    page.keyboard.type("job")
    page.keyboard.press("Enter")
    expect(page.locator(".coding")).to_have_count(2)
    anchor = made(store, since)[0].anchor
    assert anchor is not None
    assert anchor.quote == "ventetid"


def test_recode_unsure_and_comment_have_a_key_each(page: Page, base: str, store: ReviewStore, since: int) -> None:
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
    assert [verdict for verdict, _ in verdicts(store, since)] == ["comment", "recode", "unsure"]


def test_two_windows_on_one_sentence_lose_nothing(page: Page, base: str, store: ReviewStore, since: int) -> None:
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
    assert verdicts(store, since) == [("accept", "waiting.queue")]
    other.close()


def test_hostile_text_stays_text(page: Page, base: str, store: ReviewStore, since: int) -> None:
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


def test_a_selection_counts_code_points_beyond_emoji(page: Page, base: str, store: ReviewStore, since: int) -> None:
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
    anchor = made(store, since)[0].anchor
    assert anchor is not None
    assert anchor.quote == "svar"


def test_a_stopped_server_is_told_and_the_page_stays(page: Page, base: str, store: ReviewStore, since: int) -> None:
    stopped = [True]
    page.route("**/decide", lambda route: route.abort() if stopped else route.continue_())
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("#toast")).to_contain_text("ikke gemt")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "1")
    assert made(store, since) == ()
    stopped.clear()
    page.keyboard.press("a")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")


ADDRESSES = [
    "/", "/case/P-01", "/queue", "/queue?kind=code", "/case/P-01/assess", "/codebook", "/codebook/waiting.queue",
    "/disagreements", "/patterns", "/patterns/category_by_cluster", "/nowhere",
]  # fmt: skip


def test_no_serious_findings_of_axe(page: Page, base: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    serious = []
    for address in ADDRESSES:
        page.goto(base + address)
        if address == "/case/P-01":
            expect(page.locator(".coding.now")).to_be_visible()
        found = axe.run(page).response["violations"]
        serious += [
            (address, each["id"], [node["target"] for node in each["nodes"]][:3])
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
    assert serious == []


@pytest.mark.parametrize("size", [(1280, 800), (820, 1180), (420, 900)])
def test_every_page_fits_a_laptop_a_tablet_and_a_phone_and_can_be_touched(
    page: Page, base: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in ADDRESSES:
        page.goto(base + address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        if size[0] < 1000:
            small = page.evaluate(
                """() => [...document.querySelectorAll("button, a, select, summary, input:not([type=hidden])")]
                    .filter((each) => each.getClientRects().length && !each.closest("label, .skip"))
                    .filter((each) => each.getBoundingClientRect().height < 31.5 && each.className !== "skip")
                    .map((each) => each.outerHTML.slice(0, 80))"""
            )
            assert small == [], address
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    box = page.locator(".coding.now h3").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size[1]
    assert page.evaluate("window.scrollY") == 0
    assert re.search(r"\d", page.locator("#left").inner_text() or "0")


def test_on_a_phone_nothing_is_cut_off_and_no_row_hides_below_a_heading(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 420, "height": 900})
    for address in ADDRESSES:
        page.goto(base + address)
        cut = page.evaluate(
            """() => [...document.querySelectorAll("main *, .bar a, .bar button")]
                .filter((each) => each.getClientRects().length && !each.closest(".wide, .unseen, dialog, svg"))
                .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
                .map((each) => each.outerHTML.slice(0, 80))"""
        )
        assert cut == [], address
    for size in ((420, 900), (1280, 800)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(f"{base}/patterns/category_by_cluster")
        head, first = page.locator("thead th").first.bounding_box(), page.locator("tbody th").first.bounding_box()
        assert head is not None
        assert first is not None
        assert head["y"] + head["height"] <= first["y"] + 1


def test_a_queue_is_worked_through_without_leaving_it(page: Page, base: str, store: ReviewStore, since: int) -> None:
    page.goto(f"{base}/queue?kind=open&code=waiting.queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(".coding.now")).to_have_attribute("data-code", "waiting.queue")
    first = page.locator("main").get_attribute("data-case")
    page.keyboard.press("n")
    expect(page.locator("main")).not_to_have_attribute("data-case", first or "")
    expect(page.locator(".coding.now")).to_have_attribute("data-code", "waiting.queue")
    page.keyboard.press("p")
    expect(page.locator("main")).to_have_attribute("data-case", first or "")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("main")).not_to_have_attribute("data-case", first or "")
    assert verdicts(store, since) == [("accept", "waiting.queue")]


def test_what_all_agree_on_is_dimmed_and_stays_so(page: Page, base: str, store: ReviewStore, since: int) -> None:
    page.goto(f"{base}/case/P-01")
    expect(page.locator(".coding.now")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".s.here")).to_have_attribute("data-n", "2")
    page.keyboard.press("h")
    expect(page.locator('[data-do="hide"]')).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.locator("body.hide-agreed")).to_be_attached()
    page.locator('[data-do="hide"]').click()
    expect(page.locator('[data-do="hide"]')).to_have_attribute("aria-pressed", "false")
    assert len(made(store, since)) == 1
