from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.placing import place_sentences
from tests.codebooks import make_segments


def place(sentences: list[str], *segments: str) -> list[str | None]:
    """Return the number of the segment and the words that each sentence was placed on."""
    text = "\n".join(segments)
    given = make_segments(*segments)
    found: list[str | None] = []
    for span in place_sentences(sentences, given):
        if span is None:
            found.append(None)
            continue
        numbers = [str(number) for number, each in enumerate(given) if span[0] < each.end and each.start < span[1]]
        found.append(f"{'+'.join(numbers)} {text[slice(*span)]}")
    return found


def test_of_sentences_alike_the_first_stands_first() -> None:
    assert place(["Hun gik.", "Nej.", "Hun gik."], "Hun gik.", "Nej.", "Hun gik.") == [
        "0 Hun gik.",
        "1 Nej.",
        "2 Hun gik.",
    ]


def test_a_short_item_is_not_looked_for_inside_an_earlier_sentence() -> None:
    assert place(
        ["Hans gæld voksede, fordi Gæld er dyrt.", "Gæld"], "Hans gæld voksede, fordi Gæld er dyrt.", "Gæld"
    ) == [
        "0 Hans gæld voksede, fordi Gæld er dyrt.",
        "1 Gæld",
    ]


def test_a_sentence_may_be_a_part_of_a_segment_or_two_of_them() -> None:
    assert place(["Han kom.", "Han gik. Så kom hun."], "Han kom. Han gik.", "Så kom hun.") == [
        "0 Han kom.",
        "0+1 Han gik.\nSå kom hun.",
    ]


def test_what_is_no_whole_segment_is_looked_for_between_its_neighbours() -> None:
    parts = ["A ja.", "Han kom.", "B nej."]
    assert place([*parts, "Han kom."], "Han kom. A ja.", "Han kom.", "B nej.") == [
        "0 A ja.",
        "1 Han kom.",
        "2 B nej.",
        "0 Han kom.",
    ]


def test_sentences_in_another_order_than_the_cases_are_found() -> None:
    assert place(["To er to.", "En er en."], "En er en. Nu.", "Ja. To er to.") == ["1 To er to.", "0 En er en."]


def test_a_part_of_a_word_is_no_sentence() -> None:
    assert place(["Gæld"], "Gældsrådgivning hver uge.") == [None]


def test_a_sentence_that_stands_once_is_found_once() -> None:
    assert place(["Hun gik.", "Hun gik."], "Hun gik.") == ["0 Hun gik.", None]


@pytest.mark.parametrize(
    ("sentence", "segment"),
    [
        ("Hun ventede længe på svar.", "Hun  vente\u00adde\u00a0længe\tpå svar. "),
        (normalize("NFD", "Ærø får en kø på Ålandsøen."), "Ærø får en kø på Ålandsøen."),
        ("Ærø får en kø på Ålandsøen.", normalize("NFD", "Ærø får en kø på Ålandsøen.")),
        ("Bo\u2028går.", "Bo går."),
    ],
)
def test_spaces_soft_hyphens_and_forms_of_letters_do_not_matter(sentence: str, segment: str) -> None:
    (span,) = place_sentences([sentence], make_segments("Før.", segment))
    assert span is not None
    assert span[0] == 5
    assert span[1] >= 5 + len(segment.rstrip()) - 1


def test_an_empty_sentence_stands_nowhere() -> None:
    assert place(["", " "], "Hun gik.") == [None, None]


@given(st.lists(st.sampled_from(["Ja.", "Hun gik.", "Han kom. Hun gik.", "Ja. Nej."]), max_size=12))
def test_sentences_that_are_the_segments_stand_where_they_stand(texts: list[str]) -> None:
    segments = make_segments(*texts)
    assert place_sentences(texts, segments) == tuple((each.start, each.end) for each in segments)
