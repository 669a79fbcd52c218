"""What a Word file's styles say about the paragraphs and runs that use them.

Only the styles in use are looked up; a style that is based on itself in a circle is cut where the circle closes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from pipeline.corpus.partial import PartialPart
from pipeline.corpus.refusal import RefusedError
from pipeline.corpus.settings import half_points, is_on, number, numbering_of
from pipeline.corpus.xmlnames import OFF, VAL, W, child_of

T = TypeVar("T")

_MANY = 100
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
    """The styles part: the elements of its styles by id."""

    def __init__(self, pieces: Iterator[bytes] | None, parse: Callable[[bytes], etree._Element]) -> None:
        self._part = PartialPart(pieces or iter(()), parse, root="w:styles")
        self._found: dict[str, etree._Element] = {}
        self._misses = 0
        self.default: str | None = None
        if pieces is not None and not self._find_default():
            self._parse_all()

    def element(self, style_id: str) -> etree._Element | None:
        """Return a style's element, None where the part does not define it."""
        if style_id not in self._found:
            self.find((style_id,))
        return self._found.get(style_id)

    def find(self, style_ids: Iterable[str]) -> None:
        """Parse the styles of some ids that are not parsed yet, and the default one with the first of them."""
        part = self._part
        if not part.is_usual():
            return
        wanted = [style_id for style_id in dict.fromkeys((self.default or "", *style_ids)) if style_id]
        starts = []
        for style_id in wanted:
            if style_id in self._found:
                continue
            start = part.start("w:style", f'w:styleId="{style_id}"')
            if start >= 0 and style_id.replace(" ", "").isalnum():
                starts.append(start)
                continue
            self._misses += 1
            if max(self._misses, len(wanted)) > _MANY or self._is_irregular():
                self._parse_all()
                return
        if starts:
            for element in part.cut("w:style", starts):
                self._found.setdefault(element.get(W + "styleId", ""), element)

    def _is_irregular(self) -> bool:
        """Say whether a style that was not found may stand there in another spelling."""
        holds = self._part.holds
        return not holds('w:styleId="') == holds("styleId") == holds("</w:style>") or holds("&") + holds("<!") > 0

    def _find_default(self) -> bool:
        """Find the default paragraph style; False where the part must be parsed whole."""
        part = self._part
        start = part.start("w:style", 'w:default="1"') if part.is_usual() else -1
        if start < 0:
            return False
        tag = part.tag_at(start)
        found = _STYLE_ID.search(tag)
        self.default = found.group(1).decode("ascii") if found else None
        return found is not None and b'w:type="paragraph"' in tag

    def _parse_all(self) -> None:
        """Parse the part whole."""
        for element in self._part.whole().iter(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._found.setdefault(style_id, element)
            default = element.get(W + "default", "0") not in OFF
            if default and element.get(W + "type") == "paragraph":
                self.default = style_id


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
