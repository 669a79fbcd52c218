import pytest

from pipeline.model.codes import Label
from pipeline.patterns.wording import has_small_words, names_a_total, tells_a_count, told_size, without_size


@pytest.mark.parametrize("name", ["Progression (n = 34)", "Progression (n\u00a0=\u00a034)", "Progression n=34"])
def test_a_heading_tells_the_size_of_its_group_and_can_go_without_it(name: str) -> None:
    assert told_size(Label(name, name)) == 34
    assert without_size(Label(name, "Progress (n = 34)")) == Label("Progression", "Progress")


def test_a_heading_without_a_size_stays_as_it_is() -> None:
    label = Label("Progression 34", "Progress 34")
    assert told_size(label) == 0
    assert without_size(label) == label


def test_a_total_is_known_by_a_word_of_its_own() -> None:
    assert names_a_total(Label("Cases i alt", "Cases in all"))
    assert not names_a_total(Label("Totalitet", "Totality"))


def test_a_note_tells_a_count_in_either_language() -> None:
    assert tells_a_count(Label("I 41 af 98 cases", ""))
    assert tells_a_count(Label("", "In 41 out of 98 cases"))
    assert not tells_a_count(Label("n = 3, 41/98", "n = 3, 41/98"))


@pytest.mark.parametrize(
    ("text", "told"), [("4 af 20", True), ("4 / 20", True), ("4/20", True), ("n = 3", True), ("tre af dem", False)]
)
def test_words_in_a_cell_tell_counts_also_as_a_fraction_or_a_size(text: str, told: bool) -> None:
    assert has_small_words(Label(text, "")) is told
    assert has_small_words(Label("", text)) is told
