"""What an edit of the codebook would do to codings and decisions, before it is applied."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.model.codings import Assertion, Coding
from pipeline.model.review import Verdict
from pipeline.review.settled import Flag, Item, Settled, Stale


@dataclass(frozen=True, slots=True)
class CodeImpact:
    """What happens to one code.

    Attributes:
        code: Its id in the newer codebook; in the older one where it is gone.
        added: How many sentences the machine now suggests it in, and did not before.
        removed: How many sentences it suggested it in, and no longer does.
        confirmed: How many of those removed a reviewer had accepted; they stand all the same, without a rule.
        rejected: How many of those added a reviewer had rejected; they stay rejected.
        cases: The cases touched.
    """

    code: str
    added: int
    removed: int
    confirmed: int
    rejected: int
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What an edit of the codebook does.

    Attributes:
        codes: Codes with a difference, most first.
        added: How many codings the machine adds, over all codes.
        removed: How many it no longer makes.
        cases: The cases touched.
        settled_added: How many more codings count in tables after review, and did not before.
        settled_removed: How many no longer count.
        stale: Decisions that settle something today and would settle nothing.
        contradicting: Codings on which the machine would newly contradict a decision.
        vanished: Codings decided on that the machine would no longer suggest.
    """

    codes: tuple[CodeImpact, ...]
    added: int
    removed: int
    cases: tuple[str, ...]
    settled_added: int
    settled_removed: int
    stale: tuple[Stale, ...]
    contradicting: tuple[Item, ...]
    vanished: tuple[Item, ...]


Key = tuple[str, str, str]


def measure_impact(before: Settled, after: Settled, *, renamed: Callable[[str], tuple[str, ...]]) -> Impact:
    """Compare what holds under an older codebook with what would hold under a newer one.

    Args:
        before: What holds under the older codebook.
        after: What would hold under the newer one, for the same texts and decisions.
        renamed: What an older code is called in the newer codebook; several after a split, none when it is gone.
    """
    old = _suggested(before, renamed)
    new = _suggested(after, lambda code: (code,))
    added, removed = new.keys() - old.keys(), old.keys() - new.keys()
    rejected = {key for key in added if _last_says(new[key], Verdict.REJECT, Verdict.RECODE)}
    confirmed = {key for key in removed if _last_says(old[key], Verdict.ACCEPT, Verdict.ADD)}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    cases: defaultdict[str, set[str]] = defaultdict(set)
    for name, keys in (("added", added), ("removed", removed), ("confirmed", confirmed), ("rejected", rejected)):
        for case, _, code in keys:
            counts[code][name] += 1
            cases[code].add(case)
    codes = [
        CodeImpact(
            code, count["added"], count["removed"], count["confirmed"], count["rejected"], tuple(sorted(cases[code]))
        )
        for code, count in counts.items()
    ]
    codes.sort(key=lambda each: (-each.added - each.removed, each.code))
    counted_before, counted_after = _counted(before.codings, renamed), _counted(after.codings, lambda code: (code,))
    stale_before = {each.decision.number for each in before.stale}
    return Impact(
        codes=tuple(codes),
        added=len(added),
        removed=len(removed),
        cases=tuple(sorted({key[0] for key in added | removed})),
        settled_added=len(counted_after - counted_before),
        settled_removed=len(counted_before - counted_after),
        stale=tuple(each for each in after.stale if each.decision.number not in stale_before),
        contradicting=_newly(Flag.CONTRADICTING, before, after, renamed),
        vanished=_newly(Flag.VANISHED, before, after, renamed),
    )


def _suggested(settled: Settled, renamed: Callable[[str], tuple[str, ...]]) -> dict[Key, Item]:
    """What the machine suggests as stated, by place and today's code."""
    return {
        (item.case, item.segment, code): item
        for item in settled.items
        if item.suggested is not None and item.suggested.assertion is Assertion.AFFIRMED
        for code in renamed(item.code) or (item.code,)
    }


def _counted(codings: Iterable[Coding], renamed: Callable[[str], tuple[str, ...]]) -> set[Key]:
    return {
        (coding.case, coding.segment, code)
        for coding in codings
        if coding.counts
        for code in renamed(coding.code) or (coding.code,)
    }


def _last_says(item: Item, *verdicts: Verdict) -> bool:
    """Say whether somebody's decision on an item is one of these verdicts."""
    return any(decision.verdict in verdicts for decision in item.decisions)


def _newly(flag: Flag, before: Settled, after: Settled, renamed: Callable[[str], tuple[str, ...]]) -> tuple[Item, ...]:
    held = {
        (item.case, item.segment, code) for item in before.flagged(flag) for code in renamed(item.code) or (item.code,)
    }
    return tuple(item for item in after.flagged(flag) if (item.case, item.segment, item.code) not in held)
