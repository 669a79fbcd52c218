import numpy as np
import pytest

from pipeline.coding.cue_shares import PARTS, part_matrices, parts_of, shares
from pipeline.coding.features import FeatureReader, Sentence, stem
from pipeline.coding.labelled import Labelled
from pipeline.coding.labelling import cue_labelled
from pipeline.coding.linear import sparse
from pipeline.coding.scope import ScopedCue
from pipeline.coding.vectors import fit_space, vectors
from tests.codebooks import make_codebook, make_cue, make_rule

COMPILED = make_codebook(
    make_rule("waiting.queue", "ventetid"),
    cues=[
        make_cue("negated", "=ikke"),
        make_cue("wished", "=håber"),
        make_cue("before", "=tidligere", direction="sentence"),
    ],
)
TEXTS = ("Der var ikke ventetid eller kø i sagen.", "Hun håber på kø og ventetid.", "Der var tidligere kø i sagen.")
READER = FeatureReader()
SENTENCES = [Sentence(text) for text in TEXTS]
SPACE = fit_space([READER.read(sentence) for sentence in SENTENCES] * 2)
ROWS = vectors(SPACE, [READER.read(sentence) for sentence in SENTENCES])
TERMS = [term for family in SPACE.terms for term in SPACE.terms[family]]
WAIT = stem("ventetid")
NUMBER = {part: number for number, part in enumerate(PARTS)}


def cues(row: int) -> tuple[ScopedCue, ...]:
    return cue_labelled([Labelled("a", "", TEXTS[row], frozenset())], COMPILED)[0]


def terms_of(row: int, part: str) -> set[str]:
    """Return the features of a sentence that belong to a part."""
    parts = parts_of(SENTENCES[row], cues(row), READER, SPACE.columns())
    columns, _ = ROWS.row(row)
    return {TERMS[column] for column in columns.tolist() if column in parts[NUMBER[part]]}


def test_words_under_a_negation_and_pairs_of_them_are_its_part() -> None:
    found = terms_of(0, "negated")
    assert {WAIT, "kø", f"{stem('eller')} kø", f"{WAIT} _ kø"} <= found
    assert not {"ikke", f"ikke {WAIT}", "var ikke", "der"} & found
    assert not terms_of(0, "supposed")


def test_a_cues_own_words_and_the_pairs_that_they_make_are_apart() -> None:
    assert {"ikke", f"ikke {WAIT}", "var ikke", "der _ ikke"} <= terms_of(0, "own")
    assert "kø" not in terms_of(0, "own")


def test_every_kind_of_cue_has_its_part() -> None:
    assert "kø" in terms_of(1, "supposed")
    assert not terms_of(1, "negated")


def test_a_cue_that_takes_nothing_away_makes_no_parts() -> None:
    assert cues(2)
    assert parts_of(SENTENCES[2], cues(2), READER, SPACE.columns()) == ()


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_part_adds_what_its_features_add(row: int) -> None:
    weights = np.random.default_rng(3).normal(size=(len(TERMS), 4))
    parts = parts_of(SENTENCES[row], cues(row), READER, SPACE.columns())
    found = shares(ROWS, row, parts, weights)
    columns, values = ROWS.row(row)
    for number, part in enumerate(parts):
        inside = [column in part for column in columns.tolist()]
        assert np.allclose(found[number], values[inside] @ weights[columns[inside]])
    assert bool(parts) == found.any()


def test_in_training_the_parts_are_the_same() -> None:
    weights = np.random.default_rng(3).normal(size=(len(TERMS), 4))
    every = [parts_of(SENTENCES[row], cues(row), READER, SPACE.columns()) for row in range(3)]
    matrices = part_matrices(sparse(ROWS, len(TERMS)).tocsr(), every)
    for row, parts in enumerate(every):
        together = np.stack([matrix[row] @ weights for matrix in matrices])[:, 0]
        assert np.allclose(together, shares(ROWS, row, parts, weights))
