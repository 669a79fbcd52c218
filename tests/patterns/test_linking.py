from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model.codes import Label
from pipeline.patterns.attacker import Shown, Sum
from pipeline.patterns.linked import Linked, Spot
from pipeline.patterns.linking import link, with_complements
from pipeline.patterns.tables import Heading, Row, Table, count, query_of


def label(text: str) -> Label:
    return Label(text, text)


def one_row(cells: Sequence[tuple[int, Mapping[str, str]]], *names: Heading) -> Table:
    row = Row(label("r"), tuple(count(number, query=query) for number, query in cells))
    return Table(
        "t", label("T"), label("R"), (names or tuple(Heading(label(f"h{at}")) for at in range(len(cells))),), (row,)
    )


def values(linked: Linked, each: Sum) -> list[tuple[int, int]]:
    return [(linked.numbers[at].value, sign) for at, sign in each.terms]


A, X, Y = {"code": "a"}, {"code": "a", "category": "x"}, {"code": "a", "category": "y"}


def test_what_two_tables_count_alike_is_one_number_in_two_places() -> None:
    linked = link((one_row([(12, X), (9, Y)]), one_row([(9, Y)])), 5)
    assert [number.value for number in linked.numbers] == [12, 9]
    assert linked.spots[Spot(0, 0, 1)] == linked.spots[Spot(1, 0, 0)] == linked.queries[query_of(Y)]


def test_the_values_of_a_dimension_add_up_to_a_total_that_another_table_gives_first() -> None:
    linked = link((one_row([(21, A)]), one_row([(12, X), (9, Y)])), 5)
    assert [values(linked, each) for each in linked.sums] == [[(12, 1), (9, 1), (21, -1)]]


def test_cases_in_two_groups_are_a_small_number_that_follows_though_no_table_shows_it() -> None:
    linked = link((one_row([(21, A)]), one_row([(13, X), (10, Y)])), 5)
    (each,) = linked.sums
    assert values(linked, each) == [(13, 1), (10, 1), (21, -1), (2, -1)]
    assert linked.numbers[-1].implied
    assert linked.numbers[-1].sensitive


def test_codes_overlap_and_never_add_up() -> None:
    assert link((one_row([(12, {"code": "a"}), (9, {"code": "b"})]),), 5).sums == []


def test_what_is_left_of_a_group_of_known_size_is_a_number_where_it_is_small() -> None:
    table = one_row([(29, X), (12, Y)], Heading(label("x (n = 30)")), Heading(label("y"), base=40))
    for hidden, left in ((False, [[(29, 1), (1, 1)]]), (True, [])):
        linked = link((table,), 5)
        shown = [Shown.HIDDEN if hidden else Shown.OPEN] * len(linked.numbers)
        before = len(linked.sums)
        more = with_complements(linked, (table,), shown, 5).sums[before:]
        assert [values(linked, each) for each in more] == left


def test_links_of_a_graph_and_hidden_cells_are_no_numbers_of_cases() -> None:
    table = one_row([(12, {"unit": "edges"}), (9, Y)])
    gone = replace(table.rows[0].cells[1], hidden=True)
    table = replace(table, rows=(replace(table.rows[0], cells=(table.rows[0].cells[0], gone)),))
    assert link((table,), 5).numbers == []
