"""Matching compiled patterns in the words of one sentence.

A pattern is looked at only when the sentence holds a word for each of its steps; the places of a word list's longer
entries are found once a sentence and shared by all patterns that use the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Choice, Matcher, Steps, all_present

Hit = tuple[int, ...]
"""Indexes of the words that a matcher consumed, in order."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence with the classes they belong to.

    Attributes:
        words: Folded words.
        classes: The classes of each word.
        present: All classes present.
        places: For each class, the words that belong to it as bits; filled when first asked for.
        live: For each table entry of longer phrases, those that may match here; filled when first asked.
        longer: For each table entry of longer phrases, its matches by first word; filled when first asked for.
    """

    words: tuple[str, ...]
    classes: tuple[frozenset[int], ...]
    present: frozenset[int]
    places: dict[int, int] = field(default_factory=dict, compare=False, repr=False)
    live: dict[int, tuple[Steps, ...]] = field(default_factory=dict, compare=False, repr=False)
    longer: dict[int, dict[int, list[Hit]]] = field(default_factory=dict, compare=False, repr=False)

    def places_of(self, word_class: int) -> int:
        """Return the words that belong to a class, as the bits of a number."""
        found = self.places.get(word_class)
        if found is None:
            found = 0
            for place, classes in enumerate(self.classes):
                if word_class in classes:
                    found |= 1 << place
            self.places[word_class] = found
        return found


def make_sentence(words: Sequence[str], lexicon: Lexicon) -> Sentence:
    """Look up every word of a sentence.

    Args:
        words: Its folded words.
        lexicon: The word classes.
    """
    classes = tuple(map(lexicon.classes, words))
    return Sentence(tuple(words), classes, frozenset().union(*classes))


def find(matcher: Matcher, sentence: Sentence) -> list[Hit]:
    """Return the matches of a pattern in a sentence, from the left, none overlapping the one before.

    A pattern of several phrases matches at most once: with the first match of its first phrase that has the others.
    """
    if not matcher.may_match(sentence.present):
        return []
    search = _Search(matcher.choices, sentence)
    anywhere = (1 << len(sentence.words)) - 1
    if not all(search.ends(steps, anywhere) for steps in matcher.phrases):
        return []
    if len(matcher.phrases) == 1:
        return list(search.hits(matcher.phrases[0]))
    first, *rest = matcher.phrases
    for start in search.hits(first):
        words = _join(start, rest, matcher.within, search)
        if words:
            return [words]
    return []


def _join(start: Hit, rest: list[Steps], within: int | None, search: "_Search") -> Hit:
    """Add a match of every further phrase, none sharing a word with those before; empty when one is missing."""
    words = start
    for steps in rest:
        for hit in search.hits(steps):
            apart = max(hit[0] - words[-1], words[0] - hit[-1]) - 1
            if not set(hit) & set(words) and (within is None or apart <= within):
                words = tuple(sorted(words + hit))
                break
        else:
            return ()
    return words


class _Search:
    """The matching of phrases in one sentence."""

    __slots__ = ("choices", "classes", "sentence")

    def __init__(self, choices: Sequence[tuple[Choice, ...]], sentence: Sentence) -> None:
        self.choices = choices
        self.sentence = sentence
        self.classes = sentence.classes

    def hits(self, steps: Steps) -> Iterator[Hit]:
        """Yield the matches of a phrase from the left, none overlapping the one before."""
        free = 0
        for start in self.starts(steps):
            if start >= free:
                hit = next(self.ways(steps, 0, start, first=True), None)
                if hit:
                    yield hit
                    free = hit[-1] + 1

    def starts(self, steps: Steps) -> Iterator[int]:
        """Yield the words at which a phrase may begin, from the left."""
        first = steps[0]
        places = (1 << len(self.classes)) - 1
        if not first.optional:
            places = self.sentence.places_of(first.word_class)
            if first.choices >= 0:
                places |= sum(1 << start for start in self.longer(first.choices) if not places >> start & 1)
        while places:
            lowest = places & -places
            yield lowest.bit_length() - 1
            places ^= lowest

    def ends(self, steps: Steps, starts: int) -> int:
        """Return the words that may follow a phrase, as bits: a quick test that never misses a match.

        All ways of matching are followed at once, one bit a word. It errs only where an optional step is left out:
        then the gaps before and after it add up, and the exact search decides.

        Args:
            steps: The steps of a phrase.
            starts: The words at which it may begin, as bits.
        """
        reach = starts
        for step in steps:
            for _ in range(step.gap):
                reach |= reach << 1
            ends = (reach & self.sentence.places_of(step.word_class)) << 1 if step.word_class >= 0 else 0
            if step.choices >= 0 and not step.longer.isdisjoint(self.sentence.present):
                for choice in self.live(step.choices):
                    ends |= self.ends(choice, reach)
            reach = ends | reach if step.optional else ends
            if not reach:
                break
        return reach

    def ways(self, steps: Steps, number: int, at: int, *, first: bool = False, slack: int = 0) -> Iterator[Hit]:
        """Yield the ways in which steps from ``number`` on match from word ``at``, shortest gaps first.

        Args:
            steps: The steps of a phrase.
            number: The step to match now.
            at: The first word it may take.
            first: True before anything has matched: then no word may be skipped.
            slack: The gap before an optional step that was left out; it stays open for the next.
        """
        step = steps[number]
        last = number + 1 == len(steps)
        gap = 0 if first else max(step.gap, slack)
        for here in range(at, min(at + gap + 1, len(self.classes))):
            if step.word_class in self.classes[here]:
                if last:
                    yield (here,)
                else:
                    for tail in self.ways(steps, number + 1, here + 1):
                        yield (here, *tail)
            if step.choices >= 0:
                for head in self.longer(step.choices).get(here, ()):
                    if last:
                        yield head
                    else:
                        for tail in self.ways(steps, number + 1, head[-1] + 1):
                            yield head + tail
        if step.optional:
            if last:
                yield ()
            else:
                yield from self.ways(steps, number + 1, at, first=first, slack=gap)

    def longer(self, number: int) -> dict[int, list[Hit]]:
        """Return the matches of some longer phrases by their first word, found once a sentence."""
        found = self.sentence.longer.get(number)
        if found is None:
            found = self.sentence.longer[number] = {}
            for steps in self.live(number):
                for start in self.starts(steps):
                    for hit in self.ways(steps, 0, start, first=True):
                        if hit:
                            found.setdefault(hit[0], []).append(hit)
        return found

    def live(self, number: int) -> tuple[Steps, ...]:
        """Return those of some longer phrases for whose steps the sentence holds a word, found once a sentence."""
        found = self.sentence.live.get(number)
        if found is None:
            found = tuple(steps for steps, needs in self.choices[number] if all_present(needs, self.sentence.present))
            self.sentence.live[number] = found
        return found
