import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import MissingFileError
from pipeline.model.review import Verdict
from pipeline.review.backup import (
    Backup,
    back_up,
    head_file,
    kept_backups,
    list_backups,
    read_head,
    restore,
)
from pipeline.review.check import place_problems, quotation_problems, verify
from pipeline.review.errors import StoreDamagedError
from pipeline.review.log import Head
from pipeline.review.places import on_network, synced_by
from pipeline.review.store import ReviewStore, open_store
from tests.review.samples import case_of, coding_of, said

CASE = case_of("Hun stod på venteliste. Så fik hun en mentor.")
YES = said(Verdict.ACCEPT, coding_of(CASE, "venteliste"), CASE)


def fill(store: ReviewStore, count: int = 5) -> None:
    store.add_decisions([YES] * count, texts=[CASE])


def codes(store: ReviewStore, **noted: Head) -> list[str]:
    return [problem.code for problem in verify(store.database, noted=list(noted.items())).problems]


def tamper(store: ReviewStore, *statements: str) -> None:
    """Change the file behind the program's back, as somebody with a database browser could."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        for table in ("log", "text"):
            for what in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {table}_never_{what}")
        for statement in statements:
            connection.execute(statement)
        for table in ("log", "text"):
            for what in ("update", "delete"):
                connection.execute(
                    f"CREATE TRIGGER {table}_never_{what} BEFORE {what} ON {table} BEGIN SELECT raise(ABORT, ''); END"
                )


def test_an_untouched_store_is_whole(store: ReviewStore) -> None:
    fill(store)
    verified = verify(store.database)
    assert verified.problems == ()
    assert (verified.rows, verified.texts) == (8, 1)
    assert verified.head == store.head()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET reviewer = 'Bo' WHERE number = 5",
        "UPDATE log SET body = replace(body, 'accept', 'reject') WHERE number = 5",
        "UPDATE log SET time = '2020-01-01T00:00:00Z' WHERE number = 5",
        "UPDATE log SET batch = 'x' WHERE number = 5",
        "DELETE FROM log WHERE number = 5",
        "DELETE FROM log WHERE number = 1",
    ],
)
def test_a_row_that_was_changed_or_taken_out_breaks_the_chain(store: ReviewStore, statement: str) -> None:
    fill(store)
    tamper(store, statement)
    assert "RV02" in codes(store)


def test_rows_cut_off_the_end_are_missed_by_the_note_beside_the_store(store: ReviewStore) -> None:
    fill(store)
    tamper(store, "DELETE FROM log WHERE number > 6")
    assert codes(store) == ["RV03"]


def test_rows_cut_off_together_with_the_note_are_missed_by_a_backup(store: ReviewStore) -> None:
    fill(store)
    back_up(store.database)
    tamper(store, "DELETE FROM log WHERE number > 6")
    head_file(store.path).unlink()
    assert codes(store) == ["RV05", "RV03"]


def test_a_log_written_anew_is_found_out_by_an_end_noted_elsewhere(store: ReviewStore) -> None:
    fill(store)
    noted = store.head()
    assert codes(store, diary=noted) == []
    tamper(store, "DELETE FROM log WHERE number > 3")
    store.add_decisions([said(Verdict.REJECT, coding_of(CASE, "venteliste"), CASE)] * 5, texts=[CASE])
    assert store.head().number == noted.number
    assert codes(store) == []
    assert codes(store, diary=noted) == ["RV03"]


def test_a_changed_or_lost_text_is_found(store: ReviewStore) -> None:
    fill(store)
    tamper(store, "UPDATE text SET text = 'noget andet'")
    assert codes(store) == ["RV04"]
    tamper(store, "DELETE FROM text")
    assert codes(store) == ["RV04"]


def test_guards_that_were_taken_away_are_missed(store: ReviewStore) -> None:
    with store.database.transaction() as connection:
        connection.execute("DROP TRIGGER log_never_update")
    assert "RV06" in codes(store)


def test_a_torn_file_is_found_and_a_backup_puts_it_right(store: ReviewStore) -> None:
    fill(store, 200)
    head = store.head()
    path = back_up(store.database)
    store.close()
    data = bytearray(store.path.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    store.path.write_bytes(data)
    with open_store(store.path, write=False) as torn:
        assert codes(torn) == ["RV01"]
    restored = restore(store.path, path)
    assert restored.after == head
    assert restored.replaced is not None
    assert restored.replaced.is_file()
    with open_store(store.path) as whole:
        whole.note_restored(restored)
        assert "RV01" not in codes(whole)
        assert len(whole.decisions()) == 200


def test_a_file_that_is_no_database_any_more_is_replaced_and_kept(store: ReviewStore) -> None:
    fill(store)
    path = back_up(store.database)
    store.close()
    store.path.write_bytes(b"lost" * 3000)
    restored = restore(store.path, path)
    assert restored.replaced is not None
    assert restored.replaced.read_bytes() == b"lost" * 3000
    with open_store(store.path) as whole:
        assert len(whole.decisions()) == 5


def test_a_restore_goes_back_and_can_be_taken_back(store: ReviewStore) -> None:
    fill(store, 2)
    earlier = back_up(store.database)
    fill(store, 3)
    with open_store(store.path) as other:
        restored = restore(store.path, earlier)
        other.note_restored(restored)
        assert len(other.decisions()) == len(store.decisions()) == 2
        assert codes(other) == ["RV07"]
    assert restored.replaced is not None
    back = restore(store.path, restored.replaced)
    store.note_restored(back)
    assert len(store.decisions()) == 5
    fill(store, 1)
    assert len(store.decisions()) == 6


def test_a_damaged_backup_is_not_restored(store: ReviewStore) -> None:
    fill(store, 200)
    path = back_up(store.database)
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    path.write_bytes(data)
    with pytest.raises(StoreDamagedError):
        restore(store.path, path)
    assert len(store.decisions()) == 200
    with pytest.raises(MissingFileError):
        restore(store.path, path.with_name("none.sqlite"))


def test_opening_for_writing_makes_a_backup_when_the_last_is_behind(store: ReviewStore) -> None:
    fill(store)
    for _ in range(2):
        with open_store(store.path):
            pass
    assert [backup.number for backup in list_backups(store.path)] == [8]
    fill(store, 200)
    assert [backup.number for backup in list_backups(store.path)] == [8, 208]
    with open_store(list_backups(store.path)[-1].path, write=False) as copy:
        assert len(copy.decisions()) == 205


def test_the_newest_ten_backups_and_one_a_day_are_kept() -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    times = [begin + timedelta(hours=6 * step) for step in range(4 * 50)]
    made = [Backup(time.strftime("%Y%m%dT%H%M%SZ"), step, Path(f"{step}")) for step, time in enumerate(times)]
    kept = kept_backups(made)
    assert kept[-10:] == tuple(made[-10:])
    days = [backup.time[:8] for backup in kept[:-10]]
    assert len(days) == len(set(days))
    assert 26 <= len(days) <= 30
    assert all(backup.time[9:11] == "18" for backup in kept[1:-10])
    assert kept_backups(kept) == kept
    assert kept_backups([]) == ()


def test_the_end_noted_beside_the_store_keeps_up(store: ReviewStore) -> None:
    fill(store)
    assert read_head(store.path) == (store.identity(), store.head())
    head_file(store.path).write_text("garbage", encoding="utf-8")
    assert read_head(store.path) is None
    assert codes(store) == ["RV05"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("C/OneDrive - Region Nord/projekt", "OneDrive"),
        ("home/Dropbox/projekt", "Dropbox"),
        ("G/Mit drev/projekt", "Google Drive"),
        ("home/Nextcloud/projekt", "Nextcloud"),
        ("home/Boxer/projekt", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, folder: str, name: str) -> None:
    assert synced_by(tmp_path / folder) == name


def test_a_local_folder_is_no_network_drive(tmp_path: Path) -> None:
    assert not on_network(tmp_path)


def test_a_risky_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with open_store(folder / "review.sqlite", create=True) as opened:
        fill_reviewers = [problem.code for problem in place_problems(opened.path)]
    assert fill_reviewers == ["RV10", "RV14"]
    monkeypatch.setattr("pipeline.review.check.shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    monkeypatch.setattr("pipeline.review.check.on_network", lambda _: True)
    assert [problem.code for problem in place_problems(opened.path)] == ["RV10", "RV11", "RV13", "RV14"]


def test_a_quotation_that_is_not_in_its_text_is_told(store: ReviewStore) -> None:
    assert YES.anchor is not None
    wrong = replace(YES, anchor=replace(YES.anchor, quote="opdigtet"))
    store.add_decisions([YES, wrong], texts=[CASE])
    found = quotation_problems(store.rows(), store.texts())
    assert [problem.where for problem in found] == ["decision 5"]
