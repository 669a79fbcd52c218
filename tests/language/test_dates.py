import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import DateMention, read_dates
from pipeline.language.durations import read_durations


def only(text: str) -> DateMention:
    (mention,) = read_dates(text)
    return mention


def told(mention: DateMention) -> tuple[int | None, int | None, int | None]:
    return mention.year, mention.month, mention.day


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12. marts 2019", (2019, 3, 12)), ("den 4. februar", (None, 2, 4)), ("d. 4. feb.", (None, 2, 4)),
        ("4/2-19", (2019, 2, 4)), ("4/2", (None, 2, 4)), ("pr. 1/8", (None, 8, 1)), ("04.02.2019", (2019, 2, 4)),
        ("4.2.2019", (2019, 2, 4)), ("04-02-2019", (2019, 2, 4)), ("4/2/2019", (2019, 2, 4)),
        ("2019-02-04", (2019, 2, 4)), ("i maj 2020", (2020, 5, None)), ("marts", (None, 3, None)),
        ("sept. 19, sygdom", (2019, 9, None)), ("nov. 18, første behandling", (2018, 11, None)),
        ("jeg havde ferie i juli 19, afløser", (2019, 7, None)), ("okt.", (None, 10, None)),
        ("jul. 19", (2019, 7, None)),
        ("12 marts 2019", (2019, 3, 12)), ("12. Maj", (None, 5, 12)), ("Maj 2020", (2020, 5, None)),
        ("Februar", (None, 2, None)), ("i 2018", (2018, None, None)), ("den 1. januar 2020", (2020, 1, 1)),
        ("d. 1/2 2019", (2019, 2, 1)),
        ("9/8 2018", (2018, 8, 9)), ("9/8 -18", (2018, 8, 9)), ("9/8 '18", (2018, 8, 9)),
        ("9/8 18, afslag", (2018, 8, 9)),
        ("9/8 18 borgere", (None, 8, 9)), ("9. 8. 2018", (2018, 8, 9)), ("9.8 2018", (2018, 8, 9)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_written(text: str, date: tuple[int | None, int | None, int | None]) -> None:
    assert told(read_dates(text)[0]) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("foråret 2019", (2019, 4, 15)), ("efter jul", (None, 12, 24)), ("gik på barsel til jul.", (None, 12, 24)),
        ("hen over sommeren", (None, 7, 15)), ("før nytår", (None, 1, 1)), ("midt i november", (None, 11, 15)),
        ("midten af september", (None, 9, 15)), ("slutningen af maj", (None, 5, 26)), ("primo sept.", (None, 9, 5)),
        ("uge 9 2020", (2020, 2, 27)), ("uge 9", (None, 3, 1)), ("efterårsferien", (None, 10, 16)),
    ],
)  # fmt: skip
def test_seasons_feasts_weeks_and_parts_of_months_are_rough(
    text: str, date: tuple[int | None, int | None, int | None]
) -> None:
    mention = only(text)
    assert told(mention) == date
    assert mention.rough
    assert mention.uncertain


@pytest.mark.parametrize(
    "text",
    [
        "Maj sagde nej", "Jan kom hjem", "August er syv", "1/2 år", "24/7", "kl. 10.30", "10. klasse", "§ 10",
        "nr. 2019",
        "1.140 kr.", "2019 kr.", "2 af 7", "ugen efter", "uge", "32/13", "45. marathon", "sagen", "juleaften",
        "uge 60", "2019-13-40", "3/4/5", "jan kom",
    ],
)  # fmt: skip
def test_names_classes_sections_and_clock_times_are_no_dates(text: str) -> None:
    assert read_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "shift", "from_case"),
    [
        ("september sidste år", -1, True), ("september året efter", 1, False), ("maj året før", -1, False),
        ("sidste sommer", -1, True), ("næste forår", 1, True), ("oktober samme år", 0, False), ("marts i år", 0, True),
    ],
)  # fmt: skip
def test_a_year_told_in_words_is_a_step_from_another(text: str, shift: int, from_case: bool) -> None:
    mention = only(text)
    assert (mention.shift, mention.from_case) == (shift, from_case)
    assert mention.uncertain


def years(text: str, written: str = "") -> list[int | None]:
    now = only(written) if written else None
    return [mention.year for mention in resolve_dates(read_dates(text), written=now)]


def test_a_date_without_a_year_follows_the_date_before_it() -> None:
    assert years("I maj 2018. Så marts, så september, så januar.") == [2018, 2019, 2019, 2020]
    assert years("Fra 2018. I marts.") == [2018, 2018]


def test_no_date_is_put_after_the_writing() -> None:
    assert years("I marts 2020 og igen i november.", "juni 2020") == [2020, 2019]


def test_the_first_date_is_the_last_of_its_name_before_the_writing() -> None:
    assert years("I september.", "juni 2020") == [2019]
    assert years("I maj.", "juni 2020") == [2020]
    assert years("I september.") == [None]


def test_a_step_counts_from_the_writing_or_from_the_date_before() -> None:
    assert years("I maj 2017. I september sidste år.", "juni 2020") == [2017, 2019]
    assert years("Henvist nov. 18, behandling i september året efter.", "juni 2020") == [2018, 2019]
    assert years("I september året efter.") == [None]


def test_a_resolved_year_is_marked_as_inferred_and_a_written_one_is_not() -> None:
    first, second = resolve_dates(read_dates("Fra maj 2018 til marts."))
    assert not first.inferred
    assert not first.uncertain
    assert second.inferred
    assert second.uncertain


def test_a_moment_counts_months_and_needs_year_and_month() -> None:
    later, earlier = only("marts 2019").moment, only("december 2018").moment
    assert later is not None
    assert earlier is not None
    assert later - earlier == 3
    assert only("marts").moment is None


def test_the_words_stand_where_the_date_says() -> None:
    text = "Mødet gled fra midten af november til den 21. januar 2020."
    found = read_dates(text)
    assert [each.words for each in found] == ["midten af november", "21. januar 2020"]
    assert all(text[each.start : each.end] == each.words for each in found)


def test_a_text_twenty_times_as_long_takes_no_more_than_its_share() -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        resolve_dates(read_dates("midten af 4/2-19. 12. marts sidste 2019-02- " * count))
        return time.process_time() - begun

    short = min(seconds(100) for _ in range(3))
    assert seconds(2000) < max(5.0, 200 * short)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("fra den 3. til den 28. maj", [(None, 5, 3), (None, 5, 28)]), ("9.-30. juni", [(None, 6, 9), (None, 6, 30)]),
        ("uge 9-22", [(None, 3, 1), (None, 5, 31)]), ("fra uge 9 til 22", [(None, 3, 1), (None, 5, 31)]),
        ("4/4 - 12/4", [(None, 4, 4), (None, 4, 12)]), ("4/4-12/4", [(None, 4, 4), (None, 4, 12)]),
        ("9/8 2018-2/3 2019", [(2018, 8, 9), (2019, 3, 2)]), ("1/2/3", []), ("den 3. til 28 kroner", []),
    ],
)  # fmt: skip
def test_both_ends_of_a_stretch_are_read(text: str, dates: list[tuple[int | None, int | None, int | None]]) -> None:
    assert [told(each) for each in read_dates(text)] == dates


@given(
    st.lists(
        st.sampled_from([*"²①½٣", "2019²", "12.", "3²/4", "uge 9²", "fra", "maj", "d.", "-", "2018", "1/2-19"]),
        max_size=9,
    )
)
def test_any_digits_are_read_without_an_error(words: list[str]) -> None:
    text = " ".join(words)
    assert all(0 <= each.start <= each.end <= len(text) for each in read_dates(text))
    assert all(0 <= each.start <= each.end <= len(text) for each in read_durations(text))
