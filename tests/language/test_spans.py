import pytest

from pipeline.language.bounds import Bound
from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import read_dates
from pipeline.language.durations import Duration, Use
from pipeline.language.spans import read_spans

WRITTEN = read_dates("juni 2020")[0]
BEFORE = read_dates("februar 2019")[0]


def spans(text: str, *, before: bool = True) -> tuple[Duration, ...]:
    dates = resolve_dates(read_dates(text), written=WRITTEN)
    return read_spans(text, dates, before=BEFORE if before else None, written=WRITTEN)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Sådan stod det fra marts til december.", 9), ("fra november til februar", 3), ("Ingen ansat juni-okt.", 4),
        ("mellem maj og august", 3), ("stod tom fra april til og med august", 5),
        ("fra september til ind i december", 3),
        ("fra maj 2018 til marts 2020", 22), ("på liste siden august 2018", 22),
        ("Preben blev henvist i april og kom til i november", 7), ("Ny henvisning i maj, tid i november.", 6),
        ("Ansøgt i juni 2019, afgjort i marts 2020.", 9),
        ("Skrevet op i maj 2019 og fik nøglen den 1. februar 2020.", 9),
        ("henvist nov. 18, første behandling sat til september året efter", 10),
        ("fra midten af november til slutningen af december", 1.36),
    ],
)  # fmt: skip
def test_dates_that_are_told_as_beginning_and_end_give_a_certain_stretch(text: str, months: float) -> None:
    (found,) = spans(text)
    assert found.months == pytest.approx(months, abs=0.02)
    assert found.use is Use.SPAN
    assert not found.uncertain


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Mødet skulle være i november, men gled til marts.", 4), ("Stillingen stod tom til midten af april.", 2),
        ("på listen siden januar", 5), ("hun havde stået på liste siden august 2018", 22),
    ],
)  # fmt: skip
def test_a_beginning_that_must_be_concluded_makes_the_stretch_uncertain(text: str, months: float) -> None:
    (found,) = spans(text)
    assert found.months == pytest.approx(months, abs=0.02)
    assert found.uncertain


@pytest.mark.parametrize(
    "text",
    [
        "Februar, april, juni.", "Svar udeblev, rykket i april og juni.",
        "Hun kom i november, selv om hun var henvist i april.",
        "Jeg sendte planen i august og igen i december.", "Kim rejste i april, den næste gik på barsel i juni.",
        "Den 20. februar fik jeg grønt lys.", "Det anbefalede i december det, der var anbefalet i 2013.", "Ingen dato.",
        "fra marts 2012 til maj 2019",
    ],
)  # fmt: skip
def test_dates_in_a_row_and_lone_dates_are_no_stretch(text: str) -> None:
    assert spans(text) == ()


def test_days_make_it_exact_and_months_are_worth_one_more_or_less() -> None:
    (days,) = spans("fra den 12. marts til den 2. april")
    assert days.bound is Bound.EXACT
    assert days.days == pytest.approx(21, abs=1)
    (months,) = spans("fra marts til maj")
    assert (months.low, months.high) == (1, 3)


def test_an_end_without_any_beginning_is_no_stretch() -> None:
    assert spans("Stillingen stod tom til april.", before=False) == ()
    assert read_spans("siden maj 2018", read_dates("siden maj 2018")) == ()


def test_the_words_of_a_stretch_reach_over_both_dates() -> None:
    (found,) = spans("Fra marts til december skete intet.")
    assert found.words == "marts til december"
