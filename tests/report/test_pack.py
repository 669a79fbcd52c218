import io
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from openpyxl import load_workbook

from pipeline.errors import PipelineError
from pipeline.report.excel import excel_bytes
from pipeline.report.pack import FORMATS, pack_files
from pipeline.report.publish import publish_template, read_published
from pipeline.report.word import word_bytes
from tests.report.made_full import full_report, public

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def word() -> bytes:
    return word_bytes(full_report()).value


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(PipelineError) as error:
        pack_files(full_report(), ["pdf"])
    assert all(name in error.value.hint for name in FORMATS)


def test_every_table_is_a_csv_file_and_every_figure_two_pictures() -> None:
    files = pack_files(full_report(), ["csv", "figures"]).value
    tables = [name for name, _ in full_report().tables] + [table.id for table in full_report().extra]
    assert {name for name in files if name.startswith("tables/")} == {f"tables/{name}.csv" for name in tables}
    assert sum(name.endswith(".svg") for name in files) == len(full_report().figures)
    assert list(files) == sorted(files)


def test_the_word_report_has_figures_with_words_captions_and_lists() -> None:
    document = docx.Document(io.BytesIO(word()))
    shapes = document.inline_shapes
    assert len(shapes) == len(full_report().figures)
    assert all(len(shape._inline.docPr.get("descr")) > 20 for shape in shapes)
    xml = document.element.xml
    assert xml.count("SEQ Figur ") == len(full_report().figures)
    assert xml.count("SEQ Tabel ") == len(full_report().tables)
    assert 'TOC \\o "1-2"' in xml
    names = set(docx_bookmarks(document))
    links = {link.get(f"{W}anchor") for link in document.element.iter(f"{W}hyperlink")}
    assert links
    assert links <= names


def docx_bookmarks(document: docx.document.Document) -> list[str]:
    return [mark.get(f"{W}name") for mark in document.element.iter(f"{W}bookmarkStart")]


def test_bookmarks_are_numbered_once_and_figures_fit_the_page() -> None:
    document = docx.Document(io.BytesIO(word()))
    numbers = [mark.get(f"{W}id") for mark in document.element.iter(f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers)
    *upright, graph = document.inline_shapes
    assert all(shape.width <= Cm(16.7) and shape.height <= Cm(21.6) for shape in upright)
    assert graph.width <= Cm(25.4)
    assert graph.height <= Cm(13.1)


def test_the_word_report_is_the_same_bytes_every_time() -> None:
    assert word_bytes(full_report()).value == word()


def test_a_wide_table_has_a_page_on_its_side_and_the_next_page_stands_again() -> None:
    document = docx.Document(io.BytesIO(word()))
    sides = [section.page_width > section.page_height for section in document.sections]
    assert any(sides)
    assert not sides[0]
    assert not sides[-1]


def test_a_template_lends_page_styles_and_furniture_and_says_what_it_lacks(tmp_path: Path) -> None:
    template = docx.Document()
    template.sections[0].left_margin = Cm(5)
    template.sections[0].header.paragraphs[0].text = "Centrets brevhoved"
    template.styles["Heading 1"].font.name = "Georgia"
    template.styles["Caption"].element.getparent().remove(template.styles["Caption"].element)
    template.add_paragraph("Tekst, der ikke skal med.")
    template.save(str(tmp_path / "house.docx"))
    made = word_bytes(public().report, template=tmp_path / "house.docx")
    document = docx.Document(io.BytesIO(made.value))
    assert abs((document.sections[0].left_margin or 0) - Cm(5)) < 1000
    assert document.sections[0].header.paragraphs[0].text == "Centrets brevhoved"
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert "Tekst, der ikke skal med." not in [paragraph.text for paragraph in document.paragraphs]
    assert [(problem.code, problem.where) for problem in made.problems] == [("RE10", "house.docx")]
    assert "Caption" in made.problems[0].message


def test_a_template_that_is_no_word_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "house.docx").write_text("nej", encoding="utf-8")
    with pytest.raises(PipelineError, match="template"):
        word_bytes(public().report, template=tmp_path / "house.docx")


@cache
def sheets() -> bytes:
    return excel_bytes(full_report())


def test_the_workbook_has_a_sheet_a_table_and_numbers_that_lead_to_their_cases() -> None:
    book = load_workbook(io.BytesIO(sheets()))
    tables = len(full_report().tables) + len(full_report().extra)
    assert len([name for name in book.sheetnames if name[0].isdigit()]) == tables
    assert book.sheetnames[-1] == "Bag tallene"
    number = next(at for at, (name, _) in enumerate(full_report().tables, 1) if name == "code_by_category")
    sheet = book[next(name for name in book.sheetnames if name.startswith(f"{number} "))]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.hyperlink and isinstance(cell.value, int))
    assert cell.hyperlink is not None
    assert cell.hyperlink.location is not None
    first, last = (int(part[1:]) for part in cell.hyperlink.location.split("!")[1].split(":"))
    assert last - first + 1 == cell.value
    behind = [[each.value for each in row] for row in book["Bag tallene"].iter_rows(min_row=first, max_row=last)]
    assert len({row[1] for row in behind}) == cell.value
    assert len({row[0] for row in behind}) == 1


def test_the_public_workbook_has_no_cases() -> None:
    book = load_workbook(io.BytesIO(excel_bytes(public().report)))
    assert not {"Cases", "Kodninger", "Bag tallene"} & set(book.sheetnames)
    values = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "<5" in values


def test_released_quotations_are_read_and_mistakes_told(tmp_path: Path) -> None:
    path = tmp_path / "publish.csv"
    assert read_published(path).value == frozenset()
    path.write_text(
        "case;segment;publish\nA-01;s1:a;ja\nA-01;s1:b;nej\nA-02;s1:c;måske\nA-03;s1:d;x\n", encoding="utf-8"
    )
    found = read_published(path, known={("A-01", "s1:a"), ("A-01", "s1:b")})
    assert found.value == {("A-01", "s1:a")}
    assert [(problem.code, problem.where) for problem in found.problems] == [
        ("RE32", "publish.csv:4"), ("RE33", "publish.csv:5"),
    ]  # fmt: skip
    path.write_text("case,segment,publish\nA-01,s1:a,YES\n", encoding="utf-8-sig")
    assert read_published(path).value == {("A-01", "s1:a")}
    path.write_text("case;segment\n", encoding="utf-8")
    assert [problem.code for problem in read_published(path).problems] == ["RE31"]
    path.write_bytes("case;segment;publish\nÆ;b;ja\n".encode("cp1252"))
    assert [problem.code for problem in read_published(path).problems] == ["RE30"]


def test_the_template_for_releases_releases_nothing(tmp_path: Path) -> None:
    (tmp_path / "publish.csv").write_text(publish_template([("A-01", "s1:a", "Ord.")]), encoding="utf-8")
    found = read_published(tmp_path / "publish.csv")
    assert found.value == frozenset()
    assert found.problems == ()
