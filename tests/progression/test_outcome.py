from dataclasses import replace
from pathlib import Path

from pipeline.model.cases import Attributes, Case, Citizen, Cluster, Section
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.model.progression import Attachment, Change, Outcome, ProgressionCategory, Rating
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcome
from tests.reference import pole_of

RULES = load_outcome_rules(Path(__file__).resolve().parents[2] / "codebook" / "en-plan").value
SPLIT = (ProgressionCategory.PROGRESSION, ProgressionCategory.NONE)
FAMILY = (Citizen("Mette", "mor", 36), Citizen("Carl", "far", 41), Citizen("Ida", "", 9))

Told = tuple[str, str, str]
"""(section, sentence, codes separated by a space)"""


def case_of(*told: Told, cluster: Cluster | None = Cluster.ADULT, citizens: tuple[Citizen, ...] = ()) -> Case:
    text, sections = "", []
    for section, sentence, _ in told:
        sections.append(Section(section, section, len(text), len(text) + len(sentence), "heading"))
        text += sentence + "\n"
    attributes = Attributes("Kommune X", cluster, citizens)
    return Case("X-01", "X-01.docx", text, "", "", (), tuple(sections), attributes)


def codings_of(case: Case, *told: Told) -> list[Coding]:
    return [
        Coding(
            case.id,
            section.kind,
            f"s{index}",
            section.start,
            section.end,
            sentence,
            sentence,
            code,
            pole_of(code),
            Assertion.AFFIRMED,
            False,
            "rules",
            (),
            confidence=1.0,
        )
        for index, ((_, sentence, codes), section) in enumerate(zip(told, case.sections, strict=True))
        for code in codes.split()
    ]


def judge(*told: Told, cluster: Cluster | None = Cluster.ADULT, citizens: tuple[Citizen, ...] = ()) -> Outcome:
    case = case_of(*told, cluster=cluster, citizens=citizens)
    return settle_outcome(case, codings_of(case, *told), RULES)


def test_work_at_the_end_is_progression() -> None:
    outcome = judge(
        ("course", "Han har angst.", "barrier.mental_health"),
        ("result", "Han er ansat i fleksjob 10 timer.", "outcome.employment_special"),
    )
    assert outcome.progression == (ProgressionCategory.PROGRESSION,)
    assert outcome.attachment == (Attachment.EMPLOYMENT_SPECIAL,)
    assert dict(outcome.changes)["job_education"] is Change.IMPROVED


def test_better_health_without_a_job_is_partial_progression() -> None:
    outcome = judge(
        ("result", "Søvnen er bedre.", "outcome.health"),
        ("result", "Han kører selv med bus.", "outcome.wellbeing"),
    )
    assert outcome.progression == (ProgressionCategory.PARTIAL,)
    assert outcome.attachment == (Attachment.NONE,)


def test_small_ups_on_the_way_are_no_progression_when_the_end_is_as_the_start() -> None:
    outcome = judge(
        ("course", "I foråret gik hun til kor.", "outcome.wellbeing"),
        ("result", "Hun står, hvor hun stod.", "outcome.unchanged"),
    )
    assert outcome.progression == (ProgressionCategory.NONE,)


def test_decline_with_pension_is_regression() -> None:
    outcome = judge(
        ("result", "Lungerne er dårligere.", "outcome.worsened"),
        ("result", "Førtidspension er tilkendt.", "outcome.pension"),
    )
    assert outcome.progression == (ProgressionCategory.REGRESSION,)


def test_nothing_said_of_the_end_gives_no_category() -> None:
    outcome = judge(("course", "Han har angst.", "barrier.mental_health"))
    assert outcome.progression == ()
    assert outcome.confidence == 0.0
    assert dict(outcome.ratings)["relation"] is None


def test_a_job_lost_again_is_no_attachment() -> None:
    outcome = judge(
        ("course", "Han blev fastansat i april.", "outcome.employment"),
        ("result", "Han blev bortvist fra jobbet.", "outcome.worsened"),
        ("result", "Han drikker mere end før.", "outcome.worsened"),
    )
    assert outcome.attachment == (Attachment.NONE,)
    assert outcome.progression == (ProgressionCategory.REGRESSION,)


def test_supported_work_that_leads_to_ordinary_work_counts_once() -> None:
    outcome = judge(
        ("result", "Hun kom i løntilskud.", "outcome.employment_special"),
        ("result", "Hun blev ansat på overenskomst.", "outcome.employment"),
    )
    assert outcome.attachment == (Attachment.EMPLOYMENT,)


def test_what_was_before_the_course_and_what_is_not_affirmed_say_nothing() -> None:
    told = (("result", "Han er ansat i et lager.", "outcome.employment"),)
    case = case_of(*told)
    codings = codings_of(case, *told)
    for change in ({"before": True}, {"assertion": Assertion.NEGATED}, {"status": Status.REJECTED}):
        altered = [replace(codings[0], **change)]
        assert settle_outcome(case, altered, RULES).progression == ()


def test_contradiction_lowers_the_confidence() -> None:
    better = ("result", "Søvnen er bedre.", "outcome.health")
    clear = judge(better, ("result", "Hun passer sit hjem.", "outcome.wellbeing"))
    mixed = judge(better, ("result", "Gælden er den samme.", "outcome.unchanged"))
    assert clear.confidence > mixed.confidence


def test_every_judgement_names_its_sentences_for_and_against() -> None:
    outcome = judge(
        ("result", "Søvnen er bedre.", "outcome.health"),
        ("result", "Hun er begyndt i kor.", "outcome.wellbeing"),
        ("result", "Gælden er den samme.", "outcome.unchanged"),
    )
    reasons = {(reason.quote, reason.supports) for reason in outcome.reasons if reason.judgement == "progression"}
    assert reasons == {("Søvnen er bedre.", True), ("Hun er begyndt i kor.", True), ("Gælden er den samme.", False)}
    assert {reason.judgement for reason in outcome.reasons} >= {"progression", "health_substance"}


def test_a_family_is_split_only_when_both_members_are_named_with_strong_evidence() -> None:
    split = judge(
        ("result", "Mette blev ansat i køkkenet.", "outcome.employment"),
        ("result", "Carl er uændret.", "outcome.unchanged"),
        cluster=Cluster.FAMILY,
        citizens=FAMILY,
    )
    assert split.progression == SPLIT
    assert {(member.member, member.category) for member in split.members} == {
        ("Mette", ProgressionCategory.PROGRESSION),
        ("Carl", ProgressionCategory.NONE),
    }
    assert split.attachment == (Attachment.EMPLOYMENT, Attachment.NONE)
    whole = judge(
        ("result", "Mette blev ansat i køkkenet.", "outcome.employment"),
        ("result", "Gælden er uændret.", "outcome.unchanged"),
        cluster=Cluster.FAMILY,
        citizens=FAMILY,
    )
    assert not whole.split


def test_a_sentence_with_a_role_or_a_pronoun_is_about_the_member_meant() -> None:
    outcome = judge(
        ("result", "Moren blev ansat i køkkenet.", "outcome.employment"),
        ("result", "Om far er der intet nyt.", ""),
        ("result", "Han er den samme som altid.", "outcome.unchanged"),
        ("result", "Faderen har ikke flyttet sig.", "outcome.unchanged"),
        cluster=Cluster.FAMILY,
        citizens=FAMILY,
    )
    assert {member.member for member in outcome.members} == {"Mette", "Carl"}


def test_ratings_follow_the_balance_of_what_is_coded() -> None:
    good = [("organisation", f"Tillid {n}.", "relation.trust") for n in range(3)]
    bad = [("organisation", f"Mistillid {n}.", "relation.distrust") for n in range(3)]
    assert dict(judge(*good).ratings)["relation"] is Rating.HIGH
    assert dict(judge(*bad).ratings)["relation"] is Rating.LOW
    assert dict(judge(*good, *bad).ratings)["relation"] is Rating.MEDIUM


def test_the_same_code_twice_in_a_sentence_counts_once() -> None:
    told = (("result", "Søvnen er bedre.", "outcome.health"),)
    case = case_of(*told)
    once = codings_of(case, *told)
    twice = [*once, replace(once[0], coder="model", confidence=0.5)]
    assert settle_outcome(case, once, RULES) == settle_outcome(case, twice, RULES)


def test_several_persons_without_a_cluster_are_a_family() -> None:
    told = (
        ("result", "Mette blev ansat i køkkenet.", "outcome.employment"),
        ("result", "Carl er uændret.", "outcome.unchanged"),
    )
    assert judge(*told, cluster=None, citizens=FAMILY).progression == SPLIT
    assert not judge(*told, cluster=Cluster.ADULT, citizens=FAMILY).split
    assert not judge(*told, cluster=None, citizens=FAMILY[:1]).split
