from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.patterns.bits import cases_with, count_codes, count_pairs, count_triples, pack, patterns_of

COUNTERS = {1: count_codes, 2: count_pairs, 3: count_triples}


@settings(max_examples=40)
@given(st.integers(0, 200), st.integers(3, 7), st.integers(1, 4), st.integers(0, 9))
def test_counts_are_those_of_counting_one_by_one(cases: int, codes: int, groups: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    presence = rng.random((cases, codes)) < 0.4
    outcome = rng.integers(0, groups, cases)
    packed = pack(presence, outcome, count=groups)
    for size, counter in COUNTERS.items():
        found = counter(packed)
        wanted = [
            [int((presence[:, list(pattern)].all(axis=1) & (outcome == group)).sum()) for group in range(groups)]
            for pattern in combinations(range(codes), size)
        ]
        assert found.tolist() == wanted
        assert patterns_of(codes, size).tolist() == [list(pattern) for pattern in combinations(range(codes), size)]


def test_the_cases_of_a_pattern_come_back_in_the_order_given() -> None:
    rng = np.random.default_rng(2)
    presence, outcome = rng.random((150, 5)) < 0.5, rng.integers(0, 3, 150)
    packed = pack(presence, outcome)
    assert cases_with(packed, (1, 3)).tolist() == np.flatnonzero(presence[:, 1] & presence[:, 3]).tolist()
    assert cases_with(packed, ()).tolist() == list(range(150))
    assert len(cases_with(pack(np.zeros((0, 3), np.bool_)), (1,))) == 0


def test_blocks_and_rows_packed_at_a_time_leave_no_seam() -> None:
    """More words than a block holds and more cases than are packed at a time."""
    rng = np.random.default_rng(5)
    presence, outcome = rng.random((450_000, 3)) < 0.5, rng.integers(0, 2, 450_000)
    packed = pack(presence, outcome)
    all_three = np.asarray(presence.all(axis=1))
    assert count_triples(packed)[0].tolist() == [int(all_three[outcome == group].sum()) for group in range(2)]
    assert count_codes(packed).sum(axis=1).tolist() == presence.sum(axis=0).tolist()


@pytest.mark.parametrize("size", [2, 3])
def test_fewer_codes_than_a_pattern_has_give_no_pattern(size: int) -> None:
    packed = pack(np.ones((4, 1), np.bool_))
    assert COUNTERS[size](packed).shape == (0, 1)
