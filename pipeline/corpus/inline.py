"""Reads what stands inside a paragraph: runs, fields, tracked changes, signs, notes, pictures.

Elements are entered by default, and only those named here are treated otherwise, so that an unknown wrapper
never costs a word.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from pipeline.corpus.fields import Fields, is_contents
from pipeline.corpus.ledger import Ledger, characters_in
from pipeline.corpus.paragraphs import Paragraph
from pipeline.corpus.styles import Styles, half_points, is_on
from pipeline.corpus.symbols import is_symbol_font, symbol_text
from pipeline.corpus.xmlnames import (
    CHART,
    CHART_EX,
    DIAGRAM,
    MC,
    OFFICE,
    PIC,
    TEXT_TAGS,
    VAL,
    VML,
    WP,
    A,
    M,
    W,
    child_of,
)

Handler = Callable[[Any, etree._Element], None]
"""How one element is read: a method of the reader of its part."""

_T = W + "t"
_R_PR = W + "rPr"
_BOLD = W + "b"
_SIZE = W + "sz"
_VANISH = W + "vanish"
_RUN_STYLE = W + "rStyle"
_FONTS = W + "rFonts"
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")

PROPERTIES = (
    W + "pPr",
    W + "rPr",
    W + "sdtPr",
    W + "sdtEndPr",
    W + "tblPr",
    W + "tblPrEx",
    W + "tblGrid",
    W + "trPr",
    W + "tcPr",
    W + "sectPr",
    W + "customXmlPr",
    W + "smartTagPr",
    W + "bookmarkStart",
    W + "bookmarkEnd",
    W + "proofErr",
    W + "lastRenderedPageBreak",
    W + "commentRangeStart",
    W + "commentRangeEnd",
    W + "commentReference",
)
"""Elements that say how text looks or mark places, and never hold any."""


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
        self._bold = False
        self._size = 0.0
        self._font = ""

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
            if not self._bold:
                paragraph.plain = True
            if self._size > paragraph.size:
                paragraph.size = self._size

    def plain_run(self) -> None:
        """Set the look of text to that of the paragraph's style."""
        if self.paragraph is not None:
            self._bold = self.paragraph.style.bold
            self._size = self.paragraph.style.size
            self._font = ""

    def _run(self, run: etree._Element) -> None:
        paragraph = self.paragraph
        if paragraph is None:
            self.loose(run)
            return
        style = paragraph.style
        self._bold = style.bold
        self._size = style.size
        self._font = ""
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
        self._bold = style.bold
        self._size = style.size
        self._font = ""

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
                self._font = font if is_symbol_font(font) else ""
            elif tag == _RUN_STYLE:
                style = self.styles.run(setting.get(VAL, ""))
                # Word switches a toggle off again when paragraph and run style both switch it on.
                self._bold ^= style.bold
                hidden ^= style.hidden
                self._size = style.size or self._size
        if bold is not None:
            self._bold = bold
        if size:
            self._size = size
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
            if self._font or "\u00ad" in text or "\n" in text or "\r" in text:
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
        if self._font and any("\uf000" <= character <= "\uf0ff" for character in text):
            text = "".join(symbol_text(self._font, ord(c)) if "\uf000" <= c <= "\uf0ff" else c for c in text)
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

    def _alternate(self, element: etree._Element) -> None:
        """Read exactly one of the branches that show the same content to different programs."""
        chosen = _branch(element)
        for index, branch in enumerate(element):
            if branch is chosen:
                self.path.append(index)
                self.enter(branch)
                self.path.pop()
                continue
            copied = characters_in(branch)
            if copied:
                self.tally[self.sink if self.dropping else "alternate copy"] += copied
                self.ledger.note("alternate copy")

    def _picture(self, element: etree._Element) -> None:
        self.seen("picture")
        self.enter(element)

    def _description(self, element: etree._Element) -> None:
        for name in ("title", "descr"):
            text = element.get(name)
            if text:
                self.seen("picture description", beside=len(text))

    def _shape(self, element: etree._Element) -> None:
        text = element.get("alt")
        if text:
            self.seen("picture description", beside=len(text))
        self.enter(element)

    def _word_art(self, element: etree._Element) -> None:
        self.seen("WordArt", beside=len(element.get("string", "")))

    def _chart(self, element: etree._Element) -> None:
        self.seen("chart")
        self.enter(element)

    def seen(self, content: str, *, beside: int = 0) -> None:
        """Count content that is recognised but not read, unless it stands in text that is skipped anyway."""
        if not self.dropping:
            self.ledger.note(content, beside=beside)


def _branch(element: etree._Element) -> etree._Element | None:
    """Return the branch to read: the first that is understood, else the fallback; one with text before one without."""
    choices = list(element.iterchildren(MC + "Choice"))
    fallbacks = list(element.iterchildren(MC + "Fallback"))
    understood = [choice for choice in choices if _understood(choice)]
    ordered = understood + fallbacks + [choice for choice in choices if choice not in understood]
    for branch in ordered:
        if any(text.text for text in branch.iter(*TEXT_TAGS)):
            return branch
    return ordered[0] if ordered else None


def _understood(choice: etree._Element) -> bool:
    """Say whether all namespaces a branch requires are ones whose text is read here."""
    names = choice.nsmap
    return all((names.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in choice.get("Requires", "").split())


def _sign(sign: str) -> Handler:
    """Return a handler for an element that stands for one character."""
    return lambda reader, _element: reader.put(sign)


def _counter(content: str) -> Handler:
    """Return a handler for an element that is only counted."""
    return lambda reader, _element: reader.seen(content)


def _leave(_reader: Inline, _element: etree._Element) -> None:
    """Leave out an element that never holds text."""


INLINE_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(PROPERTIES, _leave),
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
    W + "softHyphen": _counter("soft hyphen"),
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
    MC + "AlternateContent": Inline._alternate,
    PIC + "pic": Inline._picture,
    VML + "imagedata": Inline._picture,
    WP + "docPr": Inline._description,
    VML + "shape": Inline._shape,
    VML + "textpath": Inline._word_art,
    CHART + "chart": Inline._chart,
    CHART_EX + "chart": Inline._chart,
    DIAGRAM + "relIds": _counter("SmartArt"),
    OFFICE + "OLEObject": _counter("embedded object"),
    W + "control": _counter("form control"),
    W + "altChunk": _counter("inserted file"),
    W + "subDoc": _counter("inserted file"),
}
"""How each element inside a paragraph is read; all others are entered."""
