"""What waits for a decision, in the order in which one would take it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.review.settled import Flag, Item
from pipeline.web.workspace import CaseView

KINDS = ("open", "doubtful", "unsure", "disagreements", "stale")
"""The queues: open suggestions by case, the same most doubtful first, and what people left behind."""

_FLAGS = {"open": Flag.OPEN, "doubtful": Flag.OPEN, "unsure": Flag.UNSURE, "disagreements": Flag.CONTESTED}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of a queue.

    Attributes:
        case: Id of the case.
        sentence: Number of the sentence in it, 0 where it no longer stands there.
        segment: Id of the segment.
        code: Id of the code.
        text: The sentence, or the words that no longer stand in the text.
        confidence: How sure the machine is, None where it does not say.
        note: What else there is to say.
    """

    case: str
    sentence: int
    segment: str
    code: str
    text: str
    confidence: float | None = None
    note: str = ""


def items_of(kind: str, views: Iterable[CaseView], *, label: Callable[[str], str]) -> list[Waiting]:
    """Return the lines of a queue.

    Args:
        kind: One of ``KINDS``, or ``coded`` for all that counts in tables.
        views: The cases as the reviewer may see them.
        label: Gives a code's label.
    """
    found: list[Waiting] = []
    for view in views:
        if kind == "stale":
            found += [
                Waiting(view.case.id, 0, "", lost.code, lost.anchor.quote, None, lost.reviewer)
                for lost in (each.decision for each in view.settled.stale)
                if lost.anchor is not None
            ]
            continue
        numbers = {segment.id: (number, segment.text) for number, segment in enumerate(view.segments, start=1)}
        for item in view.settled.items:
            if item.segment in numbers and _wanted(kind, item):
                number, text = numbers[item.segment]
                found.append(_line(item, number, text, label))
    if kind == "doubtful":
        found.sort(key=lambda each: (each.confidence if each.confidence is not None else 1.0, each.case, each.sentence))
    return found


def _wanted(kind: str, item: Item) -> bool:
    if kind == "coded":
        return item.coding is not None and item.coding.counts
    return _FLAGS[kind] in item.flags


def _line(item: Item, number: int, text: str, label: Callable[[str], str]) -> Waiting:
    confidence = item.coding.confidence if item.coding is not None and Flag.OPEN in item.flags else None
    said = {decision.reviewer: decision for decision in item.decisions}
    note = "; ".join(
        f"{name}: {decision.verdict.value}{' → ' + label(decision.to) if decision.to else ''}"
        for name, decision in sorted(said.items())
    )
    return Waiting(item.case, number, item.segment, item.code, text, confidence, note)
