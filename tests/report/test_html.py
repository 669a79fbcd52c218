import re
from functools import cache
from html.parser import HTMLParser

from pipeline.patterns.tables import CellKind
from pipeline.report.html import html_page
from tests.report.made_full import CASES, full_report, public

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page and remembers its elements; an end that does not fit its beginning is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.images: list[str] = []
        self.scopes: list[str | None] = []
        self.details = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and (found.get("href") or "").startswith("#"):
            self.targets.append(str(found["href"])[1:])
        if tag == "img":
            self.images.append(found.get("alt") or "")
        if tag == "th":
            self.scopes.append(found.get("scope"))
        self.details += tag == "details" and found.get("class") == "n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@cache
def page() -> str:
    return html_page(full_report())


@cache
def read() -> Reader:
    reader = Reader()
    reader.feed(page())
    return reader


def test_the_page_is_whole_and_every_link_leads_somewhere() -> None:
    assert read().open == []
    assert len(set(read().ids)) == len(read().ids)
    assert set(read().targets) <= set(read().ids)


def test_the_page_needs_nothing_from_outside() -> None:
    assert not re.search(r"(?:src|href)=[\"'](?!#|data:)", page())
    assert "http://" not in re.sub(r"base64,[A-Za-z0-9+/=]+", "", page())
    assert "https://" not in page()
    assert "@import" not in page()


def test_header_cells_have_their_scope_and_pictures_their_words() -> None:
    assert read().scopes
    assert all(read().scopes)
    assert len(read().images) == len(full_report().figures)
    assert all(len(words) > 20 for words in read().images)


def test_every_number_that_knows_its_cases_opens_them() -> None:
    report = full_report()
    tables = [table for _, table in report.tables] + list(report.extra)
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    counted = [cell for cell in cells if cell.cases and cell.kind is CellKind.COUNT]
    assert read().details == len(counted) > 200
    code = next(cell for cell in counted if dict(cell.query).get("code") == "relation.trust")
    assert f'id="q-relation.trust-{code.cases[0]}"' in page()


def test_each_case_stands_at_the_end_once() -> None:
    assert [name[2:] for name in read().ids if name.startswith("c-")] == sorted(case.id for case in CASES)


def test_the_page_is_the_same_every_time_and_in_the_language_asked_for() -> None:
    assert html_page(full_report()) == page()
    assert '<html lang="da">' in page()
    english = html_page(full_report("en"))
    assert '<html lang="en">' in english
    assert "Table 1" in english


def test_the_public_page_opens_nothing_and_runs_no_script() -> None:
    shown = html_page(public().report)
    assert "<details" not in shown
    assert "<script" not in shown
    assert 'class="hidden"' in shown
