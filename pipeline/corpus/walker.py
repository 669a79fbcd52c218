"""Reads the paragraphs of one part in order, with text boxes and paragraphs that run on into the next."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.inline import Handler, Inline
from pipeline.corpus.ledger import Ledger
from pipeline.corpus.numbering import Numbering
from pipeline.corpus.paragraphs import Paragraph, nfc
from pipeline.corpus.styles import Styles
from pipeline.corpus.xmlnames import A, M, W
from pipeline.model.cases import BlockKind, CellPlace, Place

_NOTE_KINDS = {Story.FOOTNOTE: BlockKind.FOOTNOTE, Story.ENDNOTE: BlockKind.ENDNOTE}


@dataclass(slots=True)
class Table:
    """The table being read, with the row and the grid column reached."""

    number: int = 0
    row: int = 0
    column: int = 1
    row_cells: int = 0


class Walker(Inline):
    """Reads one part into blocks.

    Args:
        root: The part's root element.
        part: The part's name as the file spells it.
        story: The stream of text it belongs to.
        styles: The file's styles.
        numbering: The file's lists.
        ledger: The file's ledger.
        handlers: How each element is read.
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
        handlers: Mapping[str, Handler],
    ) -> None:
        super().__init__(root, styles, ledger, sink=story.value, mixed=story is Story.BODY)
        self.blocks: list[RawBlock] = []
        self._part = part
        self._story = story
        self._numbering = numbering
        self._number = 0
        self._carried: Paragraph | None = None
        self._element = root
        self._siblings: tuple[etree._Element, dict[etree._Element, int]] | None = None
        self.cells: tuple[CellPlace, ...] = ()
        self.width = 0
        self.container = BlockKind.PARAGRAPH
        self.table = Table()
        self.tables: dict[int, int] = {}
        self.controls: tuple[str, ...] = ()
        self.open_controls: list[list[RawBlock]] = []
        """For each content control around this place, the block to report if nobody filled it in."""
        self.handlers = handlers

    def read(self, element: etree._Element, path: tuple[int, ...] = ()) -> None:
        """Read an element's paragraphs into ``blocks``.

        Args:
            element: The part's root or, in a part with notes, one note.
            path: Its own path from the root.
        """
        self.path = list(path)
        self.below(element)
        self.release()

    def enter(self, element: etree._Element) -> None:
        """Read everything inside an element, wherever it stands."""
        if self.paragraph is None:
            self.below(element)
        else:
            self.inside(element)

    def loose(self, element: etree._Element) -> None:
        """Read a run that stands outside any paragraph as a paragraph of its own."""
        self.release()
        self.begin(self.new_paragraph())
        self._element = element
        self.handlers.get(str(element.tag), Inline.inside)(self, element)
        self._end()

    def below(self, element: etree._Element) -> None:
        """Read the children of an element that stands outside paragraphs, keeping the path."""
        path = self.path
        handlers = self.handlers
        path.append(0)
        for index, child in enumerate(element):
            path[-1] = index
            handler = handlers.get(child.tag)
            if handler is None:
                self.below(child)
            else:
                handler(self, child)
        path.pop()

    def new_paragraph(self) -> Paragraph:
        """Return an empty paragraph at the current place."""
        return Paragraph(path=tuple(self.path), number=self._number, controls=self.controls)

    def _paragraph(self, element: etree._Element) -> None:
        if self.paragraph is not None:
            self.boxed(element, self.container)
            return
        self._number += 1
        if not len(element) and self._carried is None and not self.open_controls:
            return
        paragraph = self._carried or self.new_paragraph()
        self._carried = None
        paragraph.set_up(element, self.styles)
        self.begin(paragraph)
        self._element = element
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
            self._bare_paragraph(element)
        else:
            self.boxed(element, BlockKind.TEXT_BOX)

    def _bare_paragraph(self, element: etree._Element) -> None:
        """Read an element that is a paragraph without Word's paragraph properties."""
        self._number += 1
        self.begin(self.new_paragraph())
        self._element = element
        self.inside(element)
        self._end()

    def _end(self) -> None:
        """Finish the current paragraph."""
        paragraph = self.paragraph
        self.paragraph = None
        if paragraph is not None:
            self._finish(paragraph)

    def _equation(self, element: etree._Element) -> None:
        if self.paragraph is None:
            self._bare_paragraph(element)
        else:
            self.inside(element)

    def is_carrying(self) -> bool:
        """Say whether text is waiting to run on into the next paragraph."""
        return self._carried is not None

    def release(self) -> None:
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
            self.blocks.append(self.empty_block(paragraph, controls))
        if self.open_controls:
            for empty in self.open_controls:
                if not empty:
                    empty.append(self.empty_block(paragraph, self.controls))

    def _block(self, paragraph: Paragraph, text: str, label: str) -> RawBlock:
        style = paragraph.style
        return RawBlock(
            text=text,
            kind=self._kind(paragraph, label),
            place=Place(self._part, paragraph.path, self.cells, paragraph.number),
            story=self._story,
            style=style.name,
            level=paragraph.level,
            label=label,
            controls=paragraph.all_controls() if paragraph.covers else paragraph.controls,
            bold=not paragraph.plain,
            lead=len(nfc("".join(paragraph.pieces[: paragraph.bold_pieces])).strip()) if paragraph.bold_pieces else 0,
            size=paragraph.size or style.size,
            width=self.width,
            row_cells=self.table.row_cells if self.cells else 0,
        )

    def empty_block(self, paragraph: Paragraph, controls: tuple[str, ...]) -> RawBlock:
        """Return the block that says a content control was not filled in."""
        return RawBlock(
            text="",
            kind=self._kind(paragraph, ""),
            place=Place(self._part, paragraph.path, self.cells, paragraph.number),
            story=self._story,
            style=paragraph.style.name,
            level=paragraph.level,
            controls=controls,
            placeholder=True,
            width=self.width,
            row_cells=self.table.row_cells if self.cells else 0,
        )

    def _kind(self, paragraph: Paragraph, label: str) -> BlockKind:
        if self._story in _NOTE_KINDS:
            return _NOTE_KINDS[self._story]
        if self.container is not BlockKind.PARAGRAPH:
            return self.container
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

    def _text_box(self, element: etree._Element) -> None:
        self.boxed(element, BlockKind.TEXT_BOX)

    def boxed(self, element: etree._Element, container: BlockKind) -> None:
        """Read paragraphs that stand inside a paragraph; they follow it as blocks of their own."""
        anchor = self.paragraph
        if anchor is None:
            outer_container = self.container
            self.container = container
            self.read_as(element, "text box")
            self.release()
            self.container = outer_container
            return
        fields = self.fields
        outer = (self.path, self._carried, self.container, self.blocks, self.open_controls, self._element)
        look = (self.bold, self.size, self.font)
        open_fields, skipped = fields.open, fields.dropping
        self.path = self._path_to(element)
        self.paragraph = self._carried = None
        self.container = container
        self.blocks = []
        self.open_controls = []
        fields.open = []
        fields.dropping = ""
        if skipped:
            self.skip(element, skipped)
        elif element.tag == W + "txbxContent":
            self.read_as(element, "text box")
        else:
            self.handlers[str(element.tag)](self, element)
        self.release()
        anchor.boxes.extend(self.blocks)
        self.paragraph = anchor
        self.path, self._carried, self.container, self.blocks, self.open_controls, self._element = outer
        self.bold, self.size, self.font = look
        fields.open, fields.dropping = open_fields, skipped

    def _path_to(self, element: etree._Element) -> list[int]:
        """Return the child indexes from the root to an element inside the current paragraph."""
        path = []
        while element is not self._element:
            parent = element.getparent()
            if parent is None:
                break
            path.append(self._place_in(parent, element))
            element = parent
        return self.path + path[::-1]

    def _place_in(self, parent: etree._Element, element: etree._Element) -> int:
        """Return an element's place among its siblings, in linear time for all the siblings together."""
        if element.getprevious() is None:
            return 0
        if self._siblings is None or self._siblings[0] is not parent:
            self._siblings = (parent, {child: at for at, child in enumerate(parent)})
        return self._siblings[1][element]


PARAGRAPH_HANDLERS: dict[str, Handler] = {
    W + "p": Walker._paragraph,
    A + "p": Walker._drawn_paragraph,
    W + "txbxContent": Walker._text_box,
    M + "oMath": Walker._equation,
    M + "oMathPara": Walker._equation,
}
"""How paragraphs and text boxes are read."""
