"""What the analyses have found beside counts, in one value for the report to show."""

from dataclasses import dataclass

from pipeline.graph.value import Graph
from pipeline.model.codes import Label
from pipeline.patterns.results import Comparisons
from pipeline.patterns.tables import Table
from pipeline.report.figures.figure import Series


@dataclass(frozen=True, slots=True)
class Parts:
    """What other rooms have found, each part left out where it is None or empty.

    Attributes:
        comparisons: Hypotheses and codes compared with progression.
        graph: The graph of the theory of change and the cases.
        qca: Tables of a QCA.
        qca_sentences: Sentences on it.
        agreement: Sentences on how well coders agree, where there are reviews.
        displays: Tables of quotations (continuum, waiting, absence).
        timelines: The courses as figures.
        more: Further tables by chapter (``basis``, ``progression``, ``course``, ``waiting``, ``patterns``,
            ``appendix``).
        extra: Tables that every format but Word holds, being too wide or too long for a page.
    """

    comparisons: Comparisons | None = None
    graph: Graph | None = None
    qca: tuple[Table, ...] = ()
    qca_sentences: tuple[Label, ...] = ()
    agreement: tuple[str, ...] = ()
    displays: tuple[Table, ...] = ()
    timelines: tuple[Series, ...] = ()
    more: tuple[tuple[str, Table], ...] = ()
    extra: tuple[Table, ...] = ()
