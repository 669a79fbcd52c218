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
TABLE_NOTE = "Table Note"
QUOTE = "Case Quotation"
QUOTE_SOURCE = "Quotation Source"


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
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, QUIET)
    _align(styles["Footer"], "RIGHT")
    subtitle = _style(styles, SUBTITLE)
    _font(subtitle, 12, QUIET)
    _space(subtitle, before=0, after=16, line=1.0)
    notice = _style(styles, NOTICE)
    _font(notice, 10, INK)
    _space(notice, before=4, after=12, line=1.15)
    _panel(notice)
    table_text = _style(styles, TABLE_TEXT)
    _font(table_text, 9, INK)
    _space(table_text, before=1.5, after=1.5, line=1.0)
    note = _style(styles, TABLE_NOTE)
    _font(note, 8.5, QUIET)
    _space(note, before=3, after=3, line=1.05)
    quote = _style(styles, QUOTE)
    _font(quote, 10.5, INK, italic=True)
    _space(quote, before=2, after=1, line=1.15)
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(0.7)
    source = _style(styles, QUOTE_SOURCE)
    _font(source, 9, QUIET)
    _space(source, before=0, after=6, line=1.0)
    source.paragraph_format.left_indent = Cm(0.7)
    for style in (normal, notice, note, quote):
        style.paragraph_format.widow_control = True
    normal.font.size = Pt(10.5)


def _style(styles: "Styles", name: str) -> "ParagraphStyle":
    from docx.enum.style import WD_STYLE_TYPE

    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    return style


def _font(style: "ParagraphStyle", size: float, colour: str, *, bold: bool = False, italic: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)


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
