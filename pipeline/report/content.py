"""What a report says, as a value: headings, sentences, tables and quotations, before any format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.graph.evidence_tables import evidence_table
from pipeline.graph.findings import theory_table
from pipeline.graph.value import Graph
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, say
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.codes import code_by_category, code_frequencies
from pipeline.patterns.descriptive import attachment_by_cluster, category_by_cluster, municipality_by_cluster
from pipeline.patterns.measures import Measures, measure_cases
from pipeline.patterns.tables import Table
from pipeline.report.doubts import doubtful_cases
from pipeline.report.figures.figure import Figure
from pipeline.report.quotes import ThemeQuotes, choose_quotes
from pipeline.report.sentences import (
    TITLE,
    coding_sentences,
    method_sentences,
    notice_of,
    outcome_sentences,
    texts,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report; level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``notice`` sets it apart as something the reader must not miss."""

    text: str
    notice: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered table."""

    table: Table


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """The quotations of a theme."""

    quotes: ThemeQuotes


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A numbered figure."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short paragraphs."""

    items: tuple[str, ...]


Block = Heading | Paragraph | TableBlock | QuoteBlock | FigureBlock | Bullets


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the writers need.

    Attributes:
        lang: ``da`` or ``en``.
        title: On the first page.
        subtitle: Below it.
        notice: What to know before anything is used, empty where a person has reviewed everything.
        blocks: The report in reading order.
        tables: Its tables, by their ids.
        quotes: Its quotations.
        cases: The cases.
        codings: Settled codings, all of them.
        outcomes: The cases' outcomes.
        measures: The cases' measures.
        codebook: The codebook.
        figures: Its figures.
        extra: Tables that every format but Word holds, being too wide or too long for a page.
        public: True when it may be shown to anyone: no cases, no names, no small counts.
        contents: True for a table of contents and lists of tables and figures.
    """

    lang: str
    title: str
    subtitle: str
    notice: str
    blocks: tuple[Block, ...]
    tables: tuple[tuple[str, Table], ...]
    quotes: tuple[ThemeQuotes, ...]
    cases: tuple[Case, ...]
    codings: tuple[Coding, ...]
    outcomes: tuple[Outcome, ...]
    measures: tuple[Measures, ...]
    codebook: Codebook
    figures: tuple[Figure, ...] = ()
    extra: tuple[Table, ...] = ()
    public: bool = False
    contents: bool = False

    def table(self, table_id: str) -> Table:
        """Return one of its tables.

        Raises:
            KeyError: The report has no such table.
        """
        return dict(self.tables)[table_id]


def build_report(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Sequence[Outcome],
    codebook: Codebook,
    *,
    measures: Sequence[Measures] | None = None,
    graph: Graph | None = None,
    figure: str = "graph.svg",
    lang: str = "da",
) -> Report:
    """Put together what the report says.

    Args:
        cases: The cases.
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: The codebook.
        measures: The cases' measures; measured here when left out.
        graph: The graph; without it the report has no part on the theory of change.
        figure: Name of the file with the drawing, which the report refers to.
        lang: ``da`` or ``en``.
    """
    codings = tuple(codings)
    if measures is None:
        measures = measure_cases(cases, codings)
    quotes = choose_quotes(codings, outcomes, codebook)
    notice = notice_of(codings, outcomes, lang)
    build = Builder(lang)
    build.notice(notice)
    build.heading("basis")
    build.paragraph(*coding_sentences(cases, codings, codebook, lang))
    build.table(municipality_by_cluster(cases))
    build.heading("progression")
    build.paragraph(*outcome_sentences(cases, outcomes, lang))
    build.table(category_by_cluster(cases, outcomes))
    build.table(attachment_by_cluster(cases, outcomes))
    build.heading("codes")
    build.text("codes_intro")
    build.table(code_by_category(cases, codings, outcomes, codebook))
    build.heading("quotes")
    build.text("quotes_intro")
    for theme in quotes:
        build.blocks.append(QuoteBlock(theme))
    if graph is not None:
        build.heading("graph")
        build.paragraph(say(texts("graph_intro"), lang).format(figure=figure))
        build.table(evidence_table(graph))
        build.table(theory_table(graph))
    doubts = doubtful_cases(cases, outcomes)
    if doubts.rows:
        build.heading("doubts")
        build.text("doubts_intro")
        build.table(doubts)
    build.heading("method")
    for sentence in method_sentences(cases, codings, outcomes, codebook, lang):
        build.paragraph(sentence)
    build.heading("appendix")
    build.table(code_frequencies(cases, codings, codebook))
    return Report(
        lang=lang,
        title=say(TITLE, lang).format(n=len(cases)),
        subtitle=f"{say(codebook.title, lang)} · {codebook.version}",
        notice=notice,
        blocks=tuple(build.blocks),
        tables=tuple(build.tables.items()),
        quotes=quotes,
        cases=tuple(cases),
        codings=codings,
        outcomes=tuple(outcomes),
        measures=tuple(measures),
        codebook=codebook,
    )


@dataclass(slots=True)
class Builder:
    """Gathers blocks in one language."""

    lang: str
    blocks: list[Block] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)

    def heading(self, name: str, level: int = 1) -> None:
        """Add a heading by the name of its text."""
        self.blocks.append(Heading(say(texts(f"h_{name}"), self.lang), level))

    def notice(self, text: str) -> None:
        """Add what the reader must not miss, where there is something."""
        if text:
            self.blocks.append(Paragraph(text, notice=True))

    def text(self, name: str) -> None:
        """Add a paragraph of a fixed text, by its name."""
        self.paragraph(say(texts(name), self.lang))

    def paragraph(self, *sentences: str) -> None:
        """Add sentences as a paragraph."""
        self.blocks.append(Paragraph(" ".join(sentences)))

    def figure(self, figure: Figure) -> None:
        """Add a figure."""
        self.blocks.append(FigureBlock(figure))

    def table(self, table: Table) -> None:
        """Add a table."""
        self.blocks.append(TableBlock(table))
        self.tables[table.id] = table
