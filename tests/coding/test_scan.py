from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.engine import code_case, code_cases
from pipeline.coding.matchers import find, make_sentence
from pipeline.coding.scan import scan, scan_cues
from tests.codebooks import make_case, make_codebook, make_cue, make_rule, make_segments

COMPILED = make_codebook(
    make_rule("a.x", "vente ..2 (svar|ny tid)", "meget? lang .. tid", "lang .. meget? .. tid", "ny tid?"),
    make_rule("b.y", "svar & tid", "tid &1 ny", name="b", also=("vente ..5 (på? svar|ny .. tid)", "tid & mentor")),
    make_rule("c.z", "@people .. sygemeldt", "(lang|meget ..1 ny? tid) ..4 og", "#2+ (skift|ny mentor)", name="c"),
    cues=[make_cue("negated", "=ikke", "uden at")],
    lists={"people": ["*sagsbehandler", "egen læge", "mentor"]},
)
WORDS = "ventede vente svar svaret ny tid meget lang længe egen læge sygemeldt mentor to skift ikke uden at og".split()  # noqa: SIM905 - read as a sentence
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), max_size=9), max_size=8)


@given(SENTENCES)
def test_a_scan_names_every_pattern_that_matches(sentences: list[list[str]]) -> None:
    for words, found in zip(sentences, scan(sentences, COMPILED), strict=True):
        sentence = make_sentence(words, COMPILED.lexicon)
        matching = {number for number, (_, matcher) in enumerate(COMPILED.matchers) if find(matcher, sentence)}
        assert matching <= set(found.rules)
        cues = {number for number, (_, matcher) in enumerate(COMPILED.cues) if find(matcher, sentence)}
        assert cues <= set(found.cues)


@given(SENTENCES)
def test_the_patterns_of_a_sentence_stand_in_the_order_of_the_codebook(sentences: list[list[str]]) -> None:
    for found in scan(sentences, COMPILED):
        for numbers in (found.rules, found.cues, found.people):
            assert numbers == sorted(set(numbers))


@given(SENTENCES)
def test_a_scan_for_cues_finds_the_same_cues(sentences: list[list[str]]) -> None:
    together = [each.cues for each in scan(sentences, COMPILED)]
    assert [each.cues for each in scan_cues(sentences, COMPILED)] == together


def test_a_sentence_without_a_word_that_a_pattern_needs_is_passed_over() -> None:
    (found,) = scan([["meget", "lang", "svar", "mentor"]], COMPILED)
    assert found.rules == []


@given(SENTENCES)
def test_a_condition_holds_in_a_scan_where_its_pattern_matches(sentences: list[list[str]]) -> None:
    for words, found in zip(sentences, scan(sentences, COMPILED), strict=True):
        sentence = make_sentence(words, COMPILED.lexicon)
        for number, matcher in enumerate(COMPILED.conditions):
            assert found.holds((number,)) == bool(find(matcher, sentence))


def test_a_pattern_never_reaches_from_one_sentence_into_the_next() -> None:
    first, second = scan([["hun", "ventede"], ["svar", "kom"]], COMPILED)
    assert first.rules == second.rules == []


@given(st.lists(SENTENCES, max_size=4), st.integers(min_value=1, max_value=30))
def test_cases_are_coded_the_same_alone_and_together(texts: list[list[list[str]]], at_once: int) -> None:
    pairs = []
    for number, sentences in enumerate(texts):
        lines = [" ".join(words) for words in sentences]
        pairs.append((make_case(*lines, case=f"X-{number}"), make_segments(*lines, case=f"X-{number}")))
    together = list(code_cases(pairs, COMPILED, at_once=at_once))
    assert together == [code_case(case, segments, COMPILED) for case, segments in pairs]
