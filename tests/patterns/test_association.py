import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.patterns.association import adjusted, associate

CASES = frozenset(map(str, range(24)))


def test_fisher_s_tea_tasting_lady_gives_the_published_p() -> None:
    milk, said = frozenset("ABCD"), frozenset("ABCE")
    found = associate(milk, said, frozenset("ABCDEFGH"))
    assert found.both == 3
    assert found.p == pytest.approx(34 / 70)
    assert found.together
    assert found.counter == 1


def test_traits_that_never_meet_are_apart() -> None:
    found = associate(frozenset(map(str, range(12))), frozenset(map(str, range(12, 24))), CASES)
    assert not found.together
    assert found.counter == 0
    assert found.jaccard == 0
    assert found.p < 0.001


def test_an_empty_or_a_full_trait_gives_nothing_to_test() -> None:
    assert associate(frozenset(), CASES, CASES).p == 1.0
    assert associate(CASES, frozenset("12"), CASES).p == 1.0
    assert associate(frozenset(), frozenset(), frozenset()).p == 1.0


def test_adjustment_rejects_the_four_hypotheses_of_benjamini_and_hochberg_1995() -> None:
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                0.6528, 0.7590, 1.0]  # fmt: skip
    assert sum(p <= 0.05 for p in adjusted(p_values)) == 4


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_p_values_are_never_smaller_and_keep_their_order(p_values: list[float]) -> None:
    found = adjusted(p_values)
    assert all(new >= old for old, new in zip(p_values, found, strict=True))
    ordered = [new for _, new in sorted(zip(p_values, found, strict=True))]
    assert ordered == sorted(ordered)
