"""How often staff changed in a case, during the course and before it, by what its sentences tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.cases import Case
from pipeline.model.codings import Coding, by_segment
from pipeline.patterns.findings import CHANGES, Finding
from pipeline.patterns.staff import CHANGE_CODES, Reading, StatedChanges, Told, read_told
from pipeline.patterns.staff_clauses import People, When
from pipeline.patterns.staff_events import Event, Kind
from pipeline.patterns.staff_numbers import Basis

CHANGE_MEASURES = {code: f"{code.removeprefix('change.')}_changes" for code in CHANGE_CODES}
"""The measure that each code of a change is counted in."""

_ASIDE = "school"
"""The post that counts only where no other is told of."""

_SURE = 0.5
"""A coding below this confidence makes no value certain, and counts no change whose words are not known."""


def count_changes(case: Case, code: str, codings: Sequence[Coding]) -> tuple[list[Finding], list[Finding]]:
    """Return the counted changes of a code, of the course and before it, and what its sentences state.

    Args:
        case: The case.
        code: The core code of the change.
        codings: Its codings in the case, in the order of the text.
    """
    people = People.of(case)
    told = [_Sentence.of(given, code, people) for given in by_segment(codings).values()]
    history = [each.of_time(before=True) for each in told]
    course = [each.of_time(before=False) for each in told]
    persons = _persons_before(history)
    counted: list[Finding] = []
    details: list[Finding] = []
    for name, sentences, earlier in (
        (CHANGE_MEASURES[code], course, persons),
        (f"{CHANGE_MEASURES[code]}_before", history, []),
    ):
        found = _count(case.id, name, [each for each in sentences if each is not None], earlier)
        counted += [found] if found is not None else []
        details += [
            _stated_finding(case.id, f"stated_{name}", each, reading.what)
            for each in sentences
            if each is not None
            for reading in each.readings
            if isinstance(reading.what, StatedChanges)
        ]
    return counted, details


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence coded as a change: where it stands, what was coded, and what it tells."""

    segment: str
    quote: str
    before: bool
    sure: bool
    silent: bool
    readings: tuple[Reading, ...]

    @classmethod
    def of(cls, given: Sequence[Coding], code: str, people: People) -> "_Sentence":
        first = given[0]
        told = read_told(first.sentence, code, people)
        sure = max(each.confidence for each in given) >= _SURE
        return cls(
            first.segment,
            first.quote,
            any(each.before for each in given),
            sure,
            told.consequence and not told.denied,
            told.readings or _unknown(told, sure=sure),
        )

    def of_time(self, *, before: bool) -> "_Sentence | None":
        """Return the sentence with what it tells of the course, or of the time before it; None for nothing."""
        kept = [
            part for each in self.readings for time, part in _split(each, told_before=self.before) if time is before
        ]
        if not kept and not (self.silent and not self.readings and self.before is before):
            return None
        return replace(self, readings=tuple(kept))


def _unknown(told: Told, *, sure: bool) -> tuple[Reading, ...]:
    """Return a change whose words are not known, where the coding is likely and nothing speaks against one."""
    if told.denied or told.consequence or not sure:
        return ()
    return (Reading(Event(Kind.CAME, 0), None, "", frozenset()),)


def _split(reading: Reading, *, told_before: bool) -> list[tuple[bool, Reading]]:
    """Say of a reading whether it is before the course; who came as it began is the last of those before, and one."""
    what = reading.what
    if reading.when is None:
        return [(told_before, reading)]
    if reading.when is not When.ENTRY:
        return [(reading.when is When.BEFORE, reading)]
    if isinstance(what, Event):
        return [(False, reading)]
    if what.basis is not Basis.ORDINAL or not what.arrived:
        return [(True, reading)]
    came = replace(reading, what=Event(Kind.CAME, 0))
    if what.number == 1:
        return [(False, came)]
    return [(True, replace(reading, what=replace(what, number=what.number - 1))), (False, came)]


def _persons_before(history: Iterable[_Sentence | None]) -> list[tuple[int, frozenset[str]]]:
    """Return how many people there were before the course, with whose they were."""
    return [
        (reading.what.number + 1, reading.whose)
        for each in history
        if each is not None
        for reading in each.readings
        if isinstance(reading.what, StatedChanges)
    ]


def _stated_finding(case: str, measure: str, sentence: _Sentence, stated: StatedChanges) -> Finding:
    high = float(stated.number) if stated.basis is Basis.TIMES and not stated.uncertain else None
    certain = not stated.uncertain and sentence.sure
    return Finding(case, measure, stated.number, CHANGES, stated.number, high, certain, sentence.segment, stated.words)


@dataclass(slots=True)
class _Post:
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

    def happen(self, event: Event, sentence: _Sentence) -> None:
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


def _count(
    case: str, measure: str, sentences: Sequence[_Sentence], before: Sequence[tuple[int, frozenset[str]]]
) -> Finding | None:
    """Return how many changes sentences tell of, added up over posts; None where they tell of none.

    Args:
        case: Id of the case.
        measure: Name of the measure.
        sentences: The sentences with what they tell.
        before: How many people there were before the course, with whose they were; a caseworker told to be the eighth
            after seven before the course is one change.
    """
    posts: dict[str, _Post] = {}
    last = next((reading.post for each in sentences for reading in each.readings if reading.post), "")
    for sentence in sentences:
        for reading in sentence.readings:
            last = reading.post or last
            post = posts.setdefault(last, _Post())
            if isinstance(reading.what, Event):
                post.happen(reading.what, sentence)
            else:
                finding = _stated_finding(case, measure, sentence, reading.what)
                post.state(_during(finding, reading, before), reading.what)
    if len(posts) > 1:
        posts.pop(_ASIDE, None)
    found = [each for each in (post.finding(case, measure) for post in posts.values()) if each is not None]
    if not found:
        silent = [each for each in sentences if each.silent][:1]
        return (
            Finding(case, measure, 1, CHANGES, 1, None, False, silent[0].segment, silent[0].quote) if silent else None
        )
    if len(found) == 1:
        return found[0]
    value, low = sum(each.value for each in found), sum(each.low or 0 for each in found)
    segments = tuple(dict.fromkeys(segment for each in found for segment in each.rests_on))
    return Finding(case, measure, value, CHANGES, low, None, False, segments=segments)


def _during(finding: Finding, reading: Reading, before: Sequence[tuple[int, frozenset[str]]]) -> Finding:
    """Take those before the course off the number of a person, where they were the same citizen's."""
    stated = reading.what
    persons = max(
        (number for number, whose in before if not whose or not reading.whose or whose & reading.whose), default=0
    )
    if isinstance(stated, Event) or stated.basis is not Basis.ORDINAL or not 0 < persons <= stated.number:
        return finding
    return replace(finding, value=stated.number + 1 - persons, low=1, high=None, certain=False)
