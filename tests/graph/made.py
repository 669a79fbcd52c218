"""Graphs for tests: of the reference, and small ones made by hand."""

from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.graph.build import build_graph
from pipeline.graph.value import Edge, EdgeKind, Graph
from pipeline.model.cases import Attributes, Case
from pipeline.model.codes import (
    Code,
    Codebook,
    CodeLevel,
    Label,
    Pole,
    Sign,
    Theme,
    Theory,
    TheoryEdge,
    TheoryNode,
)
from pipeline.model.codings import Assertion, Coding
from pipeline.model.progression import Outcome, ProgressionCategory, Reason
from tests.codebook_of_reference import reference_codebook
from tests.reference import reference_cases, reference_codings, reference_outcomes


@cache
def reference_graph() -> Graph:
    """Return the graph of the reference codings."""
    return build_graph(reference_cases(), reference_codings(), reference_outcomes(), reference_codebook())


def edge_of(graph: Graph, source: str, target: str, kind: EdgeKind = EdgeKind.THEORY) -> Edge:
    """Return the edge of one kind between two nodes."""
    return next(edge for edge in graph.edges if (edge.source, edge.target, edge.kind) == (source, target, kind))


def case(name: str) -> Case:
    """Return a case that has nothing but its name."""
    return Case(name, f"{name}.docx", "", "", "", (), (), Attributes())


def coding(
    name: str, code: str, *, before: bool = False, words: str = "Det står her.", confidence: float = 0.8
) -> Coding:
    """Return a coding of a case."""
    return Coding(
        case=name,
        section="course",
        segment=f"{name}-{code}-{words}",
        start=0,
        end=len(words),
        quote=words,
        sentence=words,
        code=code,
        pole=Pole.NEUTRAL,
        assertion=Assertion.AFFIRMED,
        before=before,
        coder="rules",
        evidence=(),
        confidence=confidence,
    )


def outcome(name: str, *categories: str, by: str = "rules", reasons: tuple[Reason, ...] = ()) -> Outcome:
    """Return the outcome of a case."""
    found = tuple(ProgressionCategory(each) for each in categories)
    return Outcome(name, found, by, (), (), (), reasons=reasons)


Concept = tuple[str, tuple[str, ...], int, Pole]


def codebook(
    concepts: Sequence[Concept],
    edges: Sequence[tuple[str, str, str]] = (),
    *,
    further: Mapping[str, Pole] | None = None,
    progression: int | None = None,
) -> Codebook:
    """Return a codebook of concepts with their codes, further codes, and a concept of progression in some column."""
    poles = {code: pole for _, codes, _, pole in concepts for code in codes} | dict(further or {})
    codes = tuple(
        Code(name, name.split(".")[0], Label(name, name), pole, CodeLevel.CORE, "Prøve.")
        for name, pole in poles.items()
    )
    nodes = [TheoryNode(name, Label(name, name.upper()), shown, layer, pole) for name, shown, layer, pole in concepts]
    if progression is not None:
        label = Label("Progression", "Progression")
        nodes.append(TheoryNode("progression", label, (), progression, Pole.NEUTRAL, ("progression", "partial")))
    claims = tuple(TheoryEdge(source, target, Sign(sign), "afsnit 6.5") for source, target, sign in edges)
    themes = (Theme("t", Label("t", "t"), codes),)
    return Codebook("test", Label("Prøve", "Trial"), "1", themes, theory=Theory(tuple(nodes), claims))


def carriers(traits: Mapping[str, Sequence[int]]) -> list[Coding]:
    """Return codings of codes in numbered cases."""
    return [coding(f"C-{number:02}", code) for code, numbers in traits.items() for number in numbers]


def cases(n: int) -> list[Case]:
    """Return numbered cases."""
    return [case(f"C-{number:02}") for number in range(n)]
