"""The rows of the outputs: codings as JSON lines and CSV, cases as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.model.progression import DIMENSIONS, RATINGS, Outcome
from pipeline.patterns.findings import CHANGES, MONTHS
from pipeline.patterns.measure_labels import words_shown
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
    "placement_changes", "waiting_total_months", "waiting_months_low", "waiting_months_high",
    "deficit_resource_index_low", "deficit_resource_index_high", "waiting_months_certain", "caseworker_changes_certain",
    "support_changes_certain", "deficit_resource_index_certain", "placement_changes_certain",
    "waiting_total_months_certain",
)  # fmt: skip
"""The columns of ``cases.csv``, in their order; new ones come last."""

MEASURE_FIELDS = (
    "case", "measure", "value", "unit", "low", "high", "certain", "segment", "words", "sentence_number", "sentence",
)  # fmt: skip
"""The columns of ``measures.csv``, in their order; new ones come last."""

_VALUES = (
    "waiting_months", "caseworker_changes", "support_changes", "deficit_resource_index", "placement_changes",
    "waiting_total_months",
)  # fmt: skip
_BOUNDED = frozenset({"waiting_months", "deficit_resource_index"})
"""The values of a case whose bounds stand beside them."""
_TOLD = frozenset({MONTHS, CHANGES})
"""Units of what sentences tell; a share of many sentences names them by number alone."""

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
        record |= _measured(measures)
    return record


def _measured(measures: Measures) -> dict[str, Any]:
    """Return a case's values, whether each is certain, and the bounds of those that have some."""
    record: dict[str, Any] = {}
    for name in _VALUES:
        record[name] = getattr(measures, name)
        finding = measures.finding(name)
        if finding is not None:
            record[f"{name}_certain"] = finding.certain
            if name in _BOUNDED:
                record |= {f"{name}_low": finding.low, f"{name}_high": finding.high}
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


def measures_csv(measures: Iterable[Measures], lang: str = "da") -> str:
    """Return one row a value measured, with the words that show it, as a table for Danish Excel (see ``table_csv``).

    Sentences have the numbers that ``casepath show`` gives them; several numbers, and the sentences themselves, are
    joined by ``|``.

    Args:
        measures: The cases' measures; their rows come by case, each case's in the order of its findings.
        lang: Language of the things waited for, ``da`` or ``en``.
    """
    rows = []
    for item in sorted(measures, key=lambda item: item.case):
        for finding in item.findings:
            sources = item.sources_of(finding)
            told = sources if finding.unit in _TOLD else ()
            record = {name: getattr(finding, name, None) for name in MEASURE_FIELDS} | {
                "words": words_shown(finding, lang),
                "sentence_number": "|".join(str(each.number) for each in sources if each.number),
                "sentence": " | ".join(each.text for each in told),
            }
            rows.append([record[name] for name in MEASURE_FIELDS])
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
