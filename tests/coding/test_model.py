from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.coding.company import unheard
from pipeline.coding.engine import code_case
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.model import FORMAT, LastStep, Model, Prediction, Predictor
from pipeline.coding.model_store import load_model, save_model
from pipeline.coding.threshold import best_threshold
from pipeline.coding.train import train_model
from tests.codebooks import make_case, make_segments
from tests.coding.models import ANXIETY, COMPILED, WAITING, labelled_cases, rule_codings, small_model

TEXTS = ("Hun ventede 7 måneder på en tid.", "Teamet mødtes 9 gange.", "Angsten fyldte.")
SECTIONS = ("course", "course", "result")


def predictor() -> Predictor:
    return Predictor(small_model(), COMPILED.lists)


def test_a_model_learns_the_codes_with_enough_sentences_sorted() -> None:
    assert small_model().codes == (ANXIETY, WAITING)


def test_a_trained_model_codes_new_sentences() -> None:
    coded = predictor().predict(TEXTS, SECTIONS, cluster="youth").coded
    assert coded.tolist() == [[False, True], [False, False], [True, False]]


def test_probabilities_lie_between_nought_and_one() -> None:
    chances = predictor().predict(TEXTS, SECTIONS).probability
    assert ((chances > 0) & (chances < 1)).all()


def test_a_sentence_about_earlier_times_is_marked_before() -> None:
    before = predictor().predict(TEXTS, SECTIONS, cluster="youth").before
    assert before.tolist()[:2] == [True, False]


def test_a_case_without_sentences_gives_an_empty_prediction() -> None:
    assert predictor().predict((), ()).coded.shape == (0, 2)


def test_a_sentence_of_unknown_words_is_not_coded() -> None:
    assert not predictor().predict(("Xyzzy qwert.",), ("course",)).coded.any()


def test_words_speak_for_the_code_they_were_seen_with_and_against_others() -> None:
    ready = predictor()
    rows = ready.predict(TEXTS, SECTIONS).rows
    gains = [ready.gains(rows, 2, code) for code in range(2)]
    word = max(gains[0], key=lambda each: gains[0][each])
    assert word.startswith("angst")
    assert gains[0][word] > 0 > gains[1][word]


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    sentences = labelled_cases()
    for name in ("one", "two"):
        save_model(train_model(sentences, rule_codings(sentences)), tmp_path / name)
    for file in ("model.npz", "model.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_saved_model_predicts_as_before(tmp_path: Path) -> None:
    save_model(small_model(), tmp_path)
    loaded = load_model(tmp_path)
    assert loaded.value is not None
    assert not loaded.problems
    again = Predictor(loaded.value, COMPILED.lists).predict(TEXTS, SECTIONS).probability
    assert np.allclose(again, predictor().predict(TEXTS, SECTIONS).probability, atol=1e-3)


def test_a_folder_without_a_model_gives_none_and_no_problem(tmp_path: Path) -> None:
    loaded = load_model(tmp_path)
    assert loaded.value is None
    assert not loaded.problems


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "model.npz").write_bytes(b"PK"),
        lambda folder: (folder / "model.npz").unlink(),
        lambda folder: (folder / "model.json").write_text("{", encoding="utf-8"),
        lambda folder: (folder / "model.json").write_text("[]", encoding="utf-8"),
        lambda folder: (folder / "model.json").write_bytes(b"\xff"),
        lambda folder: (folder / "model.json").write_text(
            (folder / "model.json").read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 2'),
            encoding="utf-8",
        ),
        lambda folder: (folder / "model.json").write_text(
            (folder / "model.json").read_text(encoding="utf-8").replace(f'"{WAITING}"', f'"{WAITING}", "a.b"'),
            encoding="utf-8",
        ),
    ],
)
def test_a_damaged_or_foreign_model_is_a_problem(tmp_path: Path, damage: object) -> None:
    save_model(small_model(), tmp_path)
    damage(tmp_path)  # type: ignore[operator] # a function of the folder
    loaded = load_model(tmp_path)
    assert loaded.value is None
    assert [problem.code for problem in loaded.problems] == ["CO40"]


def test_one_group_of_cases_is_too_little_to_learn_from() -> None:
    sentences = labelled_cases(groups="A")
    with pytest.raises(ValueError, match="two groups"):
        train_model(sentences, rule_codings(sentences))


def test_a_code_with_few_sentences_is_left_out() -> None:
    rare = replace(labelled_cases()[0], id="x", codes=frozenset({"agency.refusal"}))
    sentences = (rare, *labelled_cases())
    assert "agency.refusal" not in train_model(sentences, rule_codings(sentences)).codes


def test_a_fringe_code_moves_the_threshold_neither_way() -> None:
    odds = np.array([[1.0], [0.5], [-1.0]])
    given, none = np.array([[True], [False], [False]]), np.zeros((3, 1), dtype=bool)
    fringe = np.array([[False], [True], [False]])
    assert 0.5 <= best_threshold(odds, given, none) < 1.0
    assert -1.0 <= best_threshold(odds, given, fringe) < 0.5


def test_what_the_last_step_learnt_holds_no_digits_that_differ_between_machines() -> None:
    model = small_model()
    learnt = (model.slope, model.offset, model.alone.weights, model.alone.offset, model.combined.found)
    assert all(np.array_equal(np.round(values, 6), values) for values in learnt)


def told_as(source: Source, group: str) -> tuple[Labelled, ...]:
    """Return coded cases that somebody invented, in which the word for a queue is another."""
    return tuple(
        replace(
            each,
            id=f"{group} {each.id}",
            case=f"{group} {each.case}",
            text=each.text.replace("kø", "trængsel"),
            group=group,
            source=source,
        )
        for each in labelled_cases(groups="A")
        if each.case
    )


def trained(*sentences: Labelled) -> Model:
    """Return a model trained where the rules find waiting in every invented sentence that tells of nothing."""
    codings = rule_codings(sentences)
    (wrong,) = code_case(make_case("Ventetid."), make_segments("Ventetid."), COMPILED)
    invented = (Source.NARRATIVE, Source.SCENE)
    given = [
        (wrong,) if each.source in invented and not each.codes else found
        for each, found in zip(sentences, codings, strict=True)
    ]
    return train_model(sentences, given)


def test_invented_cases_are_learnt_from_and_tell_nothing_of_the_rules_where_there_are_real_ones() -> None:
    real, invented = labelled_cases(), told_as(Source.NARRATIVE, "n1")
    with_invented, without = trained(*real, *invented), trained(*real)
    assert with_invented.trust.rules == without.trust.rules
    knows = [any("trængsel" in each for each in model.space.terms["word"]) for model in (with_invented, without)]
    assert knows == [True, False]


def test_invented_cases_stand_for_real_ones_where_there_are_none_and_scenes_never_do() -> None:
    invented = (*told_as(Source.NARRATIVE, "n1"), *told_as(Source.NARRATIVE, "n2"))
    alone, with_scenes = trained(*invented), trained(*invented, *told_as(Source.SCENE, "scenes-a"))
    assert alone.trust.rules == with_scenes.trust.rules
    assert max(alone.trust.rules.values()) < min(trained(*labelled_cases()).trust.rules.values())


def test_company_is_learnt_where_some_groups_can_be_held_out_and_not_from_fewer() -> None:
    model = small_model()  # three groups, of which only one was not looked at when rules were written
    assert model.alone.company.weights.any()
    assert not model.combined.company.weights.any()


def test_a_short_text_is_coded_from_a_little_lower_odds_than_a_case() -> None:
    plain = replace(small_model().alone, company=unheard(2))

    def predict(step: LastStep) -> Prediction:
        return Predictor(replace(small_model(), alone=step), COMPILED.lists).predict(TEXTS[:1], SECTIONS[:1])

    (chances,) = predict(plain).probability
    unlikely = replace(plain, offset=plain.offset - np.log(chances / (1.0 - chances)) - 3.0)
    assert np.allclose(predict(unlikely).probability, 1.0 / (1.0 + np.exp(3.0)))
    for above, coded in ((0.3, True), (0.5, False)):  # the level of a case lies so far above the odds
        assert predict(replace(unlikely, threshold=np.full(2, above - 3.0))).coded.all() == coded
