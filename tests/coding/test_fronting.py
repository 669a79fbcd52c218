import pytest

from pipeline.coding.conditions import is_condition
from pipeline.coding.fronting import (
    fronted_start,
    inverted_verb,
    is_all_denied,
    is_clause,
    is_new,
    is_one_clause,
    is_stranded,
)
from pipeline.language.words import word_spans, words_of


def commas_of(sentence: str) -> set[int]:
    return {at for at, (_, end) in enumerate(word_spans(sentence)) if sentence[end : end + 1] == ","}


def names_of(sentence: str) -> set[int]:
    return {at for at, (start, _) in enumerate(word_spans(sentence)) if at and sentence[start].isupper()}


def fronted(sentence: str, verb: str) -> str:
    """Return the words that stand before a verb as its fronted phrase."""
    words = words_of(sentence)
    start, end = fronted_start(words, words.index(verb), commas_of(sentence), set())
    return " ".join(words[start:end])


@pytest.mark.parametrize(
    ("sentence", "verb", "phrase"),
    [
        ("Ventetid mærkede vi intet til.", "mærkede", "ventetid"),
        ("Vi så ens på det, og uenigheder har jeg ikke noteret.", "har", "uenigheder"),
        ("Mistilliden, som andre havde nævnt, så jeg intet til.", "så", "mistilliden"),
        ("Straffen er ren, og volden, naboerne hviskede om, fandt aldrig sted.", "fandt", "volden"),
        ("At hun skulle drikke, har vi ikke set.", "har", "at hun skulle drikke"),
        ("At skolen gav op, mens han lå syg, har vi ikke set.", "har", "at skolen gav op mens han lå syg"),
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
    ("sentence", "verb", "phrase"),
    [
        ("Rygtet om, at hun drikker, er løgn.", "er", "rygtet om at hun drikker"),
        ("Hvor hun skal bo, er afklaret.", "er", "hvor hun skal bo"),
        ("Brevet kom med besked om, at hun drikker, er skrevet.", "er", "at hun drikker"),
    ],
)
def test_a_clause_goes_with_the_noun_before_it_and_a_question_is_a_phrase(
    sentence: str, verb: str, phrase: str
) -> None:
    words = words_of(sentence)
    start, end = fronted_start(words, words.index(verb), commas_of(sentence), set(), known=True)
    assert " ".join(words[start:end]) == phrase


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("Årene, hvor han drak, er ovre.", "årene hvor han drak"),
        ("Skænderierne, fordi han drak, er ovre.", "skænderierne"),
        ("Gælden er ovre.", "gælden"),
    ],
)
def test_what_has_ended_is_taken_with_its_relative_clause(sentence: str, phrase: str) -> None:
    words = words_of(sentence)
    start, end = fronted_start(words, words.index("er"), commas_of(sentence), set(), whole=True)
    assert " ".join(words[start:end]) == phrase


def test_a_quotation_before_its_verb_is_a_phrase_though_it_is_a_clause() -> None:
    words = words_of("jeg duer ikke siger hun")
    assert fronted_start(words, 3, set(), set()) == (3, 3)
    assert fronted_start(words, 3, set(), set(), quoted=True) == (0, 3)


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
        ("tre uger efter mødet", False),
        ("godt et halvt år senere", False),
        ("tre ugers ventetid", True),
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
        ("Kommer hun i dag, spurgte lægen.", True),
        ("Kommer hun i dag, sagde lægen.", False),
        ("Finder vejen svær, siger hun, men hun kommer hver gang.", False),
        ("Bliver hun syg, siger hun, mister hun sin plads.", True),
        ("Tager telefonen, når den ringer.", False),
        ("Finder vejen let, hvor den er kort.", False),
        ("Kom igen, når han er klar.", False),
        ("Står han af?", False),
        ("Vælger Signe selv en plads, er der en chance.", True),
        ("Drak Ole igen, vidste hans søn besked.", True),
        ("Ringer storebror ikke, ved vi intet.", True),
        ("Sker der noget, stoppes sagen.", True),
        ("Sov Ole længe, som han plejer.", False),
    ],
)
def test_a_clause_that_begins_with_its_verb_is_a_condition_where_another_verb_follows(
    sentence: str, condition: bool
) -> None:
    words = words_of(sentence)
    assert is_condition(words, 0, commas_of(sentence), names_of(sentence)) is condition


@pytest.mark.parametrize(
    ("sentence", "denial", "verb"),
    [
        ("Gigt har Signe aldrig haft.", "aldrig", "har"),
        ("En ny leder bad personalet på afdelingen aldrig om.", "aldrig", "bad"),
        ("At støtten skulle ophøre, faldt ingen ind.", "ingen", "faldt"),
        ("Regningerne kan hun ikke overskue.", "ikke", ""),
        ("Bøder og lån gjorde, at han ikke sov.", "ikke", ""),
        ("Vi lavede en aftale, så Ole ikke stod alene.", "ikke", ""),
        ("Lægen kom ikke.", "ikke", ""),
    ],
)
def test_a_denial_has_its_verb_before_a_subject(sentence: str, denial: str, verb: str) -> None:
    words = words_of(sentence)
    found = inverted_verb(words, words.index(denial), names_of(sentence), commas_of(sentence), set())
    assert (words[found] if found >= 0 else "") == verb


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("I skole kommer Ole ikke.", True),
        ("Den samme mentor har Ole ikke haft.", True),
        ("Den samme mentor har Ole ikke gennem året.", True),
        ("Den samme mentor har Ole ikke talt med.", False),
        ("Angsten forstår Ole ikke.", False),
    ],
)
def test_a_denial_at_the_end_is_of_what_stands_before_a_verb_that_says_nothing(sentence: str, denied: bool) -> None:
    words = words_of(sentence)
    no = words.index("ikke")
    verb = inverted_verb(words, no, names_of(sentence), set(), set())
    assert is_all_denied(words, verb, no, set(), set()) is denied


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [("om hun drikker", True), ("om Ole drikker", True), ("om mandagen", False), ("om end sent", False), ("om", False)],
)
def test_what_is_asked_begins_with_a_subject(sentence: str, clause: bool) -> None:
    assert is_clause(words_of(sentence), 1, names_of(sentence)) is clause


@pytest.mark.parametrize(
    ("sentence", "stranded"),
    [
        ("Bøden slap han for.", True),
        ("Bøden slap han for, da sagen faldt.", True),
        ("Bøden slap han for i sidste uge.", True),
        ("Han slap for bøden.", False),
    ],
)
def test_a_preposition_is_stranded_where_no_noun_follows(sentence: str, stranded: bool) -> None:
    words = words_of(sentence)
    assert is_stranded(words, words.index("for"), commas_of(sentence), set()) is stranded


def test_a_participle_before_a_copula_is_no_known_thing() -> None:
    assert is_new(["presset", "til", "det"], "blev")
    assert not is_new(["arbejdet", "på", "stedet"], "har")
