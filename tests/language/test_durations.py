import time

import pytest

from pipeline.language.bounds import Bound
from pipeline.language.data import read_data
from pipeline.language.durations import DAYS_IN_MONTH, Duration, Use, longest, read_durations

WEEK = 7 / DAYS_IN_MONTH
DAY = 1 / DAYS_IN_MONTH
YEAR = 12.0


def only(text: str) -> Duration:
    (duration,) = read_durations(text)
    return duration


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("tre måneder", 3), ("otte måneders ventetid", 8), ("i ni mdr.", 9), ("5 mdr. om første møde", 5),
        ("46 uger", 46 * WEEK), ("52 ugers kø", 52 * WEEK), ("fem ugers mailen frem og tilbage", 5 * WEEK),
        ("halvandet år", 18), ("halvanden måned", 1.5), ("et halvt år", 6), ("en halv måned", 0.5),
        ("Et halvt år.", 6), ("2½ år", 30), ("2 ½ år", 30), ("2 1/2 år", 30), ("½ år", 6), ("1/2 år", 6),
        ("1,5 år", 18), ("0,5 år", 6), ("to et halvt år", 30), ("to og et halvt år", 30),
        ("tre en halv uge", 3.5 * WEEK),
        ("tre og en halv måned", 3.5), ("2 og en halv måned", 2.5), ("en og en halv måned", 1.5), ("trekvart år", 9),
        ("et kvartal", 3), ("to kvartaler", 6), ("et halvår", 6), ("fjorten dage", 14 * DAY), ("14 dage", 14 * DAY),
        ("71 dg.", 71 * DAY), ("tolv døgn senere", 12 * DAY), ("10 hverdage", 14 * DAY), ("en uge", WEEK),
        ("et år", 12), ("én måned", 1), ("ét år efter", 12), ("en måned", 1), ("enogtyve uger", 21 * WEEK),
        ("femogtyve måneder", 25), ("to år og syv måneder", 31), ("1 år og 3 mdr.", 15), ("et år og tre måneder", 15),
        ("tre uger og to dage", 3 * WEEK + 2 * DAY), ("3-måneders ventetid", 3), ("tremåneders kø", 3),
        ("fjortendages frist", 14 * DAY), ("fire lange måneder", 4), ("tre hele år", 36), ("i de fem måneder", 5),
        ("de sidste tre uger", 3 * WEEK), ("det seneste halve år", 6), ("det sidste år", 12), ("det halve år", 6),
        ("i det år, vi har arbejdet", 12), ("om 40 uger", 40 * WEEK), ("TRE MÅNEDER", 3), ("6 md.", 6),
        ("i aar", None), ("en ny måned", None), ("10 måneder, før hun blev indkaldt", 10), ("syv måneder senere", 7),
        ("1 år 3 mdr.", 15), ("to måneder plus en uge", 2 + WEEK), ("et kvart år", 3), ("halvfjerde måned", 3.5),
        ("i 3 mdr. 2 dage om ugen", 3),
        ("liggetid: 9 måneder", 9), ("seks måneder, to uger", 6), ("(fem måneder)", 5),
    ],
)  # fmt: skip
def test_a_stated_length_is_read_in_months(text: str, months: float | None) -> None:
    found = longest(read_durations(text))
    assert (None if found is None else found.months) == (None if months is None else pytest.approx(months))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4-5 måneder", 4, 5), ("4 - 5 måneder", 4, 5), ("4–5 måneder", 4, 5), ("9-12 måneder", 9, 12),
        ("fire til fem uger", 4 * WEEK, 5 * WEEK), ("fire-fem uger", 4 * WEEK, 5 * WEEK),
        ("otte til ti måneder", 8, 10),
        ("en til to måneder", 1, 2), ("et til halvandet år", 12, 18), ("halvandet til to år", 18, 24),
        ("mellem to og tre måneder", 2, 3), ("mellem 3 og 4 uger", 3 * WEEK, 4 * WEEK), ("to eller tre måneder", 2, 3),
        ("en måned eller to", 1, 2), ("et år eller to", 12, 24), ("fem seks uger", 5 * WEEK, 6 * WEEK),
        ("fem, seks uger", 5 * WEEK, 6 * WEEK), ("ti-tolv dage", 10 * DAY, 12 * DAY),
        ("to til to og et halvt år", 24, 30),
        ("en tre-fire måneder", 3, 4), ("på femte måned", 4, 5), ("på 13. uge", 12 * WEEK, 13 * WEEK),
        ("inde i sin syvende måned", 6, 7),
    ],
)  # fmt: skip
def test_a_range_keeps_both_ends_and_its_middle(text: str, low: float, high: float) -> None:
    found = only(text)
    assert found.bound is Bound.RANGE
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)
    assert found.months == pytest.approx((low + high) / 2)


@pytest.mark.parametrize(
    ("text", "bound", "months"),
    [
        ("godt 14 dage", Bound.AT_LEAST, 14 * DAY), ("godt og vel et år", Bound.AT_LEAST, 12),
        ("over et halvt år", Bound.AT_LEAST, 6), ("mindst tre måneder", Bound.AT_LEAST, 3),
        ("mere end to år", Bound.AT_LEAST, 24), ("min. 3 mdr.", Bound.AT_LEAST, 3), ("et godt år", Bound.AT_LEAST, 12),
        ("tre måneder eller mere", Bound.AT_LEAST, 3), ("ikke under fem uger", Bound.AT_LEAST, 5 * WEEK),
        ("lidt over tre måneder", Bound.AT_LEAST, 3), ("knap to år", Bound.AT_MOST, 24),
        ("knapt fire måneder", Bound.AT_MOST, 4), ("op til 14 dage", Bound.AT_MOST, 14 * DAY),
        ("næsten syv uger", Bound.AT_MOST, 7 * WEEK), ("højst tre måneder", Bound.AT_MOST, 3),
        ("under tre år", Bound.AT_MOST, 36), ("op mod et år", Bound.AT_MOST, 12),
        ("max. 4 uger", Bound.AT_MOST, 4 * WEEK),
        ("mindre end en måned", Bound.AT_MOST, 1), ("hen imod et år", Bound.AT_MOST, 12),
        ("et lille år", Bound.AT_MOST, 12), ("inden for en uge", Bound.AT_MOST, WEEK), ("ca. 3 mdr.", Bound.ABOUT, 3),
        ("cirka tre måneder", Bound.ABOUT, 3), ("omkring et år", Bound.ABOUT, 12), ("et års tid", Bound.ABOUT, 12),
        ("en måneds tid", Bound.ABOUT, 1), ("tre uger eller deromkring", Bound.ABOUT, 3 * WEEK),
        ("henved otte måneder", Bound.ABOUT, 8), ("tre måneder", Bound.EXACT, 3),
        ("> 6 mdr.", Bound.AT_LEAST, 6), ("< 6 mdr.", Bound.AT_MOST, 6), ("4+ måneder", Bound.AT_LEAST, 4),
        ("det meste af et år", Bound.AT_MOST, 12), ("strakte sig over et år", Bound.EXACT, 12),
    ],
)  # fmt: skip
def test_words_around_a_length_bound_it(text: str, bound: Bound, months: float) -> None:
    found = only(text)
    assert found.bound is bound
    assert found.months == pytest.approx(months)
    assert (found.low is None, found.high is None) == (bound is Bound.AT_MOST, bound is Bound.AT_LEAST)


@pytest.mark.parametrize("text", ["flere måneder", "i månedsvis", "i ugevis", "mange uger", "årevis", "adskillige år"])
def test_a_vague_word_gives_an_uncertain_stretch_without_a_number(text: str) -> None:
    found = only(text)
    assert found.uncertain
    assert found.months is None
    assert found.days is None
    assert longest([found]) is None


@pytest.mark.parametrize("text", ["et par uger", "de sidste par uger", "et par lange uger"])
def test_a_couple_is_two_or_three_and_uncertain(text: str) -> None:
    found = only(text)
    assert found.uncertain
    assert found.months == pytest.approx(2.5 * WEEK)


@pytest.mark.parametrize(
    "text",
    [
        "hver anden uge", "hver tredje måned", "hver 14. dag", "hvert halve år", "hvert år", "to dage om ugen",
        "fem dage i ugen", "2 dage pr. uge", "en uge hver måned", "en fire dages uge", "3 timer om ugen",
        "2 gange om ugen", "15 timer", "37 timers uge", "3 t. pr. uge", "en gang om måneden", "månedligt", "ugentlig",
        "Hun er 46 år.", "Han var ni år, da det skete.", "Ida på 13 år", "en søn på 13 år", "Jeanette, 46 år,",
        "Preben (58 år)", "borger, 46 år, gift", "fra 9 år", "over 18 år", "under 30 år", "12 år gammel",
        "da hun var 6 år", "fylder 18 år", "18 års fødselsdag", "en 46-årig kvinde", "sin treårige datter",
        "hun var tre år", "en dreng på to år", "§ 85", "SEL § 52, stk. 3, nr. 3", "10. klasse", "kl. 10.30",
        "i 3. måned", "det 23. år", "i år", "sidste år", "næste måned", "uge 24", "hele ugen", "om måneden",
        "en dag ringede hun", "en af dagene", "212.000 kr.", "nummer 38", "2019", "12. marts 2019", "to årsager",
        "tre dagpengesager", "modul 3", "fem tusind kroner", "den ene dag", "to tredjedele", "årene gik", "",
    ],
)  # fmt: skip
def test_ages_hours_frequencies_and_numbers_of_other_things_are_no_lengths(text: str) -> None:
    assert read_durations(text) == ()


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("for to år siden", Use.AGO), ("for et par måneder siden", Use.AGO), ("om fire uger", Use.AHEAD),
        ("fem rådgivere på under tre år", Use.WINDOW), ("den fjerde på to år", Use.WINDOW),
        ("tre møder på 17 mdr.", Use.WINDOW), ("skiftet tre gange på et år", Use.WINDOW),
        ("en kø på fem måneder", Use.STRETCH), ("en venteliste på halvandet år", Use.STRETCH),
        ("køen var på ti måneder", Use.STRETCH), ("godt 14 måneder siden henvisningen", Use.STRETCH),
        ("fire møder og en kø på fem måneder", Use.STRETCH), ("på femte måned", Use.RUNNING),
    ],
)  # fmt: skip
def test_what_a_length_is_said_to_be_shows(text: str, use: Use) -> None:
    assert only(text).use is use


def test_the_words_stand_where_the_duration_says() -> None:
    text = "Preben fik svar efter ca. 4-5 måneder, og så gik der halvandet år."
    found = read_durations(text)
    assert [each.words for each in found] == ["ca. 4-5 måneder", "halvandet år"]
    assert all(text[each.start : each.end] == each.words for each in found)


def test_the_word_after_tells_what_a_genitive_measures() -> None:
    assert only("tre måneders praktik").next_word == "praktik"


def test_the_longest_has_a_number_and_is_the_first_of_equals() -> None:
    found = read_durations("flere år, 12 måneder, et år og to uger")
    best = longest(found)
    assert best is not None
    assert best.words == "et år og to uger"
    equal = longest(read_durations("12 måneder eller rettere et år"))
    assert equal is not None
    assert equal.words == "12 måneder"


def test_every_unit_form_is_folded_and_belongs_to_one_unit() -> None:
    forms = [form for unit in read_data("time")["units"].values() for form in unit["forms"]]
    assert len(forms) == len(set(forms))
    assert all(form == form.lower() for form in forms)


@pytest.mark.parametrize("piece", ["en ", "1 og en halv ", "mellem to og ", "1.1", "godt og vel ", "hver ", "½", "-"])
def test_a_text_twenty_times_as_long_takes_no_more_than_its_share(piece: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        read_durations(piece * count)
        return time.process_time() - begun

    short = min(seconds(500) for _ in range(3))
    assert seconds(10_000) < max(5.0, 200 * short)
