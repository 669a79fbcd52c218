"""The facilitator/inhibitor graph: the theory's concepts and edges, each with what the cases say about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label, Pole, Sign
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.association import Association, adjusted, associate
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.table import case_sets, category_members

LEVEL = 0.05
"""Adjusted p up to which an association is called one."""

LEAST = 5
"""Fewest cases with both traits (or, when apart, with the first) for an edge found in the cases alone."""


class NodeKind(StrEnum):
    """What a node stands for."""

    CONCEPT = "concept"
    CODE = "code"
    CATEGORY = "category"


class EdgeKind(StrEnum):
    """Where an edge comes from."""

    THEORY = "theory"
    EVIDENCE = "evidence"


class Finding(StrEnum):
    """What the cases say about an edge of the theory."""

    SEEN = "seen"
    """The association is there and has the sign the theory gives it."""
    OPPOSITE = "opposite"
    """There is an association with the other sign."""
    OPEN = "open"
    """No association could be told from chance."""
    UNMEASURED = "unmeasured"
    """No code measures one of its concepts."""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept, code or category.

    Attributes:
        id: Unique in the graph; codes and categories carry ``code:`` and ``category:`` in front.
        kind: What it stands for.
        label: What readers see.
        layer: Column in the drawing; -1 for what is not drawn.
        pole: Facilitator, inhibitor or neutral.
        codes: Ids of the codes that show it.
        cases: Cases that show it.
        measured: False for a concept that no code shows.
    """

    id: str
    kind: NodeKind
    label: Label
    layer: int
    pole: Pole
    codes: tuple[str, ...]
    cases: frozenset[str]
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with its evidence.

    Attributes:
        source: Id of the node it leaves.
        target: Id of the node it reaches.
        kind: Theory, or found in the cases alone.
        sign: As the theory gives it; for evidence, + for more often together and - for less often.
        finding: What the cases say.
        association: The counts and the test; None where one end is not measured.
        p_adjusted: P adjusted over the edges of its kind (Benjamini-Hochberg).
        cases: Cases that agree with the sign: with both ends (+), or with the source and not the target (-).
        counter_cases: Cases with the source that disagree.
        reference: Where the theory says it.
    """

    source: str
    target: str
    kind: EdgeKind
    sign: Sign
    finding: Finding
    association: Association | None
    p_adjusted: float
    cases: tuple[str, ...] = ()
    counter_cases: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges over so many cases."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    n_cases: int

    def node(self, node_id: str) -> Node:
        """Return the node with this id.

        Raises:
            KeyError: No node has this id.
        """
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise KeyError(node_id)

    @property
    def theory_edges(self) -> tuple[Edge, ...]:
        """The edges of the theory, in its order."""
        return tuple(edge for edge in self.edges if edge.kind is EdgeKind.THEORY)

    @property
    def evidence_edges(self) -> tuple[Edge, ...]:
        """The edges found in the cases alone, clearest first."""
        return tuple(edge for edge in self.edges if edge.kind is EdgeKind.EVIDENCE)


def build_graph(
    cases: Sequence[Case], codings: Iterable[Coding], outcomes: Iterable[Outcome], codebook: Codebook
) -> Graph:
    """Build the graph of the codebook's theory of change with the evidence of the cases.

    Theory edges are counted and tested case by case: does the target's concept occur more (or less) often in cases
    with the source's? Beside them stand edges from codes to progression categories that the cases alone give. All
    numbers describe what is coded together; none says what brings what about.

    Args:
        cases: The cases.
        codings: Settled codings; what was before the course is left out.
        outcomes: The cases' outcomes; a split case is in each of its categories.
        codebook: Its theory and codes.
    """
    found = case_sets(cases, codings, before=False)
    ids = frozenset(case.id for case in cases)
    nodes = _concepts(codebook, found)
    edges = _theory_edges(codebook, nodes, ids)
    codes, categories, evidence = _evidence(codebook, found, category_members(outcomes), ids)
    return Graph(tuple(nodes + codes + categories), tuple(edges + evidence), len(ids))


def _concepts(codebook: Codebook, found: dict[str, frozenset[str]]) -> list[Node]:
    return [
        Node(
            id=node.id,
            kind=NodeKind.CONCEPT,
            label=node.label,
            layer=node.layer,
            pole=node.pole,
            codes=node.codes,
            cases=frozenset().union(*(found.get(code, frozenset()) for code in node.codes)),
            measured=bool(node.codes),
        )
        for node in codebook.theory.nodes
    ]


def _theory_edges(codebook: Codebook, nodes: Sequence[Node], ids: frozenset[str]) -> list[Edge]:
    by_id = {node.id: node for node in nodes}
    tested: dict[tuple[str, str], Association] = {}
    for edge in codebook.theory.edges:
        source, target = by_id[edge.source], by_id[edge.target]
        if source.measured and target.measured:
            tested[edge.source, edge.target] = associate(source.cases, target.cases, ids)
    p_values = dict(zip(tested, adjusted([item.p for item in tested.values()]), strict=True))
    edges = []
    for edge in codebook.theory.edges:
        source, target = by_id[edge.source], by_id[edge.target]
        key = edge.source, edge.target
        association = tested.get(key)
        p = p_values.get(key, 1.0)
        edges.append(
            Edge(
                source=edge.source,
                target=edge.target,
                kind=EdgeKind.THEORY,
                sign=edge.sign,
                finding=_finding(association, p, edge.sign),
                association=association,
                p_adjusted=p,
                cases=_agreeing(source.cases, target.cases, edge.sign) if association else (),
                counter_cases=_agreeing(source.cases, target.cases, _other(edge.sign)) if association else (),
                reference=edge.reference,
            )
        )
    return edges


def _finding(association: Association | None, p: float, sign: Sign) -> Finding:
    if association is None:
        return Finding.UNMEASURED
    if p > LEVEL:
        return Finding.OPEN
    return Finding.SEEN if association.together == (sign is Sign.PLUS) else Finding.OPPOSITE


def _other(sign: Sign) -> Sign:
    return Sign.MINUS if sign is Sign.PLUS else Sign.PLUS


def _agreeing(source: frozenset[str], target: frozenset[str], sign: Sign) -> tuple[str, ...]:
    return tuple(sorted(source & target if sign is Sign.PLUS else source - target))


def _evidence(
    codebook: Codebook,
    found: dict[str, frozenset[str]],
    members: dict[str, frozenset[str]],
    ids: frozenset[str],
) -> tuple[list[Node], list[Node], list[Edge]]:
    """Return code nodes, category nodes and the edges between them that can be told from chance.

    Results are left out: that a job goes with the category progression is how the category is defined.
    """
    codes = [code for code in codebook.codes if code.parent == code.id and code.pole is not Pole.NEUTRAL]
    pairs = [
        (code, category, associate(found.get(code.id, frozenset()), members.get(category.value, frozenset()), ids))
        for code in codes
        for category in CATEGORY_LABELS
    ]
    p_values = adjusted([association.p for _, _, association in pairs])
    edges = []
    for (code, category, association), p in zip(pairs, p_values, strict=True):
        if p > LEVEL or (association.both if association.together else association.first) < LEAST:
            continue
        sign = Sign.PLUS if association.together else Sign.MINUS
        carriers, group = found[code.id], members.get(category.value, frozenset()) & ids
        edges.append(
            Edge(
                source=f"code:{code.id}",
                target=f"category:{category.value}",
                kind=EdgeKind.EVIDENCE,
                sign=sign,
                finding=Finding.SEEN,
                association=association,
                p_adjusted=p,
                cases=_agreeing(carriers, group, sign),
                counter_cases=_agreeing(carriers, group, _other(sign)),
            )
        )
    edges.sort(key=lambda edge: (edge.p_adjusted, edge.source, edge.target))
    used = {edge.source for edge in edges}
    code_nodes = [
        Node(f"code:{code.id}", NodeKind.CODE, code.label, -1, code.pole, (code.id,), found.get(code.id, frozenset()))
        for code in codes
        if f"code:{code.id}" in used
    ]
    category_nodes = [
        Node(f"category:{category.value}", NodeKind.CATEGORY, label, -1, Pole.NEUTRAL, (),
             members.get(category.value, frozenset()) & ids)
        for category, label in CATEGORY_LABELS.items()
    ]  # fmt: skip
    return code_nodes, category_nodes, edges
