"""Measured variables of a case: how long it waited, how often staff changed, how it speaks of the citizen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.cases import Case
from pipeline.model.codings import Coding, by_case
from pipeline.patterns.balance import tone_of
from pipeline.patterns.change_counts import CHANGE_MEASURES, count_changes
from pipeline.patterns.findings import Finding
from pipeline.patterns.staff import CHANGE_CODES
from pipeline.patterns.stated_waits import WAITING_CODES, longest_wait, stated_waits, total_wait
from pipeline.patterns.table import rolled_up


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured in one case; None where the case does not say it.

    Attributes:
        case: Id of the case.
        waiting_months: The longest single wait that a sentence coded as waiting or absence states, in months; an
            uncertain one only where no certain one is stated.
        caseworker_changes: Changes of caseworker during the course.
        support_changes: Changes of mentor or contact person during the course.
        deficit_resource_index: Deficit language as a share of deficit and resource language, 0-1.
        placement_changes: Changes of foster or relief family during the course.
        waiting_total_months: The longest waits for each thing waited for, added up; None where there is one thing or
            none. Waits may run side by side: it is months of waiting and not of the calendar.
        findings: Every value of the case, those above first, then what single sentences say.
    """

    case: str
    waiting_months: float | None = None
    caseworker_changes: int | None = None
    support_changes: int | None = None
    deficit_resource_index: float | None = None
    placement_changes: int | None = None
    waiting_total_months: float | None = None
    findings: tuple[Finding, ...] = ()

    def finding(self, measure: str) -> Finding | None:
        """Return the first finding of a measure, or None."""
        return next((each for each in self.findings if each.measure == measure), None)


def measure_cases(cases: Sequence[Case], codings: Iterable[Coding]) -> tuple[Measures, ...]:
    """Measure every case from its affirmed codings.

    What was before the course is kept apart, in findings whose measure ends in ``_before``.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings.
    """
    found = by_case(codings)
    return tuple(measure_case(case, found.get(case.id, ())) for case in cases)


def _position(coding: Coding) -> tuple[int, int, str, str]:
    return coding.start, coding.end, coding.code, coding.coder


def measure_case(case: Case, codings: Iterable[Coding]) -> Measures:
    """Measure one case (see ``measure_cases``).

    Args:
        case: The case.
        codings: Its settled codings.
    """
    codings = sorted((coding for coding in codings if coding.counts), key=_position)
    waits = stated_waits(case, [each for each in codings if each.code.startswith(WAITING_CODES)])
    longest = longest_wait(waits)
    total = total_wait(case.id, waits)
    changes: dict[str, Finding | None] = {}
    details = [each for each, _ in waits]
    for code in CHANGE_CODES:
        counted, stated = count_changes(case.id, code, [each for each in codings if rolled_up(each.code) == code])
        changes[code] = next((each for each in counted if each.measure == CHANGE_MEASURES[code]), None)
        details = [*counted[bool(changes[code]) :], *details, *stated]
    tone = tone_of(case, codings)
    index = tone[0] if tone and tone[0].measure == "deficit_resource_index" else None
    values = [each for each in (longest, total, *(changes[code] for code in CHANGE_CODES)) if each is not None]
    return Measures(
        case=case.id,
        waiting_months=longest.value if longest else None,
        caseworker_changes=_whole(changes["change.caseworker"]),
        support_changes=_whole(changes["change.support"]),
        deficit_resource_index=index.value if index else None,
        placement_changes=_whole(changes["change.placement"]),
        waiting_total_months=total.value if total else None,
        findings=(*values, *tone, *details),
    )


def _whole(finding: Finding | None) -> int | None:
    return None if finding is None else int(finding.value)
