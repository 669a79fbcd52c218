"""Tables 4.1 to 4.3 in the study's shape, cell by cell against the reference of the sample corpus."""

from collections import Counter

import pytest

from pipeline.patterns.descriptive import attachment_by_cluster, category_by_cluster, municipality_by_cluster
from pipeline.patterns.tables import Table
from tests.reference import gold, reference_cases, reference_outcomes

CLUSTERS = {"Ungeklyngen": "youth", "Voksenklyngen": "adult", "Familieklyngen": "family"}


def cells(table: Table) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (row, column) -> (whole, split)."""
    columns = [heading.label.da for heading in table.header[-1]]
    return {
        (row.label.da, column): (int(cell.number), cell.split)
        for row in table.rows
        for column, cell in zip(columns, row.cells, strict=True)
    }


def test_table_4_1_counts_the_cases_of_every_municipality_and_cluster() -> None:
    table = municipality_by_cluster(reference_cases())
    assert [heading.label.da for heading in table.header[0]] == [
        "Voksenklyngen", "Ungeklyngen", "Familieklyngen", "I alt",
    ]  # fmt: skip
    found = cells(table)
    want = Counter((line["municipality"], line["cluster"]) for line in gold())
    for municipality in {line["municipality"] for line in gold()}:
        for label, cluster in CLUSTERS.items():
            assert found[municipality, label] == (want[municipality, cluster], 0)
        total = sum(line["municipality"] == municipality for line in gold())
        assert found[municipality, "I alt"] == (total, 0)
    assert found["I alt", "I alt"] == (98, 0)


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("Progression", "progression"),
        ("Delvis progression", "partial"),
        ("Ingen progression", "none"),
        ("Regression", "regression"),
    ],
)
def test_table_4_2_counts_whole_and_split_cases_of_every_category_and_cluster(label: str, category: str) -> None:
    table = category_by_cluster(reference_cases(), reference_outcomes())
    assert [heading.label.da for heading in table.header[0]] == ["Antal cases i alt", *CLUSTERS]
    found = cells(table)
    for column, clusters in {
        "Antal cases i alt": set(CLUSTERS.values()),
        **{k: {v} for k, v in CLUSTERS.items()},
    }.items():
        lines = [line for line in gold() if line["cluster"] in clusters and category in line["progression"]]
        split = sum(len(set(line["progression"])) > 1 for line in lines)
        assert found[label, column] == (len(lines) - split, split)
        assert found["I alt", column] == (sum(line["cluster"] in clusters for line in gold()), 0)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Beskæftigelse, ordinære vilkår", "employment"),
        ("Beskæftigelse, særlige vilkår, herunder fleksjob", "employment_special"),
        ("Uddannelse, ordinære vilkår", "education"),
        ("Uddannelse, særlige vilkår", "education_special"),
    ],
)
def test_table_4_3_counts_the_attachments_of_every_kind_and_cluster(label: str, kind: str) -> None:
    table = attachment_by_cluster(reference_cases(), reference_outcomes())
    assert [heading.label.da for heading in table.header[0]] == ["Antal i alt", *CLUSTERS]
    found = cells(table)
    for column, clusters in {"Antal i alt": set(CLUSTERS.values()), **{k: {v} for k, v in CLUSTERS.items()}}.items():
        lines = [line for line in gold() if line["cluster"] in clusters]
        assert found[label, column] == (sum(kind in line["attachment"] for line in lines), 0)
        total = sum(len(set(line["attachment"]) - {"none"}) for line in lines)
        assert found["I alt", column] == (total, 0)


def test_every_count_opens_the_cases_behind_it() -> None:
    for table in (
        municipality_by_cluster(reference_cases()),
        category_by_cluster(reference_cases(), reference_outcomes()),
    ):
        for row in table.rows:
            for cell in row.cells:
                assert len(cell.cases) == cell.number + cell.split
                assert len(set(cell.cases)) == len(cell.cases)
