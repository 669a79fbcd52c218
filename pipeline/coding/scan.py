"""Which patterns may match in which of many sentences: a coarse search for all of them at once.

A codebook holds thousands of patterns and a sentence a dozen words, so nearly every pattern fails nearly everywhere,
most for want of a word. The search asks only that: has the sentence, in whatever order, all the words that the pattern
cannot do without? A set of sentences is one integer, a bit a sentence, so a pattern costs a few operations for
thousands of sentences, and about half of what passes does match (see ``matchers``).
"""

from collections.abc import Iterable, Sequence

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.matchers import Sentence, find, make_sentence
from pipeline.coding.patterns import Matcher, Step, Table
from pipeline.coding.scope import ScopedCue, find_cues


class Sieve:
    """Sentences told apart by the words they have, as sets that are bits of an integer.

    Args:
        sentences: The folded words of each sentence.
        lexicon: The word classes.
        table: What the patterns share.
    """

    def __init__(self, sentences: Sequence[Sequence[str]], lexicon: Lexicon, table: Table) -> None:
        self._lexicon = lexicon
        self._table = table
        self._size = len(sentences) // 8 + 1
        holding: dict[str, list[int]] = {}
        for number, words in enumerate(sentences):
            for word in words:
                if word in holding:
                    holding[word].append(number)
                else:
                    holding[word] = [number]
        self._entries: dict[int, int] = {}
        entries = self._entries
        for word, numbers in holding.items():
            belongs = lexicon.entries(word)
            if belongs:
                having = self._set(numbers)
                for entry in belongs:
                    entries[entry] = entries.get(entry, 0) | having
        self._classes: dict[int, int] = {}
        self._choices: dict[int, int] = {}

    def passing(self, matcher: Matcher) -> int:
        """Return the sentences that have all the words which a pattern cannot do without."""
        found = -1
        for phrase in matcher.phrases:
            found &= self._phrase(phrase)
        return found

    def _set(self, numbers: Sequence[int]) -> int:
        if len(numbers) == 1:
            return 1 << numbers[0]
        bits = bytearray(self._size)
        for number in numbers:
            bits[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(bits, "little")

    def _phrase(self, phrase: Step) -> int:
        found = -1
        step: Step | None = phrase
        while step is not None:
            if not step.optional:
                having = 0
                word_class, choices = step.word_class, step.choices
                if word_class >= 0:
                    known = self._classes.get(word_class)
                    having = self._class(word_class) if known is None else known
                if choices >= 0:
                    known = self._choices.get(choices)
                    having |= self._choice(choices) if known is None else known
                found &= having
                if not found:
                    return 0
            step = step.next
        return found

    def _class(self, word_class: int) -> int:
        entries = self._entries
        found = 0
        for entry in self._lexicon.members(word_class):
            if entry in entries:
                found |= entries[entry]
        self._classes[word_class] = found
        return found

    def _choice(self, choices: int) -> int:
        found = 0
        for phrase in self._table.choices[choices]:
            found |= self._phrase(phrase)
        self._choices[choices] = found
        return found


class Scanned:
    """A sentence with what may match in it.

    Args:
        words: Its folded words.
        number: Its number among the sentences scanned together.
        scan: The scan.

    Attributes:
        rules: Numbers of the rules' patterns, in the codebook's order.
        cues: Numbers of the cues' patterns, in the codebook's order.
        people: Numbers of the patterns that name a person.
    """

    __slots__ = ("_number", "_scan", "_scoped", "_sentence", "cues", "people", "rules", "words")

    def __init__(self, words: Sequence[str], number: int, scan: "Scan") -> None:
        self.words = words
        self.rules: list[int] = []
        self.cues: list[int] = []
        self.people: list[int] = []
        self._number = number
        self._scan = scan
        self._sentence: Sentence | None = None
        self._scoped: tuple[ScopedCue, ...] | None = None

    def scoped_cues(self, text: str, section: str) -> tuple[ScopedCue, ...]:
        """Return its context cues with their scopes, looked for once: rules and model ask for the same ones.

        Args:
            text: The sentence.
            section: Kind of its section.
        """
        if self._scoped is None:
            cues = self._scan.compiled.cues
            self._scoped = find_cues(cues, self.cues, self.sentence, text, section=section) if self.cues else ()
        return self._scoped

    @property
    def sentence(self) -> Sentence:
        """Its words looked up, once they are asked for."""
        if self._sentence is None:
            self._sentence = make_sentence(self.words, self._scan.compiled.lexicon)
        return self._sentence

    def holds(self, conditions: tuple[int, ...]) -> bool:
        """Say whether the pattern of any of some conditions matches, given by their numbers."""
        return self._scan.holds(conditions, self._number, self)


class Scan:
    """Sentences searched for the patterns of a codebook.

    Args:
        sentences: The folded words of each sentence.
        compiled: The compiled codebook.

    Attributes:
        compiled: The compiled codebook.
    """

    def __init__(self, sentences: Sequence[Sequence[str]], compiled: CompiledCodebook) -> None:
        self.compiled = compiled
        self._sieve = Sieve(sentences, compiled.lexicon, compiled.table)
        self._bytes = len(sentences) // 8 + 1
        self._conditions: dict[tuple[int, ...], tuple[bytes, list[tuple[bytes, Matcher]]]] = {}

    def search(self, matchers: Iterable[Matcher], taking: Sequence[list[int]]) -> None:
        """Enter the numbers of patterns where they may match.

        Args:
            matchers: The patterns.
            taking: What takes the numbers, one list for each sentence.
        """
        for number, matcher in enumerate(matchers):
            passing = self._sieve.passing(matcher)
            while passing:
                sentence = passing.bit_length() - 1
                taking[sentence].append(number)
                passing ^= 1 << sentence

    def holds(self, conditions: tuple[int, ...], number: int, scanned: Scanned) -> bool:
        """Say whether the pattern of any of some conditions matches in a sentence."""
        known = self._conditions.get(conditions)
        if known is None:
            known = self._conditions[conditions] = self._pass(conditions)
        place, bit = number >> 3, 1 << (number & 7)
        together, alone = known
        return bool(together[place] & bit) and any(
            passing[place] & bit and find(matcher, scanned.sentence) for passing, matcher in alone
        )

    def _pass(self, conditions: tuple[int, ...]) -> tuple[bytes, list[tuple[bytes, Matcher]]]:
        """Return the sentences in which some conditions may hold, together and each with its pattern."""
        matchers = [self.compiled.conditions[condition] for condition in conditions]
        passing = [self._sieve.passing(matcher) for matcher in matchers]
        together = 0
        for each in passing:
            together |= each
        pairs = zip(passing, matchers, strict=True)
        return self._packed(together), [(self._packed(each), matcher) for each, matcher in pairs if each]

    def _packed(self, sentences: int) -> bytes:
        return sentences.to_bytes(self._bytes, "little")


def scan(sentences: Sequence[Sequence[str]], compiled: CompiledCodebook) -> list[Scanned]:
    """Find for each sentence the patterns that may match in it.

    Args:
        sentences: The folded words of each sentence.
        compiled: The compiled codebook.
    """
    search = Scan(sentences, compiled)
    found = [Scanned(words, number, search) for number, words in enumerate(sentences)]
    search.search((matcher for _, matcher in compiled.matchers), [each.rules for each in found])
    search.search((matcher for _, matcher in compiled.people), [each.people for each in found])
    search.search((matcher for _, matcher in compiled.cues), [each.cues for each in found])
    return found


def scan_cues(sentences: Sequence[Sequence[str]], compiled: CompiledCodebook) -> list[Scanned]:
    """Find for each sentence the cues that may stand in it, and nothing else.

    Args:
        sentences: The folded words of each sentence.
        compiled: The compiled codebook.
    """
    search = Scan(sentences, compiled)
    found = [Scanned(words, number, search) for number, words in enumerate(sentences)]
    search.search((matcher for _, matcher in compiled.cues), [each.cues for each in found])
    return found
