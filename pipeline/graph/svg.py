"""A drawing as one self-contained SVG."""

from html import escape

from pipeline.graph.figure import draw
from pipeline.graph.layout import LayoutMaker, layered_layout
from pipeline.graph.scene import Line, Polygon, Rectangle, Scene, Shape, Words
from pipeline.graph.value import Graph

FONT = "Calibri, Carlito, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"


def draw_svg(graph: Graph, *, lang: str = "da", only: str = "", layout: LayoutMaker = layered_layout) -> str:
    """Draw the graph as SVG (see ``figure.draw`` for what its shapes and lines mean).

    Args:
        graph: The graph, or a part of it.
        lang: ``da`` or ``en``.
        only: ``theory``, ``evidence`` or empty for both.
        layout: What lays out boxes and edges.
    """
    return svg(draw(graph, lang=lang, only=only, layout=layout))


def svg(scene: Scene) -> str:
    """Write a drawing as SVG.

    Args:
        scene: The drawing.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {scene.width:g} {scene.height:g}" '
        f'width="{scene.width:g}" height="{scene.height:g}" role="img" font-family="{FONT}">',
        f"<title>{escape(scene.title, quote=False)}</title>",
    ]
    for group in scene.groups:
        tip = f"<title>{escape(group.tip, quote=False)}</title>" if group.tip else ""
        parts.append(f"<g>{tip}{''.join(_shape(shape) for shape in group.shapes)}</g>")
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _shape(shape: Shape) -> str:
    match shape:
        case Line():
            way = "".join(f" C{a[0]:g} {a[1]:g} {b[0]:g} {b[1]:g} {c[0]:g} {c[1]:g}" for a, b, c in shape.curves)
            dashes = " ".join(f"{length:g}" for length in shape.dashes)
            dash = f' stroke-dasharray="{dashes}" stroke-linecap="{_cap(shape)}"' if dashes else ""
            return (
                f'<path d="M{shape.start[0]:g} {shape.start[1]:g}{way}" fill="none" stroke="{shape.colour}" '
                f'stroke-width="{shape.width:g}"{dash}/>'
            )
        case Polygon():
            points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
            return f'<polygon points="{points}" fill="{shape.fill}"{_stroke(shape.stroke, shape.width)}/>'
        case Rectangle():
            whole = _rectangle(shape, 0)
            return whole + _rectangle(shape, 4) if shape.double else whole
        case Words():
            weight = ' font-weight="600"' if shape.bold else ""
            anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
            return (
                f'<text x="{shape.x:g}" y="{shape.y:g}" font-size="{shape.size:g}"{weight}{anchor} '
                f'fill="{shape.colour}">{escape(shape.text, quote=False)}</text>'
            )


def _cap(line: Line) -> str:
    """Return round ends for dots, so that they look like dots, and flat ones for dashes."""
    return "round" if line.dashes[0] < 2 * line.width else "butt"


def _stroke(colour: str, width: float) -> str:
    return f' stroke="{colour}" stroke-width="{width:g}"' if colour else ""


def _rectangle(shape: Rectangle, inset: float) -> str:
    radius = f' rx="{max(shape.radius - inset, 0):g}"' if shape.radius else ""
    return (
        f'<rect x="{shape.left + inset:g}" y="{shape.top + inset:g}" width="{shape.width - 2 * inset:g}" '
        f'height="{shape.height - 2 * inset:g}"{radius} fill="{shape.fill}"{_stroke(shape.stroke, 1.6)}/>'
    )
