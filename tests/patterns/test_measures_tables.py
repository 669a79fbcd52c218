from pipeline.model.cases import Attributes, Case, Cluster
from pipeline.model.progression import Attachment, Outcome, ProgressionCategory
from pipeline.patterns.findings import MONTHS, Finding
from pipeline.patterns.frames import table_frame
from pipeline.patterns.measures import Measures, measure_cases
from pipeline.patterns.measures_tables import (
    balance_by_category,
    measure_values,
    staff_changes_by_category,
    waiting_by_category,
)
from pipeline.patterns.spread import spread_of
from pipeline.patterns.tables import CellKind, Row, Table
from tests.reference import gold, reference_cases, reference_codings, reference_outcomes

PARTIAL, NONE = ProgressionCategory.PARTIAL, ProgressionCategory.NONE


def case(name: str) -> Case:
    return Case(name, f"{name}.docx", "", "", "", (), (), Attributes("Kommune X", Cluster.ADULT))


def outcome(name: str, *categories: ProgressionCategory) -> Outcome:
    return Outcome(name, categories, "rules", (Attachment.NONE,), (), ())


def waited(name: str, months: float, *, certain: bool = True) -> Measures:
    finding = Finding(name, "waiting_months", months, MONTHS, months, months, certain)
    return Measures(name, waiting_months=months, findings=(finding,))


CASES = [case(f"X-0{number}") for number in range(1, 6)]
OUTCOMES = [outcome("X-01", NONE), outcome("X-02", NONE), outcome("X-03", NONE), outcome("X-04", NONE, PARTIAL)]
MEASURES = [
    waited("X-01", 2),
    waited("X-02", 4),
    waited("X-03", 9, certain=False),
    waited("X-04", 12),
    Measures("X-05"),
]


def row(table: Table, label: str) -> Row:
    return next(row for row in table.rows if row.label.da == label and not row.group)


def test_a_spread_has_the_quartiles_of_r_and_numpy() -> None:
    spread = spread_of([12, 2, 9, 4])
    assert spread is not None
    assert (spread.n, spread.median, spread.low, spread.high, spread.least, spread.most) == (4, 6.5, 3.5, 9.75, 2, 12)
    assert spread_of([]) is None
    one = spread_of([3.0])
    assert one is not None
    assert one.low == one.high == 3.0


def test_waiting_by_category_tells_n_median_quartiles_range_and_the_uncertain() -> None:
    table = waiting_by_category(CASES, OUTCOMES, MEASURES)
    found = row(table, "Ingen progression")
    assert found.cells[0].number == 4
    assert found.cells[0].cases == ("X-01", "X-02", "X-03", "X-04")
    assert found.cells[1].number == 6.5
    assert (found.cells[2].low, found.cells[2].high) == (3.5, 9.75)
    assert (found.cells[3].low, found.cells[3].high) == (2, 12)
    assert found.cells[4].number == 1
    assert row(table, "Delvis progression").cells[0].number == 1
    assert row(table, "Regression").cells[1].kind is CellKind.EMPTY
    assert row(table, "I alt").cells[0].number == 4


def test_values_for_a_figure_are_sorted_and_name_their_cases() -> None:
    groups = {group.category: group for group in measure_values(CASES, OUTCOMES, MEASURES, "waiting_months")}
    assert groups[NONE].values == (
        ("X-01", 2, True), ("X-02", 4, True), ("X-03", 9, False), ("X-04", 12, True),
    )  # fmt: skip
    assert groups[NONE].cases == 4
    assert groups[None].cases == 5


def test_the_reference_s_measures_fill_the_tables() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    waiting = waiting_by_category(reference_cases(), reference_outcomes(), measures)
    total = row(waiting, "I alt").cells[0]
    assert total.number == sum(each.waiting_months is not None for each in measures) > 40
    staff = staff_changes_by_category(reference_cases(), reference_outcomes(), measures)
    assert row(staff, "I alt").cells[0].number == sum(each.caseworker_changes is not None for each in measures)


def test_the_balance_counts_the_reference_s_sentences() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    table = balance_by_category(reference_cases(), reference_codings(), reference_outcomes(), measures)
    sentences = [s for line in gold() for s in line["sentences"]]
    total = row(table, "I alt")
    for place, code in ((1, "language.deficit"), (2, "language.resource")):
        assert total.cells[place].number == sum(code in s["codes"] and code not in s["before"] for s in sentences)
    assert total.cells[3].number == total.cells[1].number / (total.cells[1].number + total.cells[2].number)


def test_a_table_becomes_a_frame_with_numbers_split_cases_and_bounds() -> None:
    frame = table_frame(waiting_by_category(CASES, OUTCOMES, MEASURES))
    assert frame.index.names == ["gruppe", "Kategori"]
    place = frame.index.get_loc(("Længste enkelte ventetid, måneder", "Ingen progression"))
    assert frame["n"].tolist()[place] == 4
    assert frame["Kvartiler (fra)"].tolist()[place] == 3.5
    assert frame["Kvartiler (til)"].tolist()[place] == 9.75
