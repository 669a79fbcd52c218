"""What a Word file's styles say about the paragraphs and runs that use them.

A styles part of 350 kB is common and would take ten times as long to parse as the text itself. So the part is only
searched for the styles in use; where it is not written in the usual way it is parsed whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.corpus.package import RefusedError
from pipeline.corpus.xmlnames import MAIN, OFF, VAL, W

_SMALL = 12_000
_STYLE_START = re.compile(rb"<w:style\s([^>]*)>")
_STYLE_ID = re.compile(rb'w:styleId="([^"]*)"')
_USUAL_HEAD = f'xmlns:w="{MAIN}"'.encode()
_HEADING_NAME = re.compile(r"(?:heading|overskrift) ?([1-9])$")


@dataclass(frozen=True, slots=True)
class Style:
    """What one style comes to once everything it is based on is counted in.

    Attributes:
        id: The id by which paragraphs refer to it.
        name: Its name, in Word's own English for built-in styles.
        level: Outline level 1-9, 0 for running text.
        num_id: Id of its list, empty where it has none.
        ilvl: Its level in that list, from 0.
        hidden: True when its text is hidden.
        bold: True when its text is bold.
        size: Font size in points, 0 where it sets none.
        contents: True when it is a style of the table of contents.
    """

    id: str = ""
    name: str = ""
    level: int = 0
    num_id: str = ""
    ilvl: int = 0
    hidden: bool = False
    bold: bool = False
    size: float = 0.0
    contents: bool = False


NO_STYLE = Style()


class Styles:
    """The styles of one file, worked out when they are first asked for.

    Args:
        load: Returns the bytes of the styles part; called at most once. It may raise ``RefusedError``.
        parse: Parses XML bytes strictly; may raise ``RefusedError``.
    """

    def __init__(self, load: Callable[[], bytes | None], parse: Callable[[bytes], etree._Element]) -> None:
        self._load = load
        self._parse = parse
        self._source: _Source | None = None
        self._styles: dict[str, Style] = {}
        self.refused: RefusedError | None = None
        """Why the styles could not be read, None where they could."""

    def paragraph(self, style_id: str | None) -> Style:
        """Return the style of a paragraph; without an id, the file's default paragraph style."""
        if style_id is None:
            style_id = self._opened().default
            if style_id is None:
                return NO_STYLE
        style = self._styles.get(style_id)
        return self._resolve(style_id, ()) if style is None else style

    def run(self, style_id: str) -> Style:
        """Return the style of a run."""
        style = self._styles.get(style_id)
        return self._resolve(style_id, ()) if style is None else style

    def _opened(self) -> "_Source":
        """Return the styles part, loaded on first use; an empty one when it is missing or damaged."""
        if self._source is None:
            self._source = _Source(None, self._parse)
            try:
                self._source = _Source(self._load(), self._parse)
            except RefusedError as refused:
                if refused.harmful:
                    raise
                self.refused = refused
        return self._source

    def _resolve(self, style_id: str, above: tuple[str, ...]) -> Style:
        """Return a style with all it inherits; a circle of styles is cut where it closes."""
        known = self._styles.get(style_id)
        if known is not None:
            return known
        element = self._opened().element(style_id)
        if element is None:
            # A file without its styles part still tells headings by their usual ids.
            found = _HEADING_NAME.match(style_id.casefold())
            style = Style(id=style_id, name=style_id, level=int(found.group(1)) if found else 0)
        else:
            based_on = element.find(W + "basedOn")
            parent = based_on.get(VAL, "") if based_on is not None else ""
            inherits = parent and parent not in above and parent != style_id and len(above) < 50
            style = _inherit(element, self._resolve(parent, (*above, style_id)) if inherits else NO_STYLE)
        self._styles[style_id] = style
        return style


class _Source:
    """The styles part, parsed whole or only searched."""

    def __init__(self, data: bytes | None, parse: Callable[[bytes], etree._Element]) -> None:
        self._data = data or b""
        self._parse = parse
        self._found: dict[str, etree._Element] = {}
        self._starts: dict[str, int] = {}
        self._head = b""
        self.default: str | None = None
        if not data:
            return
        if len(data) < _SMALL or not self._search():
            self._parse_all()

    def element(self, style_id: str) -> etree._Element | None:
        """Return a style's element, None where the part does not define it."""
        if style_id not in self._found and style_id in self._starts:
            start = self._starts[style_id]
            end = self._data.find(b"</w:style>", start)
            self._found[style_id] = self._parse(self._head + self._data[start:end] + b"</w:style></w:styles>")[0]
        return self._found.get(style_id)

    def _search(self) -> bool:
        """Note where each style begins; False when the part is not written in the usual way."""
        data = self._data
        root = data.find(b"<w:styles")
        first = data.find(b">", root) + 1
        if root < 0 or _USUAL_HEAD not in data[root:first] or b"<!" in data or not _is_utf8(data[:root]):
            return False
        self._head = data[root:first]
        for match in _STYLE_START.finditer(data):
            attributes = match.group(1)
            found = _STYLE_ID.search(attributes)
            if found is None or b"&" in attributes or attributes.endswith(b"/"):
                return False
            style_id = found.group(1).decode("utf-8", "replace")
            self._starts.setdefault(style_id, match.start())
            if b'w:default="1"' in attributes and b'w:type="paragraph"' in attributes:
                self.default = style_id
        return bool(self._starts)

    def _parse_all(self) -> None:
        """Parse the part whole."""
        self._starts = {}
        for element in self._parse(self._data).iter(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._found.setdefault(style_id, element)
            default = element.get(W + "default", "0") not in OFF
            if default and element.get(W + "type") == "paragraph":
                self.default = style_id


def _is_utf8(declaration: bytes) -> bool:
    """Say whether an XML declaration names no other encoding than UTF-8."""
    return b"encoding" not in declaration or b"utf-8" in declaration.lower()


def is_on(element: etree._Element) -> bool:
    """Say whether a toggle property such as ``w:b`` is switched on."""
    return element.get(VAL, "1").lower() not in OFF


def number(text: str | None, *, default: int = 0) -> int:
    """Return an attribute as a number, a default where it is none or absurdly large."""
    text = (text or "").strip()
    if text.lstrip("+-").isdecimal() and len(text) < 10:
        return int(text)
    return default


def half_points(text: str | None) -> float:
    """Return a font size given in half points, in points; 0 where it is no number."""
    try:
        size = float(text or "0") / 2
    except ValueError:
        return 0.0
    return size if 0 < size < 2000 else 0.0


def _inherit(element: etree._Element, parent: Style) -> Style:
    """Return a style from its element and the style it is based on."""
    name_element = element.find(W + "name")
    style_id = element.get(W + "styleId", "")
    name = name_element.get(VAL, "") if name_element is not None else style_id
    key = name.casefold()
    style = replace(
        parent, id=style_id, name=name, contents=key.startswith(("toc ", "table of figures")) or key == "toc"
    )
    heading = _HEADING_NAME.match(key)
    if heading:
        style = replace(style, level=int(heading.group(1)))
    for child in element.iterchildren(W + "pPr", W + "rPr"):
        for setting in child:
            tag = setting.tag
            if tag == W + "outlineLvl":
                level = number(setting.get(VAL), default=9) + 1
                style = replace(style, level=level if 1 <= level <= 9 else 0)
            elif tag == W + "numPr":
                num_id, ilvl = numbering_of(setting)
                style = replace(style, num_id=num_id if num_id is not None else style.num_id, ilvl=ilvl or 0)
            elif tag == W + "vanish":
                style = replace(style, hidden=is_on(setting))
            elif tag == W + "b":
                style = replace(style, bold=is_on(setting))
            elif tag == W + "sz":
                style = replace(style, size=half_points(setting.get(VAL)))
    return style


def numbering_of(setting: etree._Element) -> tuple[str | None, int | None]:
    """Return the list id and level that a ``w:numPr`` sets, None for what it leaves open."""
    num_id = setting.find(W + "numId")
    ilvl = setting.find(W + "ilvl")
    return (
        num_id.get(VAL, "") if num_id is not None else None,
        number(ilvl.get(VAL)) if ilvl is not None else None,
    )
