import pytest

from pipeline.model.progression import Attachment, Outcome, ProgressionCategory, Rating
from pipeline.model.review import Assessment
from pipeline.review.agreement.diagnosis import judgement_table
from pipeline.review.agreement.judgements import SPLIT, compare_judgements, of_assessments, of_outcomes

NONE, PARTIAL, FULL = ProgressionCategory.NONE, ProgressionCategory.PARTIAL, ProgressionCategory.PROGRESSION


def judged(case: str, category: ProgressionCategory, *more: ProgressionCategory, number: int = 1) -> Assessment:
    return Assessment("anna", case, "", (category, *more), ratings=(("coherence", Rating.HIGH),), number=number)


def test_the_last_assessment_of_a_case_holds() -> None:
    found = of_assessments([judged("A", FULL, number=2), judged("A", NONE, number=1)])
    assert found["progression"] == {"A": "progression"}


def test_a_split_family_is_left_out_of_the_ordered_comparison_and_told() -> None:
    one = of_assessments([judged("A", FULL, NONE), judged("B", FULL), judged("C", NONE)])
    other = of_assessments([judged("A", FULL), judged("B", FULL), judged("C", NONE)])
    assert one["progression"]["A"] == SPLIT
    found = {each.code: each for each in compare_judgements((one, other), draws=0)}
    assert found["progression"].units == 2


def test_one_step_apart_weighs_less_than_two() -> None:
    base = [judged(name, category) for name, category in zip("ABCDEF", (NONE, PARTIAL, FULL) * 2, strict=True)]
    near = [judged("A", PARTIAL), *base[1:]]
    far = [judged("A", FULL), *base[1:]]
    values = []
    for other in (near, far):
        found = compare_judgements((of_assessments(base), of_assessments(other)), draws=0)
        alpha = found[0].measure("ordinal_alpha")
        assert alpha is not None
        assert alpha.value is not None
        values.append(alpha.value)
    assert values[0] > values[1]


def test_the_machine_is_one_more_coder() -> None:
    outcome = Outcome("A", (FULL,), "rules", (Attachment.EMPLOYMENT,), (("coherence", None),), ())
    other = Outcome("B", (NONE,), "rules", (Attachment.NONE,), (("coherence", Rating.LOW),), ())
    person = of_assessments([judged("A", FULL), judged("B", NONE)])
    found = {each.code: each for each in compare_judgements((person, of_outcomes([outcome, other])), draws=0)}
    percent = found["progression"].measure("percent")
    assert percent is not None
    assert percent.value == pytest.approx(1.0)
    assert "coherence" in found
    assert found["coherence"].units == 1
    assert "progression" in judgement_table(tuple(found.values()), ("anna", "rules"))
