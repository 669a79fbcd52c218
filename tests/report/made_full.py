"""A full report of a part of the reference, made once: internal and public."""

from functools import cache

from pipeline.graph.build import build_graph
from pipeline.model.codings import Coding
from pipeline.patterns.displays import citizen_continuum
from pipeline.patterns.measures import measure_cases
from pipeline.patterns.measures_tables import waiting_by_category
from pipeline.patterns.timelines import case_timelines
from pipeline.report.content import Report
from pipeline.report.figures.series import timeline_series
from pipeline.report.full import build_full_report
from pipeline.report.parts import Parts
from pipeline.report.public import Public, counted_once, public_report
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

CASES = reference_cases()[::3]
IDS = frozenset(case.id for case in CASES)


@cache
def some_codings() -> tuple[Coding, ...]:
    """Return the codings of every third case."""
    return tuple(coding for coding in reference_codings() if coding.case in IDS)


OUTCOMES = tuple(outcome for outcome in reference_outcomes() if outcome.case in IDS)


@cache
def parts(*, public: bool = False) -> Parts:
    """Return what the report shows beside counts, but for the statistics, which have tests of their own."""
    outcomes = counted_once(OUTCOMES) if public else OUTCOMES
    measures = measure_cases(CASES, some_codings())
    waiting = (("waiting", waiting_by_category(CASES, outcomes, measures)),)
    if public:
        return Parts(more=waiting)
    timelines = case_timelines(CASES, some_codings(), reference_codebook(), measures)
    return Parts(
        graph=build_graph(CASES, some_codings(), OUTCOMES, reference_codebook()),
        displays=(citizen_continuum(some_codings(), OUTCOMES, reference_codebook()),),
        timelines=timeline_series(timelines[:12], OUTCOMES),
        more=waiting,
    )


@cache
def full_report(lang: str = "da") -> Report:
    """Return the internal report."""
    return build_full_report(CASES, some_codings(), OUTCOMES, reference_codebook(), parts(), lang=lang)


def released() -> frozenset[tuple[str, str]]:
    """Return four quotations that a person has released."""
    chosen = [coding for coding in some_codings() if coding.code == "relation.trust" and not coding.before][:4]
    return frozenset((coding.case, coding.segment) for coding in chosen)


@cache
def public(lang: str = "da") -> Public:
    """Return the public report."""
    return public_report(
        CASES,
        some_codings(),
        OUTCOMES,
        reference_codebook(),
        parts(public=True),
        released=released(),
        levels=2,
        lang=lang,
    )
