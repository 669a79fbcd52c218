from dataclasses import replace

import numpy as np
import pytest

from pipeline.coding.combined import combine, suggest
from pipeline.coding.denial import undenied
from pipeline.coding.engine import code_case
from pipeline.coding.model import Predictor
from pipeline.coding.model_cues import CaseCues, Reading
from pipeline.model.cases import Cluster
from pipeline.model.codes import Direction
from pipeline.model.codings import Assertion, Coding
from tests.codebooks import make_case, make_codebook, make_cue, make_rule, make_segments
from tests.coding.models import ANXIETY, COMPILED, WAITING, small_model

PREDICTOR = Predictor(small_model(), COMPILED.lists)


def combined(*texts: str) -> tuple[Coding, ...]:
    segments = make_segments(*texts)
    rules = code_case(make_case(*texts, cluster=Cluster.YOUTH), segments, COMPILED)
    return combine(segments, rules, PREDICTOR, COMPILED, cluster="youth")


def test_the_model_alone_says_so_and_names_the_words_that_moved_it() -> None:
    text = "Hun ventede 7 måneder på en tid."
    (coding,) = suggest(make_segments(text), PREDICTOR, COMPILED, cluster="youth")
    assert (coding.code, coding.coder, coding.assertion) == (WAITING, "model", Assertion.AFFIRMED)
    assert coding.quote == coding.sentence == text
    assert coding.before
    for evidence in coding.evidence:
        assert evidence.rule == f"model:{WAITING}"
        assert text[evidence.start : evidence.end] == evidence.words


def test_positions_are_those_of_the_case() -> None:
    texts = ("Teamet mødtes 9 gange.", "Hun ventede 7 måneder på en tid.")
    (coding,) = suggest(make_segments(*texts), PREDICTOR, COMPILED)
    whole = "\n".join(texts)
    assert whole[coding.start : coding.end] == coding.quote
    assert all(whole[each.start : each.end] == each.words for each in coding.evidence)


def test_what_the_rules_found_keeps_its_evidence_and_gets_the_models_confidence() -> None:
    found = {coding.code: coding for coding in combined("Der var kø og ventetid i 5 uger.")}
    assert found[WAITING].rules == (f"{WAITING}/a",)
    assert (found[WAITING].coder, found[WAITING].quote) == ("combined", "ventetid")
    assert 0 < found[WAITING].confidence < 1


def test_what_no_rule_found_is_added_by_the_model() -> None:
    (coding,) = combined("Hun ventede 7 måneder på en tid.")
    assert (coding.code, coding.coder) == (WAITING, "model")


def test_the_model_takes_nothing_for_earlier_times_that_the_sentence_places_in_the_course() -> None:
    during = replace(make_cue("during", "siden ..3 kom med"), direction=Direction.SENTENCE)
    compiled = make_codebook(make_rule(WAITING, "kø"), cues=[during])
    for text, before in (
        ("Hun ventede 7 måneder på en tid.", True),
        ("Hun ventede 7 måneder, siden hun kom med.", False),
    ):
        (coding,) = suggest(make_segments(text), PREDICTOR, compiled)
        assert (coding.code, coding.before) == (WAITING, before)


def test_what_a_cue_suppressed_is_never_coded() -> None:
    found = combined("Der var ikke kø eller ventetid i 5 uger.")
    assert [coding.assertion for coding in found if coding.code == WAITING] == [Assertion.NEGATED]


def test_a_detail_code_shares_the_fate_of_its_core_code() -> None:
    found = {coding.code: coding for coding in combined("Hun fik angst 3 gange.")}
    assert found[ANXIETY].counts
    assert found[f"{ANXIETY}.anxiety"].counts


def test_a_code_that_the_model_does_not_know_keeps_the_rules_coding() -> None:
    (coding,) = combined("Teamet og en mentor mødtes 9 gange.")
    assert (coding.code, coding.coder) == ("measure.mentor", "rules")


def test_a_coding_that_the_model_finds_unlikely_is_doubtful_and_counts_no_more() -> None:
    doubtful = [coding for coding in combined("Angst.") if coding.assertion is Assertion.DOUBTFUL]
    step = small_model().combined
    assert all(not coding.counts for coding in doubtful)
    strict = step.offset - 99.0
    model = replace(small_model(), combined=replace(step, offset=strict))
    segments = make_segments("Hun fik angst.")
    rules = code_case(make_case("Hun fik angst."), segments, COMPILED)
    found = combine(segments, rules, Predictor(model), COMPILED)
    assert {coding.assertion for coding in found} == {Assertion.DOUBTFUL}
    assert len(found) == len(rules)


def test_a_case_without_segments_has_no_codings() -> None:
    assert combine((), (), PREDICTOR, COMPILED) == ()
    assert suggest((), PREDICTOR, COMPILED) == ()


def test_what_is_negated_is_not_coded_by_the_model_where_the_cues_are_known() -> None:
    segments = make_segments("Hun ventede aldrig 7 måneder på en tid.")
    (free,) = suggest(segments, PREDICTOR, make_codebook(make_rule(WAITING, "ventetid")))
    assert free.counts
    cues = make_codebook(make_rule(WAITING, "ventetid"), cues=[make_cue("negated", "=aldrig")])
    negated = suggest(segments, PREDICTOR, cues)
    assert [coding.assertion for coding in negated] == [Assertion.NEGATED]
    assert [cue.words for cue in negated[0].evidence[0].cues] == ["aldrig"]


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Hun ventede 7 måneder på en tid, den kom aldrig.", Assertion.AFFIRMED),
        ("Hun ventede 7 måneder på en tid og kom aldrig.", Assertion.AFFIRMED),
        ("Aldrig ventede hun 7 måneder på en tid.", Assertion.NEGATED),
    ],
)
def test_a_cue_takes_a_code_away_where_most_of_what_speaks_for_it_stands_under_the_cue(
    sentence: str, assertion: Assertion
) -> None:
    cues = make_codebook(make_rule(WAITING, "ventetid"), cues=[make_cue("negated", "=aldrig")])
    (coding,) = suggest(make_segments(sentence), PREDICTOR, cues)
    assert coding.assertion is assertion
    heard = [cue.words.lower() for each in coding.evidence[:1] for cue in each.cues]
    assert heard == ["aldrig"] * (not coding.counts)


def stubborn(*, stands: bool) -> Predictor:
    """Return a model for which everything stands, or nothing, that a cue is over."""
    model = small_model()
    learnt = undenied().inner + 1e-9  # so little that only the offset tells
    denial = replace(undenied(), inner=learnt, outer_offset=np.array([9.0 if stands else -9.0]))
    return Predictor(replace(model, combined=replace(model.combined, denial=denial)), COMPILED.lists)


@pytest.mark.parametrize("stands", [True, False])
def test_what_the_rules_held_back_is_coded_where_the_model_finds_that_it_stands(stands: bool) -> None:
    text = "Hun ventede 7 måneder på en tid, for der var ikke kø og ventetid i 5 uger."
    segments = make_segments(text)
    rules = code_case(make_case(text), segments, COMPILED)
    found = combine(segments, rules, stubborn(stands=stands), COMPILED)
    (waiting,) = (coding for coding in found if coding.code == WAITING)
    assert waiting.counts is stands
    assert waiting.coder == "combined"
    assert [cue.words for cue in waiting.evidence[0].cues] == ["ikke"]


def test_a_rules_coding_that_a_cue_takes_away_for_the_model_tells_the_cue() -> None:
    text = "Hun fik angst 3 gange, og det var aldrig angst og uro."
    cues = make_codebook(make_rule(ANXIETY, "angst 3"), make_rule(WAITING, "kø"), cues=[make_cue("negated", "=aldrig")])
    segments = make_segments(text)
    (rule,) = code_case(make_case(text), segments, cues)
    assert rule.counts
    assert not rule.evidence[0].cues
    (taken,) = combine(segments, (rule,), stubborn(stands=False), cues)
    assert (taken.assertion, taken.rules) == (Assertion.NEGATED, rule.rules)
    assert [cue.words for cue in taken.evidence[0].cues] == ["aldrig"]
    (kept,) = combine(segments, (rule,), stubborn(stands=True), cues)
    assert kept.counts


def test_what_no_single_cue_is_over_is_told_with_all_of_them() -> None:
    text = "Hun ventede 7 måneder på en tid, slet aldrig."
    cues = make_codebook(make_rule(WAITING, "kø"), cues=[make_cue("negated", "=aldrig")])
    segments = make_segments(text)
    reading = Reading(segments[0], 0, CaseCues(segments, cues, ()))
    assert reading.over((1, 3)) == ()
    assert [cue.words for cue in reading.taking((1, 3))] == [(8,)]


def test_a_detail_code_that_a_cue_takes_away_stays_so_where_its_core_code_stands() -> None:
    text = "Hun fik ikke angst 3 gange."
    segments = make_segments(text)
    rules = code_case(make_case(text), segments, COMPILED)
    found = {c.code: c for c in combine(segments, rules, stubborn(stands=True), COMPILED)}
    assert found[ANXIETY].counts
    assert found[f"{ANXIETY}.anxiety"].assertion is Assertion.NEGATED


@pytest.mark.parametrize(
    ("sentence", "assertion"),
    [
        ("Hun ventede 7 måneder på en tid der aldrig er ovre.", Assertion.NEGATED),
        ("Hendes 7 måneder er aldrig ovre.", Assertion.AFFIRMED),
        ("Hendes 7 måneder er ovre.", Assertion.NEGATED),
    ],
)
def test_a_negation_of_an_end_denies_nothing_that_stands_before_it(sentence: str, assertion: Assertion) -> None:
    over = make_cue("no_longer", "=er ..1 =ovre", direction="fronted")
    not_so = (make_cue("negated", "=aldrig"), make_cue("negated", "=aldrig", direction="backward", reach=5))
    cues = make_codebook(make_rule(WAITING, "ventetid"), cues=[over, *not_so])
    (coding,) = suggest(make_segments(sentence), PREDICTOR, cues)
    assert coding.assertion is assertion


@pytest.mark.parametrize("direction", ["fronted", "fronted_new", "both"])
def test_a_negation_of_another_direction_holds_only_in_its_own_scope(direction: str) -> None:
    cue = make_cue("negated", "=aldrig", direction=direction, reach=1)
    cues = make_codebook(make_rule(WAITING, "ventetid"), cues=[cue])
    segments = make_segments("Hun ventede i de første 7 måneder slet aldrig på en tid.")
    (coding,) = suggest(segments, PREDICTOR, cues)
    assert coding.assertion is Assertion.AFFIRMED


def test_a_cue_for_earlier_times_is_believed_where_the_course_is_told() -> None:
    text = "Tidligere var der kø og ventetid i 5 uger."
    for section, before in (("course", True), ("organisation", False)):
        segments = make_segments(text, section=section)
        (rule,) = code_case(make_case(text), segments, COMPILED)
        assert rule.before
        (coding,) = combine(segments, (rule,), PREDICTOR, COMPILED)
        assert (coding.code, coding.before) == (WAITING, before)
