"""What a heading looks like: the form of a paragraph, and the value that says it may begin a section."""

from dataclasses import dataclass

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.labels import LONGEST_LABEL, Book, Match
from pipeline.model.cases import OTHER, BlockKind

CONTROL, TABLE, HEADING, LABEL, RUN_IN = "control", "table", "heading", "label", "run-in"
STEPS = (CONTROL, TABLE, HEADING, LABEL, RUN_IN)
"""The steps of the cascade, surest first."""

MOST_WORDS = 14
"""A line of more words is no heading."""

_TITLE_STYLES = ("title", "subtitle", "titel", "undertitel")

TableId = tuple[int, ...]
"""Which table of the file: numbers of the cells around it, and its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may begin a section.

    Attributes:
        block: Its index among the raw blocks.
        kind: The section it would begin; ``other`` for a heading that the template does not know.
        rule: The step of the cascade that saw it.
        system: Rule and form ("heading:1", "label:bold/0"): headings of one file mostly share one.
        title: The heading as written, empty for a content control without one.
        labels: Indexes of the blocks that are the heading itself.
        cut: Where the running text begins in a run-in paragraph, else 0.
        weight: How many letters of the heading the template's alias gives.
        columns: For a column of a table: its number, with the table and the header's row.
        weak: True for a plain line, or words before running text, that only a keyword makes a heading: it can fill
            the place of a missing section, no more.
    """

    block: int
    kind: str
    rule: str
    system: str
    title: str
    labels: tuple[int, ...] = ()
    cut: int = 0
    weight: int = 0
    columns: tuple[tuple[int, ...], int, int] | None = None
    weak: bool = False


def table_of(block: RawBlock) -> TableId:
    """Return the identity of the innermost table around a block; empty outside tables."""
    if not block.place.cells:
        return ()
    outer = tuple(number for cell in block.place.cells[:-1] for number in (cell.table, cell.row, cell.column))
    return (*outer, block.place.cells[-1].table)


def looks_like_heading(block: RawBlock, body_size: float = 0.0) -> bool:
    """Say whether the form of a short paragraph is that of a heading: level, bold, large or capitals."""
    text = block.text
    if not text or len(text) > LONGEST_LABEL or "\n" in text or len(text.split()) > MOST_WORDS:
        return False
    if text[-1] in ".;,":
        return False
    return bool(block.level or block.bold or block.size > body_size > 0 or (text.isupper() and len(text) > 3))


def is_title(block: RawBlock, book: Book) -> bool:
    """Say whether a block is the document's own title."""
    return block.style.casefold() in _TITLE_STYLES or (
        len(block.text) <= LONGEST_LABEL and book.titles.find(block.text) is not None
    )


def body_size(blocks: tuple[RawBlock, ...]) -> float:
    """Return the font size in which most of the body's characters are set, 0 where none is set."""
    sizes: dict[float, int] = {}
    for block in blocks:
        if block.story is Story.BODY and block.level == 0:
            sizes[block.size] = sizes.get(block.size, 0) + len(block.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def look_of(block: RawBlock) -> str:
    """Return the form of a label: labels of one file that look alike belong together."""
    look = "bold" if block.bold else "capitals" if block.text.isupper() else "plain"
    place = "cell" if block.place.cells else "text"
    return f"{LABEL}:{look}/{block.size:g}/{place}"


def is_bullet(block: RawBlock) -> bool:
    """Say whether a paragraph is an item of a list without numbers."""
    if block.kind is BlockKind.LIST_ITEM:
        return not block.label[:1].isalnum()
    return block.text[:1] in "-–—•·▪" and block.text[1:2].isspace()


def stands_numbered(index: int, blocks: tuple[RawBlock, ...]) -> bool:
    """Say whether a short paragraph has a number of its own and is no item of a list."""
    block = blocks[index]
    if block.text[-1:] in ".;," or len(block.text.split()) > MOST_WORDS or not _number_of(block):
        return False
    beside = [blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks)]
    return not any(_number_of(other) for other in beside)


def _number_of(block: RawBlock) -> bool:
    """Say whether a paragraph begins with a number, typed or given by Word."""
    first = block.label or block.text[:4]
    return first[:1].isdigit() and (bool(block.label) or any(mark in first for mark in ".):"))


def is_attribute(text: str, book: Book) -> bool:
    """Say whether a text is the label of an attribute, alone or with its value."""
    if book.attributes.find(text):
        return True
    label, mark, _ = text.partition(":")
    return bool(mark) and book.attributes.find(label) is not None


def has_form(index: int, blocks: tuple[RawBlock, ...], size: float) -> bool:
    """Say whether a paragraph's form shows that it is a heading, whatever its words."""
    block = blocks[index]
    if block.kind is BlockKind.LIST_ITEM or _number_of(block):
        return stands_numbered(index, blocks)
    return looks_like_heading(block, size)


def whole_candidate(index: int, text: str, rule: str, system: str, match: Match | None) -> Candidate:
    """Return the candidate that a whole block is; without a match it is a heading that the template does not know."""
    return Candidate(
        block=index,
        kind=match.name if match else OTHER,
        rule=rule,
        system=system,
        title=text,
        labels=(index,),
        weight=match.weight if match else 0,
    )
