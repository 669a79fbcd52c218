"""A figure as a value: what it shows, in words too, and the table or values it is drawn from."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import Label
from pipeline.patterns.tables import Table


class FigureKind(StrEnum):
    """How a figure is drawn."""

    BARS = "bars"
    """Stacked bars: groups by category."""
    HEAT = "heat"
    """A heat map: codes by category, in per cent."""
    FOREST = "forest"
    """Estimates with their intervals."""
    SPREAD = "spread"
    """Every case's value as a dot, by group, with median and quartiles."""
    TIMELINES = "timelines"
    """The events of each case in the order told."""
    PICTURE = "picture"
    """Drawn already, by another room."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot or sign of a figure.

    Attributes:
        at: Its place on the axis.
        kind: What it stands for (``certain``, ``uncertain``; ``facilitator``, ``inhibitor``, ``result``, ``setback``).
        strong: True for a sign that is to stand out.
    """

    at: float
    kind: str = "certain"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a figure with its marks: a group of cases, or one case."""

    label: Label
    marks: tuple[Mark, ...]
    group: Label | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that every writer can place.

    Attributes:
        id: Short name, for file names and references.
        kind: How it is drawn.
        title: What it shows.
        alt: The same for readers who do not see it: what is compared, and where the numbers stand.
        table: The table it is drawn from; where counts are hidden in it, they are hidden in the figure.
        series: Its values, for figures that are not drawn from a table.
        axis: What the axis shows.
        reference: Where no difference lies on the axis of a forest plot.
        notes: Sentences below it.
        internal: True when it shows single cases: it is never part of a public report.
        wide: True for a figure that needs a page on its side to be read.
        picture: (form, bytes) of a figure that is drawn already.
    """

    id: str
    kind: FigureKind
    title: Label
    alt: Label
    table: Table | None = None
    series: tuple[Series, ...] = ()
    axis: Label | None = None
    reference: float | None = None
    notes: tuple[Label, ...] = ()
    internal: bool = False
    wide: bool = False
    picture: tuple[tuple[str, bytes], ...] = ()
