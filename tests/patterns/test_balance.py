import pytest

from pipeline.model.cases import Attributes, Case
from pipeline.model.codings import Assertion, Coding
from pipeline.patterns.balance import FEWEST, interval_of_share, tone_of
from tests.reference import pole_of


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_the_interval_is_wilsons(count: int, total: int, low: float, high: float) -> None:
    assert interval_of_share(count, total) == pytest.approx((low, high), abs=1e-4)


def test_the_interval_of_none_or_all_begins_and_ends_there() -> None:
    assert interval_of_share(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert interval_of_share(20, 20) == pytest.approx((1 - 0.1611, 1.0), abs=1e-4)
    assert interval_of_share(0, 20)[0] == 0.0
    assert interval_of_share(20, 20)[1] == 1.0


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        interval_of_share(count, total)


@pytest.mark.parametrize(("number", "certain"), [(1, False), (FEWEST - 1, False), (FEWEST, True)])
def test_a_share_of_fewer_than_five_sentences_is_uncertain(number: int, certain: bool) -> None:
    codes = ["language.deficit", "language.resource"] * number
    codings = [
        Coding("X-01", "course", f"s{place}", 0, 1, "x", "x", code, pole_of(code), Assertion.AFFIRMED, False, "r", ())
        for place, code in enumerate(codes[:number])
    ]
    (index,) = tone_of(Case("X-01", "X-01.docx", "", "", "", (), (), Attributes()), codings)
    assert (index.measure, index.certain) == ("deficit_resource_index", certain)
    assert len(index.segments) == number
