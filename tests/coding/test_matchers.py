import time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.lexicon import Lexicon
from pipeline.coding.matchers import Sentence, find, make_sentence
from pipeline.coding.patterns import PatternCompiler
from pipeline.language.words import words_of

LISTS = {"staff": ["*sagsbehandler", "mentor", "egen læge"], "people": ["@staff", "(naboen|en ven)"]}


def read_sentence(text: str, lexicon: Lexicon) -> Sentence:
    return make_sentence(words_of(text), lexicon)


def matches(pattern: str, sentence: str) -> list[str]:
    lexicon = Lexicon()
    matcher = PatternCompiler(lexicon, LISTS).compile(pattern)
    read = read_sentence(sentence, lexicon)
    return [" ".join(read.words[word] for word in hit) for hit in find(matcher, read)]


@pytest.mark.parametrize(
    ("pattern", "sentence", "expected"),
    [
        ("vente", "De VENTEDE, og nu venter de.", ["ventede", "venter"]),
        ("=vente", "De ventede; at vente er svært.", ["vente"]),
        ("vente*", "Ventetiden på ventelisten", ["ventetiden", "ventelisten"]),
        ("*skift", "Tre sagsbehandlerskift og et mentorskiftet", ["sagsbehandlerskift", "mentorskiftet"]),
        ("*behandl*", "sagsbehandlingen trak ud", ["sagsbehandlingen"]),
        ("hash alkohol", "hash, alkohol og piller", ["hash alkohol"]),
        ("vente .. svar", "hun ventede i ni måneder på svar", []),
        ("vente ..4 svar", "hun ventede i ni måneder på svar", ["ventede svar"]),
        ("vente ..4 (svar|ny tid)", "hun ventede længe på en ny tid", ["ventede ny tid"]),
        ("meget? lang ventetid", "meget lang ventetid", ["meget lang ventetid"]),
        ("(en meget)? lang tid", "det tog en meget lang tid", ["en meget lang tid"]),
        ("tage .. meget? tid", "det tog os al den tid", ["tog tid"]),
        ("@staff .. sygemeldt", "Egen læge blev sygemeldt", ["egen læge sygemeldt"]),
        ("@people", "naboen kendte hans mentor", ["naboen", "mentor"]),
        ("# @staff", "fire sagsbehandlere og 14 mentorer", ["fire sagsbehandlere", "14 mentorer"]),
        ("#3+ sagsbehandler", "to sagsbehandlere, halvanden sagsbehandler, 3-4 sagsbehandlere", ["3-4 sagsbehandlere"]),
        ("udredning & afslag", "Afslag kom før udredningen", ["afslag udredningen"]),
        ("udredning &1 afslag", "Afslag kom lige før udredningen", []),
        ("sygemeldt &2 mentor", "Mentor blev igen sygemeldt", ["mentor sygemeldt"]),
        ("§ 85", "jf. SEL §85", ["§ 85"]),
        ("adhd", "hans ADHD, ikke ADHD'en", ["adhd"]),
    ],
)
def test_pattern_finds_exactly_these_words(pattern: str, sentence: str, expected: list[str]) -> None:
    assert matches(pattern, sentence) == expected


def test_words_are_not_used_twice_by_the_phrases_of_a_pattern() -> None:
    assert matches("skift & skift", "der var et skift") == []


def test_a_pattern_is_compiled_once() -> None:
    compiler = PatternCompiler(Lexicon(), LISTS)
    assert compiler.compile("vente .. svar") is compiler.compile("vente .. svar")


def test_equal_groups_share_a_word_class() -> None:
    lexicon = Lexicon()
    compiler = PatternCompiler(lexicon, LISTS)
    first = compiler.compile("(svar|tid) komme")
    second = compiler.compile("vente (tid|svar)")
    assert second.phrases[0].next is not None
    assert first.phrases[0].word_class == second.phrases[0].next.word_class


WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "vente", "svar", "på", "en"]), min_size=1, max_size=12)


@given(WORDS)
def test_matches_never_overlap_and_keep_the_order(words: list[str]) -> None:
    lexicon = Lexicon()
    matcher = PatternCompiler(lexicon, {}).compile("vente ..2 (svar|en) på?")
    hits = find(matcher, read_sentence(" ".join(words), lexicon))
    used = [word for hit in hits for word in hit]
    assert used == sorted(set(used))


def test_equal_ends_of_phrases_are_one_step() -> None:
    compiler = PatternCompiler(Lexicon(), LISTS)
    first = compiler.compile("vente .. på svar")
    second = compiler.compile("længe .. på svar")
    assert first.phrases[0].next is second.phrases[0].next


def test_patterns_compiled_later_are_found_after_earlier_ones_were_searched() -> None:
    lexicon = Lexicon()
    compiler = PatternCompiler(lexicon, LISTS)
    text = "egen læge ventede på ny tid"
    assert find(compiler.compile("(egen læge|mentor)"), read_sentence(text, lexicon)) == [(0, 1)]
    assert find(compiler.compile("(ny tid|svar)"), read_sentence(text, lexicon)) == [(4, 5)]


@pytest.mark.parametrize("pattern", [" &1 ".join(order) for order in permutations(("=a", "=b", "=c"))])
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("a x c x b", ["a c b"]), ("b a b x c", ["a b c"]), ("a x x b x c", []), ("x b a x x c a b", ["c a b"])],
)
def test_phrases_together_match_in_whatever_order_they_are_written(
    pattern: str, sentence: str, expected: list[str]
) -> None:
    assert matches(pattern, sentence) == expected


def test_a_gap_within_one_of_several_phrases_is_no_gap_between_them() -> None:
    assert matches("=a ..3 =b &1 =c", "a x x x b x c") == ["a b c"]
    assert matches("=a ..3 =b &0 =c &0 =d", "a x c d b") == ["a c d b"]


@pytest.mark.parametrize(
    "pattern",
    [
        " ..9 ".join(["=a"] * 9 + ["=b"]),
        " ".join(["=a?"] * 40 + ["=c"]),
        f"({' ..9 '.join(['=a'] * 9 + ['=b'])}|=c =d) =e",
        " ..9 ".join(["(=a =a|=a)"] * 9 + ["=b"]),
        " &1 ".join(["=a", "=a ..3 =a"] * 3 + ["=b"]),
    ],
)
def test_what_can_match_in_very_many_ways_is_searched_in_no_time(pattern: str) -> None:
    start = time.process_time()
    assert matches(pattern, " ".join(["a"] * 60 + ["x"] * 12 + ["b"])) == []
    assert time.process_time() - start < 1.0
