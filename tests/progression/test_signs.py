import pytest

from pipeline.language.segments import split_case
from pipeline.model.cases import (
    Attributes,
    Block,
    BlockKind,
    BlockRole,
    Case,
    Citizen,
    Cluster,
    Place,
    Section,
    Segment,
)
from pipeline.model.codings import Assertion, Coding
from pipeline.model.progression import Attachment, OutcomeNote, ProgressionCategory
from pipeline.progression.load import read_outcome_rules
from pipeline.progression.outcome import settle_outcome
from pipeline.progression.signs import Sign, find_sign, says
from tests.progression.test_outcome import RULES
from tests.reference import pole_of

Line = tuple[str, str, str]
"""(section, sentence, codes separated by a space)"""


def told(
    *lines: Line, cluster: Cluster = Cluster.ADULT, citizens: tuple[Citizen, ...] = ()
) -> tuple[Case, list[Coding]]:
    """Return a case whose sentences are paragraphs, so that signs are looked for in it, and its codings."""
    text, blocks, sections = "", [], []
    for kind, sentence, _ in lines:
        start, end = len(text), len(text) + len(sentence)
        text += sentence + "\n"
        blocks.append(Block(BlockKind.PARAGRAPH, BlockRole.CONTENT, start, end, Place("word/document.xml")))
        sections.append(Section(kind, kind, start, end, "heading"))
    attributes = Attributes("Kommune X", cluster, citizens)
    case = Case("X-01", "X-01.docx", text, "", "", tuple(blocks), tuple(sections), attributes)
    codings = [
        Coding("X-01", each.section, each.id, each.start, each.end, each.text, each.text, code, pole_of(code),
               Assertion.AFFIRMED, False, "rules", (), confidence=0.9)
        for each, (_, _, codes) in zip(split_case(case), lines, strict=True)
        for code in codes.split()
    ]  # fmt: skip
    return case, codings


def segment(text: str, section: str = "result") -> Segment:
    return Segment("s1", "X-01", section, 0, len(text), 0, text)


def found(sign: Sign, text: str, section: str = "result") -> str:
    place = find_sign(sign, segment(text, section))
    return "" if place is None else text[slice(*place)]


WAGE = Sign("says.wage", ("forsørger ... selv", "fastansat*", "fast job|arbejde"), sections=("result",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Han forsørger nu sig selv.", "forsørger nu sig selv"),
        ("Hun blev FASTANSAT i maj.", "FASTANSAT"),
        ("Hun har fået fast arbejde.", "fast arbejde"),
        ("Han er ikke fastansat.", ""),
        ("Han har endnu ikke fast arbejde.", ""),
        ("En fastansættelse er på vej.", ""),
        ("", ""),
    ],
)
def test_a_sign_is_found_by_its_words_and_not_where_they_are_negated(text: str, words: str) -> None:
    assert found(WAGE, text) == words


def test_a_sign_is_looked_for_in_its_sections_only() -> None:
    assert found(WAGE, "Hun blev fastansat.", "course") == ""


def test_a_sentence_with_words_that_speak_against_a_sign_does_not_count() -> None:
    assert found(Sign("says.x", ("fleksjob*",), unless=("søger",)), "Han søger fleksjob.") == ""


def test_phrases_ask_for_whole_words() -> None:
    assert says(("stu|fgu",), "Hun går på STU.")
    assert not says(("stu|fgu",), "Hun studerer.")


def test_work_that_only_the_words_tell_of_is_found() -> None:
    case, codings = told(
        ("course", "Rania var i løntilskud.", "outcome.employment_special"),
        ("result", "Rania har været i ustøttet job i fire måneder.", ""),
        ("outlook", "Hun forsørger sig selv.", ""),
    )
    outcome = settle_outcome(case, codings, RULES)
    assert outcome.attachment == (Attachment.EMPLOYMENT,)
    assert outcome.progression == (ProgressionCategory.PROGRESSION,)


def test_a_course_that_is_given_up_is_no_attachment_even_in_the_sentence_that_names_it() -> None:
    case, codings = told(
        ("result", "Hun sover bedre.", "outcome.health"),
        ("result", "Hun er ude af HF og bestod ingen af fagene.", "outcome.education"),
    )
    assert settle_outcome(case, codings, RULES).attachment == (Attachment.NONE,)


def test_a_job_that_is_only_talked_of_or_somebody_else_s_is_no_attachment() -> None:
    for sentence in ("Der har været talt om et fleksjob på seks timer.", "Hendes mand har fået fast arbejde."):
        case, codings = told(
            ("result", "Alt er som før.", "outcome.unchanged"),
            ("result", sentence, "outcome.employment_special"),
        )
        assert settle_outcome(case, codings, RULES).attachment == (Attachment.NONE,), sentence


def test_a_job_of_somebody_with_another_name_is_no_attachment() -> None:
    case, codings = told(
        ("course", "Khaled bor med sin kone, som hedder Rima, og tre børn.", ""),
        ("result", "Der er ikke sket noget.", "outcome.unchanged"),
        ("result", "Rima har til gengæld fået arbejde på bageriet.", "outcome.employment"),
        citizens=(Citizen("Khaled", "", 43),),
    )
    assert settle_outcome(case, codings, RULES).attachment == (Attachment.NONE,)


def test_what_is_said_of_the_family_as_a_whole_goes_before_its_members() -> None:
    citizens = (Citizen("Camilla", "mor", 28), Citizen("Freja", "", 7))
    lines = (
        ("course", "Familien kom til kommunen for to år siden og har boet flere steder siden da.", ""),
        ("result", "Camilla har været indlagt to gange.", "outcome.worsened"),
        ("result", "Camilla drikker igen.", "outcome.worsened"),
        ("result", "Camilla er igen på gaden.", "outcome.worsened"),
        ("result", "Freja sover og har fået en veninde.", "outcome.wellbeing"),
        ("result", "Freja er startet i skole og glad for det.", "outcome.wellbeing"),
        ("result", "Freja trives.", "outcome.wellbeing"),
    )
    split, codings = told(*lines, cluster=Cluster.FAMILY, citizens=citizens)
    assert settle_outcome(split, codings, RULES).split
    whole = (*lines, ("result", "Familien er dårligere stillet end ved starten.", "outcome.worsened"))
    case, codings = told(*whole, cluster=Cluster.FAMILY, citizens=citizens)
    assert settle_outcome(case, codings, RULES).progression == (ProgressionCategory.REGRESSION,)


def test_every_member_of_a_family_is_judged_by_what_is_said_of_it() -> None:
    case, codings = told(
        ("result", "Samir er fastansat på overenskomst.", "outcome.employment"),
        ("result", "Hanan: uændret.", "outcome.unchanged"),
        cluster=Cluster.FAMILY,
        citizens=(Citizen("Samir", "far", 42), Citizen("Hanan", "mor", 39)),
    )
    outcome = settle_outcome(case, codings, RULES)
    people = {person.member: person for person in outcome.people}
    assert people["Samir"].category is ProgressionCategory.PROGRESSION
    assert people["Samir"].attachment is Attachment.EMPLOYMENT
    assert people["Hanan"].category is ProgressionCategory.NONE
    assert people["Hanan"].attachment is None
    assert outcome.progression == (ProgressionCategory.PROGRESSION, ProgressionCategory.NONE)


def test_in_a_table_a_name_on_its_own_tells_whom_the_next_lines_are_about() -> None:
    case, codings = told(
        ("result", "Rasha", ""),
        ("result", "Ansat 18 timer på vaskeriet.", "outcome.employment"),
        ("result", "Omar", ""),
        ("result", "Sidder stadig i stolen.", "outcome.unchanged"),
        ("result", "Ikke i praktik.", "outcome.unchanged"),
        cluster=Cluster.FAMILY,
        citizens=(Citizen("Rasha", "mor", 37), Citizen("Omar", "far", 44)),
    )
    assert settle_outcome(case, codings, RULES).split


def test_early_retirement_an_open_end_and_a_good_period_are_noted() -> None:
    def notes(*lines: Line) -> tuple[OutcomeNote, ...]:
        case, codings = told(*lines)
        return settle_outcome(case, codings, RULES).notes

    assert notes(("result", "Hun er tilkendt førtidspension.", "outcome.pension")) == (OutcomeNote.EARLY_RETIREMENT,)
    assert notes(
        ("result", "Han sover bedre.", "outcome.health"), ("outlook", "Det er for tidligt at sige, om det holder.", "")
    ) == (OutcomeNote.OPEN_END,)
    assert notes(
        ("result", "Han sover bedre.", "outcome.health"),
        ("result", "Han møder mere.", "outcome.readiness"),
        ("outlook", "Han har haft gode perioder før.", ""),
    ) == (OutcomeNote.GOOD_PERIOD,)
    assert (
        notes(("result", "Alt er som før.", "outcome.unchanged"), ("outlook", "Han har haft gode perioder før.", ""))
        == ()
    )


def test_a_partial_gain_with_as_many_setbacks_may_be_no_more_than_a_good_period() -> None:
    case, codings = told(
        ("result", "Hashen fylder det samme.", "outcome.unchanged"),
        ("result", "Gælden er der.", "outcome.unchanged"),
        ("result", "Han sover bedre.", "outcome.health"),
        ("result", "Han møder mere.", "outcome.readiness"),
    )
    outcome = settle_outcome(case, codings, RULES)
    assert outcome.progression == (ProgressionCategory.PARTIAL,)
    assert OutcomeNote.GOOD_PERIOD in outcome.notes


def test_a_dimension_shows_the_sentences_of_the_start_and_of_the_end() -> None:
    case, codings = told(
        ("course", "Han har angst og kommer sjældent ud.", "barrier.mental_health"),
        ("result", "Angsten fylder mindre.", "outcome.health"),
    )
    outcome = settle_outcome(case, codings, RULES)
    health = [reason for reason in outcome.reasons if reason.judgement == "health_substance"]
    assert [(reason.phase, reason.code) for reason in health] == [
        ("before", "barrier.mental_health"),
        ("after", "outcome.health"),
    ]
    assert 0 < dict(outcome.confidences)["health_substance"] < 1


def test_how_a_course_ended_bears_on_no_rating() -> None:
    rules = [rule for rating in RULES.ratings for rule in rating.rules]
    assert rules
    assert not any(code.startswith(("outcome.", "says.")) for rule in rules for code in rule.codes)


def test_a_sign_without_phrases_is_a_problem_and_rules_may_name_signs() -> None:
    text = (
        "signs:\n  says.a: {trust: 0.5}\n  says.b: {phrases: [i job]}\nattachment:\n  rules:\n"
        "    - {id: x, value: employment, codes: [says.b, says.a]}\n"
        "progression: {rules: []}\nratings: {}\ndimensions: {}\n"
    )
    loaded = read_outcome_rules(text, codes=["outcome.employment"])
    assert [(problem.code, problem.where) for problem in loaded.problems] == [
        ("PR03", "progression.yaml:2"),
        ("PR08", "progression.yaml:6"),
    ]
    assert [sign.id for sign in loaded.value.signs] == ["says.b"]


def test_in_a_text_without_headings_the_place_tells_the_end_from_the_course() -> None:
    lines = [("preamble", f"I uge {number} mødtes vi som aftalt og talte om planen.", "") for number in range(9)]
    early = [*lines[:2], ("preamble", "Hun fik arbejde i kantinen.", "outcome.employment"), *lines[2:]]
    late = [*lines, ("preamble", "Hun fik arbejde i kantinen.", "outcome.employment")]
    for told_lines, attachment in ((early, Attachment.NONE), (late, Attachment.EMPLOYMENT)):
        case, codings = told(*told_lines)
        assert settle_outcome(case, codings, RULES).attachment == (attachment,)
