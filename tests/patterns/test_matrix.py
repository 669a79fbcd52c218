import csv
import io
from dataclasses import replace

import pytest

from pipeline.model.codings import Assertion
from pipeline.patterns.descriptive import category_by_cluster
from pipeline.patterns.frames import table_frame
from pipeline.patterns.matrix import (
    code_matrix,
    columns_csv,
    matrix_columns,
    matrix_csv,
    presence_matrix,
    safe_name,
)
from tests.codebook_of_reference import reference_codebook
from tests.reference import gold, reference_cases, reference_codings, reference_outcomes

BOOK = reference_codebook()


def test_the_matrix_holds_a_one_where_the_reference_codes_the_course() -> None:
    frame = code_matrix(reference_cases(), reference_codings(), reference_outcomes(), BOOK)
    assert frame.index.name == "case"
    assert len(frame) == 98
    for code in ("waiting.queue", "relation.trust"):
        want = [int(any(code in s["codes"] and code not in s["before"] for s in line["sentences"])) for line in gold()]
        assert frame[safe_name(code)].tolist() == want
    with_before = code_matrix(reference_cases(), reference_codings(), reference_outcomes(), BOOK, before=True)
    assert with_before["barrier_mental_health"].sum() > frame["barrier_mental_health"].sum()


def test_a_split_case_has_the_mean_of_its_ranks() -> None:
    frame = code_matrix(reference_cases(), reference_codings(), reference_outcomes(), BOOK)
    split = next(outcome for outcome in reference_outcomes() if [*outcome.progression] == ["progression", "none"])
    assert frame.loc[split.case, "progression"] == "progression|none"
    assert frame.loc[split.case, "progression_score"] == 2.0
    assert frame["split"].sum() == sum(outcome.split for outcome in reference_outcomes())


@pytest.mark.parametrize(
    ("code", "name"), [("waiting.queue", "waiting_queue"), ("a.b-c", "a_b_c"), ("2020.x", "x_2020_x")]
)
def test_names_are_safe_in_r_and_excel(code: str, name: str) -> None:
    assert safe_name(code) == name


def test_the_csv_reads_back_with_the_unit_in_its_header() -> None:
    frame = code_matrix(reference_cases(), reference_codings(), reference_outcomes(), BOOK)
    text = matrix_csv(frame)
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][0] == "case"
    assert rows[0][1:] == list(frame.columns)
    assert len(rows) == 99
    assert all(name.replace("_", "a").isalnum() and name.isascii() for name in rows[0])
    scores = [row[rows[0].index("progression_score")] for row in rows[1:]]
    assert not any("." in score for score in scores)
    assert matrix_csv(frame) == text


def test_text_that_a_spreadsheet_would_run_is_quoted() -> None:
    case = reference_cases()[0]
    case = replace(case, attributes=replace(case.attributes, municipality="=1+1"))
    frame = code_matrix([case], (), (), BOOK)
    assert "'=1+1" in matrix_csv(frame)


def test_every_column_is_explained() -> None:
    frame = code_matrix(reference_cases(), reference_codings(), reference_outcomes(), BOOK)
    columns = matrix_columns(BOOK, frame)
    assert [column.name for column in columns] == list(frame.columns)
    trust = next(column for column in columns if column.code == "relation.trust")
    assert (trust.kind, trust.values, trust.ones) == ("code", "0, 1", int(frame["relation_trust"].sum()))
    rows = list(csv.reader(io.StringIO(columns_csv(columns)), delimiter=";"))
    assert len(rows) == len(columns) + 1
    assert all(len(row) == len(rows[0]) for row in rows)


def test_two_codes_of_one_name_are_refused() -> None:
    theme = BOOK.themes[0]
    twin = replace(theme.codes[0], id=theme.codes[0].id.replace(".", "_.", 1).replace("_.", "-"))
    book = replace(BOOK, themes=(replace(theme, codes=(*theme.codes, twin)),))
    frame = code_matrix(reference_cases(), (), (), BOOK)
    with pytest.raises(ValueError, match="would both be the column"):
        matrix_columns(book, frame)


def test_presence_tells_absent_from_not_mentioned() -> None:
    coding = next(coding for coding in reference_codings() if coding.code == "waiting.queue" and not coding.before)
    frame = presence_matrix(reference_cases(), [replace(coding, assertion=Assertion.NEGATED)], BOOK)
    assert frame.loc[coding.case, "waiting_queue"] == "absent"
    assert (frame["waiting_queue"] == "not_mentioned").sum() == 97
    column = next(column for column in matrix_columns(BOOK, frame) if column.code == "waiting.queue")
    assert (column.values, column.ones) == ("present, absent, not_mentioned", 0)


def test_a_table_with_split_cases_gets_a_column_for_them() -> None:
    frame = table_frame(category_by_cluster(reference_cases(), reference_outcomes()))
    assert frame.loc["Progression", "Familieklyngen"] == 8
    assert frame.loc["Progression", "Familieklyngen (todelte)"] == 10
    english = table_frame(category_by_cluster(reference_cases(), reference_outcomes()), lang="en")
    assert english.loc["Total", "Cases in all"] == 98
