"""The report as a Word document: real headings, captions and fields, light rules, the same bytes every time."""

import io
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.report.content import Heading, Paragraph, QuoteBlock, Report, TableBlock
from pipeline.report.numbers import say
from pipeline.report.packages import EPOCH, settled_zip
from pipeline.report.quotes import Quote
from pipeline.report.word_styles import NOTICE, QUOTE, QUOTE_SOURCE, SUBTITLE, set_styles
from pipeline.report.word_tables import add_field, add_table

if TYPE_CHECKING:
    from docx.document import Document


def write_word(report: Report, path: Path) -> None:
    """Write the report as a Word document.

    The figure is not in it: it is a drawing of its own (SVG), and the report gives its numbers as tables.

    Args:
        report: The report.
        path: Where to write it; the folder must exist.
    """
    path.write_bytes(word_bytes(report))


def word_bytes(report: Report) -> bytes:
    """Return the report as the bytes of a Word document."""
    import docx

    document = docx.Document()
    set_styles(document, report.lang)
    _properties(document, report)
    _furniture(document, report)
    document.add_paragraph(report.title, style="Title")
    document.add_paragraph(report.subtitle, style=SUBTITLE)
    numbers = 0
    for block, following in zip_longest(report.blocks, report.blocks[1:]):
        if isinstance(block, Heading):
            document.add_heading(block.text, level=block.level)
        elif isinstance(block, Paragraph):
            paragraph = document.add_paragraph(block.text, style=NOTICE if block.notice else "Normal")
            # what leads up to a table stays with it
            paragraph.paragraph_format.keep_with_next = isinstance(following, TableBlock)
        elif isinstance(block, QuoteBlock):
            document.add_heading(say(block.quotes.label, report.lang), level=2)
            _quotes(document, block.quotes.quotes, report.lang)
        elif isinstance(block, TableBlock):
            numbers += 1
            add_table(document, block.table, number=numbers, lang=report.lang)
    buffer = io.BytesIO()
    document.save(buffer)
    return settled_zip(buffer.getvalue())


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
    footer = section.footer.paragraphs[0]
    add_field(footer, "PAGE", "1")


def _quotes(document: "Document", quotes: tuple[Quote, ...], lang: str) -> None:
    last = ""
    for quote in quotes:
        if quote.code != last:
            label = document.add_paragraph(style=QUOTE_SOURCE)
            label.paragraph_format.keep_with_next = True
            label.add_run(say(quote.label, lang)).bold = True
            last = quote.code
        text = document.add_paragraph(quoted(quote.text, lang), style=QUOTE)
        text.paragraph_format.keep_with_next = True
        document.add_paragraph(quote_source(quote, lang), style=QUOTE_SOURCE)


def quoted(text: str, lang: str) -> str:
    """Return a text in quotation marks of the language; inner marks stay as written."""
    return f"“{text}”" if lang == "en" else f"»{text}«"


def quote_source(quote: Quote, lang: str) -> str:
    """Return the line below a quotation: case, category and, for a suggestion, that it is one."""
    categories = " / ".join(say(CATEGORY_LABELS[category], lang).lower() for category in quote.progression)
    parts = [quote.case] + ([categories] if categories else [])
    if not quote.reviewed:
        parts.append("suggestion, not reviewed" if lang == "en" else "forslag, ikke gennemgået")
    return " · ".join(parts)
