"""``casepath graph``: what furthers and what hampers, by the theory of change and by the cases."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import place_name, project_option
from pipeline.model.wording import count_of
from pipeline.settings import open_project

if TYPE_CHECKING:
    from pipeline.graph.layout import LayoutMaker
    from pipeline.graph.value import Graph

FORMATS = ("svg", "png", "pdf", "graphml", "gexf", "dot", "csv", "html")
_DEFAULT = ("svg", "html", "csv")


@click.command("graph")
@click.option(
    "--format", "formats", type=click.Choice([*FORMATS, "all"]), multiple=True,
    help="May be given several times; svg, html and csv when left out.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to; graph in the project's folder."
)
@click.option("--lang", type=click.Choice(["da", "en"]), help="Language of labels; the project's when left out.")
@click.option("--only", type=click.Choice(["theory", "evidence"]), default=None, help="Only links of one kind.")
@click.option(
    "--min-cases", type=click.IntRange(1), default=None,
    help="Leave out links with fewer cases that agree; 5 for those of the cases when left out.",
)  # fmt: skip
@click.option("--before", is_flag=True, help="Count what was before the course too.")
@click.option("--public", is_flag=True, help="Leave out quotations, names of cases and small counts.")
@click.option(
    "--layout", type=click.Choice(["columns", "graphviz"]), default="columns", show_default=True,
    help="graphviz needs the package pygraphviz.",
)  # fmt: skip
@project_option
def command(
    formats: tuple[str, ...],
    out: Path | None,
    lang: str | None,
    only: str | None,
    min_cases: int | None,
    before: bool,
    public: bool,
    layout: str,
    folder: Path,
) -> None:
    """Draw the theory of change with what the cases say of it.

    Every link of the theory is held against the cases: supported, unsupported, contradicted or not measurable. Beside
    them stand links that the cases alone show. The page graph.html opens the cases, quotations and counter-examples
    behind each link, without a network.

    Example: casepath graph --format svg --format html --lang en
    """
    project = open_project(folder)
    make_layout = _layout(layout)
    from pipeline.cli.material import read_material
    from pipeline.graph.build import LEAST, build_graph
    from pipeline.graph.write import write_graph

    material = read_material(project)
    graph = build_graph(
        material.cases, material.codings, material.outcomes, material.codebook, before=before,
        min_cases=min_cases or LEAST,
    )  # fmt: skip
    wanted = FORMATS if "all" in formats else formats or _DEFAULT
    target = out if out is not None else project.root / "graph"
    written = write_graph(
        graph, target, wanted, lang or project.language, only=only or "", min_cases=min_cases or 0, public=public,
        layout=make_layout,
    )  # fmt: skip
    click.echo(_finding(graph))
    click.echo(f"Wrote {', '.join(path.name for path in written)} to {place_name(target, project.root)}.")


def _layout(name: str) -> "LayoutMaker":
    """Return what lays out the drawing; asked for before the cases are read, so that a missing package is told early.

    Args:
        name: ``columns`` or ``graphviz``.
    """
    if name == "graphviz":
        from pipeline.graph.graphviz import graphviz_layout, need_pygraphviz

        need_pygraphviz()
        return graphviz_layout
    from pipeline.graph.layout import layered_layout

    return layered_layout


def _finding(graph: "Graph") -> str:
    """Say in a few lines what the cases say of the theory."""
    from collections import Counter

    from pipeline.graph.value import Finding

    found = Counter(edge.finding for edge in graph.edges)
    of_theory = (Finding.SUPPORTED, Finding.UNSUPPORTED, Finding.CONTRADICTED, Finding.NOT_MEASURABLE)
    lines = [
        f"Theory: {count_of(len(graph.theory_edges), 'link')}, {count_of(graph.n_cases, 'case')}, "
        f"{count_of(graph.n_theory_tests, 'test')}"
    ]
    lines += [f"  {finding.value.replace('_', ' '):<16}{found[finding]:>5}" for finding in of_theory]
    lines.append(
        f"Found in the cases: {count_of(len(graph.evidence_edges), 'link')}, {count_of(graph.n_evidence_tests, 'test')}"
    )
    for finding, name in (
        (Finding.IN_THEORY, "in the theory"),
        (Finding.INDIRECT, "by detours"),
        (Finding.NOT_IN_THEORY, "not in the theory"),
    ):
        lines.append(f"  {name:<18}{found[finding]:>3}")
    return "\n".join(lines)
