"""Nodes, edges and degrees of the graph as pandas frames."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.graph.degree import Degree
from pipeline.graph.value import Graph

if TYPE_CHECKING:
    import pandas as pd


def edge_frame(graph: Graph) -> "pd.DataFrame":
    """Return the edges as a pandas frame, one row each; numbers that are not there are missing."""
    import pandas as pd

    columns = (
        "kind", "source", "target", "sign", "finding", "obstacle", "n_source", "n_target", "n_both", "n_cases",
        "n_counter", "expected", "jaccard", "p", "p_adj", "reference",
    )  # fmt: skip
    rows = []
    for edge in graph.edges:
        row = [getattr(edge, name) for name in columns]
        rows.append([getattr(value, "value", value) for value in row])
    frame = pd.DataFrame(rows, columns=list(columns), index=pd.Index([edge.id for edge in graph.edges], name="edge"))
    whole = [name for name in columns if name.startswith("n_")]
    return frame.astype(dict.fromkeys(whole, "Int64") | dict.fromkeys(("expected", "jaccard", "p", "p_adj"), "float64"))


def node_frame(graph: Graph) -> "pd.DataFrame":
    """Return the nodes as a pandas frame, one row each."""
    import pandas as pd

    rows = [
        [node.label.da, node.label.en, node.kind.value, node.pole.value, node.layer, " ".join(node.codes), node.n,
         node.measured]
        for node in graph.nodes
    ]  # fmt: skip
    columns = ["label_da", "label_en", "kind", "pole", "layer", "codes", "n", "measured"]
    frame = pd.DataFrame(rows, columns=columns, index=pd.Index([node.id for node in graph.nodes], name="node"))
    return frame.astype({"n": "Int64"})


def degree_frame(found: Iterable[Degree]) -> "pd.DataFrame":
    """Return degrees as a pandas frame, one row per node.

    Args:
        found: The degrees.
    """
    import pandas as pd

    columns = ["node", "degree", "more", "fewer", "theory", "low", "high"]
    rows = [[getattr(each, name) for name in columns] for each in found]
    return pd.DataFrame(rows, columns=columns).set_index("node")
