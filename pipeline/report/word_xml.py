"""Pieces of Word's own markup: python-docx makes the document, and what there is much of is written straight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TWIPS = 567
"""Twips in a centimetre, as Word rounds it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one look.

    Attributes:
        text: The words.
        bold: In bold.
        italic: In italics.
        colour: Six hexadecimal digits, empty for the style's own.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""


def _quoted(text: str) -> str:
    """Return a text as the value of an attribute, in its quotation marks."""
    return f'"{escape(text)}"'


def style_ids(document: "Document") -> Mapping[str, str]:
    """Return the id of each style by its name; asking python-docx for each paragraph's style is slow.

    Args:
        document: A python-docx document.
    """
    return {style.name: style.style_id for style in document.styles if style.name}


def run_xml(run: Run) -> str:
    """Return a run as XML."""
    look = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    look += f'<w:color w:val="{run.colour}"/>' if run.colour else ""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text, quote=False)}</w:t></w:r>'


def field_xml(instruction: str, shown: str, *, bold: bool = False) -> str:
    """Return a field with the result it shows until Word counts anew.

    Args:
        instruction: The field's code, such as ``SEQ Tabel``.
        shown: Its result for now.
        bold: Show it in bold.
    """
    return f"<w:fldSimple w:instr={_quoted(f' {instruction} ')}>{run_xml(Run(shown, bold=bold))}</w:fldSimple>"


def paragraph_xml(
    content: str,
    *,
    style: str = "",
    align: str = "",
    keep_next: bool = False,
    indent: float = 0.0,
    before: float | None = None,
    namespaces: bool = False,
) -> str:
    """Return a paragraph as XML.

    Args:
        content: Its runs and fields, as XML.
        style: Id of its style, empty for the default.
        align: ``right`` or ``center``, empty for the style's own.
        keep_next: Keep it on a page with what follows.
        indent: Left indent in centimetres.
        before: Space before it in points, None for the style's own.
        namespaces: Declare the namespaces, for a paragraph that is parsed by itself.
    """
    properties = f"<w:pStyle w:val={_quoted(style)}/>" if style else ""
    properties += "<w:keepNext/>" if keep_next else ""
    properties += f'<w:spacing w:before="{round(before * 20)}"/>' if before is not None else ""
    properties += f'<w:ind w:left="{round(indent * TWIPS)}"/>' if indent else ""
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    opening = f"<w:p {NAMESPACES}>" if namespaces else "<w:p>"
    return f"{opening}{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def cell_xml(
    paragraphs: str, width: float, *, span: int = 1, merge: str = "", bottom: bool = False, borders: str = ""
) -> str:
    """Return a table cell as XML.

    Args:
        paragraphs: Its paragraphs, as XML; Word wants at least one.
        width: In centimetres.
        span: How many columns of the grid it takes.
        merge: ``restart`` or ``continue`` for a cell merged with those below or above.
        bottom: Put its text at the bottom.
        borders: Its borders, as XML.
    """
    properties = f'<w:tcW w:w="{round(width * TWIPS)}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    properties += '<w:vAlign w:val="bottom"/>' if bottom else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def border_xml(side: str, size: int, colour: str) -> str:
    """Return one border; ``top`` must stand before ``bottom``."""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def row_xml(cells: str, *, repeat: bool = False) -> str:
    """Return a table row that no page break divides, repeated on every page when it is a header."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if repeat else ''}</w:trPr>{cells}</w:tr>"


def table_xml(rows: str, widths: Sequence[float], *, description: str = "") -> str:
    """Return a table of fixed column widths as XML.

    Args:
        rows: Its rows, as XML.
        widths: Widths of its columns in centimetres.
        description: What it shows, for readers who do not see it.
    """
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    total = sum(round(width * TWIPS) for width in widths)
    margins = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    told = f"<w:tblDescription w:val={_quoted(description)}/>" if description else ""
    return (
        f'<w:tbl {NAMESPACES}><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def append(document: "Document", xml: str) -> None:
    """Add a piece of markup at the end of a document's body.

    Args:
        document: A python-docx document.
        xml: One element that declares its namespaces.
    """
    from docx.oxml import parse_xml

    body = document.element.body
    last = body.sectPr
    if last is None:
        body.append(parse_xml(xml))
    else:
        last.addprevious(parse_xml(xml))
