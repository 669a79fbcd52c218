"""The list labels Word shows ("2.1", "b)", "•"), worked out from the numbering part.

They are never part of the text: they change when a list changes, and offsets would move.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.corpus.partial import PartialPart
from pipeline.corpus.refusal import RefusedError
from pipeline.corpus.settings import is_on, number
from pipeline.corpus.symbols import symbol_text
from pipeline.corpus.xmlnames import VAL, W, child_of

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LEVELS = 9
_MANY = 100
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its numbers look, where they start and what makes them start again."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    font: str = ""


@dataclass(slots=True)
class _List:
    """One ``w:num``: its levels and the running numbers, which lists of one definition share."""

    elements: dict[int, etree._Element]
    counters: dict[int, int]
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def level(self, ilvl: int) -> _Level | None:
        """Return one of its levels, None where it has none there."""
        if ilvl not in self.levels and ilvl in self.elements:
            self.levels[ilvl] = _level(self.elements[ilvl])
        return self.levels.get(ilvl)

    def level_of_style(self, style: str) -> int | None:
        """Return the level that names a paragraph style as its own, None where none does."""
        for ilvl, element in self.elements.items():
            named = child_of(element, W + "pStyle")
            if named is not None and named.get(VAL) == style:
                return ilvl
        return None


class Numbering:
    """The lists of one file; labels must be asked for in the order of the text.

    Args:
        load: Returns the bytes of the numbering part in pieces, None where there is none; called at most once.
        parse: Parses XML bytes strictly; like the pieces it may raise ``RefusedError``.
    """

    def __init__(self, load: Callable[[], Iterator[bytes] | None], parse: Callable[[bytes], etree._Element]) -> None:
        self._load = load
        self._parse = parse
        self._part: PartialPart | None = None
        self._opened = False
        self._nums: dict[str, etree._Element] = {}
        self._abstracts: dict[str, etree._Element] = {}
        self._linked: dict[str, etree._Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self.refused: RefusedError | None = None
        """Why the lists could not be read, None where they could."""

    def label(self, num_id: str, ilvl: int, *, style: str = "") -> str:
        """Count one paragraph of a list and return its label.

        Args:
            num_id: The list's id; an unknown one gives no label.
            ilvl: The level in it, from 0.
            style: Id of the paragraph style the list comes from, empty where the paragraph names its list itself.
        """
        if num_id not in self._lists:
            try:
                self._lists[num_id] = self._list(num_id)
            except RefusedError as refused:
                if refused.harmful:
                    raise
                self.refused = refused
                self._part = None
                self._lists[num_id] = None
        found = self._lists[num_id]
        if found is None:
            return ""
        if style:
            own = found.level_of_style(style)
            ilvl = ilvl if own is None else own
        level = found.level(ilvl)
        if level is None:
            return ""
        counters = found.counters
        if ilvl in found.starts and ilvl not in found.used:
            counters[ilvl] = found.starts[ilvl]
        else:
            counters[ilvl] = counters.get(ilvl, level.start - 1) + 1
        found.used.add(ilvl)
        for at in [at for at in counters if at > ilvl]:
            below = found.level(at)
            if below is None or below.restart is None or ilvl < below.restart:
                del counters[at]
        return _label(found, level)

    def _list(self, num_id: str) -> _List | None:
        """Return the list of an id with the overrides it makes, None where it is not defined."""
        num = self._element(self._nums, "w:num", "w:numId", num_id)
        if num is None:
            return None
        pointer = child_of(num, W + "abstractNumId")
        abstract_id = pointer.get(VAL, "") if pointer is not None else ""
        abstract = self._element(self._abstracts, "w:abstractNum", "w:abstractNumId", abstract_id)
        if abstract is None:
            return None
        link = child_of(abstract, W + "numStyleLink")
        if link is not None:
            self._parse_all()
            abstract = self._linked.get(link.get(VAL, ""), abstract)
        counters = self._counters.setdefault(abstract.get(W + "abstractNumId", ""), {})
        found = _List(dict(_numbered(abstract, W + "lvl")), counters)
        for at, override in _numbered(num, W + "lvlOverride"):
            replaced = child_of(override, W + "lvl")
            if replaced is not None:
                found.elements[at] = replaced
            start = child_of(override, W + "startOverride")
            if start is not None:
                found.starts[at] = number(start.get(VAL), default=1)
        return found

    def _element(
        self, found: dict[str, etree._Element], name: str, attribute: str, value: str
    ) -> etree._Element | None:
        """Return the first element of a name whose attribute has a value, None where there is none."""
        if not self._opened:
            self._opened = True
            pieces = self._load()
            self._part = PartialPart(pieces, self._parse, root="w:numbering") if pieces is not None else None
        if value not in found and self._part is not None:
            usual = self._part.is_usual() and value.isdecimal() and len(found) < _MANY
            start = self._part.start(name, f'{attribute}="{value}"') if usual else -1
            if start >= 0:
                found[value] = self._part.cut(name, [start])[0]
            else:
                self._parse_all()
        return found.get(value)

    def _parse_all(self) -> None:
        """Parse the part whole, once."""
        if self._part is None:
            return
        root = self._part.whole()
        self._part = None
        for element in root:
            if element.tag == W + "num":
                self._nums.setdefault(element.get(W + "numId", ""), element)
            elif element.tag == W + "abstractNum":
                self._abstracts.setdefault(element.get(W + "abstractNumId", ""), element)
                style = child_of(element, W + "styleLink")
                if style is not None:
                    self._linked.setdefault(style.get(VAL, ""), element)


def _numbered(element: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    """Yield the children of a name with the list level they are about; Word knows nine levels."""
    for child in element.iterchildren(tag):
        at = number(child.get(W + "ilvl"))
        if 0 <= at < _LEVELS:
            yield at, child


def _level(element: etree._Element) -> _Level:
    """Return one ``w:lvl`` as a value."""
    found = {child.tag: child for child in element}

    def value(name: str) -> str:
        child = found.get(W + name)
        return child.get(VAL, "") if child is not None else ""

    legal = found.get(W + "isLgl")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restart = found.get(W + "lvlRestart")
    return _Level(
        format=value("numFmt") or "decimal",
        text=value("lvlText"),
        start=number(value("start"), default=1) if W + "start" in found else 0,
        restart=number(restart.get(VAL)) if restart is not None else None,
        legal=legal is not None and is_on(legal),
        font=(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else "",
    )


def _label(numbered: _List, level: _Level) -> str:
    """Return a level's text with every ``%n`` filled in."""
    if level.format == "bullet":
        return "".join(symbol_text(level.font, ord(character)) for character in level.text).strip()
    if "%" not in level.text:
        return level.text.strip()
    pieces = level.text.split("%")
    label = pieces[0]
    for piece in pieces[1:]:
        if piece[:1] not in "123456789" or not piece:
            label += "%" + piece
            continue
        at = int(piece[0]) - 1
        other = numbered.level(at) or _Level()
        look = "decimal" if level.legal else other.format
        label += _number(numbered.counters.get(at, other.start), look) + piece[1:]
    return label.strip()


def _number(value: int, look: str) -> str:
    """Return a number in one of Word's formats; formats of other languages are shown as digits."""
    if look == "none":
        return ""
    if look == "decimalZero":
        return f"{value:02d}"
    if look in ("upperRoman", "lowerRoman") and 0 < value < 5000:
        roman = ""
        rest = value
        for unit, sign in _ROMAN:
            roman += sign * (rest // unit)
            rest %= unit
        return roman.upper() if look == "upperRoman" else roman
    if look in ("upperLetter", "lowerLetter") and 0 < value <= 26 * 30:
        # Word counts a ... z, aa, bb ... zz, aaa.
        letters = _LETTERS[(value - 1) % 26] * ((value - 1) // 26 + 1)
        return letters.upper() if look == "upperLetter" else letters
    if look == "ordinal":
        return f"{value}."
    return str(value)
