from pipeline.coding.explain import explain_segment
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
