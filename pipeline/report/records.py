"""The rows of the outputs: codings as JSON lines and CSV, cases as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.model.progression import DIMENSIONS, RATINGS, Outcome
from pipeline.patterns.measures import Measures
from pipeline.report.numbers import format_number

CODING_FIELDS = (
    "case", "section", "segment", "start", "end", "quote", "sentence", "code", "pole", "assertion", "before", "coder",
    "rules", "status", "confidence", "subject",
)  # fmt: skip
"""The fields of a coding, in their order."""

CASE_FIELDS = (
    "case", "file", "municipality", "cluster", "citizen", "age", "words", "progression", "progression_by", "attachment",
    *RATINGS, *DIMENSIONS, "waiting_months", "caseworker_changes", "support_changes", "deficit_resource_index",
)  # fmt: skip
"""The columns of ``cases.csv``, in their order."""

MEASURE_FIELDS = ("case", "measure", "value", "unit", "low", "high", "certain", "segment", "words")
"""The columns of ``measures.csv``, in their order."""

BOM = "\ufeff"
_FORMULA = frozenset("=+-@\t\r")


def coding_record(coding: Coding) -> dict[str, Any]:
    """Return a coding with the fields of the contract."""
    return {
        "case": coding.case,
        "section": coding.section,
        "segment": coding.segment,
        "start": coding.start,
        "end": coding.end,
        "quote": coding.quote,
        "sentence": coding.sentence,
        "code": coding.code,
        "pole": coding.pole.value,
        "assertion": coding.assertion.value,
        "before": coding.before,
        "coder": coding.coder,
        "rules": list(coding.rules),
        "status": coding.status.value,
        "confidence": round(coding.confidence, 3),
        "subject": coding.subject.value,
    }


def sorted_codings(codings: Iterable[Coding]) -> tuple[Coding, ...]:
    """Return codings by case and position."""
    return tuple(sorted(codings, key=lambda item: (item.case, item.start, item.end, item.code, item.coder)))


def codings_jsonl(codings: Iterable[Coding]) -> str:
    """Return codings as JSON lines, sorted by case and position."""
    lines = (json.dumps(coding_record(coding), ensure_ascii=False) for coding in sorted_codings(codings))
    return "".join(line + "\n" for line in lines)


def codings_csv(codings: Iterable[Coding]) -> str:
    """Return codings as a table for Danish Excel (see ``table_csv``)."""
    rows = []
    for coding in sorted_codings(codings):
        record = coding_record(coding) | {"rules": "|".join(coding.rules)}
        rows.append([record[name] for name in CODING_FIELDS])
    return table_csv(CODING_FIELDS, rows)


def case_record(case: Case, outcome: Outcome | None, measures: Measures | None) -> dict[str, Any]:
    """Return a case with the columns of the contract; None where something is not known.

    Args:
        case: The case.
        outcome: What is concluded about it.
        measures: What is measured in it.
    """
    attributes = case.attributes
    ages = [str(citizen.age) for citizen in attributes.citizens[:1] if citizen.age is not None]
    record: dict[str, Any] = dict.fromkeys(CASE_FIELDS)
    record |= {
        "case": case.id,
        "file": case.file,
        "municipality": attributes.municipality,
        "cluster": attributes.cluster.value if attributes.cluster else None,
        "citizen": attributes.citizen,
        "age": int(ages[0]) if ages else None,
        "words": len(case.text.split()),
    }
    if outcome is not None:
        record |= {
            "progression": "|".join(outcome.progression),
            "progression_by": outcome.progression_by,
            "attachment": "|".join(outcome.attachment),
        }
        record |= {name: rating.value if rating else None for name, rating in outcome.ratings}
        record |= {name: change.value for name, change in outcome.changes}
    if measures is not None:
        record |= {
            "waiting_months": measures.waiting_months,
            "caseworker_changes": measures.caseworker_changes,
            "support_changes": measures.support_changes,
            "deficit_resource_index": measures.deficit_resource_index,
        }
    return record


def cases_csv(cases: Sequence[Case], outcomes: Iterable[Outcome], measures: Iterable[Measures]) -> str:
    """Return one row a case, sorted by case, as a table for Danish Excel (see ``table_csv``).

    Args:
        cases: The cases.
        outcomes: Their outcomes.
        measures: Their measures.
    """
    by_case = {outcome.case: outcome for outcome in outcomes}
    measured = {item.case: item for item in measures}
    rows = []
    for case in sorted(cases, key=lambda item: item.id):
        record = case_record(case, by_case.get(case.id), measured.get(case.id))
        rows.append([record[name] for name in CASE_FIELDS])
    return table_csv(CASE_FIELDS, rows)


def measures_csv(measures: Iterable[Measures]) -> str:
    """Return one row a value measured, with the words that show it, as a table for Danish Excel (see ``table_csv``).

    Args:
        measures: The cases' measures; their rows come by case, each case's in the order of its findings.
    """
    rows = [
        [getattr(finding, name) for name in MEASURE_FIELDS]
        for item in sorted(measures, key=lambda item: item.case)
        for finding in item.findings
    ]
    return table_csv(MEASURE_FIELDS, rows)


def table_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table that Danish Excel opens right: semicolons, decimal commas, a byte order mark.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.

    Args:
        header: Names of the columns.
        rows: Their values; None stays empty, True and False become ``true`` and ``false``.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([[_plain(value) for value in row] for row in rows])
    return BOM + buffer.getvalue()


def _plain(value: object) -> str:
    if type(value) is str:  # so for most cells; asked first, it is done in a third of the time
        return safe(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format_number(value, "da", decimals=3).rstrip("0").rstrip(",") if value < 1000 else f"{value:g}"
    return safe(value) if isinstance(value, str) else str(value)


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in _FORMULA else text
