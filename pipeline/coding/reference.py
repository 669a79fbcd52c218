"""Reading a reference: cases whose sentences were coded by hand, one case a line of JSON."""

import json
from pathlib import Path
from typing import Any

from pipeline.coding.labelled import Labelled, Source, core
from pipeline.model.problems import Loaded, Problem, Severity

SECTIONS = ("course", "organisation", "challenges", "result", "outlook")
"""The sections of the template in order; a reference numbers them."""


def read_reference(path: Path) -> Loaded[tuple[Labelled, ...]]:
    """Read the coded sentences of a reference.

    A line holds ``case``, ``cluster``, and ``sentences`` with ``text``, ``section`` (its number), ``codes``, ``also``
    (codes that one of two coders gave) and ``before``. The group of a sentence is its case's first letter, which
    stands for the municipality.

    Args:
        path: The file, ``gold.jsonl``.

    Returns:
        The sentences in the file's order; a line that is damaged is left out with a Problem.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return Loaded((), (_problem("CO20", path.name, "The reference cannot be read.", "Save it as UTF-8."),))
    sentences: list[Labelled] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        try:
            case = json.loads(line)
            read = _sentences(case)
        except (ValueError, KeyError, TypeError, AttributeError):
            problems.append(_problem("CO21", where, "The line is no coded case.", "Write one JSON object a line."))
            continue
        if case["case"] in seen:
            problems.append(_problem("CO22", where, "The case stands in the reference twice.", "Delete one of them."))
            continue
        seen.add(case["case"])
        sentences.extend(read)
    return Loaded(tuple(sentences), tuple(problems))


def _problem(code: str, where: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.ERROR, where, message, hint)


def _sentences(case: dict[str, Any]) -> list[Labelled]:
    name = str(case["case"])
    first = min((int(sentence["section"]) for sentence in case["sentences"]), default=1)
    found = []
    for number, sentence in enumerate(case["sentences"], start=1):
        if not isinstance(sentence["text"], str):
            raise TypeError
        place = int(sentence["section"]) - first
        found.append(
            Labelled(
                id=f"{name}:{sentence.get('id', number)}",
                case=name,
                text=sentence["text"],
                codes=_codes(sentence["codes"]),
                fringe=_codes(sentence.get("also", ())),
                before=_codes(sentence.get("before", ())),
                section=SECTIONS[place] if place < len(SECTIONS) else SECTIONS[-1],
                cluster=str(case.get("cluster", "")),
                group=group_of(name),
                source=Source.REFERENCE,
            )
        )
    return found


def group_of(case: str) -> str:
    """Return what a case is held out with in a cross-validation: the first letter of its id, its municipality's.

    Args:
        case: Id of the case.
    """
    return case[:1]


def _codes(codes: Any) -> frozenset[str]:  # noqa: ANN401 - straight from JSON
    if isinstance(codes, str):
        raise TypeError
    return frozenset(core(str(code)) for code in codes)
