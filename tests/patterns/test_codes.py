from dataclasses import replace

from pipeline.model.codes import core_code
from pipeline.model.codings import Assertion
from pipeline.patterns.codes import code_by_category, code_frequencies
from pipeline.patterns.table import case_sets, code_counts, code_presence
from pipeline.patterns.tables import CellKind
from tests.codebook_of_reference import reference_codebook
from tests.reference import gold, reference_cases, reference_codings, reference_outcomes

BOOK = reference_codebook()


def test_counts_are_those_of_the_reference() -> None:
    counts = code_counts(reference_cases(), reference_codings(), BOOK)
    assert counts.shape == (98, len(BOOK.codes))
    for code in ("waiting.queue", "relation.trust", "outcome.health"):
        lines = [sum(code in sentence["codes"] for sentence in line["sentences"]) for line in gold()]
        assert counts[code].tolist() == lines
    assert int(counts.to_numpy().sum()) == len(reference_codings())


def test_what_was_before_the_course_can_be_left_out() -> None:
    everything = code_counts(reference_cases(), reference_codings(), BOOK)
    course = code_counts(reference_cases(), reference_codings(), BOOK, before=False)
    marked = sum(coding.before for coding in reference_codings())
    assert int((everything - course).to_numpy().sum()) == marked > 0


def test_presence_is_one_or_nothing() -> None:
    presence = code_presence(code_counts(reference_cases(), reference_codings(), BOOK))
    assert set(presence.to_numpy().ravel().tolist()) == {0, 1}


def test_a_detail_code_counts_as_its_core_code_and_once_per_sentence() -> None:
    first = next(coding for coding in reference_codings() if coding.code == "barrier.mental_health")
    detail = replace(first, code="barrier.mental_health.anxiety")
    cases = [case for case in reference_cases() if case.id == first.case]
    assert core_code(detail.code) == "barrier.mental_health"
    counts = code_counts(cases, [first, detail], BOOK)
    assert counts.loc[first.case, "barrier.mental_health"] == 1
    assert case_sets(cases, [detail])["barrier.mental_health"] == {first.case}


def test_negated_codings_and_other_coders_do_not_count() -> None:
    coding = reference_codings()[0]
    cases = [case for case in reference_cases() if case.id == coding.case]
    negated = replace(coding, assertion=Assertion.NEGATED)
    assert int(code_counts(cases, [negated], BOOK).to_numpy().sum()) == 0
    assert int(code_counts(cases, [coding], BOOK, coders=["rules"]).to_numpy().sum()) == 0
    assert int(code_counts(cases, [coding], BOOK, coders=["reference"]).to_numpy().sum()) == 1


def test_codes_by_category_count_cases_once_with_per_cent_of_the_category() -> None:
    table = code_by_category(reference_cases(), reference_codings(), reference_outcomes(), BOOK)
    row = next(row for row in table.rows if row.label.da == "Trust" and not row.group)
    lines = [
        line
        for line in gold()
        if any("relation.trust" in s["codes"] and "relation.trust" not in s["before"] for s in line["sentences"])
    ]
    regressed = [line for line in lines if "regression" in line["progression"]]
    size = sum("regression" in line["progression"] for line in gold())
    assert row.cells[-2].number == len(lines)
    assert row.cells[6].number == len(regressed)
    assert row.cells[7].number == len(regressed) / size
    assert row.cells[7].kind is CellKind.SHARE
    assert sum(heading.span for heading in table.header[0]) == table.width == len(row.cells)


def test_frequencies_tell_sentences_cases_and_history() -> None:
    table = code_frequencies(reference_cases(), reference_codings(), BOOK)
    row = next(row for row in table.rows if row.label.da == "Caseworker")
    codings = [coding for coding in reference_codings() if coding.code == "change.caseworker"]
    assert [cell.number for cell in row.cells[:3]] == [
        len(codings),
        sum(coding.before for coding in codings),
        len({coding.case for coding in codings}),
    ]
