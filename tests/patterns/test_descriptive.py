from dataclasses import replace

from pipeline.model.cases import Attributes, Case, Cluster
from pipeline.model.progression import Attachment, Outcome, ProgressionCategory
from pipeline.patterns.descriptive import attachment_by_cluster, category_by_cluster, municipality_by_cluster
from pipeline.patterns.tables import CellKind, Table
from tests.reference import gold, reference_cases, reference_outcomes


def row(table: Table, label: str) -> list[tuple[int, int]]:
    found = next(row for row in table.rows if row.label.da == label)
    return [(int(cell.number), cell.split) for cell in found.cells]


def family(case: str, *categories: ProgressionCategory) -> tuple[Case, Outcome]:
    attributes = Attributes("Kommune X", Cluster.FAMILY)
    return (
        Case(case, f"{case}.docx", "", "", "", (), (), attributes),
        Outcome(case, categories, "rules", (Attachment.NONE,), (), ()),
    )


def test_the_reference_gives_the_counts_that_its_lines_give() -> None:
    table = category_by_cluster(reference_cases(), reference_outcomes())
    for label, category in (
        ("Progression", "progression"),
        ("Ingen progression", "none"),
        ("Regression", "regression"),
    ):
        lines = [line for line in gold() if category in line["progression"]]
        split = sum(len(line["progression"]) > 1 for line in lines)
        assert row(table, label)[0] == (len(lines) - split, split)
    assert row(table, "I alt") == [(98, 0), (29, 0), (40, 0), (29, 0)]
    assert row(table, "Progression")[1:] == [(12, 0), (12, 0), (8, 10)]


def test_a_split_case_counts_in_each_of_its_categories_and_once_in_all() -> None:
    pairs = [
        family("X-01", ProgressionCategory.PROGRESSION, ProgressionCategory.NONE),
        family("X-02", ProgressionCategory.NONE),
    ]
    table = category_by_cluster([case for case, _ in pairs], [outcome for _, outcome in pairs])
    assert row(table, "Progression") == [(0, 1), (0, 0), (0, 0), (0, 1)]
    assert row(table, "Ingen progression")[0] == (1, 1)
    assert row(table, "I alt")[0] == (2, 0)
    assert "todelt" in table.notes[0].da


def test_a_case_without_a_category_has_a_row_of_its_own() -> None:
    case, outcome = family("X-01")
    table = category_by_cluster([case], [outcome])
    assert row(table, "Ikke belyst")[0] == (1, 0)
    assert "Ikke belyst" not in {item.label.da for item in category_by_cluster(*_empty()).rows}


def _empty() -> tuple[tuple[Case, ...], tuple[Outcome, ...]]:
    return (), ()


def test_cases_without_a_cluster_are_counted_in_a_column_of_their_own() -> None:
    case = replace(reference_cases()[0], attributes=Attributes("Kommune A"))
    table = municipality_by_cluster([case])
    assert [heading.label.da for heading in table.header[0]][-2:] == ["Uden klynge", "I alt"]
    assert [cell.number for cell in table.rows[-1].cells] == [0, 0, 0, 1, 1]


def test_municipalities_are_counted_by_cluster() -> None:
    table = municipality_by_cluster(reference_cases())
    assert len(table.rows) == 10
    assert [heading.label.da for heading in table.header[0]] == [
        "Voksenklyngen",
        "Ungeklyngen",
        "Familieklyngen",
        "I alt",
    ]
    assert row(table, "I alt") == [(40, 0), (29, 0), (29, 0), (98, 0)]
    youth = next(item for item in table.rows if item.label.da == "Kommune K").cells[1]
    assert (youth.kind, youth.number) == (CellKind.COUNT, 3)
    assert next(item for item in table.rows if item.label.da == "Kommune G").cells[1].number == 3


def test_attachments_are_counted_and_not_cases() -> None:
    table = attachment_by_cluster(reference_cases(), reference_outcomes())
    kinds = [kind for line in gold() for kind in line["attachment"] if kind != "none"]
    assert row(table, "I alt")[0] == (len(kinds), 0)
    assert row(table, "Uddannelse, ordinære vilkår")[0] == (kinds.count("education"), 0)
    reached = sum(line["attachment"] != ["none"] for line in gold())
    assert f"I {reached} af 98 cases" in table.notes[1].da
