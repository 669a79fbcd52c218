"""What waits for a decision, in the order in which one would take it."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.model.review import Decision, Verdict
from pipeline.review.settled import Flag, Item
from pipeline.web.workspace import CaseView, sentence_of

KINDS = ("open", "doubtful", "new", "unsure", "disagreements", "contradicting", "vanished", "stale")
"""The queues: open suggestions by case, the same most doubtful first, and what people and runs left behind."""

LISTS = ("open", "new", "unsure", "disagreements", "contradicting", "vanished", "stale", "coded")
"""The lines that are kept of each case; ``coded`` is all that counts in tables."""

_FLAGS = {
    "open": Flag.OPEN,
    "new": Flag.NEW,
    "unsure": Flag.UNSURE,
    "disagreements": Flag.CONTESTED,
    "contradicting": Flag.CONTRADICTING,
    "vanished": Flag.VANISHED,
}

Say = Callable[[Decision], str]
"""Tells a decision in the reviewer's language."""

Place = tuple[float, str, int, str]
"""Where a line stands in a queue."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of a queue.

    Attributes:
        case: Id of the case.
        sentence: Number of the sentence in it, 0 where it no longer stands there.
        segment: Id of the segment.
        code: Id of the code.
        text: The sentence, or the words that no longer stand in the text.
        start: Where the coding begins in the text.
        confidence: How sure the machine is, None where it does not say.
        note: What else there is to say.
    """

    case: str
    sentence: int
    segment: str
    code: str
    text: str
    start: int = 0
    confidence: float | None = None
    note: str = ""

    def place(self, kind: str) -> Place:
        """Return where the line stands in a queue: by case and text, or by doubt first.

        Args:
            kind: One of ``KINDS``.
        """
        sure = self.confidence if self.confidence is not None else 1.0
        return sure if kind == "doubtful" else 0.0, self.case, self.start, self.code


def list_of(kind: str) -> str:
    """Return which list a queue is made of.

    Args:
        kind: One of ``KINDS``.
    """
    return "open" if kind == "doubtful" else kind


def lines_of(view: CaseView, *, say: Say) -> dict[str, tuple[Waiting, ...]]:
    """Return the lines of a case for every list.

    Args:
        view: The case as the reviewer may see it.
        say: Tells a decision.
    """
    found: dict[str, list[Waiting]] = {kind: [] for kind in LISTS}
    found["stale"] = [stale_line(each.decision, say=say) for each in view.settled.stale]
    for item in view.settled.items:
        if item.segment not in view.numbers:
            continue
        line = None
        for kind in LISTS:
            if _wanted(kind, item):
                line = line or line_of(item, view, say=say)
                found[kind].append(line)
    return {kind: tuple(lines) for kind, lines in found.items()}


def line_of(item: Item, view: CaseView, *, say: Say) -> Waiting:
    """Return the line of one coding.

    Args:
        item: The coding with what was said of it.
        view: Its case.
        say: Tells a decision.
    """
    number, text = sentence_of(view.segments, view.numbers, item.segment)
    machine = item.suggested
    start = item.coding.start if item.coding is not None else view.segments[number - 1].start
    note = ""
    if item.decisions:
        said = {each.reviewer: each for each in item.decisions}
        note = "; ".join(f"{name}: {say(each)}" for name, each in sorted(said.items()))
    return Waiting(
        item.case, number, item.segment, item.code, text, start, machine.confidence if machine else None, note
    )


def stale_line(decision: Decision, *, say: Say) -> Waiting:
    """Return the line of a decision that settles nothing today.

    Args:
        decision: The decision.
        say: Tells a decision.
    """
    case, quote = (decision.anchor.case, decision.anchor.quote) if decision.anchor else ("", "")
    start = decision.anchor.start if decision.anchor else 0
    return Waiting(case, 0, "", decision.code, quote, start, None, f"{decision.reviewer}: {say(decision)}")


def _wanted(kind: str, item: Item) -> bool:
    if kind == "stale":
        return False
    if kind == "coded":
        return item.coding is not None and item.coding.counts
    return _FLAGS[kind] in item.flags


def decided_by(view: CaseView) -> dict[str, int]:
    """Return how many codings of a case each reviewer has decided on.

    Args:
        view: The case as the reviewer may see it.
    """
    found: dict[str, int] = {}
    for item in view.settled.items:
        for name in {each.reviewer for each in item.decisions if each.verdict is not Verdict.COMMENT}:
            found[name] = found.get(name, 0) + 1
    return found
