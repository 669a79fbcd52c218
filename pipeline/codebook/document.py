"""A document as plain data, independent of its format: headings, paragraphs, lists and tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 for a chapter, 2 for a section, 3 for a subsection.
        text: What it says.
        anchor: Name to link to, unique in the document.
        mark: A short technical name shown behind it, such as a code's id; empty for none.
    """

    level: int
    text: str
    anchor: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        text: What it says.
        lead: Words in bold before it; empty for none.
        lang: Its language where it is not the document's.
    """

    text: str
    lead: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A bulleted list.

    Attributes:
        items: Its items.
        lead: Words in bold above it; empty for none.
        lang: The items' language where it is not the document's.
    """

    items: tuple[str, ...]
    lead: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row.

    Attributes:
        caption: What it shows.
        header: Column titles.
        rows: Cells, as many in each row as there are columns.
        links: For each row the anchor its first cell leads to; empty for none.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class CodebookDocument:
    """A codebook for readers.

    Attributes:
        lang: Its language, ``da`` or ``en``.
        title: Its title.
        subtitle: Version and numbers.
        blocks: Its content in order.
    """

    lang: str
    title: str
    subtitle: str
    blocks: tuple[Block, ...]
