"""Compiled codebooks kept between runs: loading one takes a fraction of reading and compiling its files.

What is kept stands in the user's folder for such things, under a name made of all it hangs on: the codebook's files,
this program and its Python. So it is never out of date, and may be deleted at any time. It holds nothing of a corpus.
"""

import copyreg
import os
import pickle
import sys
from collections import defaultdict
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.codebook.syntax import Affix, Exact, Number, Word
from pipeline.coding.compiled import CompiledCodebook, CompiledRule
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Matcher, Step, Table
from pipeline.coding.word_lists import ListWords
from pipeline.errors import OutputError
from pipeline.files import write_atomically
from pipeline.model import codes
from pipeline.model.cases import Cluster
from pipeline.model.codings import Subject
from pipeline.model.ids import digest
from pipeline.model.problems import Problem, Severity
from pipeline.work.garbage import uncollected
from pipeline.work.transfer import pack, taken_apart

FOLDER = "CASEPATH_CACHE"
"""The environment variable that names another folder, or with ``off`` and the like none."""

_NONE = ("off", "0", "no", "none", "false")

_MOST = 4
"""How many codebooks are kept, the ones made last."""

Ready = tuple[CompiledCodebook, tuple[Problem, ...]]
"""A compiled codebook and the warnings that its files gave."""


def kept_folder() -> Path | None:
    """Return the folder for what is kept, which need not exist; None where nothing is to be kept.

    A folder named by the environment may begin with ``~``; a relative one is taken below the current folder.
    """
    named = os.environ.get(FOLDER, "").strip()
    if named.casefold() in _NONE:
        return None
    if named:
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:  # nobody of that name has a home here
            return Path(named).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("casepath", appauthor=False)


def name_of(codebook: Path, codebook_digest: str, program_digest: str) -> str:
    """Return the file name under which a compiled codebook is kept.

    Args:
        codebook: The codebook's folder, whose name may be the codebook's id.
        codebook_digest: Digest of the codebook's files.
        program_digest: Digest of the program's files.
    """
    parts = (codebook.resolve().name, codebook_digest, program_digest, sys.version)
    return f"codebook-{digest(chr(0).join(parts))[:32]}.kept"


def keep(name: str, ready: Ready) -> None:
    """Keep a compiled codebook; where that is not possible the next run compiles it again.

    Args:
        name: Its name.
        ready: The codebook; what it has learnt of the words of texts is left out.
    """
    folder = kept_folder()
    if folder is None:
        return
    packed = pack(ready, table=_TABLE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / name, packed)
        older = sorted(folder.glob("codebook-*.kept"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in older[_MOST:]:
            path.unlink(missing_ok=True)
    except (OSError, OutputError):
        return  # a folder that cannot be written costs the next run two seconds, and nothing else


def kept(name: str) -> Ready | None:
    """Return a compiled codebook that was kept; None where there is none, or none that can be read.

    Args:
        name: Its name.
    """
    folder = kept_folder()
    if folder is None:
        return None
    try:
        packed = (folder / name).read_bytes()
        with uncollected():
            ready: Ready = _Unpickler(BytesIO(packed)).load()
    except Exception:  # a damaged file may fail in any way: it counts as none, and is written anew
        return None
    return ready


class _Unpickler(pickle.Unpickler):
    """Makes nothing but the values of a compiled codebook, whatever a file asks for."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - what pickle wants
        """Return a class or function that a file may name."""
        return _KNOWN[module, name]


_VALUES = (Affix, CompiledRule, CompiledCodebook, Exact, ListWords, Matcher, Number, Problem, Step, Word)
_MODELS = [each for each in vars(codes).values() if isinstance(each, type) and each.__module__ == codes.__name__]
_KNOWN: dict[tuple[str, str], Any] = {
    (each.__module__, each.__qualname__): each
    for each in (*_VALUES, *_MODELS, Lexicon, Table, Cluster, Subject, Severity, defaultdict, list)
}
"""All that a kept file may name."""


_TABLE: dict[type, Any] = {
    **copyreg.dispatch_table,
    **{kind: taken_apart(kind) for kind in (*_VALUES, *_MODELS) if is_dataclass(kind)},
    Table: lambda table: (Table, (table.choices,)),
    CompiledCodebook: lambda compiled: (
        CompiledCodebook,
        tuple([getattr(compiled, each.name) for each in fields(CompiledCodebook) if each.name != "places"]),
    ),
}
