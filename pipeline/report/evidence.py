"""From a number to the cases and quotations behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.codings import Coding
from pipeline.patterns.table import rolled_up
from pipeline.patterns.tables import Cell
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
            for code in {coding.code, rolled_up(coding.code)}:
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
