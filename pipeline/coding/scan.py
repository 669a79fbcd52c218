"""One pass over the words of many sentences: which patterns may match in which sentence.

All sentences stand in one row of bits, a bit a word and one bit between two sentences. A pattern is followed through
the whole row at once by shifting and masking (bit-parallel search, after Baeza-Yates & Gonnet 1992, A new approach to
text searching, Communications of the ACM 35(10), 74-82), so its cost is a few operations for thousands of sentences.
What is found is verified word by word afterwards.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.matchers import Sentence, make_sentence
from pipeline.coding.patterns import Matcher, Steps


class Scanned:
    """A sentence with what may match in it.

    Args:
        words: Its folded words.
        lexicon: The word classes.

    Attributes:
        rules: Numbers of rules' patterns, in the codebook's order.
        conditions: Numbers of conditions' patterns.
        cues: Numbers of cues' patterns, in the codebook's order.
        people: Numbers of the patterns that name a person.
    """

    __slots__ = ("_lexicon", "_sentence", "conditions", "cues", "people", "rules", "words")

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self.words = words
        self.rules: list[int] = []
        self.conditions: set[int] = set()
        self.cues: list[int] = []
        self.people: list[int] = []
        self._lexicon = lexicon
        self._sentence: Sentence | None = None

    @property
    def sentence(self) -> Sentence:
        """Its words looked up, once they are asked for."""
        if self._sentence is None:
            self._sentence = make_sentence(self.words, self._lexicon)
        return self._sentence


def scan(sentences: Sequence[Sequence[str]], compiled: CompiledCodebook) -> list[Scanned]:
    """Find for each sentence the patterns that may match in it; none is missed.

    Args:
        sentences: The folded words of each sentence.
        compiled: The compiled codebook.
    """
    scanner = Scanner(sentences, compiled.lexicon)
    found = [Scanned(words, compiled.lexicon) for words in sentences]
    for number, (_, matcher) in enumerate(compiled.matchers):
        for sentence in scanner.sentences(matcher):
            found[sentence].rules.append(number)
    for number, matcher in enumerate(compiled.conditions):
        for sentence in scanner.sentences(matcher):
            found[sentence].conditions.add(number)
    for number, (_, matcher) in enumerate(compiled.cues):
        for sentence in scanner.sentences(matcher):
            found[sentence].cues.append(number)
    for number, (_, matcher) in enumerate(compiled.people):
        for sentence in scanner.sentences(matcher):
            found[sentence].people.append(number)
    return found


class Scanner:
    """The words of some sentences as one row of bits.

    Args:
        sentences: The folded words of each sentence.
        lexicon: The word classes.
    """

    def __init__(self, sentences: Sequence[Sequence[str]], lexicon: Lexicon) -> None:
        self._sentence_of: list[int] = []
        places: defaultdict[str, list[int]] = defaultdict(list)
        at = 0
        for number, words in enumerate(sentences):
            for word in words:
                places[word].append(at)
                at += 1
            at += 1
            self._sentence_of.extend([number] * (len(words) + 1))
        self._inside = 0
        self._types: dict[str, int] = {}
        for word, found in places.items():
            bits = bytearray(found[-1] // 8 + 1)
            for place in found:
                bits[place >> 3] |= 1 << (place & 7)
            mask = int.from_bytes(bits, "little")
            self._types[word] = mask
            self._inside |= mask
        self._members: defaultdict[int, list[str]] = defaultdict(list)
        for word in self._types:
            for word_class in lexicon.classes(word):
                self._members[word_class].append(word)
        self._classes: dict[int, int] = {}

    def sentences(self, matcher: Matcher) -> Sequence[int]:
        """Return the numbers of the sentences in which a pattern may match, in order.

        None is missed. One too many may be named where an optional word is left out between two gaps.
        """
        for need in matcher.needs:
            if not any(word_class in self._members for word_class in need):
                return ()
        found: set[int] | None = None
        for steps in matcher.phrases:
            ends = self._ends(steps, self._inside, matcher)
            if not ends:
                return ()
            here = {self._sentence_of[place - 1] for place in _bits(ends)}
            found = here if found is None else found & here
        return sorted(found or ())

    def _ends(self, steps: Steps, starts: int, matcher: Matcher) -> int:
        """Return the places right after a match of a phrase that begins at one of the places given, as bits."""
        inside = self._inside
        reach = starts
        for step in steps:
            for _ in range(step.gap):
                reach |= (reach & inside) << 1
            ends = (reach & self._places(step.word_class)) << 1 if step.word_class >= 0 else 0
            if step.choices >= 0:
                for choice, needs in matcher.choices[step.choices]:
                    if all(any(word_class in self._members for word_class in need) for need in needs):
                        ends |= self._ends(choice, reach, matcher)
            reach = ends | reach if step.optional else ends
            if not reach:
                break
        return reach

    def _places(self, word_class: int) -> int:
        mask = self._classes.get(word_class)
        if mask is None:
            mask = 0
            for word in self._members.get(word_class, ()):
                mask |= self._types[word]
            self._classes[word_class] = mask
        return mask


_FEW = 50


def _bits(mask: int) -> Iterator[int]:
    """Yield the places of the bits that are set, from the lowest."""
    if mask.bit_count() <= _FEW:
        while mask:
            low = mask & -mask
            yield low.bit_length() - 1
            mask ^= low
        return
    digits = bin(mask)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
