from collections.abc import Iterator, Sequence

import pytest

from pipeline.coding.parallel import chunks_of, in_processes, process_count
from pipeline.model.cases import Case
from tests.codebooks import make_case


def length(cases: Sequence[Case]) -> list[int]:
    return [len(case.text) for case in cases]


def fail(cases: Sequence[Case]) -> list[int]:
    raise ValueError(f"{len(cases)} cases")


CASES = [make_case("ord " * number, case=f"X-{number}") for number in range(1, 12)]


def test_results_come_in_the_order_of_the_cases() -> None:
    found = list(in_processes(length, iter(CASES), processes=2, size=20))
    assert found == [(case, len(case.text)) for case in CASES]


def test_what_goes_wrong_in_a_process_is_told() -> None:
    with pytest.raises(ValueError, match="cases"):
        list(in_processes(fail, CASES, processes=1))


def test_cases_are_read_only_as_they_are_needed() -> None:
    read = []

    def reading() -> Iterator[Case]:
        for case in CASES:
            read.append(case.id)
            yield case

    results = iter(in_processes(length, reading(), processes=1, size=1))
    next(results)
    assert len(read) < len(CASES)
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
