"""Anchors: the words a decision is about, and where they stand in today's text; never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.cases import Case, Segment
from pipeline.model.codings import Assertion, Coding, Subject
from pipeline.model.review import REVIEW, Anchor, Decision, Verdict

CONTEXT = 40
"""Characters before and after the words that an anchor keeps."""


class Fit(StrEnum):
    """How an anchor fits today's text."""

    PLACED = "placed"
    """The text is the one that was on the screen."""
    MOVED = "moved"
    """The text has changed, and the sentence stands in it unchanged."""
    CHANGED = "changed"
    """The sentence is no longer there as it was."""
    GONE = "gone"
    """There is no such case any more."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the words of an anchor stand today.

    Attributes:
        fit: How they were found.
        case: Id of the case today.
        segment: The segment in which they begin; None when they were not found.
        start: Where they begin in today's text, in code points.
        end: Where they end, exclusive.
    """

    fit: Fit
    case: str
    segment: Segment | None = None
    start: int = 0
    end: int = 0


def anchor_at(case: Case, segment: Segment, start: int, end: int) -> Anchor:
    """Return the anchor of words in a case.

    Args:
        case: The case.
        segment: The segment in which the words begin.
        start: Where they begin in the case's text, in code points.
        end: Where they end, exclusive.
    """
    text = case.text
    return Anchor(
        case=case.id,
        text_digest=case.digest,
        segment=segment.id,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def decision_on(
    coding: Coding,
    case: Case,
    *,
    reviewer: str,
    verdict: Verdict,
    to: str = "",
    reason: str = "",
    codebook_digest: str = "",
    layer: str = REVIEW,
    batch: str = "",
) -> Decision:
    """Return a reviewer's decision on a coding, holding all that the reviewer saw of it.

    Args:
        coding: The coding as shown.
        case: Its case.
        reviewer: Name of the reviewer.
        verdict: What is said.
        to: The code to put in its place, for a recode.
        reason: Why.
        codebook_digest: Digest of the codebook in force.
        layer: Layer of the decision.
        batch: Id shared by decisions made in one go.
    """
    text = case.text
    # who accepts a doubtful coding says that the sentence states the code
    assertion = Assertion.AFFIRMED if coding.assertion is Assertion.DOUBTFUL else coding.assertion
    return Decision(
        reviewer=reviewer,
        verdict=verdict,
        anchor=Anchor(
            case=case.id,
            text_digest=case.digest,
            segment=coding.segment,
            start=coding.start,
            end=coding.end,
            quote=coding.quote,
            prefix=text[max(0, coding.start - CONTEXT) : coding.start],
            suffix=text[coding.end : coding.end + CONTEXT],
        ),
        code=coding.code,
        to=to,
        assertion=assertion,
        before=coding.before,
        subject=coding.subject,
        reason=reason,
        coder=coding.coder,
        rules=coding.rules,
        codebook_digest=codebook_digest,
        layer=layer,
        batch=batch,
    )


def added(
    case: Case,
    segment: Segment,
    start: int,
    end: int,
    code: str,
    *,
    reviewer: str,
    assertion: Assertion = Assertion.AFFIRMED,
    before: bool = False,
    subject: Subject = Subject.CITIZEN,
    reason: str = "",
    codebook_digest: str = "",
    layer: str = REVIEW,
    batch: str = "",
) -> Decision:
    """Return a reviewer's own coding of words.

    Args:
        case: The case.
        segment: The segment in which the words begin.
        start: Where they begin in the case's text, in code points.
        end: Where they end, exclusive.
        code: The code.
        reviewer: Name of the reviewer.
        assertion: What the sentence does with the code.
        before: True when the words speak of the time before the course.
        subject: Whom they are about.
        reason: Why.
        codebook_digest: Digest of the codebook in force.
        layer: Layer of the decision.
        batch: Id shared by decisions made in one go.
    """
    return Decision(
        reviewer=reviewer,
        verdict=Verdict.ADD,
        anchor=anchor_at(case, segment, start, end),
        code=code,
        assertion=assertion,
        before=before,
        subject=subject,
        reason=reason,
        codebook_digest=codebook_digest,
        layer=layer,
        batch=batch,
    )


class Places:
    """Today's cases, ready to find anchors in.

    Args:
        cases: Each case with its segments.
        texts: Frozen texts by digest: what stood on the screen when a decision was made.
    """

    def __init__(
        self, cases: Sequence[tuple[Case, Sequence[Segment]]], *, texts: Mapping[str, str] | None = None
    ) -> None:
        self._cases = {case.id: (case, segments) for case, segments in cases}
        self._texts = texts or {}
        self._segments = {case.id: {each.id: each for each in segments} for case, segments in cases}
        self._folded: dict[str, str] = {}
        self._by_digest: dict[str, list[str]] = {}
        for case, _ in cases:
            self._by_digest.setdefault(case.digest, []).append(case.id)

    def find(self, anchor: Anchor) -> Spot:
        """Say where the words of an anchor stand today.

        Unchanged text is known by its digest. In changed text the sentence must stand word for word: by the digest of
        its words (the segment's id), or within a whole paragraph that is still there; else the anchor is not placed.

        Args:
            anchor: The anchor.
        """
        name = self._case_of(anchor)
        if not name:
            return Spot(Fit.GONE, anchor.case)
        case = self._cases[name][0]
        if case.digest == anchor.text_digest:
            if case.text[anchor.start : anchor.end] != anchor.quote:
                return Spot(Fit.CHANGED, name)
            fit = Fit.PLACED if name == anchor.case else Fit.MOVED
            return self._spot(fit, name, anchor.start, anchor.end)
        start = self._in_segment(anchor, case) if name == anchor.case else -1
        if start < 0:
            start = self._in_paragraph(anchor, case)
        if start < 0:
            return Spot(Fit.CHANGED, name)
        return self._spot(Fit.MOVED, name, start, start + len(anchor.quote))

    def _case_of(self, anchor: Anchor) -> str:
        """The id of the case: its old one, or that of the only case with its very text under another name."""
        if anchor.case in self._cases:
            return anchor.case
        same = self._by_digest.get(anchor.text_digest, [])
        return same[0] if len(same) == 1 else ""

    def _spot(self, fit: Fit, name: str, start: int, end: int) -> Spot:
        segments = self._cases[name][1]
        segment = next((each for each in segments if each.start <= start < each.end), None)
        return Spot(Fit.CHANGED, name) if segment is None else Spot(fit, name, segment, start, end)

    def _in_segment(self, anchor: Anchor, case: Case) -> int:
        """Where the words stand in the segment that still has its id, which its words give; -1 when they do not."""
        segment = self._segments[case.id].get(anchor.segment)
        if segment is None:
            return -1
        old = self._texts.get(anchor.text_digest, "")
        words = " ".join(segment.text.split())
        if old and self._fold(old).count(words) != self._fold(case.text).count(words):
            # the same sentence now stands there more often, or less: only all the words around it tell which it is
            around = len(anchor.prefix) + len(anchor.suffix)
            same = _all(case.text, anchor.quote)
            same = [position for position in same if _likeness(case.text, position, anchor) == around]
            return same[0] if len(same) == 1 else -1
        found = _all(case.text, anchor.quote, segment.start, segment.end + len(anchor.quote))
        ranked = sorted(
            (-_likeness(case.text, position, anchor), position) for position in found if position < segment.end
        )
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            # the same words twice in one sentence, and nothing tells which
            return -1
        return ranked[0][1] if ranked else -1

    def _fold(self, text: str) -> str:
        """A text with single spaces, as segment ids see it."""
        if text not in self._folded:
            self._folded[text] = " ".join(text.split())
        return self._folded[text]

    def _in_paragraph(self, anchor: Anchor, case: Case) -> int:
        """Where the words stand in a paragraph that is there once, word for word as it was; -1 when there is none."""
        old = self._texts.get(anchor.text_digest)
        if old is None or old[anchor.start : anchor.end] != anchor.quote:
            return -1
        begin = old.rfind("\n", 0, anchor.start) + 1
        end = old.find("\n", anchor.end)
        paragraph = old[begin : end if end >= 0 else len(old)]
        found = _all(f"\n{case.text}\n", f"\n{paragraph}\n")
        return found[0] + anchor.start - begin if len(found) == 1 else -1


def _all(text: str, words: str, start: int = 0, end: int | None = None) -> list[int]:
    """All positions at which words begin in a text, or in a stretch of it."""
    found = []
    position = text.find(words, start, end) if words else -1
    while position >= 0:
        found.append(position)
        position = text.find(words, position + 1, end)
    return found


def _likeness(text: str, start: int, anchor: Anchor) -> int:
    """How many characters around a position are those around the anchor's words."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[start + len(anchor.quote) : start + len(anchor.quote) + CONTEXT]
    return _shared(before[::-1], anchor.prefix[::-1]) + _shared(after, anchor.suffix)


def _shared(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
