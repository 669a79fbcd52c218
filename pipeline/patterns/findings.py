"""A value read from a case, with the words that show it."""

from dataclasses import dataclass

MONTHS, CHANGES, SHARE, DENSITY = "months", "changes", "share", "per 100 sentences"
"""The units of findings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One value read from a case, or put together from its values, with the words that show it.

    Attributes:
        case: Id of the case.
        measure: Name of the measure; ``stated_...`` for what single sentences say, ``..._before`` for the time before
            the course.
        value: The value.
        unit: ``months``, ``changes``, ``share`` or ``per 100 sentences``.
        low: The least it can be, None where nothing sets a floor.
        high: The most it can be, None where nothing sets a ceiling.
        certain: False for vague words, for what was concluded from dates, for several sentences counted as one change
            each, as two may tell of the same one, and for a share of few sentences.
        segment: Id of the segment that says it, empty where several do.
        words: The words that say it, empty where several segments do; of waits added up, the things waited for.
        segments: Ids of the segments it rests on, in the order of the text, where several do.
    """

    case: str
    measure: str
    value: float
    unit: str
    low: float | None
    high: float | None
    certain: bool
    segment: str = ""
    words: str = ""
    segments: tuple[str, ...] = ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Ids of the segments it rests on, be it one or several."""
        return self.segments or ((self.segment,) if self.segment else ())
