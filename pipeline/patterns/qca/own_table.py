"""A table of one's own as the raw matrix of a QCA: a CSV file with a case per line and a set per column."""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import MissingFileError, PipelineError
from pipeline.model.problems import Loaded, Problem, Severity
from pipeline.patterns.qca.matrix import DASH, Condition, Matrix
from pipeline.patterns.qca.sets import crisp, direct, multi_value

MOST_LEVELS = 10
_DASHES = frozenset({"-", "–", "."})
_OUTCOME = re.compile(r"(~?)([^\[\]~]+?)(?:\[(\d+)\])?")


def read_table(
    path: Path,
    *,
    outcome: str = "",
    conditions: Sequence[str] = (),
    thresholds: Mapping[str, Sequence[float]] | None = None,
    cuts: Mapping[str, Sequence[float]] | None = None,
) -> Loaded[Matrix | None]:
    """Read a table: the first column names the cases, the others hold 0 and 1, memberships 0-1, or values 0, 1, 2 ….

    A dash says that a condition does not apply to a case. Decimal commas are understood where semicolons separate the
    columns. Problems: PA67 a value that is missing, no number, or no membership; a case given twice.

    Args:
        path: The file.
        outcome: Name of the outcome's column, with ``~`` for its absence and ``[2]`` for one of its values; the last
            column when empty.
        conditions: Names of the conditions' columns; all others when empty.
        thresholds: For columns of raw numbers, how to calibrate them: one number for crisp, three for fuzzy.
        cuts: For columns of raw numbers, the rising thresholds of a multi-value condition.

    Returns:
        The matrix with the problems; None when a problem keeps it from being used.

    Raises:
        MissingFileError: There is no such file.
        PipelineError: The file is no table, or lacks a column that is named.
    """
    header, lines = _read(path)
    target = _OUTCOME.fullmatch(outcome.strip() or header[-1])
    absent, column, value = target.groups() if target else ("", outcome, None)
    column = _known(column, header)
    chosen = [_known(name, header) for name in conditions] or [each for each in header[1:] if each != column]
    if column in chosen:
        raise PipelineError(f"'{column}' is the outcome and a condition.", hint="Name it only once.")
    anchors = {_known(name, header): numbers for name, numbers in (thresholds or {}).items()}
    steps = {_known(name, header): numbers for name, numbers in (cuts or {}).items()}
    problems: list[Problem] = []
    cases = _cases(lines, path.name, problems)
    columns: dict[str, list[float]] = {}
    for name in (*chosen, column):
        raw = _column(lines, header.index(name), name, path.name, problems)
        columns[name] = _calibrated(name, raw, anchors.get(name), steps.get(name))
        dash = name != column
        _check(name, columns[name], lines, path.name, problems, dash=dash, value=value if not dash else None)
    if problems:
        return Loaded(None, tuple(problems))
    scores = [float(each == int(value)) if value is not None else each for each in columns[column]]
    matrix = Matrix(
        cases=cases,
        conditions=tuple(Condition(_name(each), _levels(columns[each])) for each in chosen),
        values=tuple(zip(*(columns[each] for each in chosen), strict=True)),
        outcome=_name(column) + (f"[{value}]" if value is not None else ""),
        scores=tuple(scores),
    )
    return Loaded(matrix.negated() if absent else matrix)


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    if not path.is_file():
        raise MissingFileError(f"There is no file {path.name}.", hint="Check its name and folder.")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    rows = [
        (number, [_decimal(cell.strip(), separator) for cell in row])
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1)
        if any(cell.strip() for cell in row)
    ]
    if len(rows) < 2 or len(rows[0][1]) < 3:
        raise PipelineError(
            f"{path.name} is no table for a QCA.",
            hint="It needs a header line, a first column of case names, conditions and an outcome.",
        )
    return rows[0][1], rows[1:]


def _decimal(cell: str, separator: str) -> str:
    return cell.replace(",", ".") if separator != "," and re.fullmatch(r"-?\d+,\d+", cell) else cell


def _known(name: str, header: Sequence[str]) -> str:
    for each in header[1:]:
        if each.casefold() == name.strip().casefold():
            return each
    raise PipelineError(f"The table has no column '{name}'.", hint=f"Its columns are {', '.join(header[1:])}.")


def _name(column: str) -> str:
    """Return a column's name as terms can hold it."""
    return re.sub(r"\W+", "_", column).strip("_") or "X"


def _problem(file: str, line: int, message: str, hint: str) -> Problem:
    return Problem("PA67", Severity.ERROR, f"{file}:{line}", message, hint)


def _cases(lines: Iterable[tuple[int, list[str]]], file: str, problems: list[Problem]) -> tuple[str, ...]:
    found: dict[str, int] = {}
    for line, cells in lines:
        if cells[0] in found:
            message = f"The case of line {found[cells[0]]} is given again."
            problems.append(_problem(file, line, message, "Give each case one line and a name of its own."))
        found.setdefault(cells[0], line)
    return tuple(found)


def _column(
    lines: Iterable[tuple[int, list[str]]], place: int, name: str, file: str, problems: list[Problem]
) -> list[float]:
    found = []
    for line, cells in lines:
        cell = cells[place] if place < len(cells) else ""
        number = DASH
        if cell not in _DASHES:
            try:
                number = float(cell)
            except ValueError:
                what = "is empty" if not cell else "is no number"
                message = f"The value of '{name}' {what}."
                problems.append(_problem(file, line, message, "Fill it in, or write - where it does not apply."))
        found.append(number)
    return found


def _calibrated(
    name: str, raw: list[float], anchors: Sequence[float] | None, steps: Sequence[float] | None
) -> list[float]:
    try:
        if steps is not None:
            return [float(value) for value in multi_value(raw, steps)]
        if anchors is None:
            return raw
        if len(anchors) == 1:
            return [float(value) for value in crisp(raw, anchors[0])]
        low, middle, high = anchors
        return [float(value) for value in direct(raw, low, middle, high)]
    except ValueError as error:
        raise PipelineError(
            f"'{name}' cannot be calibrated with these numbers.",
            hint="Give one threshold, or exclusion, crossover and inclusion, rising or falling.",
        ) from error


def _levels(values: Iterable[float]) -> int:
    return max(2, 1 + max((math.floor(value) for value in values if not math.isnan(value)), default=1))


def _check(
    name: str,
    values: Sequence[float],
    lines: Sequence[tuple[int, list[str]]],
    file: str,
    problems: list[Problem],
    *,
    dash: bool,
    value: str | None,
) -> None:
    """Note values that are no memberships: below 0, between whole values above 1, or a dash in the outcome."""
    told = {problem.where for problem in problems}
    graded = max((each for each in values if not math.isnan(each)), default=0.0) > 1
    wrong = []
    for (line, _), each in zip(lines, values, strict=True):
        if math.isnan(each):
            bad = not dash and f"{file}:{line}" not in told
        else:
            bad = each < 0 or (graded and (each != int(each) or each >= MOST_LEVELS or (not dash and value is None)))
        if bad:
            wrong.append(line)
    if wrong:
        more = f", nor are those of {len(wrong) - 1} further lines" if len(wrong) > 1 else ""
        hint = f"Calibrate raw numbers: --calibrate {name}=exclusion,crossover,inclusion."
        problems.append(_problem(file, wrong[0], f"The value of '{name}' is no membership from 0 to 1{more}.", hint))
