"""The analyses that the full report shows, run one after the other: hypotheses, patterns, QCA, courses, graph."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.graph.build import build_graph
from pipeline.graph.public import public_graph
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label
from pipeline.model.codings import Coding
from pipeline.model.problems import Loaded, Problem, has_errors
from pipeline.model.progression import Outcome
from pipeline.patterns.codes import presence_by_cluster
from pipeline.patterns.comparisons import compare
from pipeline.patterns.descriptive import category_by_age, category_by_municipality
from pipeline.patterns.displays import absence_display, citizen_continuum, waiting_display
from pipeline.patterns.framework import framework_matrix
from pipeline.patterns.hypotheses import Hypotheses, load_hypotheses
from pipeline.patterns.itemsets import mine
from pipeline.patterns.measures import measure_cases
from pipeline.patterns.measures_tables import balance_by_category, staff_changes_by_category, waiting_by_category
from pipeline.patterns.membership import memberships_of
from pipeline.patterns.pattern_tables import pattern_table
from pipeline.patterns.presence import core_codes
from pipeline.patterns.qca.analysis import Analysis, Options, analyse
from pipeline.patterns.qca.data import qca_data
from pipeline.patterns.qca.plan import load_plan
from pipeline.patterns.qca.sentences import chance_sentences, necessity_sentences, solution_sentences
from pipeline.patterns.qca.tables import qca_tables
from pipeline.patterns.stated_waits import WAITING_CODES
from pipeline.patterns.tables import Table
from pipeline.patterns.timeline_tables import stones_by_category, timeline_table, turning_points
from pipeline.patterns.timelines import case_timelines
from pipeline.patterns.variables import presence_of
from pipeline.report.figures.series import timeline_series
from pipeline.report.parts import Parts

_PATTERNS = 15
"""Patterns of codes shown."""

_LONG = ("qca_cases", "qca_raw")
"""Tables of a QCA with a row a case: Excel and HTML hold them, the text does not."""

_SHUFFLES = 500
"""Shuffles of the outcome behind the chance of a QCA solution."""


def gather_parts(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    folder: Path | None = None,
    *,
    public: bool = False,
    agreement: Sequence[str] = (),
) -> Loaded[Parts]:
    """Run the analyses of the full report.

    Args:
        cases: The cases.
        codings: Settled codings.
        outcomes: The cases' outcomes; for a public report ``counted_once``.
        codebook: The codebook.
        folder: Its folder, for the hypotheses and the plan of the QCA; None to leave these out.
        public: True to leave out what is only about single cases.
        agreement: Sentences on how well coders agree.
    """
    codings, outcomes = tuple(codings), tuple(outcomes)
    ids = [code.id for code in codebook.codes]
    problems: list[Problem] = []
    hypotheses = Hypotheses()
    comparisons = None
    if folder is not None:
        loaded = load_hypotheses(folder, codes=ids)
        problems += loaded.problems
        if not has_errors(loaded.problems):
            hypotheses = loaded.value
            comparisons = compare(cases, codings, outcomes, codebook, hypotheses)
    graph = build_graph(cases, codings, outcomes, codebook)
    measures = measure_cases(cases, codings)
    waits = [code for code in core_codes(codebook) if code.startswith(WAITING_CODES)]
    more: list[tuple[str, Table]] = [
        ("progression", category_by_age(cases, outcomes)),
        ("waiting", waiting_by_category(cases, outcomes, measures, codes=waits)),
        ("waiting", staff_changes_by_category(cases, outcomes, measures)),
        ("waiting", balance_by_category(cases, codings, outcomes, measures)),
    ]
    if public:
        shown = public_graph(graph)
        # a concept's size may be hidden in a table, so the figure tells none
        shown = replace(shown, nodes=tuple(replace(node, n=None) for node in shown.nodes))
        parts = Parts(comparisons=comparisons, graph=shown, more=tuple(more), agreement=tuple(agreement))
        return Loaded(parts, tuple(problems))
    timelines = case_timelines(cases, codings, codebook, measures)
    more += [
        ("appendix", category_by_municipality(cases, outcomes)),
        ("course", stones_by_category(timelines, outcomes)),
        ("patterns", _patterns(cases, codings, outcomes, codebook, hypotheses)),
    ]
    extra = [
        presence_by_cluster(cases, codings, codebook),
        turning_points(timelines, outcomes, codebook),
        timeline_table(timelines, outcomes, codebook),
        framework_matrix(cases, codings, outcomes, codebook),
    ]
    analysis, found = _qca(cases, codings, outcomes, codebook, folder, ids)
    problems += found
    tables = () if analysis is None else qca_tables(analysis)
    parts = Parts(
        comparisons=comparisons,
        graph=graph,
        qca=tuple(table for table in tables if table.id not in _LONG),
        qca_sentences=_told(analysis),
        agreement=tuple(agreement),
        displays=(
            citizen_continuum(codings, outcomes, codebook),
            waiting_display(codings, outcomes, codebook),
            absence_display(codings, outcomes, codebook),
        ),
        timelines=timeline_series(timelines, outcomes),
        more=tuple(more),
        extra=(*extra, *(table for table in tables if table.id in _LONG)),
    )
    return Loaded(parts, tuple(problems))


def _patterns(
    cases: Sequence[Case],
    codings: tuple[Coding, ...],
    outcomes: tuple[Outcome, ...],
    codebook: Codebook,
    hypotheses: Hypotheses,
) -> Table:
    memberships = memberships_of(cases, outcomes)
    results = {code.id for theme in codebook.themes if theme.id in hypotheses.results for code in theme.codes}
    codes = [code for code in core_codes(codebook) if code not in results]
    presence = presence_of(memberships.cases, codings, codes)
    return pattern_table(mine(presence, codes, memberships), codebook, memberships, most=_PATTERNS)


def _qca(
    cases: Sequence[Case],
    codings: tuple[Coding, ...],
    outcomes: tuple[Outcome, ...],
    codebook: Codebook,
    folder: Path | None,
    ids: Sequence[str],
) -> tuple[Analysis | None, tuple[Problem, ...]]:
    """Run the QCA that the codebook declares; None where it declares none, or the cases do not carry it."""
    if folder is None:
        return None, ()
    try:
        plan = load_plan(folder, codes=ids)
        if has_errors(plan.problems) or not plan.value.use:
            return None, plan.problems
        matrix = qca_data(cases, codings, outcomes, codebook, plan=plan.value)
        analysis = analyse(matrix.value, Options(cuts=plan.value.cuts, solution=plan.value.solution, draws=_SHUFFLES))
    except PipelineError:
        return None, ()  # the codebook declares none, or the cases do not carry one
    return analysis, (*plan.problems, *matrix.problems, *analysis.problems)


def _told(analysis: Analysis | None) -> tuple[Label, ...]:
    if analysis is None:
        return ()
    return (*necessity_sentences(analysis), *solution_sentences(analysis), *chance_sentences(analysis))
