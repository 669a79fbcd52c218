from pipeline.patterns.tables import Cell, count
from pipeline.report.evidence import lines_behind
from tests.codebook_of_reference import reference_codebook
from tests.report.made_full import full_report, some_codings


def test_a_number_has_its_lines_once_though_it_stands_in_two_tables() -> None:
    table = full_report().table("code_by_category")
    once = lines_behind([table], some_codings(), reference_codebook(), "da")
    assert lines_behind([table, table], some_codings(), reference_codebook(), "da") == once
    cell = next(cell for row in table.rows for cell in row.cells if cell.cases)
    first = once.place(cell)
    assert first is not None
    lines = once.lines[first : first + len(cell.cases)]
    assert tuple(case for _, case, _, _ in lines) == cell.cases
    assert len({counted for counted, _, _, _ in lines}) == 1
    sentences = {(coding.case, coding.sentence.strip()) for coding in some_codings()}
    assert all((case, quote) in sentences for _, case, _, quote in lines)


def test_a_number_without_cases_leads_nowhere() -> None:
    found = lines_behind([full_report().table("code_by_category")], some_codings(), reference_codebook(), "da")
    assert found.place(count(3)) is None
    assert found.place(Cell()) is None
