"""Which sentences tell of the course by their dates: those dated later than it began."""

from collections.abc import Sequence
from functools import cached_property

from pipeline.coding.model_cues import CaseCues
from pipeline.language.date_years import resolve_dates
from pipeline.language.dates import DateMention, read_dates
from pipeline.language.words import word_spans
from pipeline.model.cases import Segment
from pipeline.model.codes import CueKind


class CourseDates:
    """The dates of the segments that tell of a case's course, read when they are first asked for.

    Args:
        segments: The segments of one case, in the order of the text.
        rows: Which of them are read: where the course begins is told before what came of it.
        cues: Their context cues.
    """

    def __init__(self, segments: Sequence[Segment], rows: Sequence[int], cues: CaseCues) -> None:
        self.segments = segments
        self.rows = rows
        self.cues = cues

    def is_later(self, row: int) -> bool:
        """Say whether all dates of a segment are later than the course began; False where it has none.

        Args:
            row: The segment's number.
        """
        dates = self._dates.get(row, ())
        return self._begun is not None and bool(dates) and all(_is_later(each, self._begun) for each in dates)

    @cached_property
    def _dates(self) -> dict[int, list[DateMention]]:
        """The dates with a year of each segment, their places counted in all that is read."""
        starts: list[int] = []
        text = ""
        for row in self.rows:
            starts.append(len(text))
            text += self.segments[row].text + "\n"
        found: dict[int, list[DateMention]] = {row: [] for row in self.rows}
        at = 0
        for mention in resolve_dates(read_dates(text)):
            while at + 1 < len(starts) and starts[at + 1] <= mention.start:
                at += 1
            if mention.year is not None:
                found[self.rows[at]].append(mention)
        return found

    @cached_property
    def _begun(self) -> DateMention | None:
        """The date that the first sentence that tells when the course began gives for it, where it gives one."""
        text_start = 0
        for row in self.rows:
            text = self.segments[row].text
            telling = [cue for cue in self.cues.of(row) if cue.rule.kind is CueKind.COURSE] if self._dates[row] else []
            if telling:
                told = text_start + word_spans(text)[telling[0].words[0]][0]
                after = [each for each in self._dates[row] if each.start >= told]
                return (after or self._dates[row][-1:])[0]
            text_start += len(text) + 1
        return None


def _is_later(mention: DateMention, than: DateMention) -> bool:
    if mention.moment is not None and than.moment is not None:
        return mention.moment > than.moment
    return (mention.year or 0) > (than.year or 0)
