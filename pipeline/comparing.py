"""Coders of a project by name, ready to be compared: people, rule set, model, what holds, and files of others."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from pipeline.codebook.migrations import load_migrations
from pipeline.coding.labelled import Labelled
from pipeline.coding.placing import place_sentences
from pipeline.coding.reference import lost_problem, lost_sentences, missing_cases, read_reference
from pipeline.errors import MissingFileError, PipelineError
from pipeline.exchange.jsonl import read_foreign
from pipeline.model.cases import Case, Segment
from pipeline.model.codes import Codebook, CodeLevel
from pipeline.model.codings import Coding, Status
from pipeline.model.migrations import Migration
from pipeline.model.problems import Problem
from pipeline.model.review import ADJUDICATED, BLIND, REVIEW, Assignment, Decision
from pipeline.project import CodedCase, Coders, Progress, code_cases, code_corpus, load_coders
from pipeline.review.agreement.judgements import Judged, of_assessments
from pipeline.review.agreement.units import Coder, Mark, coder_of
from pipeline.review.assignments import unblinded
from pipeline.review.live import live_decisions
from pipeline.reviewing import Reviewed, read_review, reviewer_names, settle
from pipeline.settings import CODERS, Project

SETTLED = "settled"
"""Name of what holds after review, in the cases that anybody has decided on."""

_HELD = frozenset({Status.ACCEPTED, Status.ADDED, Status.RECODED})


@dataclass(frozen=True, slots=True)
class Compared:
    """Coders ready to be compared.

    Attributes:
        coders: The coders in the order named.
        judged: What each of them judged of whole cases.
        cases: The cases.
        segments: Their segments.
        codes: Ids of the codebook's codes to compare.
        problems: What was wrong with the inputs.
        unlocked: Those of them who coded blind and have locked none of it, so that it is not compared yet.
    """

    coders: tuple[Coder, ...]
    judged: tuple[Judged, ...]
    cases: tuple[Case, ...]
    segments: tuple[Segment, ...]
    codes: tuple[str, ...]
    problems: tuple[Problem, ...]
    unlocked: tuple[str, ...] = ()


def read_coders(
    project: Project,
    names: Sequence[str],
    *,
    details: bool = False,
    check: Callable[[Codebook], None] | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Gather coders by name.

    Args:
        project: The project.
        names: ``rules``, ``model``, ``combined``; a reviewer's name; ``adjudicated`` or ``settled``; or the path of a
            file of codings (JSON lines) or of a reference.
        details: True to compare detail codes as such, False to count them as their core codes.
        check: Called with the codebook before anything slow begins.
        progress: Told how far the work is.

    Raises:
        PipelineError: A name is nobody's, or the codebook has errors.
    """
    reviewed = read_review(project)
    for name in names:
        _check_coder(name, reviewed, project)
    coded, coders, problems = code_corpus(project, check=check, progress=progress)
    codebook = coders.compiled.codebook
    migrations = load_migrations(project.codebook, codes=[code.id for code in codebook.codes])
    gathered = _Gathering(project, coded, coders, reviewed, migrations.value, details, problems)
    found = [gathered.coder(name) for name in names]
    return Compared(
        coders=tuple(found),
        judged=tuple(gathered.judged(name) for name in names),
        cases=tuple(each.case for each in coded),
        segments=tuple(segment for each in coded for segment in each.segments),
        codes=tuple(code.id for code in codebook.codes if details or code.level is CodeLevel.CORE),
        problems=tuple(dict.fromkeys((*problems, *migrations.problems, *gathered.problems))),
        unlocked=tuple(name for name in dict.fromkeys(names) if gathered.has_locked_nothing(name)),
    )


def blind_coders(reviewed: Reviewed) -> tuple[str, ...]:
    """Return who has coded cases blind and locked them, where at least two did so in the same case; else nobody.

    Args:
        reviewed: What reviewers said.
    """
    done = _locked(reviewed)
    shared = Counter(each.case for each in done)
    return tuple(sorted({each.reviewer for each in done if shared[each.case] > 1}))


def _locked(reviewed: Reviewed) -> list[Assignment]:
    """What was coded blind and is locked."""
    return [each for each in reviewed.assignments if each.layer == BLIND and each.locked]


def _people(reviewed: Reviewed) -> frozenset[str]:
    """The names of all who have coded something."""
    return frozenset(
        (
            *(each.reviewer for each in reviewed.decisions),
            *(each.reviewer for each in reviewed.assessments),
            # whoever locked a blind case without a coding says that no code is in it
            *(each.reviewer for each in _locked(reviewed)),
        )
    )


def _check_coder(name: str, reviewed: Reviewed, project: Project) -> None:
    """Say so when a name is nobody's and no file's, before anything is coded."""
    people = _people(reviewed)
    if name in (*CODERS, SETTLED, ADJUDICATED) or name in people or Path(name).is_file():
        return
    if any(each.reviewer == name for each in reviewed.assignments):
        raise PipelineError(
            f"{name} has cases, but has decided and locked nothing yet.",
            hint="casepath review status tells how far.",
        )
    if name in reviewer_names(project):
        raise PipelineError(f"{name} has decided nothing yet.", hint="casepath review status tells how far.")
    known = ", ".join([*CODERS, SETTLED, ADJUDICATED, *sorted(people)])
    raise MissingFileError(f"There is no coder '{name}', and no such file.", hint=f"Coders here: {known}.")


class _Gathering:
    """The coders of one comparison; the corpus is read once, and coded once for each machine coder named."""

    def __init__(
        self,
        project: Project,
        coded: tuple[CodedCase, ...],
        coders: Coders,
        reviewed: Reviewed,
        migrations: Sequence[Migration],
        details: bool,
        told: Sequence[Problem],
    ) -> None:
        self.project, self.coded, self.coders, self.reviewed, self.details = project, coded, coders, reviewed, details
        self.codebook, self.migrations = coders.compiled.codebook, migrations
        self.told = told
        self.problems: list[Problem] = []
        self.all_cases = frozenset(each.case.id for each in coded)
        self.people = _people(reviewed)
        self.shown = unblinded(reviewed.assignments)
        self.locked = {(each.case, each.reviewer) for each in _locked(reviewed)}

    def has_locked_nothing(self, name: str) -> bool:
        """Say whether somebody coded cases blind and has locked none of them."""
        if any(reviewer == name for _, reviewer in self.locked):
            return False
        own = [each for each in live_decisions(self.reviewed.decisions) if each.reviewer == name]
        return any(each.layer == BLIND and not self._may_count(each) for each in own)

    def _may_count(self, decision: Decision) -> bool:
        """Say whether a decision may be compared: blind ones only once all have locked the case."""
        return decision.layer != BLIND or (decision.anchor is not None and decision.anchor.case in self.shown)

    def coder(self, name: str) -> Coder:
        if name in CODERS:
            return self._coder(name, self.all_cases, self._machine(name))
        if name in (SETTLED, ADJUDICATED):
            return self._held(name)
        if name in self.people:
            return self._person(name)
        return self._file(Path(name))

    def _coder(self, name: str, cases: frozenset[str], codings: Sequence[Coding]) -> Coder:
        return coder_of(name, cases, codings, roll_up=not self.details)

    def _machine(self, name: str) -> list[Coding]:
        coded = self.coded
        if name != self.coders.name:
            # the project's own coder may be the rules although there is a model: only loading that tells
            other = load_coders(replace(self.project, coder=name), self.coders.compiled)
            self.problems += other.problems
            if other.value.name != name:
                hint = " ".join((*(each.message for each in other.problems), "casepath train makes one."))
                raise PipelineError(f"There is no model here, so no {name} coder.", hint=hint)
            coded = code_cases([each.case for each in coded], other.value)
        return [coding for each in coded for coding in each.codings]

    def _held(self, name: str) -> Coder:
        layers = (ADJUDICATED,) if name == ADJUDICATED else (REVIEW, BLIND, ADJUDICATED)
        cases = frozenset(
            each.anchor.case
            for each in live_decisions(self.reviewed.decisions)
            if each.anchor is not None and each.layer in layers and self._may_count(each)
        )
        settled = settle(self.coded, self.reviewed, self.codebook, migrations=self.migrations)
        return self._coder(name, cases & self.all_cases, [each for each in settled.codings if each.status in _HELD])

    def _person(self, name: str) -> Coder:
        """A person's blind coding where there is one, else what the person's own verdicts leave standing."""
        blind = frozenset(case for case, reviewer in self.locked if reviewer == name)
        if blind:
            alone = [CodedCase(each.case, each.segments, ()) for each in self.coded if each.case.id in blind]
            settled = settle(alone, self.reviewed, self.codebook, migrations=self.migrations, blind_of=name)
            return self._coder(name, blind, [each for each in settled.codings if each.status in _HELD])
        own = tuple(_in_review(each) for each in self.reviewed.decisions if each.reviewer == name)
        counted = [each for each in live_decisions(own) if self._may_count(each)]
        cases = frozenset(each.anchor.case for each in counted if each.anchor is not None)
        settled = settle(self.coded, replace(self.reviewed, decisions=own), self.codebook, migrations=self.migrations)
        return self._coder(name, cases & self.all_cases, [each for each in settled.codings if each.status in _HELD])

    def _file(self, path: Path) -> Coder:
        if _is_reference(path):
            return self._reference(path)
        cases = [(each.case, each.segments) for each in self.coded]
        loaded = read_foreign(path, cases, self.codebook, coder=path.stem)
        self.problems += loaded.problems
        return self._coder(path.stem, loaded.value.cases, loaded.value.codings)

    def _reference(self, path: Path) -> Coder:
        """A reference's sentences, each where it stands in its case."""
        texts = {each.case.id: each.segments for each in self.coded}
        read = read_reference(path, details=self.details)
        self.problems += read.problems
        marks: list[Mark] = []
        lost: list[str] = []
        cases: dict[str, list[Labelled]] = {
            case: list(labelled) for case, labelled in groupby(read.value, key=lambda each: each.case)
        }
        coded = frozenset(texts.keys() & cases.keys())
        for case in coded:
            spans = place_sentences([each.text for each in cases[case]], texts[case])
            lost += lost_sentences(cases[case], spans)
            for each, span in zip(cases[case], spans, strict=True):
                marks += [Mark(case, "", *span, code) for code in each.codes] if span else []
        self.problems += missing_cases(path.name, sorted(cases.keys() - texts.keys()), self.told)
        self.problems += [lost_problem(path.name, sorted(lost))] if lost else []
        marks.sort(key=lambda mark: (mark.case, mark.start, mark.end, mark.code))
        return Coder(path.stem, coded, tuple(marks))

    def judged(self, name: str) -> Judged:
        """What a coder judged of whole cases; files hold no judgements that could be read."""
        if name not in self.people and name != ADJUDICATED:
            return {}
        if name == ADJUDICATED:
            return of_assessments(each for each in self.reviewed.assessments if each.layer == ADJUDICATED)
        own = [each for each in self.reviewed.assessments if each.reviewer == name]
        return of_assessments(each for each in own if each.layer != BLIND or (each.case, name) in self.locked)


def _in_review(decision: Decision) -> Decision:
    """Let what a coder gave in a layer of its own, such as an import, count in the comparison."""
    return decision if decision.layer in (REVIEW, BLIND, ADJUDICATED) else replace(decision, layer=REVIEW)


def _is_reference(path: Path) -> bool:
    """Say whether a file holds whole cases; one that is no text holds codings as little, and is told as such."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = next((line for line in lines if line.strip()), "")
    except (OSError, UnicodeDecodeError):
        return False
    return '"sentences"' in first
