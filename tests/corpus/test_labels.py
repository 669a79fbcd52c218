import pytest

from pipeline.corpus.labels import Labels, control_key, label_book, label_key, run_in_labels
from tests.raw_blocks import template

BOOK = label_book(template())


@pytest.mark.parametrize(
    "text",
    [
        "Sagens karakter og forløb",
        "SAGENS KARAKTER OG FORLØB:",
        "1. Sagens karakter og forløb",
        "1.1 Sagens karakter og forløb",
        "1) Sagens karakter og forløb.",
        "(1) Sagens karakter og forløb",
        "III. Sagens karakter og forløb",
        "a) Sagens karakter  og\tforløb",
        "• Sagens karakter og forløb –",
        "Sagens karakter/og forløb",
        "»Sagens karakter og forløb«",
    ],
)
def test_numbers_case_spaces_and_punctuation_make_no_difference(text: str) -> None:
    assert label_key(text) == "sagens karakter og forløb"


def test_a_label_that_is_only_a_number_keeps_it() -> None:
    assert label_key("1.") == "1"


@pytest.mark.parametrize("name", ["Sagens_karakter_og_forløb", "SagensKarakterOgForløb", "sagens-karakter-og-forloeb"])
def test_a_controls_tag_is_compared_without_spaces_and_danish_letters(name: str) -> None:
    assert control_key(name) == control_key("Sagens karakter og forløb")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sagens karakter og forløb", "course"),
        ("Baggrund", "course"),
        ("Forløbet", "course"),
        ("FAMILIENS SITUATION OG FORLØBET", "course"),
        ("Beskrivelse af teamets organisering omkring borgeren og de mål der blev sat i én plan", "organisation"),
        ("Teamets organisering omkring Flemming og målene i én plan", "organisation"),
        ("Mål og organisering", "organisation"),
        ("2. Organisering", "organisation"),
        ("Udfordringer mødt og delvis løst i sagen", "challenges"),
        ("Barrierer", "challenges"),
        ("Resultat/effekt", "result"),
        ("Status", "result"),
        ("Sagens resultat ved afslutningen af forløbet", "result"),
        ("Perspektiv og økonomi", "outlook"),
        ("Fremtiden", "outlook"),
        ("Fremtidsperspektiv for borgeren/familien og økonomien i sagen", "outlook"),
    ],
)
def test_the_forms_headings_and_their_short_forms_are_known(text: str, kind: str) -> None:
    match = BOOK.sections.find(text)
    assert match is not None
    assert match.name == kind


@pytest.mark.parametrize(
    "text",
    [
        "Han havde mange udfordringer med søvn og økonomi",
        "Der var ikke noget resultat af det",
        "Bolig",
        "Mentor",
        "Den første praktik",
        "Familien på Kirkevænget",
    ],
)
def test_ordinary_words_are_no_heading(text: str) -> None:
    assert BOOK.sections.find(text) is None


def test_a_keyword_counts_only_where_the_form_shows_a_heading() -> None:
    assert BOOK.sections.find("Alt det, der drillede os") is None
    assert [match.name for match in BOOK.sections.keywords("Alt det, der drillede os")] == ["challenges"]


def test_the_first_keyword_of_a_heading_decides_its_section() -> None:
    match = BOOK.sections.heading("Holdet, pengene og bump på vejen")
    assert match is not None
    assert match.name == "organisation"


def test_of_two_patterns_the_one_that_says_more_wins() -> None:
    labels = Labels([("a", ("mål *",)), ("b", ("mål og plan *",))])
    match = labels.find("Mål og plan for Sara")
    assert match is not None
    assert match.name == "b"


def test_a_pattern_reaches_over_eight_words_at_most() -> None:
    labels = Labels([("a", ("mål * plan",))])
    assert labels.find("mål 1 2 3 4 5 6 7 8 plan") is not None
    assert labels.find("mål 1 2 3 4 5 6 7 8 9 plan") is None


def test_words_before_running_text_end_at_the_first_colon() -> None:
    assert list(run_in_labels("Mål – for Sara: et job: nu")) == [("Mål", "–", 6), ("Mål – for Sara", ":", 16)]
    assert list(run_in_labels("Mål:")) == []
