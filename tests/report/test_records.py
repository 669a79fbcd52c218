import csv
import io
import json
from dataclasses import replace

from pipeline.model.codings import Evidence
from pipeline.patterns.measures import Measures, measure_cases
from pipeline.progression.outcome import settle_outcomes
from pipeline.report.records import (
    BOM,
    CASE_FIELDS,
    CODING_FIELDS,
    MEASURE_FIELDS,
    cases_csv,
    codings_csv,
    codings_jsonl,
    measures_csv,
    safe,
    table_csv,
)
from tests.reference import reference_cases, reference_codings, reference_outcomes
from tests.report.made import RULES


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def test_codings_are_one_object_a_line_by_case_and_position() -> None:
    text = codings_jsonl(reversed(reference_codings()))
    records = [json.loads(line) for line in text.splitlines()]
    assert len(records) == len(reference_codings())
    assert all(tuple(record) == CODING_FIELDS for record in records)
    places = [(record["case"], record["start"]) for record in records]
    assert places == sorted(places)
    assert "ø" in text


def test_a_coding_keeps_its_rules_and_values() -> None:
    coding = replace(reference_codings()[0], evidence=(Evidence("a/one", 0, 1, "x"), Evidence("a/two", 0, 1, "x")))
    record = json.loads(codings_jsonl([coding]))
    assert record["rules"] == ["a/one", "a/two"]
    assert record["before"] is coding.before
    assert record["status"] == "accepted"
    row = rows_of(codings_csv([coding]))[0]
    assert row["rules"] == "a/one|a/two"
    assert row["before"] in {"true", "false"}


def test_cases_have_the_columns_of_the_contract_and_leave_the_unknown_empty() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    rows = rows_of(cases_csv(reference_cases(), reference_outcomes(), measures))
    assert tuple(rows[0]) == CASE_FIELDS
    assert [row["case"] for row in rows] == sorted(case.id for case in reference_cases())
    by_case = {row["case"]: row for row in rows}
    assert by_case["I-12"]["progression"] == "progression|none|regression"
    assert by_case["I-12"]["attachment"] == "employment_special|none"
    assert by_case["A-01"]["age"] == "52"
    assert by_case["B-02"]["relation"] == ""
    assert by_case["A-01"]["health_substance"] == "improved"


def test_a_case_that_nobody_has_judged_has_a_row_too() -> None:
    rows = rows_of(cases_csv(reference_cases()[:1], (), ()))
    assert rows[0]["progression"] == ""
    assert rows[0]["waiting_months"] == ""
    assert int(rows[0]["words"]) > 100


def test_numbers_have_the_decimal_comma_that_danish_excel_reads() -> None:
    row = rows_of(cases_csv(reference_cases()[:1], (), [Measures(reference_cases()[0].id, 4.5, 2, None, 0.33)]))[0]
    assert row["waiting_months"] == "4,5"
    assert row["caseworker_changes"] == "2"
    assert row["deficit_resource_index"] == "0,33"


def test_every_value_measured_is_a_row_with_its_words() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    rows = rows_of(measures_csv(reversed(measures)))
    assert tuple(rows[0]) == MEASURE_FIELDS
    assert len(rows) == sum(len(item.findings) for item in measures)
    assert [row["case"] for row in rows] == sorted(row["case"] for row in rows)
    wait = next(row for row in rows if row["case"] == "I-07" and row["measure"] == "waiting_months")
    assert (wait["value"], wait["unit"], wait["certain"], wait["words"]) == ("7", "months", "true", "7 mdr.")


def test_no_text_can_become_a_formula() -> None:
    for text in ("=1+1", "+45", "-1", "@SUM(A1)", "\tx"):
        assert safe(text) == "'" + text
    assert safe("12,5 %") == "12,5 %"
    assert rows_of(table_csv(["a"], [["=HYPERLINK(1)"]]))[0]["a"] == "'=HYPERLINK(1)"
    assert rows_of(table_csv(["a"], [[-3]]))[0]["a"] == "-3"


def test_the_rules_outcomes_can_be_written_too() -> None:
    outcomes = settle_outcomes(reference_cases(), reference_codings(), RULES)
    rows = rows_of(cases_csv(reference_cases(), outcomes, ()))
    assert {row["progression_by"] for row in rows} == {"rules"}
