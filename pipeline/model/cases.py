"""A case description as read: frozen text, its blocks, sections and attributes."""

from dataclasses import dataclass
from enum import StrEnum

PREAMBLE = "preamble"
"""The section of everything before the first heading that the template knows."""

OTHER = "other"
"""The kind of a section whose heading the template does not know."""


TEXT = "text"
"""The section of a short text that has no sections, such as a comment in a survey; rules of any section hold there."""

TOLD_IN = ("course", PREAMBLE, TEXT, "")
"""Kinds of section that tell what was before the course: elsewhere "tidligere" mostly means earlier in the course."""


class Cluster(StrEnum):
    """The target group that a case belongs to (section 1.2.3 of the study)."""

    ADULT = "adult"
    YOUTH = "youth"
    FAMILY = "family"


class BlockKind(StrEnum):
    """What a block is in the file it came from."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CELL = "cell"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


class BlockRole(StrEnum):
    """What a block does in the case: only ``content`` is coded."""

    CONTENT = "content"
    HEADING = "heading"
    """A section heading, or the label cell of a section in a form table."""
    ATTRIBUTE = "attribute"
    """A line or cell that gives an attribute of the case, such as its municipality."""
    TITLE = "title"
    """The document's own title or the name of its template."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a block stands in one table: numbers count from 1; nested tables give several of these.

    Attributes:
        table: The table's number among the tables on its level of the part.
        row: The row's number.
        column: The number of the grid column in which the cell begins.
    """

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in its file, exactly enough to put a Word comment there.

    Attributes:
        part: The part of the Word package (``word/document.xml``), or the file's name for plain text and tables.
        path: Child indexes (elements only, from 0) from the part's root to the ``w:p``; in plain text
            the line number, in a table of texts row and column, all from 1.
        cells: The table cells around the block, outermost first.
        paragraph: The number of the paragraph in its part, from 1: what a person is told.
    """

    part: str
    path: tuple[int, ...] = ()
    cells: tuple[CellPlace, ...] = ()
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, cell paragraph, text-box paragraph or note of a case.

    Attributes:
        kind: What it is in the file.
        role: What it does in the case.
        start: Where it begins in the case's text, in Unicode code points.
        end: Where it ends, exclusive.
        place: Where it stands in the file.
        style: Name of its paragraph style, empty where there is none.
        level: Outline level 1-9 of a heading, 0 for running text.
        label: The list label Word would show ("2.1", "•"); it is never part of the text.
    """

    kind: BlockKind
    role: BlockRole
    start: int
    end: int
    place: Place
    style: str = ""
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a case under one heading of the template.

    Attributes:
        kind: Id of the template's section (``course``, ``result``, ...), ``preamble`` or ``other``.
        title: The heading as written.
        start: Where its content begins in the case's text, in code points.
        end: Where its content ends, exclusive.
        found_by: Which step of the cascade found it (``control``, ``table``, ``heading``, ``label``, ``run-in``;
            ``order`` when only its place told it), ``notes`` for footnotes and endnotes, ``row`` for a short text.
    """

    kind: str
    title: str
    start: int
    end: int
    found_by: str


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person that the case is about.

    Attributes:
        name: First name or pseudonym as written, empty where only a role is given.
        role: Role in the family (``mor``, ``far``, ``søn``), empty where none is given.
        age: Age in years, None where none is given.
    """

    name: str
    role: str = ""
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the form says about a case beside its text.

    Attributes:
        municipality: Name of the municipality.
        cluster: Target group, None where it is not given or not understood.
        citizens: The persons the case is about, in the order given.
        citizen: The citizen line as written.
        author: Who filled in the form.
        date: When, as written.
        extra: Further columns of ``corpus/cases.csv``, as (name, value).
    """

    municipality: str = ""
    cluster: Cluster | None = None
    citizens: tuple[Citizen, ...] = ()
    citizen: str = ""
    author: str = ""
    date: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a file's import ledger: how much of one kind of content was read or skipped.

    Attributes:
        content: Kind of content (``body``, ``table cell``, ``comment``, ``deleted text``, ``picture``, ...).
        count: How many of them the file holds.
        characters: How many characters of text they hold.
        read: True when they are part of the case's text.
        reason: Why they were skipped, empty when read.
    """

    content: str
    count: int
    characters: int
    read: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One case description.

    Attributes:
        id: The case's name: the file's stem, or stem and row in a table of texts.
        file: Path of the file below the corpus folder, with forward slashes.
        text: The frozen text: NFC, blocks separated by one line break.
        digest: SHA-256 of the text.
        file_digest: SHA-256 of the file's bytes.
        blocks: All blocks in the order of the text.
        sections: All sections in the order of the text.
        attributes: What the form says.
        ledger: What was read and what was skipped, with reasons.
    """

    id: str
    file: str
    text: str
    digest: str
    file_digest: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    attributes: Attributes
    ledger: tuple[Tally, ...] = ()

    def section_at(self, position: int) -> Section | None:
        """Return the section that holds a position of the text, or None between sections."""
        for section in self.sections:
            if section.start <= position < section.end:
                return section
        return None


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, list item or short cell: the unit of coding.

    Attributes:
        id: Content digest (see ``ids.segment_id``).
        case: Id of its case.
        section: Kind of its section.
        start: Where it begins in the case's text, in code points.
        end: Where it ends, exclusive.
        block: Index of its block in ``Case.blocks``.
        text: Its text as it stands in the case.
    """

    id: str
    case: str
    section: str
    start: int
    end: int
    block: int
    text: str
