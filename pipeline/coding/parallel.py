"""Work on many cases in several processes: handed out in chunks, taken back in order, never all at once.

Processes are started anew (spawned) on every system, as Windows must, so that what holds on one holds on all.
"""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pipeline.model.cases import Case

R = TypeVar("R")

CHUNK = 300_000
"""How many characters of text a chunk holds: some 50 cases, as many as are scanned in one go."""
_AHEAD = 2
"""How many chunks wait for each process."""

_work: list[Callable[[Sequence[Case]], list[Any]]] = []


def process_count(processes: int) -> int:
    """Return how many processes are meant: 0 stands for as many as there are processors.

    Raises:
        ValueError: The number is negative.
    """
    if processes < 0:
        raise ValueError("the number of processes is negative")
    return processes or os.cpu_count() or 1


def chunks_of(cases: Iterable[Case], *, size: int = CHUNK) -> Iterator[list[Case]]:
    """Put cases together until they hold so many characters; no chunk is empty.

    Args:
        cases: The cases, read as they are needed.
        size: How many characters make a chunk.
    """
    chunk: list[Case] = []
    held = 0
    for case in cases:
        chunk.append(case)
        held += len(case.text)
        if held >= size:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def in_processes(
    work: Callable[[Sequence[Case]], list[R]], cases: Iterable[Case], *, processes: int, size: int = CHUNK
) -> Iterator[tuple[Case, R]]:
    """Do a piece of work on cases in several processes.

    Only a few chunks are under way at a time, so memory does not grow with the number of cases.

    Args:
        work: Takes some cases and returns one result for each; it is sent to each process once.
        cases: The cases, read as they are needed.
        processes: How many processes to start, at least one.
        size: How many characters make a chunk.

    Yields:
        Each case with its result, in the order of the cases.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, initializer=_begin, initargs=(work,)) as pool:
        under_way: deque[tuple[list[Case], Any]] = deque()
        for chunk in chunks_of(cases, size=size):
            under_way.append((chunk, pool.apply_async(_do, (chunk,))))
            if len(under_way) >= processes * _AHEAD:
                first, result = under_way.popleft()
                yield from zip(first, result.get(), strict=True)
        for first, result in under_way:
            yield from zip(first, result.get(), strict=True)


def _begin(work: Callable[[Sequence[Case]], list[Any]]) -> None:
    """Keep the work for the chunks to come, in a process that has just started.

    What the work holds (a codebook, a model) stays until the process ends: the garbage collector need not look at it.
    """
    _work[:] = [work]
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _do(cases: Sequence[Case]) -> list[Any]:
    """Do the work on a chunk."""
    return _work[0](cases)
