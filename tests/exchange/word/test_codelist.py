from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table

from pipeline.cli.assign import command as assign
from pipeline.cli.export import command as export
from pipeline.cli.import_ import command as import_
from pipeline.corpus.guard import open_package, read_bytes
from pipeline.corpus.load import read_case
from pipeline.doors.opened import open_doors
from pipeline.exchange.word.codelist import add_code_list, first_sentence
from pipeline.exchange.word.export import main_part, with_comments
from pipeline.reviewing import read_review
from pipeline.settings import open_project
from tests.exchange.word.test_word import comment, run
from tests.projects import make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def blind_file(folder: Path, out: Path) -> Path:
    run(assign, "Bo", "--cases", "P-*", "--project", folder)
    told = run(export, "word", out, "--reviewer", "Bo", "--project", folder)
    assert "A list of codes stands at the end of each file that is coded blind." in told
    return out / "P-01.docx"


def code_list(document: WordDocument) -> Table:
    """Return the table of codes, which stands in a content control."""
    (found,) = document.element.body.findall(f"{qn('w:sdt')}/{qn('w:sdtContent')}/{qn('w:tbl')}")
    return Table(found, document)


def rows(document: WordDocument) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in code_list(document).rows]


def test_a_file_for_a_blind_coder_ends_with_every_code_and_what_it_covers(folder: Path, tmp_path: Path) -> None:
    document = Document(str(blind_file(folder, tmp_path / "bo")))
    listed = rows(document)
    assert listed[0] == ["Id", "Kode", "Dækker"]
    codebook = open_doors(folder).codebook
    assert [row[0] for row in listed if "." in row[0]] == [code.id for code in codebook.codes]
    assert ["waiting.queue", "Kø", "Sagen venter."] in listed
    assert ["Ventetid", "Ventetid", "Ventetid"] in listed
    texts = ["".join(text.text for text in each.iter(qn("w:t"))) for each in document.element.body.iter(qn("w:p"))]
    assert any("#waiting.queue" in text for text in texts[texts.index("Koder") :])


def test_a_file_that_shows_codings_has_no_list(folder: Path, tmp_path: Path) -> None:
    run(export, "word", tmp_path / "all", "--project", folder)
    assert Document(str(tmp_path / "all" / "P-01.docx")).tables == []


def test_the_case_before_the_list_is_what_it_was_and_the_file_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    path = blind_file(folder, tmp_path / "bo")
    opened = open_doors(folder)
    again = read_case(path, opened.codebook.template).value
    assert again is not None
    assert again.text == opened.cases["P-01"].text
    assert ("list of codes", 1) in [(entry.content, entry.count) for entry in again.ledger]
    original = opened.project.corpus / "P-01.docx"
    twice = [with_comments(original, opened.cases["P-01"], [], opened.codebook, code_list=True).data for _ in range(2)]
    assert twice[0] == twice[1] == path.read_bytes()


def test_words_that_the_list_repeats_are_still_placed_in_the_case(folder: Path, tmp_path: Path) -> None:
    path = blind_file(folder, tmp_path / "bo")
    document = Document(str(path))
    paragraph = next(each for each in document.paragraphs if "ventetid" in each.text)
    words = paragraph.text
    code_list(document).cell(1, 0).paragraphs[0].add_run(words)
    document.save(str(path))
    comment(path, "ventetid", "#waiting.queue")
    assert "1 saved" in run(import_, "word", path, "--project", folder)
    (decision,) = read_review(open_project(folder)).decisions
    assert decision.layer == "blind"
    assert decision.anchor is not None
    case = open_doors(folder).cases["P-01"]
    assert case.text[decision.anchor.start : decision.anchor.end] == words


def test_a_comment_in_the_list_codes_nothing(folder: Path, tmp_path: Path) -> None:
    path = blind_file(folder, tmp_path / "bo")
    document = Document(str(path))
    case = open_doors(folder).cases["P-01"]
    added = code_list(document).cell(1, 0).paragraphs[0].add_run(case.text.split()[-1])
    document.add_comment([added], text="#waiting.queue", author="Bo", initials="B")
    document.save(str(path))
    told = run(import_, "word", path, "--project", folder)
    assert "EX22" in told
    assert read_review(open_project(folder)).decisions == ()


def test_the_list_is_in_the_language_of_the_project(folder: Path) -> None:
    opened = open_doors(folder)
    package = open_package(read_bytes(opened.project.corpus / "P-01.docx"))
    root = package.xml(main_part(package))
    add_code_list(root, opened.codebook, "en")
    texts = ["".join(str(text) for text in each.itertext()) for each in root.iter("{*}p")]
    assert {"Codes", "Covers", "Queue", "Challenges"} <= set(texts)


@pytest.mark.parametrize(
    ("definition", "first"),
    [
        ("Sagen venter.", "Sagen venter."),
        ("Sagen venter på andre. Også når det er kort.", "Sagen venter på andre."),
        ("Støtte lukkes,\n  og det går  bedre.", "Støtte lukkes, og det går bedre."),
        ("Diagnoser som bl.a. ADHD og angst. Også børns.", "Diagnoser som bl.a. ADHD og angst."),
    ],
)
def test_only_the_first_sentence_of_a_definition_is_listed(definition: str, first: str) -> None:
    assert first_sentence(definition) == first
