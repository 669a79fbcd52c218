from dataclasses import replace

from pipeline.coding.combined import COMBINED, MODEL
from pipeline.coding.explain import BeforeBy, explain_segment
from pipeline.model.codings import Assertion
from tests.codebooks import make_case, make_codebook, make_cue, make_rule, make_segments


def test_explanation_tells_codes_suppressions_and_rules_that_were_blocked() -> None:
    compiled = make_codebook(
        make_rule("a.x", "ventetid"),
        make_rule("b.y", "psykiatri", unless=("ventetid",)),
        cues=[make_cue("negated", "=ikke")],
    )
    texts = ("Alt vel.", "Der var ikke ventetid i psykiatrien.")
    explanation = explain_segment(make_case(*texts), make_segments(*texts), 1, compiled)
    (coding,) = explanation.codings
    assert (coding.code, coding.evidence[0].cues[0].words) == ("a.x", "ikke")
    (blocked,) = explanation.blocked
    assert (blocked.code, blocked.words) == ("b.y", "psykiatrien")
    assert "unless" in blocked.reason


def test_explanation_sees_the_sentence_before() -> None:
    compiled = make_codebook(make_rule("a.x", "=først", after=("søge",)))
    texts = ("Hun søgte.", "Den kom først i maj.", "Den kom først i juni.")
    case, segments = make_case(*texts), make_segments(*texts)
    assert [coding.code for coding in explain_segment(case, segments, 1, compiled).codings] == ["a.x"]
    assert explain_segment(case, segments, 2, compiled).codings == ()


def test_explanation_says_whether_a_cue_or_the_model_places_a_coding_before_the_course() -> None:
    cue = make_cue("before", "=dengang", direction="sentence")
    compiled = make_codebook(make_rule("a.x", "ventetid"), cues=[cue])
    texts = ("Dengang var der ventetid.", "Der var ventetid.")
    case, segments = make_case(*texts), make_segments(*texts)
    told, untold = (explain_segment(case, segments, number, compiled) for number in (0, 1))
    (by_cue,), (during,) = told.codings, untold.codings
    assert told.before_by(by_cue) is BeforeBy.CUE
    assert untold.before_by(during) is None
    assert untold.before_by(replace(during, before=True, coder=COMBINED)) is BeforeBy.MODEL
    assert told.before_by(replace(by_cue, coder=MODEL)) is BeforeBy.MODEL


def test_outside_the_course_s_own_section_a_cue_alone_places_nothing_before_it_that_the_model_weighs() -> None:
    cue = make_cue("before", "=dengang", direction="sentence")
    compiled = make_codebook(make_rule("a.x", "ventetid"), cues=[cue])
    texts = ("Dengang var der ventetid.",)
    explanation = explain_segment(make_case(*texts), make_segments(*texts), 0, compiled)
    (coding,) = explanation.codings
    late = replace(coding, coder=COMBINED, section="result")
    assert explanation.before_by(replace(coding, coder=COMBINED, section="course")) is BeforeBy.CUE
    assert explanation.before_by(late) is BeforeBy.MODEL
    assert explanation.before_by(replace(late, assertion=Assertion.NEGATED)) is BeforeBy.CUE
