"""Word classes: which of the codebook's words, word parts and numbers a word of the text belongs to."""

from collections import defaultdict
from collections.abc import Iterable

from pipeline.codebook.syntax import Affix, Exact, Number, Word
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
