import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import PipelineError
from pipeline.model.codes import Label
from pipeline.patterns.disclosure import protect_all
from pipeline.patterns.qca.analysis import MOST, Analysis, Options, analyse, analyse_negated
from pipeline.patterns.qca.covers import minimal_covers
from pipeline.patterns.qca.frames import FRAMES
from pipeline.patterns.qca.matrix import Matrix, make_matrix
from pipeline.patterns.qca.robustness import chance, frequency_range, skewness
from pipeline.patterns.qca.sentences import necessity_sentences, solution_sentences, term_label
from pipeline.patterns.qca.solutions import Kind, models_of
from pipeline.patterns.qca.tables import qca_tables
from pipeline.patterns.qca.truth_table import Cuts, truth_table
from pipeline.patterns.tables import Cell, CellKind, Table
from pipeline.report.wording import causal_words
from tests.patterns.qca_data import matrix


def lipset(cut: float = 0.8, **options: object) -> Analysis:
    found = matrix("lipset_fuzzy.csv")
    expected = found.expecting({name: {1} for name in found.names})
    return analyse(expected, replace(Options(cuts=Cuts(cut), draws=100), **options))  # type: ignore[arg-type]


def codes(analysis: Analysis) -> set[str]:
    return {problem.code for problem in analysis.problems}


def noise(seed: int, conditions: int = 4, cases: int = 60) -> Matrix:
    random = np.random.default_rng(seed)
    drawn = random.random((cases, conditions + 1)) < ([0.5] * conditions + [0.35])
    rows = {str(n): [float(value) for value in row] for n, row in enumerate(drawn)}
    return make_matrix(rows, [f"C{n}" for n in range(conditions)], "Y")


def test_one_call_gives_everything_and_the_same_twice() -> None:
    first, second = lipset(), lipset()
    assert [solution.kind for solution in first.solutions] == list(Kind)
    assert first.models == first.solution(Kind.INTERMEDIATE).models
    assert len(first.cases) == len(first.models) == 1
    assert first.chance == second.chance
    assert first.problems == second.problems


def test_the_cases_behind_lipset_s_solution_are_typical_unique_or_left_over() -> None:
    (cases,) = lipset().cases
    assert [each.typical for each in cases.terms] == [("BE", "CZ", "NL", "UK"), ("FI", "IE")]
    assert [each.unique for each in cases.terms] == [("BE", "CZ", "NL", "UK"), ("FI", "IE")]
    assert cases.deviant_consistency == ()
    assert cases.deviant_coverage == ("FR", "SE")
    assert len(cases.outside) == 10


def test_a_contradictory_row_names_its_cases_of_both_kinds() -> None:
    analysis = analyse(
        matrix("lipset_multivalue.csv", "SURV", ("DEV", "URB", "LIT", "IND")), Options(Cuts(1.0), draws=0)
    )
    (row,) = analysis.contradictions
    assert (row.inside, row.outside) == (("CZ",), ("DE",))
    assert "PA54" in codes(analysis)
    (deviant,) = {case for each in analysis.cases for case in each.deviant_coverage}
    assert deviant == "CZ"


def test_a_deviant_case_is_in_a_term_and_without_the_outcome() -> None:
    rows = {f"a{n}": [1.0, 1.0] for n in range(9)} | {"odd": [1.0, 0.0], "b": [0.0, 0.0]}
    analysis = analyse(make_matrix(rows, "A", "Y"), Options(Cuts(0.8), draws=0))
    assert analysis.cases[0].deviant_consistency == ("odd",)
    assert analysis.cases[0].terms[0].deviant == ("odd",)


def test_the_negated_outcome_is_its_own_analysis() -> None:
    analysis = lipset()
    other = analyse_negated(analysis)
    assert other.matrix.outcome == "~SURV"
    assert {frozenset(model.terms) for model in other.models} != {frozenset(model.terms) for model in analysis.models}
    assert other.solution(Kind.PARSIMONIOUS).models[0].fit.coverage == pytest.approx(0.888186, abs=1e-5)


def test_the_same_rows_count_just_within_the_range_and_not_beyond_it() -> None:
    analysis = lipset()
    low, high = analysis.consistency_range
    found = analysis.table.positive
    for cut, same in ((low + 1e-6, True), (high, True), (low, False), (high + 1e-6, False)):
        assert (truth_table(analysis.matrix, Cuts(cut)).positive == found) is same
    data = matrix("lipset_fuzzy.csv")
    least, most = frequency_range(truth_table(data, Cuts(0.8, 3)))
    assert (least, most) == (3, 3)
    assert frequency_range(truth_table(data, Cuts(0.8, 4))) == (4, 4)


def test_other_cuts_are_shown_beside_the_main_one_and_told_same_or_not() -> None:
    settings = {(each.cuts.consistency, each.cuts.frequency): each for each in lipset().sensitivity}
    assert settings[0.8, 1].same
    assert settings[0.75, 1].same
    assert not settings[0.9, 1].same
    assert settings[0.8, 3].reached == 2
    assert settings[0.8, 3].cases == 7
    assert settings[0.8, 5].models == ()
    assert settings[0.8, 5].fit is None


def test_a_clear_pattern_is_rare_by_chance_and_none_is_as_good_as_any() -> None:
    rows = {f"a{n}": [1.0, float(n % 2), 1.0] for n in range(20)} | {
        f"b{n}": [0.0, float(n % 2), 0.0] for n in range(20)
    }
    clear = analyse(make_matrix(rows, "AB", "Y"), Options(Cuts(0.8), draws=200))
    assert clear.chance is not None
    assert clear.chance.as_good == pytest.approx(1 / 201)
    none = analyse(make_matrix({"a": [1, 0], "b": [0, 0]}, "A", "Y"), Options(Cuts(0.8), draws=20))
    assert none.chance is not None
    assert none.chance.as_good == 1.0
    assert math.isnan(none.chance.consistency)
    assert "PA56" in codes(none)
    assert "PA59" not in codes(clear)


def test_the_chance_of_a_solution_from_noise_is_rarely_small() -> None:
    small = 0
    for seed in range(60):
        data = noise(seed)
        table = truth_table(data, Cuts(0.7, 2))
        models = models_of(table, Kind.PARSIMONIOUS)
        small += chance(data, table, models, Kind.PARSIMONIOUS, draws=99, seed=seed).as_good <= 0.1
    assert small <= 12


def test_five_conditions_without_a_frequency_cut_find_a_solution_in_nearly_any_noise() -> None:
    data = noise(3, conditions=5, cases=98)
    analysis = analyse(data, Options(Cuts(0.8), solution=Kind.COMPLEX, draws=100))
    assert analysis.chance is not None
    assert analysis.chance.any > 0.9
    assert {"PA51", "PA59"} <= codes(analysis)


def test_the_outcomes_of_a_split_case_move_together() -> None:
    rows = {"a/1": [1.0, 1.0], "a/2": [0.0, 0.0], "b/1": [1.0, 1.0], "b/2": [0.0, 0.0]}
    data = replace(make_matrix(rows, "A", "Y"), units=("a", "a", "b", "b"))
    table = truth_table(data, Cuts(1.0))
    found = chance(data, table, models_of(table, Kind.COMPLEX), Kind.COMPLEX, draws=50)
    assert found.as_good == 1.0
    loose = replace(data, units=())
    assert chance(loose, table, models_of(table, Kind.COMPLEX), Kind.COMPLEX, draws=50).as_good < 0.5


def test_too_many_conditions_are_warned_of_and_far_too_many_refused() -> None:
    assert "PA50" in codes(analyse(noise(1, conditions=6), Options(Cuts(0.8, 3), draws=0)))
    assert "PA50" not in codes(analyse(noise(1, conditions=4), Options(Cuts(0.8, 3), draws=0)))
    with pytest.raises(PipelineError, match="far too many"):
        analyse(noise(1, conditions=MOST + 1), Options(draws=0))
    with pytest.raises(PipelineError, match="nothing"):
        analyse(make_matrix({}, "A", "Y"))


def test_skewed_sets_and_halves_are_told() -> None:
    rows = {f"a{n}": [1.0, 0.0, 1.0] for n in range(19)} | {"b": [0.0, 0.5, 0.0]}
    analysis = analyse(make_matrix(rows, "AB", "Y"), Options(draws=0))
    assert {"PA52", "PA53"} <= codes(analysis)
    assert [each.lopsided for each in skewness(analysis.matrix)] == [True, True, True]
    assert not any(each.lopsided for each in lipset().skew)


def test_a_row_that_goes_with_the_outcome_and_its_absence_is_told() -> None:
    rows = {f"a{n}": [0.6, 0.5 + n / 100] for n in range(5)} | {"b": [0.1, 0.1]}
    assert "PA57" in codes(analyse(make_matrix(rows, "A", "Y"), Options(draws=0)))


def test_assumptions_made_for_the_outcome_and_for_its_absence_are_untenable() -> None:
    analysis = lipset(solution=Kind.PARSIMONIOUS, draws=0)
    told = [problem.message for problem in analysis.problems if problem.code == "PA55"]
    assert any("absence takes too" in message for message in told)
    assert any("without STB" in message for message in told)
    assert "PA55" not in codes(lipset(draws=0))


def test_ties_are_told() -> None:
    analysis = analyse(matrix("krook_crisp.csv"), Options(Cuts(1.0), solution=Kind.PARSIMONIOUS, draws=0))
    assert len(analysis.models) == 2
    assert "PA58" in codes(analysis)


def test_row_dominance_leaves_out_what_another_prime_covers_too() -> None:
    positive = {(0, 0), (0, 1)}
    primes = ((0, None), (0, 0), (0, 1))
    assert len(minimal_covers(primes[1:], positive)) == 1
    assert minimal_covers(primes, positive, every=True, row_dominance=True) == (((0, None),),)
    assert len(minimal_covers(primes, positive, every=True)) == 2


def test_the_frames_hold_every_row_model_and_case() -> None:
    analysis = lipset()
    frames = {name: make(analysis) for name, make in FRAMES.items()}
    assert list(frames["truth"].index) == [row.number for row in analysis.table.rows]
    assert frames["raw"].loc["AU", "DEV"] == 0.81
    assert frames["necessity"].loc["DEV", "relevance"] == pytest.approx(0.811355, abs=1e-5)
    whole = frames["solutions"].query("term == '='").set_index("solution")
    assert whole.loc["intermediate", "coverage"] == pytest.approx(0.659624, abs=1e-5)
    deviant = frames["cases"].query("kind == 'deviant in coverage'")
    assert list(deviant["case"]) == ["FR", "SE"]


def test_the_tables_are_whole_and_internal_unless_made_for_the_public() -> None:
    analysis = lipset()
    for public in (False, True):
        tables = qca_tables(analysis, public=public)
        assert len({table.id for table in tables}) == len(tables) == (4 if public else 6)
        assert {table.internal for table in tables} == {not public}
        for table in tables:
            assert {len(row.cells) for row in table.rows} == {table.width}
            assert sum(heading.span for heading in table.header[-1]) == table.width
    inside = next(table for table in qca_tables(analysis) if table.id == "qca_truth_table")
    assert inside.rows[-1].cells[-1].text == Label("BE, CZ, NL, UK", "BE, CZ, NL, UK")
    assert sum(cell.number for row in inside.rows for cell in row.cells if cell.cases) == 18


def crisp(*groups: tuple[int, int, int]) -> Analysis:
    """Analyse one condition: (its value, the outcome, how many cases)."""
    rows = {f"{a}{y}{n}": [float(a), float(y)] for a, y, times in groups for n in range(times)}
    return analyse(make_matrix(rows, "A", "Y"), Options(Cuts(0.8), draws=0))


def test_public_tables_show_no_number_from_which_a_small_count_could_be_worked_out() -> None:
    small = crisp((1, 1, 30), (1, 0, 2), (0, 1, 10), (0, 0, 10))
    found = {table.id: table for table in qca_tables(small, public=True)}
    kinds = {cell.kind for table in found.values() for row in table.rows for cell in row.cells}
    assert CellKind.NUMBER in kinds  # the row of 10 and 10 may be told
    assert [cell.kind for cell in found["qca_truth_table"].rows[1].cells[3:]] == [CellKind.EMPTY] * 2
    assert not numbers(found["qca_solutions"])
    notes = " ".join(note.en for table in found.values() for note in table.notes)
    assert "30 of 32" not in notes
    assert "30 of 32" in " ".join(note.en for table in qca_tables(small) for note in table.notes)
    large = crisp((1, 1, 30), (1, 0, 6), (0, 1, 10), (0, 0, 10))
    assert numbers({table.id: table for table in qca_tables(large, public=True)}["qca_solutions"])


def numbers(table: Table) -> list[Cell]:
    return [cell for row in table.rows for cell in row.cells if cell.kind is CellKind.NUMBER]


def test_disclosure_control_hides_the_small_counts_of_the_public_tables() -> None:
    found = protect_all(qca_tables(lipset(), public=True))
    table = next(each for each in found.tables if each.id == "qca_truth_table")
    assert all(row.cells[6].hidden for row in table.rows)


def test_sentences_count_cases_and_name_nothing_as_a_cause() -> None:
    analysis = lipset()
    sentences = [*solution_sentences(analysis), *necessity_sentences(analysis)]
    first = sentences[0]
    assert first.en.startswith("In these cases, 4 of 4 with “DEV”, “URB”, “LIT” and “STB” had the outcome “SURV”")
    assert first.da.startswith("I disse cases havde 4 af 4 med »DEV«, »URB«, »LIT« og »STB« udfaldet »SURV«")
    labels = [label for table in qca_tables(analysis) for label in (table.title, *table.notes)]
    for label in (*sentences, *labels, *solution_sentences(analyse_negated(analysis))):
        assert causal_words(label.da, "da") == ()
        assert causal_words(label.en, "en") == ()


def test_where_there_is_no_solution_a_sentence_says_so() -> None:
    analysis = analyse(make_matrix({"a": [1, 0], "b": [0, 0]}, "A", "Y"), Options(draws=10))
    assert "no combination" in solution_sentences(analysis)[0].en
    assert {len(row.cells) for table in qca_tables(analysis) for row in table.rows if table.id == "qca_solutions"} == {
        4
    }


def test_a_term_in_words_tells_what_is_there_and_what_is_not() -> None:
    data = matrix("lipset_multivalue.csv", "SURV", ("DEV", "URB", "LIT", "IND"))
    assert term_label((2, 0, None, 1), data).en == "with the value 2 in “DEV” and “IND” and without “URB”"
    assert term_label((None, 0, 0, None), data).da == "uden »URB« og »LIT«"
    assert term_label((None, None, None, None), data).en == "in all"
