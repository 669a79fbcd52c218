"""Reading a reference: cases whose sentences were coded by hand, one case a line of JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.coding.labelled import Labelled, Source
from pipeline.model.cases import Cluster
from pipeline.model.codes import core_code
from pipeline.model.problems import Loaded, Problem, Severity
from pipeline.model.wording import count_of

SECTIONS = ("course", "organisation", "challenges", "result", "outlook")
"""The sections of the template in order; a reference numbers them from 1."""

_CLUSTERS = tuple(cluster.value for cluster in Cluster)


def read_reference(path: Path, *, details: bool = False) -> Loaded[tuple[Labelled, ...]]:
    """Read the coded sentences of a reference.

    A line holds ``case``, ``cluster``, and ``sentences`` with ``text``, ``section`` (1 to 5, as in the template),
    ``codes``, ``also`` (codes that one of two coders gave) and ``before``. The group of a sentence is its case's first
    letter, which stands for the municipality.

    Args:
        path: The file, ``gold.jsonl``.
        details: True to keep detail codes as they are, False to read each as its core code.

    Returns:
        The sentences in the file's order; a line that is damaged is left out with a Problem.
    """
    try:
        # JSON may hold what other programs take for ends of lines, such as U+2028
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return Loaded((), (_error("CO20", path.name, "The reference cannot be read.", "Save it as UTF-8."),))
    sentences: list[Labelled] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        try:
            read = _Case(json.loads(line), details=details)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            problems.append(_error("CO21", where, "The line is no coded case.", "Write one JSON object a line."))
            continue
        if read.name in seen:
            problems.append(_error("CO22", where, "The case stands in the reference twice.", "Delete one of them."))
            continue
        seen.add(read.name)
        sentences.extend(read.sentences)
        problems.extend(read.problems(where))
    return Loaded(tuple(sentences), tuple(problems))


def lost_sentences(sentences: Sequence[Labelled], spans: Sequence[object | None]) -> list[str]:
    """Return the ids of sentences that stand nowhere in their case; a mere dash or the like is none.

    Args:
        sentences: Sentences of a case.
        spans: Where each of them stands, None for nowhere.
    """
    return [
        each.id for each, span in zip(sentences, spans, strict=True) if span is None and re.search(r"\w", each.text)
    ]


def lost_problem(file: str, lost: Sequence[str]) -> Problem:
    """Return what tells that sentences of a reference stand nowhere in their cases.

    Args:
        file: Name of the reference.
        lost: Ids of the sentences.
    """
    stand = count_of(len(lost), "sentence stands", "sentences stand")
    names = ", ".join(lost[:5]) + (", ..." if lost[5:] else "")
    message = f"{stand} nowhere in the case, so what was coded there is not compared: {names}."
    return Problem("CO25", Severity.WARNING, file, message, "Write them word for word as in the case.")


def missing_cases(file: str, missing: Sequence[str], unread: Iterable[Problem]) -> list[Problem]:
    """Return what tells that cases of a reference are left out: those that could not be read, and those not there.

    Args:
        file: Name of the reference.
        missing: Ids of the cases.
        unread: What was wrong with files of the corpus.
    """
    errors = [PurePosixPath(each.where).name for each in unread if each.severity is Severity.ERROR]
    damaged = [name for name in missing if any(each.startswith(f"{name}.") for each in errors)]
    absent = [name for name in missing if name not in damaged]
    told = (
        (damaged, "could not be read and is", "could not be read and are", "Mend the files; casepath check tells how."),
        (absent, "is not in the corpus and", "are not in the corpus and", "Put the files into the corpus."),
    )
    found = []
    for names, one, many, hint in told:
        if names:
            what = count_of(len(names), f"case {one}", f"cases {many}")
            some = ", ".join(names[:5]) + (", ..." if names[5:] else "")
            found.append(Problem("CO23", Severity.WARNING, file, f"{what} left out: {some}.", hint))
    return found


def _error(code: str, where: str, message: str, hint: str) -> Problem:
    return Problem(code, Severity.ERROR, where, message, hint)


class _Case:
    """One line of a reference, read; raises what comes of it where it holds no coded case."""

    def __init__(self, record: Any, *, details: bool) -> None:  # noqa: ANN401 - straight from JSON
        self.name = _name(record["case"])
        given = record.get("cluster")
        self.cluster = given if given in _CLUSTERS else ""
        self.unknown_cluster = bool(given) and not self.cluster
        self.unnumbered = 0
        self.details = details
        self.ids: set[str] = set()
        self.sentences = [self._sentence(each, number) for number, each in enumerate(record["sentences"], start=1)]

    def _sentence(self, record: Any, number: int) -> Labelled:  # noqa: ANN401 - straight from JSON
        section = record["section"]
        known = isinstance(section, int) and not isinstance(section, bool) and 1 <= section <= len(SECTIONS)
        self.unnumbered += not known
        own = str(record.get("id", number))
        own = f"{own}:{number}" if own in self.ids else own
        self.ids.add(own)
        return Labelled(
            id=f"{self.name}:{own}",
            case=self.name,
            text=_text(record["text"]),
            codes=self._codes(record["codes"]),
            fringe=self._codes(record.get("also") or []),
            before=self._codes(record.get("before") or []),
            section=SECTIONS[section - 1] if known else "",
            cluster=self.cluster,
            group=group_of(self.name),
            source=Source.REFERENCE,
        )

    def _codes(self, codes: Any) -> frozenset[str]:  # noqa: ANN401 - straight from JSON
        if not isinstance(codes, list):
            raise TypeError
        return frozenset(_text(code) if self.details else core_code(_text(code)) for code in codes)

    def problems(self, where: str) -> list[Problem]:
        """Return what was read with a gap."""
        found = []
        if self.unknown_cluster:
            hint = f"Known are {', '.join(_CLUSTERS)}."
            found.append(Problem("CO34", Severity.WARNING, where, "The case's cluster is unknown.", hint))
        if self.unnumbered:
            have = count_of(self.unnumbered, "sentence of the case has", "sentences of the case have")
            message = f"{have} a section that is no number from 1 to {len(SECTIONS)}."
            names = ", ".join(f"{number} {name}" for number, name in enumerate(SECTIONS, start=1))
            found.append(_error("CO24", where, message, f"Number the sections of the template: {names}."))
        return found


def group_of(case: str) -> str:
    """Return what a case is held out with in a cross-validation: the first letter of its id, its municipality's.

    Args:
        case: Id of the case.
    """
    return case[:1]


def _name(value: Any) -> str:  # noqa: ANN401 - straight from JSON
    """Return the id of a case; a file called 1.docx may be given as a number."""
    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    if not name:
        raise ValueError
    return name


def _text(value: Any) -> str:  # noqa: ANN401 - straight from JSON
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON may hold halves of letters, which nothing can write: UnicodeEncodeError is a ValueError
    return value
