"""Matching compiled patterns in the words of one sentence."""

from collections.abc import Iterator, Sequence

from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Matcher, Step, Table

Hit = tuple[int, ...]
"""Indexes of the words that a matcher consumed, in order."""


class Sentence:
    """The words of a sentence with the classes they belong to.

    Args:
        words: Folded words.
        classes: The classes of each word.

    Attributes:
        words: Folded words.
        classes: The classes of each word.
        longer: Matches of longer phrases by their number in the table and their first word; filled when asked for.
    """

    __slots__ = ("classes", "longer", "words")

    def __init__(self, words: Sequence[str], classes: Sequence[frozenset[int]]) -> None:
        self.words = words
        self.classes = classes
        self.longer: dict[tuple[int, int], list[Hit]] = {}


def make_sentence(words: Sequence[str], lexicon: Lexicon) -> Sentence:
    """Look up every word of a sentence.

    Args:
        words: Its folded words.
        lexicon: The word classes.
    """
    return Sentence(words, [lexicon.classes(word) for word in words])


def find(matcher: Matcher, sentence: Sentence, starts: Sequence[int] | None = None) -> list[Hit]:
    """Return the matches of a pattern in a sentence, from the left, none overlapping the one before.

    A pattern of several phrases matches at most once: with the first match of its first phrase that has the others.

    Args:
        matcher: The pattern.
        sentence: The sentence.
        starts: The words at which a pattern of one phrase may begin, in order; None where they are not known.
    """
    phrase = matcher.phrases[0]
    if starts is not None and phrase.length:
        return _runs(starts, phrase.length)
    search = _Search(matcher.table, sentence)
    if len(matcher.phrases) == 1:
        return list(search.hits(phrase, starts))
    first, *rest = matcher.phrases
    others = [list(search.hits(phrase)) for phrase in rest]
    if not all(others):
        return []
    for start in search.hits(first):
        words = _join(start, others, matcher.within)
        if words:
            return [words]
    return []


def _runs(starts: Sequence[int], length: int) -> list[Hit]:
    """Return runs of so many words that begin at the words given, none overlapping the one before."""
    if len(starts) == 1:
        return [tuple(range(starts[0], starts[0] + length))]
    found: list[Hit] = []
    free = 0
    for start in starts:
        if start >= free:
            free = start + length
            found.append(tuple(range(start, free)))
    return found


def _join(start: Hit, others: list[list[Hit]], within: int | None) -> Hit:
    """Add a match of every further phrase, none sharing a word with those before; empty when one is missing."""
    words = start
    for hits in others:
        for hit in hits:
            apart = max(hit[0] - words[-1], words[0] - hit[-1]) - 1
            if not set(hit) & set(words) and (within is None or apart <= within):
                words = tuple(sorted(words + hit))
                break
        else:
            return ()
    return words


class _Search:
    """The matching of phrases in one sentence."""

    __slots__ = ("classes", "sentence", "table")

    def __init__(self, table: Table, sentence: Sentence) -> None:
        self.table = table
        self.sentence = sentence
        self.classes = sentence.classes

    def hits(self, phrase: Step, starts: Sequence[int] | None = None) -> Iterator[Hit]:
        """Yield the matches of a phrase from the left, none overlapping the one before."""
        free = 0
        for start in self.possible(phrase) if starts is None else starts:
            if start >= free:
                hit = self.way(phrase, start, 0, first=True)
                if hit:
                    yield hit
                    free = hit[-1] + 1

    def possible(self, phrase: Step) -> Sequence[int]:
        """Return the words at which a phrase may begin, as far as those words alone tell it."""
        if phrase.optional:
            return range(len(self.classes))
        word_class = phrase.word_class
        if phrase.choices < 0:
            return [place for place, classes in enumerate(self.classes) if word_class in classes]
        opening = self.table.opening(phrase.choices)
        return [
            place
            for place, classes in enumerate(self.classes)
            if word_class in classes or not opening.isdisjoint(classes)
        ]

    def way(self, step: Step, at: int, gap: int, *, first: bool = False) -> Hit | None:
        """Return the first way in which a step and those after it match from a word, None when there is none.

        Args:
            step: The step to match now.
            at: The first word it may take.
            gap: Most words to skip before it; the gap before an optional step that is left out stays open for the next.
            first: True before anything has matched: then no word may be skipped.
        """
        word_class, choices, following = step.word_class, step.choices, step.next
        for here in range(at, min(at + gap + 1, len(self.classes))):
            if word_class in self.classes[here]:
                if following is None:
                    return (here,)
                tail = self.way(following, here + 1, following.gap)
                if tail is not None:
                    return (here, *tail)
            if choices >= 0:
                for head in self.longer(choices, here):
                    if following is None:
                        return head
                    tail = self.way(following, head[-1] + 1, following.gap)
                    if tail is not None:
                        return head + tail
        if not step.optional:
            return None
        if following is None:
            return ()
        return self.way(following, at, 0 if first else max(following.gap, gap), first=first)

    def ways(self, step: Step, at: int, gap: int, *, first: bool = False) -> Iterator[Hit]:
        """Yield all ways in which a step and those after it match from a word, shortest gaps first."""
        following = step.next
        for here in range(at, min(at + gap + 1, len(self.classes))):
            heads: list[Hit] = [(here,)] if step.word_class in self.classes[here] else []
            if step.choices >= 0:
                heads += self.longer(step.choices, here)
            for head in heads:
                if following is None:
                    yield head
                else:
                    for tail in self.ways(following, head[-1] + 1, following.gap):
                        yield head + tail
        if step.optional:
            if following is None:
                yield ()
            else:
                yield from self.ways(following, at, 0 if first else max(following.gap, gap), first=first)

    def longer(self, number: int, here: int) -> list[Hit]:
        """Return the matches of some longer phrases that begin at a word, found once a sentence."""
        found = self.sentence.longer.get((number, here))
        if found is None:
            classes = self.classes[here]
            found = self.sentence.longer[number, here] = []
            if self.table.opening(number).isdisjoint(classes):
                return found
            for phrase in self.table.choices[number]:
                if phrase.word_class in classes or phrase.choices >= 0 or phrase.optional:
                    if phrase.length:
                        if self.run(phrase, here):
                            found.append(tuple(range(here, here + phrase.length)))
                    else:
                        found.extend(hit for hit in self.ways(phrase, here, 0, first=True) if hit)
        return found

    def run(self, phrase: Step, here: int) -> bool:
        """Say whether a phrase without gaps and choices stands at a word."""
        classes = self.classes
        if here + phrase.length > len(classes):
            return False
        step: Step | None = phrase
        while step is not None:
            if step.word_class not in classes[here]:
                return False
            here += 1
            step = step.next
        return True
