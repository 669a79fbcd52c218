import pytest

from pipeline.language.data import read_data
from pipeline.patterns.waited_things import THING_LABELS, thing_told_of, thing_waited_for


def thing(sentence: str, wait: str, last: str = "") -> str:
    start = sentence.index(wait)
    return thing_waited_for(sentence, start, start + len(wait), last=last)


@pytest.mark.parametrize(
    ("sentence", "wait", "expected"),
    [
        ("Ole ventede i ni måneder på en større lejlighed.", "ni måneder", "home"),
        ("Der var fire måneders kø til gigtambulatoriet.", "fire måneders", "specialist"),
        ("Tandlægen gav en tid efter otte uger.", "otte uger", "dentist"),
        ("Der gik et halvt år, før klagenævnet og Ankestyrelsen svarede.", "et halvt år", "appeal"),
        ("Jobkonsulentens stilling stod tom i ti uger.", "ti uger", "staff"),
        ("Psykologstillingen var ubesat i fem måneder.", "fem måneder", "staff"),
        ("Den neuropsykologiske undersøgelse tog et år.", "et år", "memory clinic"),
        ("Han stod på venteliste til STU i syv måneder.", "syv måneder", "education"),
        ("Boligselskabet svarede ikke, og ansøgningen om førtidspension lå i et år.", "et år", "pension"),
    ],
)
def test_what_a_wait_is_for_is_what_its_sentence_names(sentence: str, wait: str, expected: str) -> None:
    assert thing(sentence, wait) == expected


def test_what_waiting_leads_to_goes_before_what_else_is_named() -> None:
    assert thing("Hos psykologen hørte hun, at ventetiden til botilbuddet var to år.", "to år") == "residential place"
    assert thing("Mentoren ventede ni uger på svar fra misbrugscentret.", "ni uger") == "substance treatment"


def test_of_several_things_the_nearest_before_the_wait_counts() -> None:
    sentence = "Smerteklinikken svarede hurtigt, men gældsstyrelsen brugte tre måneder og fik en rykker fra mentoren."
    assert thing(sentence, "tre måneder") == "debt advice"


@pytest.mark.parametrize(
    "sentence",
    ["Så gik der endnu ni uger.", "Ni uger.", "I alt ni uger.", "Den blev ni uger forsinket.", "Hun ventede ni uger."],
)
def test_a_sentence_that_goes_on_is_about_the_thing_told_last(sentence: str) -> None:
    wait = "Ni uger" if sentence.startswith("Ni") else "ni uger"
    assert thing(sentence, wait, last="home") == "home"
    assert thing(sentence, wait) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Hun ventede ni uger på en hund.",
        "Vielsen blev udskudt i ni uger.",
        "Bilens syn trak ud i ni uger.",
        "Hun ventede ni uger på en tandlæge.",
        "Skrivelserne gik frem og tilbage i ni uger.",
    ],
)
def test_a_sentence_with_a_thing_of_its_own_inherits_none(sentence: str) -> None:
    assert thing(sentence, "ni uger", last="home") != "home"


def test_a_sentence_without_a_wait_turns_the_story_to_what_it_leads_to_and_not_to_what_it_only_names() -> None:
    assert thing_told_of("Så blev hun henvist til smerteklinikken.", last="psychiatry") == "pain clinic"
    assert thing_told_of("Imens var hun i praktik i en børnehave.", last="psychiatry") == "psychiatry"
    assert thing_told_of("Hun stod på listen til en plejebolig.", last="psychiatry") == "home"
    assert thing_told_of("Imens var hun i praktik.") == "work placement"
    assert thing_told_of("Imens skete der ingenting.") == ""


def test_a_word_for_many_things_is_the_one_told_last_where_it_may_be() -> None:
    assert thing("Udredningen tog ni uger.", "ni uger", last="psychiatry") == "psychiatry"
    assert thing("Udredningen tog ni uger.", "ni uger", last="home") == "assessment"
    assert thing("Klinikken brugte ni uger.", "ni uger", last="pain clinic") == "pain clinic"


def test_words_that_only_look_like_a_thing_are_none() -> None:
    assert thing("Udvalget tog stilling efter ni uger.", "ni uger") == ""
    assert thing("Reglerne er gældende i ni uger.", "ni uger") == ""
    assert thing("Hun bor i stueplan efter ni uger.", "ni uger") == ""
    assert thing("Indstillingen lå i ni uger.", "ni uger") == ""


def test_every_thing_has_a_label_and_what_words_stand_for_is_a_thing() -> None:
    for told in read_data("things")["things"].values():
        assert set(told.get("stands_for", ())) <= set(THING_LABELS)
    assert THING_LABELS["home"].da == "bolig"
