import pytest

from pipeline.language.numbers import number_of


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("tre", 3), ("tolv", 12), ("femogtyve", 25), ("enogtyve", 21), ("halvtreds", 50), ("nioghalvfems", 99),
        ("halvandet", 1.5), ("halvfjerde", 3.5), ("halvt", 0.5),
        ("hundrede", 100), ("tohundrede", 200), ("tohundredeogfem", 205),
        ("4-5", 5), ("fire-fem", 5), ("12,5", 12.5), ("14.300", 14300), ("1.000.000", 1_000_000), ("10.30", 10.3),
        ("2019", 2019), ("ét", 1),
    ],
)  # fmt: skip
def test_number_of_a_word(word: str, value: float) -> None:
    assert number_of(word) == value


@pytest.mark.parametrize("word", ["en", "et", "borger", "og", "hundredevis", "a-b", "case-beskrivelse", "fire-mands"])
def test_other_words_are_no_numbers(word: str) -> None:
    assert number_of(word) is None
