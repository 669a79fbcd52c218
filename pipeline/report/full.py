"""The full report, in the order of the study's chapters: cases, progression, voices, what occurs together, method."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from pipeline.graph.evidence_tables import evidence_table
from pipeline.graph.findings import finding_table, theory_table
from pipeline.graph.printed import printed_notes
from pipeline.graph.write import printed_pictures
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, say
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.codes import code_by_category, code_by_cluster, code_frequencies, presence_by_category
from pipeline.patterns.described import challenges_described, measures_by_category, measures_described
from pipeline.patterns.descriptive import attachment_by_cluster, category_by_cluster, municipality_by_cluster
from pipeline.patterns.measures import measure_cases
from pipeline.patterns.statistics_tables import NOT_CLAIMED, checks_table, comparison_table
from pipeline.patterns.status import changes_by_category, ratings_by_category
from pipeline.patterns.tables import Table
from pipeline.report.content import Builder, Bullets, Heading, Paragraph, QuoteBlock, Report
from pipeline.report.doubts import doubtful_cases
from pipeline.report.figures.drawing import has_content
from pipeline.report.figures.figure import Figure, FigureKind
from pipeline.report.figures.series import waiting_series
from pipeline.report.full_texts import AXES, FIGURE_TEXTS, FULL_TEXTS, MEMBERSHIPS, SIGNS_NOTE, SUGGESTED
from pipeline.report.parts import Parts
from pipeline.report.quotes import choose_quotes
from pipeline.report.sentences import (
    TITLE,
    coding_sentences,
    method_sentences,
    notice_of,
    outcome_sentences,
    version_lines,
)
from pipeline.report.statistics_sentences import comparison_sentences, one_category_sentence
from pipeline.report.table_parts import table_parts, words_only

_TOLD = 3
"""Sentences on each hypothesis: what was counted, which way it leans, whether chance gives it; tables tell the rest."""

_HEAT_ROWS = 56
"""Rows of a heat map that can be read on one page."""


def build_full_report(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Sequence[Outcome],
    codebook: Codebook,
    parts: Parts | None = None,
    *,
    lang: str = "da",
    quotable: Collection[tuple[str, str]] | None = None,
    public: bool = False,
    split: bool = False,
) -> Report:
    """Put together the full report.

    Args:
        cases: The cases.
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: The codebook.
        parts: What other rooms have found.
        lang: ``da`` or ``en``.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
        public: True to leave out what names cases; small counts are hidden afterwards (see ``public_report``).
        split: True where a public report counts split cases once, and must say so.
    """
    codings = tuple(codings)
    build = _Full(tuple(cases), codings, tuple(outcomes), codebook, parts or Parts(), lang, quotable, public, split)
    return build.report()


class _Full:
    """Builds the report chapter by chapter."""

    def __init__(
        self,
        cases: tuple[Case, ...],
        codings: tuple[Coding, ...],
        outcomes: tuple[Outcome, ...],
        codebook: Codebook,
        parts: Parts,
        lang: str,
        quotable: Collection[tuple[str, str]] | None,
        public: bool,
        split: bool,
    ) -> None:
        self.cases, self.codings, self.outcomes, self.codebook = cases, codings, outcomes, codebook
        self.parts, self.lang, self.public, self.split = parts, lang, public, split
        self.measures = measure_cases(cases, codings)
        open_to_quote = [each for each in codings if quotable is None or (each.case, each.segment) in quotable]
        self.quotes = choose_quotes(open_to_quote, outcomes, codebook, per_code=2 if quotable is None else 99,
                                    per_theme=6 if quotable is None else 999)  # fmt: skip
        self.notice = notice_of(codings, outcomes, lang)
        self.build = Builder(lang)
        self.figures: list[Figure] = []

    def report(self) -> Report:
        self.build.notice(self.notice)
        self.basis()
        self.progression()
        self.agency()
        self.together()
        self.doubts()
        self.method()
        self.appendix()
        extra: tuple[Table, ...] = ()
        if not self.public:
            present = presence_by_category(self.cases, self.codings, self.outcomes, self.codebook)
            extra = (present, *self.parts.extra)
        return Report(
            lang=self.lang,
            title=say(TITLE, self.lang).format(n=len(self.cases)),
            subtitle=f"{say(self.codebook.title, self.lang)} · {self.codebook.version}",
            notice=self.notice,
            blocks=tuple(self.build.blocks),
            tables=tuple(self.build.tables.items()),
            quotes=self.quotes,
            cases=self.cases,
            codings=self.codings,
            outcomes=self.outcomes,
            measures=self.measures,
            codebook=self.codebook,
            figures=tuple(self.figures),
            extra=tuple(self.marked(table) for table in extra),
            contents=True,
        )

    def heading(self, name: str, level: int = 1) -> None:
        self.build.blocks.append(Heading(say(FULL_TEXTS[f"h_{name}"], self.lang), level))

    def text(self, name: str) -> None:
        self.build.blocks.append(Paragraph(say(FULL_TEXTS[name], self.lang)))

    def marked(self, table: Table) -> Table:
        """Return a table that says below it that it rests on suggestions, as long as it does."""
        return replace(table, notes=(*table.notes, SUGGESTED)) if self.notice else table

    def table(self, table: Table) -> None:
        if any(not row.group for row in table.rows) and not (self.public and table.internal):
            self.build.table(self.marked(table))

    def more(self, chapter: str) -> None:
        for name, table in self.parts.more:
            if name == chapter:
                self.table(table)

    def figure(self, name: str, kind: FigureKind, **values: object) -> None:
        title, alt = FIGURE_TEXTS[name.partition(":")[0]]
        made = Figure(name.replace(":", "_"), kind, title, alt, **values)  # type: ignore[arg-type]  # fields by name
        if (self.public and made.internal) or not has_content(made):
            return
        self.figures.append(made)
        self.build.figure(made)

    def basis(self) -> None:
        self.heading("basis")
        self.build.paragraph(*coding_sentences(self.cases, self.codings, self.codebook, self.lang))
        self.table(municipality_by_cluster(self.cases))
        self.heading("described", 2)
        self.text("described_intro")
        self.table(challenges_described(self.cases, self.codings, self.codebook))
        self.table(measures_described(self.cases, self.codings, self.codebook))
        self.more("basis")

    def progression(self) -> None:
        self.heading("progression")
        if self.public and self.split:
            self.text("once")
        elif not self.public:
            self.build.paragraph(*outcome_sentences(self.cases, self.outcomes, self.lang))
        categories = category_by_cluster(self.cases, self.outcomes)
        self.table(categories)
        split = any(cell.split for row in categories.rows for cell in row.cells)
        self.figure("category_bars", FigureKind.BARS, table=categories, notes=(MEMBERSHIPS,) if split else ())
        self.table(attachment_by_cluster(self.cases, self.outcomes))
        self.more("progression")
        self.heading("change", 2)
        self.table(changes_by_category(self.cases, self.outcomes))
        self.table(ratings_by_category(self.cases, self.outcomes))
        self.table(measures_by_category(self.cases, self.codings, self.outcomes, self.codebook))

    def agency(self) -> None:
        if not self.quotes and not self.parts.displays and not self.parts.timelines:
            return
        self.heading("agency")
        self.text("agency_public" if self.public else "agency_intro")
        for table in self.parts.displays:
            self.table(table)
        for theme in self.quotes:
            self.build.blocks.append(QuoteBlock(theme))
        courses = self.parts.timelines and not self.public
        if courses or any(name == "course" for name, _ in self.parts.more):
            self.heading("course", 2)
        if courses:
            groups = dict.fromkeys(line.group for line in self.parts.timelines)
            for number, group in enumerate(groups, start=1):
                lines = tuple(line for line in self.parts.timelines if line.group == group)
                self.figure(f"timelines:{number}", FigureKind.TIMELINES, series=lines, internal=True)
        self.more("course")

    def together(self) -> None:
        self.heading("together")
        self.heading("codes", 2)
        self.text("codes_intro")
        codes = code_by_category(self.cases, self.codings, self.outcomes, self.codebook)
        self.table(codes)
        for number, part in enumerate(table_parts(codes, _HEAT_ROWS), start=1):
            self.figure(f"code_heat:{number}" if number > 1 else "code_heat", FigureKind.HEAT, table=part)
        self.table(code_by_cluster(self.cases, self.codings, self.codebook))
        self.hypotheses()
        self.waiting()
        if any(name == "patterns" for name, _ in self.parts.more) and not self.public:
            self.heading("patterns", 2)
            self.text("patterns_intro")
            self.more("patterns")
        if self.parts.qca and not self.public:
            self.heading("qca", 2)
            self.build.paragraph(*(say(each, self.lang) for each in self.parts.qca_sentences))
            for table in self.parts.qca:
                self.table(table)
        self.graph()

    def hypotheses(self) -> None:
        found = self.parts.comparisons
        if found is None or not found.results:
            return
        self.heading("hypotheses", 2)
        self.text("hypotheses_intro")
        table = comparison_table(found)
        self.table(table)
        self.figure(
            "hypotheses_forest", FigureKind.FOREST, table=table, reference=0.5, axis=AXES["superiority"],
            notes=(SIGNS_NOTE,),
        )  # fmt: skip
        if not self.public:
            once = one_category_sentence(found, self.lang)
            if once:
                self.build.paragraph(once)
            of_all = {once, say(NOT_CLAIMED, self.lang)}  # said once, above and below
            told = [
                " ".join([part for part in comparison_sentences(each, found, self.lang) if part not in of_all][:_TOLD])
                for each in found.results
                if not each.hypothesis.exploratory
            ]
            self.build.blocks.append(Bullets(tuple(told)))
            self.build.paragraph(say(NOT_CLAIMED, self.lang))
        self.table(checks_table(found))
        if any(each.hypothesis.exploratory for each in found.results):
            self.table(comparison_table(found, exploratory=True))

    def waiting(self) -> None:
        self.heading("waiting", 2)
        self.text("waiting_intro")
        lines = waiting_series(self.measures, self.outcomes)
        if lines:
            self.figure("waiting_spread", FigureKind.SPREAD, series=lines, axis=AXES["months"], internal=True)
        self.more("waiting")

    def graph(self) -> None:
        graph = self.parts.graph
        if graph is None:
            return
        self.heading("graph", 2)
        self.text("graph_intro")
        pictures = printed_pictures(graph, lang=self.lang)
        self.figure("graph", FigureKind.PICTURE, picture=pictures, notes=printed_notes(graph), wide=True)
        self.table(finding_table(graph))
        theory = theory_table(graph)
        # counts of pairs of concepts are not part of what is protected together, so a public report tells none
        self.table(words_only(theory) if self.public else theory)
        if not self.public:
            self.table(evidence_table(graph))

    def doubts(self) -> None:
        listed = doubtful_cases(self.cases, self.outcomes)
        if listed.rows and not self.public:
            self.heading("doubts")
            self.text("doubts_intro")
            self.table(listed)

    def method(self) -> None:
        self.heading("method")
        for sentence in method_sentences(self.cases, self.codings, self.outcomes, self.codebook, self.lang):
            self.build.paragraph(sentence)
        for text in self.parts.agreement:
            self.build.paragraph(text)

    def appendix(self) -> None:
        self.heading("appendix")
        self.heading("codebook", 2)
        self.build.blocks.append(Bullets(tuple(version_lines(self.codebook, self.lang))))
        self.heading("frequency", 2)
        self.table(code_frequencies(self.cases, self.codings, self.codebook))
        self.more("appendix")
