from pipeline.graph.findings import theory_table
from pipeline.model.codes import Label
from pipeline.patterns.tables import CellKind, Heading, Row, Table, count
from pipeline.report.table_parts import table_parts, words_only
from tests.report.made_full import parts


def label(text: str) -> Label:
    return Label(text, text)


def test_a_long_table_is_cut_between_its_groups() -> None:
    rows: list[Row] = []
    for group in range(4):
        rows.append(Row(label(f"g{group}"), (count(0),), group=True))
        rows += [Row(label(f"r{group}{at}"), (count(at),)) for at in range(5)]
    table = Table("t", label("T"), label("R"), ((Heading(label("n")),),), tuple(rows))
    parts = table_parts(table, 13)
    assert [len(part.rows) for part in parts] == [12, 12]
    assert [row for part in parts for row in part.rows] == rows


def test_a_table_of_words_keeps_the_headings_of_its_words_and_no_number() -> None:
    graph = parts().graph
    assert graph is not None
    table = theory_table(graph)
    kept = words_only(table)
    assert 0 < kept.width < table.width
    assert {heading.label for heading in kept.header[0]} < {heading.label for heading in table.header[-1]}
    assert all(cell.kind in (CellKind.TEXT, CellKind.EMPTY) for row in kept.rows for cell in row.cells)
    assert [row.label for row in kept.rows] == [row.label for row in table.rows]
