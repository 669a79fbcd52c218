"""Equality with R QCA on every stored analysis; sources stand in data/qca."""

from typing import Any

import pytest

from pipeline.patterns.qca.covers import minimal_covers
from pipeline.patterns.qca.expression import write_term
from pipeline.patterns.qca.matrix import Matrix, make_matrix
from pipeline.patterns.qca.measures import Fit, necessity
from pipeline.patterns.qca.primes import number_of, prime_implicants
from pipeline.patterns.qca.sets import direct
from pipeline.patterns.qca.solutions import Kind, Solution, minimise, solve
from pipeline.patterns.qca.truth_table import Cuts, TruthTable, truth_table
from tests.patterns.qca_data import analyses, columns, expected, matrix

TOLERANCE = 1e-5


def near(value: float | list[float]) -> Any:
    return pytest.approx(value, abs=TOLERANCE)


def run(data: str, name: str) -> tuple[dict[str, Any], Matrix, TruthTable, dict[Kind, Solution]]:
    stored = expected()[data]
    wanted = stored["analyses"][name]
    found = matrix(stored["file"], wanted["outcome"], tuple(wanted["conditions"]))
    if "dir_exp" in wanted:
        values = [int(value) for value in wanted["dir_exp"].split(",")]
        found = found.expecting({each: {value} for each, value in zip(found.names, values, strict=True)})
    table = truth_table(found, Cuts(wanted["incl_cut"], wanted["n_cut"]))
    return wanted, found, table, solve(found, table, minimise(table))


@pytest.mark.parametrize(("data", "name"), analyses())
def test_the_truth_table_is_that_of_r_qca(data: str, name: str) -> None:
    wanted, found, table, _ = run(data, name)
    assert table.size == wanted["truth_table"]["n_rows_total"]
    assert len(table.remainders) == wanted["truth_table"]["n_remainders"]
    rows = wanted["truth_table"]["rows"]
    assert len(rows) == len(table.rows)
    for row, other in zip(table.rows, rows, strict=True):
        assert row.number == other["row"]
        assert list(row.values) == [other[each] for each in found.names]
        assert row.output == bool(other["OUT"])
        assert row.n == other["n"]
        assert row.consistency == near(other["incl"])
        assert row.pri == near(other["PRI"])
        assert ",".join(row.cases) == other["cases"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("data", "name"), analyses())
def test_every_model_and_every_fit_is_that_of_r_qca(data: str, name: str, kind: Kind) -> None:
    wanted, found, _, solutions = run(data, name)
    if kind.value not in wanted:
        assert kind is Kind.INTERMEDIATE
        return
    stored = wanted[kind.value]
    fits = {frozenset(model): fit for model, fit in zip(stored["models"], stored["fit"], strict=True)}
    models = {
        frozenset(write_term(term, found.conditions) for term in model.terms): model for model in solutions[kind].models
    }
    assert set(models) == set(fits)
    assert len(models) == stored["n_models"] == len(solutions[kind].models)
    for terms, model in models.items():
        fit = fits[terms]
        assert [model.fit.consistency, model.fit.pri, model.fit.coverage] == near(
            [fit["model"]["inclS"], fit["model"]["PRI"], fit["model"]["covS"]]
        )
        by_term = {each["term"]: each for each in fit["terms"]}
        for term, own in zip(model.terms, model.term_fits, strict=True):
            check_term(by_term[write_term(term, found.conditions)], own)


def check_term(stored: dict[str, Any], fit: Fit) -> None:
    assert fit.consistency == near(stored["inclS"])
    assert fit.pri == near(stored["PRI"])
    assert fit.coverage == near(stored["covS"])
    if stored["covU"] is None:
        assert fit.unique == fit.coverage
    else:
        assert fit.unique == near(stored["covU"])


@pytest.mark.parametrize(("data", "name"), analyses())
def test_the_easy_counterfactuals_are_those_of_r_qca(data: str, name: str) -> None:
    wanted, found, table, _ = run(data, name)
    stored = wanted.get("intermediate", {}).get("easy_counterfactual_rows_R", {})
    easy = {
        pair: sorted(number_of(row, found.levels) for row in rows) for pair, rows in minimise(table).counterfactuals
    }
    sizes = sorted([int(row) for row in rows] for rows in stored.values())
    if stored:
        assert sorted(easy.values()) == sizes


@pytest.mark.parametrize("data", ["lipset_crisp", "lipset_fuzzy"])
def test_necessity_is_that_of_r_qca(data: str) -> None:
    stored = expected()[data]
    found = matrix(stored["file"])
    measured = {write_term(each.terms[0], found.conditions): each for each in necessity(found)}
    assert [each["condition"] for each in stored["necessity_SURV"]] == list(measured)
    for each in stored["necessity_SURV"]:
        own = measured[each["condition"]]
        assert [own.consistency, own.relevance, own.coverage] == near([each["inclN"], each["RoN"], each["covN"]])


def test_direct_calibration_gives_the_published_fuzzy_scores() -> None:
    stored = expected()["calibration_direct_method"]
    names, raw = columns(stored["raw"])
    _, scores = columns(stored["target"])
    checked = 0
    for name, anchors in stored["anchors_exclusion_crossover_inclusion"].items():
        place = names.index(name)
        found = direct([row[place] for row in raw.values()], *anchors, degree=stored["idm"])
        assert list(found) == pytest.approx([row[place] for row in scores.values()], abs=stored["tolerance"])
        checked += len(found)
    assert checked == 6 * 18


@pytest.mark.parametrize("example", expected()["boolean_minimisation"], ids=lambda each: str(each["name"]))
def test_ties_of_boolean_minimisation_are_all_found(example: dict[str, Any]) -> None:
    names = example["vars"].split(",")
    width = len(names)

    def rows(numbers: list[int]) -> list[tuple[int, ...]]:
        return [tuple(number >> (width - 1 - place) & 1 for place in range(width)) for number in numbers]

    positive = rows(example["ones"])
    either = {*example["ones"], *example["dontcare"]}
    negative = rows([number for number in range(2**width) if number not in either])
    models = minimal_covers(prime_implicants(positive, negative), positive)
    conditions = make_matrix({}, names, "Y").conditions
    written = {frozenset(write_term(term, conditions) for term in model) for model in models}
    if "models" in example:
        assert written == {frozenset(model) for model in example["models"]}
    else:
        assert len(models) == example["n_models"]
        assert {len(model) for model in models} == {example["terms_each"]}


@pytest.mark.parametrize("outcome", ["L", "E"])
def test_models_of_different_length_are_found_as_cna_finds_them(outcome: str) -> None:
    stored = expected()["baumgartner_educate"]
    names = stored["data"]["columns"]
    conditions = ["U", "D"] if outcome == "L" else ["U", "D", "L", "G"]
    found = make_matrix(
        {
            str(n): [row[names.index(each)] for each in (*conditions, outcome)]
            for n, row in enumerate(stored["data"]["rows"])
        },
        conditions,
        outcome,
    )
    models = minimise(truth_table(found, Cuts(1.0)), every=True).parsimonious
    written = {frozenset(write_term(term, found.conditions) for term in model) for model in models}
    assert written == {frozenset(text.split(" + ")) for text in stored["cna"][outcome]}


def test_the_job_security_regulations_of_emmenegger_2011() -> None:
    found = matrix("emmenegger_fuzzy.csv")
    found = found.expecting(dict(zip(found.names, [{1}, {1}, {1}, {1}, {1}, {0}], strict=True)))
    table = truth_table(found, Cuts(0.9))
    (model,) = solve(found, table, minimise(table))[Kind.INTERMEDIATE].models
    assert {write_term(term, found.conditions) for term in model.terms} == {"S*R*~V", "S*C*R*P", "S*L*R*P", "C*L*P*~V"}
    assert (model.fit.consistency, model.fit.coverage) == pytest.approx((0.965, 0.685), abs=0.0005)


def test_the_temporal_condition_of_ragin_and_strand_2008() -> None:
    found = matrix("ragin_strand_temporal.csv")
    table = truth_table(found, Cuts(1.0))
    (model,) = minimise(table).complex
    assert {write_term(term, found.conditions) for term in model} == {"P*E*S", "P*E*A*EBA", "E*A*~EBA*S"}
