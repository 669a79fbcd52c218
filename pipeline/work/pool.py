"""Work on many cases in several processes: handed out in chunks, taken back in order, never all at once.

This process is one of them: what it codes itself need not be sent back. On Linux the others are forked and begin with
all that is loaded; elsewhere, or where another thread may hold a lock, they are started anew (spawned) and are sent it.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, pairwise
from typing import Any, TypeVar

from pipeline.errors import PipelineError
from pipeline.model.cases import Case
from pipeline.work.garbage import frozen, seldom_collected
from pipeline.work.transfer import end_with_parent, fork_unwarned, pack, quick_turns, start_method, unpack

R = TypeVar("R")

CHUNK = 300_000
"""How many characters of text a chunk holds: some 50 cases, as many as are scanned in one go."""
_AHEAD = 2
"""How many chunks are with each of the other processes: one in work, one waiting."""
_MOST = 5
"""How many chunks for each process may be under way in all, done ones that wait for their turn among them."""

_WORTH_A_FORK, _WORTH_A_START = 200_000, 3_000_000
"""From how many characters on another process saves more time than its start takes, forked and started anew."""
_MOST_UNASKED = 8
"""How many processes are started where nobody names a number: beyond, other work becomes the longer part."""

_work: list[Callable[[Sequence[Case]], list[Any]]] = []


def process_count(processes: int) -> int:
    """Return how many processes are meant: 0 stands for as many as there are processors.

    Raises:
        ValueError: The number is negative.
    """
    if processes < 0:
        raise ValueError("the number of processes is negative")
    return processes or os.cpu_count() or 1


def worthwhile_processes(characters: int) -> int:
    """Return how many processes are worth starting for some text.

    Args:
        characters: How much text there is to work on.
    """
    each = _WORTH_A_FORK if start_method() == "fork" else _WORTH_A_START
    return max(1, min(process_count(0), _MOST_UNASKED, characters // each))


def chunk_size(characters: int, processes: int) -> int:
    """Return a size of chunks, in characters, with which every process gets its share.

    Args:
        characters: How much text there is to work on.
        processes: How many processes share it.
    """
    return max(1, min(CHUNK, -(-characters // processes)))


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
    work: Callable[[Sequence[Case]], list[R]],
    cases: Iterable[Case],
    *,
    processes: int,
    size: int = CHUNK,
    method: str = "",
) -> Iterator[tuple[Case, R]]:
    """Do a piece of work on cases in several processes.

    Only a few chunks are under way at a time, so memory does not grow with the number of cases. The last one is for
    this process, which would have nothing else to do: so as many chunks as processes are one for each.

    Args:
        work: Takes some cases and returns one result for each; each process gets it once.
        cases: The cases, read as they are needed.
        processes: How many processes work, this one among them; at least one.
        size: How many characters make a chunk.
        method: How to start the others, ``fork`` or ``spawn``; what ``start_method`` says when left out.

    Yields:
        Each case with its result, in the order of the cases.

    Raises:
        PipelineError: A process was ended from outside, as by a system without memory.
    """
    chunks = chunks_of(cases, size=size)
    others = processes - 1
    if not others:
        for alone in chunks:
            yield from zip(alone, work(alone), strict=True)
        return
    coming = pairwise(chain(chunks, [None]))
    under_way: deque[tuple[list[Case], Future[bytes] | list[R]]] = deque()
    with frozen(), quick_turns(), _pool(others, work, method or start_method()) as pool:
        more = True
        while more or under_way:
            if under_way and (not more or len(under_way) >= processes * _MOST or _is_done(under_way[0][1])):
                first, result = under_way.popleft()
                yield from zip(first, result if isinstance(result, list) else unpack(result.result()), strict=True)
                continue
            chunk, following = next(coming, (None, None))
            if chunk is None:
                more = False
            elif following and sum(not _is_done(result) for _, result in under_way) < others * _AHEAD:
                under_way.append((chunk, pool.submit(_do, pack(chunk))))
            else:
                under_way.append((chunk, work(chunk)))


def _is_done(result: "Future[bytes] | list[Any]") -> bool:
    return isinstance(result, list) or result.done()


@contextmanager
def _pool(processes: int, work: Callable[[Sequence[Case]], list[Any]], method: str) -> Iterator[ProcessPoolExecutor]:
    """Have some processes that know the work; what they have not begun is dropped at the end of the block."""
    context = multiprocessing.get_context(method)
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(work,))
    try:
        with fork_unwarned():
            yield pool
    except BrokenProcessPool as error:
        raise PipelineError(
            "One of the processes that share the work was ended from outside.",
            hint="Perhaps the memory is full: close other programs, or run with --processes 1.",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Sequence[Case]], list[Any]]) -> None:
    """Keep the work for the chunks to come, in a process that has just started.

    What the work holds (a codebook, a model) stays until the process ends: the garbage collector need not look at it.
    An interrupt is for the process that the person started; it ends this one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _work[:] = [work]
    seldom_collected()


def _do(packed: bytes) -> bytes:
    """Do the work on a packed chunk."""
    return pack(_work[0](unpack(packed)))
