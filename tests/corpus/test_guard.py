"""Files that are no Word files, are damaged or hostile: refused for a reason, or read without harm."""

import re
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.corpus.guard import is_lock_file
from pipeline.corpus.load import read_file
from pipeline.corpus.paragraphs import nfc
from pipeline.corpus.word import read_word
from pipeline.model.problems import Severity
from tests.hostile_files import READ, REFUSED, document
from tests.raw_blocks import template
from tests.word_files import STYLES, control, docx_parts, make_docx, para, part, run, text, write_zip

SECONDS = 15.0
"""When a hostile file counts as a hang; on a free machine each takes under half a second."""


@pytest.mark.parametrize(("code", "build"), REFUSED.values(), ids=REFUSED.keys())
def test_this_is_refused_in_time_with_a_sentence_and_a_hint(
    tmp_path: Path, code: str, build: Callable[[Path], Path]
) -> None:
    (tmp_path / "secret.txt").write_text("hemmelig", encoding="utf-8")
    path = build(tmp_path / "odd.docx")
    began = time.process_time()
    loaded = read_word(path, name="A/odd.docx")
    assert time.process_time() - began < SECONDS
    assert loaded.value is None
    (problem,) = loaded.problems
    assert (problem.code, problem.severity, problem.where) == (code, Severity.ERROR, "A/odd.docx")
    assert re.fullmatch(r"[A-Z].*\.", problem.message)
    assert problem.hint.endswith(".")
    assert "hemmelig" not in str(problem)


@pytest.mark.parametrize(("words", "build"), READ.values(), ids=READ.keys())
def test_this_is_read_in_time_and_without_harm(tmp_path: Path, words: str, build: Callable[[Path], Path]) -> None:
    (tmp_path / "secret.txt").write_text("hemmelig", encoding="utf-8")
    path = build(tmp_path / "odd.docx")
    began = time.process_time()
    loaded = read_word(path, name="odd.docx")
    assert time.process_time() - began < SECONDS
    assert loaded.value is not None, loaded.problems
    assert not any(problem.severity is Severity.ERROR for problem in loaded.problems)
    assert any(words in block.text for block in loaded.value.blocks)
    assert not any("hemmelig" in block.text for block in loaded.value.blocks)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["odd.docx", "secret.txt"]


def test_the_password_hint_says_where_to_remove_it(tmp_path: Path) -> None:
    problem = read_word(REFUSED["a password-protected file"][1](tmp_path / "a.docx"), name="a.docx").problems[0]
    assert "password" in problem.message
    assert "Info > Protect" in problem.hint


def test_the_hint_for_other_formats_is_to_save_as_docx(tmp_path: Path) -> None:
    for case in ("an old Word file", "rich text", "an OpenDocument text", "a flat XML file", "a web page"):
        problem = read_word(REFUSED[case][1](tmp_path / "a.docx"), name="a.docx").problems[0]
        assert ".docx" in problem.hint


@pytest.mark.parametrize(
    ("case", "ending"),
    [("a PDF", ".pdf"), ("rich text", ".rtf"), ("an old Word file", ".doc"), ("an OpenDocument text", ".odt")],
)
def test_only_a_name_that_promises_something_else_is_said_to(tmp_path: Path, case: str, ending: str) -> None:
    for name, otherwise in ((f"a{ending}", False), ("a.docx", True)):
        problem = read_word(REFUSED[case][1](tmp_path / name), name=name).problems[0]
        assert ("whatever its name says" in problem.message) is otherwise, name


def test_a_damaged_file_is_named_by_its_program(tmp_path: Path) -> None:
    for name, program in (("a.docx", "Word"), ("a.xlsx", "Excel")):
        path = tmp_path / name
        path.write_bytes(b"PK\x03\x04" + b"x" * 20)
        problem = read_file(path, template(), folder=tmp_path).problems[0]
        assert problem.message == f"The {program} file is cut short or damaged, so that it cannot be opened."
        assert f"let {program} repair it" in problem.hint
        path.write_bytes(b"just words")
        kind = {"Word": "a Word document", "Excel": "an Excel workbook"}[program]
        assert f"The file is not {kind}, whatever" in read_file(path, template(), folder=tmp_path).problems[0].message


def test_a_missing_file_is_a_problem_not_an_exception(tmp_path: Path) -> None:
    loaded = read_word(tmp_path / "none.docx", name="none.docx")
    assert (loaded.value, loaded.problems[0].code) == (None, "IN01")


def test_a_folder_with_the_name_of_a_file_is_a_problem(tmp_path: Path) -> None:
    assert read_word(tmp_path, name="x.docx").problems[0].code == "IN01"


def test_words_own_lock_files_are_recognised(tmp_path: Path) -> None:
    lock = tmp_path / "~$case.docx"
    lock.write_bytes(b"\x05abcde" + b"\0" * 156)
    assert is_lock_file(lock)
    assert not is_lock_file(tmp_path / "case.docx")
    loaded = read_word(lock, name=lock.name)
    assert loaded.value is None
    assert (loaded.problems[0].code, loaded.problems[0].severity) == ("IN02", Severity.NOTE)


def test_a_file_over_100_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.docx"
    with path.open("wb") as handle:
        handle.truncate(100 * 1024 * 1024 + 1)
    assert read_word(path, name="big.docx").problems[0].code == "IN04"


def test_macros_and_missing_helpers_are_warnings(tmp_path: Path) -> None:
    for case, code in (
        ("a macro file", "IN30"),
        ("a file without content types", "IN31"),
        ("a file without package relationships", "IN31"),
        ("a dangling relationship", "IN31"),
    ):
        (problem,) = read_word(READ[case][1](tmp_path / "a.docx"), name="a.docx").problems
        assert (problem.code, problem.severity) == (code, Severity.WARNING)


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"])
def test_damaged_helpers_are_warnings_and_cost_no_text(tmp_path: Path, name: str) -> None:
    body = text("Mål", style="Overskrift1") + '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    loaded = read_word(make_docx(tmp_path / "a.docx", body, more={name: "<broken"}), name="a.docx")
    assert loaded.value is not None
    assert [block.text for block in loaded.value.blocks] == ["Mål"]
    assert [(problem.code, problem.severity) for problem in loaded.problems] == [("IN32", Severity.WARNING)]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("word/footnotes.xml", Severity.ERROR),
        ("word/header1.xml", Severity.ERROR),
        ("word/comments.xml", Severity.WARNING),
    ],
)
def test_a_damaged_part_is_an_error_where_it_costs_text(tmp_path: Path, name: str, severity: Severity) -> None:
    body = '<w:p><w:r><w:t>krop</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    path = make_docx(
        tmp_path / "a.docx", body, footnotes={2: "n"}, headers=[text("h")], comments=["c"], more={name: "<broken"}
    )
    loaded = read_word(path, name="a.docx")
    assert loaded.value is not None
    assert loaded.value.blocks[0].text == "krop"
    assert [problem.severity for problem in loaded.problems] == [severity]


def test_a_file_of_pictures_only_is_told_to_hold_no_text(tmp_path: Path) -> None:
    loaded = read_word(make_docx(tmp_path / "a.docx", "<w:p/>", headers=[text("Kommune")]), name="a.docx")
    assert [problem.code for problem in loaded.problems] == ["IN34"]


def test_notes_that_are_missing_are_a_warning(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:t>krop</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    loaded = read_word(make_docx(tmp_path / "a.docx", body), name="a.docx")
    assert [problem.code for problem in loaded.problems] == ["IN31"]


def test_strict_open_xml_is_read_like_the_usual_kind(tmp_path: Path) -> None:
    body = text("Et", style="Overskrift1") + '<w:p><w:r><w:t>krop</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    usual = docx_parts(body, footnotes={2: "note"}, headers=[text("h")])
    strict: dict[str, str | bytes] = {}
    for name, content in usual.items():
        assert isinstance(content, str)
        strict[name] = re.sub(
            r"http://schemas\.openxmlformats\.org/(\w+)/2006/([\w/]+)",
            lambda match: (
                match.group(0)
                if match.group(1) in ("package", "markup-compatibility")
                else f"http://purl.oclc.org/ooxml/{match.group(1)}/{match.group(2)}"
            ),
            content,
        )
    one = read_word(write_zip(tmp_path / "a.docx", usual), name="x").value
    two = read_word(write_zip(tmp_path / "b.docx", strict), name="x").value
    assert one is not None
    assert two is not None
    assert b"purl.oclc.org" in str(strict["word/document.xml"]).encode()
    assert [block.text for block in two.blocks] == ["Et", "krop", "note", "h"]
    assert two.blocks == one.blocks
    assert two.ledger == one.ledger


def test_a_large_styles_part_is_searched_to_the_same_end_as_it_is_parsed(tmp_path: Path) -> None:
    own = '<w:name w:val="Tabel"/><w:rPr><w:sz w:val="3"/></w:rPr></w:style>'
    filler = "".join(f'<w:style w:type="table" w:styleId="T{at}">{own}' for at in range(3000))
    last = (
        '<w:style w:type="paragraph" w:styleId="Sidst"><w:name w:val="Sidst"/>'
        '<w:basedOn w:val="Overskrift1"/></w:style>'
    )
    body = text("a", style="Overskrift1") + text("b", style="Sidst") + text("c", style="Ukendt") + text("d")
    searched = STYLES + filler + last
    variants = {
        "searched": searched,
        "with a comment": "<!-- " + last.replace("Overskrift1", "Titel") + " -->" + searched,
        "in single quotes": searched.replace('w:styleId="Sidst"', "w:styleId='Sidst'"),
    }
    found = {}
    for name, styles in variants.items():
        loaded = read_word(make_docx(tmp_path / "a.docx", body, styles=styles), name="a.docx")
        assert loaded.value is not None
        assert not loaded.problems
        found[name] = [(block.text, block.style, block.level, block.size) for block in loaded.value.blocks]
    assert found["searched"] == [
        ("a", "heading 1", 1, 14.0),
        ("b", "Sidst", 1, 14.0),
        ("c", "Ukendt", 0, 0.0),
        ("d", "Normal", 0, 0.0),
    ]
    assert found["with a comment"] == found["in single quotes"] == found["searched"]


def test_a_damaged_end_of_a_large_styles_part_costs_nothing_before_it(tmp_path: Path) -> None:
    broken = part("styles", STYLES + '<w:style w:styleId="x"><w:name w:val="x"/></w:style>' * 5000 + "<oops")
    body = text("a", style="Titel") + text("b", style="Ukendt")
    loaded = read_word(make_docx(tmp_path / "a.docx", body, more={"word/styles.xml": broken}), name="a.docx")
    assert loaded.value is not None
    assert not loaded.problems
    assert [(block.text, block.style, block.size) for block in loaded.value.blocks] == [
        ("a", "Title", 26.0),
        ("b", "Ukendt", 0.0),
    ]


MANY = {
    "paragraphs": lambda: "<w:p/>" * 450_000,
    "text boxes": lambda: para("<w:r><w:txbxContent><w:p/></w:txbxContent></w:r>" * 60_000),
    "open fields": lambda: para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 60_000),
    "nested fields": lambda: para(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 40_000,
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * 40_000,
    ),
    "controls": lambda: para(control(run("x"), tag="a") * 25_000),
    "accents": lambda: text("æ" + "\u0301\u0316" * 300_000),
    "styles and lists": lambda: "".join(para(style=f"S{at}", num=at) for at in range(40_000)),
}


@pytest.mark.parametrize("inside", MANY.values(), ids=MANY.keys())
def test_the_most_of_anything_stays_linear(tmp_path: Path, inside: Callable[[], str]) -> None:
    path = document(tmp_path / "many.docx", inside())
    began = time.process_time()
    loaded = read_word(path, name="many.docx")
    assert time.process_time() - began < 2 * SECONDS
    assert loaded.value is not None


def test_accents_are_composed_whatever_the_length() -> None:
    assert nfc("a\u030a") == "å"
    assert nfc("e\u0301 – „x“ " * 1000) == "é – „x“ " * 1000
    assert nfc("e\u0301" * 10_000) == "é" * 10_000


def test_no_warning_reaches_the_user(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_word(make_docx(tmp_path / "a.docx", text("x")), name="a.docx")
    assert not caught
