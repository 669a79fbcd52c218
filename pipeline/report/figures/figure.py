"""A figure as a value: what it shows, in words too, and the table or values it is drawn from."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.model.codes import Label
from pipeline.patterns.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas


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
    picture: tuple[tuple[str, bytes], ...] = ()


def draw(figure: Figure, *, lang: str = "da", form: str = "png") -> bytes:
    """Return a figure as the bytes of a picture, the same every time.

    Args:
        figure: The figure.
        lang: ``da`` or ``en``.
        form: ``png``, ``svg`` or ``pdf``.

    Raises:
        ValueError: The figure has nothing to show.
    """
    if figure.kind is FigureKind.PICTURE:
        drawn = dict(figure.picture)
        if form not in drawn:
            raise ValueError(f"figure {figure.id} is not drawn as {form}")
        return drawn[form]
    from pipeline.report.figures import bars, forest, heat, spread, timelines
    from pipeline.report.figures.style import picture

    drawers: dict[FigureKind, Callable[[Figure, str], Canvas]] = {
        FigureKind.BARS: bars.draw,
        FigureKind.HEAT: heat.draw,
        FigureKind.FOREST: forest.draw,
        FigureKind.SPREAD: spread.draw,
        FigureKind.TIMELINES: timelines.draw,
    }
    return picture(lambda: drawers[figure.kind](figure, lang), form)
