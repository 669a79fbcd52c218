"""The project on the desk, kept in step with the review: what each reviewer may see of each case now."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import PipelineError
from pipeline.model.cases import Case, Segment
from pipeline.model.review import BLIND, REVIEW, Assessment, Assignment, Decision
from pipeline.project import Progress
from pipeline.review.assignments import hides_machine, visible_assessments, visible_decisions
from pipeline.review.carry import CodeMap, code_map
from pipeline.review.live import live_decisions
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled
from pipeline.review.store import ReviewStore
from pipeline.settings import Project
from pipeline.web.opened import Opened, read_opened, suggestions_stamp


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as one reviewer may see it now.

    Attributes:
        case: The case.
        segments: Its segments.
        numbers: The number of each segment, from 1, by its id.
        settled: What holds after the decisions that the reviewer may see.
        decisions: Those decisions, undos too, in the order of the log.
        blind: True while the reviewer codes it blind: nothing of others is in it.
        layer: Layer in which the reviewer's decisions are written.
    """

    case: Case
    segments: tuple[Segment, ...]
    numbers: Mapping[str, int]
    settled: Settled
    decisions: tuple[Decision, ...]
    blind: bool
    layer: str


State = tuple[int, tuple[Assignment, ...], int]
"""What a view follows from beside the project: its last decision, its assignments, the codebooks known."""


class Workspace:
    """A project open for review; threads share it.

    Args:
        project: The project.
        store: Its review store.
        progress: Told how far the reading is.
        opened: The project as it was read already; left out to read it.

    Raises:
        PipelineError: The codebook has errors.
        OSError: The outputs cannot be read; ``casepath run`` writes them.
    """

    def __init__(
        self,
        project: Project,
        store: ReviewStore,
        *,
        progress: Progress | None = None,
        opened: Opened | None = None,
    ) -> None:
        self.project = project
        self.store = store
        self._lock = threading.RLock()
        self._reading = threading.Lock()
        self._name = "da" if project.language == "da" else "en"
        stamp = suggestions_stamp(project)
        self._take(opened or read_opened(project, progress=progress), stamp)

    def _take(self, opened: Opened, stamp: int) -> None:
        """Put a project as read on the desk, and read the log from its beginning."""
        with self._lock:
            self._opened, self._stamp = opened, stamp
            self.codebook, self.codes, self.rules = opened.codebook, opened.codes, opened.rules
            self.themes, self.cases, self.segments = opened.themes, opened.cases, opened.segments
            self.numbers, self.suggested, self.outcomes = opened.numbers, opened.suggested, opened.outcomes
            self._views: dict[tuple[str, str], tuple[State, CaseView]] = {}
            self._decisions: defaultdict[str, list[Decision]] = defaultdict(list)
            self._assessments: defaultdict[str, list[Assessment]] = defaultdict(list)
            self._case_of: dict[int, str] = {}
            self._assignments: tuple[Assignment, ...] = ()
            self._held: dict[str, tuple[Assignment, ...]] = {}
            self._involved: defaultdict[str, set[str]] = defaultdict(set)
            self._seen: Mapping[str, frozenset[tuple[str, str]]] = {}
            self._names = self._by_text(opened)
            self._codemap = CodeMap(codes=frozenset(opened.poles))
            self._known_books = 0
            self._read_upto = 0
            self.turn = getattr(self, "turn", 0) + 1

    @staticmethod
    def _by_text(opened: Opened) -> dict[str, str]:
        """The only case with a text, by the text's digest: what was decided on it under another name is about it."""
        count = Counter(case.digest for case in opened.cases.values())
        return {case.digest: name for name, case in opened.cases.items() if count[case.digest] == 1}

    def label(self, code: str) -> str:
        """Return the label of a code or sign in the project's language; its id when there is no such thing."""
        found = self.codes.get(code)
        label = found.label if found else self.outcomes.signs.get(code)
        return str(getattr(label, self._name)) if label else code

    # ---- in step with the log
    def sync(self) -> int:
        """Take in what was written to the store since; return the log's last number.

        A new run of casepath is read beside the work, and put on the desk when all of it is read.
        """
        if suggestions_stamp(self.project) not in (0, self._stamp) and self._reading.acquire(blocking=False):
            threading.Thread(target=self._read_again, name="casepath-reading", daemon=True).start()
        with self._lock:
            last = self.store.last_number()
            if last != self._read_upto:
                self._read_log(last)
            return last

    def _read_again(self) -> None:
        try:
            stamp = suggestions_stamp(self.project)
            opened = read_opened(self.project)
            self._take(opened, stamp)
            note_codebook(self.store, opened)
        except (PipelineError, OSError, ValueError, KeyError, TypeError):
            # half written, or a codebook with errors: the work goes on with what was read before, until it changes
            self._stamp = stamp
        finally:
            self._reading.release()

    def _read_log(self, last: int) -> None:
        for decision in self.store.decisions(since=self._read_upto):
            if decision.number > last:
                break
            for case in self._cases_of(decision):
                self._decisions[case].append(decision)
                self._case_of[decision.number] = case
                if decision.layer == BLIND:
                    self._involved[case].add(decision.reviewer)
        for assessment in self.store.assessments(since=self._read_upto):
            if assessment.number <= last:
                self._assessments[assessment.case].append(assessment)
        given = self.store.assignments()
        if given != self._assignments:
            self._assignments = given
            held: defaultdict[str, list[Assignment]] = defaultdict(list)
            for each in given:
                held[each.case].append(each)
                if each.layer == BLIND:
                    self._involved[each.case].add(each.reviewer)
            self._held = {case: tuple(those) for case, those in held.items()}
            self._seen = self.store.seen_when_locked()
        books = self.store.codebooks()
        if len(books) != self._known_books:
            self._known_books = len(books)
            self._codemap = code_map(self._opened.migrations, books, frozenset(self._opened.poles))
        self._read_upto = last

    def _cases_of(self, decision: Decision) -> tuple[str, ...]:
        if decision.anchor is not None:
            name = decision.anchor.case
            return (name if name in self.cases else self._names.get(decision.anchor.text_digest, name),)
        return tuple(sorted({self._case_of[number] for number in decision.undoes if number in self._case_of}))

    # ---- who does what
    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Who codes which case."""
        return self._assignments

    def held(self, case: str, reviewer: str) -> tuple[Assignment, ...]:
        """Return a reviewer's assignments of a case."""
        return tuple(each for each in self._held.get(case, ()) if each.reviewer == reviewer)

    def blind_coders(self, case: str) -> tuple[str, ...]:
        """Return who codes a case blind, or did."""
        return tuple(each.reviewer for each in self._held.get(case, ()) if each.layer == BLIND)

    def blind(self, case: str, viewer: str) -> bool:
        """Say whether a reviewer codes a case blind and has not locked it."""
        return hides_machine(self._held.get(case, ()), case=case, viewer=viewer)

    def progress(self) -> tuple[tuple[str, int, int], ...]:
        """Return for each reviewer how many cases are done of those assigned: (name, done, all)."""
        given: Counter[str] = Counter(each.reviewer for each in self._assignments)
        done: Counter[str] = Counter(each.reviewer for each in self._assignments if each.locked)
        return tuple((name, done[name], given[name]) for name in sorted(given))

    # ---- what one may see
    def state(self, case_id: str) -> State:
        """Return what changes whenever a view of the case may."""
        decisions = self._decisions.get(case_id)
        return decisions[-1].number if decisions else 0, self._held.get(case_id, ()), self._known_books

    def eyes(self, case_id: str, viewer: str) -> str:
        """Return with whose eyes a reviewer sees a case: their own where they code it blind or did, else all alike."""
        return viewer if viewer in self._involved.get(case_id, ()) else ""

    def view(self, case_id: str, viewer: str) -> CaseView:
        """Return a case as a reviewer may see it now.

        Args:
            case_id: Id of the case.
            viewer: Name of the reviewer; empty for what everybody may see.

        Raises:
            KeyError: There is no such case.
        """
        with self._lock:
            whose = self.eyes(case_id, viewer)
            state = self.state(case_id)
            there = self._views.get((case_id, whose))
            if there is not None and there[0] == state:
                return there[1]
            found = self._settle(case_id, whose)
            self._views[case_id, whose] = (state, found)
            return found

    def _settle(self, case_id: str, viewer: str) -> CaseView:
        case, segments = self.cases[case_id], self.segments[case_id]
        assignments = self._held.get(case_id, ())
        blind = self.blind(case_id, viewer)
        visible = visible_decisions(self._decisions.get(case_id, ()), assignments, case=case_id, viewer=viewer)
        settled = resolve(
            [(case, segments)],
            () if blind else self.suggested.get(case_id, ()),
            visible,
            poles=self._opened.poles,
            assignments=assignments,
            texts=self._old_texts(visible, case),
            codes=self._codemap,
            seen={case_id: self._seen[case_id]} if case_id in self._seen else {},
            blind_of=viewer if blind else "",
        )
        layer = BLIND if blind else REVIEW
        return CaseView(case, segments, self.numbers[case_id], settled, visible, blind, layer)

    def _old_texts(self, decisions: Iterable[Decision], case: Case) -> dict[str, str]:
        """The earlier texts that decisions were made in; most projects have none."""
        wanted = {each.anchor.text_digest for each in decisions if each.anchor} - {case.digest}
        texts = {digest: self.store.text(digest) for digest in wanted}
        return {digest: text for digest, text in texts.items() if text is not None}

    def views(self, viewer: str, *, progress: Progress | None = None) -> tuple[CaseView, ...]:
        """Return all cases as a reviewer may see them now, by id."""
        found = []
        for case in self.cases:
            found.append(self.view(case, viewer))
            if progress:
                progress("Settling", len(found), len(self.cases))
        return tuple(found)

    def lost(self) -> tuple[Decision, ...]:
        """Return the live decisions on cases that are no longer in the corpus."""
        with self._lock:
            gone = [each for case, those in self._decisions.items() if case not in self.cases for each in those]
            return tuple(each for each in live_decisions(gone) if each.layer != BLIND)

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
            return visible_assessments(self._assessments.get(case_id, ()), self._held.get(case_id, ()), viewer=viewer)

    def note_codebook(self) -> None:
        """Note in the log which codebook is in force, so that later migrations carry today's decisions over."""
        note_codebook(self.store, self._opened)


def note_codebook(store: ReviewStore, opened: Opened) -> None:
    """Note in the log which codebook is in force."""
    store.note_codebook(opened.codebook.digest, version=opened.codebook.version, migrations=len(opened.migrations))


def sentence_of(segments: Sequence[Segment], numbers: Mapping[str, int], segment: str) -> tuple[int, str]:
    """Return the number and the words of a segment; 0 and nothing when the case has no such segment."""
    number = numbers.get(segment, 0)
    return number, segments[number - 1].text if number else ""
