from dataclasses import replace

import pytest

from pipeline.patterns.findings import Finding
from pipeline.patterns.measures import Measures, Source
from pipeline.report.measure_lines import source_line, value_line, value_shown


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (9.0, 8.0, 10.5, "9 måneder (8–10,5)"),
        (3.5, 3.5, 3.5, "3,5 måneder"),
        (12.0, 12.0, None, "mindst 12 måneder"),
        (5.0, None, 5.0, "højst 5 måneder"),
        (6.0, 4.0, None, "6 måneder (mindst 4)"),
        (1.0, None, None, "1 måned"),
        (10.0, 0.0, 20.0, "10 måneder (0–20)"),
    ],
)
def test_a_wait_reads_with_its_bounds(value: float, low: float | None, high: float | None, shown: str) -> None:
    assert value_shown(Finding("X-01", "waiting_months", value, "months", low, high, True), "da") == shown


def test_other_units_have_their_own_decimals() -> None:
    assert value_shown(Finding("X-01", "support_changes", 2, "changes", 1, None, False), "da") == "2 skift (mindst 1)"
    assert (
        value_shown(Finding("X-01", "deficit_resource_index", 0.5, "share", 0.1, 0.9, True), "da") == "0,50 (0,10–0,90)"
    )
    density = Finding("X-01", "resource_density", 6.5, "per 100 sentences", 1.8, 20.0, True)
    assert value_shown(density, "en") == "6.5 per 100 sentences (1.8–20)"


def test_an_uncertain_value_says_so() -> None:
    sure = Finding("X-01", "support_changes", 2, "changes", 2, 2, True)
    unsure = Finding("X-01", "support_changes", 2, "changes", 1, None, False)
    assert value_line(sure, "da") == "support_changes  Mentor- og kontaktpersonskift: 2 skift"
    assert value_line(unsure, "da").endswith(", uncertain")
    counted = replace(unsure, segments=("a", "b"))
    assert value_line(counted, "da").endswith(", uncertain: sentences counted, and two may tell of one change")
    few = Finding("X-01", "deficit_resource_index", 0.5, "share", 0.1, 0.9, False, segments=("a", "b"))
    assert value_line(few, "en").endswith(", uncertain: fewer than 5 sentences")


def test_a_value_names_its_sentences_and_quotes_one_alone() -> None:
    one = Finding("X-01", "waiting_months", 9, "months", 9, 9, True, "b", "ni\nmåneder")
    total = Finding(
        "X-01", "waiting_total_months", 15, "months", 15, 15, True, words="home, staff", segments=("a", "b")
    )
    none = Finding("X-01", "deficit_density", 0, "per 100 sentences", 0, 5, True, words="0 / 60")
    measures = Measures("X-01", sources=(Source("a", 4, "A."), Source("b", 11, "B."), Source("c", 20, "C.")))
    assert source_line(measures, one, "da") == 'sentence 11: "ni måneder"'
    assert source_line(measures, total, "da") == "sentences 4, 11: bolig, fagperson"
    assert source_line(measures, none, "da") == "0 / 60"
