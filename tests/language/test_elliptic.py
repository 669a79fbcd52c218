import pytest

from pipeline.language.durations import read_durations
from pipeline.language.elliptic import Outcome, outcome_before, read_elliptic
from pipeline.language.quantities import tokens_of


def elliptic(text: str) -> list[tuple[str, float]]:
    return [(each.words, round(each.months or 0.0, 1)) for each in read_elliptic(text, read_durations(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der var afsat 18 uger, og det tog 30.", [("30", 6.9)]),
        ("Fem måneder blev til ni.", [("ni", 9.0)]),
        ("Vi ventede fire måneder, ikke de lovede to, og endte på næsten fem.", [("næsten fem", 5.0)]),
        ("Tremåneders frist, men svaret kom først efter syv.", [("syv", 7.0)]),
        ("Køen faldt fra 12 måneder til 7.", [("7", 7.0)]),
        ("Otte uger blev til fjorten-femten.", [("fjorten-femten", 3.3)]),
        ("Aftalt 10 dg., reelt 40.", [("40", 1.3)]),
    ],
)
def test_a_number_without_a_unit_takes_the_one_told_before(text: str, found: list[tuple[str, float]]) -> None:
    assert elliptic(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Efter otte uger tog to rådgivere over.", "Det tog tre uger og fem møder.", "Han ventede to.", "",
        "Vi søgte to gange.", "Efter ni måneder i nr. 4.", "Det blev til elleve måneder.",
    ],
)  # fmt: skip
def test_numbers_of_other_things_and_with_units_are_none(text: str) -> None:
    assert elliptic(text) == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("blev det til 9", Outcome.TURN), ("endte på cirka 9", Outcome.TURN), ("i praksis 9", Outcome.TURN),
        ("endte med at tage 9", Outcome.TURN), ("tog hende 9", Outcome.REACHED), ("besked efter 9", Outcome.REACHED),
        ("bor i nummer 9", None), ("9", None),
    ],
)  # fmt: skip
def test_what_stands_before_a_number_tells_how_it_went(text: str, outcome: Outcome | None) -> None:
    tokens = tokens_of(text)
    assert outcome_before(tokens, len(tokens) - 1) is outcome
