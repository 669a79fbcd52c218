"""How much of what speaks for a code stands under context cues.

A linear score is a sum over the features of a sentence. So it can be said what the words add that stand within the
scope of a negation, what those that stand under a wish, and what a cue's own words add: "ikke betalt" tells of debt.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.coding.features import FeatureReader, SentenceInCase
from pipeline.coding.scope import ScopedCue
from pipeline.coding.vectors import Columns, Rows
from pipeline.language.words import words_of
from pipeline.model.codes import CueKind

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

SCOPES = ("negated", "ended", "supposed", "said")
"""Under which cues words may stand: what is not so, what is no more, what may be so, what is only demanded or usual."""
PARTS = (*SCOPES, "outside", "own", "after_not")
"""The parts of a score: of words under each kind of cue, of words under none, of the cues' own words and the pairs that
they make, and of the words a little after a negation. No feature is of two scopes, or of a scope and outside."""

_SCOPE_OF = {
    CueKind.NEGATED: "negated",
    CueKind.AVOIDED: "ended",
    CueKind.NO_LONGER: "ended",
    CueKind.HYPOTHETICAL: "supposed",
    CueKind.FEARED: "supposed",
    CueKind.WISHED: "supposed",
    CueKind.PLANNED: "supposed",
    CueKind.DEMANDED: "said",
    CueKind.GENERAL: "said",
}

Parts = tuple[Collection[int], ...]
"""The columns of a sentence's features that belong to each of ``PARTS``."""


def parts_of(sentence: SentenceInCase, cues: Sequence[ScopedCue], reader: FeatureReader, columns: Columns) -> Parts:
    """Return the columns of the features that belong to each part; no parts where no cue takes anything away.

    A word under cues of two kinds is counted with the first; one that stands outside, too, is counted there.

    Args:
        sentence: The sentence.
        cues: Its context cues.
        reader: Reads features.
        columns: Finds their columns.
    """
    taking = [cue for cue in cues if cue.rule.kind in _SCOPE_OF]
    if not taking:
        return ()
    own = {word for cue in taking for word in cue.words}
    under: dict[str, set[int]] = {scope: set() for scope in SCOPES}
    for cue in taking:
        under[_SCOPE_OF[cue.rule.kind]].update({*range(cue.start, cue.end)}.difference(cue.words))
    covered = own.union(*under.values())
    free = {word for word in range(len(words_of(sentence.text))) if word not in covered}
    outside = frozenset(columns.of(reader.made_of(sentence, free)))
    counted = set(outside)
    scopes = []
    for scope in SCOPES:
        found = frozenset(columns.of(reader.made_of(sentence, under[scope])) if under[scope] else ()) - counted
        counted |= found
        scopes.append(found)
    touching = frozenset(columns.of(reader.made_of(sentence, own, touching=True)))
    return (*scopes, outside, touching, columns.family("denied"))


def shares(rows: Rows, row: int, parts: Parts, weights: "Floats") -> "Floats":
    """Return what each part adds to the scores of a sentence (parts x outputs).

    Args:
        rows: The features of sentences.
        row: The sentence.
        parts: Its parts.
        weights: Of every feature for every output.
    """
    import numpy as np

    columns, values = rows.row(row)
    found = np.zeros((len(PARTS), weights.shape[1]))
    for number, places in enumerate(_places(columns.tolist(), parts)):
        if places:
            found[number] = values[places] @ weights[columns[places]]
    return found


def part_matrices(matrix: Any, parts: Sequence[Parts]) -> list[Any]:  # noqa: ANN401 - scipy has no types
    """Return for each of ``PARTS`` the sparse matrix of all sentences with nothing but that part.

    Args:
        matrix: Sparse matrix of all sentences.
        parts: The parts of each sentence.
    """
    import numpy as np
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # scipy ships no types

    kept: list[list[int]] = [[] for _ in PARTS]
    ends = np.zeros((len(PARTS), len(parts) + 1), dtype=np.int64)
    for row, own in enumerate(parts):
        start, end = matrix.indptr[row], matrix.indptr[row + 1]
        for number, places in enumerate(_places(matrix.indices[start:end].tolist(), own)):
            kept[number] += [start + place for place in places]
        ends[:, row + 1] = [len(each) for each in kept]
    return [
        csr_matrix((matrix.data[places], matrix.indices[places], ends[number]), shape=matrix.shape)
        for number, places in enumerate(np.array(each, dtype=np.int64) for each in kept)
    ]


def _places(columns: Sequence[int], parts: Parts) -> Iterable[list[int]]:
    """Yield for each part where its columns stand among those of a sentence."""
    for part in parts:
        yield [place for place, column in enumerate(columns) if column in part]
