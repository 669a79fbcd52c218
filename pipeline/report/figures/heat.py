"""A heat map: in how large a share of each group's cases a code is used."""

from textwrap import fill
from typing import TYPE_CHECKING

from pipeline.model.codes import say
from pipeline.patterns.tables import CellKind, Row, Table
from pipeline.report.figures.figure import Figure
from pipeline.report.figures.style import INK, QUIET, canvas, shade
from pipeline.report.numbers import format_count

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

_LINE = 0.168
"""Height of a row, in inches."""
_MOST = 60
"""Letters of a label before it is cut short."""
_COLUMN = 14
"""Letters of a column's name on one line."""
_DARK = 0.52
"""Share above which letters are white."""


def draw(figure: Figure, lang: str) -> "Canvas":
    """Draw one row a code and one column a group, the share in per cent written in each field."""
    table = figure.table
    if table is None or not table.rows:
        raise ValueError(f"figure {figure.id} has no table")
    columns = [at for at in range(table.width) if _shares(table, at)]
    made, axes = canvas(0.65 + _LINE * len(table.rows))
    height = len(table.rows)
    for at, row in enumerate(table.rows):
        if row.group:
            axes.text(
                -0.06,
                at + 0.56,
                say(row.label, lang),
                ha="right",
                va="center",
                fontsize=7,
                fontweight="bold",
                color=INK,
            )
            continue
        axes.text(-0.06, at + 0.5, _short(say(row.label, lang)), ha="right", va="center", fontsize=6.6, color=INK)
        _row(axes, row, columns, at, lang)
    axes.set_xlim(0, len(columns))
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    names = [_name(table, at, lang) for at in columns]
    axes.set_xticks([place + 0.5 for place in range(len(columns))], names, fontsize=7)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", labelcolor=QUIET, pad=2)
    axes.spines["bottom"].set_visible(False)
    return made


def _shares(table: Table, column: int) -> bool:
    return any(row.cells[column].kind is CellKind.SHARE for row in table.rows if not row.group)


def _row(axes: "Axes", row: Row, columns: list[int], at: int, lang: str) -> None:
    from matplotlib.patches import Rectangle

    for place, column in enumerate(columns):
        cell = row.cells[column]
        hidden = cell.hidden or cell.kind is not CellKind.SHARE
        colour = "white" if hidden else shade(cell.number)
        axes.add_patch(Rectangle((place + 0.02, at + 0.04), 0.96, 0.92, facecolor=colour, edgecolor="none"))
        words = (cell.sign if cell.hidden else "") if hidden else format_count(100 * cell.number, lang)
        white = not hidden and cell.number > _DARK
        axes.text(
            place + 0.5, at + 0.52, words, ha="center", va="center", fontsize=6.6, color="white" if white else INK
        )


def _name(table: Table, column: int, lang: str) -> str:
    """Return the name over a column's outermost heading, its n on a line of its own."""
    seen = 0
    for heading in table.header[0]:
        seen += heading.span
        if column < seen:
            name, bracket, size = say(heading.label, lang).partition(" (")
            wrapped = fill(name, _COLUMN, break_long_words=False)
            return f"{wrapped}\n({size}" if bracket else wrapped
    return ""


def _short(label: str) -> str:
    return label if len(label) <= _MOST else label[: _MOST - 1].rstrip() + "…"
