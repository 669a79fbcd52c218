"""One piece of work in a process of its own, while this one goes on with another."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from pipeline.work.transfer import end_with_parent, fork_unwarned, pack, start_method, unpack

R = TypeVar("R")


@contextmanager
def begun(
    work: Callable[..., R],
    *arguments: Any,  # noqa: ANN401 - passed on
    processes: int,
    progress: Callable[..., None] | None = None,
    tells: bool = True,
) -> Iterator[Callable[[], R]]:
    """Begin a piece of work in a process of its own, where another may be forked, and go on with the block meanwhile.

    Args:
        work: What to do; called with the arguments and, where it tells how far it is, with ``progress``.
        arguments: What to do it with.
        processes: How many processes may run; with one the work is done when its result is asked for.
        progress: Told how far the work is, as soon as the result is asked for.
        tells: False for work that does not tell how far it is.

    Yields:
        What waits for the result and returns it. Where the other process does not get to its end, the work is done
        here once more, so that its error is raised here.
    """

    def here() -> R:
        return work(*arguments, progress=progress) if tells else work(*arguments)

    if processes == 1 or start_method() != "fork":
        yield here
        return
    receiving, sending = multiprocessing.Pipe(duplex=False)
    other = _started(_send, receiving, sending, work, arguments, tells)
    sending.close()

    def result() -> R:
        while True:
            try:
                message = receiving.recv()
            except (EOFError, OSError):  # it ended before its result was there, or in the midst of sending it
                return here()
            if isinstance(message, bytes):
                found: R = unpack(message)[0]
                return found
            if progress is not None:
                progress(*message)

    with _ended(other), receiving:  # closed first: a process whose result nobody has asked for gives up
        yield result


def _send(
    receiving: Connection, sending: Connection, work: Callable[..., Any], arguments: Sequence[Any], tells: bool
) -> None:
    """Do the work; send how far it is as tuples, and what came of it packed.

    It tells even where nobody listens: so it breaks off as soon as the process that asked for it is no more. The other
    end, which a forked process has too, is closed here, or sending would wait for this process itself to read.
    """
    receiving.close()

    def tell(*how_far: Any) -> None:  # noqa: ANN401 - passed on
        sending.send(how_far)

    sending.send(pack([work(*arguments, progress=tell) if tells else work(*arguments)]))


@contextmanager
def beside(work: Callable[..., None], *arguments: Any, processes: int) -> Iterator[None]:  # noqa: ANN401 - passed on
    """Do a piece of work in a process of its own while the block runs, where another may be forked; else after it.

    What the work does must be seen from outside, such as a file. Where the other process does not get to its end, the
    work is done here once more, so that its error is raised here.

    Args:
        work: What to do.
        arguments: What to do it with.
        processes: How many processes may run; with one the work waits for the block.
    """
    if processes == 1 or start_method() != "fork":
        yield
        work(*arguments)
        return
    other = _started(work, *arguments)
    with _ended(other):
        yield
        other.join()
    if other.exitcode != 0:
        work(*arguments)


def _started(work: Callable[..., None], *arguments: Any) -> BaseProcess:  # noqa: ANN401 - passed on
    """Fork a process that does a piece of work."""
    other = multiprocessing.get_context("fork").Process(target=_quietly, args=(work, arguments))
    with fork_unwarned():
        other.start()
    return other


@contextmanager
def _ended(other: BaseProcess) -> Iterator[None]:
    """See to it that a process has ended with the block: where the block breaks off, at once."""
    try:
        yield
    except BaseException:
        other.terminate()
        raise
    finally:
        other.join()


def _quietly(work: Callable[..., None], arguments: Sequence[Any]) -> None:
    """Do the work; where it fails say nothing, as the process that asked for it does it again."""
    end_with_parent()
    try:
        work(*arguments)
    except BaseException:
        os._exit(1)
