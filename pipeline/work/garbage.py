"""Keeping the garbage collector from looking again and again at values that live as long as the work."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def seldom_collected() -> None:
    """Let the collector pass over all there is now, and look seldom at what comes, in a process that only works."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@contextmanager
def frozen() -> Iterator[None]:
    """Keep the garbage collector off all there is now.

    It will hardly become garbage before the work is done, looking at it costs half a second each time, and a forked
    process would get a copy of every page that its collector writes on.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector out of a short stretch of work that makes many values and no circles of them.

    What the work needed only for itself is gone before the collector may look again.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
