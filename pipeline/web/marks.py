"""From what holds after review to the marks on a page."""

from collections.abc import Callable, Mapping, Sequence

from pipeline.model.codings import Assertion
from pipeline.model.review import Decision, Verdict
from pipeline.review.live import live_decisions
from pipeline.review.settled import Flag, Item
from pipeline.web.reading import Mark
from pipeline.web.workspace import CaseView


def marks_of(
    view: CaseView, viewer: str, *, label: Callable[[str], str], themes: Mapping[str, int]
) -> dict[str, list[Mark]]:
    """Return the marks of a case by segment, in the order of the text; a detail stands under its core code.

    What a context cue held back (negated, hypothetical) is shown only when a person has spoken of it.

    Args:
        view: The case as the reviewer may see it.
        viewer: Name of the reviewer.
        label: Gives a code's label.
        themes: Number of each code's theme.
    """
    shown: dict[str, list[tuple[Item, tuple[Decision, ...]]]] = {}
    spoken = _spoken(view)
    for item in view.settled.items:
        said = _said_of(item, spoken.get((item.segment, item.code), ()))
        if item.coding is not None and (item.coding.assertion is Assertion.AFFIRMED or said):
            shown.setdefault(item.segment, []).append((item, said))
    found: dict[str, list[Mark]] = {}
    for segment, pairs in shown.items():
        cores = core_of([item.code for item, _ in pairs])
        order = {item.code: place for place, (item, _) in enumerate(pairs)}
        pairs.sort(key=lambda pair: (order[cores[pair[0].code]], pair[0].code != cores[pair[0].code]))
        marks = found.setdefault(segment, [])
        for item, said in pairs:
            assert item.coding is not None
            own = [each for each in said if each.reviewer == viewer and each.verdict is not Verdict.COMMENT]
            marks.append(
                Mark(
                    coding=item.coding,
                    label=label(item.code),
                    theme=themes.get(item.code, 0),
                    number=len(marks) + 1,
                    open=Flag.OPEN in item.flags,
                    mine=own[-1].verdict.value if own else "",
                    verdicts=said,
                    contested=Flag.CONTESTED in item.flags,
                    unsure=Flag.UNSURE in item.flags,
                    new=Flag.NEW in item.flags,
                    contradicting=Flag.CONTRADICTING in item.flags,
                    core=cores[item.code],
                )
            )
    return found


def core_of(codes: Sequence[str]) -> dict[str, str]:
    """Return for each code of a sentence the broadest of them that it is a detail of; itself where there is none.

    Args:
        codes: Ids of the sentence's codes; a detail's id goes on where its core code's ends.
    """
    return {code: min((each for each in codes if f"{code}.".startswith(f"{each}.")), key=len) for code in codes}


def _spoken(view: CaseView) -> dict[tuple[str, str], list[Decision]]:
    """The live decisions by the segment and code that they were made on."""
    found: dict[tuple[str, str], list[Decision]] = {}
    for each in live_decisions(view.decisions):
        if each.anchor is not None:
            found.setdefault((each.anchor.segment, each.code), []).append(each)
    return found


def _said_of(item: Item, live: Sequence[Decision]) -> tuple[Decision, ...]:
    """All live decisions and comments on an item, in the order of the log."""
    said = {each.number: each for each in (*item.decisions, *item.comments, *live)}
    return tuple(said[number] for number in sorted(said))
