"""Starting other processes, and the form in which values go from one to the other."""

import copyreg
import multiprocessing
import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from io import BytesIO
from operator import attrgetter
from typing import Any

from pipeline.model.cases import Attributes, Block, Case, CellPlace, Place, Section, Segment
from pipeline.model.codings import Coding, Cue, Evidence
from pipeline.work.garbage import uncollected


def start_method() -> str:
    """Return how the other processes are to be started: ``fork`` where that is safe, else ``spawn``."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def end_with_parent() -> None:
    """Let this process, which another one started, end as soon as that one is no more, whatever it is at.

    It would hold the lock of the outputs for ever, waiting for somebody to take what it made.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def fork_unwarned() -> Iterator[None]:
    """Hush Python's warning of a fork beside any thread, even one of numpy's that only waits: we looked ourselves."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
        yield


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads take turns fifty times as often: one here reads the results while this process works, too.

    A pipe holds little. Another process can go on only when all it made has been read, and every read waits for a turn:
    with Python's 5 ms they took a tenth of the other's time.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 50)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def taken_apart(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """Return what tells pickle to make a value anew from its fields: several times as fast as its way for slots."""
    names = [each.name for each in fields(kind)]
    values = attrgetter(*names)
    if len(names) > 1:
        return lambda value: (kind, values(value))
    return lambda value: (kind, (values(value),))


_MANY: tuple[type, ...] = (Attributes, Block, Case, CellPlace, Coding, Cue, Evidence, Place, Section, Segment)
"""The values of which a chunk and its results hold thousands."""


_TABLE: dict[type, Any] = {**copyreg.dispatch_table, **{kind: taken_apart(kind) for kind in _MANY}}


def pack(values: Sequence[Any], *, table: Mapping[type, Any] = _TABLE) -> bytes:
    """Return values in the form in which they go from process to process.

    Args:
        values: The values.
        table: How to take values of some types apart; when left out, those of cases and results.
    """
    packed = BytesIO()
    packer = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = table
    with uncollected():
        packer.dump(values)
    return packed.getvalue()


def unpack(packed: bytes) -> list[Any]:
    """Return what was packed in another process of this run."""
    with uncollected():
        values: list[Any] = pickle.loads(packed)  # noqa: S301 - our own process has packed it
    return values
