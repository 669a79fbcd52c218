import time
from pathlib import Path

import pytest

from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import read_dates
from pipeline.language.durations import Duration
from pipeline.patterns.waits import is_told_plainly, read_waits

LIST = Path(__file__).parent / "data" / "waits.txt"
LINES = [line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
WRITTEN = read_dates("5. juni 2020")[0]


def waits(sentence: str, *, relatives: bool = True, away: bool = False) -> list[Duration]:
    dates = resolve_dates(read_dates(sentence), written=WRITTEN)
    found = read_waits(sentence, dates, written=WRITTEN, relatives=relatives, away=away)
    return [each for each in found if each.months is not None]


def months(sentence: str, *, relatives: bool = True, away: bool = False) -> list[float]:
    return [round(each.months or 0.0, 1) for each in waits(sentence, relatives=relatives, away=away)]


@pytest.mark.parametrize("line", LINES)
def test_a_sentence_states_the_waits_that_a_reader_takes_from_it(line: str) -> None:
    sentence, _, told = line.rpartition(" | ")
    found = waits(sentence)
    wanted = [] if told == "-" else told.split(", ")
    certain = [each for each in found if not each.uncertain]
    assert len(found if wanted else certain) == len(wanted)
    for wait, want in zip(found, wanted, strict=False):
        assert wait.months == pytest.approx(float(want.rstrip("?")), rel=0.04, abs=0.15)
        assert wait.uncertain or not want.endswith("?")


def test_the_list_is_long_and_no_sentence_stands_in_it_twice() -> None:
    assert len({line.rpartition(" | ")[0] for line in LINES}) == len(LINES) > 280


def test_what_relatives_wait_for_is_a_wait_of_a_family_and_not_of_one_person() -> None:
    for sentence in ("Moderen stod i kø til psykolog i syv måneder.", "Hans søn har ventet syv måneder på PPR."):
        assert months(sentence) == []
        assert months(sentence, relatives=False) == [7]
    assert months("Ægtefællen arbejder, og hun har ventet syv måneder på en speciallæge.") == [7]
    assert months("Sagen om samværet med faren trak ud i syv måneder.") == [7]


def test_a_leave_is_a_wait_where_it_is_staff_that_was_away() -> None:
    assert months("Signe var sygemeldt i tre måneder.") == []
    assert months("Signe var sygemeldt i tre måneder.", away=True) == [3]
    assert months("Bostøtten var sygemeldt i tre måneder.") == [3]
    assert months("Hun var på orlov i et år fra sit job.") == []


def test_what_was_promised_is_uncertain_alone_and_none_where_it_turned_out_otherwise() -> None:
    (alone,) = waits("De lovede en afgørelse på fire måneder.")
    assert alone.uncertain
    assert months("De lovede en afgørelse på fire måneder, men vi ventede i ti.") == [10]
    assert months("De lovede en afgørelse på fire måneder, og så gik der et helt år.") == [12]


def test_a_queue_that_grew_is_as_long_as_it_is_now() -> None:
    assert months("Køen voksede fra tre til otte måneder.") == [8]
    assert months("Køen er fra tre til otte måneder.") == [5.5]


def test_a_sentence_that_tells_what_was_asked_for_or_promised_is_plain() -> None:
    assert is_told_plainly("Den blev ansøgt i maj og bevilget i august.")
    assert is_told_plainly("Den var sat til tre uger.")
    assert not is_told_plainly("Han var stabil i tre uger.")


@pytest.mark.parametrize(
    "piece", ["tre uger ", "ventede tre uger, det blev til 5, ", "uge 3-4 ", "men ", "behandling i "]
)
def test_a_text_ten_times_as_long_takes_no_more_than_its_share(piece: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        read_waits(piece * count)
        return time.process_time() - begun

    short = min(seconds(400) for _ in range(2))
    assert seconds(4_000) < max(3.0, 40 * short)
