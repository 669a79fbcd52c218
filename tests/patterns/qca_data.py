"""The stored QCA examples as matrices, with their expected values."""

import csv
import json
import math
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.patterns.qca.matrix import Matrix, make_matrix

FOLDER = Path(__file__).parent / "data" / "qca"


@cache
def expected() -> dict[str, Any]:
    """Return the expected values."""
    found: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return found


@cache
def columns(name: str) -> tuple[tuple[str, ...], dict[str, tuple[float, ...]]]:
    """Return the column names of a table and its rows by case; a dash is NaN."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return tuple(header[1:]), {row[0]: tuple(math.nan if v == "-" else float(v) for v in row[1:]) for row in rows}


def matrix(name: str, outcome: str = "", conditions: tuple[str, ...] = ()) -> Matrix:
    """Return a stored table as a matrix; ``~`` before the outcome for its absence."""
    names, rows = columns(name)
    target = outcome.removeprefix("~") or names[-1]
    chosen = conditions or tuple(each for each in names if each != target)
    places = [names.index(each) for each in (*chosen, target)]
    found = make_matrix({case: [row[place] for place in places] for case, row in rows.items()}, chosen, target)
    return found.negated() if outcome.startswith("~") else found


def analyses() -> list[tuple[str, str]]:
    """Return the names of all stored analyses."""
    return [(data, name) for data, each in expected().items() if "analyses" in each for name in each["analyses"]]
