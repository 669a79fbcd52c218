"""Codings as JSON lines: our own, and those of other programs and language models under a coder's name."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook, Pole
from pipeline.model.codings import Assertion, Coding, Evidence, Status, Subject
from pipeline.model.problems import Loaded, Problem, Severity


def coding_of(record: Mapping[str, Any]) -> Coding:
    """Return the coding that a record of ``codings.jsonl`` holds.

    Args:
        record: The record, with the fields of the contract.

    Raises:
        KeyError, ValueError, TypeError: A field is missing or has no such value.
    """
    start, end, quote = int(record["start"]), int(record["end"]), str(record["quote"])
    return Coding(
        case=str(record["case"]),
        section=str(record["section"]),
        segment=str(record["segment"]),
        start=start,
        end=end,
        quote=quote,
        sentence=str(record["sentence"]),
        code=str(record["code"]),
        pole=Pole(record["pole"]),
        assertion=Assertion(record["assertion"]),
        before=bool(record["before"]),
        coder=str(record["coder"]),
        evidence=tuple(Evidence(str(rule), start, end, quote) for rule in record["rules"]),
        status=Status(record["status"]),
        confidence=float(record["confidence"]),
        subject=Subject(record["subject"]),
    )


def read_codings(path: Path) -> tuple[Coding, ...]:
    """Read our own ``codings.jsonl``; a file that casepath did not write as it stands raises.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
        KeyError, ValueError, TypeError: A line is damaged.
    """
    lines = path.read_text(encoding="utf-8").split("\n")  # a quotation may hold other line ends
    return tuple(coding_of(json.loads(line)) for line in lines if line.strip())


@dataclass(frozen=True, slots=True)
class Foreign:
    """Codings of another program, as far as they could be placed.

    Attributes:
        coder: Name of the coder.
        cases: Ids of the cases it coded, those without codings included where the file says so.
        codings: What was placed.
        unplaced: How many codings were not placed; the problems say why.
    """

    coder: str
    cases: frozenset[str]
    codings: tuple[Coding, ...]
    unplaced: int = 0


def read_foreign(
    path: Path, cases: Sequence[tuple[Case, Sequence[Segment]]], codebook: Codebook, *, coder: str
) -> Loaded[Foreign]:
    """Read codings of another program or a language model.

    A line holds ``case``, ``code`` and ``quote``, and may hold ``start`` (code points in the case's frozen text),
    ``assertion``, ``before``, ``confidence``. A line with ``case`` alone says that the case was coded and carries
    nothing. The words must stand in the text: at ``start`` when it is given, else exactly once in the case, white
    space aside. What cannot be placed is listed, never taken over and never shown.

    Args:
        path: The file.
        cases: The cases with their segments.
        codebook: The codes.
        coder: Name to book the codings on.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        unreadable = _problem(
            "EX01", path.name, "The file cannot be read.", "Save it as UTF-8, one JSON object a line."
        )
        return Loaded(Foreign(coder, frozenset(), ()), (unreadable,))
    known = {case.id: (case, segments) for case, segments in cases}
    codes = {code.id: code.pole for code in codebook.codes}
    coded: set[str] = set()
    found: dict[tuple[str, int, int, str], Coding] = {}
    problems: list[Problem] = []
    unplaced = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        record = _record(line)
        problem = _mistake(record, where, known, codes)
        if record is not None and problem is None and "code" not in record:
            coded.add(record["case"])
            continue
        coding = None
        if record is not None and problem is None:
            case, segments = known[record["case"]]
            coded.add(case.id)
            coding = _placed(record, case, segments, codes, coder)
            if coding is None:
                message = "The quotation does not stand in the case, or stands there several times."
                problem = _problem("EX05", where, message, "Give start, or quote the text word for word.")
        if coding is not None:
            found.setdefault((coding.case, coding.start, coding.end, coding.code), coding)
        elif problem is not None:
            unplaced += 1
            problems.append(problem)
    return Loaded(Foreign(coder, frozenset(coded), tuple(found.values()), unplaced), tuple(problems))


def _problem(code: str, where: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.ERROR, where, message, hint)


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _mistake(
    record: dict[str, Any] | None,
    where: str,
    known: Mapping[str, object],
    codes: Mapping[str, object],
) -> Problem | None:
    if record is None or not isinstance(record.get("case"), str):
        return _problem("EX02", where, "The line is no coding.", "Write a JSON object with case, code and quote.")
    if record["case"] not in known:
        return _problem("EX03", where, "There is no such case in the corpus.", "Use the case's id, as in cases.csv.")
    if "code" not in record and "quote" not in record:
        return None
    if not isinstance(record.get("code"), str) or record["code"] not in codes:
        return _problem("EX04", where, "There is no such code in the codebook.", "Use the code's id.")
    fields: dict[str, type | tuple[type, ...]] = {
        "quote": str,
        "start": int,
        "before": bool,
        "confidence": (int, float),
        "assertion": str,
    }
    wrong = [name for name, kind in fields.items() if name in record and not isinstance(record[name], kind)]
    if wrong or not str(record.get("quote", "")).strip():
        return _problem("EX02", where, f"The coding's fields are wrong: {', '.join(wrong) or 'quote'}.", "See README.")
    if record.get("assertion", "affirmed") not in set(Assertion) - {Assertion.DOUBTFUL}:
        return _problem("EX02", where, "There is no such assertion.", "Use affirmed, negated, hypothetical or general.")
    return None


def _placed(
    record: Mapping[str, Any], case: Case, segments: Sequence[Segment], codes: Mapping[str, Pole], coder: str
) -> Coding | None:
    span = place_quote(case.text, str(record["quote"]), record.get("start"))
    if span is None:
        return None
    start, end = span
    segment = next((each for each in segments if each.start < end and start < each.end), None)
    if segment is None:
        return None
    return Coding(
        case=case.id,
        section=segment.section,
        segment=segment.id,
        start=start,
        end=end,
        quote=case.text[start:end],
        sentence=segment.text,
        code=record["code"],
        pole=codes[record["code"]],
        assertion=Assertion(record.get("assertion", "affirmed")),
        before=record.get("before", False),
        coder=coder,
        evidence=(),
        confidence=float(record.get("confidence", 1.0)),
    )


def place_quote(text: str, quote: str, start: int | None = None) -> tuple[int, int] | None:
    """Return where a quotation stands in a text, white space aside; None where it does not, or not just once.

    Args:
        text: The text.
        quote: The quotation.
        start: Where it is said to begin, in code points; None when that is not known.
    """
    import re

    form = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    if start is not None:
        met = form.match(text, start) if 0 <= start <= len(text) else None
        return met.span() if met else None
    places = [met.span() for met in form.finditer(text)]
    return places[0] if len(places) == 1 else None
