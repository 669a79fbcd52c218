"""The parts of a QCA as pandas frames, for notebooks and CSV."""

from typing import TYPE_CHECKING

from pipeline.patterns.qca.analysis import Analysis
from pipeline.patterns.qca.expression import write_model, write_term
from pipeline.patterns.qca.measures import Fit

if TYPE_CHECKING:
    import pandas as pd

_FIT = ("consistency", "pri", "coverage", "unique")


def raw_frame(analysis: Analysis) -> "pd.DataFrame":
    """Return the raw matrix: a row per case, a column per condition and one for the outcome."""
    import pandas as pd

    matrix = analysis.matrix
    rows = [(*values, score) for values, score in zip(matrix.values, matrix.scores, strict=True)]
    return pd.DataFrame(rows, index=pd.Index(matrix.cases, name="case"), columns=[*matrix.names, matrix.outcome])


def truth_frame(analysis: Analysis) -> "pd.DataFrame":
    """Return the truth table: a row per combination that occurs; ``output`` is empty where it has too few cases."""
    import pandas as pd

    rows = [
        (
            row.number,
            *("-" if value is None else value for value in row.values),
            "" if row.output is None else int(row.output),
            row.n,
            len(row.inside),
            round(row.consistency, 6),
            round(row.pri, 6),
            " ".join(row.cases),
        )
        for row in analysis.table.rows
    ]
    columns = ["row", *analysis.matrix.names, "output", "n", "with_outcome", "consistency", "pri", "cases"]
    return pd.DataFrame(rows, columns=columns).set_index("row")


def necessity_frame(analysis: Analysis) -> "pd.DataFrame":
    """Return necessity: a row per condition and absence, with consistency, coverage and relevance (RoN)."""
    import pandas as pd

    rows = [
        (
            write_model(each.terms, analysis.matrix.conditions),
            round(each.consistency, 6),
            round(each.coverage, 6),
            round(each.relevance, 6),
        )
        for each in analysis.necessity
    ]
    return pd.DataFrame(rows, columns=["condition", "consistency", "coverage", "relevance"]).set_index("condition")


def solutions_frame(analysis: Analysis) -> "pd.DataFrame":
    """Return every term of every tied model of the three solutions with its fit; the term ``=`` is the whole model."""
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    for solution in analysis.solutions:
        for number, model in enumerate(solution.models, start=1):
            head = (solution.kind.value, number, len(solution.models))
            for term, fit in zip(model.terms, model.term_fits, strict=True):
                rows.append((*head, write_term(term, analysis.matrix.conditions), *_numbers(fit)))
            rows.append((*head, "=", *_numbers(model.fit)))
    return pd.DataFrame(rows, columns=["solution", "model", "of", "term", *_FIT])


def _numbers(fit: Fit) -> tuple[float, ...]:
    return tuple(round(getattr(fit, name), 6) for name in _FIT)


def cases_frame(analysis: Analysis) -> "pd.DataFrame":
    """Return the cases of every tied model of the reported solution: model, term, what the case is there, case."""
    import pandas as pd

    rows: list[tuple[object, ...]] = []
    for number, (model, cases) in enumerate(zip(analysis.models, analysis.cases, strict=True), start=1):
        whole = write_model(model.terms, analysis.matrix.conditions)
        for each in cases.terms:
            term = write_term(each.term, analysis.matrix.conditions)
            rows += [(number, term, "typical", case) for case in each.typical]
            rows += [(number, term, "only in this term", case) for case in each.unique]
            rows += [(number, term, "deviant in consistency", case) for case in each.deviant]
        rows += [(number, whole, "deviant in coverage", case) for case in cases.deviant_coverage]
        rows += [(number, whole, "undecided", case) for case in cases.undecided]
    return pd.DataFrame(rows, columns=["model", "term", "kind", "case"])


FRAMES = {
    "raw": raw_frame,
    "truth": truth_frame,
    "necessity": necessity_frame,
    "solutions": solutions_frame,
    "cases": cases_frame,
}
"""Each part by its name."""
