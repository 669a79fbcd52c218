"""A table as a value: title, notes, header levels, typed cells and the query that made it; writers only format it."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import Label


class CellKind(StrEnum):
    """What a cell holds, so that each format can show it its own way."""

    EMPTY = "empty"
    TEXT = "text"
    COUNT = "count"
    """A whole number; ``split`` counts the split cases beside it."""
    SHARE = "share"
    """A fraction 0-1, shown as per cent."""
    P_VALUE = "p_value"
    """The p of a test, shown with three decimals."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        kind: What it holds.
        number: The count, share or p.
        text: The words of a text cell, in both languages.
        split: Split cases counted beside the whole ones ("33 + 1 todelt").
        hidden: True when the value must not be shown; writers show a sign in its place.
    """

    kind: CellKind = CellKind.EMPTY
    number: float = 0
    text: Label | None = None
    split: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over one or more columns."""

    label: Label
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        label: What stands in front.
        cells: One per column.
        level: 0 for a main row, 1 for one under it.
        total: True for a row of totals.
        group: True for a heading row within the table; its cells are empty.
    """

    label: Label
    cells: tuple[Cell, ...]
    level: int = 0
    total: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that every writer can write.

    Attributes:
        id: Short name, for file names and references (``category_by_cluster``).
        title: What it shows.
        stub: Heading of the row labels.
        header: One level of headings or more, outermost first; each level's spans sum to the number of columns.
        rows: The rows.
        notes: Sentences below the table.
        source: Which values and which counting made it.
    """

    id: str
    title: Label
    stub: Label
    header: tuple[tuple[Heading, ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[Label, ...] = ()
    source: Label | None = None

    @property
    def width(self) -> int:
        """Number of columns beside the row labels."""
        return sum(heading.span for heading in self.header[-1])


def count(number: int, *, split: int = 0) -> Cell:
    """Return a cell with a count, and beside it split cases."""
    return Cell(CellKind.COUNT, number, split=split)


def share(hits: int, of: int) -> Cell:
    """Return a cell with a share; empty where there is nothing to count."""
    return Cell(CellKind.SHARE, hits / of) if of else Cell()


def words(text: Label | str) -> Cell:
    """Return a cell with text, the same in both languages where it is a string."""
    return Cell(CellKind.TEXT, text=Label(text, text) if isinstance(text, str) else text)


def p_value(value: float) -> Cell:
    """Return a cell with the p of a test."""
    return Cell(CellKind.P_VALUE, value)
