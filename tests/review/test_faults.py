import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.review import Reviewer, Verdict
from pipeline.review.check import verify
from pipeline.review.database import Database
from pipeline.review.errors import ReviewError, StoreFullError, StoreReadOnlyError, explained
from pipeline.review.store import ReviewStore, open_store
from tests.review.kills import ROOT, check, kill_rounds
from tests.review.samples import case_of, coding_of, said

CASE = case_of("Hun stod på venteliste. Så fik hun en mentor.")
YES = said(Verdict.ACCEPT, coding_of(CASE, "venteliste"), CASE)


def test_no_promised_decision_is_lost_when_writing_processes_are_killed(tmp_path: Path) -> None:
    rounds = 10 if sys.platform == "win32" else 67
    killed, promised = kill_rounds(tmp_path, rounds, writers=3, longest=0.01)
    assert killed == 3 * rounds
    assert promised > 100


def test_the_check_after_the_kills_would_notice_a_lost_decision(tmp_path: Path) -> None:
    _, promised = kill_rounds(tmp_path, 1, writers=1)
    assert promised
    with pytest.raises(AssertionError, match="gone"):
        check(tmp_path / "review.sqlite", [(10**6, "x")])


@contextmanager
def most_bytes(limit: int) -> Iterator[None]:
    """Let no file grow beyond a size, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def full(store: ReviewStore) -> StoreFullError | None:
    """Write twenty decisions; return the error when there is no room for them."""
    try:
        store.add_decisions([YES] * 20)
    except StoreFullError as error:
        return error
    return None


@pytest.mark.parametrize("folder", ["local", "OneDrive"])
def test_a_full_disk_is_told_and_what_was_promised_stays(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    path = tmp_path / folder / "review.sqlite"
    with open_store(path, create=True, backups=False) as store:
        store.set_reviewer(Reviewer("Åse"))
        store.add_decisions([YES], texts=[CASE])
        promised = 1
        with most_bytes(150_000):
            while (told := full(store)) is None:
                promised += 20
        assert "Nothing of this step was saved" in told.message
        assert "space" in told.hint
        assert promised > 20
        assert len(store.decisions()) == promised
        store.add_decisions([YES])
        assert len(store.decisions()) == promised + 1
        assert verify(store.database).problems == ()


def test_a_disk_that_fills_up_while_a_store_is_made_leaves_none_half_made(tmp_path: Path) -> None:
    path = tmp_path / "review.sqlite"
    with most_bytes(9000), pytest.raises(PipelineError):
        open_store(path, create=True)
    with suppress(MissingFileError), open_store(path) as store:
        pytest.fail(f"a half-made store was opened: {store.head()}")
    with open_store(path, create=True) as store:
        store.set_reviewer(Reviewer("Åse"))


def test_a_backup_that_cannot_be_written_never_stands_in_the_way(store: ReviewStore, tmp_path: Path) -> None:
    (tmp_path / "backups").rmdir() if (tmp_path / "backups").is_dir() else None
    (tmp_path / "backups").write_text("a file where the folder should be", encoding="utf-8")
    store.add_decisions([YES] * 250, texts=[CASE])
    with open_store(store.path) as again:
        assert len(again.decisions()) == 250


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "review.sqlite"
    with open_store(path, create=True) as store:
        store.freeze_text(CASE)
        for name in ("Åse", "Bo"):
            store.set_reviewer(Reviewer(name))
    script = (
        "import sys; from pathlib import Path; from pipeline.review.store import open_store\n"
        "from tests.review.test_faults import YES; from dataclasses import replace\n"
        "store = open_store(Path(sys.argv[1]), wait=60)\n"
        "for _ in range(40): store.add_decisions([replace(YES, reviewer=sys.argv[2])])"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(path), name], cwd=ROOT) for name in ("Åse", "Bo")]
    assert [process.wait() for process in running] == [0, 0]
    with open_store(path) as store:
        assert len(store.decisions(reviewer="Åse")) == len(store.decisions(reviewer="Bo")) == 40
        assert verify(store.database).problems == ()


def test_opening_a_store_from_many_threads_at_once_makes_one_store(tmp_path: Path) -> None:
    names: list[str] = []

    def work() -> None:
        with open_store(tmp_path / "review.sqlite", create=True) as store:
            names.append(store.identity())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 8
    assert len(set(names)) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_in_a_read_only_folder_reading_works_and_writing_says_why(store: ReviewStore, tmp_path: Path) -> None:
    store.add_decisions([YES], texts=[CASE])
    store.close()
    store.path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with open_store(store.path, write=False) as reader:
            assert len(reader.decisions()) == 1
        with pytest.raises(StoreReadOnlyError) as caught:
            open_store(store.path)
        assert "copy the project" in caught.value.hint
    finally:
        tmp_path.chmod(0o755)
        store.path.chmod(0o644)


def test_a_store_whose_neighbours_cannot_be_made_is_read_from_a_copy(
    store: ReviewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_decisions([YES], texts=[CASE])
    connect = Database._connect

    def refuse(self: Database, path: Path, mode: str) -> sqlite3.Connection:
        if mode == "ro":
            return sqlite3.connect("file:/nowhere/at/all?mode=ro", uri=True)
        return connect(self, path, mode)

    monkeypatch.setattr(Database, "_connect", refuse)
    with open_store(store.path, write=False) as reader:
        assert len(reader.decisions()) == 1
        with pytest.raises(StoreReadOnlyError):
            reader.add_decisions([YES])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, StoreFullError),
        (sqlite3.SQLITE_IOERR_WRITE, StoreFullError),
        (sqlite3.SQLITE_READONLY, StoreReadOnlyError),
        (sqlite3.SQLITE_CANTOPEN, StoreReadOnlyError),
        (sqlite3.SQLITE_MISUSE, ReviewError),
    ],
)
def test_every_error_of_the_disk_says_what_to_do(code: int, kind: type[ReviewError]) -> None:
    error = sqlite3.OperationalError("told by the disk")
    error.sqlite_errorcode = code
    told = explained(error, Path("review.sqlite"))
    assert type(told) is kind
    assert told.hint


def test_a_write_that_fails_at_any_statement_leaves_the_log_as_it_was(store: ReviewStore) -> None:
    store.add_decisions([YES], texts=[CASE])
    before = store.head()
    for statement in range(12):
        left = [statement]

        def fail(left: list[int] = left) -> int:
            left[0] -= 1
            return int(left[0] < 0)

        # SQLite asks every few steps whether to go on; stopping it there is a fault in the middle of a statement
        store.database.connection.set_progress_handler(fail, 25)
        with pytest.raises(PipelineError):
            store.add_decisions([YES] * 40)
        store.database.connection.set_progress_handler(None, 0)
        assert store.head() == before
    with closing(open_store(store.path, write=False)) as reader:
        assert len(reader.decisions()) == 1
