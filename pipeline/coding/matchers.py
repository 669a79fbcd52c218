"""Patterns compiled to matchers over the words of one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.codebook.syntax import Gap, Group, Item, ListName, Pattern, Phrase, parse_pattern
from pipeline.coding.lexicon import Lexicon, Single
from pipeline.language.words import words_of


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a phrase: a word class, or phrases to choose from, after a gap.

    Attributes:
        word_class: Number of the class, -1 when ``choices`` holds instead.
        choices: Phrases of which one must match.
        gap: Most words of any kind before it.
        optional: True when it may be missing.
    """

    word_class: int
    choices: tuple["Steps", ...] = ()
    gap: int = 0
    optional: bool = False


Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled pattern.

    Attributes:
        phrases: Each phrase's steps; all must match.
        within: Most words between neighbours among the phrases, None for anywhere.
        anchors: Word classes of which a sentence must hold one; the rarest there is.
        required: Word classes that a sentence must hold, all of them.
    """

    phrases: tuple[Steps, ...]
    within: int | None
    anchors: frozenset[int]
    required: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence with the classes they belong to.

    Attributes:
        words: Folded words.
        classes: The classes of each word.
        present: All classes present.
    """

    words: tuple[str, ...]
    classes: tuple[frozenset[int], ...]
    present: frozenset[int]


EMPTY = Sentence((), (), frozenset())


def read_sentence(text: str, lexicon: Lexicon) -> Sentence:
    """Look up every word of a sentence."""
    words = words_of(text)
    look_up = lexicon.classes
    classes = [look_up(word) for word in words]
    return Sentence(tuple(words), tuple(classes), frozenset().union(*classes))


class PatternCompiler:
    """Compiles patterns against one lexicon and the codebook's word lists.

    Args:
        lexicon: Takes the word classes.
        lists: Patterns of each named list.
    """

    def __init__(self, lexicon: Lexicon, lists: Mapping[str, Sequence[str]]) -> None:
        self.lexicon = lexicon
        self._lists = lists
        self._list_phrases: dict[str, tuple[Phrase, ...]] = {}
        self._done: dict[str, Matcher] = {}

    def compile(self, source: str) -> Matcher:
        """Compile one pattern; the same source gives the same matcher.

        Raises:
            PatternError: The pattern is not well formed.
            KeyError: It names a list that does not exist.
        """
        if source not in self._done:
            self._done[source] = self._pattern(parse_pattern(source))
        return self._done[source]

    def _pattern(self, pattern: Pattern) -> Matcher:
        phrases = tuple(self._steps(phrase) for phrase in pattern.phrases)
        required = frozenset(
            step.word_class for steps in phrases for step in steps if step.word_class >= 0 and not step.optional
        )
        anchors = min((self._anchors(steps) for steps in phrases), key=self._cost)
        return Matcher(phrases, pattern.within, anchors, required)

    def _steps(self, phrase: Phrase) -> Steps:
        steps: list[Step] = []
        gap = 0
        for item in phrase.items:
            if isinstance(item, Gap):
                gap = item.most
            else:
                steps.append(self._step(item, gap))
                gap = 0
        return tuple(steps)

    def _step(self, item: Item, gap: int) -> Step:
        singles: list[Single] = []
        longer: list[Phrase] = []
        for phrase in self._flat(Phrase((Item(item.atom),))):
            only = phrase.items[0]
            if len(phrase.items) == 1 and isinstance(only, Item) and not isinstance(only.atom, Group | ListName):
                singles.append(only.atom)
            else:
                longer.append(phrase)
        if not longer:
            return Step(self.lexicon.add(singles), gap=gap, optional=item.optional)
        choices = [self._steps(phrase) for phrase in longer]
        if singles:
            choices.append((Step(self.lexicon.add(singles)),))
        return Step(-1, tuple(choices), gap, item.optional)

    def _flat(self, phrase: Phrase) -> Iterator[Phrase]:
        """Resolve lists and groups that stand alone in a phrase into the phrases they choose from."""
        only = phrase.items[0]
        if len(phrase.items) > 1 or not isinstance(only, Item):
            yield phrase
        elif isinstance(only.atom, ListName):
            for choice in self._list(only.atom.name):
                yield from self._flat(choice)
        elif isinstance(only.atom, Group):
            for choice in only.atom.alternatives:
                yield from self._flat(choice)
        else:
            yield phrase

    def _list(self, name: str) -> tuple[Phrase, ...]:
        if name not in self._list_phrases:
            patterns = [parse_pattern(source) for source in self._lists[name]]
            self._list_phrases[name] = tuple(phrase for pattern in patterns for phrase in pattern.phrases)
        return self._list_phrases[name]

    def _anchors(self, steps: Steps) -> frozenset[int]:
        candidates = []
        for step in steps:
            if step.optional:
                continue
            if step.word_class >= 0:
                candidates.append(frozenset({step.word_class}))
            else:
                candidates.append(frozenset().union(*(self._anchors(choice) for choice in step.choices)))
        return min(candidates, key=self._cost)

    def _cost(self, classes: frozenset[int]) -> tuple[float, tuple[int, ...]]:
        return sum(self.lexicon.cost[number] for number in classes), tuple(sorted(classes))


Hit = tuple[int, ...]
"""Indexes of the words that a matcher consumed, in order."""


def find(matcher: Matcher, sentence: Sentence) -> list[Hit]:
    """Return the matches of a pattern in a sentence, from the left, none overlapping the one before.

    A pattern of several phrases matches at most once: with the first match of its first phrase that has the others.
    """
    if not matcher.required <= sentence.present:
        return []
    if len(matcher.phrases) == 1:
        return list(_all_hits(matcher.phrases[0], sentence))
    first, *rest = matcher.phrases
    for start in _all_hits(first, sentence):
        words = _join(start, rest, matcher.within, sentence)
        if words:
            return [words]
    return []


def _join(start: Hit, rest: list[Steps], within: int | None, sentence: Sentence) -> Hit:
    """Add a match of every further phrase, none sharing a word with those before; empty when one is missing."""
    words = start
    for steps in rest:
        for hit in _all_hits(steps, sentence):
            apart = max(hit[0] - words[-1], words[0] - hit[-1]) - 1
            if not set(hit) & set(words) and (within is None or apart <= within):
                words = tuple(sorted(words + hit))
                break
        else:
            return ()
    return words


def _all_hits(steps: Steps, sentence: Sentence) -> Iterator[Hit]:
    classes = sentence.classes
    first = steps[0]
    quick = first.word_class if first.word_class >= 0 and not first.optional else -1
    at = 0
    while at < len(classes):
        if quick >= 0 and quick not in classes[at]:
            at += 1
            continue
        hit = next(_ways(steps, 0, at, classes, first=True), ())
        if hit:
            yield hit
            at = max(at, hit[-1]) + 1
        else:
            at += 1


def _ways(
    steps: Steps, number: int, at: int, classes: tuple[frozenset[int], ...], *, first: bool = False, slack: int = 0
) -> Iterator[Hit]:
    """Yield the ways in which steps from ``number`` on match from word ``at``, shortest gaps first.

    Args:
        steps: The steps of a phrase.
        number: The step to match now.
        at: The first word it may take.
        classes: The classes of each word of the sentence.
        first: True before anything has matched: then no gap may be skipped.
        slack: The gap before an optional step that was left out; it stays open for the next.
    """
    if number == len(steps):
        yield ()
        return
    step = steps[number]
    last = len(classes)
    gap = 0 if first else max(step.gap, slack)
    for here in range(at, min(at + gap, last - 1) + 1):
        if step.word_class >= 0:
            if step.word_class in classes[here]:
                for tail in _ways(steps, number + 1, here + 1, classes):
                    yield (here, *tail)
        else:
            for choice in step.choices:
                for head in _ways(choice, 0, here, classes, first=True):
                    for tail in _ways(steps, number + 1, head[-1] + 1, classes):
                        yield head + tail
    if step.optional:
        yield from _ways(steps, number + 1, at, classes, first=first, slack=gap)
