"""What lists and counts need of every case, kept per case and made anew only where somebody decided."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pipeline.model.codings import Status
from pipeline.review.settled import Flag
from pipeline.web.queues import Place, Say, Waiting, decided_by, lines_of, list_of, stale_line
from pipeline.web.workspace import CaseView, State, Workspace


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What lists show of a case.

    Attributes:
        codings: How many codings count in tables.
        suggestions: How many the machine suggests or people added, decided or not.
        open: Suggestions nobody has decided on.
        decided_by: How many codings each reviewer has decided on.
        lines: The lines of each list (see ``queues.LISTS``).
        codes: Codes that count in tables.
        open_codes: How many suggestions of each code are open.
    """

    codings: int
    suggestions: int
    open: int
    decided_by: Mapping[str, int]
    lines: Mapping[str, tuple[Waiting, ...]]
    codes: frozenset[str]
    open_codes: Mapping[str, int]


def summarize(view: CaseView, *, say: Say) -> CaseSummary:
    """Return what lists show of a case.

    Args:
        view: The case as the reviewer may see it.
        say: Tells a decision in the reviewer's language.
    """
    lines = lines_of(view, say=say)
    items = view.settled.items
    counted = [item.coding.code for item in items if item.coding is not None and item.coding.counts]
    return CaseSummary(
        codings=len(counted),
        suggestions=sum(bool(item.decisions) or Flag.OPEN in item.flags for item in items),
        open=open_count(view),
        decided_by=decided_by(view),
        lines=lines,
        codes=frozenset(counted),
        open_codes=Counter(line.code for line in lines["open"]),
    )


def open_count(view: CaseView) -> int:
    """Return how many suggestions of a case nobody has decided on."""
    return sum(
        Flag.OPEN in item.flags and item.coding is not None and item.coding.status is Status.SUGGESTED
        for item in view.settled.items
    )


class Overview:
    """All cases as one reviewer may see them at one moment.

    Args:
        cases: The summary of each case, by id.
        lost: Lines of decisions on cases that are no longer there.
    """

    def __init__(self, cases: Mapping[str, CaseSummary], lost: tuple[Waiting, ...] = ()) -> None:
        self.cases = cases
        self._lost = lost
        self.counts: Counter[str] = Counter()
        self.cases_with: Counter[str] = Counter()
        self.open_codes: Counter[str] = Counter()
        self.decided_by: Counter[str] = Counter()
        self.suggestions = 0
        for summary in cases.values():
            for kind, lines in summary.lines.items():
                if lines:
                    self.counts[kind] += len(lines)
            self.cases_with.update(summary.codes)
            for code, count in summary.open_codes.items():
                self.open_codes[code] += count
            for name, count in summary.decided_by.items():
                self.decided_by[name] += count
            self.suggestions += summary.suggestions
        self.counts["stale"] += len(lost)
        self.counts["doubtful"] = self.counts["open"]

    def lines(self, kind: str, *, code: str = "", case: str = "", after: str = "") -> Iterator[Waiting]:
        """Yield the lines of a queue by case.

        Args:
            kind: One of ``queues.KINDS``, or ``coded``.
            code: Only this code; empty for all.
            case: Only this case; empty for all.
            after: Pass over cases before this one.
        """
        name = list_of(kind)
        chosen = [self.cases[case]] if case in self.cases else [] if case else self._from(after)
        every = chain.from_iterable(summary.lines[name] for summary in chosen)
        lost = self._lost if name == "stale" and not case else ()
        for line in chain(every, lost):
            if not code or line.code == code:
                yield line

    def _from(self, after: str) -> list[CaseSummary]:
        return [summary for name, summary in self.cases.items() if name >= after]

    def codes_in(self, kind: str, *, case: str = "") -> Counter[str]:
        """Return how many lines of a queue each code has."""
        if list_of(kind) == "open" and not case:
            return self.open_codes
        return Counter(line.code for line in self.lines(kind, case=case))

    def page(self, kind: str, *, first: int, size: int, code: str = "", case: str = "") -> tuple[list[Waiting], int]:
        """Return a page of a queue, and how many lines the queue has.

        Args:
            kind: One of ``queues.KINDS``, or ``coded``.
            first: Place of the page's first line, from 0.
            size: Lines of a page.
            code: Only this code.
            case: Only this case.
        """
        lines = list(self.lines(kind, code=code, case=case))
        if kind == "doubtful":
            wanted = heapq.nsmallest(first + size, lines, key=lambda line: line.place(kind))
            return wanted[first:], len(lines)
        return lines[first : first + size], len(lines)

    def beside(self, kind: str, place: Place, *, back: bool = False, code: str = "", case: str = "") -> Waiting | None:
        """Return the line after a place in a queue, or before it; None at the end.

        Args:
            kind: One of ``queues.KINDS``.
            place: The place (see ``Waiting.place``).
            back: True for the line before.
            code: Only this code.
            case: Only this case.
        """

        def key(line: Waiting) -> Place:
            return line.place(kind)

        in_order = kind != "doubtful" and not back
        lines = self.lines(kind, code=code, case=case, after=place[1] if in_order else "")
        beyond = (line for line in lines if line.sentence and (key(line) < place if back else key(line) > place))
        return max(beyond, key=key, default=None) if back else min(beyond, key=key, default=None)


class Overviews:
    """The overview of each reviewer, in step with the log; threads share it.

    Args:
        work: The project with its review.
        say: Tells a decision in the reviewers' language.
    """

    def __init__(self, work: Workspace, *, say: Say) -> None:
        self._work = work
        self._say = say
        self._turn = 0
        self._summaries: dict[tuple[str, str], tuple[State, CaseSummary]] = {}
        self._overviews: dict[str, tuple[int, Overview]] = {}

    def of(self, viewer: str, upto: int, *, progress: Callable[[str, int, int], None] | None = None) -> Overview:
        """Return a reviewer's overview.

        Args:
            viewer: Name of the reviewer.
            upto: The log's last number.
            progress: Told how far the work is.
        """
        if self._turn != self._work.turn:
            self._turn = self._work.turn
            self._summaries, self._overviews = {}, {}
        there = self._overviews.get(viewer)
        if there is not None and there[0] == upto:
            return there[1]
        cases = {}
        for case in self._work.cases:
            cases[case] = self.summary(case, viewer)
            if progress:
                progress("Settling", len(cases), len(self._work.cases))
        lost = tuple(stale_line(each, say=self._say) for each in self._work.lost())
        made = Overview(cases, lost)
        self._overviews[viewer] = (upto, made)
        return made

    def summary(self, case: str, viewer: str) -> CaseSummary:
        """Return a case's summary for a reviewer."""
        key = (case, self._work.eyes(case, viewer))
        state = self._work.state(case)
        there = self._summaries.get(key)
        if there is not None and there[0] == state:
            return there[1]
        made = summarize(self._work.view(case, viewer), say=self._say)
        self._summaries[key] = (state, made)
        return made
