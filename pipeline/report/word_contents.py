"""A table of contents and lists of tables and figures in Word: linked at once, and counted by Word when it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.report.word_xml import Run, append, paragraph_xml, run_xml

if TYPE_CHECKING:
    from docx.document import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: its words, the bookmark it leads to, and its level from 1."""

    text: str
    bookmark: str
    level: int = 1


def add_list(document: "Document", entries: Sequence[Entry], instruction: str, styles: Mapping[int, str]) -> None:
    r"""Add a list as a field that Word fills anew when the document is opened for editing.

    Args:
        document: A python-docx document.
        entries: The lines it shows until then; each leads to its bookmark.
        instruction: The field's code (``TOC \o "1-2" \h``).
        styles: Style id by level.
    """
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {_escaped(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for place, entry in enumerate(entries):
        link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run_xml(Run(entry.text))}</w:hyperlink>'
        content = (begin if place == 0 else "") + link + (end if place == len(entries) - 1 else "")
        append(document, paragraph_xml(content, style=styles[entry.level], namespaces=True))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def bookmarked(xml: str, name: str, number: int) -> str:
    """Return a paragraph's markup with a bookmark around its content.

    Args:
        xml: The paragraph.
        name: The bookmark's name.
        number: Its number in the document.
    """
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    at = xml.index("</w:pPr>") + len("</w:pPr>") if "</w:pPr>" in xml else xml.index(">") + 1
    return xml[:at] + start + xml[at:].replace("</w:p>", f'<w:bookmarkEnd w:id="{number}"/></w:p>')


def add_heading(
    document: "Document", text: str, *, style: str, bookmark: str, number: int, fresh: bool = False
) -> None:
    """Add a heading that lists can lead to.

    Args:
        document: A python-docx document.
        text: Its words.
        style: Id of its style.
        bookmark: Name of its bookmark.
        number: Number of the bookmark in the document.
        fresh: True to begin a new page.
    """
    xml = paragraph_xml(run_xml(Run(text)), style=style, namespaces=True)
    if fresh:
        # the schema wants it right after the style
        xml = xml.replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>", 1)
    append(document, bookmarked(xml, bookmark, number))
