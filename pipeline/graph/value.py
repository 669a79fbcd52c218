"""The graph as a value: nodes and signed edges, each with its cases, its counter-examples and its quotations."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import Label, Pole


class NodeKind(StrEnum):
    """What a node stands for."""

    CONCEPT = "concept"
    """A concept of the theory of change."""
    CODE = "code"
    """A core code that no concept of the theory uses."""
    CATEGORY = "category"
    """A progression category."""


class EdgeKind(StrEnum):
    """Where an edge comes from."""

    THEORY = "theory"
    EVIDENCE = "evidence"


class EdgeSign(StrEnum):
    """Which way an edge goes: of the theory strengthens or weakens, of the cases more or less often together."""

    PLUS = "+"
    MINUS = "-"
    MIXED = "mixed"
    """Found in the cases alone: the two go together or apart as a whole, and single codes of theirs the other way."""


class Finding(StrEnum):
    """What theory and cases say of each other."""

    SUPPORTED = "supported"
    """Of the theory, and seen in the cases with the theory's sign."""
    UNSUPPORTED = "unsupported"
    """Of the theory; in the cases it cannot be told from chance."""
    CONTRADICTED = "contradicted"
    """Of the theory; the cases show the other sign."""
    NOT_MEASURABLE = "not_measurable"
    """Of the theory; these cases cannot tell (see ``Obstacle``)."""
    IN_THEORY = "in_theory"
    """Seen in the cases, and the theory has an edge between the two."""
    INDIRECT = "indirect"
    """Seen in the cases; the theory joins the two only by way of other concepts."""
    NOT_IN_THEORY = "not_in_theory"
    """Seen in the cases, and the theory does not join the two."""


class Obstacle(StrEnum):
    """Why an edge cannot be measured."""

    NO_CODE = "no_code"
    """No code shows one of its ends."""
    NEVER = "never"
    """One of its ends is in no case."""
    ALWAYS = "always"
    """One of its ends is in every case."""
    FEW = "few"
    """The counts are so small that even the clearest table would not pass the limit."""
    CIRCULAR = "circular"
    """The cases were put in their categories by the very codes of the other end."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a case that show a node.

    Attributes:
        case: Id of the case.
        segment: Id of the segment.
        section: Kind of its section.
        code: Id of the code found there.
        text: The sentence, or the words coded where a person coded them.
    """

    case: str
    segment: str
    section: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A concept, code or category.

    Attributes:
        id: Unique in the graph; codes and categories carry ``code:`` and ``category:`` in front.
        kind: What it stands for.
        label: What readers see.
        layer: Column in the drawing, counted from the left.
        pole: Facilitator, inhibitor or neutral.
        codes: Ids of the codes that show it.
        n: Number of cases that show it; None where it must not be shown.
        cases: Their ids, sorted; empty in a public graph.
        before_cases: Cases in which it is coded only as before the course; they are not among ``cases``.
        measured: False for a concept that nothing in the codebook shows.
        quotations: The clearest words of each case, by case.
    """

    id: str
    kind: NodeKind
    label: Label
    layer: int
    pole: Pole
    codes: tuple[str, ...]
    n: int | None
    cases: tuple[str, ...] = ()
    before_cases: tuple[str, ...] = ()
    measured: bool = True
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with its evidence.

    Attributes:
        source: Id of the node it leaves.
        target: Id of the node it reaches.
        kind: Theory, or found in the cases alone.
        sign: As the theory gives it; for evidence, + for more often together and - for less often.
        finding: What theory and cases say of each other.
        obstacle: Why it is not measurable; None where it is.
        n_source: Cases with the source.
        n_target: Cases with the target.
        n_both: Cases with both.
        n_cases: Cases that agree with the sign: with both ends (+), or with the source and not the target (-).
        n_counter: Cases with the source that disagree.
        expected: Cases with both if the two had nothing to do with each other.
        jaccard: Cases with both as a share of the cases with either.
        p: One-sided p of the hypergeometric test in the direction of the sign; where the cases contradict the theory,
            in the direction they show.
        p_adj: The same adjusted over all tests of its family (Benjamini-Hochberg).
        cases: Ids of the cases that agree.
        counter_cases: Ids of the counter-examples.
        reference: Where the theory says it.

    The numbers are None where the edge cannot be measured or its counts must not be shown.
    """

    source: str
    target: str
    kind: EdgeKind
    sign: EdgeSign
    finding: Finding
    obstacle: Obstacle | None = None
    n_source: int | None = None
    n_target: int | None = None
    n_both: int | None = None
    n_cases: int | None = None
    n_counter: int | None = None
    expected: float | None = None
    jaccard: float | None = None
    p: float | None = None
    p_adj: float | None = None
    cases: tuple[str, ...] = ()
    counter_cases: tuple[str, ...] = ()
    reference: str = ""

    @property
    def id(self) -> str:
        """Name of the edge, unique in the graph: its kind and its ends."""
        return f"{self.kind.value}~{self.source}~{self.target}"


@dataclass(frozen=True, slots=True)
class Graph:
    """A directed multigraph: between two nodes there may be an edge of the theory and one of the cases.

    Attributes:
        nodes: Concepts in the theory's order, then codes, then categories.
        edges: The theory's in its order, then those of the cases, clearest first.
        n_cases: How many cases there are.
        n_theory_tests: How many tests the theory's p values are adjusted over.
        n_evidence_tests: How many tests the p values of evidence are adjusted over.
        circular: Core codes by which rules have put cases in their categories: not tested against categories.
        before: True when what was before the course is counted like the rest.
        public: True when quotations, case ids and small counts have been left out.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    n_cases: int
    n_theory_tests: int = 0
    n_evidence_tests: int = 0
    circular: tuple[str, ...] = ()
    before: bool = False
    public: bool = False

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
        """The edges found in the cases, clearest first."""
        return tuple(edge for edge in self.edges if edge.kind is EdgeKind.EVIDENCE)

    def quotations(self, edge: Edge) -> tuple[Quotation, ...]:
        """Return the words behind an edge: of both its ends in the cases that agree, and of its source in the others.

        Args:
            edge: One of its edges.
        """
        agreeing, against = frozenset(edge.cases), frozenset(edge.counter_cases)
        source, target = self.node(edge.source), self.node(edge.target)
        words = [quote for quote in source.quotations if quote.case in agreeing or quote.case in against]
        words += [quote for quote in target.quotations if quote.case in agreeing or quote.case in against]
        return tuple(sorted(words, key=lambda quote: quote.case))
