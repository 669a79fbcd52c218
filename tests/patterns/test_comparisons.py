from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pipeline.model.codes import Label, Sign
from pipeline.model.codings import Assertion, Coding
from pipeline.model.progression import ORDER, ProgressionCategory
from pipeline.patterns.comparisons import collapse, compare
from pipeline.patterns.hypotheses import Hypotheses, Hypothesis, Kind, load_hypotheses
from pipeline.patterns.membership import Memberships
from pipeline.patterns.pattern_tables import pattern_table, profile_table
from pipeline.patterns.results import Comparison, Comparisons, WhyNot
from pipeline.patterns.statistics_frames import comparison_frame
from pipeline.patterns.statistics_tables import checks_table, comparison_table
from pipeline.patterns.variables import Reading, code_states
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

SHIPPED = Path(__file__).resolve().parents[2] / "codebook" / "en-plan"
BOOK = reference_codebook()
DECLARED = load_hypotheses(SHIPPED).value
WAITING = Hypothesis("queue", Label("Kø", "Queue"), Kind.ANY, ("waiting.queue",), expected=Sign.MINUS, family="study")


@cache
def found() -> Comparisons:
    """The declared hypotheses on the reference; few draws, as only their kind is looked at."""
    return compare(
        reference_cases(), reference_codings(), reference_outcomes(), BOOK, DECLARED,
        explore=False, draws=999, resamples=200,
    )  # fmt: skip


def one(
    hypothesis: Hypothesis, codings: tuple[Coding, ...] | None = None, *, within: bool = False, draws: int = 199
) -> Comparison:
    run = compare(
        reference_cases(), reference_codings() if codings is None else codings, reference_outcomes(), BOOK,
        Hypotheses((hypothesis,)), explore=False, draws=draws, resamples=100, within=within,
    )  # fmt: skip
    return run.results[0]


def by_id(name: str) -> Comparison:
    return next(each for each in found().results if each.hypothesis.id == name)


def carriers(*codes: str) -> set[str]:
    return {coding.case for coding in reference_codings() if coding.code in codes and not coding.before}


def test_the_cases_with_a_trait_are_those_coded_so() -> None:
    trust = by_id("relations")
    wanted = carriers("relation.trust", "relation.continuity")
    assert set(trust.cases) == wanted
    whole = sum(count for count, _ in trust.present)
    assert whole + len(wanted & set(found().memberships.split)) == len(wanted)
    for column, category in enumerate(ORDER):
        counted = (trust.present, trust.absent, trust.not_mentioned)
        everything = sum(counts[column][0] + counts[column][1] for counts in counted)
        assert everything == sum(category in several for several in found().memberships.categories)


def test_a_number_of_codes_and_a_measure_are_cut_where_the_hypothesis_says() -> None:
    agency = by_id("system_agency")
    several = [carriers(code) for code in agency.hypothesis.codes]
    assert set(agency.cases) == {
        case.id for case in reference_cases() if sum(case.id in carrying for carrying in several) >= 2
    }
    assert by_id("waiting_length").hypothesis.at_least == 6


def test_every_trait_gets_every_statistic_and_p_values_in_order() -> None:
    for each in found().results:
        tested = each.main
        assert tested.why_not is None
        assert tested.p is not None
        assert tested.p_family is not None
        assert tested.p_discovery is not None
        assert tested.p <= tested.p_discovery <= 1
        assert tested.p <= tested.p_family <= 1
        assert tested.strength is not None
        assert tested.collapsed is not None
        assert tested.collapsed.boschloo is not None
        assert tested.bayes is not None
        assert each.power is not None
        # superiority, gamma, tau and z lean the same way
        value = tested.strength.superiority.value
        assert value is not None
        assert tested.z is not None
        if abs(tested.z) > 2:
            assert (value > 0.5) == (tested.z > 0) == ((tested.strength.gamma.value or 0) > 0)


def test_split_cases_are_treated_otherwise_and_the_range_is_told() -> None:
    sensitivity = by_id("involvement").main.sensitivity
    assert sensitivity is not None
    assert sensitivity.ways == 17
    assert sensitivity.z[0] < (by_id("involvement").main.z or 0) < sensitivity.z[1]
    assert sensitivity.p[0] <= sensitivity.p[1]
    outcomes = [replace(each, progression=each.progression[:1]) for each in reference_outcomes()]
    run = compare(
        reference_cases(), reference_codings(), outcomes, BOOK, Hypotheses((WAITING,)),
        explore=False, draws=99, resamples=0,
    )  # fmt: skip
    assert run.results[0].main.sensitivity is None


def test_a_code_denied_is_explicitly_absent_and_the_readings_differ() -> None:
    silent = [case.id for case in reference_cases() if case.id not in carriers("waiting.queue")]
    first = next(coding for coding in reference_codings() if coding.code == "waiting.queue")
    denied = tuple(replace(first, case=case, assertion=Assertion.NEGATED) for case in silent[:8])
    both = one(WAITING, (*reference_codings(), *denied))
    absent, missing = both.tests
    assert (absent.reading, absent.n) == (Reading.AS_ABSENT, 98)
    assert (missing.reading, missing.n) == (Reading.AS_MISSING, 98 - len(silent) + 8)
    assert sum(whole + split for whole, split in both.absent) >= 8
    assert absent.p != missing.p
    alone = one(WAITING)
    assert alone.tests[1].why_not is WhyNot.EVERYBODY
    states = code_states(reference_cases(), (*reference_codings(), *denied), ["waiting.queue"])["waiting.queue"]
    assert sorted(set(states.tolist())) == [-1, 0, 1]


def test_a_rating_has_one_reading_and_its_missing_cases_are_not_mentioned() -> None:
    rating = by_id("coherence_rating")
    assert [each.reading for each in rating.tests] == [Reading.AS_MISSING]
    unrated = [each for each in reference_outcomes() if dict(each.ratings)["coherence"] is None]
    assert rating.main.n == 98 - len(unrated)
    assert sum(whole for whole, _ in rating.not_mentioned) <= len(unrated) >= 1


def test_a_split_case_on_both_sides_is_in_no_cell_of_the_two_by_two() -> None:
    up, none, down = ProgressionCategory.PROGRESSION, ProgressionCategory.NONE, ProgressionCategory.REGRESSION
    memberships = Memberships(tuple("abcde"), ((up,), (up, none), (none,), (none, down), (up,)), ("",) * 5)
    two = collapse(memberships, np.array([True, True, False, False, False]))
    assert two is not None
    assert (two.table.a, two.table.b, two.table.c, two.table.d, two.left_out) == (1, 0, 1, 2, 1)
    assert collapse(memberships, np.ones(5, np.bool_)) is None


def test_within_municipalities_a_trait_of_whole_municipalities_cannot_be_tested() -> None:
    by_place = {case.id for case in reference_cases() if case.attributes.municipality.endswith(("A", "B", "C"))}
    first = reference_codings()[0]
    codings = tuple(replace(first, case=case, code="waiting.queue", before=False) for case in sorted(by_place))
    assert one(WAITING, codings).main.why_not is None
    assert one(WAITING, codings, within=True).main.why_not is WhyNot.CONSTANT


def test_within_municipalities_gives_another_p_and_the_same_superiority() -> None:
    apart, together = one(WAITING, within=True).main, one(WAITING).main
    assert apart.p != together.p
    assert apart.strength == together.strength


def test_other_codes_are_one_exploratory_family_and_rare_ones_are_only_counted() -> None:
    codings = tuple(each for each in reference_codings() if each.code in ("relation.pseudo", "agency.patchwork"))
    few = [each for each in codings if each.code == "agency.patchwork" and not each.before][:1]
    run = compare(
        reference_cases(), [*few, *(each for each in codings if each.code == "relation.pseudo")],
        reference_outcomes(), BOOK, Hypotheses(), draws=99, resamples=50,
    )  # fmt: skip
    results = {each.hypothesis.id: each for each in run.results}
    assert run.families == ("exploratory",)
    assert results["relation.pseudo"].main.why_not is None
    assert results["relation.pseudo"].as_expected is None
    assert results["agency.patchwork"].main.why_not is WhyNot.FEW
    assert results["waiting.queue"].main.why_not is WhyNot.NOBODY
    assert run.tested_in("exploratory") == 1
    assert not any(name.startswith("outcome.") for name in results)


def test_nothing_to_look_at_gives_nothing_and_no_error() -> None:
    run = compare([], [], [], BOOK, DECLARED, explore=False, draws=9, resamples=0)
    assert all(each.main.why_not is WhyNot.UNKNOWN for each in run.results)
    assert comparison_table(run).rows
    no_outcome = [replace(each, progression=()) for each in reference_outcomes()]
    run = compare(reference_cases(), reference_codings(), no_outcome, BOOK, DECLARED, explore=False, draws=9)
    assert len(run.memberships.left_out) == 98


def test_the_same_run_gives_the_same_numbers() -> None:
    assert one(WAITING) == one(WAITING)


def test_the_frame_holds_a_row_per_trait_and_reading() -> None:
    frame = comparison_frame(found())
    assert len(frame) == sum(len(each.tests) for each in found().results)
    row = frame[(frame["id"] == "waiting") & (frame["reading"] == "as_absent")].iloc[0]
    waiting = by_id("waiting")
    assert row["present_none"] == sum(waiting.present[1])
    assert row["p_family"] == waiting.main.p_family
    assert row["cases"].split(" | ") == list(waiting.cases)
    assert row["expected"] == "minus"


@pytest.mark.parametrize("make", [comparison_table, checks_table])
def test_the_tables_have_a_cell_for_every_column(make: object) -> None:
    assert callable(make)
    for exploratory in (False, True):
        table = make(found(), exploratory=exploratory)
        assert all(sum(heading.span for heading in level) == table.width for level in table.header)
        assert all(len(row.cells) == table.width for row in table.rows)
        assert bool(table.rows) is not exploratory


def test_counts_in_the_table_open_their_cases_and_say_what_they_count() -> None:
    table = comparison_table(found())
    row = next(row for row in table.rows if row.label.da == "Mangelsprog")
    cell = row.cells[0]
    assert cell.query == (("category", "progression"), ("code", "language.deficit"))
    assert len(cell.cases) == cell.number == sum(by_id("deficit_language").present[3])


def test_pattern_and_profile_tables_name_cases_and_are_for_internal_use() -> None:
    from pipeline.patterns.itemsets import mine
    from pipeline.patterns.profiles import profiles
    from pipeline.patterns.variables import presence_of

    memberships = found().memberships
    codes = ["relation.trust", "language.deficit", "waiting.queue"]
    presence = presence_of(memberships.cases, reference_codings(), codes)
    table = pattern_table(mine(presence, codes, memberships, draws=99), BOOK, memberships)
    assert table.internal
    assert all(len(row.cells) == table.width for row in table.rows)
    shown = profile_table(profiles(presence, codes, memberships), {}, memberships)
    assert shown.internal
    assert sum(int(row.cells[0].number) for row in shown.rows) == 98
    assert all(len(row.cells) == shown.width for row in shown.rows)
