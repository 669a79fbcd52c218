"""The parts of a QCA as tables of the report, in both languages."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.model.codes import Label
from pipeline.patterns.qca.analysis import Analysis
from pipeline.patterns.qca.expression import write_model, write_term
from pipeline.patterns.qca.matrix import Cube, Matrix
from pipeline.patterns.qca.measures import Fit
from pipeline.patterns.qca.robustness import Setting
from pipeline.patterns.qca.sentences import (
    both_counts,
    is_open,
    necessity_sentences,
    outcome_label,
    solution_sentences,
)
from pipeline.patterns.qca.solutions import Kind
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, number, words

KIND_LABELS = {
    Kind.COMPLEX: Label("Kompleks løsning", "Complex solution"),
    Kind.PARSIMONIOUS: Label("Sparsommelig løsning", "Parsimonious solution"),
    Kind.INTERMEDIATE: Label("Mellemløsning", "Intermediate solution"),
}
LEAST = 5
_SOURCE = Label(
    "Kvalitativ komparativ analyse (QCA) af bekræftede kodninger.",
    "Qualitative comparative analysis (QCA) of affirmed codings.",
)
_N = Label("n", "n")
_CONSISTENCY = Label("Konsistens", "Consistency")
_COVERAGE = Label("Dækning", "Coverage")
_SAME = Label("PRI", "PRI")


def qca_tables(analysis: Analysis, *, public: bool = False, least: int = LEAST) -> tuple[Table, ...]:
    """Return all tables: necessity, truth table, solutions, other cuts, and, not for the public, cases and raw matrix.

    Consistency and coverage give counts away: 0.087 of 23 cases are two. So the tables are internal; those for the
    public show a number only where neither part of the group is a count from 1 to below the least. The counts
    themselves are left to disclosure control.

    Args:
        analysis: The analysis.
        public: True for tables that may leave the house.
        least: The smallest count that these may show.
    """
    shown = least if public else 1
    tables = [
        necessity_table(analysis, least=shown),
        truth_table_table(analysis, least=shown, name_cases=not public),
        solutions_table(analysis, least=shown),
        sensitivity_table(analysis, least=shown),
    ]
    if public:
        return tuple(tables)
    return tuple(replace(table, internal=True) for table in (*tables, cases_table(analysis), raw_table(analysis)))


def _both(text: str) -> Label:
    return Label(text, text)


def _ratio(value: float) -> Cell:
    return number(None if math.isnan(value) else value, decimals=3)


def _title(analysis: Analysis, danish: str, english: str) -> Label:
    outcome = outcome_label(analysis.matrix)
    return Label(f"{danish}: {outcome.da}", f"{english}: {outcome.en}")


def _legend(analysis: Analysis) -> Label:
    """Say what the short names stand for."""
    named = [(each.name, each.label) for each in analysis.matrix.conditions if each.label is not None]
    return Label(
        "; ".join(f"{name}: {label.da}" for name, label in named) + "." if named else "",
        "; ".join(f"{name}: {label.en}" for name, label in named) + "." if named else "",
    )


def _notes(analysis: Analysis, *notes: Label) -> tuple[Label, ...]:
    return tuple(note for note in (_legend(analysis), *notes) if note.da)


def necessity_table(analysis: Analysis, *, least: int = 1) -> Table:
    """Return how nearly the outcome is a part of each condition and absence.

    Args:
        analysis: The analysis.
        least: Rows that would give away a smaller count show no numbers.
    """
    matrix = analysis.matrix
    rows = []
    for each in analysis.necessity:
        member = matrix.union(each.terms)
        told = is_open(*both_counts(matrix.y, member), least) and is_open(*both_counts(member, matrix.y), least)
        numbers = (each.consistency, each.coverage, each.relevance)
        cells = tuple(_ratio(value) if told else Cell() for value in numbers)
        rows.append(Row(_both(write_model(each.terms, matrix.conditions)), cells))
    return Table(
        id="qca_necessity",
        title=_title(
            analysis, "Betingelser, som næsten alle cases med udfaldet har", "What cases with the outcome share"
        ),
        stub=Label("Betingelse", "Condition"),
        header=((Heading(_CONSISTENCY), Heading(_COVERAGE), Heading(Label("RoN", "RoN"))),),
        rows=tuple(rows),
        notes=_notes(
            analysis,
            Label(
                "~ betyder fravær. Konsistens: hvor stor en del af udfaldet der ligger i betingelsen. RoN nær 0: "
                "næsten alle cases har betingelsen, så den siger lidt.",
                "~ means absence. Consistency: how much of the outcome lies in the condition. RoN near 0: nearly all "
                "cases have the condition, so that it says little.",
            ),
            *necessity_sentences(analysis, least=least),
        ),
        source=_SOURCE,
    )


def truth_table_table(analysis: Analysis, *, least: int = 1, name_cases: bool = False) -> Table:
    """Return the truth table.

    Args:
        analysis: The analysis.
        least: Rows that would give away a smaller count show no consistency.
        name_cases: True for a column with the cases of each row; such a table is internal.
    """
    matrix, table = analysis.matrix, analysis.table
    units = dict(zip(matrix.cases, matrix.units or matrix.cases, strict=True))
    rows = []
    for row in table.rows:
        output = "?" if row.output is None else str(int(row.output))
        shown = is_open(len(row.inside), row.n, least) and row.n >= least
        combination = write_term(row.values, matrix.conditions)
        cells = [words("–" if value is None else str(value)) for value in row.values]
        cells += [
            words(output),
            count(row.n, cases={units[case] for case in row.cases}, query={"combination": combination}),
            _ratio(row.consistency) if shown else Cell(),
            _ratio(row.pri) if shown else Cell(),
        ]
        if name_cases:
            cells.append(words(", ".join(row.cases)))
        rows.append(Row(_both(str(row.number)), tuple(cells)))
    heads = [_both(name) for name in matrix.names]
    heads += [_both(matrix.outcome), _N, _CONSISTENCY, _SAME]
    heads += [Label("Cases", "Cases")] * name_cases
    cuts = table.cuts
    danish = f"{cuts.consistency:g}".replace(".", ",")
    missing = table.size - len(table.rows)
    return Table(
        id="qca_truth_table",
        title=_title(analysis, "Sandhedstabel", "Truth table"),
        stub=Label("Række", "Row"),
        header=(tuple(Heading(label) for label in heads),),
        rows=tuple(rows),
        notes=_notes(
            analysis,
            Label(
                f"1 i udfaldets kolonne: mindst {cuts.frequency} cases og en konsistens på mindst {danish}; ?: for få "
                f"cases. {missing} af {table.size} kombinationer forekommer ikke.",
                f"1 in the outcome's column: at least {cuts.frequency} cases and a consistency of at least "
                f"{cuts.consistency:g}; ?: too few cases. {missing} of {table.size} combinations do not occur.",
            ),
        ),
        source=_SOURCE,
        internal=name_cases,
    )


def solutions_table(analysis: Analysis, *, least: int = 1) -> Table:
    """Return the three solutions with every tied model and the fit of every term.

    Args:
        analysis: The analysis.
        least: Terms and models that would give away a smaller count show no fit.
    """
    matrix = analysis.matrix
    rows: list[Row] = []
    for solution in analysis.solutions:
        label = KIND_LABELS[solution.kind]
        rows.append(Row(label, (Cell(),) * 4, group=True))
        if not solution.models:
            rows.append(Row(Label("Ingen", "None"), (Cell(),) * 4, level=1))
        for place, model in enumerate(solution.models, start=1):
            for term, fit in zip(model.terms, model.term_fits, strict=True):
                others = [other for other in model.terms if other != term]
                told = _may_show(matrix, [term], others, least)
                rows.append(Row(_both(write_term(term, matrix.conditions)), _fit_cells(fit, told), level=1))
            of = f" {place}/{len(solution.models)}" if len(solution.models) > 1 else ""
            told = _may_show(matrix, model.terms, (), least)
            cells = (*_fit_cells(model.fit, told)[:3], Cell())
            rows.append(Row(Label(f"Model{of}", f"Model{of}"), cells, level=1, total=True))
    return Table(
        id="qca_solutions",
        title=_title(analysis, "Løsninger", "Solutions"),
        stub=Label("Kombination", "Combination"),
        header=(
            (
                Heading(_CONSISTENCY),
                Heading(_SAME),
                Heading(_COVERAGE),
                Heading(Label("Kun her", "Unique")),
            ),
        ),
        rows=tuple(rows),
        notes=_notes(analysis, *solution_sentences(analysis, least=least)),
        source=_SOURCE,
    )


def _may_show(matrix: Matrix, terms: Sequence[Cube], others: Sequence[Cube], least: int) -> bool:
    """Say whether the fit of some terms gives no small count away: in them, covered by them, covered by them alone."""
    member, rest = matrix.union(terms), matrix.union(others)
    covered, total = both_counts(matrix.y, member)
    again, _ = both_counts(matrix.y, np.minimum(member, rest))
    return (
        is_open(*both_counts(member, matrix.y), least)
        and is_open(covered, total, least)
        and is_open(covered - again, total, least)
    )


def _fit_cells(fit: Fit, told: bool) -> tuple[Cell, ...]:
    return tuple(_ratio(value) if told else Cell() for value in (fit.consistency, fit.pri, fit.coverage, fit.unique))


def sensitivity_table(analysis: Analysis, *, least: int = 1) -> Table:
    """Return the reported solution with other cuts.

    Args:
        analysis: The analysis.
        least: Solutions that would give away a smaller count show no fit.
    """
    rows = tuple(_setting_row(analysis, each, least) for each in analysis.sensitivity)
    low, high = analysis.consistency_range
    least, most = analysis.frequency_range
    return Table(
        id="qca_sensitivity",
        title=_title(analysis, "Samme løsning med andre grænser", "The same solution with other cuts"),
        stub=Label("Grænse for konsistens / cases", "Cut for consistency / cases"),
        header=(
            (
                Heading(Label("Rækker", "Rows")),
                Heading(_CONSISTENCY),
                Heading(_COVERAGE),
                Heading(Label("Uændret", "Unchanged")),
                Heading(Label("Løsning", "Solution")),
            ),
        ),
        rows=rows,
        notes=(
            Label(
                f"De samme rækker tæller, så længe konsistensgrænsen ligger over {_comma(low)} og højst på "
                f"{_comma(high)}, og en række skal have {least}–{most} cases.",
                f"The same rows count as long as the consistency cut lies above {low:.3f} and at {high:.3f} at most, "
                f"and a row must have {least}–{most} cases.",
            ),
        ),
        source=_SOURCE,
    )


def _comma(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _setting_row(analysis: Analysis, setting: Setting, least: int) -> Row:
    cuts = setting.cuts
    told = bool(setting.models) and _may_show(analysis.matrix, setting.models[0], (), least)
    fit = setting.fit if told else None
    models = [write_model(terms, analysis.matrix.conditions) for terms in setting.models[:3]]
    more = len(setting.models) - len(models)
    listed = " / ".join(models) + (f" … (+{more})" if more else "")
    return Row(
        Label(f"{cuts.consistency:g} / {cuts.frequency}".replace(".", ","), f"{cuts.consistency:g} / {cuts.frequency}"),
        (
            count(setting.reached, query={"unit": "combinations"}),
            _ratio(math.nan if fit is None else fit.consistency),
            _ratio(math.nan if fit is None else fit.coverage),
            words(Label("ja", "yes") if setting.same else Label("nej", "no")),
            words(listed or "–"),
        ),
    )


def cases_table(analysis: Analysis) -> Table:
    """Return the cases of every term of every tied model of the reported solution; the deviant ones are to be read."""
    rows: list[Row] = []
    for place, (model, cases) in enumerate(zip(analysis.models, analysis.cases, strict=True), start=1):
        name = write_model(model.terms, analysis.matrix.conditions)
        rows.append(Row(_both(f"{place}: {name}" if len(analysis.models) > 1 else name), (Cell(),) * 4, group=True))
        for each in cases.terms:
            cells = (_listed(each.typical), _listed(each.unique), _listed(each.deviant), Cell())
            rows.append(Row(_both(write_term(each.term, analysis.matrix.conditions)), cells, level=1))
        cells = (Cell(), Cell(), Cell(), _listed(cases.deviant_coverage))
        rows.append(Row(Label("Uden for løsningen", "Outside the solution"), cells, level=1))
    return Table(
        id="qca_cases",
        title=_title(analysis, "Cases bag løsningen", "Cases behind the solution"),
        stub=Label("Kombination", "Combination"),
        header=(
            (
                Heading(Label("Typiske", "Typical")),
                Heading(Label("Kun her", "Only here")),
                Heading(Label("Uden udfaldet", "Without the outcome")),
                Heading(Label("Har udfaldet, men ingen kombination", "Have the outcome, but no combination")),
            ),
        ),
        rows=tuple(rows),
        notes=_notes(analysis),
        source=_SOURCE,
        internal=True,
    )


def _listed(names: tuple[str, ...]) -> Cell:
    return words(", ".join(names)) if names else Cell()


def raw_table(analysis: Analysis) -> Table:
    """Return the raw matrix: every case with its membership in every set."""
    matrix = analysis.matrix
    rows = tuple(
        Row(_both(case), tuple(number(None if math.isnan(value) else value) for value in (*values, score)))
        for case, values, score in zip(matrix.cases, matrix.values, matrix.scores, strict=True)
    )
    return Table(
        id="qca_raw",
        title=_title(analysis, "Rå matrix", "Raw matrix"),
        stub=Label("Case", "Case"),
        header=(tuple(Heading(_both(name)) for name in (*matrix.names, matrix.outcome)),),
        rows=rows,
        notes=_notes(analysis),
        source=_SOURCE,
        internal=True,
    )
