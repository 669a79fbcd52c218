from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.engine import code_case, code_cases
from pipeline.coding.matchers import find, make_sentence
from pipeline.coding.scan import scan
from tests.codebooks import make_case, make_codebook, make_cue, make_rule, make_segments

COMPILED = make_codebook(
    make_rule("a.x", "vente ..2 (svar|ny tid)", "meget? lang .. tid"),
    make_rule("b.y", "svar & tid", "tid &1 ny", name="b"),
    make_rule("c.z", "@people .. sygemeldt", "#2+ (skift|ny mentor)", name="c"),
    cues=[make_cue("negated", "=ikke", "uden at")],
    lists={"people": ["*sagsbehandler", "egen læge", "mentor"]},
)
WORDS = "ventede vente svar svaret ny tid meget lang længe egen læge sygemeldt mentor to skift ikke uden at og".split()  # noqa: SIM905 - read as a sentence
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), max_size=9), max_size=8)


@given(SENTENCES)
def test_every_match_is_among_the_candidates_of_its_sentence(sentences: list[list[str]]) -> None:
    candidates = scan(sentences, COMPILED)
    for words, found in zip(sentences, candidates, strict=True):
        sentence = make_sentence(words, COMPILED.lexicon)
        matching = {number for number, (_, matcher) in enumerate(COMPILED.matchers) if find(matcher, sentence)}
        assert matching <= set(found.rules)
        cues = {number for number, (_, matcher) in enumerate(COMPILED.cues) if find(matcher, sentence)}
        assert cues <= set(found.cues)


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
