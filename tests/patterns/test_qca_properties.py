"""What holds of every truth table, tried on drawn ones."""

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline.patterns.qca.covers
from pipeline.patterns.qca.covers import minimal_covers
from pipeline.patterns.qca.matrix import Cube, Matrix, Minterm, make_matrix
from pipeline.patterns.qca.primes import contains, covers, hitting_sets, minterms, prime_implicants
from pipeline.patterns.qca.solutions import Kind, Solution, minimise, solve
from pipeline.patterns.qca.truth_table import Cuts, TruthTable, truth_table

Rows = tuple[tuple[int, ...], frozenset[Minterm], frozenset[Minterm]]


@st.composite
def split_rows(draw: st.DrawFn, most: int = 4) -> Rows:
    """Draw the number of values of some conditions, positive rows and negative rows."""
    levels = tuple(draw(st.lists(st.sampled_from([2, 2, 3]), min_size=1, max_size=most)))
    rows = list(minterms(levels))
    kinds = draw(st.lists(st.sampled_from("+-?"), min_size=len(rows), max_size=len(rows)))
    positive = frozenset(row for row, kind in zip(rows, kinds, strict=True) if kind == "+")
    return levels, positive, frozenset(row for row, kind in zip(rows, kinds, strict=True) if kind == "-")


def every_cube(levels: tuple[int, ...]) -> list[Cube]:
    return list(product(*((None, *range(number)) for number in levels)))


def covers_all(model: tuple[Cube, ...], rows: frozenset[Minterm]) -> bool:
    return all(any(covers(term, row) for term in model) for row in rows)


@given(split_rows())
def test_primes_are_those_of_brute_force(drawn: Rows) -> None:
    levels, positive, negative = drawn
    sound = [
        cube
        for cube in every_cube(levels)
        if any(covers(cube, row) for row in positive) and not any(covers(cube, row) for row in negative)
    ]
    prime = {cube for cube in sound if not any(other != cube and contains(other, cube) for other in sound)}
    assert set(prime_implicants(positive, negative)) == prime


@settings(max_examples=40)
@given(split_rows(3))
def test_models_are_those_of_brute_force(drawn: Rows) -> None:
    _, positive, negative = drawn
    primes = prime_implicants(positive, negative)
    found = minimal_covers(primes, positive)
    if not positive:
        assert found == ()
        return
    for size in range(1, len(found[0])):
        assert not any(covers_all(model, positive) for model in combinations(primes, size))
    same = {frozenset(model) for model in combinations(primes, len(found[0])) if covers_all(model, positive)}
    assert {frozenset(model) for model in found} == same


@given(split_rows(), st.booleans(), st.booleans())
def test_every_model_covers_the_positive_rows_and_no_other_and_has_nothing_to_spare(
    drawn: Rows, every: bool, row_dominance: bool
) -> None:
    _, positive, negative = drawn
    models = minimal_covers(prime_implicants(positive, negative), positive, every=every, row_dominance=row_dominance)
    assert len({frozenset(model) for model in models}) == len(models)
    for model in models[:50]:
        assert covers_all(model, positive)
        assert not any(covers(term, row) for term in model for row in negative)
        for place in range(len(model)):
            assert not covers_all((*model[:place], *model[place + 1 :]), positive)


@given(split_rows())
def test_the_fewest_terms_are_among_all_irredundant_models(drawn: Rows) -> None:
    _, positive, negative = drawn
    primes = prime_implicants(positive, negative)
    every = minimal_covers(primes, positive, every=True)
    if len(every) < 2000:
        assert set(minimal_covers(primes, positive)) <= set(every)


def test_more_ties_than_can_be_listed_do_not_hide_a_shorter_model(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(98)
    for _ in range(60):
        rows = list(minterms((2, 2, 2, 2)))
        random.shuffle(rows)
        positive, negative = frozenset(rows[:6]), frozenset(rows[6:10])
        primes = prime_implicants(positive, negative)
        size = len(minimal_covers(primes, positive)[0])
        with monkeypatch.context() as patch:
            patch.setattr(pipeline.patterns.qca.covers, "MOST_MODELS", 1)
            assert [len(model) for model in minimal_covers(primes, positive)] == [size]


@given(st.lists(st.integers(1, 255), max_size=8))
def test_hitting_sets_are_those_of_brute_force(masks: list[int]) -> None:
    hit = [each for each in range(256) if all(each & mask for mask in masks)]
    smallest = {each for each in hit if not any(other != each and other & each == other for other in hit)}
    assert set(hitting_sets(masks)) == smallest


@st.composite
def matrices(draw: st.DrawFn, whole: bool = False) -> Matrix:
    """Draw a small matrix of crisp or fuzzy sets; with ``whole``, crisp with every combination and no contradiction."""
    names = ["A", "B", "C"]
    if whole:
        outcomes = draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=8, max_size=8))
        rows = zip(minterms((2, 2, 2)), outcomes, strict=True)
        return make_matrix({str(n): [*map(float, row), y] for n, (row, y) in enumerate(rows)}, names, "Y")
    value = st.sampled_from([0.0, 0.1, 0.3, 0.4, 0.6, 0.7, 0.9, 1.0])
    drawn = draw(st.lists(st.tuples(value, value, value, value), min_size=1, max_size=12))
    return make_matrix({f"c{n}": row for n, row in enumerate(drawn)}, names, "Y")


@given(matrices())
def test_the_order_of_the_cases_changes_nothing(matrix: Matrix) -> None:
    turned = Matrix(matrix.cases[::-1], matrix.conditions, matrix.values[::-1], matrix.outcome, matrix.scores[::-1])
    expecting = {"A": {1}, "B": {0}}
    results = []
    for each in (matrix, turned):
        expected = each.expecting(expecting)
        table = truth_table(expected, Cuts(0.75))
        results.append(
            (summary(table), {kind: round_fit(s) for kind, s in solve(expected, table, minimise(table)).items()})
        )
    assert results[0] == results[1]


def summary(table: TruthTable) -> list[tuple[object, ...]]:
    return [(row.number, row.output, row.n, round(row.consistency, 6), sorted(row.cases)) for row in table.rows]


def round_fit(solution: Solution) -> list[object]:
    return [(model.terms, round(model.fit.consistency, 6), round(model.fit.coverage, 6)) for model in solution.models]


@given(matrices())
def test_the_intermediate_solution_lies_between_complex_and_parsimonious(matrix: Matrix) -> None:
    table = truth_table(matrix.expecting({"A": {1}, "B": {1}, "C": {0}}), Cuts(0.75))
    found = minimise(table)
    for model, pairs in found.intermediate:
        for pair in pairs:
            narrow, wide = (int(number) - 1 for number in pair[1:].split("P"))
            covered = {row for row in minterms(table.levels) if any(covers(term, row) for term in model)}
            assert all(
                any(covers(t, row) for t in found.parsimonious[wide]) or row in table.positive for row in covered
            )
            assert table.positive <= covered
            assert found.complex[narrow]


@given(matrices())
def test_without_expectations_the_intermediate_solution_is_the_complex_one(matrix: Matrix) -> None:
    found = minimise(truth_table(matrix, Cuts(0.75)))
    assert set(found.models(Kind.INTERMEDIATE)) == set(found.complex)


@given(matrices(whole=True))
def test_where_every_combination_occurs_the_negated_outcome_has_the_other_rows(matrix: Matrix) -> None:
    table, other = truth_table(matrix, Cuts(1.0)), truth_table(matrix.negated(), Cuts(1.0))
    assert other.positive == table.negative
    found = minimise(table)
    assert set(found.complex) == set(found.parsimonious)
    for model in found.complex:
        covered = {row for row in minterms(table.levels) if any(covers(term, row) for term in model)}
        assert covered == table.positive
        for opposite in minimise(other).complex:
            rest = {row for row in minterms(table.levels) if any(covers(term, row) for term in opposite)}
            assert not covered & rest
            assert len(covered | rest) == 8
