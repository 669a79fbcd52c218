"""Reads the paragraphs of one part in order: tables, cells, content controls, text boxes, joined paragraphs."""

from dataclasses import dataclass, field

from lxml import etree

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.inline import INLINE_HANDLERS, Handler, Inline
from pipeline.corpus.ledger import Ledger
from pipeline.corpus.numbering import Numbering
from pipeline.corpus.paragraphs import Paragraph
from pipeline.corpus.styles import Styles, is_on, number
from pipeline.corpus.xmlnames import VAL, A, M, W, child_of
from pipeline.model.cases import BlockKind, CellPlace, Place

_NOTE_KINDS = {Story.FOOTNOTE: BlockKind.FOOTNOTE, Story.ENDNOTE: BlockKind.ENDNOTE}
_CONTENTS_GALLERIES = frozenset(("table of contents", "table of figures"))
_MOST_COLUMNS = 10_000


@dataclass(slots=True)
class _Table:
    """The table being read, with the row and cell reached."""

    number: int = 0
    row: int = 0
    column: int = 1
    row_cells: int = 0


@dataclass(slots=True)
class _Control:
    """A content control being read: what to report if nobody filled it in."""

    blocks_before: int
    empty: list[RawBlock] = field(default_factory=list)


class Walker(Inline):
    """Reads one part into blocks.

    Args:
        root: The part's root element.
        part: The part's name as the file spells it.
        story: The stream of text it belongs to.
        styles: The file's styles.
        numbering: The file's lists.
        ledger: The file's ledger.
    """

    def __init__(
        self,
        root: etree._Element,
        *,
        part: str,
        story: Story,
        styles: Styles,
        numbering: Numbering,
        ledger: Ledger,
    ) -> None:
        super().__init__(root, styles, ledger, sink=story.value, mixed=story is Story.BODY)
        self.blocks: list[RawBlock] = []
        self._root = root
        self._part = part
        self._story = story
        self._numbering = numbering
        self._number = 0
        self._carried: Paragraph | None = None
        self._cells: tuple[CellPlace, ...] = ()
        self._width = 0
        self._container = BlockKind.PARAGRAPH
        self._table = _Table()
        self._tables: dict[int, int] = {}
        self._controls: tuple[str, ...] = ()
        self._open_controls: list[_Control] = []
        self.handlers = HANDLERS

    def read(self, element: etree._Element, path: tuple[int, ...] = ()) -> None:
        """Read an element's paragraphs into ``blocks``.

        Args:
            element: The part's root or, in a part with notes, one note.
            path: Its own path from the root.
        """
        self.path = list(path)
        self._below(element)
        self._release()

    def enter(self, element: etree._Element) -> None:
        """Read everything inside an element, wherever it stands."""
        if self.paragraph is None:
            self._below(element)
        else:
            self.inside(element)

    def loose(self, element: etree._Element) -> None:
        """Read a run that stands outside any paragraph as a paragraph of its own."""
        self._release()
        self.paragraph = self._new_paragraph()
        self.plain_run()
        self.handlers.get(str(element.tag), Inline.inside)(self, element)
        done = self.paragraph
        self.paragraph = None
        self._finish(done)

    def _below(self, element: etree._Element) -> None:
        """Read the children of an element that stands outside paragraphs, keeping the path."""
        path = self.path
        handlers = self.handlers
        path.append(0)
        for index, child in enumerate(element):
            path[-1] = index
            handler = handlers.get(child.tag)
            if handler is None:
                self._below(child)
            else:
                handler(self, child)
        path.pop()

    def _new_paragraph(self) -> Paragraph:
        return Paragraph(path=tuple(self.path), number=self._number, controls=self._controls)

    def _paragraph(self, element: etree._Element) -> None:
        if self.paragraph is not None:
            self._boxed(element, self._container)
            return
        self._number += 1
        paragraph = self._carried or self._new_paragraph()
        self._carried = None
        paragraph.set_up(element, self.styles)
        self.paragraph = paragraph
        self.plain_run()
        if paragraph.style.contents:
            self.skip(element, "table of contents")
        else:
            self.inside(element)
        self.paragraph = None
        if not paragraph.joins:
            self._finish(paragraph)
        elif paragraph.pieces or paragraph.boxes or paragraph.prompts:
            self._carried = paragraph

    def _drawn_paragraph(self, element: etree._Element) -> None:
        """Read a paragraph of DrawingML, which stands in a shape or a locked canvas."""
        if self.paragraph is None:
            self.loose_paragraph(element)
        else:
            self._boxed(element, BlockKind.TEXT_BOX)

    def loose_paragraph(self, element: etree._Element) -> None:
        """Read an element that is a paragraph without Word's paragraph properties."""
        self._number += 1
        self.paragraph = self._new_paragraph()
        self.plain_run()
        self.inside(element)
        done = self.paragraph
        self.paragraph = None
        self._finish(done)

    def _equation(self, element: etree._Element) -> None:
        if self.paragraph is None:
            self.loose_paragraph(element)
        else:
            self.inside(element)

    def _release(self) -> None:
        """Finish a paragraph that would run on where nothing follows it."""
        if self._carried is not None:
            carried = self._carried
            self._carried = None
            self._finish(carried)

    def _finish(self, paragraph: Paragraph) -> None:
        """Turn a read paragraph into its block, followed by those of its text boxes and empty controls."""
        label = ""
        if paragraph.num_id and paragraph.num_id != "0" and not self.dropping:
            label = self._numbering.label(paragraph.num_id, paragraph.ilvl, style=paragraph.list_style)
        text = paragraph.text() if paragraph.pieces else ""
        if text:
            block = self._block(paragraph, text, label)
            self.blocks.append(block)
            self._count(block.kind)
        if paragraph.boxes:
            self.blocks.extend(paragraph.boxes)
        for controls in paragraph.prompts:
            self.blocks.append(self._empty_block(paragraph, controls))
        if self._open_controls:
            for control in self._open_controls:
                if not control.empty:
                    control.empty.append(self._empty_block(paragraph, self._controls))

    def _block(self, paragraph: Paragraph, text: str, label: str) -> RawBlock:
        style = paragraph.style
        return RawBlock(
            text=text,
            kind=self._kind(paragraph, label),
            place=Place(self._part, paragraph.path, self._cells, paragraph.number),
            story=self._story,
            style=style.name,
            level=paragraph.level,
            label=label,
            controls=paragraph.all_controls() if paragraph.covers else paragraph.controls,
            bold=not paragraph.plain,
            size=paragraph.size or style.size,
            width=self._width,
            row_cells=self._table.row_cells if self._cells else 0,
        )

    def _empty_block(self, paragraph: Paragraph, controls: tuple[str, ...]) -> RawBlock:
        """Return the block that says a content control was not filled in."""
        return RawBlock(
            text="",
            kind=self._kind(paragraph, ""),
            place=Place(self._part, paragraph.path, self._cells, paragraph.number),
            story=self._story,
            style=paragraph.style.name,
            level=paragraph.level,
            controls=controls,
            placeholder=True,
            width=self._width,
            row_cells=self._table.row_cells if self._cells else 0,
        )

    def _kind(self, paragraph: Paragraph, label: str) -> BlockKind:
        if self._story in _NOTE_KINDS:
            return _NOTE_KINDS[self._story]
        if self._container is not BlockKind.PARAGRAPH:
            return self._container
        if paragraph.level:
            return BlockKind.HEADING
        return BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH

    def _count(self, kind: BlockKind) -> None:
        if self._story is not Story.BODY:
            self.ledger.note(self._story.value)
        elif kind is BlockKind.CELL:
            self.ledger.note("table cell")
        elif kind is BlockKind.TEXT_BOX:
            self.ledger.note("text box")
        else:
            self.ledger.note("body")

    def _read_table(self, element: etree._Element) -> None:
        if self.paragraph is not None:
            self._boxed(element, self._container)
            return
        self._release()
        outer = self._table
        depth = len(self._cells)
        self._tables[depth] = self._tables.get(depth, 0) + 1
        self._table = _Table(number=self._tables[depth])
        self._below(element)
        self._table = outer

    def _row(self, element: etree._Element) -> None:
        table = self._table
        table.row += 1
        table.column = 1
        table.row_cells = _cells_below(element)
        properties = child_of(element, W + "trPr")
        content = ""
        if properties is not None:
            before = child_of(properties, W + "gridBefore")
            if before is not None:
                table.column += _span(before)
            hidden = child_of(properties, W + "hidden")
            if child_of(properties, W + "del") is not None:
                content = "deleted text"
            elif hidden is not None and is_on(hidden):
                content = "hidden text"
        if content:
            self.skip(element, content)
        else:
            self.enter(element)

    def _cell(self, element: etree._Element) -> None:
        self._release()
        table = self._table
        properties = child_of(element, W + "tcPr")
        span = 1
        deleted = False
        if properties is not None:
            grid_span = child_of(properties, W + "gridSpan")
            if grid_span is not None:
                span = max(1, _span(grid_span))
            deleted = child_of(properties, W + "cellDel") is not None
        outer = (self._cells, self._width, self._container)
        self._cells = (*self._cells, CellPlace(max(1, table.number), max(1, table.row), table.column))
        self._width = span
        self._container = BlockKind.CELL
        if deleted:
            self.skip(element, "deleted text")
        else:
            self.read_as(element, "table cell")
        self._release()
        self._cells, self._width, self._container = outer
        table.column = min(table.column + span, _MOST_COLUMNS)

    def _control(self, element: etree._Element) -> None:
        """Read a content control, round runs, paragraphs, cells or rows, and notice if nobody filled it in."""
        properties = child_of(element, W + "sdtPr")
        names: tuple[str, ...] = ()
        prompt = fillable = False
        if properties is not None:
            names = tuple(value for name in ("alias", "tag") if (value := _value(properties, name)))
            shown = child_of(properties, W + "showingPlcHdr")
            prompt = shown is not None and is_on(shown)
            fillable = (prompt or bool(names)) and child_of(properties, W + "picture") is None
            gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(VAL, "").casefold() in _CONTENTS_GALLERIES:
                self.skip(element, "table of contents")
                return
        outer = self._controls
        self._controls += names
        if self.dropping or self.fields.dropping:
            self.enter(element)
        elif self.paragraph is not None:
            self._inline_control(element, self.paragraph, names, prompt=prompt, fillable=fillable)
        else:
            control = _Control(len(self.blocks))
            if fillable:
                self._open_controls.append(control)
            self._read_control(element, prompt=prompt)
            if fillable:
                self._open_controls.pop()
                if len(self.blocks) == control.blocks_before and self._carried is None:
                    self.blocks.extend(control.empty or [self._empty_block(self._new_paragraph(), self._controls)])
        self._controls = outer

    def _inline_control(
        self, element: etree._Element, paragraph: Paragraph, names: tuple[str, ...], *, prompt: bool, fillable: bool
    ) -> None:
        """Read a content control inside a paragraph."""
        first = len(paragraph.pieces)
        place = len(paragraph.covers)
        prompts = len(paragraph.prompts)
        boxes = len(paragraph.boxes)
        self._read_control(element, prompt=prompt)
        filled = any(not piece.isspace() for piece in paragraph.pieces[first:])
        if filled and names:
            # The outer control of nested ones ends last but is named first.
            paragraph.covers.insert(place, (names, first, len(paragraph.pieces)))
        elif fillable and not filled and len(paragraph.prompts) == prompts and len(paragraph.boxes) == boxes:
            paragraph.prompts.append(self._controls)

    def _read_control(self, element: etree._Element, *, prompt: bool) -> None:
        if prompt:
            self.skip(element, "placeholder")
        else:
            self.enter(element)

    def _text_box(self, element: etree._Element) -> None:
        self._boxed(element, BlockKind.TEXT_BOX)

    def _boxed(self, element: etree._Element, container: BlockKind) -> None:
        """Read paragraphs that stand inside a paragraph; they follow it as blocks of their own."""
        anchor = self.paragraph
        outer = (self.path, self._carried, self._container, self.blocks, self._open_controls, self.fields.open)
        hidden = self.fields.dropping
        self.path = _path_to(element, self._root)
        self.paragraph = None
        self._carried = None
        self._container = container
        self.fields.open = []
        self.fields.dropping = ""
        if anchor is not None:
            self.blocks = []
            self._open_controls = []
        if hidden:
            self.skip(element, hidden)
        elif element.tag == W + "txbxContent":
            self.read_as(element, "text box")
        else:
            self.handlers[str(element.tag)](self, element)
        self._release()
        found = self.blocks
        self.paragraph = anchor
        self.path, self._carried, self._container, self.blocks, self._open_controls, self.fields.open = outer
        self.fields.dropping = hidden
        if anchor is not None:
            anchor.boxes.extend(found)


def _path_to(element: etree._Element, root: etree._Element) -> list[int]:
    """Return the child indexes that lead from the root to an element."""
    path = []
    parent = element.getparent()
    while element is not root and parent is not None:
        path.append(parent.index(element))
        element = parent
        parent = element.getparent()
    return path[::-1]


def _cells_below(row: etree._Element) -> int:
    """Return how many cells a row has, counting those inside controls and other wrappers."""
    count = 0
    for child in row:
        if child.tag == W + "tc":
            count += 1
        elif child.tag not in (W + "trPr", W + "tblPrEx"):
            count += _cells_below(child)
    return count


def _span(element: etree._Element) -> int:
    """Return a number of grid columns as the file declares it, never absurdly large."""
    return max(0, min(number(element.get(VAL)), _MOST_COLUMNS))


def _value(element: etree._Element, name: str) -> str:
    child = child_of(element, W + name)
    return child.get(VAL, "").strip() if child is not None else ""


HANDLERS: dict[str, Handler] = {
    **INLINE_HANDLERS,
    W + "p": Walker._paragraph,
    A + "p": Walker._drawn_paragraph,
    W + "tbl": Walker._read_table,
    W + "tr": Walker._row,
    W + "tc": Walker._cell,
    W + "sdt": Walker._control,
    W + "txbxContent": Walker._text_box,
    M + "oMath": Walker._equation,
    M + "oMathPara": Walker._equation,
}
"""How each element is read, wherever it stands."""
