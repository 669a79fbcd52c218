"""Drawing a figure: each kind by its own module, all in one look."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.report.figures import bars, forest, heat, spread, timelines
from pipeline.report.figures.figure import Figure, FigureKind
from pipeline.report.figures.style import picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_DRAWERS: "dict[FigureKind, Callable[[Figure, str], Canvas]]" = {
    FigureKind.BARS: bars.draw,
    FigureKind.HEAT: heat.draw,
    FigureKind.FOREST: forest.draw,
    FigureKind.SPREAD: spread.draw,
    FigureKind.TIMELINES: timelines.draw,
}


def has_content(figure: Figure) -> bool:
    """Say whether there is anything to draw in a figure: few cases leave tables without a row or an interval.

    Args:
        figure: The figure.
    """
    if figure.kind is FigureKind.SPREAD:
        return any(line.marks for line in figure.series)
    if figure.kind is FigureKind.TIMELINES:
        return bool(figure.series)
    rows = [row for row in figure.table.rows if not row.group] if figure.table is not None else []
    if figure.kind is FigureKind.FOREST:
        return any(forest.estimate(row) is not None for row in rows)
    return figure.kind is FigureKind.PICTURE or bool(rows)


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
    return picture(lambda: _DRAWERS[figure.kind](figure, lang), form)
