"""The first step of a model: linear support vector machines, one per code, theme, "any code" and "before"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.model import theme_numbers
from pipeline.coding.vectors import Rows
from pipeline.work.background import begun
from pipeline.work.pool import process_count

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

SOURCE_WEIGHTS = {
    Source.REFERENCE: 1.0,
    Source.NARRATIVE: 1.0,
    Source.SCENE: 1.0,
    Source.PAIR: 2.0,
    Source.RETOLD: 1.0,
    Source.CODEBOOK: 0.7,
    Source.FURTHER: 0.7,
    Source.REVIEW: 1.0,
}
"""How much a sentence counts by where it comes from; pairs are few and tell what is hardest to learn."""

_FRINGE = 0.5
"""How much a code counts that only one of two coders gave."""
_COST = 0.2
_EXACT = 0.1
"""Where the learning of one machine stops; finer changes no decision and takes twice the time."""
_TELLING = 0.4
_FOLDS = 6
_RARE = 2.0
"""How much more a sentence with a code counts than one without."""


class Targets:
    """What is to be learnt of every sentence: codes, themes, any code, before; each with its weight.

    Args:
        sentences: The labelled sentences.
        codes: The codes to learn, sorted.
    """

    def __init__(self, sentences: Sequence[Labelled], codes: Sequence[str]) -> None:
        import numpy as np

        given = np.array([[code in each.codes for code in codes] for each in sentences], dtype=bool)
        fringe = np.array([[code in each.fringe for code in codes] for each in sentences], dtype=bool)
        source = np.array([SOURCE_WEIGHTS[each.source] for each in sentences])
        numbers = theme_numbers(codes)
        themes = [[at for at, other in enumerate(numbers) if other == theme] for theme in sorted(set(numbers))]
        parts = [*themes, list(range(len(codes)))]
        wide = np.stack([given[:, members].any(axis=1) for members in parts], axis=1)
        maybe = np.stack([fringe[:, members].any(axis=1) for members in parts], axis=1)
        coded = given.any(axis=1, keepdims=True)
        before = np.array([bool(each.before & each.codes) for each in sentences])
        self.given = given
        self.fringe = fringe
        self.targets = np.concatenate([given | fringe, wide, before[:, None]], axis=1)
        self.weights = np.concatenate(
            [np.where(fringe, _FRINGE, 1.0), np.where(maybe & ~wide, 0.0, 1.0), coded.astype(float)], axis=1
        )
        self.weights *= source[:, None]
        self.rare = [_RARE] * len(codes) + [1.5] * len(themes) + [1.0, _RARE]


def sparse(rows: Rows, width: int) -> Any:  # noqa: ANN401 - scipy has no types
    """Return rows as a sparse matrix of scipy."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # scipy ships no types

    return csr_matrix((rows.values, rows.columns, rows.ends), shape=(len(rows), width))


def fit_linear(
    matrix: Any,  # noqa: ANN401 - scipy has no types
    targets: Targets,
    rows: "Floats",
) -> "tuple[Floats, Floats]":
    """Learn the linear scores of every output.

    Args:
        matrix: Sparse matrix of all sentences.
        targets: What is to be learnt.
        rows: Numbers of the sentences to learn from.

    Returns:
        Weights (features x outputs) and intercepts; an output with fewer than three sentences never fires.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    outputs = targets.targets.shape[1]
    weights = np.zeros((matrix.shape[1], outputs))
    intercept = np.full(outputs, -1.0)
    chosen = matrix[rows]
    for output in range(outputs):
        weight = targets.weights[rows, output]
        used = np.flatnonzero(weight > 0)
        wanted = targets.targets[rows, output][used]
        if wanted.sum() < 3 or wanted.all():
            continue
        examples = chosen if len(used) == len(rows) else chosen[used]
        telling = _telling(examples, wanted)
        machine = LinearSVC(C=_COST, class_weight={True: targets.rare[output], False: 1.0}, random_state=0, tol=_EXACT)
        stretched = csr_matrix(
            (examples.data * telling[examples.indices], examples.indices, examples.indptr), examples.shape
        )
        machine.fit(stretched, wanted, sample_weight=weight[used])
        weights[:, output] = machine.coef_[0] * telling
        intercept[output] = machine.intercept_[0]
    return weights, intercept


def _telling(
    examples: Any,  # noqa: ANN401 - scipy has no types
    wanted: "Floats",
) -> "Floats":
    """Return how much to stretch every feature: more, the more its share differs with and without the code.

    After Wang & Manning (2012), Baselines and Bigrams, ACL 50(2), 90-94, by the size of the log ratio only, mixed with
    an even share.
    """
    import numpy as np

    width = examples.shape[1]
    inside = 1.0 + np.bincount(examples[np.flatnonzero(wanted)].indices, minlength=width)
    outside = 2.0 + np.bincount(examples.indices, minlength=width) - inside
    ratio: Floats = np.abs(np.log((inside / inside.sum()) / (outside / outside.sum())))
    telling: Floats = _TELLING * ratio / ratio.mean() + 1.0 - _TELLING
    return telling


def fit_out_of_fold(
    matrix: Any,  # noqa: ANN401 - scipy has no types
    targets: Targets,
    groups: Sequence[str],
    *,
    parts: Sequence[Any] = (),
    most: int = _FOLDS,
) -> "tuple[Floats, Floats]":
    """Score every sentence by machines that never saw its group: its municipality or its set of invented cases.

    Where another process can be forked, it learns half of the folds.

    Args:
        matrix: Sparse matrix of all sentences.
        targets: What is to be learnt.
        groups: The group of every sentence; those with the group "" are always learnt from and never scored.
        parts: Sparse matrices of all sentences with a part of what stands in them.
        most: How many machines are learnt at most.

    Returns:
        Scores (sentences x outputs), NaN where never scored, and what each part adds to those of the codes
        (parts x sentences x codes), 0 where never scored.
    """
    import numpy as np

    fold_of = _folds(groups, most)
    folds = np.array([fold_of.get(group, -1) for group in groups])
    scores = np.full(targets.targets.shape, np.nan)
    shares = np.zeros((len(parts), *targets.given.shape), dtype=np.float32)
    count = int(max(folds)) + 1
    given = (matrix, targets, folds, parts)
    with begun(_score_folds, range(count // 2, count), given, processes=process_count(0), tells=False) as others:
        scored = [*_score_folds(range(count // 2), given), *others()]
    for fold, (found, added) in enumerate(scored):
        scores[folds == fold] = found
        shares[:, folds == fold] = added
    return scores, shares


def _score_folds(
    numbers: Iterable[int], given: "tuple[Any, Targets, Floats, Sequence[Any]]"
) -> "list[tuple[Floats, Floats]]":
    """Return the scores of some folds and what the parts add to them, each by machines that never saw it."""
    import numpy as np

    matrix, targets, folds, parts = given
    codes = targets.given.shape[1]
    found = []
    for fold in numbers:
        weights, intercept = fit_linear(matrix, targets, np.flatnonzero(folds != fold))
        rows = np.flatnonzero(folds == fold)
        added = [(part[rows] @ weights[:, :codes]).astype(np.float32) for part in parts]
        shares = np.stack(added) if added else np.zeros((0, len(rows), codes), dtype=np.float32)
        found.append((matrix[rows] @ weights + intercept, shares))
    return found


def _folds(groups: Sequence[str], most: int) -> dict[str, int]:
    """Put groups together into a few folds of about the same size, largest groups first."""
    sizes = Counter(group for group in groups if group)
    room = [0] * min(most, len(sizes))
    found = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        found[group] = room.index(min(room))
        room[found[group]] += size
    return found
