import pytest

from pipeline.coding.features import FAMILIES, NUMBER, FeatureReader, SentenceInCase, stem
from pipeline.coding.roles import NAME
from pipeline.coding.word_lists import list_words
from pipeline.model.codes import WordList

LISTS = (
    WordList("waiting", ("vente", "(kø|venteliste)", "lang tid")),
    WordList("helper", ("*mentor", "@staff")),
    WordList("staff", ("=sagsbehandler", "# måneder")),
)


def read(text: str, **options: str) -> dict[str, list[str]]:
    return FeatureReader(list_words(LISTS)).read(SentenceInCase(text, **options))  # type: ignore[arg-type] # texts only


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        (("ventetid", "ventetiden", "ventetidens"), True),
        (("sagsbehandlere", "sagsbehandleren"), True),
        (("flytte", "flyttede", "flytter"), True),
        (("skole", "angst"), False),
    ],
)
def test_inflected_forms_share_a_stem_and_other_words_do_not(forms: tuple[str, ...], same: bool) -> None:
    assert (len({stem(form) for form in forms}) == 1) is same


def test_short_words_are_their_own_stem() -> None:
    assert [stem(word) for word in ("en", "er", "mor", "uger")] == ["en", "er", "mor", "uger"]


def test_every_sentence_has_every_family() -> None:
    assert set(read("Hun venter.")) == set(FAMILIES)
    assert set(read("")) == set(FAMILIES)


def test_names_and_numbers_count_as_such() -> None:
    words = read("Hun mødte Karin efter 14 dage.")["word"]
    assert NAME in words
    assert NUMBER in words
    assert "karin" not in words


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert read("Moren ventede.")["word"][0] == stem("moren")


def test_a_name_whose_role_is_known_counts_as_that_role_even_as_the_first_word() -> None:
    sentence = SentenceInCase("Karin rejste.", roles={"karin": "<support>"})
    assert FeatureReader().read(sentence)["word"][0] == "<support>"


def test_words_shortly_after_a_negation_count_once_more() -> None:
    assert read("Hun har ikke angst.")["denied"] == [stem("angst")]
    assert read("Hun har angst.")["denied"] == []


def test_words_of_a_list_count_as_that_list_in_any_inflection() -> None:
    assert read("Han ventede hos en mentor.")["list"] == ["waiting", "helper"]


def test_a_list_within_a_list_counts_for_both() -> None:
    assert set(read("Hans sagsbehandler kom.")["list"]) == {"helper", "staff"}


def test_neighbouring_words_and_words_over_a_gap_are_pairs() -> None:
    pairs = read("aaa bbb ccc")["pair"]
    assert {"< aaa", "aaa bbb", "bbb ccc", "ccc >", "aaa _ ccc"} == set(pairs)


def test_the_sentences_around_have_features_of_their_own() -> None:
    found = read("Hun kom.", context="Angst fylder.", following="Han ventede.")
    assert found["earlier"] == [stem("angst"), stem("fylder")]
    assert found["following"] == [stem("han"), stem("ventede")]
    assert not {*found["earlier"], *found["following"]} & set(found["word"])


def test_a_sentence_read_as_a_neighbour_before_is_read_the_same() -> None:
    texts = ["", "En dag.", "Hun kom.", "Angst fylder.", "Hun kom.", ""]
    around = [
        SentenceInCase(here, context=before, following=after)
        for before, here, after in zip(texts, texts[1:], texts[2:], strict=False)
    ]
    reader = FeatureReader()
    assert [reader.read(each) for each in around] == [FeatureReader().read(each) for each in around]


def test_words_under_the_result_count_once_more() -> None:
    assert read("Hun kom.", section="result")["late"] == read("Hun kom.")["word"]
    assert read("Hun kom.", section="course")["late"] == []


def test_reading_a_sentence_again_with_other_roles_gives_other_words() -> None:
    reader = FeatureReader()
    first = reader.read(SentenceInCase("Så kom Karin."))["word"]
    second = reader.read(SentenceInCase("Så kom Karin.", roles={"karin": "<support>"}))["word"]
    assert (NAME in first, "<support>" in second) == (True, True)
