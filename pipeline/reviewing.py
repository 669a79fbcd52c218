"""A project and its reviewers: the store of the project, and what holds after review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import MissingFileError
from pipeline.model.codes import Codebook
from pipeline.model.migrations import Migration
from pipeline.model.review import Assessment, Assignment, Decision
from pipeline.project import CodedCase, Project
from pipeline.review.carry import code_map
from pipeline.review.log import Head
from pipeline.review.resolve import resolve
from pipeline.review.settled import Settled
from pipeline.review.store import STORE_FILE, ReviewStore, open_store


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
