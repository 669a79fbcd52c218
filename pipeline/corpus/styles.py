"""What a Word file's styles say about the paragraphs and runs that use them.

A styles part of 350 kB is common and would take ten times as long to parse as the text itself. So the part is only
searched for the styles in use; where it is not written in the usual way it is parsed whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from pipeline.corpus.refusal import RefusedError
from pipeline.corpus.settings import half_points, is_on, number, numbering_of
from pipeline.corpus.xmlnames import MAIN, OFF, VAL, W, child_of

T = TypeVar("T")

_SMALL = 12_000
_MANY = 100
_USUAL_HEAD = f'xmlns:w="{MAIN}"'.encode()
_NAME = W + "name"
_P_PR = W + "pPr"
_R_PR = W + "rPr"
_OUTLINE = W + "outlineLvl"
_NUM_PR = W + "numPr"
_VANISH = W + "vanish"
_BOLD = W + "b"
_SIZE = W + "sz"
_STYLE_ID = re.compile(rb'w:styleId="([A-Za-z0-9]+)"')
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
        load: Returns the bytes of the styles part in pieces, None where there is none; called at most once.
        parse: Parses XML bytes strictly; like the pieces it may raise ``RefusedError``.
    """

    def __init__(self, load: Callable[[], Iterator[bytes] | None], parse: Callable[[bytes], etree._Element]) -> None:
        self._load = load
        self._parse = parse
        self._source: _Source | None = None
        self._styles: dict[str, Style] = {}
        self.refused: RefusedError | None = None
        """Why the styles could not be read, None where they could."""

    def expect(self, style_ids: Iterable[str]) -> None:
        """Look up several styles at once, which is quicker than one by one."""
        self._try(lambda source: source.find(style_ids))

    def paragraph(self, style_id: str | None) -> Style:
        """Return the style of a paragraph; without an id, the file's default paragraph style."""
        if style_id is None:
            style_id = self._try(lambda source: source.default)
            if style_id is None:
                return NO_STYLE
        style = self._styles.get(style_id)
        return self._resolve(style_id, ()) if style is None else style

    def run(self, style_id: str) -> Style:
        """Return the style of a run."""
        style = self._styles.get(style_id)
        return self._resolve(style_id, ()) if style is None else style

    def _try(self, use: "Callable[[_Source], T]") -> T:
        """Use the styles part, loaded on first use; an empty one once it proves missing or damaged."""
        try:
            if self._source is None:
                self._source = _Source(self._load(), self._parse)
            return use(self._source)
        except RefusedError as refused:
            if refused.harmful:
                raise
            self.refused = refused
            self._source = _Source(None, self._parse)
            return use(self._source)

    def _resolve(self, style_id: str, above: tuple[str, ...]) -> Style:
        """Return a style with all it inherits; a circle of styles is cut where it closes."""
        known = self._styles.get(style_id)
        if known is not None:
            return known
        element = self._try(lambda source: source.element(style_id))
        if element is None:
            # A file without its styles part still tells headings by their usual ids.
            found = _HEADING_NAME.match(style_id.casefold())
            style = Style(id=style_id, name=style_id, level=int(found.group(1)) if found else 0)
        else:
            based_on = child_of(element, W + "basedOn")
            parent = based_on.get(VAL, "") if based_on is not None else ""
            inherits = parent and parent not in above and parent != style_id and len(above) < 50
            style = _inherit(element, self._resolve(parent, (*above, style_id)) if inherits else NO_STYLE)
        self._styles[style_id] = style
        return style


class _Source:
    """The styles part, parsed whole or only searched as far as needed."""

    def __init__(self, pieces: Iterator[bytes] | None, parse: Callable[[bytes], etree._Element]) -> None:
        self._pieces = pieces or iter(())
        self._data = next(self._pieces, b"")
        self._parse = parse
        self._found: dict[str, etree._Element] = {}
        self._head = b""
        self._misses = 0
        self.default: str | None = None
        if self._data and (len(self._data) < _SMALL or not self._searchable()):
            self._parse_all()

    def element(self, style_id: str) -> etree._Element | None:
        """Return a style's element, None where the part does not define it."""
        if style_id not in self._found:
            self.find((style_id,))
        return self._found.get(style_id)

    def find(self, style_ids: Iterable[str]) -> None:
        """Parse the styles of some ids that are not parsed yet, and the default one with the first of them."""
        if not self._head:
            return
        wanted = [style_id for style_id in dict.fromkeys((self.default or "", *style_ids)) if style_id]
        if len(wanted) > _MANY:
            self._parse_all()
            return
        cut = []
        for style_id in wanted:
            if style_id in self._found:
                continue
            start = self._start(b'w:styleId="' + style_id.encode("utf-8", "replace") + b'"')
            if start >= 0 and style_id.replace(" ", "").isalnum():
                cut.append(start)
                continue
            self._misses += 1
            if self._misses > _MANY or self._is_irregular():
                self._parse_all()
                return
        if cut:
            self._cut(cut)

    def _is_irregular(self) -> bool:
        """Say whether a style that was not found may stand there in another spelling."""
        data = self._data
        ends = data.count(b"</w:style>")
        return not data.count(b'w:styleId="') == data.count(b"styleId") == ends or b"&" in data

    def _searchable(self) -> bool:
        """Say whether the part is written in the usual way, and find the default paragraph style."""
        data = self._data
        root = data.find(b"<w:styles")
        first = data.find(b">", root) + 1
        if root < 0 or _USUAL_HEAD not in data[root:first] or not _is_utf8(data[:root]):
            return False
        self._head = data[root:first]
        start = self._start(b'w:default="1"')
        if start < 0:
            return False
        end = data.find(b">", start)
        if b'w:type="paragraph"' not in data[start:end]:
            return False
        found = _STYLE_ID.search(data, start, end)
        self.default = found.group(1).decode("ascii") if found else None
        return found is not None

    def _start(self, attribute: bytes) -> int:
        """Return where the first style with an attribute begins, -1 where there is none to be cut out."""
        at = self._data.find(attribute)
        while at < 0 or self._data.find(b"</w:style>", at) < 0:
            piece = next(self._pieces, b"")
            if not piece:
                return -1
            self._data += piece
            at = self._data.find(attribute)
        data = self._data
        start = data.rfind(b"<w:style ", 0, at)
        end = data.find(b">", start)
        return -1 if start < 0 or end < at or data[end - 1 : end] == b"/" else start

    def _cut(self, starts: list[int]) -> None:
        """Parse the styles that begin at some places."""
        data = self._data
        if b"!" in data and b"<!" in data:
            # A comment can make a style look like one that is none.
            self._parse_all()
            return
        cut = [data[start : data.find(b"</w:style>", start)] for start in starts]
        for element in self._parse(self._head + b"</w:style>".join((*cut, b"</w:styles>"))):
            self._found.setdefault(element.get(W + "styleId", ""), element)

    def _parse_all(self) -> None:
        """Parse the part whole."""
        self._head = b""
        self._data += b"".join(self._pieces)
        for element in self._parse(self._data).iter(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._found.setdefault(style_id, element)
            default = element.get(W + "default", "0") not in OFF
            if default and element.get(W + "type") == "paragraph":
                self.default = style_id


def _is_utf8(declaration: bytes) -> bool:
    """Say whether an XML declaration names no other encoding than UTF-8."""
    return b"encoding" not in declaration or b"utf-8" in declaration.lower()


def _inherit(element: etree._Element, parent: Style) -> Style:
    """Return a style from its element and the style it is based on."""
    style_id = name = element.get(W + "styleId", "")
    level, num_id, ilvl = parent.level, parent.num_id, parent.ilvl
    hidden, bold, size = parent.hidden, parent.bold, parent.size
    for child in element:
        tag = child.tag
        if tag == _NAME:
            name = child.get(VAL, "")
            heading = _HEADING_NAME.match(name.casefold())
            if heading:
                level = int(heading.group(1))
        elif tag == _P_PR:
            for setting in child:
                tag = setting.tag
                if tag == _OUTLINE:
                    level = number(setting.get(VAL), default=9) + 1
                elif tag == _NUM_PR:
                    own_id, own_level = numbering_of(setting)
                    num_id = num_id if own_id is None else own_id
                    ilvl = own_level or 0
        elif tag == _R_PR:
            for setting in child:
                tag = setting.tag
                if tag == _VANISH:
                    hidden = is_on(setting)
                elif tag == _BOLD:
                    bold = is_on(setting)
                elif tag == _SIZE:
                    size = half_points(setting.get(VAL))
    return Style(
        id=style_id,
        name=name,
        level=level if 1 <= level <= 9 else 0,
        num_id=num_id,
        ilvl=ilvl,
        hidden=hidden,
        bold=bold,
        size=size,
        contents=name.casefold().startswith(("toc ", "table of figures")),
    )
