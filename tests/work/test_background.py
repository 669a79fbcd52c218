import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.work.background import begun, beside
from pipeline.work.transfer import start_method

Told = Callable[[str, int, int], None]


def write(path: Path) -> None:
    path.write_text(f"{os.getpid()}")


def whose(name: str, *, progress: Told | None) -> tuple[str, int]:
    if progress is not None:
        for done in (1, 2):
            progress(name, done, 2)
    return name, os.getpid()


def fail_elsewhere(own: int, *, progress: Told | None) -> str:
    if os.getpid() != own:
        os._exit(9)
    return "here"


def fail(*, progress: Told | None) -> None:
    raise FileNotFoundError("nowhere")


def sleep(*, progress: Told | None) -> None:
    time.sleep(30)


@pytest.mark.parametrize("processes", [1, 2])
def test_work_begun_gives_its_result_and_tells_how_far_it_is(processes: int) -> None:
    told: list[tuple[str, int, int]] = []
    with begun(whose, "Reading", processes=processes, progress=lambda *each: told.append(each)) as result:
        assert told == []
        name, process = result()
    assert name == "Reading"
    assert told == [("Reading", 1, 2), ("Reading", 2, 2)]
    assert (process != os.getpid()) == (processes == 2 and start_method() == "fork")


@pytest.mark.parametrize("processes", [1, 2])
def test_work_that_does_not_tell_how_far_it_is_takes_its_arguments_only(processes: int) -> None:
    with begun(divmod, 17, 5, processes=processes, tells=False) as result:
        assert result() == (3, 2)


def test_work_that_somebody_ended_elsewhere_is_done_here() -> None:
    with begun(fail_elsewhere, os.getpid(), processes=2) as result:
        assert result() == "here"


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_of_work_begun_is_raised_where_its_result_is_asked_for(processes: int) -> None:
    with begun(fail, processes=processes) as result, pytest.raises(FileNotFoundError, match="nowhere"):
        result()


def much(*, progress: Told | None) -> str:
    return "x" * 1_000_000


def test_work_whose_result_nobody_asks_for_is_given_up() -> None:
    began = time.monotonic()
    with begun(much, processes=2):
        time.sleep(0.2)
    assert time.monotonic() - began < 15


def die_sending(own: int, *, progress: Told | None) -> str:
    if os.getpid() != own:
        threading.Timer(0.3, lambda: os._exit(9)).start()
    return "x" * 5_000_000


def test_work_that_ends_in_the_midst_of_sending_its_result_is_done_here() -> None:
    with begun(die_sending, os.getpid(), processes=2) as result:
        time.sleep(1.0)
        assert len(result()) == 5_000_000


ORPHAN = """
import os, sys, time
from pipeline.work.background import begun

def sleep(*, progress):
    print(os.getpid(), flush=True)
    time.sleep(60)

with begun(sleep, processes=2):
    time.sleep(1)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(start_method() != "fork", reason="nothing is begun elsewhere where processes are not forked")
def test_work_begun_ends_with_the_process_that_began_it() -> None:
    done = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, encoding="utf-8", timeout=30)
    other = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{other}").exists():
            return
        time.sleep(0.1)
    os.kill(other, 9)
    pytest.fail("it went on for ten seconds")


def test_an_error_in_the_block_ends_the_work_begun() -> None:
    began = time.monotonic()
    with pytest.raises(ValueError, match="here"), begun(sleep, processes=2):
        raise ValueError("here")
    assert time.monotonic() - began < 15


def test_work_beside_the_block_is_done_whatever_the_number_of_processes(tmp_path: Path) -> None:
    for processes in (1, 2):
        path = tmp_path / f"{processes}.txt"
        with beside(write, path, processes=processes):
            pass
        beside_us = path.read_text() != str(os.getpid())
        assert beside_us == (processes == 2 and start_method() == "fork")


def test_an_error_beside_the_block_is_raised_where_it_was_asked_for(tmp_path: Path) -> None:
    for processes in (1, 2):
        with pytest.raises(FileNotFoundError), beside(write, tmp_path / "no" / "x", processes=processes):
            pass


def test_an_error_in_the_block_ends_the_work_beside_it() -> None:
    began = time.monotonic()
    with pytest.raises(ValueError, match="here"), beside(time.sleep, 30, processes=2):
        raise ValueError("here")
    assert time.monotonic() - began < 15
