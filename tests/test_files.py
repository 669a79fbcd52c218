import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.files import Staging, finish_publishing, remove_leftovers, write_atomically


def stage(outputs: Path, **files: str) -> Staging:
    staging = Staging(outputs)
    for name, text in files.items():
        staging.path(name).write_text(text, encoding="utf-8")
    return staging


def read(outputs: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in outputs.iterdir() if path.is_file()}


def test_nothing_is_seen_before_publishing(tmp_path: Path) -> None:
    stage(tmp_path, a="1").publish()
    staging = stage(tmp_path, a="2")
    assert read(tmp_path) == {"a": "1"}
    staging.publish()
    assert read(tmp_path) == {"a": "2"}


def test_what_is_gone_is_removed_and_the_users_own_files_stay(tmp_path: Path) -> None:
    stage(tmp_path, a="1", b="1").publish()
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    stage(tmp_path, a="2").publish(gone=["b"])
    assert read(tmp_path) == {"a": "2", "mine.txt": "x"}


def test_a_publication_cut_short_is_finished_by_the_next_command(tmp_path: Path) -> None:
    stage(tmp_path, a="1", b="1", c="1").publish()
    staging = stage(tmp_path, a="2", b="2")
    (staging.folder / ".casepath-gone").write_text("c", encoding="utf-8")
    staging.folder.replace(tmp_path / ".casepath-ready")
    (tmp_path / ".casepath-ready" / "a").replace(tmp_path / "a")  # killed here
    finish_publishing(tmp_path)
    assert read(tmp_path) == {"a": "2", "b": "2"}
    assert not list(tmp_path.glob(".casepath*"))


def test_a_run_cut_short_before_it_decided_leaves_the_outputs_as_they_were(tmp_path: Path) -> None:
    stage(tmp_path, a="1").publish()
    stage(tmp_path, a="2")
    remove_leftovers(tmp_path)
    assert read(tmp_path) == {"a": "1"}
    assert not list(tmp_path.glob(".casepath*"))


def test_a_discarded_staging_leaves_nothing(tmp_path: Path) -> None:
    stage(tmp_path, a="1").discard()
    assert list(tmp_path.iterdir()) == []


def test_an_outputs_folder_that_is_a_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        Staging(tmp_path / "outputs")
    assert "outputs" in error.value.message
    assert error.value.hint


def test_atomic_writing_replaces_a_file_and_leaves_no_other(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "æøå\n")
    write_atomically(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"2"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


WRITER = """
import sys
from pathlib import Path
from pipeline.files import Staging
for number in range(10_000):
    staging = Staging(Path(sys.argv[1]))
    for name in "abcdefgh":
        staging.path(name).write_text(f"{number} {name * 2000}", encoding="utf-8")
    staging.publish()
"""


@pytest.mark.parametrize("delay", [0.15, 0.22, 0.31, 0.4])
def test_a_writer_killed_at_any_moment_leaves_one_whole_set_of_outputs(tmp_path: Path, delay: float) -> None:
    stage(tmp_path, **{name: f"-1 {name * 2000}" for name in "abcdefgh"}).publish()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)])
    time.sleep(delay)
    writer.kill()
    writer.wait()
    remove_leftovers(tmp_path)
    contents = read(tmp_path)
    assert set(contents) == set("abcdefgh")
    assert len({text.split(" ")[0] for text in contents.values()}) == 1
    assert all(text.endswith(" " + name * 2000) for name, text in contents.items())
