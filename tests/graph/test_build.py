from functools import cache

from pipeline.graph.build import EdgeKind, Finding, Graph, build_graph
from pipeline.model.codes import Sign
from tests.codebook_of_reference import reference_codebook
from tests.reference import gold, reference_cases, reference_codings, reference_outcomes


@cache
def graph() -> Graph:
    return build_graph(reference_cases(), reference_codings(), reference_outcomes(), reference_codebook())


def carriers(*codes: str) -> set[str]:
    return {
        line["case"]
        for line in gold()
        if any(code in s["codes"] and code not in s["before"] for s in line["sentences"] for code in codes)
    }


def test_an_edge_counts_the_cases_that_agree_and_those_that_do_not() -> None:
    edge = next(edge for edge in graph().theory_edges if (edge.source, edge.target) == ("trust", "citizen"))
    trust, active = carriers("relation.trust"), carriers("citizen.activated")
    assert set(edge.cases) == trust & active
    assert set(edge.counter_cases) == trust - active
    assert edge.association is not None
    assert edge.association.both == len(trust & active)


def test_for_a_weakening_edge_the_cases_without_the_target_agree() -> None:
    edge = next(edge for edge in graph().theory_edges if (edge.source, edge.target) == ("pseudo", "citizen"))
    distrust = carriers("relation.distrust", "relation.pseudo")
    assert edge.sign is Sign.MINUS
    assert set(edge.cases) == distrust - carriers("citizen.activated")


def test_every_edge_of_the_theory_is_there_with_what_the_cases_say() -> None:
    theory = reference_codebook().theory
    assert [(edge.source, edge.target) for edge in graph().theory_edges] == [
        (edge.source, edge.target) for edge in theory.edges
    ]
    for edge in graph().theory_edges:
        seen = edge.p_adjusted <= 0.05
        assert seen == (edge.finding in (Finding.SEEN, Finding.OPPOSITE))
        assert (edge.finding is Finding.UNMEASURED) == (edge.association is None)


def test_a_concept_without_codes_is_not_measured() -> None:
    assert not graph().node("progression").measured
    assert graph().node("trust").measured


def test_edges_from_the_cases_join_codes_with_categories_and_leave_results_out() -> None:
    evidence = graph().evidence_edges
    assert evidence
    assert all(edge.kind is EdgeKind.EVIDENCE and edge.p_adjusted <= 0.05 for edge in evidence)
    assert not any(edge.source.startswith("code:outcome.") for edge in evidence)
    known = {node.id for node in graph().nodes}
    assert all({edge.source, edge.target} <= known for edge in evidence)
    silo = next(e for e in evidence if (e.source, e.target) == ("code:coordination.silo", "category:none"))
    assert silo.sign is Sign.PLUS


def test_no_cases_give_a_graph_without_evidence() -> None:
    empty = build_graph((), (), (), reference_codebook())
    assert empty.evidence_edges == ()
    assert {edge.finding for edge in empty.theory_edges} <= {Finding.OPEN, Finding.UNMEASURED}
