"""A paragraph while it is being read, and the block it becomes."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.corpus.blocks import RawBlock
from pipeline.corpus.settings import number, numbering_of
from pipeline.corpus.styles import NO_STYLE, Style, Styles
from pipeline.corpus.xmlnames import VAL, W, child_of

_LONG = 250

_P_PR = W + "pPr"
_STYLE = W + "pStyle"
_OUTLINE = W + "outlineLvl"
_NUMBERING = W + "numPr"
_FRAME = W + "framePr"
_R_PR = W + "rPr"
_GONE = (W + "del", W + "moveFrom")


@dataclass(slots=True)
class Paragraph:
    """What is known of a paragraph so far.

    Attributes:
        path: Child indexes from the part's root.
        number: Its number in its part, from 1.
        controls: Alias and tag of the content controls around it.
        style: Its style.
        level: Outline level by style or direct setting.
        num_id: Id of its list, empty where it has none.
        ilvl: Its level in the list.
        list_style: Id of its style where the list comes from there.
        joins: True when it runs on into the next paragraph (its mark is deleted, or it is a drop cap).
        pieces: Its text so far.
        plain: True once text that is not bold was read.
        bold_pieces: How many pieces stand before that text.
        size: Largest font size so far.
        covers: For every control inside it: alias and tag, first and last piece.
        prompts: Names of the controls around each empty control inside it.
        boxes: Blocks of text boxes anchored in it.
    """

    path: tuple[int, ...]
    number: int
    controls: tuple[str, ...]
    style: Style = NO_STYLE
    level: int = 0
    num_id: str = ""
    ilvl: int = 0
    list_style: str = ""
    joins: bool = False
    pieces: list[str] = field(default_factory=list)
    plain: bool = False
    bold_pieces: int = 0
    size: float = 0.0
    covers: list[tuple[tuple[str, ...], int, int]] = field(default_factory=list)
    prompts: list[tuple[str, ...]] = field(default_factory=list)
    boxes: list[RawBlock] = field(default_factory=list)

    def set_up(self, element: etree._Element, styles: Styles) -> None:
        """Take style, level, list and mark from a ``w:p``; a joined paragraph takes those of its last part."""
        properties = child_of(element, _P_PR)
        style_id: str | None = None
        level = num_id = ilvl = None
        self.joins = False
        if properties is not None:
            for setting in properties:
                tag = setting.tag
                if tag == _STYLE:
                    style_id = setting.get(VAL)
                elif tag == _OUTLINE:
                    level = number(setting.get(VAL), default=9) + 1
                elif tag == _NUMBERING:
                    num_id, ilvl = numbering_of(setting)
                elif tag == _FRAME:
                    self.joins = self.joins or setting.get(W + "dropCap", "none") != "none"
                elif tag == _R_PR:
                    self.joins = self.joins or any(mark.tag in _GONE for mark in setting)
        style = self.style = styles.paragraph(style_id)
        self.level = style.level if level is None else level if 1 <= level <= 9 else 0
        self.list_style = style.id if num_id is None else ""
        self.num_id = style.num_id if num_id is None else num_id
        self.ilvl = style.ilvl if ilvl is None else ilvl
        if ilvl is not None:
            self.list_style = ""

    def text(self) -> str:
        """Return its text in NFC without white space at the ends."""
        return nfc("".join(self.pieces)).strip()

    def all_controls(self) -> tuple[str, ...]:
        """Return the controls around all of its text, those inside the paragraph included."""
        filled = [at for at, piece in enumerate(self.pieces) if not piece.isspace()]
        names = self.controls
        for inner, first, last in self.covers:
            if filled and first <= filled[0] and filled[-1] < last:
                names += inner
        return names


def nfc(text: str) -> str:
    """Return text in NFC, in linear time also where an attacker piles up accents.

    Sorting the accents of one letter takes quadratic time, so that a million of them would take hours. Long words
    outside the usual characters are therefore normalised piece by piece, which changes no word of any language.
    """
    for encoding in ("latin-1", "cp1252"):
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            continue
        return text  # no character of these two has another form
    return " ".join(
        unicodedata.normalize("NFC", word) if len(word) < _LONG else "".join(_pieces(word)) for word in text.split(" ")
    )


def _pieces(word: str) -> Iterator[str]:
    start = 0
    while start < len(word):
        end = start + 64
        while end < min(len(word), start + 128) and unicodedata.combining(word[end]):
            end += 1
        yield unicodedata.normalize("NFC", word[start:end])
        start = end
