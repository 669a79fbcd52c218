import io
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx

from pipeline.patterns.descriptive import category_by_cluster
from pipeline.report.content import FigureBlock, Heading, Paragraph, TableBlock
from pipeline.report.word import word_bytes, write_word
from pipeline.report.word_widths import TEXT_WIDTH, lay_out
from tests.reference import reference_cases, reference_outcomes
from tests.report.made import suggested_report
from tests.report.made_full import full_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def made() -> bytes:
    return word_bytes(suggested_report()).value


def opened() -> Any:
    return docx.Document(io.BytesIO(made()))


def test_the_document_is_the_same_bytes_every_time_and_tells_no_time(tmp_path: Path) -> None:
    write_word(suggested_report(), tmp_path / "a.docx")
    first = (tmp_path / "a.docx").read_bytes()
    assert made() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_headings_captions_and_repeated_header_rows_are_real() -> None:
    document = opened()
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 8
    assert styles.count("Caption") == len(document.tables) == len(suggested_report().tables)
    xml = document.element.xml
    assert xml.count("SEQ Tabel") == len(document.tables)
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert table.rows[-1]._tr.find(f"{W}trPr/{W}tblHeader") is None


def test_the_table_of_categories_reads_as_in_the_study() -> None:
    document = opened()
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Kategori")
    expected = category_by_cluster(reference_cases(), suggested_report().outcomes)
    assert [row.cells[0].text for row in table.rows[1:]] == [row.label.da for row in expected.rows]
    assert "todelt" in table.rows[1].cells[1].text
    assert [cell.text for cell in table.rows[-1].cells][1:] == ["98", "29", "40", "29"]


def test_the_notice_stands_first_and_quotations_name_their_case() -> None:
    document = opened()
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[2].startswith("Maskinens forslag, ikke gennemgået")
    sources = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Quotation Source"]
    assert any(" · progression" in text for text in sources)


def test_columns_fit_between_the_margins() -> None:
    for _, table in suggested_report().tables:
        widths = lay_out(table, "da").widths
        assert abs(sum(widths) - TEXT_WIDTH) < 0.01, table.id
        assert min(widths) >= 0.8, table.id
    assert lay_out(category_by_cluster(reference_cases(), reference_outcomes()), "da").widths[0] > 2.5


def test_the_english_report_is_english() -> None:
    document = docx.Document(io.BytesIO(word_bytes(suggested_report("en")).value))
    assert document.paragraphs[0].text == "Progression in 98 case descriptions"
    assert document.core_properties.language == "en-GB"


def test_a_wide_figure_has_a_page_on_its_side_to_itself() -> None:
    graph = next(figure for figure in full_report().figures if figure.id == "graph")
    table = category_by_cluster(reference_cases(), reference_outcomes())
    blocks = (Heading("Grafen", 2), Paragraph("Figuren viser."), FigureBlock(graph), TableBlock(table))
    document = docx.Document(io.BytesIO(word_bytes(replace(suggested_report(), blocks=blocks)).value))
    on_side = [(section.page_width or 0) > (section.page_height or 0) for section in document.sections]
    assert on_side == [False, True, False]
    drawn = document.inline_shapes[0]
    assert drawn.width.cm > 20
    assert drawn.height.cm < 13.1
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any(text.startswith(("Af teoriens", "Ingen af teoriens")) for text in texts[texts.index("Figuren viser.") :])
