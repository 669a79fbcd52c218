import numpy as np

from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.last_step import Learner
from pipeline.coding.linear import Targets
from pipeline.coding.stack import rule_evidence

CODES = ("a.b", "a.c")


def sentence(number: int, group: str, source: Source) -> Labelled:
    """Return a sentence of a case of its own; every second one carries the first code."""
    codes = frozenset(CODES[:1]) if number % 2 else frozenset[str]()
    return Labelled(f"{source}{number}", f"{source}{group}{number}", "Ord.", codes, group=group, source=source)


def level(real_groups: str) -> float:
    """Return the level learnt where real sentences with the code score lower than retold ones without it."""
    real = [sentence(number, real_groups[number % len(real_groups)], Source.REFERENCE) for number in range(40)]
    retold = [sentence(number, "AB"[number % 2], Source.RETOLD) for number in range(200)]
    sentences = (*real, *retold)
    targets = Targets(sentences, CODES)
    easier = np.array([each.source is Source.RETOLD for each in sentences])
    scores = np.full(targets.targets.shape, -3.0)
    scores[:, 0] = np.where(targets.given[:, 0], 0.0, -0.6) + easier
    evidence = rule_evidence([()] * len(sentences), CODES)
    rows = np.arange(len(sentences))
    made = Learner(CODES, sentences, targets, scores, np.zeros((0, 0, 0)), evidence, rows)
    return float(made.step(rows, rules=False).threshold[0])


def test_the_level_is_chosen_on_real_sentences_where_there_are_two_groups_of_them() -> None:
    assert level("AB") < level("A") - 0.5
