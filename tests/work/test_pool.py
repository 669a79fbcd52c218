import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import get_all_start_methods

import pytest

from pipeline.errors import PipelineError
from pipeline.model.cases import Case
from pipeline.work.pool import (
    _MOST,
    CHUNK,
    chunk_size,
    chunks_of,
    in_processes,
    process_count,
    worthwhile_processes,
)
from tests.codebooks import make_case


def length(cases: Sequence[Case]) -> list[int]:
    return [len(case.text) for case in cases]


def fail(cases: Sequence[Case]) -> list[int]:
    raise ValueError(f"{len(cases)} cases")


def whose(cases: Sequence[Case]) -> list[int]:
    time.sleep(0.02)
    return [os.getpid() for _ in cases]


def end_others(cases: Sequence[Case], own: int) -> list[int]:
    if os.getpid() != own:
        os._exit(9)
    time.sleep(0.02)
    return [0 for _ in cases]


CASES = [make_case("ord " * number, case=f"X-{number}") for number in range(1, 12)]


def test_results_come_in_the_order_of_the_cases() -> None:
    found = list(in_processes(length, iter(CASES), processes=2, size=20))
    assert found == [(case, len(case.text)) for case in CASES]


@pytest.mark.parametrize("method", [name for name in ("fork", "spawn") if name in get_all_start_methods()])
def test_processes_give_the_same_however_they_are_started(method: str) -> None:
    found = list(in_processes(length, iter(CASES), processes=2, size=20, method=method))
    assert found == [(case, len(case.text)) for case in CASES]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_in_a_process_is_told(processes: int) -> None:
    with pytest.raises(ValueError, match="cases"):
        list(in_processes(fail, CASES, processes=processes))


def test_both_of_two_processes_work_this_one_too() -> None:
    workers = {number for _, number in in_processes(whose, CASES, processes=2, size=1)}
    assert len(workers) == 2
    assert os.getpid() in workers


@pytest.mark.parametrize("processes", [1, 2])
def test_cases_are_read_only_as_they_are_needed(processes: int) -> None:
    cases = CASES * (processes * _MOST)  # each is a chunk, and only so many chunks may be under way
    read = []

    def reading() -> Iterator[Case]:
        for case in cases:
            read.append(case.id)
            yield case

    results = iter(in_processes(length, reading(), processes=processes, size=1))
    for taken, _ in enumerate(results, start=1):
        assert len(read) <= taken + processes * _MOST + 2
        if taken == len(CASES):
            break
    assert taken == len(CASES)
    del results


def test_chunks_hold_all_cases_in_order_and_none_is_empty() -> None:
    chunks = list(chunks_of(CASES, size=30))
    assert [case for chunk in chunks for case in chunk] == CASES
    assert all(chunks)
    assert len(chunks) > 2


def test_no_number_of_processes_means_one_per_processor() -> None:
    assert process_count(0) >= 1
    assert process_count(3) == 3
    with pytest.raises(ValueError, match="negative"):
        process_count(-1)


def test_small_texts_are_not_worth_another_process_and_no_chunk_is_larger_than_it_need_be() -> None:
    assert worthwhile_processes(10_000) == 1
    assert worthwhile_processes(10**9) <= process_count(0)
    assert chunk_size(540_000, 2) == 270_000
    assert chunk_size(10**9, 2) == CHUNK
    assert chunk_size(0, 2) == 1


def test_as_many_chunks_as_processes_are_one_for_each() -> None:
    workers = [number for _, number in in_processes(whose, CASES[:2], processes=2, size=1)]
    assert workers[0] != os.getpid()
    assert workers[1] == os.getpid()


def test_a_process_that_is_ended_from_outside_is_told_and_not_waited_for() -> None:
    with pytest.raises(PipelineError, match="ended from outside"):
        list(in_processes(partial(end_others, own=os.getpid()), CASES, processes=2, size=20))
