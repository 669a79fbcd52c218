import pytest

from pipeline.coding.fronting import fronted_start, is_condition, is_new, is_one_clause
from pipeline.language.words import word_spans, words_of


def fronted(sentence: str, verb: str) -> str:
    """Return the words that stand before a verb as its fronted phrase."""
    words = words_of(sentence)
    commas = {at for at, (_, end) in enumerate(word_spans(sentence)) if sentence[end : end + 1] == ","}
    start, end = fronted_start(words, words.index(verb), commas, set())
    return " ".join(words[start:end])


@pytest.mark.parametrize(
    ("sentence", "verb", "phrase"),
    [
        ("Ventetid mærkede vi intet til.", "mærkede", "ventetid"),
        ("Vi så ens på det, og uenigheder har jeg ikke noteret.", "har", "uenigheder"),
        ("Mistilliden, som andre havde nævnt, så jeg intet til.", "så", "mistilliden"),
        ("Straffen er ren, og volden, naboerne hviskede om, fandt aldrig sted.", "fandt", "volden"),
        ("At hun skulle drikke, har vi ikke set.", "har", "at hun skulle drikke"),
        (
            "Samarbejde mellem skole, læge og jobcenter fandtes ikke.",
            "fandtes",
            "samarbejde mellem skole læge og jobcenter",
        ),
        ("Fordi hun drikker, kom han ikke.", "kom", ""),
        ("Hun har gæld og kan ikke betale.", "kan", ""),
        ("Han kom ikke.", "kom", ""),
        ("Kom han ikke?", "kom", ""),
    ],
)
def test_the_phrase_before_the_verb_is_found(sentence: str, verb: str, phrase: str) -> None:
    assert fronted(sentence, verb) == phrase


@pytest.mark.parametrize(
    ("phrase", "new"),
    [
        ("ventetid", True),
        ("nogen fælles plan", True),
        ("fast arbejde i køkkenet", True),
        ("isoleret", True),
        ("gælden", False),
        ("hans misbrug", False),
        ("det store tilbagefald", False),
        ("i skole", False),
    ],
)
def test_a_phrase_is_new_unless_it_is_definite_or_says_where(phrase: str, new: bool) -> None:
    assert is_new(phrase.split()) is new


def test_a_comma_or_a_conjunction_between_verb_and_denial_begins_another_clause() -> None:
    words = words_of("gæld har hun ikke")
    assert is_one_clause(words, 1, 3, set())
    assert not is_one_clause(words, 1, 3, {2})
    assert not is_one_clause(words_of("gæld har hun og ikke"), 1, 4, set())


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("Trækker sagen ud, mister hun sin plads.", True),
        ("Måtte vi fravige reglen, kunne samtalen holdes hjemme.", True),
        ("Opstår der tvivl om, hvem der betaler, spørger vi ministeriet.", True),
        ("Falder hun fra, så ringer de straks.", True),
        ("Bor hos mor, går i skole.", False),
        ("Ringer hver uge, han tager den sjældent.", False),
        ("Kommer hun i dag, spurgte lægen.", False),
        ("Finder vejen svær, siger hun, men hun kommer hver gang.", False),
        ("Bliver hun syg, siger hun, mister hun sin plads.", True),
        ("Tager telefonen, når den ringer.", False),
        ("Finder vejen let, hvor den er kort.", False),
        ("Kom igen, når han er klar.", False),
        ("Står han af?", False),
    ],
)
def test_a_clause_that_begins_with_its_verb_is_a_condition_where_another_verb_follows(
    sentence: str, condition: bool
) -> None:
    words = words_of(sentence)
    commas = {at for at, (_, end) in enumerate(word_spans(sentence)) if sentence[end : end + 1] == ","}
    assert is_condition(words, 0, commas) is condition
