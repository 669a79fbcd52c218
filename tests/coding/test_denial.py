from dataclasses import replace

import numpy as np
import pytest

from pipeline.coding.cue_shares import PARTS
from pipeline.coding.denial import DENIAL_FACTS, denial_facts, learn_denial, questioned, undenied
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.labelling import cue_labelled
from pipeline.coding.model import Model, Predictor
from pipeline.coding.train import train_model
from tests.codebooks import make_codebook, make_cue, make_rule
from tests.coding.models import ANXIETY, COMPILED, WAITING, labelled_cases, rule_codings

SCORE, OUTSIDE, NEGATED, SUPPRESSED = (
    DENIAL_FACTS.index(name) for name in ("score", "outside", "negated", "suppressed")
)


def facts(*given: tuple[float, float, float]) -> np.ndarray:
    """Return pairs of which nothing is known but what speaks outside cues, under a negation, and the rules' cue."""
    found = np.zeros((len(given), len(DENIAL_FACTS)))
    for row, (outside, negated, suppressed) in enumerate(given):
        found[row, [SCORE, OUTSIDE, NEGATED, SUPPRESSED]] = outside + negated, outside, negated, suppressed
    return found


def many(size: int = 400) -> np.ndarray:
    chance = np.random.default_rng(7)
    return facts(*((chance.uniform(-1, 1), chance.uniform(0, 1), 0.0) for _ in range(size)))


def test_what_was_not_learnt_goes_by_the_greater_share_and_the_rules_cue() -> None:
    given = facts((0.8, 0.2, 0.0), (0.2, 0.8, 0.0), (0.8, 0.2, 1.0))
    assert undenied().stands(given).tolist() == [True, False, False]
    assert not undenied().learnt


def test_it_learns_what_takes_a_code_away() -> None:
    given = many()
    stands = given[:, OUTSIDE] > 0.3 - 0.5 * given[:, NEGATED]  # here a negation speaks for the code
    learnt = learn_denial(given, stands, np.ones(len(given), dtype=int))
    assert learnt.learnt
    told = learnt.stands(given)
    assert (told == stands).mean() > 0.95
    assert (undenied().stands(given) == stands).mean() < 0.8


def test_in_doubt_nothing_stands() -> None:
    given = many()
    stands = np.arange(len(given)) % 2 == 0  # nothing that is known tells
    learnt = learn_denial(given, stands, np.ones(len(given), dtype=int))
    assert learnt.stands(given).mean() < 0.3


def test_what_is_denied_weighs_as_much_as_what_stands_however_rare_it_is() -> None:
    given = many(2000)
    stands = given[:, NEGATED] < 0.9
    kept = stands | (np.arange(len(given)) % 2 == 0)
    learnt = learn_denial(given[kept], stands[kept], np.ones(kept.sum(), dtype=int))
    assert not learnt.stands(given[given[:, NEGATED] > 0.95]).any()


@pytest.mark.parametrize("stands", [np.ones(400, dtype=bool), np.arange(400) > 20])
def test_too_few_denials_teach_nothing(stands: np.ndarray) -> None:
    assert not learn_denial(many(), stands, np.ones(400, dtype=int)).learnt


def test_only_likely_codes_are_asked_about_over_which_a_cue_stands() -> None:
    odds = np.array([[1.0, 1.0, 1.0, -9.0]])
    under = np.zeros((len(PARTS), 1, 4))
    under[0, 0] = [0.4, 0.0, -0.4, 0.4]
    under[4:, 0] = 9.0  # what stands outside, and a cue's own words, are no parts under it
    rows, codes = questioned(odds, np.array([[0.0, 1.0, 0.0, 0.0]]), under)
    assert (rows.tolist(), codes.tolist()) == ([0, 0], [0, 1])


def test_facts_stand_in_their_order_and_rules_that_are_not_heard_say_nothing() -> None:
    under = np.arange(7.0).reshape(7, 1, 1)
    scores, pairs = np.array([[10.0]]), (np.array([0]), np.array([0]))
    heard = (np.array([[0.0]]), np.array([[0.7]]), np.array([[2.0]]))
    (alone,) = denial_facts(scores, under, None, np.array([3]), pairs)
    (told,) = denial_facts(scores, under, heard, np.array([3]), pairs)
    assert dict(zip(DENIAL_FACTS, told, strict=True)) == pytest.approx(
        {"score": 10, "rest": 4, "negated": 0, "ended": 1, "supposed": 2, "said": 3, "outside": 4, "own": 5}
        | {"after_not": 6, "suppressed": 0, "found": 1, "trust": 2, "length": np.log(4)}
    )
    assert alone.tolist() == [*told[:9], 0, 0, 0, told[-1]]


NOTS = ("ikke", "aldrig", "næppe")
CUES = make_codebook(make_rule(WAITING, "ventetid"), cues=[make_cue("negated", *(f"={word}" for word in NOTS))])
DENIED = {
    WAITING: ("Hun ventede {} {} måneder på en tid.", "Der var {} kø og ventetid i {} uger."),
    ANXIETY: ("Hun fik {} angst {} gange.", "Der var {} angst og uro {} dage."),
}
"""What pairs deny, each set of them with a word that the others do not have."""
BESIDE = {WAITING: ", og der var {} kø igen.", ANXIETY: ", og der var {} uro igen."}
"""What cases say besides of something that they tell of."""


def trained(pairs: int) -> Model:
    """Return a model that has seen so many pairs of each code, and cases that deny beside what they tell."""
    cases = labelled_cases()
    real = tuple(
        replace(each, text=each.text.removesuffix(".") + BESIDE[min(each.codes)].format(NOTS[number % 3]))
        if each.codes and each.case
        else each
        for number, each in enumerate(cases)
    )
    invented = tuple(
        replace(each, id=f"n{each.id}", case=f"n{each.case}", group=f"n{each.group}", source=Source.NARRATIVE)
        for each in cases
        if each.case
    )
    told: list[Labelled] = []
    for number in range(pairs):
        for code, texts in DENIED.items():
            group, no = f"pairs-{number % 3 + 1}", NOTS[number % 3]
            lone = Labelled(f"{group}:{code}{number}", "", "", frozenset(), group=group, source=Source.PAIR)
            text = texts[number % len(texts)]
            told.append(replace(lone, text=text.format(no, number), denies=frozenset({code})))
            told.append(replace(lone, text=text.format("nok", number), codes=frozenset({code})))
    sentences = (*real, *invented, *told)
    return train_model(
        sentences, rule_codings(sentences), cues=cue_labelled(sentences, CUES), lists=COMPILED.codebook.lists
    )


def test_a_model_learns_from_pairs_what_is_denied_and_from_cases_what_stands_beside_a_denial() -> None:
    model = trained(60)
    assert model.combined.denial.learnt
    assert model.alone.denial.learnt
    ready = Predictor(model, COMPILED.lists)
    texts = ("Der var næppe kø og ventetid i 7 uger.", "Der var kø og ventetid i 7 uger, og der var næppe kø igen.")
    sentences = tuple(Labelled(str(row), "", text, frozenset()) for row, text in enumerate(texts))
    cues = cue_labelled(sentences, CUES)
    for rules in (None, rule_codings(sentences)):
        predicted = ready.predict(texts, ("course", "course"), cluster="youth", rules=rules, cues=cues.__getitem__)
        waiting = model.codes.index(WAITING)
        assert predicted.coded[:, waiting].tolist() == [False, True]


def test_without_pairs_nothing_is_learnt_of_denials() -> None:
    model = trained(0)
    assert not model.combined.denial.learnt
    assert not model.alone.denial.learnt
