"""Training a model from labelled sentences: the same sentences and versions give the same model, byte for byte."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.coding.cue_shares import Parts, part_matrices, parts_of
from pipeline.coding.features import FeatureReader, Features
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.last_step import Learner
from pipeline.coding.linear import Targets, fit_linear, fit_out_of_fold, sparse
from pipeline.coding.model import Model
from pipeline.coding.scope import ScopedCue
from pipeline.coding.stack import rule_evidence
from pipeline.coding.threshold import best_threshold
from pipeline.coding.vectors import Space, as_read, fit_space, labelled_features, vectors
from pipeline.coding.word_lists import list_words
from pipeline.model.codes import WordList
from pipeline.model.codings import Coding

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_LEVELS = 127
_FURTHER_FOLDS = 3
"""How many machines score the invented cases: each is learnt without a third of them."""
_AT_ONCE = 4_000
"""Of how many sentences the features are held at a time."""


def train_model(
    sentences: Sequence[Labelled],
    codings: Sequence[Iterable[Coding]],
    *,
    cues: Sequence[Sequence[ScopedCue]] = (),
    lists: Sequence[WordList] = (),
    tuned: Collection[str] = (),
    least: int = 5,
) -> Model:
    """Train a model.

    Args:
        sentences: Labelled sentences; those of one case stand together in the order of the text.
        codings: The rules' codings of each sentence, the suppressed ones too.
        cues: The context cues of each sentence; none when left out, and nothing is learnt of them.
        lists: The codebook's word lists.
        tuned: Groups that the rules were written against: there rules look better than they are, so how far they are
            to be trusted is not learnt from them. Not so where a sentence was told anew, in words that no rule knew.
        least: Codes that fewer sentences of cases carry are left out: cases show where a code does not apply, too.

    Raises:
        ValueError: There are too few sentences, cases or groups to learn from.
    """
    import numpy as np

    counts = Counter(code for each in sentences if each.case for code in each.codes)
    codes = tuple(sorted(code for code, count in counts.items() if count >= least))
    groups = _held_out(sentences)
    if len(codes) < 2 or len(set(groups) - {""}) < 2:
        raise ValueError("A model needs at least two codes and two groups of cases")
    reader = FeatureReader(list_words(lists))
    space = fit_space(labelled_features(sentences, reader))
    matrix = _matrix(space, labelled_features(sentences, reader))  # read twice: kept, they would take gigabytes
    targets = Targets(sentences, codes)
    parts = part_matrices(matrix, _parts(sentences, cues, reader, space)) if cues else []
    scores, under = fit_out_of_fold(matrix, targets, groups, parts=parts)
    scored = np.flatnonzero(~np.isnan(scores[:, 0]))
    others = _invented(sentences, groups)
    if len(set(others) - {""}) > 1:
        further_scores, further_under = fit_out_of_fold(matrix, targets, others, parts=parts, most=_FURTHER_FOLDS)
        scores = np.where(np.isnan(scores), further_scores, scores)
        under += further_under
    weights, intercept = fit_linear(matrix, targets, np.arange(len(sentences)))
    small, scale = _quantize(weights)

    untuned = np.array([each.group not in tuned or each.source is Source.RETOLD for each in sentences])
    fair = scored[untuned[scored]]
    more = np.setdiff1d(np.flatnonzero(~np.isnan(scores[:, 0])), scored)
    paired = np.array([not sentences[row].case for row in more], dtype=bool)
    further, pairs = more[~paired], more[paired]
    learner = Learner(codes, sentences, targets, scores, under, rule_evidence(codings, codes), scored)
    alone = learner.step(scored, rules=False, further=further, pairs=pairs)
    combined = learner.step(
        fair if len(fair) else scored, rules=True, further=further[untuned[further]], pairs=pairs[untuned[pairs]]
    )
    return Model(
        codes=codes,
        space=space,
        weights=small,
        scale=scale,
        intercept=intercept.astype(np.float32),
        slope=learner.slope,
        offset=learner.offset,
        sections=learner.sections,
        trust=learner.trust(fair if len(fair) else scored),
        alone=alone,
        combined=combined,
        before=_before_threshold(scores[:, -1], targets, scored),
        about=_about(sentences),
    )


def _matrix(space: Space, features: Iterable[Features]) -> Any:  # noqa: ANN401 - scipy has no types
    """Return the sparse matrix of all sentences, made of some at a time."""
    from scipy.sparse import vstack  # type: ignore[import-untyped] # scipy ships no types

    columns, width = space.columns(), sum(space.sizes)
    coming = iter(features)
    parts = []
    while part := list(islice(coming, _AT_ONCE)):
        parts.append(sparse(vectors(space, part, columns=columns), width))
    return vstack(parts, format="csr")


def _parts(
    sentences: Sequence[Labelled], cues: Sequence[Sequence[ScopedCue]], reader: FeatureReader, space: Space
) -> list[Parts]:
    """Return the columns of each sentence's features that stand under its cues."""
    columns = space.columns()
    return [parts_of(each, own, reader, columns) for each, own in zip(as_read(sentences), cues, strict=True)]


def _held_out(sentences: Sequence[Labelled]) -> list[str]:
    """Return the group that each sentence is held out with while machines are tried, "" where it never is.

    Mere scenes never are. What else is invented is always learnt from, as it is by the machine that counts, where there
    are two groups of real cases or more.
    """
    whole = [each.group if each.case and each.source is not Source.SCENE else "" for each in sentences]
    real = ["" if each.source is Source.NARRATIVE else group for group, each in zip(whole, sentences, strict=True)]
    return real if len(set(real) - {""}) > 1 else whole


def _invented(sentences: Sequence[Labelled], groups: Sequence[str]) -> list[str]:
    """Return the group of every sentence of an invented case or a pair that is never held out otherwise, "" elsewhere.

    Scored by machines that never saw them, such cases show what company codes keep: there are many more of them. Pairs
    show what a denial looks like.
    """
    told = (Source.NARRATIVE, Source.PAIR)
    return [
        each.group if each.source in told and bool(each.case) is (each.source is Source.NARRATIVE) and not group else ""
        for each, group in zip(sentences, groups, strict=True)
    ]


def _quantize(weights: "Floats") -> "tuple[Floats, Floats]":
    """Return weights as whole numbers from -127 to 127 and what to multiply each column with."""
    import numpy as np

    scale = np.abs(weights).max(axis=0) / _LEVELS
    scale[scale == 0] = 1.0
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def _about(sentences: Sequence[Labelled]) -> tuple[tuple[str, str], ...]:
    counts = Counter(each.source.value for each in sentences)
    return tuple((name, str(count)) for name, count in sorted(counts.items()))


def _before_threshold(scores: "Floats", targets: Targets, rows: "Floats") -> float:
    """Return the score from which a coded sentence speaks of the time before the course."""
    coded = rows[targets.given[rows].any(axis=1)]
    wanted = targets.targets[coded, -1]
    import numpy as np

    return best_threshold(scores[coded, None], wanted[:, None], np.zeros((len(coded), 1), dtype=bool))
