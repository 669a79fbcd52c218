"""Writing the graph: every format from one call, each file the same bytes for the same graph."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.files import write_atomically
from pipeline.graph.figure import choose, draw
from pipeline.graph.formats import dot, edges_csv, gexf, graphml, nodes_csv
from pipeline.graph.layout import LayoutMaker, layered_layout
from pipeline.graph.page import page
from pipeline.graph.printed import draw_printed
from pipeline.graph.public import THRESHOLD, public_graph
from pipeline.graph.scene import Scene
from pipeline.graph.svg import svg
from pipeline.graph.value import Graph

FORMATS = ("svg", "png", "pdf", "graphml", "gexf", "dot", "csv", "html")
"""What the graph can be written as."""

_DRAWN = ("svg", "png", "pdf")


def graph_files(
    graph: Graph,
    formats: Iterable[str] = FORMATS,
    *,
    lang: str = "da",
    only: str = "",
    min_cases: int = 0,
    public: bool = False,
    threshold: int = THRESHOLD,
    layout: LayoutMaker = layered_layout,
) -> dict[str, bytes]:
    """Return the files of the graph by name (``graph.svg``).

    Args:
        graph: The graph.
        formats: Which of ``FORMATS``.
        lang: Language of labels, ``da`` or ``en``.
        only: ``theory`` or ``evidence`` for the edges of one kind, empty for both.
        min_cases: Leave out edges with fewer cases that agree.
        public: True to leave out quotations, case ids and small counts.
        threshold: Fewest cases that may stand behind a number of a public graph.
        layout: What lays out the drawing.

    Raises:
        PipelineError: A format is unknown.
    """
    wanted = tuple(dict.fromkeys(formats))
    unknown = sorted(set(wanted) - set(FORMATS))
    if unknown:
        raise PipelineError(
            f"The graph cannot be written as {', '.join(unknown)}.", hint=f"Choose from {', '.join(FORMATS)}."
        )
    # what counts too little is chosen by the real numbers, before they are taken out
    part = choose(graph, only=only, min_cases=min_cases)
    if public:
        part = public_graph(part, threshold=threshold)
    files: dict[str, bytes] = {}
    scene = draw(part, lang=lang, only=only, layout=layout) if set(wanted) & set(_DRAWN) else None
    for name in wanted:
        if name in _DRAWN:
            assert scene is not None
            files[f"graph.{name}"] = _drawing(scene, name)
        elif name == "csv":
            files["graph_nodes.csv"] = nodes_csv(part).encode("utf-8")
            files["graph_edges.csv"] = edges_csv(part).encode("utf-8")
        else:
            makers: Mapping[str, Callable[[], str]] = {
                "graphml": lambda: graphml(part),
                "gexf": lambda: gexf(part),
                "dot": lambda: dot(part, lang=lang),
                "html": lambda: page(part, lang=lang, only=only, layout=layout),
            }
            files[f"graph.{name}"] = makers[name]().encode("utf-8")
    return files


def printed_pictures(graph: Graph, *, lang: str = "da") -> tuple[tuple[str, bytes], ...]:
    """Return the drawing for a page on its side as (form, bytes): SVG, PNG and PDF.

    Args:
        graph: The graph.
        lang: Language of labels, ``da`` or ``en``.
    """
    scene = draw_printed(graph, lang=lang)
    return tuple((kind, _drawing(scene, kind)) for kind in _DRAWN)


def _drawing(scene: Scene, kind: str) -> bytes:
    if kind == "svg":
        return svg(scene).encode("utf-8")
    from pipeline.graph.plot import pdf, png

    return png(scene) if kind == "png" else pdf(scene)


def write_graph(
    graph: Graph,
    folder: Path,
    formats: Iterable[str] = FORMATS,
    lang: str = "da",
    *,
    only: str = "",
    min_cases: int = 0,
    public: bool = False,
    threshold: int = THRESHOLD,
    layout: LayoutMaker = layered_layout,
) -> tuple[Path, ...]:
    """Write the graph into a folder (see ``graph_files``).

    Args:
        graph: The graph.
        folder: Where to; made when it does not exist.
        formats: Which of ``FORMATS``.
        lang: Language of labels, ``da`` or ``en``.
        only: ``theory`` or ``evidence`` for the edges of one kind, empty for both.
        min_cases: Leave out edges with fewer cases that agree.
        public: True to leave out quotations, case ids and small counts.
        threshold: Fewest cases that may stand behind a number of a public graph.
        layout: What lays out the drawing.

    Returns:
        The files written.

    Raises:
        PipelineError: A format is unknown.
        OutputError: A file could not be written.
    """
    files = graph_files(
        graph, formats, lang=lang, only=only, min_cases=min_cases, public=public, threshold=threshold, layout=layout
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_atomically(folder / name, content)
    return tuple(folder / name for name in files)
