"""How many others each node goes together with, and how firm that number is.

References:
    Efron, B., & Tibshirani, R. (1993). An introduction to the bootstrap. Chapman & Hall (sections 13.3 and 14.3: the
    percentile interval, and the interval corrected for bias).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from pipeline.graph.build import LEAST, LEVEL, evidence_pairs
from pipeline.graph.value import Graph, Node, NodeKind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

DRAWS = 1000
SEED = 20211


@dataclass(frozen=True, slots=True)
class Degree:
    """A node's degree in the graph of the cases.

    Attributes:
        node: Id of the node.
        degree: How many nodes it has an edge of the cases with.
        more: With how many it goes together more often than expected.
        fewer: With how many less often.
        theory: How many edges of the theory it has.
        low: Lower bound of the 95 per cent interval of ``degree``.
        high: Its upper bound.
    """

    node: str
    degree: int
    more: int
    fewer: int
    theory: int
    low: int
    high: int


def degrees(graph: Graph, *, draws: int = DRAWS, seed: int = SEED, min_cases: int = LEAST) -> tuple[Degree, ...]:
    """Count each node's edges of the cases, with an interval from drawing the cases anew.

    Whole cases are drawn with replacement and all tests and their adjustment are repeated on each draw. A draw repeats
    cases, so that its associations are clearer than those of the sample and its degrees tend to be too high; the
    intervals are corrected for that (bias-corrected percentiles). Categories are left out: they are results of one
    judgement, not matters of their own.

    Args:
        graph: A graph with its cases, not a public one.
        draws: How many times the cases are drawn.
        seed: Where the random numbers begin; the same seed gives the same intervals.
        min_cases: As the graph was built with.

    Returns:
        One entry per measured node, most edges first, else in the graph's order.
    """
    nodes = [node for node in graph.nodes if node.measured and node.kind is not NodeKind.CATEGORY]
    kept = {node.id for node in nodes}
    edges = [edge for edge in graph.evidence_edges if {edge.source, edge.target} <= kept]
    signs = {node.id: [edge.sign.value for edge in edges if node.id in (edge.source, edge.target)] for node in nodes}
    drawn = _drawn_degrees(graph, nodes, draws, seed, min_cases)
    found = []
    for number, node in enumerate(nodes):
        own = signs[node.id]
        low, high = _interval(drawn[:, number], len(own)) if draws and len(drawn) else (len(own), len(own))
        theory = sum(node.id in (edge.source, edge.target) for edge in graph.theory_edges)
        found.append(Degree(node.id, len(own), own.count("+"), own.count("-"), theory, low, high))
    return tuple(sorted(found, key=lambda each: -each.degree))


def _drawn_degrees(
    graph: Graph, nodes: Sequence[Node], draws: int, seed: int, min_cases: int
) -> "npt.NDArray[np.int64]":
    """Return the degree of each node in each draw, draws by nodes."""
    import numpy as np

    from pipeline.graph.cooccurrence import tails

    cases = sorted({case for node in nodes for case in node.cases})
    n = graph.n_cases
    place = {case: number for number, case in enumerate(cases)}
    present = np.zeros((len(nodes), n))  # cases that show no node at all fill the last columns
    for row, node in enumerate(nodes):
        present[row, [place[case] for case in node.cases]] = 1
    directed = {(edge.source, edge.target) for edge in graph.theory_edges}
    everything = evidence_pairs(graph.nodes, directed, frozenset(graph.circular))
    ids = {node.id: number for number, node in enumerate(nodes)}
    pairs = [
        (ids[graph.nodes[a].id], ids[graph.nodes[b].id])
        for a, b in everything
        if graph.nodes[a].id in ids and graph.nodes[b].id in ids
    ]
    result = np.zeros((draws if pairs and n else 0, len(nodes)), dtype=np.int64)
    if not len(result):
        return result
    first, second = np.array(pairs).T
    random = np.random.default_rng(seed)
    for draw in range(draws):
        weights = random.multinomial(n, [1 / n] * n)
        sizes = np.rint(present @ weights).astype(np.int64)
        both = np.rint((present * weights) @ present.T).astype(np.int64)[first, second]
        one, two = sizes[first], sizes[second]
        more, fewer = tails(both, one, two, n)
        testable = (one > 0) & (one < n) & (two > 0) & (two < n)
        passes = _passes(np.concatenate([more[testable], fewer[testable]]))
        half = int(testable.sum())
        clear = np.zeros(len(first), dtype=bool)
        clear[testable] = (passes[:half] & (both[testable] >= min_cases)) | (
            passes[half:] & ((one - both)[testable] >= min_cases)
        )
        result[draw] = np.bincount(np.concatenate([first[clear], second[clear]]), minlength=len(nodes))
    return result


def _passes(p: "npt.NDArray[np.float64]") -> "npt.NDArray[np.bool_]":
    """Say which p values pass the level after Benjamini and Hochberg."""
    import numpy as np

    ranked = np.sort(p)
    below = np.flatnonzero(ranked <= LEVEL * np.arange(1, len(p) + 1) / max(len(p), 1))
    return p <= (ranked[below[-1]] if len(below) else -1.0)


def _interval(drawn: "npt.NDArray[np.int64]", seen: int) -> tuple[int, int]:
    """Return the bias-corrected 95 per cent percentile interval of a count."""
    import numpy as np

    normal = NormalDist()
    below = (np.sum(drawn < seen) + np.sum(drawn == seen) / 2) / len(drawn)
    shift = normal.inv_cdf(float(np.clip(below, 1 / (2 * len(drawn)), 1 - 1 / (2 * len(drawn)))))
    levels = [normal.cdf(2 * shift + normal.inv_cdf(tail)) for tail in (0.025, 0.975)]
    low, high = np.quantile(drawn, levels, method="inverted_cdf")
    return min(int(low), seen), max(int(high), seen)
