"""The codebook as a Word document, for the appendix of a report."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.codebook.document import Bullets, CodebookDocument, Heading, Paragraph
from pipeline.files import EPOCH
from pipeline.report.packages import settled_zip
from pipeline.report.word_styles import SUBTITLE, set_styles
from pipeline.report.word_tables import add_text_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph


def write_codebook_word(content: CodebookDocument, path: Path) -> None:
    """Write a codebook document as Word.

    Args:
        content: The codebook for readers.
        path: Where to write it; the folder must exist.
    """
    path.write_bytes(codebook_word_bytes(content))


def codebook_word_bytes(content: CodebookDocument) -> bytes:
    """Return a codebook document as the bytes of a Word file; the same content gives the same bytes."""
    import docx

    document = docx.Document()
    set_styles(document, content.lang)
    core = document.core_properties
    core.title, core.subject = content.title, content.subtitle
    core.author = core.last_modified_by = "casepath"
    core.created = core.modified = EPOCH.replace(tzinfo=None)
    core.comments, core.revision = "", 1
    document.add_paragraph(content.title, style="Title")
    document.add_paragraph(content.subtitle, style=SUBTITLE)
    for block in content.blocks:
        if isinstance(block, Heading):
            text = f"{block.text} ({block.mark})" if block.mark else block.text
            document.add_heading(text, level=block.level)
        elif isinstance(block, Paragraph):
            _led(document, block.lead, block.text)
        elif isinstance(block, Bullets):
            if block.lead:
                _led(document, block.lead, "").paragraph_format.keep_with_next = True
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        else:
            document.add_paragraph(block.caption, style="Caption")
            add_text_table(document, block.header, block.rows)
    buffer = io.BytesIO()
    document.save(buffer)
    return settled_zip(buffer.getvalue())


def _led(document: "Document", lead: str, text: str) -> "WordParagraph":
    """Add a paragraph that begins with some words in bold."""
    paragraph = document.add_paragraph()
    if lead:
        paragraph.add_run(f"{lead} " if text else lead).bold = True
    paragraph.add_run(text)
    return paragraph
