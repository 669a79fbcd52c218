"""How a file is divided: its headings, and what they say."""

from dataclasses import dataclass

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.headings import TableId
from pipeline.corpus.labels import Book


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading that begins a section.

    Attributes:
        block: Index of the raw block where it stands.
        kind: The section it begins.
        title: The heading as written.
        rule: Which step of the cascade found it.
        labels: Indexes of the blocks that are the heading itself.
        cut: Where the running text begins in a run-in paragraph, else 0.
        columns: For a column of a table: the table, the header's row and the column.
    """

    block: int
    kind: str
    title: str
    rule: str
    labels: tuple[int, ...] = ()
    cut: int = 0
    columns: tuple[TableId, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """How a file is divided.

    Attributes:
        marks: The headings, in reading order.
        inner: Indexes of headings inside sections, which divide nothing.
        suggestions: Indexes of paragraphs that look like headings; nothing is divided there.
    """

    marks: tuple[Mark, ...]
    inner: frozenset[int] = frozenset()
    suggestions: tuple[int, ...] = ()


def also_names(title: str, kind: str, book: Book) -> tuple[str, ...]:
    """Return the later sections that a heading names beside its own ("Resultat, perspektiv og økonomi").

    Args:
        title: The heading as written.
        kind: The section it begins.
        book: The template's labels.
    """
    if kind not in book.order:
        return ()
    later = book.order[book.order.index(kind) + 1 :]
    return tuple(match.name for match in book.sections.keywords(title) if match.name in later)


def has_text(at: int, marks: list[Mark], blocks: tuple[RawBlock, ...]) -> bool:
    """Say whether text stands between a heading and the next."""
    mark = marks[at]
    start = max((*mark.labels, mark.block if mark.labels else mark.block - 1)) + 1
    end = marks[at + 1].block if at + 1 < len(marks) else len(blocks)
    return any(
        blocks[index].story is Story.BODY and blocks[index].text and not blocks[index].placeholder
        for index in range(start, end)
    )
