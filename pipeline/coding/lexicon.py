"""Word classes: which of the codebook's words, word parts and numbers a word of the text belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.codebook.syntax import Affix, Exact, Number, Word
from pipeline.language.data import read_data
from pipeline.language.morphology import inflect
from pipeline.language.numbers import number_of

Single = Word | Exact | Affix | Number
"""An atom that matches one word."""

NO_CLASSES: frozenset[int] = frozenset()
_SHORTEST_PART = 3


class Lexicon:
    """All word classes of a codebook; knows for every word of a text the classes it belongs to.

    A class is a set of atoms and has a number. What was found for a word is remembered, so the cost of a text falls
    to one dictionary look-up a word as soon as its vocabulary is known.
    """

    def __init__(self) -> None:
        self._class_of: dict[frozenset[Single], int] = {}
        self._exact: defaultdict[str, set[int]] = defaultdict(set)
        self._prefix: defaultdict[str, set[int]] = defaultdict(set)
        self._suffix: defaultdict[str, set[int]] = defaultdict(set)
        self._infix: defaultdict[str, set[int]] = defaultdict(set)
        self._numbers: list[tuple[float | None, int]] = []
        self.cost: list[float] = []
        self._known: dict[str, frozenset[int]] = {}

    @property
    def class_count(self) -> int:
        """How many classes there are."""
        return len(self._class_of)

    def add(self, atoms: Iterable[Single]) -> int:
        """Return the number of the class that holds these atoms, making it when it is new."""
        key = frozenset(atoms)
        if key in self._class_of:
            return self._class_of[key]
        number = len(self._class_of)
        self._class_of[key] = number
        self.cost.append(sum(_cost(atom) for atom in key))
        for atom in key:
            self._enter(atom, number)
        self._known.clear()
        return number

    def _enter(self, atom: Single, number: int) -> None:
        if isinstance(atom, Word):
            for form in inflect(atom.form):
                self._exact[form].add(number)
        elif isinstance(atom, Exact):
            self._exact[atom.form].add(number)
        elif isinstance(atom, Number):
            self._numbers.append((atom.minimum, number))
        elif atom.open_left and atom.open_right:
            self._infix[atom.text].add(number)
        elif atom.open_right:
            self._prefix[atom.text].add(number)
        else:
            for form in inflect(atom.text):
                if len(form) >= _SHORTEST_PART:
                    self._suffix[form].add(number)

    def classes(self, word: str) -> frozenset[int]:
        """Return the numbers of the classes that a folded word belongs to."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> frozenset[int]:
        found: set[int] = set(self._exact.get(word, ()))
        for length in range(_SHORTEST_PART, len(word) + 1):
            found |= self._prefix.get(word[:length], NO_CLASSES)
            found |= self._suffix.get(word[-length:], NO_CLASSES)
        for part, numbers in self._infix.items():
            if part in word:
                found |= numbers
        if self._numbers:
            value = number_of(word)
            if value is not None:
                found |= {number for minimum, number in self._numbers if minimum is None or value >= minimum}
        return frozenset(found) if found else NO_CLASSES


class WordIndex:
    """Which entries to look at when a word stands in a sentence.

    Args:
        lexicon: The word classes.
        by_class: For each class, the numbers of the entries to look at.
    """

    def __init__(self, lexicon: Lexicon, by_class: Mapping[int, Iterable[int]]) -> None:
        self._lexicon = lexicon
        self._by_class = {number: frozenset(entries) for number, entries in by_class.items()}
        self._known: dict[str, frozenset[int]] = {}

    def entries(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the entries that any of the words calls for, in order."""
        return sorted(frozenset().union(*map(self._entries_of, words)))

    def _entries_of(self, word: str) -> frozenset[int]:
        found = self._known.get(word)
        if found is None:
            classes = self._lexicon.classes(word)
            found = frozenset().union(*(self._by_class.get(number, NO_CLASSES) for number in classes))
            self._known[word] = found
        return found


_FREQUENCY: dict[str, float] = {
    word: float(level) for level, words in read_data("frequent")["frequent"].items() for word in words.split()
}
"""How often a frequent word stands in 1,000 words of a case description."""

_RARE = 0.02
_AFFIX = 0.5
_NUMBER = 20.0


def _cost(atom: Single) -> float:
    """Guess how often a word of a text belongs to an atom: rules are looked up by their rarest word."""
    if isinstance(atom, Number):
        return _NUMBER
    if isinstance(atom, Affix):
        return _AFFIX
    forms = inflect(atom.form) if isinstance(atom, Word) else (atom.form,)
    return _RARE + sum(_FREQUENCY.get(form, 0.0) for form in forms)
