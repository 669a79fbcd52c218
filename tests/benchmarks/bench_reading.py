"""Measures how fast Word files are read, beside the least it could take and beside other readers.

Run it as a script, from the project's root::

    python tests/benchmarks/bench_reading.py [FOLDER]

The floor is what no reader can go below: opening the zip, inflating the main part and parsing it.
"""

import gc
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lxml import etree

from pipeline.corpus.word import read_word

ROUNDS = 7
MANY = 1000


def floor(path: Path) -> object:
    """Open, inflate and parse: nothing else."""
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def ours(path: Path) -> object:
    """Read with casepath."""
    return read_word(path, name=path.name)


def rivals() -> dict[str, Callable[[Path], object] | None]:
    """Return other readers by name, None where one is not installed."""
    found: dict[str, Callable[[Path], object] | None] = {}
    try:
        import docx

        def python_docx(path: Path) -> object:
            document = docx.Document(str(path))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return [paragraph.text for paragraph in document.paragraphs], cells

        found["python-docx (paragraphs and tables)"] = python_docx
    except ImportError:
        found["python-docx"] = None
    try:
        from docx2python import docx2python

        def two_python(path: Path) -> object:
            with docx2python(path) as read:
                return read.text

        found["docx2python"] = two_python
    except ImportError:
        found["docx2python"] = None
    try:
        import mammoth

        def raw_text(path: Path) -> object:
            with path.open("rb") as handle:
                return mammoth.extract_raw_text(handle).value

        found["mammoth (raw text)"] = raw_text
    except ImportError:
        found["mammoth"] = None
    return found


def milliseconds(read: Callable[[Path], object], paths: list[Path], *, rounds: int = ROUNDS) -> float:
    """Return the CPU milliseconds a file takes, the best of several rounds over all files."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        for path in paths:
            read(path)
        best = min(best, time.process_time() - began)
    return best / len(paths) * 1000


def main(folder: Path) -> int:
    """Print the table; return 1 when a bar is missed: eight times the floor, 1,000 files in five seconds."""
    paths = sorted(path for path in folder.glob("*.docx") if not path.name.startswith("~$"))
    if not paths:
        print(f"No Word files in {folder.name}.")
        return 1
    least = milliseconds(floor, paths)
    own = milliseconds(ours, paths)
    lines = [f"{len(paths)} files, {sum(path.stat().st_size for path in paths) / len(paths) / 1000:.1f} kB each"]
    lines += [
        f"{'floor (inflate and parse)':40}{least:8.2f} ms     1.0",
        f"{'casepath':40}{own:8.2f} ms  {own / least:6.1f}",
    ]
    few = paths[:10]
    for name, read in rivals().items():
        if read is None:
            lines.append(f"{name:40} not installed, skipped")
            continue
        taken = milliseconds(read, few, rounds=2)
        lines.append(f"{name:40}{taken:8.2f} ms  {taken / least:6.1f}")
    began = time.process_time()
    for at in range(MANY):
        read_word(paths[at % len(paths)], name="x")
    seconds = time.process_time() - began
    lines.append(f"{MANY} files with casepath: {seconds:.2f} s on one core")
    print("\n".join(lines))
    return int(own > 8 * least or seconds > 5)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"))
