"""The report as one HTML page that needs nothing else: semantic tables, and behind each number its cases."""

import base64
from collections.abc import Iterable
from html import escape
from pathlib import Path

from pipeline.model.cases import Case
from pipeline.model.codes import Label, say
from pipeline.model.progression import Outcome
from pipeline.patterns.labels import ATTACHMENT_LABELS, CATEGORY_LABELS, CLUSTER_LABELS, UNKNOWN
from pipeline.patterns.tables import Cell, CellKind, Row, Table
from pipeline.report.content import Block, Bullets, FigureBlock, Heading, Paragraph, QuoteBlock, Report
from pipeline.report.evidence import Evidence, code_of, find_evidence
from pipeline.report.figures.drawing import draw
from pipeline.report.figures.figure import Figure, FigureKind
from pipeline.report.numbers import format_cell
from pipeline.report.quotes import quote_source, quoted
from pipeline.report.word_tables import caption_name

_STATIC = Path(__file__).parent / "static"
_TALL = (FigureKind.HEAT, FigureKind.TIMELINES)
_LONG = 60


def write_html(report: Report, path: Path) -> None:
    """Write the report as one HTML page.

    Args:
        report: The report.
        path: Where to write it; the folder must exist.
    """
    path.write_bytes(html_page(report).encode("utf-8"))


def html_page(report: Report) -> str:
    """Return the report as one HTML page: no other file, no connection.

    Each count that knows its cases opens them, with the quotation that shows the code in each; the cases stand at the
    end of the page. A public report has neither.

    Args:
        report: The report.
    """
    return _Page(report).page()


def _static(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


class _Page:
    """Writes one page."""

    def __init__(self, report: Report) -> None:
        self.report, self.lang = report, report.lang
        self.evidence = Evidence({}) if report.public else find_evidence(report.codings)
        self.tables = self.figures = self.headings = 0
        self.toc: list[tuple[int, str, str]] = []
        self.known = frozenset(case.id for case in report.cases)

    def words(self, danish: str, english: str) -> str:
        return english if self.lang == "en" else danish

    def page(self) -> str:
        report = self.report
        body = [self.block(block) for block in report.blocks]
        body += [self.section_of_extras(), self.cases()]
        lang = "en" if self.lang == "en" else "da"
        return "".join(
            (
                f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
                '<meta name="viewport" content="width=device-width,initial-scale=1">'
                f"<title>{escape(report.title)}</title><style>{_static('report.css')}</style></head><body>",
                f'<a class="skip" href="#main">{self.words("Til indholdet", "To the content")}</a>',
                f'<div class="layout"><nav aria-label="{self.words("Indhold", "Contents")}">{self.contents()}</nav>',
                f'<main id="main"><h1>{escape(report.title)}</h1><p class="subtitle">{escape(report.subtitle)}</p>',
                *body,
                "</main></div>",
                "" if report.public else f"<script>{_static('report.js')}</script>",
                "</body></html>\n",
            )
        )

    def contents(self) -> str:
        out, depth = ["<ol>"], 1
        for place, (level, text, anchor) in enumerate(self.toc):
            if level > depth:
                out.append("<ol>")
            elif level < depth:
                out.append("</li></ol></li>")
            elif place:
                out.append("</li>")
            depth = level
            out.append(f'<li><a href="#{anchor}">{escape(text)}</a>')
        out.append("</li></ol>" * depth if self.toc else "</ol>")
        return "".join(out)

    def heading(self, text: str, level: int) -> str:
        self.headings += 1
        anchor = f"h{self.headings}"
        if not self.toc:
            level = 1
        self.toc.append((level, text, anchor))
        return f'<h{level + 1} id="{anchor}">{escape(text)}</h{level + 1}>\n'

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self.heading(block.text, block.level)
        if isinstance(block, Paragraph):
            kind = ' class="notice" role="note"' if block.notice else ""
            return f"<p{kind}>{escape(block.text)}</p>\n"
        if isinstance(block, Bullets):
            return '<ul class="told">' + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>\n"
        if isinstance(block, FigureBlock):
            return self.figure(block.figure)
        if isinstance(block, QuoteBlock):
            return self.quotes(block)
        return self.table(block.table)

    def quotes(self, block: QuoteBlock) -> str:
        out = [self.heading(say(block.quotes.label, self.lang), 2)]
        last = ""
        for quote in block.quotes.quotes:
            if quote.code != last:
                out.append(f'<p class="codename">{escape(say(quote.label, self.lang))}</p>')
                last = quote.code
            out.append(f"<blockquote>{escape(quoted(quote.text, self.lang))}</blockquote>")
            source = quote_source(quote, self.lang)
            if source:
                head, _, rest = source.partition(" · ")
                out.append(f'<p class="source">{self.case_link(head)}{" · " + escape(rest) if rest else ""}</p>')
        return "\n".join(out) + "\n"

    def case_link(self, case: str) -> str:
        return f'<a href="#c-{escape(case)}">{escape(case)}</a>' if case in self.known else escape(case)

    def figure(self, figure: Figure) -> str:
        self.figures += 1
        data = base64.b64encode(draw(figure, lang=self.lang, form="svg")).decode("ascii")
        notes = self.notes(figure.notes)
        tall = ' class="tall"' if figure.kind in _TALL else ""
        name = caption_name("figure", self.lang)
        return (
            f'<figure{tall} id="f-{escape(figure.id)}"><img alt="{escape(say(figure.alt, self.lang))}" '
            f'src="data:image/svg+xml;base64,{data}"><figcaption>{name} {self.figures}&ensp;'
            f"{escape(say(figure.title, self.lang))}</figcaption>{notes}</figure>\n"
        )

    def notes(self, notes: Iterable[Label]) -> str:
        lines = "".join(f"<p>{escape(say(note, self.lang))}</p>" for note in notes)
        return f'<div class="notes">{lines}</div>' if lines else ""

    def table(self, table: Table) -> str:
        self.tables += 1
        name = caption_name("table", self.lang)
        caption = f"{name} {self.tables}&ensp;{escape(say(table.title, self.lang))}"
        notes = list(table.notes)
        if table.source is not None:
            counted = Label(f"Opgjort: {table.source.da}", f"Counted: {table.source.en}")
            notes.append(counted)
        rows = "".join(self.row(row, table.width) for row in table.rows)
        return (
            f'<div class="wide" tabindex="0" role="region" aria-label="{escape(say(table.title, self.lang))}">'
            f'<table id="t-{escape(table.id)}"><caption>{caption}</caption>'
            f"<thead>{self.header(table)}</thead><tbody>{rows}</tbody></table></div>{self.notes(notes)}\n"
        )

    def header(self, table: Table) -> str:
        out = []
        for level, headings in enumerate(table.header):
            cells = []
            if level == 0:
                span = f' rowspan="{len(table.header)}"' if len(table.header) > 1 else ""
                cells.append(f'<th scope="col"{span}>{escape(say(table.stub, self.lang))}</th>')
            for heading in headings:
                span = f' colspan="{heading.span}"' if heading.span > 1 else ""
                scope = "colgroup" if heading.span > 1 else "col"
                cells.append(f'<th scope="{scope}"{span}>{escape(say(heading.label, self.lang))}</th>')
            out.append("<tr>" + "".join(cells) + "</tr>")
        return "".join(out)

    def row(self, row: Row, width: int) -> str:
        label = escape(say(row.label, self.lang))
        if row.group:
            return f'<tr class="group"><th scope="rowgroup" colspan="{width + 1}">{label}</th></tr>'
        if say(row.label, self.lang) in self.known:
            label = self.case_link(say(row.label, self.lang))
        inner = ' class="inner"' if row.level else ""
        kind = ' class="total"' if row.total else ""
        cells = "".join(self.cell(cell) for cell in row.cells)
        return f'<tr{kind}><th scope="row"{inner}>{label}</th>{cells}</tr>'

    def cell(self, cell: Cell) -> str:
        text = escape(format_cell(cell, self.lang))
        if cell.hidden:
            told = self.words("skjult", "hidden")
            return f'<td class="hidden"><span title="{told}">{text}</span></td>'
        if cell.kind is CellKind.TEXT:
            plain = format_cell(cell, self.lang)
            kind = "text long" if len(plain) > _LONG else "text" if len(plain) > 2 else ""
            return f'<td class="{kind}">{text}</td>' if kind else f"<td>{text}</td>"
        if cell.cases and not self.report.public:
            return f"<td>{self.opened(cell, text)}</td>"
        return f"<td>{text}</td>"

    def opened(self, cell: Cell, text: str) -> str:
        """Return a number that opens its cases; the quotations are taken from the end of the page when it does."""
        code = code_of(cell)
        attribute = f' data-code="{escape(code)}"' if code else ""
        lines = []
        for case in cell.cases:
            quote = f'<dd data-case="{escape(case)}"></dd>' if code else ""
            lines.append(f"<dt>{self.case_link(case)}</dt>{quote}")
        return f'<details class="n"{attribute}><summary>{text}</summary><div><dl>{"".join(lines)}</dl></div></details>'

    def section_of_extras(self) -> str:
        if not self.report.extra:
            return ""
        out = [self.heading(self.words("Flere tabeller", "Further tables"), 1)]
        out += [self.table(table) for table in self.report.extra]
        return "".join(out)

    def cases(self) -> str:
        """Return the cases with a quotation for each of their codes."""
        if not self.report.cases:
            return ""
        outcomes = {outcome.case: outcome for outcome in self.report.outcomes}
        by_case: dict[str, list[str]] = {}
        for code, name in self.evidence.best:
            by_case.setdefault(name, []).append(code)
        out = [
            '<section class="cases">',
            self.heading(self.words("Casene bag tallene", "The cases behind the numbers"), 1),
        ]
        out += [
            self.case(case, outcomes.get(case.id), by_case.get(case.id, []))
            for case in sorted(self.report.cases, key=lambda each: each.id)
        ]
        out.append("</section>")
        return "\n".join(out)

    def case(self, case: Case, outcome: Outcome | None, codes: list[str]) -> str:
        attributes = case.attributes
        facts = [attributes.municipality, attributes.citizen]
        if attributes.cluster is not None:
            facts.insert(1, say(CLUSTER_LABELS[attributes.cluster], self.lang))
        reached = []
        if outcome is not None:
            names = [say(CATEGORY_LABELS[each], self.lang) for each in outcome.progression] or [say(UNKNOWN, self.lang)]
            reached = [" / ".join(names)]
            reached += [
                say(ATTACHMENT_LABELS[each], self.lang) for each in outcome.attachment if each in ATTACHMENT_LABELS
            ]
        order = {code.id: place for place, code in enumerate(self.report.codebook.codes)}
        labels = {code.id: code.label for code in self.report.codebook.codes}
        lines = []
        for code in sorted(codes, key=lambda each: order.get(each, len(order))):
            label = escape(say(labels[code], self.lang)) if code in labels else escape(code)
            quote = escape(self.evidence.quote(code, case.id))
            lines.append(f'<dt>{label}</dt><dd id="q-{escape(code)}-{escape(case.id)}">{quote}</dd>')
        told = self.words(f"{len(codes)} koder med citat", f"{len(codes)} codes with a quotation")
        return (
            f'<article id="c-{escape(case.id)}"><h3>{escape(case.id)}</h3>'
            f'<p class="facts">{escape(" · ".join(filter(None, facts)))}<br>{escape(" · ".join(reached))}</p>'
            f"<details><summary>{told}</summary><dl>{''.join(lines)}</dl></details></article>"
        )
