"""The list of codes at the end of a Word file, for who codes blind and has no codings to learn the codes from."""

import re
from html import escape
from typing import TYPE_CHECKING

from pipeline.corpus.controls import CODE_LIST
from pipeline.corpus.xmlnames import MAIN, W
from pipeline.model.codes import Code, Codebook

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORDS = {
    "da": {
        "title": "Koder",
        "how": (
            "Marker ordene, indsæt en kommentar, og lad den begynde med # og kodens id, for eksempel #{code}. "
            "^ efter id'et siger, at det lå før forløbet. Det, der står i denne liste, er ikke en del af casen."
        ),
        "columns": ("Id", "Kode", "Dækker"),
    },
    "en": {
        "title": "Codes",
        "how": (
            "Select the words, insert a comment, and let it begin with # and the code's id, for example #{code}. "
            "^ behind the id says that it was before the course. What stands in this list is no part of the case."
        ),
        "columns": ("Id", "Code", "Covers"),
    },
}  # fmt: skip
_NAMES = f'xmlns:w="{MAIN}"'
_SHARES = (0.36, 0.23, 0.41)
"""Of the width of the page: the longest ids stand on one line."""
_WIDTH = 9000
"""Width of the table in twips where the page does not tell its own."""
_SENTENCE = re.compile(r"(?<=[a-zæøå]{4}\.)\s+(?=[A-ZÆØÅ])")
"""Where a sentence ends: behind a word, not behind an abbreviation."""


def add_code_list(root: "_Element", codebook: Codebook, lang: str) -> None:
    """Add the codebook's codes to a Word document on a page of their own: id, label and what each covers.

    Args:
        root: The main part of the file; its page is kept.
        codebook: The codes.
        lang: ``da`` or ``en``.
    """
    from lxml import etree

    body = root.find(f"{W}body")
    if body is None or not codebook.codes:
        return
    words = _WORDS[lang]
    how = str(words["how"]).format(code=codebook.codes[0].id)
    last = body.find(f"{W}sectPr")
    width = _page_width(last)
    xml = (
        _paragraph(str(words["title"]), size=13, bold=True, fresh=True),
        _paragraph(how, size=9),
        _table(codebook, tuple(words["columns"]), lang, width),
        _paragraph("", size=9),  # Word wants a paragraph behind a table that ends the text
    )
    control = etree.fromstring(
        f'<w:sdt {_NAMES}><w:sdtPr><w:tag w:val="{CODE_LIST}"/></w:sdtPr>'
        f"<w:sdtContent>{''.join(xml)}</w:sdtContent></w:sdt>"
    )
    if last is None:
        body.append(control)
    else:
        last.addprevious(control)


def first_sentence(text: str) -> str:
    """Return the first sentence of a definition; abbreviations end none.

    Args:
        text: The definition.
    """
    return _SENTENCE.split(" ".join(text.split()), maxsplit=1)[0]


def _table(codebook: Codebook, header: tuple[str, ...], lang: str, width: int) -> str:
    widths = [round(width * share) for share in _SHARES]
    rows = [_row(header, widths, bold=True, repeat=True)]
    for theme in codebook.themes:
        if theme.codes:
            name = _cell(_paragraph(getattr(theme.label, lang), size=8, bold=True), sum(widths), span=len(widths))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{name}</w:tr>")
            rows += [_row(_told(code, lang), widths) for code in theme.codes]
    line = 'w:val="single" w:sz="4" w:space="0" w:color="9AA5A6"'
    borders = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    return (
        f'<w:tbl {_NAMES}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _told(code: Code, lang: str) -> tuple[str, ...]:
    definition = code.definition_en if lang == "en" and code.definition_en else code.definition
    return code.id, getattr(code.label, lang), first_sentence(definition)


def _row(texts: tuple[str, ...], widths: list[int], *, bold: bool = False, repeat: bool = False) -> str:
    cells = "".join(
        _cell(_paragraph(text, size=8, bold=bold), width) for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * repeat}</w:trPr>{cells}</w:tr>"


def _cell(paragraph: str, width: int, *, span: int = 1) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}</w:tcPr>{paragraph}</w:tc>'


def _paragraph(text: str, *, size: float, bold: bool = False, fresh: bool = False) -> str:
    """Return a paragraph with its look of its own, as nobody knows what styles the file has."""
    page = "<w:keepNext/>" * bold + "<w:pageBreakBefore/>" * fresh
    spacing = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    points = f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>'
    look = f'<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>{"<w:b/>" * bold}{points}'
    shown = f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'
    run = f"<w:r><w:rPr>{look}</w:rPr>{shown}</w:r>" if text else ""
    return f"<w:p {_NAMES}><w:pPr>{page}{spacing}</w:pPr>{run}</w:p>"


def _page_width(page: "_Element | None") -> int:
    """Return the room between the margins in twips."""
    size = page.find(f"{W}pgSz") if page is not None else None
    margins = page.find(f"{W}pgMar") if page is not None else None
    if size is None or margins is None:
        return _WIDTH
    try:
        room = int(size.get(f"{W}w", "")) - int(margins.get(f"{W}left", "")) - int(margins.get(f"{W}right", ""))
    except ValueError:
        return _WIDTH
    return room if room > 0 else _WIDTH
