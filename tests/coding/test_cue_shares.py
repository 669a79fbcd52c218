import numpy as np
import pytest

from pipeline.coding.cue_shares import PARTS, SCOPES, part_matrices, parts_of, shares
from pipeline.coding.features import FeatureReader, SentenceInCase, stem
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
SENTENCES = [SentenceInCase(text) for text in TEXTS]
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


def test_what_stands_under_no_cue_is_outside_and_is_so_where_it_stands_under_one_too() -> None:
    assert {"der", "var", "der var"} <= terms_of(0, "outside")
    assert not {"kø", "ikke", WAIT} & terms_of(0, "outside")
    text = "Hun har kø, men ikke kø og ventetid."
    ((cue,),) = cue_labelled([Labelled("a", "", text, frozenset())], COMPILED)
    parts = parts_of(SentenceInCase(text), (cue,), READER, SPACE.columns())
    outside, under = ({TERMS[column] for column in parts[NUMBER[part]]} for part in ("outside", "negated"))
    assert ("kø" in outside, "kø" in under, WAIT in under) == (True, False, True)


@pytest.mark.parametrize("section", ["course", "result"])
def test_the_last_sections_own_words_are_parts_too(section: str) -> None:
    space = fit_space([READER.read(SentenceInCase(text, section)) for text in TEXTS] * 2)
    late = space.columns().family("late")
    parts = parts_of(SentenceInCase(TEXTS[0], section), cues(0), READER, space.columns())
    assert any(column in late for column in parts[NUMBER["negated"]]) is (section == "result")


def test_words_are_told_apart_as_cues_tell_them_apart() -> None:
    for text in ("Hun siger om tv’et, at der ikke er kø.", "Hun siger om tv'et, at der ikke er kø."):
        (found,) = cue_labelled([Labelled("a", "", text, frozenset())], COMPILED)
        parts = parts_of(SentenceInCase(text), found, READER, SPACE.columns())
        assert "kø" in {TERMS[column] for column in parts[NUMBER["negated"]]}
        assert "ikke" in {TERMS[column] for column in parts[NUMBER["own"]]}


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("negated", "negated"),
        ("avoided", "ended"),
        ("no_longer", "ended"),
        ("hypothetical", "supposed"),
        ("feared", "supposed"),
        ("wished", "supposed"),
        ("planned", "supposed"),
        ("demanded", "said"),
        ("general", "said"),
    ],
)
def test_each_kind_of_cue_belongs_to_one_part(kind: str, part: str) -> None:
    compiled = make_codebook(make_rule("waiting.queue", "ventetid"), cues=[make_cue(kind, "=ikke")])
    (found,) = cue_labelled([Labelled("a", "", TEXTS[0], frozenset())], compiled)
    parts = parts_of(SENTENCES[0], found, READER, SPACE.columns())
    assert [name for name, number in NUMBER.items() if name in SCOPES and parts[number]] == [part]


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
