"""Stacked bars: how the cases of each group fall on the categories."""

from typing import TYPE_CHECKING

from pipeline.model.codes import say
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.tables import CellKind, Row, Table
from pipeline.report.figures.figure import Figure
from pipeline.report.figures.style import (
    CATEGORY_COLOURS,
    CATEGORY_HATCHES,
    HIDDEN_HATCH,
    INK,
    RULE,
    canvas,
    dark,
    per_cent_axis,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

_NARROW = 0.045
"""A part narrower than this share of its bar has no room for its number."""


def draw(figure: Figure, lang: str) -> "Canvas":
    """Draw one bar a column of the table, its parts the rows; hidden parts are one hatched part."""
    table = figure.table
    if table is None or not table.rows:
        raise ValueError(f"figure {figure.id} has no table")
    names = [say(heading.label, lang) for heading in table.header[-1]]
    parts = [row for row in table.rows if not row.total and not row.group]
    sizes = [_size(table, parts, column) for column in range(table.width)]
    totals = next((row.cells for row in table.rows if row.total), ())
    shown = [round(cell.number) if not cell.hidden else 0 for cell in totals] or sizes
    made, axes = canvas(0.62 + 0.36 * table.width)
    places = list(range(table.width))[::-1]
    for column, place in enumerate(places):
        _bar(axes, parts, column, place, sizes[column])
    labels = [f"{name}  (n = {size})" if size else name for name, size in zip(names, shown, strict=True)]
    axes.set_yticks(places, labels)
    per_cent_axis(axes, lang)
    _legend(made, parts, lang, hidden=any(cell.hidden for row in parts for cell in row.cells))
    return made


def _size(table: Table, parts: list[Row], column: int) -> int:
    """Return how many a bar stands for: what its parts add up to, or the total where some are hidden."""
    if not any(row.cells[column].hidden for row in parts):
        return sum(round(row.cells[column].number) + row.cells[column].split for row in parts)
    totals = [row.cells[column] for row in table.rows if row.total]
    return round(totals[0].number) if totals and not totals[0].hidden else 0


def _bar(axes: "Axes", parts: list[Row], column: int, place: int, size: int) -> None:
    if not size:
        return
    left = 0.0
    for row in parts:
        cell = row.cells[column]
        number = 0 if cell.hidden else round(cell.number) + cell.split
        if cell.kind is not CellKind.COUNT or not number:
            continue
        category = category_of(row)
        colour = CATEGORY_COLOURS.get(category, RULE)
        width = number / size
        axes.barh(
            place, width, left=left, height=0.66, color=colour, edgecolor="white", linewidth=0.8,
            hatch=CATEGORY_HATCHES.get(category, ""),
        )  # fmt: skip
        if width > _NARROW:
            ground = {"boxstyle": "round,pad=0.15", "facecolor": colour, "edgecolor": "none"}
            axes.text(
                left + width / 2, place, str(number), ha="center", va="center_baseline", fontsize=8,
                color="white" if dark(colour) else INK, bbox=ground if category in CATEGORY_HATCHES else None,
            )  # fmt: skip
        left += width
    if any(row.cells[column].hidden for row in parts) and left < 1:
        axes.barh(place, 1 - left, left=left, height=0.66, color="white", edgecolor=RULE, hatch=HIDDEN_HATCH)


def category_of(row: Row) -> str:
    """Return the category that a row counts, by what its cells count or by its label; empty for another row."""
    for cell in row.cells:
        value = dict(cell.query).get("category")
        if value:
            return value.split("+")[0]
    return next((category.value for category, label in CATEGORY_LABELS.items() if label == row.label), "")


def _legend(made: "Canvas", parts: list[Row], lang: str, *, hidden: bool) -> None:
    from matplotlib.patches import Patch

    handles = []
    for row in parts:
        category = category_of(row)
        colour = CATEGORY_COLOURS.get(category, RULE)
        hatch = CATEGORY_HATCHES.get(category, "")
        handles.append(Patch(facecolor=colour, edgecolor="white", hatch=hatch, label=say(row.label, lang)))
    if hidden:
        name = "hidden" if lang == "en" else "skjult"
        handles.append(Patch(facecolor="white", edgecolor=RULE, hatch=HIDDEN_HATCH, label=name))
    made.legend(
        handles=handles,
        loc="outside upper right",
        ncols=len(handles),
        handlelength=1.2,
        columnspacing=1.2,
        borderpad=0.2,
    )
