"""The project on the desk: cases, codebook and the machine's suggestions in memory, kept in step with the review."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.exchange.jsonl import read_codings
from pipeline.language.segments import split_case
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Code, Codebook
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.model.review import BLIND, REVIEW, Assessment, Assignment, Decision, Verdict
from pipeline.progression.load import load_outcome_rules
from pipeline.progression.outcome import settle_outcomes
from pipeline.project import Project, read_cases, usable_codebook
from pipeline.review.assignments import hides_machine, visible_assessments, visible_decisions
from pipeline.review.resolve import live_decisions, resolve
from pipeline.review.settled import Settled
from pipeline.review.store import ReviewStore

MACHINE = frozenset({"combined", "rules", "model"})
"""Coders that are no persons."""

SUGGESTIONS = "suggestions.jsonl"


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as one reviewer may see it now.

    Attributes:
        case: The case.
        segments: Its segments.
        settled: What holds after the decisions that the reviewer may see.
        decisions: Those decisions, undos too, in the order of the log.
        blind: True while the reviewer codes it blind: nothing of others is in it.
        layer: Layer in which the reviewer's decisions are written.
    """

    case: Case
    segments: tuple[Segment, ...]
    settled: Settled
    decisions: tuple[Decision, ...]
    blind: bool
    layer: str

    def number_of(self, segment: str) -> int:
        """Return a segment's number in the case, from 1; 0 when it is none of it."""
        return next((number for number, each in enumerate(self.segments, start=1) if each.id == segment), 0)


class Workspace:
    """A project open for review; threads share it.

    Args:
        project: The project.
        store: Its review store.

    Raises:
        PipelineError: The codebook has errors.
        OSError: The outputs cannot be read; ``casepath run`` writes them.
    """

    def __init__(self, project: Project, store: ReviewStore) -> None:
        self.project = project
        self.store = store
        self._lock = threading.RLock()
        self._views: dict[tuple[str, str], tuple[tuple[int, int], CaseView]] = {}
        self._load()

    # ---- what does not change while people review
    def _load(self) -> None:
        self.codebook, _ = usable_codebook(self.project)
        self._name = "da" if self.project.language == "da" else "en"
        self.codes: dict[str, Code] = {code.id: code for code in self.codebook.codes}
        self.rules = {rule.id: rule for rule in self.codebook.rules}
        self.poles = {code.id: code.pole for code in self.codebook.codes}
        self.themes = {code.id: n for n, theme in enumerate(self.codebook.themes) for code in theme.codes}
        read = read_cases(self.project, self.codebook)
        self.cases: dict[str, Case] = {case.id: case for case in sorted(read.value, key=lambda case: case.id)}
        self.segments = {case.id: split_case(case) for case in self.cases.values()}
        self._file = self.project.outputs / SUGGESTIONS
        self._stamp = self._file.stat().st_mtime_ns
        suggested: defaultdict[str, list[Coding]] = defaultdict(list)
        for coding in read_codings(self._file):
            if coding.case in self.cases:
                suggested[coding.case].append(coding)
        self.suggested: Mapping[str, Sequence[Coding]] = suggested
        self.outcomes = self._machine_outcomes(self.codebook)
        self._decisions: defaultdict[str, list[Decision]] = defaultdict(list)
        self._assessments: defaultdict[str, list[Assessment]] = defaultdict(list)
        self._case_of: dict[int, str] = {}
        self._assignments: tuple[Assignment, ...] = ()
        self._assigned = 0
        self._read_upto = 0
        self._views.clear()

    def _machine_outcomes(self, codebook: Codebook) -> dict[str, Outcome]:
        rules = load_outcome_rules(self.project.codebook, codes=[code.id for code in codebook.codes])
        codings = [coding for each in self.suggested.values() for coding in each]
        return {each.case: each for each in settle_outcomes(list(self.cases.values()), codings, rules.value)}

    def label(self, code: str) -> str:
        """Return a code's label in the project's language; its id when the codebook has no such code."""
        found = self.codes.get(code)
        return str(getattr(found.label, self._name)) if found else code

    # ---- what does
    def sync(self) -> int:
        """Take in what was written to the store since, and a new run of casepath; return the log's last number."""
        with self._lock:
            if self._file.is_file() and self._file.stat().st_mtime_ns != self._stamp:
                self._load()
            last = self.store.last_number()
            if last == self._read_upto:
                return last
            for decision in self.store.decisions(since=self._read_upto):
                for case in self._cases_of(decision):
                    self._decisions[case].append(decision)
                    self._case_of[decision.number] = case
            for assessment in self.store.assessments(since=self._read_upto):
                self._assessments[assessment.case].append(assessment)
            held = self.store.assignments()
            if held != self._assignments:
                self._assignments = held
                self._assigned += 1
            self._read_upto = last
            return last

    def _cases_of(self, decision: Decision) -> tuple[str, ...]:
        if decision.anchor is not None:
            return (decision.anchor.case,)
        return tuple(sorted({self._case_of[number] for number in decision.undoes if number in self._case_of}))

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Who codes which case."""
        return self._assignments

    def held(self, case: str, reviewer: str) -> tuple[Assignment, ...]:
        """Return a reviewer's assignments of a case."""
        return tuple(each for each in self._assignments if each.case == case and each.reviewer == reviewer)

    def blind_coders(self, case: str) -> tuple[str, ...]:
        """Return who codes a case blind, or did."""
        return tuple(each.reviewer for each in self._assignments if each.case == case and each.layer == BLIND)

    def blind(self, case: str, viewer: str) -> bool:
        """Say whether a reviewer codes a case blind and has not locked it."""
        return hides_machine(self._assignments, case=case, viewer=viewer)

    def view(self, case_id: str, viewer: str) -> CaseView:
        """Return a case as a reviewer may see it now.

        Args:
            case_id: Id of the case.
            viewer: Name of the reviewer.

        Raises:
            KeyError: There is no such case.
        """
        with self._lock:
            case = self.cases[case_id]
            decisions = self._decisions.get(case_id, [])
            whose = viewer if any(each.case == case_id for each in self._assignments) else ""
            state = (decisions[-1].number if decisions else 0, self._assigned)
            held = self._views.get((case_id, whose))
            if held is not None and held[0] == state:
                return held[1]
            blind = self.blind(case_id, viewer)
            visible = visible_decisions(decisions, self._assignments, case=case_id, viewer=viewer)
            settled = resolve(
                [(case, self.segments[case_id])],
                () if blind else self.suggested.get(case_id, ()),
                visible,
                poles=self.poles,
                assignments=self._assignments,
                texts=self._old_texts(visible, case),
                blind_of=viewer if blind else "",
            )
            layer = BLIND if blind else REVIEW
            found = CaseView(case, tuple(self.segments[case_id]), settled, visible, blind, layer)
            self._views[case_id, whose] = (state, found)
            return found

    def _old_texts(self, decisions: Iterable[Decision], case: Case) -> dict[str, str]:
        """The earlier texts that decisions were made in; most projects have none."""
        wanted = {each.anchor.text_digest for each in decisions if each.anchor} - {case.digest}
        texts = {digest: self.store.text(digest) for digest in wanted}
        return {digest: text for digest, text in texts.items() if text is not None}

    def views(self, viewer: str) -> tuple[CaseView, ...]:
        """Return all cases as a reviewer may see them now, by id."""
        return tuple(self.view(case, viewer) for case in self.cases)

    def own_last(self, case_id: str, viewer: str) -> tuple[Decision, ...]:
        """Return the reviewer's last live decision on a case, or all of its batch; empty when there is none."""
        with self._lock:
            own = [each for each in live_decisions(self._decisions.get(case_id, ())) if each.reviewer == viewer]
            if not own:
                return ()
            last = own[-1]
            return tuple(each for each in own if last.batch and each.batch == last.batch) or (last,)

    def assessments(self, case_id: str, viewer: str) -> tuple[Assessment, ...]:
        """Return the assessments of a case that a reviewer may see, oldest first."""
        with self._lock:
            return visible_assessments(self._assessments.get(case_id, ()), self._assignments, viewer=viewer)

    def progress(self) -> tuple[tuple[str, int, int], ...]:
        """Return for each reviewer how many cases are done of those assigned: (name, done, all)."""
        given: Counter[str] = Counter(each.reviewer for each in self._assignments)
        done: Counter[str] = Counter(each.reviewer for each in self._assignments if each.locked)
        return tuple((name, done[name], given[name]) for name in sorted(given))

    def decided_on(self, view: CaseView, wanted: Callable[[Decision], bool]) -> bool:
        """Say whether any live decision on a case answers a question with True."""
        return any(wanted(each) for each in live_decisions(view.decisions) if each.verdict is not Verdict.COMMENT)
