"""The codebook that comes with casepath."""

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from pipeline.codebook.load import load_codebook
from pipeline.model.codes import Codebook, CodeLevel, Pole, Sign
from pipeline.model.problems import Loaded

FOLDER = Path(__file__).parents[2] / "codebook" / "en-plan"
CORE = {
    "waiting": "queue processing sequential",
    "change": "caseworker support placement",
    "absence": "staff",
    "support": "ended",
    "agency": "decision persistence flexibility enabling lacking refusal mandate patchwork",
    "coordination": "one_entry shared_plan cross_sector employer parallel silo disagreement admin",
    "relation": "trust continuity distrust pseudo",
    "involvement": "own_goals lacking",
    "language": "deficit resource",
    "citizen": "activated wants_cannot motivation_drops passive",
    "barrier": "mental_health physical_health substance_use crime_violence everyday_coping isolation mobility finances "
    "housing self_efficacy family_wellbeing",
    "outcome": "employment employment_special education education_special readiness health wellbeing unchanged "
    "worsened pension",
}
CORE_IDS = {f"{prefix}.{name}" for prefix, names in CORE.items() for name in names.split()}
RESULTS = {"progression", "wellbeing", "efficiency"}


@pytest.fixture(scope="module")
def loaded() -> Loaded[Codebook | None]:
    return load_codebook(FOLDER)


@pytest.fixture(scope="module")
def codebook(loaded: Loaded[Codebook | None]) -> Codebook:
    assert loaded.value is not None
    return loaded.value


def test_it_loads_without_an_error_or_a_warning(loaded: Loaded[Codebook | None]) -> None:
    assert [f"{problem.where}: {problem.message}" for problem in loaded.problems] == []


def test_it_holds_the_core_codes_under_their_stable_ids(codebook: Codebook) -> None:
    assert len(CORE_IDS) == 57
    assert {code.id for code in codebook.codes if code.level is CodeLevel.CORE} >= CORE_IDS


def test_the_theory_never_leads_back_to_the_left_and_ends_in_results(codebook: Codebook) -> None:
    theory = codebook.theory
    layer = {node.id: node.layer for node in theory.nodes}
    assert all(layer[edge.source] <= layer[edge.target] for edge in theory.edges)
    assert {node.id for node in theory.nodes if node.layer == max(layer.values())} == RESULTS
    assert all(edge.reference.startswith("afsnit ") for edge in theory.edges)


def test_the_theory_goes_in_no_circle(codebook: Codebook) -> None:
    order: TopologicalSorter[str] = TopologicalSorter()
    for edge in codebook.theory.edges:
        order.add(edge.target, edge.source)
    assert len(tuple(order.static_order())) == len(codebook.theory.nodes)  # a circle raises CycleError


def test_every_concept_of_the_theory_leads_to_progression_or_is_a_result(codebook: Codebook) -> None:
    reached = {"progression"}
    for _ in codebook.theory.nodes:
        reached |= {edge.source for edge in codebook.theory.edges if edge.target in reached}
    assert {node.id for node in codebook.theory.nodes} == reached | RESULTS


def test_facilitators_further_and_inhibitors_hamper_progression_directly(codebook: Codebook) -> None:
    poles = {node.id: node.pole for node in codebook.theory.nodes}
    direct = [edge for edge in codebook.theory.edges if edge.target == "progression"]
    assert direct
    for edge in direct:
        assert (edge.sign is Sign.MINUS) == (poles[edge.source] is Pole.INHIBITOR)


def test_the_groups_that_rules_were_written_against_are_there_to_learn_from(codebook: Codebook) -> None:
    municipalities = {path.name[0] for path in (FOLDER.parents[1] / "corpus").glob("*.docx")}
    files = {path.stem for path in (FOLDER / "training").glob("*.txt")}
    assert set(codebook.tuned) == {*"ABCGHI", "n1", "n2", "n3", "n4"}
    assert set(codebook.tuned) < municipalities | files
