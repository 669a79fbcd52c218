"""A table as a value: title, notes, header levels, typed cells and the query that made it; writers only format it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import Label, say


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
    NUMBER = "number"
    """A number with so many ``decimals``: months, an odds ratio, a coefficient."""
    INTERVAL = "interval"
    """Bounds from ``low`` to ``high``; a bound that is not there is None."""


Query = tuple[tuple[str, str], ...]
"""What a cell counts, as (dimension, value) pairs sorted by dimension."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        kind: What it holds.
        number: The count, share, p or number.
        text: The words of a text cell, in both languages.
        split: Split cases counted beside the whole ones ("33 + 1 todelt").
        hidden: True when the value must not be shown; writers show ``sign`` in its place, and no value is left in it.
        sign: What stands in place of a hidden value (``<5``).
        decimals: Of a number or interval.
        low: Lower bound of an interval.
        high: Upper bound of an interval.
        cases: Ids of the cases counted, so that a reader can go from the number to them; empty where it counts
            something else.
        query: What is counted, as (dimension, value) pairs in the order of the dimensions' names:
            ``(("category", "partial"), ("code", "waiting.queue"))``. Cells of the same query hold the same number in
            every table, which is what disclosure control goes by. Dimensions in use: ``code``, ``category``,
            ``cluster``, ``municipality``, ``attachment``; ``time`` where not only the course counts; ``unit`` where
            something else than cases is counted.
    """

    kind: CellKind = CellKind.EMPTY
    number: float = 0
    text: Label | None = None
    split: int = 0
    hidden: bool = False
    sign: str = ""
    decimals: int = 2
    low: float | None = None
    high: float | None = None
    cases: tuple[str, ...] = ()
    query: Query = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over one or more columns.

    Attributes:
        label: Its words.
        span: How many columns it stands over.
        base: How many cases there are in the group that it names, 0 where it names none: the number that counts below
            it are a part of.
    """

    label: Label
    span: int = 1
    base: int = 0


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


class TieKind(StrEnum):
    """How parts lie in a whole."""

    DIVIDE = "divide"
    """The parts and what is left are the whole, nothing twice; what is left is a count like any other."""
    WITHIN = "within"
    """The parts are no more than the whole; how much less tells nothing of anyone."""
    COVER = "cover"
    """The parts, which may overlap, hold all of the whole: together they are no less."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What a count has to do with other counts, in whatever tables: what cannot be read off the queries alone.

    It holds within every category, cluster or place too: said of a code, it is said of the code in each category.

    Attributes:
        kind: How the parts lie in the whole.
        whole: Query of the whole.
        parts: Queries of the parts.
        left: Query of what is left of the whole, for ``DIVIDE``; empty where nothing is.
        times: How often at least the parts hold each of the whole, for ``COVER``.
    """

    kind: TieKind
    whole: Query
    parts: tuple[Query, ...]
    left: Query = ()
    times: int = 1


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
        internal: True when it names cases or holds words from them: it is never part of a public report.
        ties: What its counts have to do with each other and with those of other tables, beside what their queries
            tell: disclosure control goes by it.
    """

    id: str
    title: Label
    stub: Label
    header: tuple[tuple[Heading, ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[Label, ...] = ()
    source: Label | None = None
    internal: bool = False
    ties: tuple[Tie, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns beside the row labels."""
        return sum(heading.span for heading in self.header[-1])


def heading_path(table: Table, column: int) -> tuple[Heading, ...]:
    """Return the headings over a column, outermost first."""
    path = []
    for headings in table.header:
        seen = 0
        for heading in headings:
            seen += heading.span
            if column < seen:
                path.append(heading)
                break
    return tuple(path)


def column_name(table: Table, column: int) -> str:
    """Return the English name of a column, the levels of its heading joined."""
    return ": ".join(heading.label.en for heading in heading_path(table, column))


def query_of(pairs: Mapping[str, str]) -> Query:
    """Return what is counted in the form that cells hold.

    Args:
        pairs: Dimension to value.
    """
    return tuple(sorted(pairs.items()))


def count(number: int, *, split: int = 0, cases: Iterable[str] = (), query: Mapping[str, str] | None = None) -> Cell:
    """Return a cell with a count, and beside it split cases.

    Args:
        number: The count.
        split: Split cases beside it.
        cases: The cases counted, where it is cases that are counted.
        query: What is counted, dimension to value.
    """
    return Cell(CellKind.COUNT, number, split=split, cases=tuple(sorted(cases)), query=query_of(query or {}))


def share(hits: int, of: int) -> Cell:
    """Return a cell with a share; empty where there is nothing to count."""
    return Cell(CellKind.SHARE, hits / of) if of else Cell()


def words(text: Label | str) -> Cell:
    """Return a cell with text, the same in both languages where it is a string."""
    return Cell(CellKind.TEXT, text=Label(text, text) if isinstance(text, str) else text)


def p_value(value: float) -> Cell:
    """Return a cell with the p of a test."""
    return Cell(CellKind.P_VALUE, value)


def number(value: float | None, *, decimals: int = 2) -> Cell:
    """Return a cell with a number; empty for None."""
    return Cell() if value is None else Cell(CellKind.NUMBER, value, decimals=decimals)


def interval(low: float | None, high: float | None, *, decimals: int = 2) -> Cell:
    """Return a cell with the bounds of an interval; a bound may be None or infinite, and the cell is empty without any.

    Args:
        low: Lower bound.
        high: Upper bound.
        decimals: Shown of each.
    """
    if low is None and high is None:
        return Cell()
    return Cell(CellKind.INTERVAL, decimals=decimals, low=low, high=high)


def column_names(table: Table, lang: str) -> list[str]:
    """Return one name a column, the levels of the header joined by a colon.

    Args:
        table: The table.
        lang: ``da`` or ``en``.
    """
    names = [""] * table.width
    for headings in table.header:
        column = 0
        for heading in headings:
            for place in range(column, column + heading.span):
                label = say(heading.label, lang)
                names[place] = f"{names[place]}: {label}" if names[place] else label
            column += heading.span
    return names
