"""The facilitator/inhibitor graph: the theory's edges and those of the cases, each with what the cases say.

The unit is the case: two matters go together when they are coded in the same cases, wherever in the text. What is
marked as before the course is left out unless asked for. All numbers describe what is coded together.

Edges of the cases have no direction of their own. By convention they point the way the theory goes: as its edge between
the two does where there is one, else from the column further left to that further right, and within a column in the
order in which the theory names its concepts.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.graph.cooccurrence import Cooccurrence, adjust_tails, cooccurrences, least_p
from pipeline.graph.nodes import CATEGORY, Sets, category_nodes, code_nodes, concept_nodes, gather
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, Graph, Node, NodeKind, Obstacle
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Pole, TheoryEdge, core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome

LEVEL = 0.05
"""Adjusted p up to which two matters are said to go together, or apart."""

LEAST = 5
"""Fewest cases that agree with an edge found in the cases alone."""


def build_graph(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    *,
    before: bool = False,
    min_cases: int = LEAST,
) -> Graph:
    """Build the graph of the codebook's theory of change and of what the cases show.

    Edges are tested with the hypergeometric distribution in both directions, more cases with both than expected and
    fewer, and every tail counts as a test. The theory's edges are one family of tests, stated beforehand; all pairs of
    measured nodes are another, exploratory one. Both are adjusted after Benjamini-Hochberg.

    Args:
        cases: The cases.
        codings: Settled codings.
        outcomes: The cases' outcomes; a split case is in each of its categories.
        codebook: Its theory and codes.
        before: True to count what was before the course like the rest.
        min_cases: Fewest cases that agree with an edge found in the cases alone.
    """
    outcomes = tuple(outcomes)
    sets = gather(cases, tuple(codings), outcomes, before=before)
    nodes = (*concept_nodes(codebook, sets), *code_nodes(codebook, sets), *category_nodes(codebook, sets))
    builder = _Builder(
        nodes=nodes,
        cases=tuple(sorted(case.id for case in cases)),
        sets=sets,
        theory=codebook.theory.edges,
        judging=_judging_codes(outcomes),
        min_cases=min_cases,
    )
    theory, n_theory = builder.theory_edges()
    evidence, n_evidence = builder.evidence_edges()
    return Graph(
        nodes, (*theory, *evidence), len(builder.cases), n_theory, n_evidence, tuple(sorted(builder.judging)), before
    )


def _judging_codes(outcomes: Iterable[Outcome]) -> frozenset[str]:
    """Return the core codes by which rules have put cases in their categories; people's judgements name none."""
    return frozenset(
        core_code(reason.code)
        for outcome in outcomes
        if outcome.progression_by in ("rules", "model")
        for reason in outcome.reasons
        if reason.judgement == CATEGORY and reason.code
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes the edges between nodes."""

    nodes: tuple[Node, ...]
    cases: tuple[str, ...]
    sets: Sets
    theory: tuple[TheoryEdge, ...]
    judging: frozenset[str]
    min_cases: int

    def theory_edges(self) -> tuple[list[Edge], int]:
        """Return the theory's edges in its order, and how many tests were made."""
        place = {node.id: number for number, node in enumerate(self.nodes)}
        pairs = [(place[edge.source], place[edge.target]) for edge in self.theory]
        found = self._tables(pairs)
        obstacles = [
            self._obstacle(self.nodes[a], self.nodes[b], table) for (a, b), table in zip(pairs, found, strict=True)
        ]
        tested = [table for table, obstacle in zip(found, obstacles, strict=True) if obstacle is None]
        adjusted = iter(adjust_tails(tested))
        edges = []
        for claim, pair, table, obstacle in zip(self.theory, pairs, found, obstacles, strict=True):
            plain = Edge(
                source=claim.source,
                target=claim.target,
                kind=EdgeKind.THEORY,
                sign=EdgeSign(claim.sign.value),
                finding=Finding.NOT_MEASURABLE,
                obstacle=obstacle,
                reference=claim.reference,
            )
            edges.append(plain if obstacle else self._measured(plain, pair, table, next(adjusted)))
        return edges, 2 * len(tested)

    def evidence_edges(self) -> tuple[list[Edge], int]:
        """Return the edges that the cases show, clearest first, and how many tests were made."""
        pairs = list(evidence_pairs(self.nodes, self._directed(), self.judging))
        tables = self._tables(pairs)
        rows = [(pair, table) for pair, table in zip(pairs, tables, strict=True) if table.testable]
        adjusted = adjust_tails([table for _, table in rows])
        claimed = {frozenset((edge.source, edge.target)) for edge in self.theory}
        reachable = _reachable(self.theory)
        progression = next((n.id for n in self.nodes if n.kind is NodeKind.CONCEPT and n.measured and not n.codes), "")
        edges = []
        for (pair, table), tails in zip(rows, adjusted, strict=True):
            if min(tails) > LEVEL:
                continue
            source, target = (self.nodes[number].id for number in pair)
            # to the theory a category is a value of the concept that categories show
            end = progression if self.nodes[pair[1]].kind is NodeKind.CATEGORY else target
            finding = Finding.NOT_IN_THEORY
            if frozenset((source, end)) in claimed:
                finding = Finding.IN_THEORY
            elif end in reachable.get(source, ()) or source in reachable.get(end, ()):
                finding = Finding.INDIRECT
            sign = EdgeSign.PLUS if tails[0] <= tails[1] else EdgeSign.MINUS
            edge = self._measured(Edge(source, target, EdgeKind.EVIDENCE, sign, finding), pair, table, tails)
            if (edge.n_cases or 0) >= self.min_cases:
                edges.append(edge)
        edges = self._with_mixed(edges)
        edges.sort(key=lambda edge: (edge.p or 0.0, edge.source, edge.target))
        return edges, 2 * len(rows)

    def _directed(self) -> set[tuple[str, str]]:
        return {(edge.source, edge.target) for edge in self.theory}

    def _tables(self, pairs: Sequence[tuple[int, int]]) -> list[Cooccurrence]:
        return cooccurrences([frozenset(node.cases) for node in self.nodes], self.cases, pairs)

    def _obstacle(self, source: Node, target: Node, table: Cooccurrence) -> Obstacle | None:
        if not (source.measured and target.measured):
            return Obstacle.NO_CODE
        if circular(source, target, self.judging):
            return Obstacle.CIRCULAR
        if not (table.first and table.second):
            return Obstacle.NEVER
        if not table.testable:
            return Obstacle.ALWAYS
        least = min(least_p(table.first, table.second, table.cases, together=together) for together in (True, False))
        return Obstacle.FEW if least > LEVEL else None

    def _measured(self, edge: Edge, pair: tuple[int, int], table: Cooccurrence, tails: tuple[float, float]) -> Edge:
        """Return an edge with its numbers, its cases and, for one of the theory, what they say of it."""
        source, target = (frozenset(self.nodes[number].cases) for number in pair)
        together = edge.sign is not EdgeSign.MINUS
        found_together = together
        with_both, without = tuple(sorted(source & target)), tuple(sorted(source - target))
        cases, counter = (with_both, without) if together else (without, with_both)
        finding = edge.finding
        if edge.kind is EdgeKind.THEORY:
            agrees, opposes = tails if together else tails[::-1]
            finding = Finding.UNSUPPORTED
            if min(tails) <= LEVEL:
                finding = Finding.SUPPORTED if agrees <= opposes else Finding.CONTRADICTED
                found_together = together == (finding is Finding.SUPPORTED)
        return replace(
            edge,
            finding=finding,
            n_source=table.first,
            n_target=table.second,
            n_both=table.both,
            n_cases=len(cases),
            n_counter=len(counter),
            expected=table.expected,
            jaccard=table.jaccard,
            p=table.p_more if found_together else table.p_fewer,
            p_adj=tails[0] if found_together else tails[1],
            cases=cases,
            counter_cases=counter,
        )

    def _with_mixed(self, edges: list[Edge]) -> list[Edge]:
        """Mark edges whose single codes go against the whole.

        The codes behind the ends of an edge already found are tested pair by pair, as a family of their own.
        """
        by_id = {node.id: node for node in self.nodes}
        parts: list[tuple[int, str, str]] = []
        for number, edge in enumerate(edges):
            source, target = by_id[edge.source], by_id[edge.target]
            ends = [(a, b) for a in self._names(source) for b in self._names(target)]
            parts += [(number, a, b) for a, b in ends if len(ends) > 1]
        names = sorted({name for _, a, b in parts for name in (a, b)})
        traits = [self.sets.codes.get(name) or self.sets.categories.get(name, frozenset()) for name in names]
        place = {name: number for number, name in enumerate(names)}
        found = cooccurrences(traits, self.cases, [(place[a], place[b]) for _, a, b in parts])
        against = set()
        for (number, _, _), tails in zip(parts, adjust_tails(found), strict=True):
            other = tails[1] if edges[number].sign is EdgeSign.PLUS else tails[0]
            if other <= LEVEL:
                against.add(number)
        return [_mixed(edge) if number in against else edge for number, edge in enumerate(edges)]

    def _names(self, node: Node) -> tuple[str, ...]:
        """Return what a node is made of: its codes, or for one without codes its categories."""
        if node.codes or node.kind is not NodeKind.CATEGORY:
            return node.codes
        return (node.id.removeprefix("category:"),)


def evidence_pairs(
    nodes: Sequence[Node], directed: Set[tuple[str, str]], judging: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Return which nodes are looked at together, each pair in the direction it would be drawn in.

    Results are not tested against each other, nor what decided a case's category against that category: the connection
    would lie in how the category is defined.

    Args:
        nodes: The nodes, concepts in the theory's order.
        directed: (source, target) of the theory's edges, whose direction wins.
        judging: Core codes by which rules have put cases in their categories.
    """
    for a, one in enumerate(nodes):
        for b in range(a + 1, len(nodes)):
            two = nodes[b]
            results = (one.pole is Pole.NEUTRAL) + (two.pole is Pole.NEUTRAL)
            if not (one.measured and two.measured) or results == 2 or circular(one, two, judging):
                continue
            if (two.id, one.id) in directed or (two.layer < one.layer and (one.id, two.id) not in directed):
                yield b, a
            else:
                yield a, b


def circular(one: Node, two: Node, judging: frozenset[str]) -> bool:
    """Say whether one of two nodes is a category and the other holds codes that cases were put into it by.

    Args:
        one: A node.
        two: Another.
        judging: Core codes by which rules have put cases in their categories.
    """
    for category, other in ((one, two), (two, one)):
        judged = category.measured and not category.codes
        if judged and any(core_code(code) in judging for code in other.codes):
            return True
    return False


def _mixed(edge: Edge) -> Edge:
    """Return an edge as one that goes both ways: cases with both ends stand for it, whatever the whole's sign."""
    turned = replace(edge, sign=EdgeSign.MIXED)
    if edge.sign is EdgeSign.PLUS:
        return turned
    return replace(
        turned, cases=edge.counter_cases, counter_cases=edge.cases, n_cases=edge.n_counter, n_counter=edge.n_cases
    )


def _reachable(edges: Iterable[TheoryEdge]) -> dict[str, frozenset[str]]:
    """Return for each concept all those that the theory's edges lead to from it."""
    following: dict[str, set[str]] = {}
    for edge in edges:
        following.setdefault(edge.source, set()).add(edge.target)
    found = {}
    for start in following:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = following.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += sorted(new)
        found[start] = frozenset(seen)
    return found
