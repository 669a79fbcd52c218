"""Writing that is never seen half done: files are staged, then published in one step that can be finished later."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import OutputError

_STAGING = ".casepath-staging-"
_READY = ".casepath-ready"
_GONE = ".casepath-gone"
_LOCK = ".casepath-lock"
_CLOSE_ONE = "Close it in other programs (Excel, Word), and check that its folder is not read-only."
_CLOSE_IT = "Close programs that have files of the outputs folder open (Excel, Word), then run again."

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The time that documents claim to have been made at, so that the same content is the same bytes."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a zip that casepath writes, for the same reason."""


def write_atomically(path: Path, content: str | bytes) -> None:
    r"""Write a file so that a reader sees the old content or the new, never a part.

    Args:
        path: The file; its folder must exist.
        content: Text (written as UTF-8 with ``\\n``) or bytes.

    Raises:
        OutputError: The file could not be written; the old one stands.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    beside = path.with_name(f".casepath-{os.getpid()}-{path.name}")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        hint = _CLOSE_ONE if path.parent.is_dir() else "Its folder does not exist: make it, or name another."
        raise OutputError(f"{path.name} could not be written ({error.strerror}).", hint=hint) from error


def check_place(path: Path) -> None:
    """Say so when a file that slow work will end in has no folder to stand in.

    Args:
        path: The file, which need not exist.

    Raises:
        OutputError: There is no such folder, or a folder stands in the file's place.
    """
    if not path.parent.is_dir():
        raise OutputError(
            f"{path.name} cannot be written: there is no folder '{path.parent}'.", hint="Make it, or name another."
        )
    if path.is_dir():
        raise OutputError(f"{path.name} is a folder.", hint="Name a file in it.")


@contextmanager
def only_writer(outputs: Path) -> Iterator[None]:
    """Hold the outputs folder for one writer; the system frees it when the process ends, however it ends.

    A process forked meanwhile holds it, too, until it ends: what it still writes is safe from the next run.

    Args:
        outputs: The outputs folder; made when it does not exist.

    Raises:
        OutputError: Another run is writing, or the folder cannot be written.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        handle = (outputs / _LOCK).open("ab")
    except OSError as error:
        raise not_writable(outputs, error) from error
    with handle:
        try:
            _lock(handle)
        except OSError as error:
            raise OutputError(
                f"Another run is writing {outputs.name} right now.", hint="Wait until it has finished."
            ) from error
        yield


def _lock(handle: BinaryIO) -> None:
    """Lock an open file for this process, or raise OSError at once."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def not_writable(outputs: Path, error: OSError) -> OutputError:
    """Return the error of an outputs folder that the system refuses to write; the earlier outputs stand."""
    return OutputError(
        f"The outputs folder {outputs.name} cannot be written ({error.strerror}).",
        hint="Check that the folder is not read-only and that the disk is not full.",
    )


class Staging:
    """A folder of outputs in the making; nothing outside sees them before ``publish``.

    Args:
        outputs: The outputs folder; made when it does not exist.

    Raises:
        OutputError: The folder cannot be written.
    """

    def __init__(self, outputs: Path) -> None:
        self.outputs = outputs
        try:
            outputs.mkdir(parents=True, exist_ok=True)
            finish_publishing(outputs)
            self.folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=outputs))
        except OSError as error:
            raise not_writable(outputs, error) from error

    def path(self, name: str) -> Path:
        """Return where to write an output, with its folder made.

        Args:
            name: Path below the outputs folder, with forward slashes.
        """
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def discard(self) -> None:
        """Throw away what was staged; the earlier outputs stand."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def publish(self, *, gone: Iterable[str] = ()) -> None:
        """Make what was staged the outputs.

        One rename decides: before it the earlier outputs stand; after it the new ones will, if need be finished by
        the next command.

        Args:
            gone: Earlier outputs that are no more, as paths below the outputs folder.

        Raises:
            OutputError: A file is held open by another program; the next command finishes the work.
        """
        (self.folder / _GONE).write_text("\n".join(sorted(gone)), encoding="utf-8")
        try:
            finish_publishing(self.outputs)
            self.folder.replace(self.outputs / _READY)
            finish_publishing(self.outputs)
        except OSError as error:
            raise OutputError(f"The outputs could not be replaced ({error.strerror}).", hint=_CLOSE_IT) from error


def finish_publishing(outputs: Path) -> None:
    """Finish a publication that was cut short, if there is one.

    Args:
        outputs: The outputs folder.
    """
    ready = outputs / _READY
    if not ready.is_dir():
        return
    gone = ready / _GONE
    names = gone.read_text(encoding="utf-8").split("\n") if gone.is_file() else []
    for path in sorted(ready.rglob("*")):
        if path.is_dir() or path == gone:
            continue
        target = outputs / path.relative_to(ready)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file() and target.read_bytes() == path.read_bytes():
            path.unlink()
        else:
            path.replace(target)
    for name in filter(None, names):
        (outputs / name).unlink(missing_ok=True)
    shutil.rmtree(ready)


def remove_leftovers(outputs: Path) -> None:
    """Remove what runs that were cut short left behind, and finish what they had decided.

    Args:
        outputs: The outputs folder; nothing happens when it does not exist.
    """
    if outputs.is_dir():
        finish_publishing(outputs)
        for folder in outputs.glob(f"{_STAGING}*"):
            shutil.rmtree(folder, ignore_errors=True)
