"""A project and its reviewers: the store of the project, and what holds after review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.codebook.compare import CodebookComparison, compare_codebooks
from pipeline.codebook.migrations import load_migrations
from pipeline.errors import MissingFileError
from pipeline.model.codes import Codebook
from pipeline.model.migrations import Migration
from pipeline.model.problems import Problem
from pipeline.model.review import Assessment, Assignment, Decision
from pipeline.prepared import ready_codebook
from pipeline.project import MODEL_FOLDER, CodedCase, Progress, code_cases, load_coders, read_cases
from pipeline.review.carry import code_map, code_today
from pipeline.review.impact import Impact, measure_impact
from pipeline.review.live import live_decisions
from pipeline.review.log import Head
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled
from pipeline.review.store import STORE_FILE, ReviewStore, open_store
from pipeline.settings import Project


def store_path(project: Project) -> Path:
    """Return where a project's review store is, or would be."""
    return project.root / STORE_FILE


def open_review(project: Project, *, create: bool = False, write: bool = True, backups: bool = True) -> ReviewStore:
    """Open a project's review store.

    Args:
        project: The project.
        create: Make it when there is none.
        write: False for reading only.
        backups: False to make no backups of its own accord.

    Raises:
        MissingFileError: There is none yet, and none was to be made.
        ReviewError: It cannot be used; the message says why.
    """
    return open_store(store_path(project), create=create, write=write, backups=backups)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All that reviewers said, as values.

    Attributes:
        head: The end of the log; None where nobody has reviewed.
        decisions: All decisions and undos.
        assessments: All assessments.
        assignments: The assignments that hold.
        texts: Frozen texts by digest.
        codebooks: How many migrations each codebook in force held, by digest.
        seen: By case, the (segment, code) of suggestions on show when it was last locked.
    """

    head: Head | None = None
    decisions: tuple[Decision, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    codebooks: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


def review_head(project: Project) -> Head | None:
    """Return the end of a project's log; None where nobody has reviewed.

    Args:
        project: The project.
    """
    try:
        with open_review(project, write=False) as store:
            return store.head()
    except MissingFileError:
        return None


def read_review(project: Project) -> Reviewed:
    """Read all that reviewers said in a project; empty where nobody has.

    Args:
        project: The project.

    Raises:
        ReviewError: The store is damaged or cannot be read.
    """
    try:
        store = open_review(project, write=False)
    except MissingFileError:
        return Reviewed()
    with store:
        return reviewed_in(store)


def reviewer_names(project: Project) -> frozenset[str]:
    """Return the names of a project's reviewers; none where nobody has reviewed.

    Args:
        project: The project.

    Raises:
        ReviewError: The store is damaged or cannot be read.
    """
    try:
        with open_review(project, write=False) as store:
            return frozenset(each.name for each in store.reviewers())
    except MissingFileError:
        return frozenset()


def reviewed_in(store: ReviewStore) -> Reviewed:
    """Return all that an open store holds, as it was at one moment.

    Args:
        store: The store.
    """
    with store.database.snapshot():
        return Reviewed(
            head=store.head(),
            decisions=store.decisions(),
            assessments=store.assessments(),
            assignments=store.assignments(),
            texts=store.texts(),
            codebooks=store.codebooks(),
            seen=store.seen_when_locked(),
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of the codebook and what it would do.

    Attributes:
        comparison: What differs between the two codebooks.
        impact: What that does to codings and decisions.
        cases: How many cases were coded.
        decisions: How many decisions are in the log.
        problems: What is wrong with either codebook's migrations, and models that could not be used.
    """

    comparison: CodebookComparison
    impact: Impact
    cases: int
    decisions: int
    problems: tuple[Problem, ...]


def edit_impact(project: Project, old: Path, new: Path, *, progress: Progress | None = None) -> Edit:
    """Say what an edit of the codebook would do, before it is applied: the corpus is coded with both.

    Where one of the two folders holds no trained model, the other's is used for both, so that only the edit counts.

    Args:
        project: The project.
        old: Folder of the codebook as it is.
        new: Folder of the codebook as it would be.
        progress: Told how far the work is.

    Raises:
        PipelineError: One of the codebooks cannot be used.
    """
    reviewed = read_review(project)
    sides = []
    with_model = [folder for folder in (new, old, project.codebook) if (folder / MODEL_FOLDER).is_dir()]
    problems: list[Problem] = []
    for folder in (old, new):
        compiled, _ = ready_codebook(folder)
        codebook = compiled.codebook
        home = folder if folder in with_model else next(iter(with_model), folder)
        coders = load_coders(replace(project, codebook=folder), compiled, model_of=home)
        cases = read_cases(project, codebook.template, progress=progress).value
        migrations = load_migrations(folder, codes=[code.id for code in codebook.codes])
        problems += [*coders.problems, *migrations.problems]
        sides.append((codebook, migrations.value, code_cases(cases, coders.value, progress=progress)))
    (before, steps_before, coded_before), (after, steps_after, coded_after) = sides
    known = {before.digest: len(steps_before), **reviewed.codebooks}
    settled_before = settle(coded_before, reviewed, before, migrations=steps_before)
    settled_after = settle(coded_after, replace(reviewed, codebooks=known), after, migrations=steps_after)
    since = steps_after[len(steps_before) :]
    return Edit(
        comparison=compare_codebooks(before, after),
        impact=measure_impact(settled_before, settled_after, renamed=lambda code: code_today(since, code)),
        cases=len(coded_after),
        decisions=len(live_decisions(reviewed.decisions)),
        problems=tuple(dict.fromkeys(problems)),
    )


def settle(
    coded: Iterable[CodedCase],
    reviewed: Reviewed,
    codebook: Codebook,
    *,
    migrations: Sequence[Migration] = (),
    blind_of: str = "",
) -> Settled:
    """Say what holds after review (see ``resolve``).

    Args:
        coded: The cases with what the machine suggests.
        reviewed: What reviewers said.
        codebook: Today's codebook.
        migrations: Its migrations.
        blind_of: A reviewer's name, to see only this reviewer's own blind coding.
    """
    held = tuple(coded)
    poles = {code.id: code.pole for code in codebook.codes}
    return resolve(
        [(each.case, each.segments) for each in held],
        [coding for each in held for coding in each.codings],
        reviewed.decisions,
        poles=poles,
        assignments=reviewed.assignments,
        texts=reviewed.texts,
        codes=code_map(migrations, reviewed.codebooks, frozenset(poles)),
        seen=reviewed.seen,
        blind_of=blind_of,
    )
