"""From what holds after review to the marks on a page."""

from collections.abc import Callable, Mapping

from pipeline.model.codings import Assertion, Status
from pipeline.model.review import Decision, Verdict
from pipeline.review.resolve import live_decisions
from pipeline.review.settled import Flag, Item
from pipeline.web.reading import Mark
from pipeline.web.workspace import CaseView


def marks_of(
    view: CaseView, viewer: str, *, label: Callable[[str], str], themes: Mapping[str, int]
) -> dict[str, list[Mark]]:
    """Return the marks of a case by segment, in the order of the text.

    What a context cue held back (negated, hypothetical) is shown only when a person has spoken of it.

    Args:
        view: The case as the reviewer may see it.
        viewer: Name of the reviewer.
        label: Gives a code's label.
        themes: Number of each code's theme.
    """
    live = live_decisions(view.decisions)
    found: dict[str, list[Mark]] = {}
    for item in view.settled.items:
        said = _said_of(item, live)
        if item.coding is None or (item.coding.assertion is not Assertion.AFFIRMED and not said):
            continue
        marks = found.setdefault(item.segment, [])
        own = [each for each in said if each.reviewer == viewer and each.verdict is not Verdict.COMMENT]
        mark = Mark(
            coding=item.coding,
            label=label(item.code),
            theme=themes.get(item.code, 0),
            number=len(marks) + 1,
            open=Flag.OPEN in item.flags,
            mine=own[-1].verdict.value if own else "",
            verdicts=said,
            contested=Flag.CONTESTED in item.flags,
        )
        marks.append(mark)
    return found


def _said_of(item: Item, live: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """All live decisions and comments on an item, in the order of the log."""
    said = {each.number: each for each in (*item.decisions, *item.comments)}
    for each in live:
        if each.anchor and each.anchor.segment == item.segment and each.code == item.code:
            said.setdefault(each.number, each)
    return tuple(said[number] for number in sorted(said))


def open_count(view: CaseView) -> int:
    """Return how many suggestions of a case nobody has decided on."""
    return sum(
        Flag.OPEN in item.flags and item.coding is not None and item.coding.status is Status.SUGGESTED
        for item in view.settled.items
    )
