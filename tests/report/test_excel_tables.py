from tests.report.test_excel import book


def test_numbers_are_numbers_and_shares_are_shown_as_per_cent() -> None:
    sheet = book()["Kode x kategori"]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[1].value is not None)
    assert isinstance(row[1].value, int)
    assert isinstance(row[2].value, int | float)
    assert 0 <= row[2].value <= 1
    assert row[2].number_format == "0.0%"
