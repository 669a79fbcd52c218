"""The changes on one post, put together from what sentences tell of it, in the order of the text."""

from dataclasses import dataclass, field

from pipeline.patterns.change_sentences import Telling
from pipeline.patterns.findings import CHANGES, Finding
from pipeline.patterns.staff import StatedChanges
from pipeline.patterns.staff_events import Event, Kind
from pipeline.patterns.staff_numbers import Basis


@dataclass(slots=True)
class Post:
    """What the sentences tell of one post, put together in the order of the text."""

    best: Finding | None = None
    count: int = 0
    left_open: bool = False
    row: bool = False
    closed: bool = False
    named: bool = True
    more: int = 0
    people: set[tuple[Kind, str]] = field(default_factory=set)
    sentences: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    sure: bool = True

    def state(self, finding: Finding, stated: StatedChanges) -> None:
        """Take in a number: the largest holds."""
        if self.best is None or (finding.value, finding.certain) > (self.best.value, self.best.certain):
            self.best = finding
        self.count = max(self.count, int(finding.value))
        self.left_open = False
        self.closed |= stated.basis is not Basis.ORDINAL or stated.stands

    def happen(self, event: Event, sentence: Telling) -> None:
        """Take in somebody who left or came: who comes after one who left is the same change."""
        before = self.count
        if event.kind is Kind.FIRST:
            self.people |= {(Kind.CAME, name) for name in event.who}
        elif event.kind is Kind.ROW:
            self.row = True
            self.words.setdefault(sentence.segment, sentence.quote)
        elif event.kind is Kind.KNOWN:
            self.count = max(self.count, 1)
            self.left_open = False
        elif event.kind is Kind.LEFT:
            self._leave(event)
        elif event.again or not self._is_told(event):
            self.count += not self.left_open
            self.left_open = False
        self.people |= {(event.kind, name) for name in event.who}
        if self.closed and self.best is not None:
            self.more += event.again and self.count > before
        if self.count > before:
            self.sentences[sentence.segment] = self.sentences.get(sentence.segment, 0) + self.count - before
            self.words.setdefault(sentence.segment, sentence.quote)
            self.sure &= sentence.sure
            self.named &= event.named

    def _leave(self, event: Event) -> None:
        if event.index:
            self.left_open = self.left_open or event.index > self.count
            self.count = max(self.count, event.index)
        elif not self._is_told(event) and not (event.earlier and self.count):
            self.count += 1
            self.left_open = not event.earlier

    def _is_told(self, event: Event) -> bool:
        """Say whether the sentence before told the same of the same people."""
        return bool(event.who) and all((event.kind, name) in self.people for name in event.who)

    def finding(self, case: str, measure: str) -> Finding | None:
        """Return the value: the largest number stated, or what happened where no number counts it all."""
        best = self.best
        if best is not None and not self.more and (self.closed or best.value >= self.count):
            return best
        value = int(best.value) + self.more if best is not None and self.closed else self.count
        if not value and self.row:
            return Finding(case, measure, 1, CHANGES, 1, None, False, *next(iter(self.words.items())))
        if not value:
            return None
        low = max([best.low or 1 if best else 1, *self.sentences.values()])
        segment = next(iter(self.sentences)) if len(self.sentences) == 1 else ""
        certain = len(self.sentences) == 1 and best is None and self.sure and (value == 1 or self.named)
        words, segments = self.words.get(segment, ""), () if segment else tuple(self.sentences)
        return Finding(case, measure, value, CHANGES, low, None, certain, segment, words, segments)
