"""What a reader of any file format hands on: paragraphs in reading order, with where they stood."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.cases import BlockKind, Place, Tally


class Story(StrEnum):
    """Which stream of text of a Word file a paragraph belongs to."""

    BODY = "body"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class RawBlock:
    r"""A paragraph as read from a file, before anything is made of it.

    Attributes:
        text: Its text in NFC without white space at the ends; a manual line break is ``\\n``, a tab ``\\t``.
        kind: What it is in the file.
        place: Where it stands.
        story: Its stream of text; headers and footers are never coded but may hold attributes.
        style: Name of its paragraph style ("heading 1", in Word's own English for built-in styles).
        level: Outline level 1-9 by style chain or direct setting, 0 for running text.
        label: The list label Word would show.
        controls: Alias and tag of every content control around it, outermost first.
        bold: True when all its text is bold.
        lead: How many characters at its beginning are bold where the rest is not: a run-in heading; else 0.
        size: Largest font size set on its runs or style, in points; 0 where none is set.
        placeholder: True when it is the unfilled prompt of a content control: an empty field, never text.
        width: How many grid columns its cell spans, 0 outside tables.
        row_cells: How many cells its table row has, 0 outside tables.
    """

    text: str
    kind: BlockKind
    place: Place
    story: Story = Story.BODY
    style: str = ""
    level: int = 0
    label: str = ""
    controls: tuple[str, ...] = ()
    bold: bool = False
    size: float = 0.0
    placeholder: bool = False
    width: int = 0
    row_cells: int = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class RawText:
    """One file as read.

    Attributes:
        blocks: Body first, then footnotes and endnotes, then headers and footers.
        ledger: What was read and what was skipped, with reasons; balanced over all characters of the file.
        file_digest: SHA-256 of the file's bytes.
    """

    blocks: tuple[RawBlock, ...]
    ledger: tuple[Tally, ...]
    file_digest: str
