import pytest

from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import read_dates
from pipeline.patterns.waits import read_waits


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Hun ventede otte måneder på en tid.", [8]), ("Ventetiden var halvandet år.", [18]),
        ("Preben blev henvist i april og kom til i november, dvs. 7 mdr. senere.", [7]),
        ("Efter fem ugers mailen frem og tilbage.", [1.15]), ("Det er nu otte måneder siden.", [8]),
        ("ti måneder, før hun blev indkaldt", [10]), ("ligger i afdelingen på femte måned", [4.5]),
        ("Ny henvisning i maj, tid i november.", [6]), ("Sendt i marts, og først i oktober var der en tid.", [7]),
    ],
)  # fmt: skip
def test_a_wait_is_read_from_its_length_or_else_from_its_dates(sentence: str, months: list[float]) -> None:
    dates = resolve_dates(read_dates(sentence))
    assert [wait.months for wait in read_waits(sentence, dates)] == [pytest.approx(each, abs=0.01) for each in months]


@pytest.mark.parametrize(
    "sentence",
    [
        "Klinikken kræver otte ugers ædruelighed.", "Han skulle have været stoffri i tre måneder.",
        "Kravet var tre måneders rene urinprøver.", "Loven siger fire måneder.", "efter tre måneders praktik",
        "værre end for et år siden", "samlet tre gange på halvandet år", "på kontanthjælp i ni år", "i 25 år",
        "inden for en uge", "en overlevering på under 14 dage", "tre uger før ventet", "i ressourceforløb på tredje år",
        "forløbet er forlænget 18 mdr.", "en måned tidligere",
        "den anden sagde op efter ti måneder", "Der gik lang tid.", "Hun er 46 år.",
    ],
)  # fmt: skip
def test_lengths_of_other_things_are_no_waits(sentence: str) -> None:
    assert read_waits(sentence) == ()


def test_a_vague_wait_has_no_number() -> None:
    (wait,) = read_waits("Svaret lod vente på sig i månedsvis.")
    assert wait.months is None
    assert wait.uncertain
