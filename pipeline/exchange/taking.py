"""Taking codings of others into the review store, so that the same file taken in twice changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.cases import Case, Segment
from pipeline.model.codings import Coding
from pipeline.model.review import Decision, Reviewer, Role
from pipeline.review.anchors import added
from pipeline.review.log import same_decision
from pipeline.review.store import ReviewStore

IMPORTED = "import"
"""The layer of codings from elsewhere: compared in agreement, never settled of their own accord."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did.

    Attributes:
        saved: How many decisions it wrote.
        known: How many stood in the store already.
    """

    saved: int
    known: int


def additions(
    codings: Iterable[Coding],
    cases: Sequence[tuple[Case, Sequence[Segment]]],
    *,
    layer: str = IMPORTED,
    codebook_digest: str = "",
    batch: str = "",
) -> tuple[Decision, ...]:
    """Return codings of others as additions under their coders' names.

    Args:
        codings: The codings; those of unknown segments are left out.
        cases: The cases with their segments.
        layer: ``import`` to compare only, ``review`` to let them count.
        codebook_digest: Digest of the codebook in force.
        batch: Id that the additions share.
    """
    by_id = {case.id: (case, {segment.id: segment for segment in segments}) for case, segments in cases}
    return tuple(
        added(
            by_id[coding.case][0],
            by_id[coding.case][1][coding.segment],
            coding.start,
            coding.end,
            coding.code,
            reviewer=coding.coder,
            assertion=coding.assertion,
            before=coding.before,
            subject=coding.subject,
            codebook_digest=codebook_digest,
            layer=layer,
            batch=batch,
        )
        for coding in codings
        if coding.case in by_id and coding.segment in by_id[coding.case][1]
    )


def take_in(store: ReviewStore, decisions: Sequence[Decision], cases: Mapping[str, Case]) -> Taken:
    """Write decisions of others in one step; what stands there already is left out.

    Reviewers that the store does not know are added as coders.

    Args:
        store: The store, open for writing.
        decisions: The decisions.
        cases: The cases by id; their texts are frozen.

    Raises:
        ReviewError: It could not be written; then nothing was.
    """
    known = {(each.layer, same_decision(each)) for each in store.decisions()}
    fresh: dict[tuple[str, str], Decision] = {}
    for each in decisions:
        key = (each.layer, same_decision(each))
        if key not in known:
            fresh.setdefault(key, each)
    names = {each.name for each in store.reviewers()}
    for name in dict.fromkeys(each.reviewer for each in fresh.values()):
        if name not in names:
            store.set_reviewer(Reviewer(name, Role.CODER))
    texts = [cases[name] for name in {each.anchor.case for each in fresh.values() if each.anchor}]
    store.add_decisions(fresh.values(), texts=texts)
    return Taken(len(fresh), len(decisions) - len(fresh))
