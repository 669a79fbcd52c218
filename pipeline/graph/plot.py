"""A drawing as PNG or PDF, made with matplotlib from the same shapes as the SVG; needs no other program."""

import io
from typing import TYPE_CHECKING

from pipeline.graph.scene import Line, Polygon, Rectangle, Scene, Shape, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

POINT = 0.72
"""Points to a pixel of the drawing, of which a hundred make an inch."""

FACE = "DejaVu Sans"
"""The type that matplotlib brings along: the same on every machine."""

NARROWER = 0.86
"""It runs wider than the type that the boxes are made for."""

RESOLUTION = 200
"""Pixels to an inch of a PNG."""


def png(scene: Scene) -> bytes:
    """Return a drawing as PNG.

    Args:
        scene: The drawing.
    """
    return _written(scene, "png", {"Software": None})


def pdf(scene: Scene) -> bytes:
    """Return a drawing as PDF with text that can be searched and copied.

    Args:
        scene: The drawing.
    """
    return _written(scene, "pdf", {"Title": scene.title, "CreationDate": None, "Producer": None, "Creator": None})


def _written(scene: Scene, kind: str, metadata: dict[str, str | None]) -> bytes:
    import matplotlib as mpl

    buffer = io.BytesIO()
    # whatever the user's own settings are, the same drawing gives the same bytes
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": "agg", "font.family": FACE, "pdf.fonttype": 42}):
        _figure(scene).savefig(buffer, format=kind, dpi=RESOLUTION, metadata=metadata)
    return buffer.getvalue()


def _figure(scene: Scene) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(scene.width / 100, scene.height / 100), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    order = 0
    for group in scene.groups:
        for shape in group.shapes:
            order += 1
            _add(axes, shape, order)
    return figure


def _add(axes: "Axes", shape: Shape, order: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.patches import Polygon as Outline

    match shape:
        case Line():
            # matplotlib counts dashes in widths of the line
            dashes = (0, tuple(length / shape.width for length in shape.dashes)) if shape.dashes else "solid"
            round_dots = bool(shape.dashes) and shape.dashes[0] < 2 * shape.width
            axes.add_patch(
                PathPatch(
                    _path(shape), facecolor="none", edgecolor=shape.colour, linewidth=shape.width * POINT,
                    linestyle=dashes, capstyle="round" if round_dots else "butt", zorder=order,
                )
            )  # fmt: skip
        case Polygon():
            stroke = {"edgecolor": shape.stroke, "linewidth": shape.width * POINT} if shape.stroke else {"linewidth": 0}
            axes.add_patch(Outline(shape.points, closed=True, facecolor=shape.fill, zorder=order, **stroke))
        case Rectangle():
            for inset in (0, 4) if shape.double else (0,):
                _add_rectangle(axes, shape, inset, order)
        case Words():
            _add_words(axes, shape, order)


def _path(line: Line) -> "Path":
    from matplotlib.path import Path

    points = [line.start, *(point for curve in line.curves for point in curve)]
    return Path(points, [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1))


def _add_rectangle(axes: "Axes", shape: Rectangle, inset: float, order: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    radius = max(shape.radius - inset, 0)
    axes.add_patch(
        FancyBboxPatch(
            (shape.left + inset, shape.top + inset), shape.width - 2 * inset, shape.height - 2 * inset,
            boxstyle=f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0",
            facecolor=shape.fill, edgecolor=shape.stroke or "none",
            linewidth=1.6 * POINT if shape.stroke else 0, zorder=order,
        )
    )  # fmt: skip


def _add_words(axes: "Axes", words: Words, order: int) -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    face = FontProperties(family=FACE, weight="bold" if words.bold else "normal")
    size = words.size * NARROWER
    if words.room:
        wide = float(TextPath((0, 0), words.text, size=size, prop=face).get_extents().width)
        size = min(size, size * words.room / wide) if wide else size
    align = {"start": "left", "middle": "center", "end": "right"}[words.anchor]
    axes.text(
        words.x, words.y, words.text, fontproperties=face, fontsize=size * POINT, color=words.colour, ha=align,
        va="baseline", zorder=order, parse_math=False,
    )  # fmt: skip
