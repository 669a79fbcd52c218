"""Which decisions are live: those that nobody has taken back."""

from collections.abc import Iterable

from pipeline.model.review import Decision, Verdict

_LAST = 2**62


def live_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that are not taken back, without the undos, in the order of the log.

    An undo that was itself undone takes nothing back.

    Args:
        decisions: Decisions and undos in any order.
    """
    ordered = sorted(decisions, key=place_in_log)
    dead: set[int] = set()
    for each in reversed(ordered):
        if each.verdict is Verdict.UNDO and each.number not in dead:
            dead.update(number for number in each.undoes if number < each.number)
    return tuple(each for each in ordered if each.verdict is not Verdict.UNDO and each.number not in dead)


def place_in_log(decision: Decision) -> int:
    """Return what decisions are sorted by: their number, and those that have none yet come last.

    Args:
        decision: The decision.
    """
    return decision.number or _LAST
