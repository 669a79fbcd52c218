import numpy as np
import pytest

from pipeline.coding.features import FAMILIES, FeatureReader
from pipeline.coding.labelled import Labelled
from pipeline.coding.vectors import Space, case_sentences, fit_space, labelled_features, spans, vectors


def features(*words: str) -> dict[str, list[str]]:
    return {**{family: [] for family in FAMILIES}, "word": list(words)}


def labelled(text: str, case: str = "") -> Labelled:
    return Labelled(text, case, text, frozenset())


def test_features_of_a_single_sentence_do_not_count() -> None:
    space = fit_space([features("a", "b"), features("a", "c")])
    assert space.terms["word"] == ("a",)


def test_rare_features_weigh_more() -> None:
    space = fit_space([features("a", "b"), features("a", "b"), features("a")])
    weights = dict(zip(space.terms["word"], space.weights.tolist(), strict=True))
    assert weights["b"] > weights["a"]


def test_each_family_is_scaled_to_its_length() -> None:
    space = Space({"word": ("a", "b"), "frame": ("x",)}, np.array([1.0, 1.0, 3.0]))
    rows = vectors(space, [{**features("a", "b", "b"), "frame": ["x"]}])
    columns, values = rows.row(0)
    by_column = dict(zip(columns.tolist(), values.tolist(), strict=True))
    assert (by_column[0] ** 2 + by_column[1] ** 2) ** 0.5 == pytest.approx(FAMILIES["word"])
    assert by_column[1] / by_column[0] == pytest.approx(1 + np.log(2))
    assert by_column[2] == pytest.approx(FAMILIES["frame"])


def test_unknown_features_are_left_out_and_an_empty_sentence_has_an_empty_row() -> None:
    space = Space({"word": ("a",)}, np.array([1.0]))
    rows = vectors(space, [features("z"), features("a"), features()])
    assert [len(rows.row(number)[0]) for number in range(len(rows))] == [0, 1, 0]


def test_rows_times_a_matrix_are_the_dense_product() -> None:
    space = Space({"word": ("a", "b")}, np.array([1.0, 2.0]))
    rows = vectors(space, [features("a", "b"), features(), features("b")])
    dense = np.zeros((3, 2))
    for number in range(3):
        columns, values = rows.row(number)
        dense[number, columns] = values
    weights = np.array([[1.0, -1.0, 0.5], [2.0, 0.0, 1.0]])
    assert np.allclose(rows.times(weights), dense @ weights)


def test_no_sentences_give_no_rows() -> None:
    assert len(vectors(Space({"word": ("a",)}, np.array([1.0])), [])) == 0


def test_a_sentence_knows_its_neighbours_and_its_place() -> None:
    first, second = case_sentences(["En.", "To."], ["course", "result"], "youth")
    assert (first.context, second.context) == ("", "En.")
    assert (first.following, second.following) == ("To.", "")
    assert (first.place, second.place) == (0.0, 0.5)


def test_cases_are_stretches_of_sentences_and_others_stand_alone() -> None:
    found = [labelled("a", "A"), labelled("b", "A"), labelled("c", "B"), labelled("d"), labelled("e")]
    assert spans(found) == [(0, 2), (2, 3), (3, 4), (4, 5)]
    assert spans([]) == []


def test_a_sentence_outside_cases_has_its_own_context() -> None:
    one = Labelled("x", "", "Hun kom.", frozenset(), context="Ham.")
    (found,) = labelled_features([one], FeatureReader())
    assert found["earlier"] == ["ham"]
