"""What holds after review: every coding with its status, and what still needs a person."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codings import Coding
from pipeline.model.review import Decision


class Flag(StrEnum):
    """What a reviewer should know of a judged code in a sentence."""

    OPEN = "open"
    """The machine suggests it and nobody has decided."""
    NEW = "new"
    """Open, and not yet suggested when the case was said to be done."""
    UNSURE = "unsure"
    """Somebody was unsure, and nobody has decided."""
    CONTESTED = "contested"
    """Reviewers differ, and no adjudicator has decided."""
    VANISHED = "vanished"
    """It was decided on, and the machine no longer suggests it."""
    CONTRADICTING = "contradicting"
    """The machine now says something else than what was decided: by other rules, or of another assertion or time."""
    MOVED = "moved"
    """A decision on it was made in an earlier text that held the same sentence."""


class Why(StrEnum):
    """Why a decision settles nothing today."""

    CHANGED = "changed"
    """The sentence no longer stands in the text as it was."""
    GONE = "gone"
    """There is no such case."""
    UNKNOWN_CODE = "unknown_code"
    """The codebook has no such code, and no migration tells what became of it."""
    RETIRED = "retired"
    """A migration retired the code."""
    SPLIT = "split"
    """The code was split and nothing tells which part was meant."""


@dataclass(frozen=True, slots=True)
class Item:
    """One code in one sentence, with all that was said of it.

    Attributes:
        case: Id of the case.
        segment: Id of the segment.
        code: Id of the code.
        coding: The coding with its status; None when nothing stands there, as for the rejection of what has vanished.
        suggested: The machine's coding as it is today; None when the machine suggests none.
        decisions: The live decisions on it that count, in the order of the log; a reviewer's last one holds.
        comments: Remarks on it.
        flags: What a reviewer should know.
    """

    case: str
    segment: str
    code: str
    coding: Coding | None
    suggested: Coding | None
    decisions: tuple[Decision, ...] = ()
    comments: tuple[Decision, ...] = ()
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Stale:
    """A live decision that settles nothing today; it is shown, never guessed at."""

    decision: Decision
    why: Why


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds after review.

    Attributes:
        items: One for each code in each sentence that anybody or the machine has coded, by case and position.
        stale: Decisions that settle nothing today: first those whose sentence is gone, then those whose code is,
            each in the order of the log.
        placed: How many live decisions were found in the very text they were made in.
        moved: How many were found in a changed text.
    """

    items: tuple[Item, ...]
    stale: tuple[Stale, ...] = ()
    placed: int = 0
    moved: int = 0

    @property
    def codings(self) -> tuple[Coding, ...]:
        """All codings with their status, by case and position; rejected ones too."""
        return tuple(item.coding for item in self.items if item.coding is not None)

    def flagged(self, flag: Flag) -> tuple[Item, ...]:
        """Return the items that carry a flag.

        Args:
            flag: The flag.
        """
        return tuple(item for item in self.items if flag in item.flags)

    @property
    def open(self) -> tuple[Item, ...]:
        """What the machine suggests and nobody has decided."""
        return self.flagged(Flag.OPEN)

    @property
    def unsure(self) -> tuple[Item, ...]:
        """What somebody was unsure of and nobody has decided."""
        return self.flagged(Flag.UNSURE)

    @property
    def contested(self) -> tuple[Item, ...]:
        """Where reviewers differ and no adjudicator has decided."""
        return self.flagged(Flag.CONTESTED)

    @property
    def vanished(self) -> tuple[Item, ...]:
        """What was decided on and the machine no longer suggests."""
        return self.flagged(Flag.VANISHED)

    @property
    def contradicting(self) -> tuple[Item, ...]:
        """Where the machine now says something else than what was decided."""
        return self.flagged(Flag.CONTRADICTING)

    def where(self, wanted: Callable[[Item], bool]) -> tuple[Item, ...]:
        """Return the items for which a question is answered with True.

        Args:
            wanted: The question.
        """
        return tuple(filter(wanted, self.items))
