from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.engine import code_case
from pipeline.model.cases import TEXT, Cluster
from pipeline.model.codes import When
from pipeline.model.codings import Assertion, Subject
from tests.codebooks import code_text, make_case, make_codebook, make_cue, make_rule, make_segments

NOT = make_cue("negated", "=ikke", "=uden", reach=8)


def codes(*args: Any, **kwargs: Any) -> list[str]:
    return [coding.code for coding in code_text(*args, **kwargs) if coding.counts]


def test_a_sentence_may_carry_several_codes() -> None:
    compiled = make_codebook(make_rule("a.x", "ventetid"), make_rule("b.y", "gæld"))
    assert codes(compiled, "Ventetid og gæld.") == ["a.x", "b.y"]


def test_quotation_is_the_text_between_its_offsets() -> None:
    compiled = make_codebook(make_rule("a.x", "vente ..3 svar"))
    texts = ("Først dette.", "Æblet faldt, og hun ventede længe på svar igen.")
    case, segments = make_case(*texts), make_segments(*texts)
    (coding,) = code_case(case, segments, compiled)
    assert coding.quote == "ventede længe på svar"
    assert case.text[coding.start : coding.end] == coding.quote


def test_a_rule_for_the_negated_codes_only_what_is_negated() -> None:
    compiled = make_codebook(make_rule("agency.decision", "vente", when=When.NEGATED), cues=[NOT])
    assert codes(compiled, "Støtten kom uden at vente.") == ["agency.decision"]
    assert codes(compiled, "Hun måtte vente.") == []


def test_a_rule_for_any_assertion_ignores_cues() -> None:
    compiled = make_codebook(make_rule("a.x", "drøm", when=When.ANY), cues=[NOT])
    assert codes(compiled, "Han har ikke en drøm.") == ["a.x"]


@pytest.mark.parametrize(
    ("condition", "held", "broken"),
    [
        ({"also": ("måned",)}, "Ventetid på ni måneder.", "Ventetid."),
        ({"unless": ("korte*",)}, "Ventetid.", "Kortere ventetid."),
    ],
)
def test_conditions_on_the_sentence(condition: dict[str, Any], held: str, broken: str) -> None:
    compiled = make_codebook(make_rule("a.x", "ventetid", **condition))
    assert codes(compiled, held) == ["a.x"]
    assert codes(compiled, broken) == []


def test_condition_on_the_sentence_before() -> None:
    compiled = make_codebook(make_rule("a.x", "=først", after=("søge .. bolig",)))
    assert codes(compiled, "Vi søgte om en bolig.", "Den kom først i maj.") == ["a.x"]
    assert codes(compiled, "Vi drak kaffe.", "Den kom først i maj.") == []


def test_condition_on_the_section_holds_everywhere_in_a_text_without_sections() -> None:
    compiled = make_codebook(make_rule("a.x", "job", sections=("result",)))
    assert codes(compiled, "Han fik job.", section="result") == ["a.x"]
    assert codes(compiled, "Han fik job.", section="course") == []
    assert codes(compiled, "Han fik job.", section=TEXT) == ["a.x"]


def test_condition_on_the_cluster() -> None:
    compiled = make_codebook(make_rule("a.x", "skole", clusters=("family",)))
    assert codes(compiled, "Skolen ringede.", cluster=Cluster.FAMILY) == ["a.x"]
    assert codes(compiled, "Skolen ringede.", cluster=Cluster.ADULT) == []


def test_subject_is_the_person_named_last_before_the_match_ends() -> None:
    compiled = make_codebook(make_rule("absence.staff", "sygemeldt", subject=("professional",)))
    assert codes(compiled, "Mentor blev sygemeldt.") == ["absence.staff"]
    assert codes(compiled, "Hans mor blev sygemeldt.") == []
    (coding,) = code_text(make_codebook(make_rule("a.x", "sygemeldt")), "Hans mor er sygemeldt.")
    assert coding.subject is Subject.FAMILY


def test_a_detail_code_brings_its_core_code() -> None:
    compiled = make_codebook(make_rule("barrier.mental_health.anxiety", "angst"))
    assert sorted(codes(compiled, "Hun har angst.")) == ["barrier.mental_health", "barrier.mental_health.anxiety"]


def test_more_rules_make_a_coding_surer() -> None:
    one = make_codebook(make_rule("a.x", "ventetid", confidence=0.6))
    two = make_codebook(
        make_rule("a.x", "ventetid", confidence=0.6), make_rule("a.x", "lang ventetid", name="b", confidence=0.6)
    )
    assert code_text(one, "Lang ventetid.")[0].confidence == 0.6
    assert code_text(two, "Lang ventetid.")[0].confidence == 0.84


def test_suppressed_codings_are_kept_and_do_not_count() -> None:
    compiled = make_codebook(make_rule("a.x", "ventetid"), cues=[NOT])
    (coding,) = code_text(compiled, "Ikke ventetid.")
    assert coding.assertion is Assertion.NEGATED
    assert not coding.counts


_KNOWN = st.sampled_from(["samtaleringene", "Tingene", "3", "tre", "4-5", "rotten", "uger,", "i", "I.", "ikke", "uden"])
_TEXTS = st.lists(st.lists(st.one_of(_KNOWN, _KNOWN, st.text(max_size=6)), max_size=9).map(" ".join), max_size=6)


def test_any_text_can_be_coded_and_every_quotation_stands_at_its_place() -> None:
    rules = {"a.x": ("*ing*",), "b.y": ("# ..3 *ten",), "c.z": ("i & uger",)}
    compiled = make_codebook(*(make_rule(code, *match) for code, match in rules.items()), cues=[NOT])
    found: Counter[object] = Counter()

    @given(_TEXTS)
    def code(texts: list[str]) -> None:
        texts = [text for text in texts if text.strip()]
        case, segments = make_case(*texts), make_segments(*texts)
        for coding in code_case(case, segments, compiled):
            found.update((coding.code, coding.assertion, len(coding.quote.split()) > 1))
            assert case.text[coding.start : coding.end] == coding.quote
            for evidence in coding.evidence:
                assert case.text[evidence.start : evidence.end] == evidence.words
                for cue in evidence.cues:
                    assert case.text[cue.start : cue.end] == cue.words

    code()
    assert {*rules, Assertion.AFFIRMED, Assertion.NEGATED, True, False} <= set(found)


def test_coding_a_sentence_does_not_hang_on_the_other_sentences_codes() -> None:
    compiled = make_codebook(make_rule("a.x", "ventetid"), make_rule("b.y", "gæld"))
    alone = code_text(compiled, "Ventetid.")
    after = code_text(compiled, "Gæld.", "Ventetid.")
    assert [coding.code for coding in alone] == [coding.code for coding in after]
