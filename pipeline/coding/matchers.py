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
        search: What was found in it so far for some patterns; made when it is first searched.
    """

    __slots__ = ("classes", "search", "words")

    def __init__(self, words: Sequence[str], classes: Sequence[frozenset[int]]) -> None:
        self.words = words
        self.classes = classes
        self.search: Search | None = None


def make_sentence(words: Sequence[str], lexicon: Lexicon) -> Sentence:
    """Look up every word of a sentence.

    Args:
        words: Its folded words.
        lexicon: The word classes.
    """
    return Sentence(words, lexicon.classes_of(words))


def find(matcher: Matcher, sentence: Sentence) -> list[Hit]:
    """Return the matches of a pattern in a sentence, from the left, none overlapping the one before.

    A pattern of several phrases matches at most once: with the first match of its first phrase that has the others.

    Args:
        matcher: The pattern.
        sentence: The sentence.
    """
    search = sentence.search
    if search is None or search.table is not matcher.table:
        search = sentence.search = Search(matcher.table, sentence)
    if len(matcher.phrases) == 1:
        return search.hits(matcher.phrases[0])
    first, *rest = matcher.phrases
    others = [search.hits(phrase) for phrase in rest]
    if not all(others):
        return []
    for start in search.hits(first):
        words = _join(start, others, matcher.within)
        if words:
            return [words]
    return []


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


class Search:
    """The matching of phrases in one sentence, with what several patterns ask for in it.

    Args:
        table: What the patterns share.
        sentence: The sentence.

    Attributes:
        table: What the patterns share.
        classes: The classes of each word.
        opens: For each word the numbers of the longer phrases of which one can begin with it.
    """

    __slots__ = ("_longer", "classes", "opens", "table")

    def __init__(self, table: Table, sentence: Sentence) -> None:
        self.table = table
        self.classes = sentence.classes
        self.opens = [table.opens(*pair) for pair in zip(sentence.words, sentence.classes, strict=True)]
        self._longer: dict[tuple[int, int], list[Hit]] = {}

    def hits(self, phrase: Step) -> list[Hit]:
        """Return the matches of a phrase from the left, none overlapping the one before."""
        word_class, choices, following = phrase.word_class, phrase.choices, phrase.next
        found: list[Hit] = []
        free = 0
        if choices < 0 and not phrase.optional:
            starts = [place for place, classes in enumerate(self.classes) if word_class in classes]
            if following is None:
                return [(start,) for start in starts]
            for start in starts:
                if start >= free:
                    tail = self.way(following, start + 1, following.gap)
                    if tail is not None:
                        found.append((start, *tail))
                        free = found[-1][-1] + 1
            return found
        for start, classes in enumerate(self.classes):
            if start >= free and (word_class in classes or choices in self.opens[start] or phrase.optional):
                hit = self.way(phrase, start, 0, first=True)
                if hit:
                    found.append(hit)
                    free = hit[-1] + 1
        return found

    def way(self, step: Step, at: int, gap: int, *, first: bool = False) -> Hit | None:
        """Return the first way in which a step and those after it match from a word, None when there is none.

        Args:
            step: The step to match now.
            at: The first word it may take.
            gap: Most words to skip before it; the gap before an optional step that is left out stays open for the next.
            first: True before anything has matched: then no word may be skipped.
        """
        word_class, choices, following = step.word_class, step.choices, step.next
        here = at - 1
        for classes in self.classes[at : at + gap + 1]:
            here += 1
            if word_class in classes:
                if following is None:
                    return (here,)
                tail = self.way(following, here + 1, following.gap)
                if tail is not None:
                    return (here, *tail)
            if choices >= 0 and choices in self.opens[here]:
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
            if step.choices in self.opens[here]:
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
        found = self._longer.get((number, here))
        if found is None:
            found = self._longer[number, here] = []
            opening = self.table.opening(number)
            beginning = [opening.phrases[word_class] for word_class in opening.classes & self.classes[here]]
            places = beginning[0] if len(beginning) == 1 else sorted({place for each in beginning for place in each})
            phrases = self.table.choices[number]
            for place in places:
                phrase = phrases[place]
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
