"""Which sentences speak best for a code: reviewed before suggested, readable, sure, from different cases."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.model.codes import Label, core_code
from pipeline.model.codings import Coding, Status
from pipeline.model.progression import Outcome, ProgressionCategory
from pipeline.patterns.labels import CATEGORY_LABELS, UNKNOWN

SHORT, LONG = 45, 260
"""Letters between which a quotation reads well in a display."""

_REVIEWED = (Status.ACCEPTED, Status.ADDED, Status.RECODED)

Quotable = Collection[tuple[str, str]] | None
"""(case, segment) of the sentences that may be quoted; None for all."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence chosen to stand for a code.

    Attributes:
        case: Id of the case.
        code: Id of the core code.
        segment: Id of the segment.
        section: Kind of its section.
        start: Where it stands in the case's text, in code points.
        text: The sentence.
        reviewed: True when a person stands behind the coding.
        confidence: The coding's confidence, 0-1.
    """

    case: str
    code: str
    segment: str
    section: str
    start: int
    text: str
    reviewed: bool
    confidence: float


def best_excerpts(
    codings: Iterable[Coding],
    *,
    most: int,
    per_case: int = 1,
    categories: Mapping[str, tuple[ProgressionCategory, ...]] | None = None,
    quotable: Quotable = None,
    taken: Collection[str] = (),
) -> tuple[Excerpt, ...]:
    """Choose the sentences that speak best, the same ones every time, in the order of choice.

    Reviewed codings go before suggestions, sentences of a readable length before others, other categories than those
    quoted already before the same, surer ones before less sure.

    Args:
        codings: Codings of the code or codes to show; only those that count, about the course itself, are used.
        most: Largest number of excerpts.
        per_case: Most excerpts of one case.
        categories: Each case's categories; None where they do not matter.
        quotable: (case, segment) of the sentences that may be quoted; None for all.
        taken: Ids of segments that stand elsewhere already.
    """
    best: dict[tuple[str, str], Coding] = {}
    for coding in codings:
        key = (coding.case, coding.segment)
        if not coding.counts or coding.before or coding.segment in taken:
            continue
        if quotable is not None and key not in quotable:
            continue
        if key not in best or _strength(coding) > _strength(best[key]):
            best[key] = coding
    chosen: list[Coding] = []
    seen: set[ProgressionCategory] = set()
    used: dict[str, int] = {}
    left = list(best.values())
    known = categories or {}
    while left and len(chosen) < most:
        pick = min(
            left, key=lambda each: (not _reviewed(each), not _fits(each), *_new(each, known, seen), *_order(each))
        )
        left.remove(pick)
        if used.get(pick.case, 0) >= per_case or any(each.sentence == pick.sentence for each in chosen):
            continue
        chosen.append(pick)
        used[pick.case] = used.get(pick.case, 0) + 1
        seen.update(known.get(pick.case, ()))
    return tuple(_excerpt(each) for each in chosen)


def _reviewed(coding: Coding) -> bool:
    return coding.status in _REVIEWED


def _strength(coding: Coding) -> tuple[bool, float, str]:
    return _reviewed(coding), coding.confidence, coding.code


def _fits(coding: Coding) -> bool:
    return SHORT <= len(coding.sentence.strip()) <= LONG


def _new(
    coding: Coding, categories: Mapping[str, tuple[ProgressionCategory, ...]], seen: set[ProgressionCategory]
) -> tuple[bool]:
    return (bool(seen.intersection(categories.get(coding.case, ()))),)


def _order(coding: Coding) -> tuple[float, str, int, str]:
    return -round(coding.confidence, 2), coding.case, coding.start, coding.code


def _excerpt(coding: Coding) -> Excerpt:
    return Excerpt(
        case=coding.case,
        code=core_code(coding.code),
        segment=coding.segment,
        section=coding.section,
        start=coding.start,
        text=" ".join(coding.sentence.split()),
        reviewed=_reviewed(coding),
        confidence=coding.confidence,
    )


def categories_of(outcomes: Iterable[Outcome]) -> dict[str, tuple[ProgressionCategory, ...]]:
    """Return each case's categories."""
    return {outcome.case: outcome.progression for outcome in outcomes}


def category_label(categories: tuple[ProgressionCategory, ...]) -> Label:
    """Return a case's categories in words: *Progression / Ingen progression* for a split one."""
    labels = [CATEGORY_LABELS[category] for category in categories] or [UNKNOWN]
    return Label(" / ".join(label.da for label in labels), " / ".join(label.en for label in labels))
