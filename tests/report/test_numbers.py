import pytest

from pipeline.model.codes import Label
from pipeline.patterns.tables import Cell, CellKind, count, p_value, share, words
from pipeline.report.numbers import HIDDEN, format_cell, format_count, format_number, format_p, format_percent, say_p


def test_danish_numbers_have_a_decimal_comma_and_points_between_thousands() -> None:
    assert format_count(12345) == "12.345"
    assert format_number(1234.56) == "1.234,6"
    assert format_percent(0.125) == "12,5\u00a0%"


def test_english_numbers_are_the_other_way_round() -> None:
    assert format_count(12345, "en") == "12,345"
    assert format_number(1234.56, "en") == "1,234.6"
    assert format_percent(0.125, "en") == "12.5%"


@pytest.mark.parametrize(("value", "text"), [(0.0004, "<\u00a00,001"), (0.0495, "0,050"), (1.0, "1,000")])
def test_p_values_have_three_decimals(value: float, text: str) -> None:
    assert format_p(value) == text


def test_a_p_value_has_its_name_and_one_sign() -> None:
    assert say_p(0.0495) == "p = 0,050"
    assert say_p(0.0004, "en") == "p < 0.001"


@pytest.mark.parametrize(
    ("cell", "danish", "english"),
    [
        (count(33, split=1), "33 + 1 todelt", "33 + 1 split"),
        (count(30, split=2), "30 + 2 todelte", "30 + 2 split"),
        (count(0), "0", "0"),
        (share(1, 3), "33,3", "33.3"),
        (share(0, 0), "", ""),
        (p_value(0.02), "0,020", "0.020"),
        (words(Label("oftere", "more often")), "oftere", "more often"),
        (Cell(), "", ""),
        (Cell(CellKind.COUNT, 3, hidden=True), HIDDEN, HIDDEN),
    ],
)
def test_cells_read_as_readers_of_each_language_expect(cell: Cell, danish: str, english: str) -> None:
    assert format_cell(cell) == danish
    assert format_cell(cell, "en") == english
