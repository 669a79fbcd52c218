import csv
import io
import json
from dataclasses import replace

from pipeline.language.segments import split_case
from pipeline.model.codings import Evidence
from pipeline.patterns.findings import Finding
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


def test_every_value_measured_names_its_sentences_by_their_numbers() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    rows = rows_of(measures_csv(measures))
    by_case = {case.id: split_case(case) for case in reference_cases()}
    for row in rows:
        told = row["sentence"].split(" | ")
        numbers = row["sentence_number"].split("|") if row["sentence_number"] else []
        if row["unit"] in {"months", "changes"}:
            assert all(told)
            assert {safe(by_case[row["case"]][int(number) - 1].text) for number in numbers} <= set(told)
        else:
            assert told == [""]
    waits = [row for row in rows if row["measure"] == "waiting_months"]
    assert sum(bool(row["sentence_number"]) for row in waits) > 0.8 * len(waits), (
        "coders' sentences are ours but for few"
    )
    assert any("|" in row["sentence_number"] for row in rows)


def test_things_waited_for_are_named_in_the_project_s_language() -> None:
    measures = measure_cases(reference_cases(), reference_codings())
    for lang, word in (("da", "psykiatri"), ("en", "psychiatry")):
        totals = [
            row["words"] for row in rows_of(measures_csv(measures, lang)) if row["measure"].startswith("waiting_t")
        ]
        assert any(word in words.split(", ") for words in totals)


def test_a_case_s_values_stand_with_their_bounds_and_their_certainty() -> None:
    case = reference_cases()[0].id
    wait = Finding(case, "waiting_months", 9.0, "months", 8.0, 10.5, False)
    index = Finding(case, "deficit_resource_index", 0.5, "share", 0.24, 0.76, True)
    moves = Finding(case, "placement_changes", 2, "changes", 2, None, True)
    measures = Measures(case, 9.0, None, None, 0.5, 2, None, (wait, index, moves))
    row = rows_of(cases_csv(reference_cases()[:1], (), [measures]))[0]
    assert [row[f"waiting_months_{name}"] for name in ("low", "high", "certain")] == ["8", "10,5", "false"]
    assert [row[f"deficit_resource_index_{name}"] for name in ("low", "high", "certain")] == ["0,24", "0,76", "true"]
    assert (row["placement_changes"], row["placement_changes_certain"]) == ("2", "true")
    assert (row["caseworker_changes"], row["caseworker_changes_certain"]) == ("", "")


def test_new_columns_come_after_the_old_ones() -> None:
    assert CASE_FIELDS.index("deficit_resource_index") == CASE_FIELDS.index("placement_changes") - 1 == 23
    assert MEASURE_FIELDS.index("words") == MEASURE_FIELDS.index("sentence_number") - 1 == 8


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
