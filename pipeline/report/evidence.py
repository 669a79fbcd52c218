"""From a number to the cases and quotations behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.model.codes import Codebook, core_code, say
from pipeline.model.codings import Coding
from pipeline.patterns.tables import Cell, Table, heading_path
from pipeline.report.quotes import SHORT, is_reviewed


@dataclass(frozen=True, slots=True)
class Evidence:
    """The clearest coding of each code in each case.

    Attributes:
        best: (code, case) to its coding; a detail code counts for its core code too.
    """

    best: dict[tuple[str, str], Coding]

    def quote(self, code: str, case: str) -> str:
        """Return the sentence that shows a code in a case, empty where there is none."""
        found = self.best.get((code, case))
        return found.sentence.strip() if found else ""


def find_evidence(codings: Iterable[Coding]) -> Evidence:
    """Choose the clearest coding of each code in each case: reviewed, of the course, sure, of a readable length.

    Args:
        codings: Settled codings; only those that count are looked at.
    """
    best: dict[tuple[str, str], Coding] = {}
    for coding in codings:
        if coding.counts:
            for code in {coding.code, core_code(coding.code)}:
                key = (code, coding.case)
                if key not in best or _rank(coding) < _rank(best[key]):
                    best[key] = coding
    return Evidence(best)


def _rank(coding: Coding) -> tuple[object, ...]:
    short = len(coding.sentence) < SHORT
    return (not is_reviewed(coding), coding.before, short, -round(coding.confidence, 2), coding.start, coding.code)


def code_of(cell: Cell) -> str:
    """Return the code that a cell counts, empty where it counts something else."""
    return dict(cell.query).get("code", "")


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind the numbers of some tables, line by line; the lines of one number stand together.

    Attributes:
        lines: What is counted, the case, the code (empty where something else is counted), and its quotation.
        places: (code, cases) of a number to the place of its first line.
    """

    lines: tuple[tuple[str, str, str, str], ...] = ()
    places: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def place(self, cell: Cell) -> int | None:
        """Return the place of a number's first line, None where it has no lines."""
        return self.places.get((code_of(cell), cell.cases))


def lines_behind(tables: Iterable[Table], codings: Iterable[Coding], codebook: Codebook, lang: str) -> Behind:
    """Line up the cases behind each number, so that a number can lead to its own lines and no others.

    Args:
        tables: The tables; a number that stands in two of them has its lines once.
        codings: Settled codings, for the quotations.
        codebook: Names the codes.
        lang: ``da`` or ``en``.
    """
    evidence = find_evidence(codings)
    labels = {code.id: say(code.label, lang) for code in codebook.codes}
    lines: list[tuple[str, str, str, str]] = []
    places: dict[tuple[str, tuple[str, ...]], int] = {}
    for table in tables:
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                code = code_of(cell)
                if not cell.cases or (code, cell.cases) in places:
                    continue
                places[code, cell.cases] = len(lines)
                path = " · ".join(say(heading.label, lang) for heading in heading_path(table, column))
                counted = f"{labels.get(code) or say(row.label, lang)} · {path}"
                lines += [(counted, case, code, evidence.quote(code, case)) for case in cell.cases]
    return Behind(tuple(lines), places)
