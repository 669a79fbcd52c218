"""One pass over the words of many sentences: which patterns match in which sentence, and from which word on."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.matchers import Sentence, find, make_sentence
from pipeline.coding.patterns import Matcher
from pipeline.coding.rows import Row

Candidates = list[tuple[int, list[int] | None]]
"""Numbers of patterns, each with the words at which it begins; None where several phrases are still to be joined."""


class Scanned:
    """A sentence with what matches in it.

    Args:
        words: Its folded words.
        number: Its number among the sentences scanned together.
        scan: The scan.

    Attributes:
        rules: Rules' patterns, in the codebook's order.
        cues: Cues' patterns, in the codebook's order.
        people: Patterns that name a person.
    """

    __slots__ = ("_number", "_scan", "_sentence", "cues", "people", "rules", "words")

    def __init__(self, words: Sequence[str], number: int, scan: "Scan") -> None:
        self.words = words
        self.rules: Candidates = []
        self.cues: Candidates = []
        self.people: Candidates = []
        self._number = number
        self._scan = scan
        self._sentence: Sentence | None = None

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
        wanted: The word classes that will be asked for; None for all.

    Attributes:
        compiled: The compiled codebook.
    """

    def __init__(
        self,
        sentences: Sequence[Sequence[str]],
        compiled: CompiledCodebook,
        *,
        wanted: frozenset[int] | None = None,
    ) -> None:
        self.compiled = compiled
        self._row = Row(sentences, compiled.lexicon, compiled.table, wanted=wanted)
        self._conditions: dict[tuple[int, ...], tuple[bytes, list[Matcher]]] = {}

    def rules(self) -> Iterator[tuple[int, int, list[int] | None]]:
        """Yield where rules' patterns match: sentence, number and first words, by sentence and number."""
        return self._candidates(matcher for _, matcher in self.compiled.matchers)

    def people(self) -> Iterator[tuple[int, int, list[int] | None]]:
        """Yield where patterns that name people match."""
        return self._candidates(matcher for _, matcher in self.compiled.people)

    def cues(self) -> Iterator[tuple[int, int, list[int] | None]]:
        """Yield where cues' patterns match."""
        return self._candidates(matcher for _, matcher in self.compiled.cues)

    def holds(self, conditions: tuple[int, ...], number: int, scanned: Scanned) -> bool:
        """Say whether the pattern of any of some conditions matches in a sentence.

        They are searched for together when they are first asked for; those of several phrases sentence by sentence.
        """
        known = self._conditions.get(conditions)
        if known is None:
            matchers = [self.compiled.conditions[condition] for condition in conditions]
            found = 0
            for matcher in matchers:
                if len(matcher.phrases) == 1:
                    found |= self._row.starts(matcher.phrases[0])
            several = [matcher for matcher in matchers if len(matcher.phrases) > 1]
            known = self._conditions[conditions] = (self._row.packed(found), several)
        packed, several = known
        return self._row.any_in(packed, number) or any(find(matcher, scanned.sentence) for matcher in several)

    def _candidates(self, matchers: Iterable[Matcher]) -> Iterator[tuple[int, int, list[int] | None]]:
        """Yield where patterns may match, as (sentence, number of the pattern, first words), by sentence and number."""
        firsts: list[int] = []
        others: dict[int, list[bytes]] = {}
        for number, matcher in enumerate(matchers):
            first, *rest = matcher.phrases
            firsts.append(self._row.starts(first))
            if rest:
                others[number] = [self._row.packed(self._row.starts(phrase)) for phrase in rest]
        for sentence, number, starts in self._row.locate(firsts):
            if number not in others:
                yield sentence, number, starts
            elif all(self._row.any_in(packed, sentence) for packed in others[number]):
                yield sentence, number, None


def scan(sentences: Sequence[Sequence[str]], compiled: CompiledCodebook) -> list[Scanned]:
    """Find for each sentence the patterns that match in it; those of one phrase exactly, of several at most too many.

    Args:
        sentences: The folded words of each sentence.
        compiled: The compiled codebook.
    """
    search = Scan(sentences, compiled)
    found = [Scanned(words, number, search) for number, words in enumerate(sentences)]
    for sentence, number, starts in search.rules():
        found[sentence].rules.append((number, starts))
    for sentence, number, starts in search.people():
        found[sentence].people.append((number, starts))
    for sentence, number, starts in search.cues():
        found[sentence].cues.append((number, starts))
    return found


def scan_cues(sentences: Sequence[Sequence[str]], compiled: CompiledCodebook) -> list[Scanned]:
    """Find for each sentence the cues in it, and nothing else.

    Args:
        sentences: The folded words of each sentence.
        compiled: The compiled codebook.
    """
    search = Scan(sentences, compiled, wanted=compiled.cue_classes)
    found = [Scanned(words, number, search) for number, words in enumerate(sentences)]
    for sentence, number, starts in search.cues():
        found[sentence].cues.append((number, starts))
    return found
