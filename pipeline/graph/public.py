"""The graph without what could tell of single people: no quotations, no case ids, no small counts."""

from dataclasses import replace

from pipeline.graph.value import Edge, Graph, Node

THRESHOLD = 5
"""Fewest cases that may stand behind a number."""


def public_graph(graph: Graph, *, threshold: int = THRESHOLD) -> Graph:
    """Return the graph as it may be published.

    Every edge is a table of two by two. Where any of its four numbers is below the threshold, all numbers of the edge
    are left out, its p values too, as they would give the counts away; whether the theory was supported stays. Zeros
    count as small: that nobody, or everybody, of a group had something tells of each of them.

    Args:
        graph: The whole graph.
        threshold: Fewest cases that may stand behind a number.
    """
    return replace(
        graph,
        nodes=tuple(_node(node, threshold) for node in graph.nodes),
        edges=tuple(_edge(edge, graph.n_cases, threshold) for edge in graph.edges),
        public=True,
    )


def _node(node: Node, threshold: int) -> Node:
    n = node.n if node.n is not None and node.n >= threshold else None
    return replace(node, n=n, cases=(), before_cases=(), quotations=())


def _edge(edge: Edge, cases: int, threshold: int) -> Edge:
    bare = replace(edge, cases=(), counter_cases=())
    if edge.n_both is None or edge.n_source is None or edge.n_target is None:
        return bare
    both, first, second = edge.n_both, edge.n_source, edge.n_target
    if min(both, first - both, second - both, cases - first - second + both) >= threshold:
        return bare
    return replace(
        bare, n_source=None, n_target=None, n_both=None, n_cases=None, n_counter=None, expected=None, jaccard=None,
        p=None, p_adj=None,
    )  # fmt: skip
