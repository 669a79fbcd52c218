"""What lists and counts need of every case, kept per case and made anew only where somebody decided."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter

from pipeline.model.codings import Status
from pipeline.review.settled import Flag
from pipeline.web.queues import Place, Say, Waiting, decided_by, lines_of, list_of, stale_line
from pipeline.web.workspace import CaseView, State, Workspace

_FIRST = itemgetter(0)

_FEW = 50
"""Cases changed at once up to which the lines of each are put in their places; beyond, all are sorted anew."""


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
        cases: The summary of each case, by id, in order.
        lost: Lines of decisions on cases that are no longer there.
        before: The overview of the moment before; only what differs from it is counted anew.
    """

    def __init__(
        self, cases: dict[str, CaseSummary], lost: tuple[Waiting, ...] = (), before: "Overview | None" = None
    ) -> None:
        self.cases = cases
        self._lost = lost
        old: dict[str, CaseSummary] = {}
        if before is not None and before.cases.keys() == cases.keys():
            old = before.cases
        self._changed = {name for name, summary in cases.items() if old.get(name) is not summary}
        self._before = before if old else None
        kept = self._before
        self.counts: Counter[str] = Counter(kept.counts if kept else ())
        self.cases_with: Counter[str] = Counter(kept.cases_with if kept else ())
        self.open_codes: Counter[str] = Counter(kept.open_codes if kept else ())
        self.decided_by: Counter[str] = Counter(kept.decided_by if kept else ())
        self.suggestions: int = kept.suggestions if kept else 0
        for name in self._changed:
            if name in old:
                self._count(old[name], -1)
            self._count(cases[name], 1)
        self.counts["stale"] += len(lost) - (len(kept._lost) if kept else 0)
        self.counts["doubtful"] = self.counts["open"]
        self._doubtful: list[tuple[Place, Waiting]] | None = None

    def _count(self, summary: CaseSummary, sign: int) -> None:
        for kind, lines in summary.lines.items():
            self.counts[kind] += sign * len(lines)
        for code in summary.codes:
            self.cases_with[code] += sign
        for code, count in summary.open_codes.items():
            self.open_codes[code] += sign * count
        for name, count in summary.decided_by.items():
            self.decided_by[name] += sign * count
        self.suggestions += sign * summary.suggestions

    @property
    def doubtful(self) -> list[tuple[Place, Waiting]]:
        """All open lines with their places, most doubtful first."""
        if self._doubtful is None:
            before = self._before
            if before is None or before._doubtful is None or len(self._changed) > _FEW:
                every = chain.from_iterable(summary.lines["open"] for summary in self.cases.values())
                self._doubtful = sorted(((line.place("doubtful"), line) for line in every), key=_FIRST)
            else:
                held = list(before._doubtful)
                for name in self._changed:
                    for line in before.cases[name].lines["open"]:
                        del held[bisect_left(held, line.place("doubtful"), key=_FIRST)]
                    for line in self.cases[name].lines["open"]:
                        insort(held, (line.place("doubtful"), line), key=_FIRST)
                self._doubtful = held
        return self._doubtful

    def settle(self) -> None:
        """Let go of the overview before."""
        if self._before is not None and self._before._doubtful is not None:
            _ = self.doubtful
        self._before = None

    def lines(self, kind: str, *, code: str = "", case: str = "") -> Iterator[Waiting]:
        """Yield the lines of a queue in order.

        Args:
            kind: One of ``queues.KINDS``, or ``coded``.
            code: Only this code; empty for all.
            case: Only this case; empty for all.
        """
        if kind == "doubtful":
            every: Iterator[Waiting] = (pair[1] for pair in self.doubtful if not case or pair[1].case == case)
        else:
            every = chain.from_iterable(summary.lines[kind] for summary in self._having(kind, code, case))
            if kind == "stale" and not case:
                every = chain(every, self._lost)
        return (line for line in every if line.code == code) if code else every

    def _having(self, kind: str, code: str, case: str) -> Iterator[CaseSummary]:
        """The cases that may have lines of a code."""
        chosen = [self.cases[case]] if case in self.cases else () if case else self.cases.values()
        for summary in chosen:
            held = summary.codes if kind == "coded" else summary.open_codes if kind == "open" else ()
            if not code or code in held or kind not in ("coded", "open"):
                yield summary

    def codes_in(self, kind: str, *, case: str = "") -> Counter[str]:
        """Return how many lines of a queue each code has."""
        if list_of(kind) == "open":
            return self.open_codes if not case else Counter(self.cases[case].open_codes if case in self.cases else ())
        return Counter(line.code for line in self.lines(kind, case=case))

    def total(self, kind: str, *, code: str = "", case: str = "") -> int:
        """Return how many lines a queue has.

        Args:
            kind: One of ``queues.KINDS``, or ``coded``.
            code: Only this code.
            case: Only this case.
        """
        if not code and not case:
            return self.counts[kind]
        if list_of(kind) == "open":
            codes = self.codes_in(kind, case=case)
            return codes[code] if code else codes.total()
        return sum(1 for _ in self.lines(kind, code=code, case=case))

    def page(self, kind: str, *, first: int, size: int, code: str = "", case: str = "") -> list[Waiting]:
        """Return a page of a queue.

        Args:
            kind: One of ``queues.KINDS``, or ``coded``.
            first: Place of the page's first line, from 0.
            size: Lines of a page.
            code: Only this code.
            case: Only this case.
        """
        return list(islice(self.lines(kind, code=code, case=case), first, first + size))

    def beside(self, kind: str, place: Place, *, back: bool = False, code: str = "", case: str = "") -> Waiting | None:
        """Return the line after a place in a queue, or before it; None at the end.

        Args:
            kind: One of ``queues.KINDS``.
            place: The place (see ``Waiting.place``).
            back: True for the line before.
            code: Only this code.
            case: Only this case.
        """
        beyond = self._beyond(kind, place, back)
        fits = (line for line in beyond if (not code or line.code == code) and (not case or line.case == case))
        return next((line for line in fits if line.sentence), None)

    def _beyond(self, kind: str, place: Place, back: bool) -> Iterator[Waiting]:
        """The lines after a place in order, or before it, the nearest first."""
        if kind == "doubtful":
            every = self.doubtful
            at = bisect_left(every, place, key=_FIRST) if back else bisect_right(every, place, key=_FIRST)
            for number in range(at - 1, -1, -1) if back else range(at, len(every)):
                yield every[number][1]
            return
        for name in reversed(self.cases) if back else self.cases:
            if name > place[1] if back else name < place[1]:
                continue
            lines = self.cases[name].lines[kind]
            for line in reversed(lines) if back else lines:
                if line.place(kind) < place if back else line.place(kind) > place:
                    yield line


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
        # colleagues see most cases alike: an overview of somebody else's is a good beginning too
        nearest = there or next(iter(self._overviews.values()), None)
        made = Overview(cases, lost, nearest[1] if nearest is not None else None)
        made.settle()
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
