import io
from dataclasses import replace
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from pipeline.report.excel import excel_bytes, write_excel
from pipeline.report.records import CASE_FIELDS, CODING_FIELDS
from tests.report.made import suggested_report


@cache
def book() -> Workbook:
    return load_workbook(io.BytesIO(excel_bytes(suggested_report())))


def test_the_workbook_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    write_excel(suggested_report(), tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == excel_bytes(suggested_report())


def test_the_sheets_stand_in_order_with_frozen_headers_and_filters() -> None:
    assert book().sheetnames == ["Om", "Cases", "Kodninger", "Kategori x klynge", "Kode x kategori", "Citater"]
    for name in ("Cases", "Kodninger", "Citater"):
        sheet = book()[name]
        assert sheet.freeze_panes in {"A2", "B2"}
        assert sheet.auto_filter.ref is not None


def test_cases_and_codings_have_the_fields_of_the_contract() -> None:
    header = next(book()["Cases"].iter_rows(values_only=True))
    assert header == CASE_FIELDS
    assert book()["Cases"].max_row == 99
    assert next(book()["Kodninger"].iter_rows(values_only=True)) == CODING_FIELDS
    assert book()["Kodninger"].max_row == 1 + len(suggested_report().codings)


def test_no_text_becomes_a_formula_or_a_link() -> None:
    report = suggested_report()
    bad = replace(report.codings[0], quote="=1+1", sentence="http://example.org")
    sheet = load_workbook(io.BytesIO(excel_bytes(replace(report, codings=(bad,)))))["Kodninger"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert next(cell for cell in cells if cell.value == "=1+1").data_type == "s"
    assert all(cell.hyperlink is None for cell in cells)


def test_the_first_sheet_says_that_these_are_suggestions() -> None:
    texts = [str(cell.value) for row in book()["Om"].iter_rows() for cell in row if cell.value]
    assert any("ikke gennemgået" in text for text in texts)
