"""``publish.csv``: which quotations a person has released for everyone to read, one by one."""

import csv
import io
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.model.problems import Loaded, Problem, Severity

PUBLISH_FILE = "publish.csv"
"""In the project's folder: columns case, segment, publish; one row a quotation."""

_YES = frozenset({"yes", "ja", "true", "1", "x", "j", "y"})
_NO = frozenset({"", "no", "nej", "false", "0", "n"})
_COLUMNS = ("case", "segment", "publish")

Released = frozenset[tuple[str, str]]
"""(case, segment) of each quotation released."""


def read_published(path: Path, *, known: Collection[tuple[str, str]] | None = None) -> Loaded[Released]:
    """Read which quotations are released; nothing is released that no row names.

    Args:
        path: The file; where there is none, nothing is released.
        known: (case, segment) of all sentences; None to leave unchecked whether they exist.
    """
    if not path.is_file():
        return Loaded(frozenset())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem("RE30", Severity.ERROR, path.name, "The file is not in UTF-8.", "Save it as CSV UTF-8.")
        return Loaded(frozenset(), (problem,))
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = ";" if ";" in first or "," not in first else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    names = {(name or "").strip().lower() for name in (rows[0] if rows else first.split(delimiter))}
    if not set(_COLUMNS) <= names:
        wanted = ", ".join(_COLUMNS)
        problem = Problem(
            "RE31", Severity.ERROR, path.name, "The file lacks a column.", f"Give it the columns {wanted}."
        )
        return Loaded(frozenset(), (problem,))
    released: set[tuple[str, str]] = set()
    problems = []
    for number, row in enumerate(rows, start=2):
        values = {(name or "").strip().lower(): (value or "").strip() for name, value in row.items() if name}
        said = values["publish"].lower()
        place = (values["case"], values["segment"])
        where = f"{path.name}:{number}"
        if said not in _YES | _NO:
            problems.append(
                Problem(
                    "RE32",
                    Severity.WARNING,
                    where,
                    "It is neither yes nor no; nothing is released.",
                    "Write ja or nej.",
                )
            )
        elif said in _YES and known is not None and place not in known:
            problems.append(
                Problem(
                    "RE33",
                    Severity.WARNING,
                    where,
                    "There is no such sentence, or its text has changed; nothing is released.",
                    "Copy case and segment from codings.csv.",
                )
            )
        elif said in _YES:
            released.add(place)
    return Loaded(frozenset(released), tuple(problems))


def publish_template(places: Iterable[tuple[str, str, str]]) -> str:
    """Return a ``publish.csv`` to fill in: the quotations of the internal report, none released.

    Args:
        places: (case, segment, quotation) of each.
    """
    from pipeline.report.records import table_csv

    rows = [(case, segment, "nej", text) for case, segment, text in dict.fromkeys(places)]
    return table_csv((*_COLUMNS, "quote"), rows)
