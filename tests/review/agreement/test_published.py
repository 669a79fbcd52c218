"""Every coefficient against published examples; the numbers stand in data/published.json with their sources."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.review.agreement import coefficients as by
from pipeline.review.agreement.ratings import Ratings, all_cases, ratings, sums
from pipeline.review.agreement.unitizing import unitizing

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "published.json").read_text(encoding="utf-8")
)["examples"]


def of_kind(*kinds: str) -> list[Any]:
    return [pytest.param(each, id=each["id"]) for each in EXAMPLES if each["kind"] in kinds]


def value(measure: by.Coefficient, given: Ratings, **options: Any) -> float:
    tallied = sums(given, **options)
    return float(measure(tallied, all_cases(tallied))[0])


def by_unit(example: dict[str, Any]) -> Ratings:
    if "units_by_coder" in example:
        return ratings(list(zip(*example["units_by_coder"], strict=True)))
    if "ratings" in example:
        return ratings(example["ratings"])
    pairs = product(enumerate(example["table"]), range(len(example["table"])))
    rows = [(first, second) for (first, counts), second in pairs for _ in range(counts[second])]
    return ratings(rows, categories=range(len(example["table"])))


@pytest.mark.parametrize("example", of_kind("alpha", "cac", "table", "fleiss"))
def test_coefficients_equal_the_published_ones(example: dict[str, Any]) -> None:
    given = by_unit(example)
    numbers = [n if isinstance(n, int) else 0 for n in given.categories]
    measures = {
        "percent": lambda: value(by.percent, given),
        "nominal": lambda: value(by.krippendorff_alpha, given),
        "krippendorff_nominal": lambda: value(by.krippendorff_alpha, given),
        "ordinal": lambda: value(by.ordinal_alpha, given),
        "interval": lambda: with_distance(given, by.interval_distance(numbers)),
        "ratio": lambda: with_distance(given, by.ratio_distance(numbers)),
        "kappa": lambda: value(by.cohen_kappa, given),
        "gwet_ac1": lambda: value(by.gwet_ac1, given),
        "fleiss": lambda: value(by.fleiss_kappa, given),
        "fleiss_kappa": lambda: value(by.fleiss_kappa, given),
        "scott_pi": lambda: value(by.fleiss_kappa, given),
        "S": lambda: value(by.brennan_prediger, given),
        "brennan_prediger": lambda: value(by.brennan_prediger, given),
    }
    checked = [name for name in example["expect"] if name in measures]
    for name in checked:
        assert measures[name]() == pytest.approx(example["expect"][name], abs=example.get("tolerance", 6e-4)), name
    assert checked


def with_distance(given: Ratings, distance: Any) -> float:
    tallied = sums(given, distance)
    return float(by.krippendorff_alpha(tallied, all_cases(tallied), distance)[0])


@pytest.mark.parametrize("example", of_kind("weighted_table"))
def test_weighted_kappa_equals_the_published_one(example: dict[str, Any]) -> None:
    counts = [[round(share * example["n"]) for share in row] for row in example["table_proportion"]]
    given = by_unit({"table": counts})
    tallied = sums(given)
    found = by.weighted_kappa(tallied, all_cases(tallied), np.array(example["weights_disagreement"], dtype=float))
    assert float(found[0]) == pytest.approx(example["expect"]["weighted_kappa"], abs=6e-4)
    assert value(by.cohen_kappa, given) == pytest.approx(example["expect"]["kappa"], abs=6e-4)


@pytest.mark.parametrize("example", of_kind("alpha_u"))
def test_alpha_for_unitizing_equals_the_published_one(example: dict[str, Any]) -> None:
    begin, length = example["continuum"]
    parts = {}
    for code in sorted({unit[3] for unit in example["units"]}):
        coders = sorted({unit[2] for unit in example["units"]})
        spans = [
            [(b - begin, b - begin + size) for b, size, who, what in example["units"] if who == coder and what == code]
            for coder in coders
        ]
        parts[code] = unitizing(length, spans)
    for code, part in parts.items():
        if code in example["expect"]:
            assert part.alpha == pytest.approx(example["expect"][code], abs=6e-4)
    overall = 1 - sum(part.observed for part in parts.values()) / sum(part.expected for part in parts.values())
    assert overall == pytest.approx(example["expect"]["alpha_u"], abs=1e-3)


@pytest.mark.parametrize("example", of_kind("masi"))
def test_masi_distances_equal_the_published_ones(example: dict[str, Any]) -> None:
    for first, second, expected in example["pairs"]:
        assert by.masi(frozenset(first), frozenset(second)) == pytest.approx(expected, abs=1e-4)


def test_two_empty_sets_are_alike() -> None:
    assert by.masi(frozenset(), frozenset()) == 0.0


def test_one_value_throughout_is_not_estimable() -> None:
    given = ratings([(0, 0), (0, 0)], categories=(0, 1))
    assert np.isnan(value(by.krippendorff_alpha, given))
    assert np.isnan(value(by.cohen_kappa, given))
    assert value(by.percent, given) == 1.0


def test_a_unit_that_one_coder_saw_alone_changes_nothing_in_alpha() -> None:
    rows = [(0, 0), (1, 0), (1, 1), (0, 1), (1, 1)]
    assert value(by.krippendorff_alpha, ratings([*rows, (1, None)])) == pytest.approx(
        value(by.krippendorff_alpha, ratings(rows))
    )


def test_precision_and_recall_take_the_first_coder_as_reference() -> None:
    given = ratings([(1, 1)] * 3 + [(1, 0)] * 1 + [(0, 1)] * 2 + [(0, 0)] * 4)
    assert value(by.precision, given) == pytest.approx(3 / 5)
    assert value(by.recall, given) == pytest.approx(3 / 4)
    assert value(by.f1, given) == pytest.approx(6 / 9)
