"""Matching compiled patterns in the words of one sentence."""

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Matcher, Step, Table

Hit = tuple[int, ...]
"""Indexes of the words that a matcher consumed, in order."""

_MANY = 2
"""From how many forks on the ways to match the end of a phrase are remembered: else each gap before it would multiply
the time."""


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

    A pattern of several phrases matches at most once, as far to the left as it can.

    Args:
        matcher: The pattern.
        sentence: The sentence.
    """
    search = sentence.search
    if search is None or search.table is not matcher.table:
        search = sentence.search = Search(matcher.table, sentence)
    if len(matcher.phrases) == 1:
        return search.hits(matcher.phrases[0])
    found = [search.hits(phrase) for phrase in matcher.phrases]
    words = _together(found, matcher.within) if all(found) else ()
    return [words] if words else []


def _together(found: Sequence[Sequence[Hit]], within: int | None) -> Hit:
    """Join a match of every phrase, none sharing a word with another: the words furthest to the left, or none.

    Args:
        found: The matches of each phrase.
        within: Most words between a match and those before it, None for any number.
    """
    ranked = sorted((hit, phrase) for phrase, hits in enumerate(found) for hit in hits)
    failed: set[tuple[int, int, Hit]] = set()

    def join(place: int, missing: int, words: Hit) -> Hit:
        """Add a match of every missing phrase (a bit each) from a place among the ranked matches on."""
        if not missing:
            return words
        # Of the words taken only those behind the start of the last match can stand in the way of what comes.
        known = (place, missing, words[bisect_left(words, ranked[place - 1][0][0]) :] if words else ())
        if known in failed:
            return ()
        for at in range(place, len(ranked)):
            hit, phrase = ranked[at]
            if words and within is not None and hit[0] - words[-1] - 1 > within:
                break
            if missing >> phrase & 1 and set(words).isdisjoint(hit):
                joined = join(at + 1, missing ^ 1 << phrase, tuple(sorted(words + hit)))
                if joined:
                    return joined
        failed.add(known)
        return ()

    return join(0, (1 << len(found)) - 1, ())


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

    __slots__ = ("_longer", "_way", "_ways", "classes", "opens", "table")

    def __init__(self, table: Table, sentence: Sentence) -> None:
        self.table = table
        self.classes = sentence.classes
        self.opens = [table.opens(*pair) for pair in zip(sentence.words, sentence.classes, strict=True)]
        self._longer: dict[tuple[int, int], list[Hit]] = {}
        self._way: dict[tuple[int, int, int, bool], Hit | None] = {}
        self._ways: dict[tuple[int, int, int, bool], list[Hit]] = {}

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
        onward = self.known_way if step.forks >= _MANY else self.way
        here = at - 1
        for classes in self.classes[at : at + gap + 1]:
            here += 1
            if word_class in classes:
                if following is None:
                    return (here,)
                tail = onward(following, here + 1, following.gap)
                if tail is not None:
                    return (here, *tail)
            if choices >= 0 and choices in self.opens[here]:
                for head in self.longer(choices, here):
                    if following is None:
                        return head
                    tail = onward(following, head[-1] + 1, following.gap)
                    if tail is not None:
                        return head + tail
        if not step.optional:
            return None
        if following is None:
            return ()
        return onward(following, at, 0 if first else max(following.gap, gap), first=first)

    def known_way(self, step: Step, at: int, gap: int, *, first: bool = False) -> Hit | None:
        """Return what ``way`` does, found once a sentence."""
        known = (step.number, at, gap, first)
        if known not in self._way:
            self._way[known] = self.way(step, at, gap, first=first)
        return self._way[known]

    def ways(self, step: Step, at: int, gap: int, *, first: bool = False) -> list[Hit]:
        """Return the ways in which a step and those after it match from a word, shortest gaps first.

        What comes after hangs only on where a way ends: of those that end with the same word the first is returned.
        """
        following = step.next
        onward = self.known_ways if step.forks >= _MANY else self.ways
        found: dict[int, Hit] = {}
        for here in range(at, min(at + gap + 1, len(self.classes))):
            heads: list[Hit] = [(here,)] if step.word_class in self.classes[here] else []
            if step.choices in self.opens[here]:
                heads += self.longer(step.choices, here)
            for head in heads:
                if following is None:
                    found.setdefault(head[-1], head)
                else:
                    for tail in onward(following, head[-1] + 1, following.gap):
                        found.setdefault(tail[-1] if tail else head[-1], head + tail)
        if step.optional:
            if following is None:
                found[-1] = ()
            else:
                for tail in onward(following, at, 0 if first else max(following.gap, gap), first=first):
                    found.setdefault(tail[-1] if tail else -1, tail)
        return list(found.values())

    def known_ways(self, step: Step, at: int, gap: int, *, first: bool = False) -> list[Hit]:
        """Return what ``ways`` does, found once a sentence."""
        known = (step.number, at, gap, first)
        if known not in self._ways:
            self._ways[known] = self.ways(step, at, gap, first=first)
        return self._ways[known]

    def longer(self, number: int, here: int) -> list[Hit]:
        """Return the matches of some longer phrases that begin at a word, one for each end, found once a sentence."""
        known = self._longer.get((number, here))
        if known is None:
            found: dict[int, Hit] = {}
            opening = self.table.opening(number)
            beginning = [opening.phrases[word_class] for word_class in opening.classes & self.classes[here]]
            places = beginning[0] if len(beginning) == 1 else sorted({place for each in beginning for place in each})
            phrases = self.table.choices[number]
            for place in places:
                phrase = phrases[place]
                if phrase.length:
                    if self.run(phrase, here):
                        found.setdefault(here + phrase.length - 1, tuple(range(here, here + phrase.length)))
                else:
                    for hit in self.ways(phrase, here, 0, first=True):
                        if hit:
                            found.setdefault(hit[-1], hit)
            known = self._longer[number, here] = list(found.values())
        return known

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
