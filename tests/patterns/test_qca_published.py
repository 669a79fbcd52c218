"""Textbook examples whose data and results are known, beside those checked against R."""

from collections.abc import Iterable

import pytest

from pipeline.patterns.qca.covers import minimal_covers
from pipeline.patterns.qca.expression import write_term
from pipeline.patterns.qca.matrix import Matrix, make_matrix
from pipeline.patterns.qca.primes import prime_implicants
from pipeline.patterns.qca.sets import direct
from pipeline.patterns.qca.solutions import Kind, minimise
from pipeline.patterns.qca.truth_table import Cuts, truth_table

STRIKES = {"101": (1, 6), "010": (1, 5), "110": (1, 2), "111": (1, 3),
           "100": (0, 9), "001": (0, 6), "011": (0, 3), "000": (0, 4)}  # fmt: skip
"""Ragin (1987), The Comparative Method, chapter 6: successful strikes by A booming product market, B threat of sympathy
strikes, C large strike fund; for each combination the outcome and how many strikes."""

REGIMES = {"000": (0, 9), "100": (1, 2), "010": (1, 3), "001": (1, 1), "110": (1, 2), "101": (1, 1), "011": (1, 1),
           "111": (1, 3)}  # fmt: skip
"""The same chapter: military regimes that failed, by A conflict between older and younger officers, B death of a
powerful dictator, C CIA dissatisfaction with the regime."""


def of_rows(rows: dict[str, tuple[int, int]], names: str) -> Matrix:
    cases = {
        f"{values}-{number}": [*(float(value) for value in values), float(outcome)]
        for values, (outcome, times) in rows.items()
        for number in range(times)
    }
    return make_matrix(cases, list(names), "Y")


def complex_terms(matrix: Matrix) -> list[set[str]]:
    table = truth_table(matrix, Cuts(1.0))
    return [{write_term(term, matrix.conditions) for term in model} for model in minimise(table).models(Kind.COMPLEX)]


def test_ragin_s_successful_strikes_have_two_causes_of_two_conditions() -> None:
    assert complex_terms(of_rows(STRIKES, "ABC")) == [{"A*C", "B*~C"}]


def test_ragin_s_failed_strikes_are_the_negation() -> None:
    assert complex_terms(of_rows(STRIKES, "ABC").negated()) == [{"~A*C", "~B*~C"}]


def test_ragin_s_strikes_have_three_primes_of_which_one_is_not_needed() -> None:
    table = truth_table(of_rows(STRIKES, "ABC"), Cuts(1.0))
    primes = prime_implicants(table.positive, table.negative)
    assert {write_term(prime, table.conditions) for prime in primes} == {"A*C", "A*B", "B*~C"}


def test_ragin_s_failed_military_regimes_have_any_of_three_conditions() -> None:
    matrix = of_rows(REGIMES, "ABC")
    assert complex_terms(matrix) == [{"A", "B", "C"}]
    assert complex_terms(matrix.negated()) == [{"~A*~B*~C"}]


def minimal(names: str, ones: Iterable[int], either: Iterable[int] = ()) -> tuple[set[str], list[set[str]]]:
    def row(number: int) -> tuple[int, ...]:
        return tuple(number >> (len(names) - 1 - place) & 1 for place in range(len(names)))

    positive = [row(number) for number in ones]
    allowed = {*positive, *(row(number) for number in either)}
    negative = [row(number) for number in range(2 ** len(names)) if row(number) not in allowed]
    conditions = make_matrix({}, list(names), "Y").conditions
    primes = prime_implicants(positive, negative)
    models = minimal_covers(primes, positive)
    return (
        {write_term(prime, conditions) for prime in primes},
        [{write_term(term, conditions) for term in model} for model in models],
    )


def test_the_quine_mccluskey_example_of_roth_s_fundamentals_of_logic_design() -> None:
    primes, models = minimal("ABCD", [0, 1, 2, 5, 6, 7, 8, 9, 10, 14])
    assert primes == {"~A*~C*D", "~A*B*D", "~A*B*C", "~B*~C", "~B*~D", "C*~D"}
    assert models == [{"~B*~C", "C*~D", "~A*B*D"}]


def test_the_four_variable_map_of_mano_s_digital_design() -> None:
    _, models = minimal("WXYZ", [0, 1, 2, 4, 5, 6, 8, 9, 12, 13, 14])
    assert models == [{"~Y", "~W*~Z", "X*~Z"}]


def test_mano_s_example_with_dont_cares_has_two_answers() -> None:
    _, models = minimal("WXYZ", [1, 3, 7, 11, 15], [0, 2, 5])
    assert sorted(map(sorted, models)) == [["Y*Z", "~W*Z"], ["Y*Z", "~W*~X"]]


def test_parity_cannot_be_shortened_and_a_majority_is_its_own_dual() -> None:
    odd = {f"{number:03b}": (f"{number:03b}".count("1") % 2, 1) for number in range(8)}
    assert complex_terms(of_rows(odd, "ABC")) == [{"A*B*C", "A*~B*~C", "~A*B*~C", "~A*~B*C"}]
    most = {f"{number:03b}": (int(f"{number:03b}".count("1") > 1), 1) for number in range(8)}
    assert complex_terms(of_rows(most, "ABC")) == [{"A*B", "A*C", "B*C"}]
    assert complex_terms(of_rows(most, "ABC").negated()) == [{"~A*~B", "~A*~C", "~B*~C"}]


INCOMES = {40110: 1.00, 25200: 0.98, 24920: 0.98, 20060: 0.95, 17090: 0.92, 15320: 0.89, 13680: 0.85, 11720: 0.79,
           11290: 0.78, 10940: 0.77, 9800: 0.72, 7470: 0.62, 4670: 0.40, 4100: 0.25, 4070: 0.25, 3740: 0.18,
           3690: 0.17, 3590: 0.16, 2980: 0.08, 1000: 0.01, 650: 0.01, 450: 0.00, 110: 0.00}  # fmt: skip


def test_ragin_s_degree_of_membership_in_developed_countries() -> None:
    """Ragin (2008), Redesigning Social Inquiry, table 5.2: income per head, with log odds of 3 at 20,000 and 2,500."""
    found = direct(list(INCOMES), 2500, 5000, 20000, degree=0.952574)
    assert list(found) == pytest.approx(list(INCOMES.values()), abs=0.0051)
