"""The ledger accounts for every character, whatever is nested in whatever."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.corpus.blocks import Story
from pipeline.corpus.ledger import REASONS, Ledger
from pipeline.corpus.word import read_word
from pipeline.corpus.xmlnames import TEXT_TAGS
from pipeline.model.cases import Tally
from tests.word_files import (
    alternate,
    cell,
    control,
    deleted,
    docx_parts,
    drawn_box,
    field,
    inserted,
    note_reference,
    old_box,
    para,
    run,
    table,
    text,
    write_zip,
)

WORDS = st.text(alphabet="abcæøå \u00ad\u00a0-\n\u0301\U0001f600", max_size=6)
MARK = st.sampled_from(["", '<w:del w:id="1" w:author="X"/>', '<w:moveFrom w:id="1" w:author="X"/>'])


def field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def in_runs(words: st.SearchStrategy[str], *signs: str) -> st.SearchStrategy[str]:
    """Return what may stand in a paragraph: runs and signs, in changes, fields, controls, boxes, nested."""
    leaves = st.one_of(
        words.map(run),
        st.tuples(words, st.booleans(), st.booleans()).map(lambda x: run(x[0], bold=x[1], hidden=x[2])),
        words.map(deleted),
        st.sampled_from(["begin", "separate", "end"]).map(field_mark),
        st.sampled_from([note_reference("footnote", 2), *signs]),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("".join),
            inner.map(inserted),
            inner.map(lambda x: f'<w:del w:id="1" w:author="X">{x}</w:del>'),
            inner.map(lambda x: f'<w:moveFrom w:id="1" w:author="X">{x}</w:moveFrom>'),
            inner.map(lambda x: f"<x:odd xmlns:x='urn:x'>{x}</x:odd>"),
            inner.map(lambda x: field(" TOC ", x)),
            inner.map(lambda x: field(" REF a ", x)),
            st.tuples(inner, st.booleans()).map(lambda x: control(x[0], tag="t", prompt=x[1])),
            st.tuples(inner, inner).map(lambda x: alternate(*x)),
            inner.map(lambda x: f"<w:r>{drawn_box(para(x))}</w:r>"),
            inner.map(lambda x: f"<w:r>{old_box(table([para(x)]))}</w:r>"),
        ),
        max_leaves=8,
    )


def in_paragraphs(inline: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return paragraphs of several styles whose marks may be deleted."""
    styles = st.sampled_from(["", "Overskrift1", "Indholdsfortegnelse1", "Skjult"])
    return st.tuples(inline, MARK, styles).map(lambda x: para(x[0], mark=x[1], style=x[2]))


def in_blocks(paragraphs: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return paragraphs in tables, controls, changes and wrappers, nested."""
    return st.recursive(
        paragraphs,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map("".join),
            st.lists(inner, min_size=1, max_size=3).map(table),
            st.tuples(inner, st.booleans()).map(lambda x: control(x[0], alias="a", prompt=x[1])),
            inner.map(lambda x: control(x, gallery="Table of Contents")),
            st.tuples(inner, inner).map(lambda x: alternate(*x)),
            inner.map(lambda x: f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell(x)}</w:tr></w:tbl>"),
            inner.map(inserted),
        ),
        max_leaves=5,
    )


PARAGRAPH = in_paragraphs(in_runs(WORDS, "<w:r><w:br/><w:tab/><w:noBreakHyphen/></w:r>"))
BLOCKS = in_blocks(PARAGRAPH)
LETTERS = in_paragraphs(in_runs(st.text(alphabet="abcæøå", max_size=6)))


def characters(parts: dict[str, str | bytes]) -> int:
    """Count the characters of all text elements with nothing but a parser."""
    total = 0
    for name, content in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(content.encode() if isinstance(content, str) else content)
            total += sum(len(element.text or "") for element in root.iter(*TEXT_TAGS))
    return total


@settings(max_examples=150, deadline=None)
@given(body=BLOCKS, note=PARAGRAPH, header=PARAGRAPH)
def test_read_and_skipped_characters_are_all_there_are(body: str, note: str, header: str) -> None:
    parts = docx_parts(body, footnotes={2: note, 3: text("aldrig")}, headers=[header], comments=["bemærk"])
    with tempfile.TemporaryDirectory() as folder:
        path = write_zip(Path(folder) / "a.docx", parts)
        loaded = read_word(path, name="a.docx")
        again = read_word(path, name="a.docx")
    assert not any(problem.code == "IN33" for problem in loaded.problems)
    assert loaded.value is not None
    assert loaded == again
    assert sum(tally.characters for tally in loaded.value.ledger) == characters(parts)
    for block in loaded.value.blocks:
        assert block.text == block.text.strip()
        assert bool(block.text) != block.placeholder
        assert "\u00ad" not in block.text


@settings(max_examples=60, deadline=None)
@given(body=BLOCKS)
def test_a_path_leads_to_the_paragraph_a_block_begins_in(body: str) -> None:
    parts = docx_parts(body)
    with tempfile.TemporaryDirectory() as folder:
        loaded = read_word(write_zip(Path(folder) / "a.docx", parts), name="a.docx")
    assert loaded.value is not None
    root = etree.fromstring(str(parts["word/document.xml"]).encode())
    for block in loaded.value.blocks:
        element = root
        for step in block.place.path:
            element = element[step]
        if not block.placeholder:
            assert str(element.tag).endswith("}p")


@settings(max_examples=100, deadline=None)
@given(body=in_blocks(LETTERS), note=LETTERS, header=LETTERS)
def test_what_the_ledger_calls_read_stands_in_the_blocks(body: str, note: str, header: str) -> None:
    parts = docx_parts(body, footnotes={2: note}, headers=[header])
    with tempfile.TemporaryDirectory() as folder:
        raw = read_word(write_zip(Path(folder) / "a.docx", parts), name="a.docx").value
    assert raw is not None
    paged = sum(len(block.text) for block in raw.blocks if block.story is Story.HEADER)
    assert paged == sum(tally.characters for tally in raw.ledger if tally.content == "header")
    read = sum(len(block.text) for block in raw.blocks) - paged
    assert read == sum(tally.characters for tally in raw.ledger if tally.read)


def test_characters_that_nobody_accounted_for_are_found() -> None:
    ledger = Ledger()
    root = etree.fromstring(
        b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>abc</w:t></w:p>'
    )
    assert ledger.expect(root) == 3
    assert ledger.missing() == 3
    ledger.characters["body"] += 3
    assert ledger.missing() == 0


def test_text_hidden_in_properties_is_reported(tmp_path: Path) -> None:
    body = "<w:p><w:pPr><w:t>gemt</w:t></w:pPr><w:r><w:t>synlig</w:t></w:r></w:p>"
    loaded = read_word(write_zip(tmp_path / "a.docx", docx_parts(body)), name="a.docx")
    assert loaded.value is not None
    assert [block.text for block in loaded.value.blocks] == ["synlig"]
    (problem,) = loaded.problems
    assert (problem.code, problem.message[:1]) == ("IN33", "4")


def test_every_skipped_kind_has_a_reason_and_rows_come_in_one_order() -> None:
    ledger = Ledger()
    for content in reversed(REASONS):
        ledger.note(content, beside=1)
    tallies = ledger.tallies()
    assert [tally.content for tally in tallies] == list(REASONS)
    assert tallies[0] == Tally("body", 1, 1, True)
    assert all(tally.read == (tally.reason == "") for tally in tallies)
