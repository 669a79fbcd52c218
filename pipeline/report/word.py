"""The report as a Word document: real headings, captions and fields, light rules, the same bytes every time."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.files import EPOCH
from pipeline.model.codes import say
from pipeline.model.problems import Loaded, Problem, Severity
from pipeline.report.content import Block, Bullets, FigureBlock, Heading, Paragraph, QuoteBlock, Report, TableBlock
from pipeline.report.figures.drawing import draw
from pipeline.report.figures.figure import Figure
from pipeline.report.packages import settled_zip
from pipeline.report.quotes import Quote, quote_source, quoted
from pipeline.report.word_contents import Entry, add_heading, add_list
from pipeline.report.word_styles import FIGURE, NOTICE, QUOTE, QUOTE_SOURCE, SUBTITLE, TOC, add_own_styles, set_styles
from pipeline.report.word_tables import add_caption, add_field, add_notes, add_table, caption_name
from pipeline.report.word_widths import TEXT_WIDTH, is_wide
from pipeline.report.word_xml import style_ids

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

_EMU = 360_000
"""Units of Word's drawings in a centimetre."""

_TALLEST, _CAPTION = 21.5, 3.4
"""Height of a figure that leaves room for its caption; room below one with a page on its side to itself; in cm."""


def write_word(report: Report, path: Path) -> None:
    """Write the report as a Word document in the report's own look.

    Args:
        report: The report.
        path: Where to write it; the folder must exist.
    """
    path.write_bytes(word_bytes(report).value)


def word_bytes(report: Report, *, template: Path | None = None) -> Loaded[bytes]:
    """Return the report as the bytes of a Word document.

    Args:
        report: The report.
        template: A ``.docx`` whose page, styles, header and footer are used.

    Raises:
        PipelineError: The template cannot be opened.
    """
    document, problems = _opened(report, template)
    _Writer(document, report).write()
    buffer = io.BytesIO()
    document.save(buffer)
    return Loaded(settled_zip(buffer.getvalue()), problems)


def _opened(report: Report, template: Path | None) -> "tuple[Document, tuple[Problem, ...]]":
    """Return an empty document: a new one in the report's look, or the template without its text."""
    import docx

    if template is None:
        document = docx.Document()
        set_styles(document, report.lang)
        _properties(document, report)
        _furniture(document, report)
        return document, ()
    from zipfile import BadZipFile

    from docx.opc.exceptions import PackageNotFoundError

    from pipeline.errors import PipelineError

    try:
        document = docx.Document(str(template))
    except (OSError, ValueError, KeyError, BadZipFile, PackageNotFoundError) as error:
        raise PipelineError(
            f"{template.name} cannot be used as a template.", hint="It must be a Word document saved as .docx."
        ) from error
    body = document.element.body
    for element in list(body):
        if element is not body.sectPr:
            body.remove(element)
    _properties(document, report)
    missing = add_own_styles(document, font="")
    problems = tuple(
        Problem(
            "RE10",
            Severity.WARNING,
            template.name,
            f"The template has no style '{name}'; a plain one stands in.",
            "Add the style to the template in Word, or leave it.",
        )
        for name in missing
    )
    return document, problems


def _properties(document: "Document", report: Report) -> None:
    core = document.core_properties
    core.title, core.subject, core.author = report.title, report.subtitle, "casepath"
    core.last_modified_by, core.comments, core.keywords = "casepath", "", ""
    core.language = "en-GB" if report.lang == "en" else "da-DK"
    core.created = core.modified = EPOCH.replace(tzinfo=None)
    core.revision = 1


def _furniture(document: "Document", report: Report) -> None:
    """Put the title above and the page number below each page."""
    section = document.sections[0]
    section.header.paragraphs[0].text = report.title
    add_field(section.footer.paragraphs[0], "PAGE", "1")


class _Writer:
    """Writes the blocks of one report into one document."""

    def __init__(self, document: "Document", report: Report) -> None:
        self.document, self.report, self.lang = document, report, report.lang
        self.ids = style_ids(document)
        page = document.sections[0]
        margins = (page.left_margin or 0) + (page.right_margin or 0)
        self.width = ((page.page_width or 0) - margins) / _EMU if page.page_width else TEXT_WIDTH
        upright = (page.top_margin or 0) + (page.bottom_margin or 0)
        self.low = ((page.page_width or 0) - upright) / _EMU if page.page_width else TEXT_WIDTH
        self.across = ((page.page_height or 0) - margins) / _EMU if page.page_height else TEXT_WIDTH
        self.tables = self.figures = self.headings = 0
        self.on_side = False

    def write(self) -> None:
        document, report = self.document, self.report
        document.add_paragraph(report.title, style="Title")
        document.add_paragraph(report.subtitle, style=SUBTITLE)
        blocks = list(report.blocks)
        if report.contents:
            while blocks and isinstance(blocks[0], Paragraph) and blocks[0].notice:
                self.block(blocks.pop(0), None)
            self.contents(blocks)
        for place, block in enumerate(blocks):
            self.turn(blocks, place)
            self.block(block, blocks[place + 1] if place + 1 < len(blocks) else None)

    def turn(self, blocks: list[Block], place: int) -> None:
        """Turn the page on its side for a wide table, with the heading and text that lead up to it, and back after.

        A wide figure takes the page alone: it needs all its height.
        """
        ahead = blocks[place]
        if isinstance(ahead, FigureBlock) and ahead.figure.wide:
            self.section(across=True)
            return
        if isinstance(ahead, Heading | Paragraph):
            ahead = next((each for each in blocks[place:] if not isinstance(each, Heading | Paragraph)), ahead)
        across = isinstance(ahead, TableBlock) and is_wide(ahead.table, self.lang, self.width)
        if across != self.on_side:
            self.section(across=across)

    def section(self, *, across: bool) -> None:
        from docx.enum.section import WD_ORIENT, WD_SECTION

        made = self.document.add_section(WD_SECTION.NEW_PAGE)
        made.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        long, short = sorted((made.page_width or 0, made.page_height or 0), reverse=True)
        made.page_width, made.page_height = (long, short) if across else (short, long)
        self.on_side = across

    def block(self, block: Block, following: Block | None) -> None:
        document = self.document
        if isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, Paragraph):
            paragraph = self.paragraph(block.text, NOTICE if block.notice else "Normal")
            # what leads up to a table stays with it
            paragraph.paragraph_format.keep_with_next = isinstance(following, TableBlock)
        elif isinstance(block, Bullets):
            for item in block.items:
                self.paragraph(item, "List Bullet")
        elif isinstance(block, QuoteBlock):
            self.heading(Heading(say(block.quotes.label, self.lang), 2))
            self.quotes(block.quotes.quotes)
        elif isinstance(block, FigureBlock):
            self.figure(block.figure)
        else:
            self.tables += 1
            width = self.across if self.on_side else self.width
            mark = 1000 + self.tables if self.report.contents else 0
            add_table(document, block.table, number=self.tables, lang=self.lang, width=width, bookmark=mark)

    def paragraph(self, text: str, style: str) -> "WordParagraph":
        """Add a paragraph; its style is set by id, as python-docx looks through all styles for every name."""
        made = self.document.add_paragraph(text)
        made._p.style = self.ids[style]
        return made

    def quotes(self, quotes: tuple[Quote, ...]) -> None:
        """Add quotations, each code's under its label."""
        from docx.shared import Pt

        last = ""
        for quote in quotes:
            if quote.code != last:
                label = self.paragraph("", QUOTE_SOURCE)
                label.paragraph_format.keep_with_next = True
                label.paragraph_format.space_before = Pt(7)
                label.add_run(say(quote.label, self.lang)).bold = True
                last = quote.code
            text = self.paragraph(quoted(quote.text, self.lang), QUOTE)
            source = quote_source(quote, self.lang)
            text.paragraph_format.keep_with_next = bool(source)
            if source:
                self.paragraph(source, QUOTE_SOURCE)

    def heading(self, block: Heading) -> None:
        self.headings += 1
        style = self.ids[f"Heading {block.level}"]
        name = f"_Toc{self.headings}"
        fresh = self.report.contents and self.headings == 1
        add_heading(self.document, block.text, style=style, bookmark=name, number=self.headings, fresh=fresh)

    def figure(self, figure: Figure) -> None:
        from docx.shared import Cm

        self.figures += 1
        paragraph = self.document.add_paragraph(style=FIGURE)
        picture = draw(figure, lang=self.lang, form="png")
        shape = paragraph.add_run().add_picture(io.BytesIO(picture))
        ratio = shape.height / shape.width
        width, tallest = (self.across, self.low - _CAPTION) if self.on_side else (self.width, _TALLEST)
        width = min(width, tallest / ratio)
        shape.width, shape.height = Cm(width), Cm(width * ratio)
        told = shape._inline.docPr
        told.set("descr", say(figure.alt, self.lang))
        told.set("title", say(figure.title, self.lang))
        mark = 2000 + self.figures if self.report.contents else 0
        add_caption(
            self.document,
            say(figure.title, self.lang),
            kind="figure",
            number=self.figures,
            lang=self.lang,
            bookmark=mark,
        )
        add_notes(self.document, [say(note, self.lang) for note in figure.notes])

    def contents(self, blocks: list[Block]) -> None:
        """Add the table of contents and the lists of tables and figures."""
        english = self.lang == "en"
        headings: list[Entry] = []
        lists: dict[str, list[Entry]] = {"table": [], "figure": []}
        for block in blocks:
            if isinstance(block, Heading | QuoteBlock):
                text = block.text if isinstance(block, Heading) else say(block.quotes.label, self.lang)
                level = block.level if isinstance(block, Heading) else 2
                headings.append(Entry(text, f"_Toc{len(headings) + 1}", level))
            elif isinstance(block, TableBlock | FigureBlock):
                kind = "table" if isinstance(block, TableBlock) else "figure"
                title = block.table.title if isinstance(block, TableBlock) else block.figure.title
                number = len(lists[kind]) + 1
                mark = f"_Ref{1000 + number if kind == 'table' else 2000 + number}"
                lists[kind].append(Entry(f"{caption_name(kind, self.lang)} {number}  {say(title, self.lang)}", mark))
        styles = {1: self.ids[TOC[0]], 2: self.ids[TOC[1]]}
        self.document.add_paragraph("Contents" if english else "Indhold", style=SUBTITLE)
        add_list(self.document, headings, 'TOC \\o "1-2" \\h \\z \\u', styles)
        for kind, name in (
            ("table", "Tables" if english else "Tabeller"),
            ("figure", "Figures" if english else "Figurer"),
        ):
            if lists[kind]:
                self.document.add_paragraph(name, style=SUBTITLE).paragraph_format.space_before = 180_000
                add_list(
                    self.document,
                    lists[kind],
                    f'TOC \\h \\z \\c "{caption_name(kind, self.lang)}"',
                    {1: self.ids[TOC[2]]},
                )
