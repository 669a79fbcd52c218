from dataclasses import replace

from pipeline.model.progression import (
    DIMENSIONS,
    RATINGS,
    Attachment,
    Change,
    MemberOutcome,
    Outcome,
    OutcomeNote,
    ProgressionCategory,
    Rating,
)
from pipeline.model.review import ADJUDICATED, BLIND, Assessment, DimensionStatus
from pipeline.progression.assessments import assessment_problems, with_assessments

PARTIAL, NONE = ProgressionCategory.PARTIAL, ProgressionCategory.NONE
PROGRESSION = ProgressionCategory.PROGRESSION
MACHINE = Outcome(
    case="X-01",
    progression=(NONE,),
    progression_by="rules",
    attachment=(Attachment.NONE,),
    ratings=tuple((name, Rating.MEDIUM) for name in RATINGS),
    changes=tuple((name, Change.UNCHANGED) for name in DIMENSIONS),
    confidence=0.6,
)


def says(reviewer: str = "Anna", category: ProgressionCategory | None = PARTIAL, **more: object) -> Assessment:
    base = Assessment(reviewer, "X-01", "digest", (category,) if category else ())
    return replace(base, **more)  # type: ignore[arg-type]


def test_a_person_s_category_holds_and_the_machine_s_stays_beside_it() -> None:
    (outcome,) = with_assessments([MACHINE], [says()])
    assert outcome.progression == (PARTIAL,)
    assert outcome.progression_by == "Anna"
    assert outcome.confidence == 1.0
    assert outcome.machine == MACHINE


def test_an_outcome_nobody_judged_stays_as_it_is() -> None:
    other = replace(MACHINE, case="X-02")
    assert with_assessments([MACHINE, other], [says()])[1] is other


def test_what_a_person_left_open_stays_the_machine_s() -> None:
    rated = says(category=None, ratings=(("relation", Rating.LOW),))
    (outcome,) = with_assessments([MACHINE], [rated])
    assert outcome.progression == (NONE,)
    assert outcome.progression_by == "rules"
    assert outcome.confidence == 0.6
    assert dict(outcome.ratings) == {"coherence": Rating.MEDIUM, "involvement": Rating.MEDIUM, "relation": Rating.LOW}


def test_dimensions_and_attachment_are_settled_one_by_one() -> None:
    judged = says(
        category=None,
        attachment=(Attachment.EDUCATION,),
        statuses=(DimensionStatus("social_network", Change.WORSENED, "to venner", "ingen"),),
    )
    (outcome,) = with_assessments([MACHINE], [judged])
    assert outcome.attachment == (Attachment.EDUCATION,)
    assert dict(outcome.changes)["social_network"] is Change.WORSENED
    assert dict(outcome.changes)["job_education"] is Change.UNCHANGED


def test_the_adjudicator_s_word_holds_over_the_reviewers() -> None:
    log = [says("Anna"), says("Bo", NONE), says("Carl", PROGRESSION, layer=ADJUDICATED)]
    (outcome,) = with_assessments([MACHINE], log)
    assert outcome.progression == (PROGRESSION,)
    assert outcome.progression_by == "Carl"
    assert assessment_problems([MACHINE], log) == ()


def test_blind_assessments_settle_nothing() -> None:
    assert with_assessments([MACHINE], [says(layer=BLIND)]) == (MACHINE,)


def test_reviewers_who_differ_leave_the_machine_s_with_a_note_and_a_problem() -> None:
    log = [says("Anna"), says("Bo", PROGRESSION)]
    (outcome,) = with_assessments([MACHINE], log)
    assert outcome.progression == (NONE,)
    assert outcome.progression_by == "rules"
    assert OutcomeNote.REVIEWERS_DIFFER in outcome.notes
    (problem,) = assessment_problems([MACHINE], log)
    assert (problem.code, problem.where) == ("PR20", "X-01")
    assert problem.message == "Progression is judged differently by the reviewers; the machine's judgement stands."


def test_reviewers_who_agree_are_both_named() -> None:
    (outcome,) = with_assessments([MACHINE], [says("Bo"), says("Anna")])
    assert outcome.progression_by == "Anna, Bo"


def test_a_reviewer_s_last_assessment_holds_whatever_the_order_of_the_log() -> None:
    log = [says("Anna", PROGRESSION, number=2), says("Anna", PARTIAL, number=1)]
    (outcome,) = with_assessments([MACHINE], log)
    assert outcome.progression == (PROGRESSION,)


def test_a_split_brings_its_members_and_another_category_takes_the_machine_s_away() -> None:
    members = (MemberOutcome("mor", PROGRESSION), MemberOutcome("far", NONE))
    split = says(category=None, progression=(NONE, PROGRESSION), members=members)
    (outcome,) = with_assessments([MACHINE], [split])
    assert outcome.progression == (PROGRESSION, NONE)
    assert outcome.members == members
    (whole,) = with_assessments([replace(outcome, machine=None)], [says()])
    assert whole.members == ()


def test_an_assessment_of_a_changed_text_or_a_missing_case_is_told_and_left_out() -> None:
    digests = {"X-01": "another"}
    log = [says(), says("Bo", case="X-99")]
    assert with_assessments([MACHINE], log, digests=digests) == (MACHINE,)
    assert [problem.code for problem in assessment_problems([MACHINE], log, digests=digests)] == ["PR21", "PR22"]


def test_settling_twice_changes_nothing_more() -> None:
    log = [says("Anna", ratings=(("relation", Rating.LOW),))]
    once = with_assessments([MACHINE], log)
    twice = with_assessments(once, log)
    assert [replace(each, machine=None) for each in once] == [replace(each, machine=None) for each in twice]
