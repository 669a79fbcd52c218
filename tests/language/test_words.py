import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.words import fold, word_spans, words_of


@given(st.text())
def test_folding_keeps_the_length_so_that_positions_hold(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_spans_point_at_the_words(text: str) -> None:
    folded = fold(text)
    assert [folded[start:end] for start, end in word_spans(text)] == words_of(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ADHD’en, f.eks. 4-5 timer", ["adhd'en", "f.eks", "4-5", "timer"]),
        ("mentor-/kontaktpersonskift", ["mentor", "kontaktpersonskift"]),
        ("SEL §85, 25 %", ["sel", "§", "85", "25", "%"]),
        ("case-beskrivelse og/eller", ["case-beskrivelse", "og", "eller"]),
        ("İSTANBUL", ["istanbul"]),
    ],
)
def test_words_keep_inner_hyphens_stops_and_apostrophes(text: str, words: list[str]) -> None:
    assert words_of(text) == words
