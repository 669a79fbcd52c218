from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.codes import Label
from pipeline.model.progression import ORDER
from pipeline.patterns.attacker import Number, Shown, Sum, attack, known_bounds, narrowed
from pipeline.patterns.codes import code_by_category
from pipeline.patterns.collapsing import TWO_LEVELS
from pipeline.patterns.descriptive import category_by_cluster
from pipeline.patterns.disclosure import Protected, collapse, protect, protect_all, share_hidden
from pipeline.patterns.suppression import room, suppress, violations
from pipeline.patterns.tables import Cell, CellKind, Heading, Row, Table, count, interval, number, p_value, share, words
from pipeline.report.numbers import format_cell
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes


def label(text: str) -> Label:
    return Label(text, text)


def crossed(
    counts: Sequence[Sequence[int]], *, table_id: str = "t", dims: tuple[str, str] = ("category", "cluster")
) -> Table:
    """Return a table of counts with its sums, whose cells know what they count."""
    rows, columns = dims
    width = len(counts[0])
    made = [
        Row(
            label(f"r{at}"),
            (
                *(count(value, query={rows: f"r{at}", columns: f"c{place}"}) for place, value in enumerate(line)),
                count(sum(line), query={rows: f"r{at}"}),
            ),
        )
        for at, line in enumerate(counts)
    ]
    totals = [sum(line[place] for line in counts) for place in range(width)]
    made.append(
        Row(
            label("I alt"),
            (*(count(value, query={columns: f"c{place}"}) for place, value in enumerate(totals)), count(sum(totals))),
            total=True,
        )
    )
    header = (*(Heading(label(f"c{place}")) for place in range(width)), Heading(label("I alt")))
    return Table(table_id, label("T"), label("R"), (header,), tuple(made))


def plain(counts: Sequence[Sequence[int]]) -> Table:
    """Return the same table with cells that do not know what they count."""
    table = crossed(counts)
    rows = tuple(replace(row, cells=tuple(replace(cell, query=()) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=rows)


def shown(table: Table) -> list[list[str]]:
    return [[format_cell(cell) for cell in row.cells] for row in table.rows]


def possible(table: Table, threshold: int, most: int) -> list[dict[tuple[int, int], int]]:
    """Return all tables of whole numbers up to ``most`` that look like this one: the slow and certain attacker."""
    height, width = len(table.rows) - 1, len(table.rows[0].cells) - 1

    def values(cell: Cell) -> list[int]:
        if not cell.hidden:
            return [round(cell.number)]
        return list(range(1, threshold)) if cell.sign.startswith("<") else list(range(most + 1))

    def fits(cell: Cell, value: int) -> bool:
        return value == cell.number if not cell.hidden else value in values(cell) or value > most

    inner = [(at, place) for at in range(height) for place in range(width)]
    found = []
    for chosen in product(*(values(table.rows[at].cells[place]) for at, place in inner)):
        cells = dict(zip(inner, chosen, strict=True))
        lines = [sum(cells[at, place] for place in range(width)) for at in range(height)]
        columns = [sum(cells[at, place] for at in range(height)) for place in range(width)]
        if (
            all(fits(table.rows[at].cells[width], lines[at]) for at in range(height))
            and all(fits(table.rows[height].cells[place], columns[place]) for place in range(width))
            and fits(table.rows[height].cells[width], sum(lines))
        ):
            found.append(cells)
    return found


small = st.integers(0, 6)


@settings(max_examples=40)
@given(st.lists(st.lists(small, min_size=2, max_size=2), min_size=2, max_size=2), st.sampled_from([3, 5]))
def test_no_attacker_pins_a_small_count_however_the_numbers_fall(counts: list[list[int]], threshold: int) -> None:
    for table in (crossed(counts), plain(counts)):
        result = protect(table, threshold=threshold)
        if not result.tables:
            assert [problem.code for problem in result.problems] == ["RE24"]
            continue
        worlds = possible(result.table, threshold, most=9)
        assert worlds
        for at, line in enumerate(counts):
            for place, value in enumerate(line):
                if 1 <= value < threshold:
                    assert result.table.rows[at].cells[place].hidden
                    assert len({world[at, place] for world in worlds}) > room(threshold)


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 14), min_size=4, max_size=4), min_size=2, max_size=4), st.sampled_from([3, 5, 10])
)
def test_the_linear_programme_finds_no_way_in_either(counts: list[list[int]], threshold: int) -> None:
    height, width = len(counts), len(counts[0])
    values = [value for line in counts for value in line]
    sums = [Sum(tuple((at * width + place, 1) for place in range(width)), sum(counts[at])) for at in range(height)]
    sums += [
        Sum(tuple((at * width + place, 1) for at in range(height)), sum(line[place] for line in counts))
        for place in range(width)
    ]
    numbers = [Number(value, sensitive=1 <= value < threshold) for value in values]
    signs = suppress(numbers, sums, threshold)
    blank = all(sign is Shown.BLANK for sign in signs)
    assert blank or not violations(numbers, signs, sums, threshold)
    for value, sign in zip(values, signs, strict=True):
        assert not (sign is Shown.OPEN and 1 <= value < threshold)
        assert not (sign is Shown.HIDDEN and value < threshold)
    targets = [at for at, each in enumerate(numbers) if each.sensitive]
    for exposure in attack(known_bounds(numbers, signs, threshold), sums, targets):
        assert exposure.low <= values[exposure.number] <= exposure.high
        quick = narrowed(known_bounds(numbers, signs, threshold), sums)[exposure.number]
        assert quick[0] <= exposure.low <= exposure.high <= quick[1]


def test_a_small_count_becomes_a_sign_and_a_second_one_hides_with_it() -> None:
    result = protect(crossed([[3, 20, 30], [12, 14, 15]]))
    assert shown(result.table)[0][0] == "<5"
    assert all(sum(cell.hidden for cell in row.cells) in (0, 2) for row in result.table.rows)
    assert shown(result.table)[-1][-1] == "94"
    assert any("<5: fra 1 til 4" in note.da for note in result.table.notes)


def test_nothing_is_hidden_where_nothing_is_small_and_zeros_stand() -> None:
    result = protect(crossed([[0, 20], [12, 14]]))
    assert result.hidden == 0
    assert shown(result.table)[0] == ["0", "20", "20"]
    assert result.table.notes == ()


def test_no_value_is_left_in_a_hidden_cell() -> None:
    table = crossed([[3, 20], [12, 14]])
    named = replace(table.rows[0].cells[0], cases=("A-01", "A-02", "A-03"))
    table = replace(table, rows=(replace(table.rows[0], cells=(named, *table.rows[0].cells[1:])), *table.rows[1:]))
    for row in protect(table).table.rows:
        for cell in row.cells:
            assert cell.cases == ()
            if cell.hidden:
                assert (cell.number, cell.split, cell.low, cell.high, cell.text) == (0, 0, None, None, None)


def test_the_threshold_can_be_three_or_ten() -> None:
    table = crossed([[3, 20], [12, 14]])
    assert protect(table, threshold=3).hidden == 0
    assert shown(protect(table, threshold=10).table)[0][0] == "<10"


def test_what_follows_from_hidden_counts_is_hidden_too() -> None:
    row = Row(
        label("kode"),
        (
            count(3, query={"code": "a", "category": "x"}), share(3, 30),
            count(25, query={"code": "a", "category": "y"}), share(25, 50), p_value(0.02), number(1.5), interval(1, 2),
            words("3 af 30 cases"), words("et ord"),
        ),
    )  # fmt: skip
    names = [Heading(label(f"g{n}"), 2, base=base) for n, base in enumerate((30, 50))]
    table = Table("t", label("T"), label("K"), ((*names, *(Heading(label(f"h{n}")) for n in range(5))),), (row,))
    cells = protect(table).table.rows[0].cells
    assert [cell.hidden for cell in cells] == [True, True, False, False, True, True, True, True, False]


def test_statistics_go_where_nobody_can_see_what_they_rest_on() -> None:
    alone = Row(label("a"), (number(1.5), p_value(0.01)))
    table = Table("t", label("T"), label("K"), ((Heading(label("x")), Heading(label("p"))),), (alone,))
    assert all(cell.hidden for cell in protect(table).table.rows[0].cells)
    counted = Row(label("a"), (count(20, query={"code": "a", "category": "x"}), p_value(0.01)))
    seen = replace(table, id="u", rows=(counted,))
    both = protect_all((seen, table))
    assert not any(cell.hidden for each in both.tables for cell in each.rows[0].cells)
    few = Row(label("a"), (count(2, query={"code": "a", "category": "x"}), p_value(0.01)))
    hidden = protect_all((replace(seen, rows=(few,)), table))
    assert all(cell.hidden for each in hidden.tables for cell in each.rows[0].cells)


def test_who_knows_the_size_of_the_group_learns_nothing_of_the_few_others() -> None:
    rows = tuple(
        Row(label(code), tuple(count(value, query={"code": code, "category": name}) for name, value in values.items()))
        for code, values in (("a", {"x": 29, "y": 20}), ("b", {"x": 15, "y": 20}))
    )
    table = Table(
        "t", label("T"), label("K"), ((Heading(label("x (n = 30)"), base=30), Heading(label("y"), base=40)),), rows
    )
    assert shown(protect(table).table) == [["·", "20"], ["15", "20"]]


def test_the_same_number_is_hidden_in_every_table_and_sums_are_seen_across_them() -> None:
    first = crossed([[3, 20, 30]], dims=("code", "category"))
    second = crossed([[3, 40, 10]], table_id="u", dims=("code", "cluster"))
    linked = protect_all((first, second))
    for table in linked.tables:
        assert sum(cell.hidden for cell in table.rows[0].cells) >= 2
    again = protect_all((first, replace(first, id="again")))
    assert shown(again.tables[0]) == shown(again.tables[1])


def test_a_second_cut_of_the_same_counts_is_left_out() -> None:
    fine = crossed([[9, 20], [12, 14]], dims=("code", "category"))
    coarse = crossed([[29, 7], [26, 8]], table_id="u", dims=("code", "category"))
    joined = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, query=tuple((name, value + "+c9" * (name == "category")) for name, value in cell.query))
                for cell in row.cells
            ),
        )
        for row in coarse.rows
    )
    result = protect_all((fine, replace(coarse, rows=joined)))
    assert [table.id for table in result.tables] == ["t"]
    assert [problem.code for problem in result.problems] == ["RE22"]


def test_tables_that_name_cases_are_left_out() -> None:
    result = protect(replace(crossed([[9]]), internal=True))
    assert result.tables == ()
    assert result.problems[0].code == "RE23"


def test_a_group_that_falls_in_one_cell_is_told() -> None:
    result = protect(crossed([[6, 0], [0, 20], [7, 9]]))
    told = [problem.message for problem in result.problems if problem.code == "RE20"]
    assert any("all 6 cases" in message for message in told)
    assert all("case" in message and problem.hint for message, problem in zip(told, result.problems, strict=False))


def test_a_group_that_falls_in_one_cell_is_told_with_the_dimension_that_its_row_stands_under() -> None:
    table = crossed([[6, 0], [0, 20], [7, 9]])
    empty = tuple(replace(cell, kind=CellKind.EMPTY, query=()) for cell in table.rows[0].cells)
    heading = Row(Label("Helbred", "Health"), empty, group=True)
    told = protect(replace(table, rows=(table.rows[0], heading, *table.rows[1:]))).problems
    messages = [problem.message for problem in told if problem.code == "RE20"]
    plain, below = (next(text for text in messages if f"all {size} cases" in text) for size in (6, 20))
    assert " under " not in plain
    assert f"row '{table.rows[1].label.en}' under 'Health', column" in below


def test_split_cases_are_counted_in_before_anything_is_hidden() -> None:
    outcomes = reference_outcomes()
    table = protect(category_by_cluster(reference_cases(), outcomes)).table
    assert not any(cell.split for row in table.rows for cell in row.cells)
    assert any("Todelte cases" in note.da for note in table.notes)
    assert all(cell.hidden or cell.number == 0 or cell.number >= 5 for row in table.rows for cell in row.cells)


@cache
def pack(*, two: bool) -> tuple[Table, ...]:
    cases, codings, codebook = reference_cases(), reference_codings(), reference_codebook()
    outcomes = tuple(
        replace(each, progression=(min(each.progression, key=ORDER.index),)) for each in reference_outcomes()
    )
    tables = (
        category_by_cluster(cases, outcomes),
        code_by_category(cases, codings, outcomes, codebook),
    )
    return tuple(collapse(table, TWO_LEVELS) for table in tables) if two else tables


@cache
def protected(*, two: bool) -> Protected:
    return protect_all(pack(two=two))


def test_the_tables_of_the_sample_hold_no_small_count_and_no_row_with_one_hole() -> None:
    for table in protected(two=False).tables:
        for row in table.rows:
            counts = [cell for cell in row.cells if cell.kind is CellKind.COUNT]
            assert all(cell.hidden or cell.number == 0 or cell.number >= 5 for cell in counts)
            if not row.total and any(cell.sign == "<5" for cell in counts):
                assert sum(cell.hidden for cell in counts) >= 2, (table.id, row.label)


def test_two_levels_hide_less_than_four() -> None:
    fine, coarse = protected(two=False), protected(two=True)
    assert coarse.hidden / coarse.counts < 0.6 * fine.hidden / fine.counts
    table = coarse.tables[1]
    assert table.header[0][0].label.da.startswith("Progression eller delvis progression (n")
    assert share_hidden(pack(two=True)[:1]) == 0


def test_joined_groups_count_a_case_once_and_keep_the_sums() -> None:
    cases, codings, codebook = reference_cases(), reference_codings(), reference_codebook()
    table = code_by_category(cases, codings, reference_outcomes(), codebook)
    joined = collapse(table, TWO_LEVELS)
    assert joined.width == 6
    good = {outcome.case for outcome in reference_outcomes() if {"progression", "partial"} & set(outcome.progression)}
    for before, after in zip(table.rows, joined.rows, strict=True):
        if not before.group:
            carriers = set(before.cells[-2].cases)
            assert after.cells[0].number == len(carriers & good)
            assert after.cells[-2] == before.cells[-2]


def test_the_attacker_needs_numbers_that_fit() -> None:
    with pytest.raises(ValueError, match="fit"):
        attack(((0, 1), (0, 1)), (Sum(((0, 1), (1, 1)), 5),), (0,))
