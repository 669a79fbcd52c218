"""Word classes: which of the codebook's words, word parts and numbers a word of the text belongs to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.codebook.syntax import Affix, Exact, Number, Word
from pipeline.language.morphology import inflect
from pipeline.language.numbers import number_of

Single = Word | Exact | Affix | Number
"""An atom that matches one word."""

_SHORTEST_PART = 3


class Lexicon:
    """All word classes of a codebook; knows for every word of a text the classes it belongs to.

    A class is a set of atoms and has a number. An atom's forms are entered once, however many classes hold it, and what
    was found for a word is remembered: a text costs one dictionary look-up a word as soon as its vocabulary is known.
    """

    def __init__(self) -> None:
        self._class_of: dict[frozenset[int], int] = {}
        self._atoms: dict[Single, int] = {}
        self._classes_of: list[list[int]] = []
        self._exact: dict[str, tuple[int, ...]] = {}
        self._prefix: defaultdict[str, list[int]] = defaultdict(list)
        self._suffix: defaultdict[str, list[int]] = defaultdict(list)
        self._heads: set[str] = set()
        self._tails: set[str] = set()
        self._infix: list[tuple[str, int]] = []
        self._numbers: list[tuple[float | None, int]] = []
        self._entries_of: list[frozenset[int]] = []
        self._entries: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, frozenset[int]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Return what makes the lexicon, without what it has found for the words of texts."""
        return vars(self) | {"_entries": {}, "_known": {}}

    def add(self, atoms: Iterable[Single]) -> int:
        """Return the number of the class that holds these atoms, making it when it is new."""
        key = frozenset([self._entry(atom) for atom in atoms])
        if key in self._class_of:
            return self._class_of[key]
        number = self._class_of[key] = len(self._class_of)
        for entry in key:
            self._classes_of[entry].append(number)
        self._entries_of.append(key)
        self._entries.clear()
        self._known.clear()
        return number

    def _entry(self, atom: Single) -> int:
        """Return the number of an atom, entering it when it is new."""
        entry = self._atoms.get(atom)
        if entry is None:
            entry = self._atoms[atom] = len(self._classes_of)
            self._classes_of.append([])
            self._enter(atom, entry)
        return entry

    def _enter(self, atom: Single, entry: int) -> None:
        if isinstance(atom, Word):
            exact, alone = self._exact, (entry,)
            for form in inflect(atom.form):
                exact[form] = exact[form] + alone if form in exact else alone
        elif isinstance(atom, Exact):
            self._exact[atom.form] = (*self._exact.get(atom.form, ()), entry)
        elif isinstance(atom, Number):
            self._numbers.append((atom.minimum, entry))
        elif atom.open_left and atom.open_right:
            self._infix.append((atom.text, entry))
        elif atom.open_right:
            self._prefix[atom.text].append(entry)
            self._heads.add(atom.text[:_SHORTEST_PART])
        else:
            for form in inflect(atom.text):
                if len(form) >= _SHORTEST_PART:
                    self._suffix[form].append(entry)
                    self._tails.add(form[-_SHORTEST_PART:])

    def classes(self, word: str) -> frozenset[int]:
        """Return the numbers of the classes that a folded word belongs to."""
        found = self._known.get(word)
        if found is None:
            classes_of = self._classes_of
            found = frozenset([number for entry in self.entries(word) for number in classes_of[entry]])
            self._known[word] = found
        return found

    def classes_of(self, words: Sequence[str]) -> list[frozenset[int]]:
        """Return for each of some folded words the numbers of its classes."""
        try:
            return list(map(self._known.__getitem__, words))
        except KeyError:
            return [self.classes(word) for word in words]

    def entries(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the atoms that a folded word belongs to: far fewer than its classes."""
        found = self._entries.get(word)
        if found is None:
            found = self._entries[word] = tuple(dict.fromkeys(self._look_up(word)))
        return found

    def members(self, word_class: int) -> frozenset[int]:
        """Return the numbers of the atoms in a class."""
        return self._entries_of[word_class]

    def _look_up(self, word: str) -> list[int]:
        """Find the atoms that a word belongs to."""
        found = list(self._exact.get(word, ()))
        if word[:_SHORTEST_PART] in self._heads:  # most words begin like none: they are spared the looking
            for length in range(_SHORTEST_PART, len(word) + 1):
                found += self._prefix.get(word[:length], ())
        if word[-_SHORTEST_PART:] in self._tails:
            for length in range(_SHORTEST_PART, len(word) + 1):
                found += self._suffix.get(word[-length:], ())
        found += [entry for part, entry in self._infix if part in word]
        if self._numbers:
            value = number_of(word)
            if value is not None:
                found += [entry for minimum, entry in self._numbers if minimum is None or value >= minimum]
        return found
