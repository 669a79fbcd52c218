from dataclasses import replace

import pytest

from pipeline.coding.course_dates import CourseDates
from pipeline.coding.model_cues import CaseCues
from pipeline.model.codes import Direction
from tests.codebooks import make_codebook, make_cue, make_segments

BEGINS = replace(make_cue("course", "kom ..2 med i ..2 projektet"), direction=Direction.SENTENCE)
COMPILED = make_codebook(cues=[BEGINS])


def later(*texts: str) -> list[bool]:
    segments = make_segments(*texts)
    dates = CourseDates(segments, range(len(texts)), CaseCues(segments, COMPILED, ()))
    return [dates.is_later(row) for row in range(len(texts))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I april 2019 flyttede hun.", True),
        ("I august flyttede hun.", True),
        ("Den 12. marts 2019 flyttede hun.", True),
        ("I 2020 flyttede hun.", True),
        ("I februar 2019 flyttede hun.", False),
        ("I marts 2019 flyttede hun.", False),
        ("I 2019 flyttede hun.", False),
        ("Fra 2016 til 2020 flyttede hun.", False),
        ("Så flyttede hun.", False),
    ],
)
def test_what_is_dated_later_than_the_beginning_is_of_the_course(text: str, expected: bool) -> None:
    assert later("Hun kom med i projektet i marts 2019.", text) == [False, expected]


def test_the_date_of_the_beginning_is_the_one_told_after_it() -> None:
    texts = ("Efter et fald i 2015 kom hun med i projektet i marts 2019.", "I 2017 drak hun.", "I 2020 drak hun.")
    assert later(*texts) == [False, False, True]
    assert later("I marts 2019 kom hun med i projektet.", "I april 2019 drak hun.") == [False, True]


def test_without_a_dated_beginning_no_date_tells() -> None:
    assert later("Hun kom med i projektet.", "I april 2019 flyttede hun.") == [False, False]
    assert later("I april 2019 flyttede hun.") == [False]
