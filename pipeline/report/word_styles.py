"""The look of the Word report: one typeface, calm headings, room around tables."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.styles.styles import Styles

FONT = "Calibri"
INK = "23272A"
ACCENT = "1F5F6B"
QUIET = "5A6065"
RULE = "9AA5A6"

SUBTITLE = "Report Subtitle"
NOTICE = "Report Notice"
TABLE_TEXT = "Table Text"
TABLE_TEXT_SMALL = "Table Text Small"
"""For tables whose columns would break words otherwise."""
TABLE_NOTE = "Table Note"
QUOTE = "Case Quotation"
QUOTE_SOURCE = "Quotation Source"


FIGURE = "Report Figure"
TOC = ("toc 1", "toc 2", "table of figures")
OWN = (SUBTITLE, NOTICE, TABLE_TEXT, TABLE_TEXT_SMALL, TABLE_NOTE, QUOTE, QUOTE_SOURCE, FIGURE)
"""The styles that the report has of its own."""
BUILT_IN = ("Normal", "Title", "Heading 1", "Heading 2", "Caption", "List Bullet")
"""The styles of Word that the report uses."""


def set_styles(document: "Document", lang: str) -> None:
    """Give a new document the report's page, styles and language.

    Args:
        document: A python-docx document.
        lang: ``da`` or ``en``: the language that Word checks the spelling in.
    """
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 10.5, INK)
    _space(normal, before=0, after=7, line=1.18)
    _language(normal, "en-GB" if lang == "en" else "da-DK")
    _heading(styles["Title"], 25, before=0, after=2)
    _remove_border(styles["Title"])
    _heading(styles["Heading 1"], 16, before=22, after=6)
    _heading(styles["Heading 2"], 12.5, before=14, after=4)
    _font(styles["Caption"], 10, ACCENT, bold=True)
    _space(styles["Caption"], before=12, after=4, line=1.0)
    _space(styles["List Bullet"], before=0, after=4, line=1.15)
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, QUIET)
    _align(styles["Footer"], "RIGHT")
    normal.paragraph_format.widow_control = True
    normal.font.size = Pt(10.5)
    add_own_styles(document)


def add_own_styles(document: "Document", *, font: str = FONT) -> tuple[str, ...]:
    """Add the report's own styles, and those of Word that it uses, where a document does not have them.

    Args:
        document: A python-docx document, new or from a template.
        font: Typeface of the added styles; empty for the template's.

    Returns:
        Names of the styles of Word that had to be added.
    """
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    styles = document.styles
    there = {style.name for style in styles}
    missing = tuple(name for name in BUILT_IN if name not in there)
    for name in missing:
        added = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if name.startswith("Heading"):
            _heading(added, 16 if name.endswith("1") else 12.5, before=14, after=4)
    looks = {
        SUBTITLE: (12, QUIET, False, (0, 16, 1.0)),
        NOTICE: (10, INK, False, (4, 12, 1.15)),
        TABLE_TEXT: (9, INK, False, (1.5, 1.5, 1.0)),
        TABLE_TEXT_SMALL: (7.5, INK, False, (1.5, 1.5, 1.0)),
        TABLE_NOTE: (8.5, QUIET, False, (3, 3, 1.05)),
        QUOTE: (10.5, INK, True, (2, 1, 1.15)),
        QUOTE_SOURCE: (9, QUIET, False, (0, 6, 1.0)),
        FIGURE: (9, INK, False, (10, 0, 1.0)),
        TOC[0]: (10.5, INK, False, (3, 1, 1.0)),
        TOC[1]: (10, QUIET, False, (0, 1, 1.0)),
        TOC[2]: (10, INK, False, (0, 2, 1.0)),
    }
    for name, (size, colour, italic, (before, after, line)) in looks.items():
        if name in there:
            continue
        style = _style(styles, name)
        _font(style, size, colour, italic=italic, font=font)
        _space(style, before=before, after=after, line=line)
        style.paragraph_format.widow_control = True
        if name == NOTICE:
            _panel(style)
        elif name in (QUOTE, QUOTE_SOURCE):
            style.paragraph_format.left_indent = Cm(0.7)
        elif name == TOC[1]:
            style.paragraph_format.left_indent = Cm(0.5)
        elif name == FIGURE:
            style.paragraph_format.keep_with_next = True
    return missing


def _style(styles: "Styles", name: str) -> "ParagraphStyle":
    from docx.enum.style import WD_STYLE_TYPE

    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in TOC)
    style.base_style = styles["Normal"]
    return style


def _font(
    style: "ParagraphStyle", size: float, colour: str, *, bold: bool = False, italic: bool = False, font: str = FONT
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    if not font:
        return
    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), font)


def _heading(style: "ParagraphStyle", size: float, *, before: float, after: float) -> None:
    _font(style, size, ACCENT, bold=True)
    _space(style, before=before, after=after, line=1.05)
    style.paragraph_format.keep_with_next = True


def _space(style: "ParagraphStyle", *, before: float, after: float, line: float) -> None:
    from docx.shared import Pt

    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), line


def _align(style: "ParagraphStyle", where: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH[where]


def _language(style: "ParagraphStyle", language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), language)
    properties.append(element)


def _remove_border(style: "ParagraphStyle") -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _panel(style: "ParagraphStyle") -> None:
    """Give a paragraph style a pale ground and a line at its left."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", "B25A25")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F8F1EB")):
        shade.set(qn(f"w:{name}"), value)
    # the order of the schema: borders and shading stand before spacing
    spacing = properties.find(qn("w:spacing"))
    for element in (borders, shade):
        if spacing is not None:
            spacing.addprevious(element)
        else:
            properties.append(element)
