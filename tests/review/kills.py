"""Killing processes that write to a store, at moments drawn by chance, and looking at what is left."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.review.check import verify
from pipeline.review.store import open_store
from tests.review.samples import case_of

ROOT = Path(__file__).resolve().parent.parent.parent
CASE = case_of("Hun stod på venteliste.")
_WRITER = [sys.executable, "-m", "tests.review.writer"]

Kill = Callable[[], None]


def kill_rounds(
    folder: Path, rounds: int, *, writers: int = 2, seed: int = 1, longest: float = 0.02, every: int = 10
) -> tuple[int, int]:
    """Let processes write to one store and kill each at a moment drawn by chance; check all that was promised.

    Args:
        folder: Where the store is made.
        rounds: How often.
        writers: How many processes write at once.
        seed: Seed of the moments.
        longest: Longest time in seconds between a process's first promise, or its start, and its end.
        every: After how many rounds the store is checked.

    Returns:
        How many processes were killed and how many decisions had been promised, all of which were there.
    """
    chance = random.Random(seed)
    path = folder / "review.sqlite"
    with open_store(path, create=True) as store:
        store.freeze_text(CASE)
    promised: list[tuple[int, str]] = []
    killed = 0
    with _nursery() as start:
        for turn in range(rounds):
            running: list[tuple[Kill, Path]] = []
            for place in range(writers):
                noted = folder / f"promised-{turn}-{place}"
                size = chance.choice((1, 1, 3, 25))
                running.append((start(path, f"Skriver {place}", size, noted), noted))
            for kill, noted in running:
                # some are killed while they open the store, before they have promised anything
                if chance.random() < 0.8:
                    _wait_for(noted)
                time.sleep(chance.uniform(0, longest))
                kill()
                killed += 1
            for _, noted in running:
                promised += _read(noted)
            if turn % every == every - 1 or turn == rounds - 1:
                check(path, promised)
    return killed, len(promised)


def check(path: Path, promised: list[tuple[int, str]]) -> None:
    """Hold a store against what was promised: all there, every batch whole, the chain unbroken."""
    with closing(open_store(path)) as store:
        verified = verify(store.database)
        assert verified.problems == (), verified.problems
        decisions = store.decisions()
    held = {each.number: each.batch for each in decisions}
    lost = [number for number, batch in promised if held.get(number) != batch]
    assert not lost, f"{len(lost)} promised decisions are gone"
    batches: dict[str, list[str]] = {}
    for each in decisions:
        batches.setdefault(each.batch, []).append(each.reason)
    for reasons in batches.values():
        size = int(reasons[0].split()[1])
        assert reasons == [f"{place} {size}" for place in range(size)], "a batch is torn"


def _wait_for(noted: Path) -> None:
    deadline = time.monotonic() + 60
    while not (noted.is_file() and noted.stat().st_size):
        assert time.monotonic() < deadline, "a writer never got to write"
        time.sleep(0.001)


def _read(noted: Path) -> list[tuple[int, str]]:
    if not noted.is_file():
        return []
    lines = noted.read_text(encoding="utf-8").splitlines(keepends=True)
    whole = [line.rstrip("\n").split(" ", 1) for line in lines if line.endswith("\n")]
    return [(int(number), batch) for number, batch in whole]


@contextmanager
def _nursery() -> Iterator[Callable[[Path, str, int, Path], Kill]]:
    """Give a function that starts a writer and returns how to kill it; forked where the system can."""
    if sys.platform == "win32":
        yield _started
        return
    with subprocess.Popen(
        _WRITER, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        asked, answers = nursery.stdin, nursery.stdout

        def forked(path: Path, name: str, size: int, noted: Path) -> Kill:
            asked.write("\t".join([str(path), name, str(size), CASE.digest, str(noted)]) + "\n")
            asked.flush()
            child = int(answers.readline())
            return lambda: _kill(child)

        yield forked
        asked.close()


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    while True:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.0005)


def _started(path: Path, name: str, size: int, noted: Path) -> Kill:
    process = subprocess.Popen([*_WRITER, str(path), name, str(size), CASE.digest, str(noted)], cwd=ROOT)

    def kill() -> None:
        process.kill()
        process.wait()

    return kill
