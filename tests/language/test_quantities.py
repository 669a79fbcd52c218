import pytest

from pipeline.language.quantities import read_quantity, tokens_of


@pytest.mark.parametrize(
    ("text", "low", "high", "count"),
    [
        ("tre", 3, 3, 1), ("femogtyve", 25, 25, 1), ("2½", 2.5, 2.5, 2), ("2 1/2", 2.5, 2.5, 4), ("1,5", 1.5, 1.5, 1),
        ("et halvt", 0.5, 0.5, 2), ("tre en halv", 3.5, 3.5, 3), ("tre og en halv", 3.5, 3.5, 4), ("4-5", 4, 5, 3),
        ("mellem to og tre", 2, 3, 4), ("en fem", 5, 5, 2), ("en snes", 20, 20, 2), ("et halvt dusin", 0.5, 0.5, 2),
        ("et par", 2, 3, 2), ("5-4", 5, 5, 1), ("to fire", 2, 2, 1), ("hundrede", 100, 100, 1), ("fem seks", 5, 6, 2),
    ],
)  # fmt: skip
def test_a_quantity_is_read_from_its_first_token(text: str, low: float, high: float, count: int) -> None:
    found = read_quantity(tokens_of(text), 0)
    assert found is not None
    assert (found.low, found.high, found.after) == (low, high, count)


@pytest.mark.parametrize("text", ["", "borger", "mellem os", "mellem to stole", "1.140", "2019", "-", "tusind"])
def test_other_words_and_numbers_too_large_are_none(text: str) -> None:
    assert read_quantity(tokens_of(text), 0) is None


def test_vague_words_have_no_bounds() -> None:
    found = read_quantity(tokens_of("flere måneder"), 0)
    assert found is not None
    assert found.low is None
    assert found.vague


def test_tokens_keep_their_places_in_the_text() -> None:
    text = "Ca. 1.140 kr. på 2½ år"
    assert [text[token.start : token.end].lower() for token in tokens_of(text)] == [
        token.text for token in tokens_of(text)
    ]
    assert "1.140" in {token.text for token in tokens_of(text)}
