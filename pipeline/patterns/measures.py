"""Measured variables of a case: how long it waited, how often staff changed, how it speaks of the citizen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.language.segments import split_case
from pipeline.model.cases import Case
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding, by_case
from pipeline.patterns.balance import tone_of
from pipeline.patterns.change_counts import CHANGE_MEASURES, count_changes
from pipeline.patterns.findings import Finding
from pipeline.patterns.staff_roles import CHANGE_CODES
from pipeline.patterns.stated_waits import WAITING_CODES, longest_wait, stated_waits, total_wait

STATED = ("stated_wait", *(f"stated_{name}" for name in CHANGE_MEASURES.values()))
"""How the measures begin that single sentences state."""

_LANGUAGE = {
    "deficit_resource_index": ("language.deficit", "language.resource"),
    "deficit_density": ("language.deficit",),
    "resource_density": ("language.resource",),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that a value rests on.

    Attributes:
        segment: Id of its segment.
        number: Its number in the case, from 1, as ``casepath show`` counts; 0 where the case no longer has it.
        text: The sentence.
    """

    segment: str
    number: int
    text: str


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
        sources: The sentences that findings rest on, in the order of the text.
    """

    case: str
    waiting_months: float | None = None
    caseworker_changes: int | None = None
    support_changes: int | None = None
    deficit_resource_index: float | None = None
    placement_changes: int | None = None
    waiting_total_months: float | None = None
    findings: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()

    def finding(self, measure: str) -> Finding | None:
        """Return the first finding of a measure, or None."""
        return next((each for each in self.findings if each.measure == measure), None)

    def sources_of(self, finding: Finding) -> tuple[Source, ...]:
        """Return the sentences that a finding of the case rests on, in the order of the text."""
        return tuple(each for each in self.sources if each.segment in finding.rests_on)


def value_of(measure: str) -> str:
    """Return the value of a case that what a sentence states may give; empty where it gives none.

    Args:
        measure: Name of what a sentence states: ``stated_wait``, ``stated_support_changes_before``.
    """
    return {"stated_wait": "waiting_months", "stated_wait_before": ""}.get(measure, measure.removeprefix("stated_"))


def is_read_from(measure: str, code: str) -> bool:
    """Say whether a measure is read from sentences with a code.

    Args:
        measure: Name of a measure, of a case or of what a sentence states.
        code: Id of a code.
    """
    name = measure.removeprefix("stated_").removesuffix("_before")
    if name in _LANGUAGE:
        return core_code(code) in _LANGUAGE[name]
    if name in CHANGE_MEASURES.values():
        return CHANGE_MEASURES.get(core_code(code)) == name
    return name.startswith("wait") and code.startswith(WAITING_CODES)


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
    given = sorted(codings, key=_position)
    codings = [coding for coding in given if coding.counts]
    waits = stated_waits(case, [each for each in codings if each.code.startswith(WAITING_CODES)])
    longest = longest_wait(waits)
    total = total_wait(case.id, waits)
    changes: dict[str, Finding | None] = {}
    details = [each for each, _ in waits]
    for code in CHANGE_CODES:
        counted, stated = count_changes(case, code, given)
        changes[code] = next((each for each in counted if each.measure == CHANGE_MEASURES[code]), None)
        details = [*counted[bool(changes[code]) :], *details, *stated]
    tone = tone_of(case, codings)
    index = tone[0] if tone and tone[0].measure == "deficit_resource_index" else None
    values = [each for each in (longest, total, *(changes[code] for code in CHANGE_CODES)) if each is not None]
    findings = (*values, *tone, *details)
    return Measures(
        case=case.id,
        waiting_months=longest.value if longest else None,
        caseworker_changes=_whole(changes["change.caseworker"]),
        support_changes=_whole(changes["change.support"]),
        deficit_resource_index=index.value if index else None,
        placement_changes=_whole(changes["change.placement"]),
        waiting_total_months=total.value if total else None,
        findings=findings,
        sources=_sources(case, codings, findings),
    )


def _sources(case: Case, codings: Sequence[Coding], findings: Iterable[Finding]) -> tuple[Source, ...]:
    """Return the sentences that findings rest on, with their numbers."""
    wanted = {segment for each in findings for segment in each.rests_on}
    if not wanted:
        return ()
    numbers = {segment.id: number for number, segment in enumerate(split_case(case), start=1)}
    sentences = {each.segment: each.sentence for each in codings if each.segment in wanted}
    return tuple(Source(segment, numbers.get(segment, 0), text) for segment, text in sentences.items())


def _whole(finding: Finding | None) -> int | None:
    return None if finding is None else int(finding.value)
