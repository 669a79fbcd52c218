import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.codebook.docs import codebook_document
from pipeline.codebook.document import Bullets, Heading, Paragraph, Table
from pipeline.codebook.html_page import codebook_html
from pipeline.codebook.wording import DANISH, ENGLISH, Wording
from pipeline.model.codes import CueKind, Pole, When
from tests.codebook.folders import THEME, load_good

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Collects ids, links and texts, and refuses tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = 0
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labelled: list[str] = []
        self.headings: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.deepest = max(self.deepest, self.open.count("section"))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name == "aria-labelledby":
                self.labelled.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_danish_document_tells_each_code(tmp_path: Path) -> None:
    document = codebook_document(load_good(tmp_path), "da")
    assert document.title == "Kodebog: Lille"
    assert document.subtitle == "Version 2.1: 1 temaer, 2 hovedkoder og 1 underkoder"
    start = document.blocks.index(Heading(2, "Kø", "code-waiting-queue", "waiting.queue"))
    assert document.blocks[start + 1 : start + 6] == (
        Paragraph("Sagen venter.", "Definition"),
        Paragraph("Hæmmer", "Retning"),
        Bullets(("andet (→ waiting.processing)",), "Kodes ikke"),
        Bullets(("Hun stod på venteliste.", "[Vi søgte.] Tiden kom. (før forløbet)"), "Eksempler"),
        Bullets(("Ingen ventede. (negated)",), "Modeksempler"),
    )
    assert document.blocks[start + 6] == Heading(
        3, "Psykiatri", "code-waiting-queue-psychiatry", "waiting.queue.psychiatry"
    )


def test_an_english_document_uses_english_definitions_and_marks_danish_ones(tmp_path: Path) -> None:
    theme = THEME.replace("Sagen venter.\n", "Sagen venter.\n    definition_en: The case waits.\n")
    document = codebook_document(load_good(tmp_path, {"themes/waiting.yaml": theme}), "en")
    assert Paragraph("The case waits.", "Definition") in document.blocks
    assert Paragraph("Sagen trækker ud.", "Definition", "da") in document.blocks
    assert Bullets(("andet (→ waiting.processing)",), "Not coded", "da") in document.blocks


def test_the_number_of_examples_is_the_readers_choice(tmp_path: Path) -> None:
    codebook = load_good(tmp_path)
    for number, expected in ((0, []), (1, [1, 1]), (9, [2, 1])):
        blocks = codebook_document(codebook, "da", examples=number).blocks
        shown = [len(block.items) for block in blocks if isinstance(block, Bullets) and "ksempler" in block.lead]
        assert shown == expected


def test_rules_lists_and_cues_are_shown_on_demand(tmp_path: Path) -> None:
    codebook = load_good(tmp_path)
    plain = {block.caption for block in codebook_document(codebook, "da").blocks if isinstance(block, Table)}
    full = {
        block.caption: block
        for block in codebook_document(codebook, "da", rules=True).blocks
        if isinstance(block, Table)
    }
    assert set(full) - plain == {"Regler", "Ordlister", "Kontekstord"}
    assert full["Regler"].rows == (
        ("waiting.queue/list", "*venteliste; vente ..3 @service", "afsnit: course. klynge: family. om: citizen"),
    )
    assert full["Kontekstord"].rows[0] == ("negation.not", "benægtet: kodes ikke", "=ikke")


def test_the_theory_is_told_with_labels_and_sources(tmp_path: Path) -> None:
    tables = {
        block.caption: block for block in codebook_document(load_good(tmp_path)).blocks if isinstance(block, Table)
    }
    assert tables["Begreber"].rows == (("Ventetid", "Hæmmer", "Kø"), ("Progression", "Neutral", "ingen kode"))
    assert tables["Antagelser"].rows == (("Ventetid", "hæmmer", "Progression", "afsnit 6.2.1"),)


@pytest.mark.parametrize("wording", [DANISH, ENGLISH])
def test_every_pole_and_cue_has_words(wording: Wording) -> None:
    assert set(wording.poles) == set(Pole)
    assert set(wording.whens) == set(When)
    assert set(wording.kinds) == set(CueKind)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_page_is_well_formed_and_its_links_lead_somewhere(tmp_path: Path, lang: str) -> None:
    text = codebook_html(load_good(tmp_path), lang, rules=True)
    page = Page(text)
    assert page.open == []
    assert text.startswith(f'<!doctype html>\n<html lang="{lang}">')
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} | set(page.labelled) <= set(page.ids)
    assert page.headings[0] == 1
    assert page.deepest == max(page.headings) - 1 == 3
    assert all(following <= level + 1 for level, following in zip(page.headings, page.headings[1:], strict=False))


def test_the_page_needs_nothing_from_outside(tmp_path: Path) -> None:
    text = codebook_html(load_good(tmp_path))
    assert not re.search(r"https?:|src=|@import|url\(", text)


def test_the_page_escapes_what_the_codebook_says(tmp_path: Path) -> None:
    theme = THEME.replace("definition: Sagen venter.", 'definition: "<b>Sagen</b> & \\"venter\\"."')
    theme = theme.replace("Hun stod på venteliste.", "Hun <b>stod</b> på venteliste.").replace(
        "da: Kø,", "da: <b>Kø</b>,"
    )
    text = codebook_html(load_good(tmp_path, {"themes/waiting.yaml": theme}), rules=True)
    assert "&lt;b&gt;Sagen&lt;/b&gt; &amp; &quot;venter&quot;." in text
    assert "<b>" not in text


def test_the_page_is_the_same_every_time(tmp_path: Path) -> None:
    assert codebook_html(load_good(tmp_path / "a")) == codebook_html(load_good(tmp_path / "b"))
