from pipeline.coding.labelling import code_labelled
from pipeline.coding.unseen import measure_on
from tests.coding.models import COMPILED, labelled_cases, small_model

SENTENCES = labelled_cases(groups="JKL", cases=6)
CODINGS = code_labelled(SENTENCES, COMPILED)


def rows(group: str) -> list[int]:
    return [number for number, each in enumerate(SENTENCES) if each.group == group]


def test_rules_model_and_both_are_measured_on_the_cases_named() -> None:
    found = measure_on([(small_model(), rows("J"))], SENTENCES, CODINGS, COMPILED)
    assert list(found) == ["rules", "model", "combined"]
    assert {each.cases for each in found.values()} == {6}
    assert {each.sentences for each in found.values()} == {len(rows("J"))}
    assert all(each.micro.support == sum(len(SENTENCES[row].codes) for row in rows("J")) for each in found.values())
    assert found["combined"].micro.f1 > found["rules"].micro.f1 > 0
    assert all(not each.lost and not each.unplaced for each in found.values())


def test_several_models_on_cases_of_their_own_are_measured_together() -> None:
    both = measure_on([(small_model(), rows(group)) for group in "JK"], SENTENCES, CODINGS, COMPILED)
    alone = [measure_on([(small_model(), rows(group))], SENTENCES, CODINGS, COMPILED) for group in "JK"]
    for name in both:
        assert both[name].micro == alone[0][name].micro + alone[1][name].micro
        assert both[name].cases == 12
