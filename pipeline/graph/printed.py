"""The graph on a printed page on its side: larger type, and only the lines that the cases bear out."""

from dataclasses import replace
from functools import partial

from pipeline.graph.figure import Figure, arrange, scene_of
from pipeline.graph.layout import layered_layout
from pipeline.graph.legend import legend_notes
from pipeline.graph.look import SHEET
from pipeline.graph.scene import Scene
from pipeline.graph.value import EdgeKind, Finding, Graph
from pipeline.model.codes import Label

_QUIET = (Finding.UNSUPPORTED, Finding.NOT_MEASURABLE)
"""What a page has no room for: the tables tell it."""

_DRAWN = Label(
    "Af teoriens {all} forbindelser er {shown} tegnet: dem, som casene støtter eller modsiger. Resten står i tabellen.",
    "Of the theory's {all} links {shown} are drawn: those that the cases support or contradict. A table has the rest.",
)
_NONE_DRAWN = Label(
    "Ingen af teoriens {all} forbindelser er tegnet, da casene hverken støtter eller modsiger dem. De står i tabellen.",
    "None of the theory's {all} links is drawn, as the cases neither support nor contradict them. A table has them.",
)

_layout = partial(layered_layout, column_gap=40, row_gap=8, bend_gap=6, margin=8)


def draw_printed(graph: Graph, *, lang: str = "da") -> Scene:
    """Draw the graph for a page: without the theory's links that the cases do not tell from chance or cannot measure.

    Every concept keeps its box. Title and notes are not part of the drawing (see ``printed_notes``).

    Args:
        graph: The graph.
        lang: ``da`` or ``en``.
    """
    return scene_of(_arranged(graph, lang), graph, lang, look=SHEET)


def printed_notes(graph: Graph) -> tuple[Label, ...]:
    """Return what stands below a printed graph.

    Args:
        graph: The graph.
    """
    figure = _arranged(graph, "da")
    danish = legend_notes(figure.edges, figure.left_out, "da", before=graph.before)
    english = legend_notes(figure.edges, figure.left_out, "en", before=graph.before)
    notes = tuple(Label(da, en) for da, en in zip(danish, english, strict=True))
    shown = sum(edge.kind is EdgeKind.THEORY for edge in figure.edges)
    if shown == len(graph.theory_edges):
        return notes
    said = _DRAWN if shown else _NONE_DRAWN
    danish_first, english_first = (text.format(all=len(graph.theory_edges), shown=shown) for text in (said.da, said.en))
    first = Label(f"{danish_first} {notes[0].da}", f"{english_first} {notes[0].en}")
    return first, *notes[1:]


def _arranged(graph: Graph, lang: str) -> Figure:
    part = replace(graph, edges=tuple(edge for edge in graph.edges if edge.finding not in _QUIET))
    return arrange(part, lang=lang, layout=_layout, concepts=True, look=SHEET)
