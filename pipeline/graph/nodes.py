"""The nodes of the graph: the theory's concepts, the codes that the theory has no place for, and the categories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.graph.value import Node, NodeKind, Quotation
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label, Pole, core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.table import case_sets, category_members

QUOTES = 2
"""How many quotations a node keeps of one code, and of the reasons for a category, from one case."""

CATEGORY = "progression"
"""What reasons for a case's category are filed under."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Who carries what.

    Attributes:
        codes: Per code, the cases that carry it.
        before: Per code, the cases that carry it only as before the course; empty where that counts too.
        categories: Per progression category, its cases.
        quotes: Per core code, its quotations, the surest of each case first.
        reasons: Per case, sentences that speak for its category.
    """

    codes: Mapping[str, frozenset[str]]
    before: Mapping[str, frozenset[str]]
    categories: Mapping[str, frozenset[str]]
    quotes: Mapping[str, tuple[Quotation, ...]]
    reasons: Mapping[str, tuple[Quotation, ...]]

    def carriers(self, codes: Iterable[str], categories: Iterable[str] = ()) -> frozenset[str]:
        """Return the cases that carry one of these codes or are in one of these categories."""
        found = [self.codes.get(code, frozenset()) for code in codes]
        return frozenset().union(*found, *(self.categories.get(name, frozenset()) for name in categories))


def gather(
    cases: Sequence[Case], codings: Sequence[Coding], outcomes: Iterable[Outcome], *, before: bool = False
) -> Sets:
    """Sort codings and outcomes into sets of cases.

    Args:
        cases: The cases.
        codings: Settled codings; only those that count are used.
        outcomes: The cases' outcomes; a split case is in each of its categories.
        before: True to count what was before the course like the rest.
    """
    ids = frozenset(case.id for case in cases)
    outcomes = tuple(outcomes)
    during = case_sets(cases, codings, before=before)
    ever = case_sets(cases, codings, before=True)
    members = category_members(outcomes)
    return Sets(
        codes=during,
        before={code: found - during.get(code, frozenset()) for code, found in ever.items()},
        categories={name: found & ids for name, found in members.items()},
        quotes=_quotes([coding for coding in codings if coding.case in ids and (before or not coding.before)]),
        reasons=_reasons(outcomes),
    )


def _quotes(codings: Iterable[Coding]) -> dict[str, tuple[Quotation, ...]]:
    """Return per core code the surest sentences of each case: surest first, then in the order of the text."""
    ranked = sorted(
        (coding for coding in codings if coding.counts),
        key=lambda coding: (coding.case, -coding.confidence, coding.start, coding.code, coding.segment),
    )
    taken: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    found: defaultdict[str, list[Quotation]] = defaultdict(list)
    for coding in ranked:
        code = core_code(coding.code)
        segments = taken[code, coding.case]
        if coding.segment not in segments and len(segments) < QUOTES:
            segments.append(coding.segment)
            words = " ".join((coding.sentence or coding.quote).split())
            found[code].append(Quotation(coding.case, coding.segment, coding.section, coding.code, words))
    return {code: tuple(quotes) for code, quotes in found.items()}


def _reasons(outcomes: Iterable[Outcome]) -> dict[str, tuple[Quotation, ...]]:
    """Return per case the first sentences that speak for its category."""
    found = {}
    for outcome in outcomes:
        reasons = [reason for reason in outcome.reasons if reason.judgement == CATEGORY and reason.supports]
        found[outcome.case] = tuple(
            Quotation(outcome.case, reason.segment, "", reason.code, " ".join(reason.quote.split()))
            for reason in reasons[:QUOTES]
        )
    return found


def concept_nodes(codebook: Codebook, sets: Sets) -> list[Node]:
    """Return a node for each concept of the theory, in its order."""
    return [
        _node(NodeKind.CONCEPT, node.id, node.label, node.layer, node.pole, sets, node.codes, node.categories)
        for node in codebook.theory.nodes
    ]


def code_nodes(codebook: Codebook, sets: Sets) -> list[Node]:
    """Return a node for each core code with a pole that no concept uses.

    They stand in the first column: what the theory says nothing of is taken as given beforehand.
    """
    used = {core_code(code) for node in codebook.theory.nodes for code in node.codes}
    codes = [code for code in codebook.codes if code.parent == code.id and code.id not in used]
    first = min((node.layer for node in codebook.theory.nodes), default=0)
    return [
        _node(NodeKind.CODE, f"code:{code.id}", code.label, first, code.pole, sets, (code.id,))
        for code in codes
        if code.pole is not Pole.NEUTRAL
    ]


def category_nodes(codebook: Codebook, sets: Sets) -> list[Node]:
    """Return a node for each progression category, best first, in a column of their own at the right."""
    last = max((node.layer for node in codebook.theory.nodes), default=0) + 1
    return [
        _node(
            NodeKind.CATEGORY, f"category:{name.value}", label, last, Pole.NEUTRAL, sets, categories=(name.value,)
        )
        for name, label in CATEGORY_LABELS.items()
    ]  # fmt: skip


def _node(
    kind: NodeKind,
    node_id: str,
    label: Label,
    layer: int,
    pole: Pole,
    sets: Sets,
    codes: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
) -> Node:
    cases = sets.carriers(codes, categories)
    before = frozenset[str]().union(*(sets.before.get(code, frozenset()) for code in codes)) - cases
    core = dict.fromkeys(core_code(code) for code in codes)
    quotes = [quote for code in core for quote in sets.quotes.get(code, ()) if quote.case in cases]
    if categories:
        quotes += [quote for case in sorted(cases) for quote in sets.reasons.get(case, ())]
    return Node(
        id=node_id,
        kind=kind,
        label=label,
        layer=layer,
        pole=pole,
        codes=codes,
        n=len(cases),
        cases=tuple(sorted(cases)),
        before_cases=tuple(sorted(before)),
        measured=bool(codes or categories),
        quotations=tuple(sorted(quotes, key=lambda quote: quote.case)),
    )
