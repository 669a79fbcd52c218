import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from pipeline.graph.build import build_graph
from pipeline.graph.layout import Route, layered_layout, through
from pipeline.graph.page import along, control_points, page
from pipeline.graph.public import public_graph
from pipeline.graph.value import Graph
from pipeline.model.codes import Pole
from tests.graph.made import cases, codebook, coding, edge_of, reference_graph
from tests.graph.test_layout import BOXES

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
HOSTILE = (
    'Han sagde </script><script>document.title="taken"</script> <b>nej</b> & http://eksempel.dk/x @data@ \u2028 🙂'
)


@cache
def hostile() -> Graph:
    """A small graph with words that try to be markup."""
    book = codebook([("a", ("x.a",), 0, Pole.FACILITATOR), ("b", ("x.b",), 1, Pole.INHIBITOR)], [("a", "b", "-")])
    codings = [coding(f"C-{n:02}", "x.a", words=HOSTILE) for n in range(12)]
    codings += [coding(f"C-{n:02}", "x.b", words=f"Ord {n}.") for n in range(10, 24)]
    codings.append(coding("C-23", "x.a", before=True))
    return build_graph(cases(24), codings, (), book)


@cache
def whole() -> str:
    return page(reference_graph())


def data_of(text: str) -> Any:
    found = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def test_no_address_stands_in_the_page_and_its_policy_forbids_to_fetch_anything() -> None:
    for text in (whole(), page(hostile())):
        assert not re.findall(r"\b(?:https?|wss?|ftp)://", text)
        assert not re.findall(r"<(?:link|img|iframe|script)\b[^>]*\b(?:src|href)\s*=", text)
        assert "default-src 'none'" in text


def test_words_that_look_like_markup_stay_words() -> None:
    text = page(hostile())
    assert text.count("<script") == text.count("</script>") == 3
    quotes = data_of(text)["nodes"][0]["quotes"]
    assert quotes["C-00"][0][1] == " ".join(HOSTILE.split())


def test_the_page_holds_every_edge_with_its_cases_quotations_and_counter_examples() -> None:
    graph = reference_graph()
    data = data_of(whole())
    assert [edge["id"] for edge in data["edges"]] == [edge.id for edge in graph.edges]
    edge = edge_of(graph, "trust", "citizen")
    told = next(each for each in data["edges"] if each["id"] == edge.id)
    assert (told["cases"], told["counter"]) == (list(edge.cases), list(edge.counter_cases))
    nodes = {node["id"]: node for node in data["nodes"]}
    assert set(nodes["trust"]["quotes"]) >= set(edge.cases) | set(edge.counter_cases)


def test_the_library_comes_with_its_licence() -> None:
    assert "The Cytoscape Consortium" in whole()
    assert "Permission is hereby granted" in whole()


def test_the_page_is_the_same_every_time_and_speaks_two_languages() -> None:
    assert page(hostile()) == page(hostile())
    assert "Search concept" in page(hostile(), lang="en")
    assert "Søg begreb" in page(hostile())


def test_a_public_page_says_that_something_is_left_out_and_holds_none_of_it() -> None:
    text = page(public_graph(hostile()))
    assert "Han sagde" not in text
    assert "C-00" not in text
    assert data_of(text)["public"] is True


def test_points_are_told_along_and_beside_a_line() -> None:
    assert along((0, 0), (10, 0), [(5, 2), (10, -3)]) == ([0.5, 1.0], [2.0, -3.0])
    assert along((0, 0), (0, 10), [(4, 5)]) == ([0.5], [-4.0])


def test_a_bent_way_is_pulled_by_points_and_a_straight_one_by_none() -> None:
    assert control_points(through("a", "b", [(0, 0), (100, 0)])) == []
    assert control_points(through("a", "b", [(0, 0), (100, 40)])) == [(50, 0), (50, 40)]
    long: Route = layered_layout(BOXES, [("00", "32")]).routes[0]
    assert set(long.points[1:-1]) <= set(control_points(long))


pytest_browser = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium on this machine (Debian: apt-get install chromium)"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            yield browser
            browser.close()
    except Error as error:
        pytest.skip(f"Chromium did not start: {str(error).splitlines()[0]}")


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, str]]:
    """A browser without network, and the address of the page in it; no error and no message may come."""
    (tmp_path / "graph.html").write_text(page(hostile()), encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    trouble: list[str] = []
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    tab.on("console", lambda message: trouble.append(message.text))
    tab.on("requestfailed", lambda request: trouble.append(request.url))
    yield tab, (tmp_path / "graph.html").as_uri()
    context.close()
    assert trouble == []


@pytest_browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
class TestInABrowser:
    """What a reader does with mouse, keyboard and links."""

    def test_a_link_opens_its_edge_with_cases_quotations_and_counter_examples(self, opened: tuple[Page, str]) -> None:
        tab, address = opened
        tab.goto(address + "#edge=theory~a~b")
        panel = tab.locator("#panel")
        expect(panel.locator("h2")).to_contain_text("A → B".lower())
        expect(panel.locator(".claim")).to_have_text("Ifølge teorien: svækker")
        expect(panel.locator("h3").nth(0)).to_have_text("Cases med det første uden det andet (10)")
        expect(panel.locator("h3").nth(1)).to_have_text("Modeksempler: cases med begge (2)")
        expect(panel.locator(".case").nth(0)).to_contain_text("</script><script>")
        expect(panel.locator(".case").nth(11)).to_contain_text("Ord 11.")
        assert tab.title() == "Fremmere og hæmmere for progression"

    def test_a_click_on_a_line_opens_it_and_escape_closes_it(self, opened: tuple[Page, str]) -> None:
        tab, address = opened
        tab.goto(address)
        expect(tab.locator("#panel h2")).to_have_text("1 forbindelser")
        x, y = tab.evaluate("""() => {
            const cy = document.getElementById('canvas')._cyreg.cy;
            const edge = cy.getElementById('theory~a~b');
            const box = document.getElementById('canvas').getBoundingClientRect();
            const middle = edge.renderedMidpoint();
            return [box.left + middle.x, box.top + middle.y];
        }""")
        tab.mouse.click(x, y)
        expect(tab.locator("#panel .claim")).to_have_text("Ifølge teorien: svækker")
        assert tab.url.endswith("#edge=theory~a~b")
        tab.keyboard.press("Escape")
        expect(tab.locator("#panel h2")).to_have_text("1 forbindelser")

    def test_the_list_works_by_keyboard_alone(self, opened: tuple[Page, str]) -> None:
        tab, address = opened
        tab.goto(address)
        tab.locator("#panel ul.edges button").first.focus()
        tab.keyboard.press("Enter")
        expect(tab.locator("#panel .claim")).to_be_visible()
        tab.locator("#panel button").first.focus()
        tab.keyboard.press("Enter")
        expect(tab.locator("#panel h2")).to_have_text("1 forbindelser")

    def test_search_and_filters_narrow_the_list(self, opened: tuple[Page, str]) -> None:
        tab, address = opened
        tab.goto(address)
        tab.fill("#search", "findes ikke")
        expect(tab.locator("#panel h2")).to_have_text("0 forbindelser")
        tab.fill("#search", "6.5")
        expect(tab.locator("#panel h2")).to_have_text("1 forbindelser")
        tab.fill("#least", "11")
        expect(tab.locator("#panel h2")).to_have_text("0 forbindelser")
        tab.fill("#least", "10")
        expect(tab.locator("#panel h2")).to_have_text("1 forbindelser")
        tab.get_by_label("−").uncheck()
        expect(tab.locator("#panel h2")).to_have_text("0 forbindelser")

    def test_a_node_opens_with_its_edges_cases_and_what_was_before(self, opened: tuple[Page, str]) -> None:
        tab, address = opened
        tab.goto(address + "#node=a")
        panel = tab.locator("#panel")
        expect(panel.locator("ul.edges button").first).to_be_visible()
        expect(panel).to_contain_text("Kun kodet som før forløbet (1)")
        expect(panel).to_contain_text("C-23")

    def test_an_unknown_link_shows_the_list(self, opened: tuple[Page, str]) -> None:
        tab, address = opened
        tab.goto(address + "#edge=%E0%A4%A")
        expect(tab.locator("#panel h2")).to_have_text("1 forbindelser")


def test_an_edge_whose_numbers_are_hidden_says_why() -> None:
    graph = hostile()
    bare = replace(graph, edges=public_graph(graph, threshold=20).edges)
    told = data_of(page(bare))["edges"][0]
    assert ["Tallene er udeladt: for få cases.", ""] in told["numbers"]
