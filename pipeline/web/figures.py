"""Tables and graph of what holds now, put together beside the work: pages show the last ones until new ones stand."""

import base64
import hashlib
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.graph.build import build_graph
from pipeline.graph.write import graph_files
from pipeline.model.codings import Coding, by_case
from pipeline.patterns.tables import Table
from pipeline.progression.assessments import with_assessments
from pipeline.report.content import build_report
from pipeline.web.workspace import Workspace

_INLINE = re.compile(rb"<script(?: [^>]*)?>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Findings:
    """What follows from the codings at one moment.

    Attributes:
        mark: Tells the moment: the log's number and the turn of the workspace.
        tables: The tables of the report by id.
        codings: Codings that count, by case.
        graph: The graph as a page of its own.
        graph_scripts: The digests of its scripts, as a Content-Security-Policy names them.
    """

    mark: tuple[int, int]
    tables: Mapping[str, Table]
    codings: Mapping[str, tuple[Coding, ...]]
    graph: bytes
    graph_scripts: tuple[str, ...] = ()


def find(work: Workspace, mark: tuple[int, int]) -> Findings:
    """Put tables and graph together.

    Blind codings that are not locked are in nobody's findings: these are the same for everybody.

    Args:
        work: The project with its review.
        mark: What to note as the moment.
    """
    cases = list(work.cases.values())
    codings = [coding for view in work.views("") for coding in view.settled.codings]
    judged = [each for case in cases for each in work.assessments(case.id, "")]
    digests = {case.id: case.digest for case in cases}
    outcomes = with_assessments(work.outcomes.all(), judged, digests=digests)
    graph = build_graph(cases, codings, outcomes, work.codebook)
    lang = work.project.language
    report = build_report(cases, codings, outcomes, work.codebook, graph=graph, lang=lang)
    page = graph_files(graph, ["html"], lang=lang)["graph.html"]
    counted = by_case(coding for coding in codings if coding.counts)
    held = {case: tuple(each) for case, each in counted.items()}
    return Findings(mark, dict(report.tables), held, page, _digests(page))


def _digests(page: bytes) -> tuple[str, ...]:
    """The digests of the scripts in a page."""
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE.findall(page))
    return tuple(f"'sha256-{each}'" for each in digests)


class Figures:
    """The findings of a workspace, made anew in a thread of their own when somebody asks after decisions.

    Args:
        work: The project with its review.
    """

    def __init__(self, work: Workspace) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._last: Findings | None = None
        self.failed = False

    def latest(self, upto: int) -> tuple[Findings | None, bool]:
        """Return the last findings, None before the first, and whether they are those of the present moment.

        Args:
            upto: The log's last number.
        """
        mark = (upto, self._work.turn)
        last = self._last
        if last is not None and last.mark == mark:
            return last, True
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._make, args=(mark,), name="casepath-findings", daemon=True)
                self._thread.start()
        return last, False

    def wait(self, seconds: float | None = None) -> None:
        """Wait until what is being made is made.

        Args:
            seconds: How long at most; None for as long as it takes.
        """
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _make(self, mark: tuple[int, int]) -> None:
        try:
            self._last = find(self._work, mark)
            self.failed = False
        except Exception as error:
            # a thread has nobody to raise to: the page tells that it failed
            self.failed = True
            where = "".join(traceback.format_tb(error.__traceback__)[-4:])
            sys.stderr.write(f"casepath serve: {type(error).__name__} while making the tables\n{where}")
