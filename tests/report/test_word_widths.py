import io
import re
from dataclasses import replace

import docx
import pytest

from pipeline.model.codes import Label, say
from pipeline.patterns.tables import Heading, Row, Table, interval, number
from pipeline.report.content import TableBlock
from pipeline.report.numbers import format_cell
from pipeline.report.word import word_bytes
from pipeline.report.word_widths import SMALL, TEXT_WIDTH, Columns, is_wide, lay_out, text_room
from tests.report.made import suggested_report
from tests.report.made_full import full_report

ACROSS = 25.3
PADDING = text_room("")


def crowded(columns: int, heading: str = "Progression") -> Table:
    headings = tuple(Heading(Label(heading, heading)) for _ in range(columns))
    cells = tuple(interval(1234.5, 1567.8, decimals=1) if place % 2 else number(0.5) for place in range(columns))
    row = Row(Label("Gennemgående kontaktperson", "The same contact person"), cells)
    return Table("crowded", Label("Trængt", "Crowded"), Label("Træk", "Trait"), (headings,), (row,))


def laid(table: Table, lang: str) -> Columns:
    return lay_out(table, lang, ACROSS if is_wide(table, lang) else TEXT_WIDTH)


def broken_headings(table: Table, lang: str, columns: Columns) -> list[str]:
    found = []
    for headings in table.header:
        place = 1
        for heading in headings:
            width = sum(columns.widths[place : place + heading.span])
            place += heading.span
            for word in re.split(r"(?<=[ /-])", say(heading.label, lang)):
                room = text_room(word.strip(), bold=True)
                found += [word] if (room - PADDING) * (SMALL if columns.small else 1) + PADDING > width + 0.001 else []
    return found


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_heading_of_the_reports_breaks_inside_a_word(lang: str) -> None:
    tables = [table for report in (suggested_report(lang), full_report(lang)) for _, table in report.tables]
    assert len(tables) > 15
    for table in tables:
        columns = laid(table, lang)
        assert not broken_headings(table, lang, columns), table.id
        assert not columns.small, table.id


def test_a_table_too_wide_for_a_page_turns_it_and_then_takes_smaller_text() -> None:
    assert not is_wide(crowded(3), "da")
    assert is_wide(crowded(7), "da")
    assert [laid(crowded(columns), "da").small for columns in (3, 7, 9)] == [False, False, True]


def test_words_and_numbers_stay_whole_in_a_table_of_smaller_text() -> None:
    table = crowded(9)
    columns = laid(table, "da")
    assert not broken_headings(table, "da", columns)
    for cell, width in zip(table.rows[0].cells, columns.widths[1:], strict=True):
        assert (text_room(format_cell(cell, "da")) - PADDING) * SMALL + PADDING <= width + 0.001


def test_intervals_break_after_their_dash_before_a_heading_breaks() -> None:
    table = crowded(13, "Andel")
    columns = laid(table, "da")
    assert not broken_headings(table, "da", columns)
    assert text_room("1.234,5–1.567,8") * SMALL > columns.widths[2]


def test_columns_fill_the_page_even_where_nothing_fits() -> None:
    for columns in (1, 3, 7, 9, 11, 40):
        assert abs(sum(laid(crowded(columns), "da").widths) - (ACROSS if columns > 5 else TEXT_WIDTH)) < 0.001


def test_the_room_of_a_word_follows_its_letters() -> None:
    assert text_room("mmmm") > text_room("aaaa") > text_room("iiii")
    assert text_room("aaaa", bold=True) > text_room("aaaa")
    assert text_room("Progression") == pytest.approx(2.38, abs=0.1)


def test_a_report_that_ends_with_a_wide_table_has_no_empty_page_after_it() -> None:
    report = replace(suggested_report(), blocks=(TableBlock(crowded(9)),), contents=False)
    document = docx.Document(io.BytesIO(word_bytes(report).value))
    pages = [(section.page_width or 0) > (section.page_height or 0) for section in document.sections]
    assert pages == [False, True]
    styles = [cell.paragraphs[0].style for cell in document.tables[0].rows[0].cells]
    assert {style.name for style in styles if style is not None} == {"Table Text Small"}
