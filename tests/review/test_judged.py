"""Sentences as people judged them: of open and of finished cases."""

from pathlib import Path

import pytest

from pipeline.coding.evaluation import Score
from pipeline.coding.labelled import Labelled
from pipeline.errors import MissingFileError
from pipeline.learning import evaluate_reviewed
from pipeline.material import JudgedCorpus, read_judged, read_material
from pipeline.model.review import BLIND, REVIEW, Assignment, Reviewer, Verdict
from pipeline.project import code_corpus
from pipeline.review.anchors import added, decision_on
from pipeline.review.judged import Finished, finished_cases
from pipeline.reviewing import open_review
from pipeline.settings import Project, open_project
from tests.projects import make_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return open_project(make_project(tmp_path))


def decide(project: Project, *verdicts: tuple[str, Verdict], lock: bool = False, layer: str = REVIEW) -> None:
    """Let Åse decide on codes suggested in P-01, and say that the case is done where asked for."""
    (one,) = code_corpus(project, only="P-01")[0]
    with open_review(project, create=True) as store:
        store.set_reviewer(Reviewer("Åse"))
        for code, verdict in verdicts:
            coding = next(each for each in one.codings if each.code == code)
            store.add_decisions([decision_on(coding, one.case, reviewer="Åse", verdict=verdict)], texts=[one.case])
        if lock:
            store.assign([Assignment("P-01", "Åse", layer)])
            seen = [(coding.segment, coding.code) for coding in one.codings]
            store.lock("P-01", "Åse", layer=layer, seen=seen)


def by_text(judged: JudgedCorpus) -> dict[str, Labelled]:
    return {each.text: each for each in judged.sentences}


def test_nothing_is_judged_where_nobody_has_reviewed(project: Project) -> None:
    assert read_judged(project) == JudgedCorpus()
    with pytest.raises(MissingFileError):
        evaluate_reviewed(project)


def test_of_an_open_case_only_sentences_count_in_which_all_is_decided(project: Project) -> None:
    decide(project, ("barrier.finances", Verdict.REJECT))
    (sentence,) = read_judged(project).sentences
    assert sentence.text == "Han har gæld."
    assert sentence.codes == sentence.fringe == frozenset()
    assert (sentence.case, sentence.context) == ("", "Der var ventetid på udredning.")
    assert read_judged(project, whole=True).sentences == ()
    assert read_judged(project, without={"P-01"}).sentences == ()


def test_all_sentences_of_a_locked_case_count_and_what_was_left_open_is_neither_right_nor_wrong(
    project: Project,
) -> None:
    decide(project, ("waiting.queue", Verdict.ACCEPT), lock=True)
    found = by_text(read_judged(project, whole=True))
    assert found["Der var ventetid på udredning."].codes == {"waiting.queue"}
    assert found["Han har gæld."].fringe == {"barrier.finances"}
    assert found["Han har gæld."].codes == frozenset()
    assert {each.case for each in found.values()} == {"P-01"}


def test_what_a_person_added_or_put_in_the_place_of_another_code_is_what_holds(project: Project) -> None:
    (one,) = code_corpus(project, only="P-01")[0]
    segment = one.segments[0]
    coding = next(each for each in one.codings if each.code == "waiting.queue")
    with open_review(project, create=True) as store:
        store.set_reviewer(Reviewer("Åse"))
        made = [
            decision_on(coding, one.case, reviewer="Åse", verdict=Verdict.RECODE, to="barrier.finances"),
            added(one.case, segment, segment.start, segment.end, "outcome.unchanged", reviewer="Åse"),
        ]
        store.add_decisions(made, texts=[one.case])
    found = by_text(read_judged(project))
    assert found["Der var ventetid på udredning."].codes == {"barrier.finances", "outcome.unchanged"}


def test_the_machine_is_measured_against_what_was_settled(project: Project) -> None:
    decide(project, ("waiting.queue", Verdict.ACCEPT), ("barrier.finances", Verdict.REJECT), lock=True)
    evaluation, judged = evaluate_reviewed(project)
    assert judged.by_rules
    by_code = dict(evaluation.by_code)
    assert by_code["waiting.queue"] == Score(hits=1)
    assert by_code["barrier.finances"] == Score(wrong=1)


def test_what_nobody_coded_blind_is_not_there(project: Project) -> None:
    decide(project, lock=True, layer=BLIND)
    found = by_text(read_judged(project, whole=True))
    assert all(not each.codes and not each.fringe for each in found.values())
    evaluation, _ = evaluate_reviewed(project)
    assert evaluation.micro == Score(wrong=3)


def test_a_suggestion_that_came_after_the_lock_is_wrong_and_one_left_open_is_doubtful(project: Project) -> None:
    decide(project, lock=True)
    assert evaluate_reviewed(project)[0].micro == Score()
    with open_review(project) as store:
        store.unlock("P-01", "Åse", layer=REVIEW)
        store.lock("P-01", "Åse", layer=REVIEW, seen=[("another", "waiting.queue")])
    assert evaluate_reviewed(project)[0].micro == Score(wrong=3)


def test_what_somebody_was_unsure_of_is_no_example(project: Project) -> None:
    decide(project, ("waiting.queue", Verdict.UNSURE), ("barrier.finances", Verdict.ACCEPT), lock=True)
    assert by_text(read_judged(project))["Der var ventetid på udredning."].fringe == {"waiting.queue"}
    learnt = by_text(read_judged(project, doubts=False))
    assert set(learnt) & {"Der var ventetid på udredning.", "Han har gæld."} == {"Han har gæld."}


def test_a_model_learns_from_reviewed_sentences_too(project: Project) -> None:
    before = len(read_material(project).sentences)
    decide(project, ("waiting.queue", Verdict.ACCEPT), lock=True)
    material = read_material(project)
    assert len(material.sentences) == before + len(read_judged(project, doubts=False).sentences)
    assert {each.source.value for each in material.sentences} >= {"review"}


def test_a_case_is_finished_when_nobody_who_reviews_it_is_still_at_it() -> None:
    given = [
        Assignment("A-01", "Åse", locked="2026-11-22T00:00:00Z"),
        Assignment("A-02", "Åse", locked="2026-11-22T00:00:00Z"),
        Assignment("A-02", "Bo"),
        Assignment("A-03", "Bo"),
    ]
    assert finished_cases(given) == Finished(frozenset({"A-01"}), frozenset({"A-01"}))
    seen = Assignment("A-01", "Bo", REVIEW, locked="2026-11-22T00:00:00Z")
    assert finished_cases([*given, seen]) == Finished(frozenset({"A-01"}), frozenset())
