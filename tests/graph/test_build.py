from dataclasses import replace

import pytest

from pipeline.graph.build import build_graph
from pipeline.graph.value import EdgeKind, EdgeSign, Finding, NodeKind, Obstacle
from pipeline.model.codes import Pole
from pipeline.model.codings import Assertion
from pipeline.model.progression import Reason
from tests.codebook_of_reference import reference_codebook
from tests.graph.made import carriers, cases, codebook, coding, edge_of, outcome, reference_graph
from tests.reference import gold

UP, DOWN, FLAT = Pole.FACILITATOR, Pole.INHIBITOR, Pole.NEUTRAL


def gold_carriers(*codes: str) -> set[str]:
    return {
        line["case"]
        for line in gold()
        if any(code in s["codes"] and code not in s["before"] for s in line["sentences"] for code in codes)
    }


def test_an_edge_counts_the_cases_that_agree_and_those_that_do_not() -> None:
    edge = edge_of(reference_graph(), "trust", "citizen")
    trust, active = gold_carriers("relation.trust"), gold_carriers("citizen.activated")
    assert set(edge.cases) == trust & active
    assert set(edge.counter_cases) == trust - active
    assert (edge.n_cases, edge.n_counter) == (len(trust & active), len(trust - active))
    assert (edge.n_source, edge.n_target, edge.n_both) == (len(trust), len(active), len(trust & active))
    assert edge.jaccard == len(trust & active) / len(trust | active)


def test_for_a_weakening_edge_the_cases_without_the_target_agree() -> None:
    edge = edge_of(reference_graph(), "pseudo", "citizen")
    distrust = gold_carriers("relation.distrust", "relation.pseudo")
    assert edge.sign is EdgeSign.MINUS
    assert set(edge.cases) == distrust - gold_carriers("citizen.activated")


def test_every_edge_of_the_theory_is_there_in_its_order() -> None:
    theory = reference_codebook().theory
    graph = reference_graph()
    assert [(edge.source, edge.target) for edge in graph.theory_edges] == [
        (edge.source, edge.target) for edge in theory.edges
    ]
    for edge in graph.theory_edges:
        assert (edge.finding is Finding.NOT_MEASURABLE) == (edge.obstacle is not None) == (edge.p is None)
        if edge.p_adj is not None:
            assert (edge.p_adj <= 0.05) == (edge.finding in (Finding.SUPPORTED, Finding.CONTRADICTED))
    assert graph.n_theory_tests == 2 * sum(edge.obstacle is None for edge in graph.theory_edges)


def test_the_cases_support_leave_open_or_contradict_a_claim_by_their_own_sign() -> None:
    book = codebook(
        [("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP), ("c", ("x.c",), 1, UP), ("d", ("x.d",), 1, UP)],
        [("a", "b", "+"), ("a", "c", "+"), ("a", "d", "+")],
    )
    traits = {"x.a": range(10), "x.b": range(10), "x.c": range(10, 20), "x.d": range(5, 15)}
    graph = build_graph(cases(20), carriers(traits), (), book)
    findings = {edge.target: edge.finding for edge in graph.theory_edges}
    assert findings == {"b": Finding.SUPPORTED, "c": Finding.CONTRADICTED, "d": Finding.UNSUPPORTED}
    against = edge_of(graph, "a", "c")
    # the p of a contradicted claim is that of what the cases show: 0 of 10 where 5 were expected, one way of 184756
    assert against.p == pytest.approx(1 / 184756)
    assert against.p_adj == pytest.approx(6 / 184756 / 2)  # the second smallest of six


@pytest.mark.parametrize(
    ("traits", "obstacle"),
    [
        ({"x.a": range(5)}, Obstacle.NEVER),
        ({"x.a": range(5), "x.b": range(20)}, Obstacle.ALWAYS),
        ({"x.a": range(1), "x.b": range(8)}, Obstacle.FEW),
    ],
)
def test_what_the_counts_cannot_tell_is_not_called_unsupported(traits: dict[str, range], obstacle: Obstacle) -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP)], [("a", "b", "+")])
    graph = build_graph(cases(20), carriers(traits), (), book)
    (edge,) = graph.theory_edges
    assert (edge.finding, edge.obstacle, edge.n_cases) == (Finding.NOT_MEASURABLE, obstacle, None)
    assert graph.n_theory_tests == 0


def test_a_concept_without_codes_is_not_measured() -> None:
    graph = reference_graph()
    assert not graph.node("progression").measured
    assert graph.node("trust").measured
    assert edge_of(graph, "citizen", "progression").obstacle is Obstacle.NO_CODE


def test_a_concept_may_be_shown_by_categories() -> None:
    book = codebook([("a", ("x.a",), 0, UP)], [("a", "progression", "+")], progression=1)
    outcomes = [outcome(f"C-{n:02}", "partial" if n < 10 else "none", "progression") for n in range(0, 20, 2)]
    graph = build_graph(cases(20), carriers({"x.a": range(10)}), outcomes, book)
    assert graph.node("progression").cases == tuple(f"C-{n:02}" for n in range(0, 20, 2))  # split cases are in it
    assert edge_of(graph, "a", "progression").n_both == 5


def test_a_category_is_not_tested_against_the_codes_that_rules_judged_it_by() -> None:
    book = codebook(
        [("a", ("x.a",), 0, UP), ("health", ("outcome.health",), 1, FLAT)],
        [("a", "progression", "+"), ("health", "progression", "+")],
        progression=2,
    )
    reason = Reason("progression", "r", True, "s1", "outcome.health", "Hun er blevet rask.")
    judged = [outcome(f"C-{n:02}", "progression", reasons=(reason,)) for n in range(10)]
    codings = carriers({"x.a": range(10), "outcome.health": range(10)})
    graph = build_graph(cases(20), codings, judged, book)
    assert edge_of(graph, "health", "progression").obstacle is Obstacle.CIRCULAR
    assert edge_of(graph, "a", "progression").finding is Finding.SUPPORTED
    assert graph.node("progression").quotations[0].text == "Hun er blevet rask."
    by_people = [replace(each, progression_by="Anna") for each in judged]
    graph = build_graph(cases(20), codings, by_people, book)
    assert edge_of(graph, "health", "progression").finding is Finding.SUPPORTED


def test_what_was_before_the_course_counts_only_when_asked_for_and_is_kept_apart() -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP)], [("a", "b", "+")])
    codings = [coding("C-00", "x.a", before=True), coding("C-01", "x.a"), coding("C-01", "x.a", before=True)]
    node = build_graph(cases(3), codings, (), book).node("a")
    assert (node.cases, node.before_cases) == (("C-01",), ("C-00",))
    assert {quote.case for quote in node.quotations} == {"C-01"}
    node = build_graph(cases(3), codings, (), book, before=True).node("a")
    assert (node.cases, node.before_cases) == (("C-00", "C-01"), ())


def test_only_codings_that_count_are_counted() -> None:
    book = codebook([("a", ("x.a",), 0, UP)])
    codings = [coding("C-00", "x.a"), replace(coding("C-01", "x.a"), assertion=Assertion.NEGATED)]
    assert build_graph(cases(2), codings, (), book).node("a").cases == ("C-00",)


def test_a_node_keeps_the_surest_words_of_each_case_with_their_segment() -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP)], [("a", "b", "+")])
    codings = [coding("C-00", "x.a", words=f"Nr. {n}.", confidence=n / 10) for n in (3, 9, 5)] + [coding("C-00", "x.b")]
    graph = build_graph(cases(4), codings, (), book)
    quotes = graph.node("a").quotations
    assert [quote.text for quote in quotes] == ["Nr. 9.", "Nr. 5."]
    assert quotes[0].segment == "C-00-x.a-Nr. 9."


def test_an_edge_has_the_words_of_both_ends_and_of_its_counter_examples() -> None:
    graph = reference_graph()
    edge = edge_of(graph, "trust", "citizen")
    quotes = graph.quotations(edge)
    assert {quote.case for quote in quotes} == set(edge.cases) | set(edge.counter_cases)
    codes = {quote.code for quote in quotes}
    assert codes == {"relation.trust", "citizen.activated"}
    assert not {quote.case for quote in quotes if quote.code == "citizen.activated"} & set(edge.counter_cases)


def test_evidence_is_what_passes_in_either_direction_over_all_tests_made() -> None:
    graph = reference_graph()
    evidence = graph.evidence_edges
    assert evidence
    assert all(edge.kind is EdgeKind.EVIDENCE and (edge.p_adj or 0) <= 0.05 for edge in evidence)
    assert {edge.sign for edge in evidence} >= {EdgeSign.PLUS, EdgeSign.MINUS}
    for edge in evidence:
        assert edge.n_both is not None
        assert edge.expected is not None
        assert (edge.n_both > edge.expected) == (edge.sign is EdgeSign.PLUS)
        assert (edge.n_cases or 0) >= 5
    ps = [edge.p for edge in evidence]
    assert ps == sorted(ps, key=float)  # type: ignore[arg-type] # every edge of the cases has its p
    involved = edge_of(graph, "involvement", "category:none", EdgeKind.EVIDENCE)
    assert involved.sign is EdgeSign.MINUS


def test_results_are_never_joined_with_results() -> None:
    graph = reference_graph()
    results = {node.id for node in graph.nodes if node.pole is Pole.NEUTRAL}
    assert not [edge for edge in graph.evidence_edges if {edge.source, edge.target} <= results]


def test_evidence_points_the_way_of_the_theory_and_tells_how_the_theory_joins_the_two() -> None:
    book = codebook(
        [("a", ("x.a",), 0, UP), ("b", ("x.b",), 1, UP), ("c", ("x.c",), 2, UP), ("d", ("x.d",), 0, DOWN)],
        [("a", "b", "+"), ("b", "c", "+")],
        further={"y.e": DOWN, "y.f": Pole.NEUTRAL},
    )
    half = range(12)
    codings = carriers({"x.c": half, "x.b": half, "x.a": half, "x.d": half, "y.e": half, "y.f": half})
    graph = build_graph(cases(24), codings, (), book)
    found = {(edge.source, edge.target): edge.finding for edge in graph.evidence_edges}
    assert found[("a", "b")] is Finding.IN_THEORY
    assert found[("a", "c")] is Finding.INDIRECT
    assert found[("d", "c")] is Finding.NOT_IN_THEORY
    assert found[("a", "d")] is Finding.NOT_IN_THEORY  # one column: the theory's order
    assert ("code:y.e", "c") in found
    assert graph.node("code:y.e").kind is NodeKind.CODE
    assert "code:y.f" not in {node.id for node in graph.nodes}  # neither furthers nor hampers


def test_a_theory_edge_and_one_of_the_cases_stand_side_by_side() -> None:
    graph = reference_graph()
    pairs = [(edge.source, edge.target) for edge in graph.evidence_edges if edge.finding is Finding.IN_THEORY]
    claims = {(edge.source, edge.target) for edge in graph.theory_edges}
    assert pairs
    assert {pair for pair in pairs if not pair[1].startswith("category:")} <= claims
    assert len({edge.id for edge in graph.edges}) == len(graph.edges)


def test_an_edge_is_mixed_when_single_codes_go_against_the_whole() -> None:
    book = codebook([("a", ("x.a", "x.b"), 0, UP), ("c", ("x.c",), 1, UP)])
    traits = {"x.a": range(30), "x.b": range(40, 48), "x.c": [*range(30), *range(50, 53)]}
    graph = build_graph(cases(60), carriers(traits), (), book)
    (edge,) = graph.evidence_edges
    assert edge.sign is EdgeSign.MIXED
    assert (edge.n_cases, edge.n_counter) == (30, 8)


def test_too_few_agreeing_cases_make_no_edge_of_the_cases() -> None:
    book = codebook([("a", ("x.a",), 0, UP), ("c", ("x.c",), 1, UP)])
    traits = {"x.a": range(4), "x.c": range(4)}
    assert build_graph(cases(60), carriers(traits), (), book).evidence_edges == ()
    assert len(build_graph(cases(60), carriers(traits), (), book, min_cases=4).evidence_edges) == 1


def test_no_cases_give_a_graph_without_evidence() -> None:
    empty = build_graph((), (), (), reference_codebook())
    assert empty.evidence_edges == ()
    assert {edge.finding for edge in empty.theory_edges} == {Finding.NOT_MEASURABLE}


def test_an_unknown_node_is_refused() -> None:
    with pytest.raises(KeyError):
        reference_graph().node("nobody")
