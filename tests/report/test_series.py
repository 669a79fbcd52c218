from pipeline.report.figures.series import waiting_series
from tests.report.made_full import OUTCOMES, full_report


def test_a_wait_stands_in_each_category_of_a_split_case() -> None:
    lines = waiting_series(full_report().measures, OUTCOMES)
    stated = {each.case for each in full_report().measures if each.waiting_months is not None}
    expected = sum(len(outcome.progression) for outcome in OUTCOMES if outcome.case in stated)
    assert sum(len(line.marks) for line in lines) == expected
