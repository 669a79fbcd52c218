"""Reads what stands inside a paragraph: runs, fields, tracked changes, signs, references to notes.

Elements are entered by default, and only those named here are treated otherwise, so that an unknown wrapper
never costs a word.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from pipeline.corpus.fields import Fields, is_contents
from pipeline.corpus.ledger import Ledger
from pipeline.corpus.paragraphs import Paragraph
from pipeline.corpus.settings import half_points, is_on
from pipeline.corpus.styles import Styles
from pipeline.corpus.symbols import is_symbol_font, symbol_text
from pipeline.corpus.xmlnames import CHART, VAL, A, M, W, child_of

Handler = Callable[[Any, etree._Element], None]
"""How one element is read: a method of the reader of its part."""

_T = W + "t"
_R_PR = W + "rPr"
_BOLD = W + "b"
_SIZE = W + "sz"
_VANISH = W + "vanish"
_RUN_STYLE = W + "rStyle"
_FONTS = W + "rFonts"


class Inline:
    """The state of reading one part, and everything that can stand inside a paragraph.

    Args:
        root: The part's root element.
        styles: The file's styles.
        ledger: The file's ledger.
        sink: The kind of content that the part's text counts as.
        mixed: True in the body, where tables, text boxes and insertions are counted apart.
    """

    def __init__(self, root: etree._Element, styles: Styles, ledger: Ledger, *, sink: str, mixed: bool) -> None:
        self.styles = styles
        self.ledger = ledger
        self.tally = ledger.characters
        self.fields = Fields(root)
        self.sink = sink
        self.mixed = mixed
        self.dropping = False
        self.paragraph: Paragraph | None = None
        self.path: list[int] = []
        self.notes: list[tuple[str, str]] = []
        """Kind and id of every note referred to, in the order of the text."""
        self.bold = False
        self.size = 0.0
        self.font = ""

    handlers: Mapping[str, Handler]

    def enter(self, element: etree._Element) -> None:
        """Read everything inside an element."""
        raise NotImplementedError

    def loose(self, element: etree._Element) -> None:
        """Read a run that stands outside any paragraph as a paragraph of its own."""
        raise NotImplementedError

    def inside(self, element: etree._Element) -> None:
        """Read the children of an element that stands inside a paragraph."""
        handlers = self.handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is None:
                self.inside(child)
            else:
                handler(self, child)

    def skip(self, element: etree._Element, content: str) -> None:
        """Go through an element whose text is skipped, so that all of it is counted."""
        if self.dropping:
            self.enter(element)
            return
        self.ledger.note(content)
        before = self.sink
        self.sink = content
        self.dropping = True
        self.enter(element)
        self.sink = before
        self.dropping = False

    def put(self, text: str) -> None:
        """Add text that is shown, if text at this place is read at all."""
        if self.paragraph is not None and not self.dropping and not self.fields.dropping:
            self._add(text, self.paragraph)

    def _add(self, text: str, paragraph: Paragraph) -> None:
        paragraph.pieces.append(text)
        if not text.isspace():
            if not self.bold and not paragraph.plain:
                paragraph.plain = True
                paragraph.bold_pieces = len(paragraph.pieces) - 1
            if self.size > paragraph.size:
                paragraph.size = self.size

    def begin(self, paragraph: Paragraph) -> None:
        """Let text go to a paragraph, in the look of its style."""
        self.paragraph = paragraph
        self.bold = paragraph.style.bold
        self.size = paragraph.style.size
        self.font = ""

    def _run(self, run: etree._Element) -> None:
        paragraph = self.paragraph
        if paragraph is None:
            self.loose(run)
            return
        style = paragraph.style
        self.bold = style.bold
        self.size = style.size
        self.font = ""
        # Text that is skipped for another reason anyway is counted under that reason.
        before = None if self.dropping else self.sink
        if style.hidden and before is not None and child_of(run, _R_PR) is None:
            self._hide()
        handlers = self.handlers
        for child in run:
            tag = child.tag
            if tag == _T:
                self._text(child)
            elif tag == _R_PR:
                hidden = self._look(child, style.hidden)
                if before is not None and hidden is not self.dropping:
                    if hidden:
                        self._hide()
                    else:
                        self.dropping = False
                        self.sink = before
            else:
                handler = handlers.get(tag)
                if handler is None:
                    self.inside(child)
                else:
                    handler(self, child)
        if before is not None:
            self.dropping = False
            self.sink = before
        self.bold = style.bold
        self.size = style.size
        self.font = ""

    def _hide(self) -> None:
        self.ledger.note("hidden text")
        self.sink = "hidden text"
        self.dropping = True

    def _look(self, properties: etree._Element, hidden: bool) -> bool:
        """Take weight, size and font from a run's properties; return whether its text is hidden."""
        bold = vanish = size = None
        for setting in properties:
            tag = setting.tag
            if tag == _BOLD:
                bold = is_on(setting)
            elif tag == _SIZE:
                size = half_points(setting.get(VAL))
            elif tag == _VANISH:
                vanish = is_on(setting)
            elif tag == _FONTS:
                font = setting.get(W + "ascii") or setting.get(W + "hAnsi") or ""
                self.font = font if is_symbol_font(font) else ""
            elif tag == _RUN_STYLE:
                style = self.styles.run(setting.get(VAL, ""))
                # Word switches a toggle off again when paragraph and run style both switch it on.
                self.bold ^= style.bold
                hidden ^= style.hidden
                self.size = style.size or self.size
        if bold is not None:
            self.bold = bold
        if size:
            self.size = size
        return hidden if vanish is None else vanish

    def _text(self, element: etree._Element) -> None:
        text = element.text
        if not text:
            return
        if self.dropping:
            self.tally[self.sink] += len(text)
        elif self.fields.dropping:
            self.tally[self.fields.dropping] += len(text)
        elif self.paragraph is None:
            self.loose(element)
        else:
            self.tally[self.sink] += len(text)
            if self.font or "\u00ad" in text or "\n" in text or "\r" in text:
                text = self._tidy(text)
            self._add(text, self.paragraph)

    def _tidy(self, text: str) -> str:
        """Return text without soft hyphens, line breaks of the XML as spaces, signs of symbol fonts as characters."""
        soft = text.count("\u00ad")
        if soft:
            self.tally[self.sink] -= soft
            self.tally["soft hyphen"] += soft
            self.ledger.note("soft hyphen", count=soft)
            text = text.replace("\u00ad", "")
        if self.font and any("\uf000" <= character <= "\uf0ff" for character in text):
            text = "".join(symbol_text(self.font, ord(c)) if "\uf000" <= c <= "\uf0ff" else c for c in text)
        return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")

    def _symbol(self, element: etree._Element) -> None:
        if self.dropping or self.fields.dropping:
            return
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            code = 0
        self.ledger.note("symbol", beside=1)
        self.put(symbol_text(element.get(W + "font", ""), code))

    def _deleted_text(self, element: etree._Element) -> None:
        content = self.sink if self.dropping else "deleted text"
        self.tally[content] += len(element.text or "")

    def _instruction(self, element: etree._Element) -> None:
        text = element.text or ""
        self.tally["field instruction"] += len(text)
        self.ledger.note("field instruction")
        self.fields.instruct(text)

    def _field_mark(self, mark: etree._Element) -> None:
        kind = mark.get(W + "fldCharType")
        pieces = len(self.paragraph.pieces) if self.paragraph is not None else 0
        value = ""
        if kind == "begin":
            value = self.fields.begin(mark, pieces)
        elif kind == "separate":
            self.fields.separate(mark, pieces)
        elif kind == "end":
            field = self.fields.end(mark)
            value = field.value if field is not None and field.pieces_before == pieces else ""
        if value and not self.dropping and not self.fields.dropping:
            self.ledger.note("form field", beside=len(value))
            self.put(value)

    def _simple_field(self, element: etree._Element) -> None:
        if is_contents(element.get(W + "instr", "")):
            self.skip(element, "table of contents")
        else:
            self.enter(element)

    def read_as(self, element: etree._Element, content: str) -> None:
        """Read an element, counting its text as one kind of content where the part tells kinds apart."""
        if self.dropping or not self.mixed:
            self.enter(element)
            return
        before = self.sink
        self.sink = content
        self.enter(element)
        self.sink = before

    def _inserted(self, element: etree._Element) -> None:
        self.ledger.note("inserted text")
        self.read_as(element, "inserted text")

    def _moved(self, element: etree._Element) -> None:
        self.ledger.note("moved text")
        self.read_as(element, "moved text")

    def _deleted(self, element: etree._Element) -> None:
        self.skip(element, "deleted text")

    def _moved_away(self, element: etree._Element) -> None:
        self.skip(element, "moved-away text")

    def _reading(self, element: etree._Element) -> None:
        self.skip(element, "ruby reading")

    def _footnote(self, element: etree._Element) -> None:
        if not self.dropping and not self.fields.dropping:
            self.notes.append(("footnote", element.get(W + "id", "")))

    def _endnote(self, element: etree._Element) -> None:
        if not self.dropping and not self.fields.dropping:
            self.notes.append(("endnote", element.get(W + "id", "")))

    def seen(self, content: str, *, beside: int = 0) -> None:
        """Count content that is recognised but not read, unless it stands in text that is skipped anyway."""
        if not self.dropping:
            self.ledger.note(content, beside=beside)


def _sign(sign: str) -> Handler:
    """Return a handler for an element that stands for one character."""
    return lambda reader, _element: reader.put(sign)


def counter(content: str) -> Handler:
    """Return a handler for an element that is only counted."""
    return lambda reader, _element: reader.seen(content)


INLINE_HANDLERS: dict[str, Handler] = {
    _T: Inline._text,
    M + "t": Inline._text,
    A + "t": Inline._text,
    CHART + "v": Inline._text,
    W + "r": Inline._run,
    W + "delText": Inline._deleted_text,
    W + "instrText": Inline._instruction,
    W + "delInstrText": Inline._instruction,
    W + "tab": _sign("\t"),
    W + "ptab": _sign("\t"),
    W + "br": _sign("\n"),
    W + "cr": _sign("\n"),
    A + "br": _sign("\n"),
    W + "noBreakHyphen": _sign("-"),
    W + "softHyphen": counter("soft hyphen"),
    W + "sym": Inline._symbol,
    W + "fldChar": Inline._field_mark,
    W + "fldSimple": Inline._simple_field,
    W + "ins": Inline._inserted,
    W + "moveTo": Inline._moved,
    W + "del": Inline._deleted,
    W + "moveFrom": Inline._moved_away,
    W + "rt": Inline._reading,
    W + "footnoteReference": Inline._footnote,
    W + "endnoteReference": Inline._endnote,
}
"""How the elements of runs, fields, tracked changes and notes are read."""
