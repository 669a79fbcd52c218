import numpy as np
import pytest

from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.last_step import Learner
from pipeline.coding.linear import Targets
from pipeline.coding.stack import rule_evidence
from pipeline.coding.whole_case import unlearnt

CODES = ("a.b", "a.c")


def sentence(number: int, group: str, source: Source) -> Labelled:
    """Return a sentence of a case of its own; every second one carries the first code."""
    codes = frozenset(CODES[:1]) if number % 2 else frozenset[str]()
    return Labelled(f"{source}{number}", f"{source}{group}{number}", "Ord.", codes, group=group, source=source)


def learner(real_groups: str) -> Learner:
    real = [sentence(number, real_groups[number % len(real_groups)], Source.REFERENCE) for number in range(40)]
    retold = [sentence(number, "AB"[number % 2], Source.RETOLD) for number in range(200)]
    sentences = (*real, *retold)
    targets = Targets(sentences, CODES)
    scores = np.where(targets.given[:, :1], 0.5, -1.0) + np.zeros(targets.targets.shape)
    evidence = rule_evidence([()] * len(sentences), CODES)
    return Learner(CODES, sentences, targets, scores, np.zeros((0, 0, 0)), evidence, np.arange(len(sentences)))


@pytest.mark.parametrize(("groups", "real"), [("AB", True), ("A", False)])
def test_the_level_is_chosen_on_real_sentences_where_there_are_two_groups_of_them(groups: str, real: bool) -> None:
    made = learner(groups)
    retold = np.array([each.source is Source.RETOLD for each in made.sentences])
    odds = np.full((len(retold), 2), -9.0)
    odds[:, 0] = np.where(made.given[:, 0], np.where(retold, -0.4, -1.4), np.where(retold, -0.8, -2.2))
    level = made._level(np.arange(len(retold)), odds, unlearnt(2))
    assert (level < -1.4) is real
    assert (level > -0.8) is not real
