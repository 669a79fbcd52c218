"""A forest plot: estimates with their intervals, beside the line of no difference."""

import math
from typing import TYPE_CHECKING

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind, Row, Table
from pipeline.report.figures.figure import Figure
from pipeline.report.figures.style import ACCENT, INK, QUIET, RULE, WARM, canvas, number_ticks
from pipeline.report.numbers import format_cell

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

_LINE = 0.2
_MOST = 52


def draw(figure: Figure, lang: str) -> "Canvas":
    """Draw one line a row that has a number and an interval; rows whose numbers are hidden are left out."""
    table = figure.table
    if table is None:
        raise ValueError(f"figure {figure.id} has no table")
    lines = [row for row in _kept(table) if row.group or estimate(row) is not None]
    while lines and lines[-1].group:
        lines.pop()
    if not any(not row.group for row in lines):
        raise ValueError(f"figure {figure.id} has nothing to show")
    made, axes = canvas(0.75 + _LINE * len(lines))
    reference = figure.reference
    if reference is not None:
        axes.axvline(reference, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    bounds = [_bounds(row) for row in lines if not row.group]
    low, high = min(b[0] for b in bounds), max(b[1] for b in bounds)
    for at, row in enumerate(lines):
        if not row.group:
            _line(axes, row, at, reference)
    _labels(axes, lines, lang)
    pad = 0.04 * (high - low or 1)
    axes.set_xlim(low - pad, high + pad)
    axes.set_ylim(len(lines) - 0.4, -0.7)
    number_ticks(axes, lang, decimals=1)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    if figure.axis is not None:
        axes.set_xlabel(say(figure.axis, lang), fontsize=7.5)
    _numbers(axes, lines, lang)
    return made


def _kept(table: Table) -> list[Row]:
    """Return the rows without group headings that have no row left."""
    kept: list[Row] = []
    for row in table.rows:
        if row.group:
            if kept and kept[-1].group:
                kept.pop()
            kept.append(row)
        elif estimate(row) is not None:
            kept.append(row)
    return kept


def estimate(row: Row) -> tuple[Cell, Cell] | None:
    """Return the first number of a row and the interval right after it; None where there is none, or it is hidden."""
    for first, second in zip(row.cells, row.cells[1:], strict=False):
        if first.kind is CellKind.NUMBER and second.kind is CellKind.INTERVAL:
            return None if first.hidden or second.hidden else (first, second)
    return None


def _bounds(row: Row) -> tuple[float, float]:
    found = estimate(row)
    assert found is not None  # rows without one are left out
    point, interval = found
    ends = [point.number, interval.low, interval.high]
    known = [end for end in ends if end is not None and math.isfinite(end)]
    return min(known), max(known)


def _line(axes: "Axes", row: Row, at: int, reference: float | None) -> None:
    found = estimate(row)
    assert found is not None  # rows without one are left out
    low, high = _bounds(row)
    point = found[0].number
    apart = reference is not None and not low <= reference <= high
    below = reference is not None and point < reference
    colour = QUIET if not apart else WARM if below else ACCENT
    axes.plot([low, high], [at, at], color=colour, linewidth=1.4, solid_capstyle="butt")
    # shape and fill tell what colour tells: square below the line, round above it, hollow when it may be none
    axes.plot(
        [point], [at], marker="s" if below else "o", markersize=4.6, color=colour, markeredgecolor=colour,
        markerfacecolor=colour if apart else "white", markeredgewidth=1.1,
    )  # fmt: skip


def _labels(axes: "Axes", lines: list[Row], lang: str) -> None:
    names = [say(row.label, lang) for row in lines]
    short = [name if len(name) <= _MOST else name[: _MOST - 1].rstrip() + "…" for name in names]
    axes.set_yticks(range(len(lines)), short, fontsize=7)
    for tick, row in zip(axes.get_yticklabels(), lines, strict=True):
        tick.set_fontweight("bold" if row.group else "normal")
        tick.set_color(INK)


def _numbers(axes: "Axes", lines: list[Row], lang: str) -> None:
    """Write each estimate with its interval at the right."""
    for at, row in enumerate(lines):
        found = None if row.group else estimate(row)
        if found is not None:
            words = f"{format_cell(found[0], lang)}  [{format_cell(found[1], lang)}]"
            axes.annotate(
                words, (1.0, at), xycoords=("axes fraction", "data"), xytext=(4, 0), textcoords="offset points",
                va="center", fontsize=6.8, color=INK, annotation_clip=False,
            )  # fmt: skip
