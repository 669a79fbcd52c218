"""A report of the reference, made once."""

from functools import cache
from pathlib import Path

from pipeline.graph.build import build_graph
from pipeline.model.codings import Coding
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcomes
from pipeline.report.content import Report, build_report
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes

RULES = load_outcome_rules(Path(__file__).resolve().parents[2] / "codebook" / "en-plan").value


@cache
def reviewed_report() -> Report:
    """Return the report of what persons have coded and judged."""
    return build_report(reference_cases(), reference_codings(), reference_outcomes(), reference_codebook())


@cache
def suggested_report(lang: str = "da") -> Report:
    """Return the report of the rules' outcomes with the graph."""
    return report_of(reference_codings(), lang)


def report_of(codings: tuple[Coding, ...], lang: str = "da") -> Report:
    """Return a report of these codings with the rules' outcomes and the graph."""
    outcomes = settle_outcomes(reference_cases(), codings, RULES)
    graph = build_graph(reference_cases(), codings, outcomes, reference_codebook())
    return build_report(reference_cases(), codings, outcomes, reference_codebook(), graph=graph, lang=lang)
