"""Patterns compiled to matchers: word classes, gaps and choices in place of text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.codebook.syntax import Atom, Gap, Group, Item, ListName, Pattern, Phrase, parse_pattern
from pipeline.coding.lexicon import Lexicon, Single


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One item of a phrase and all that follows it: a word of a class, or one of several longer phrases, after a gap.

    A phrase is its first step. Equal ends of phrases are the same step, so that they are searched for only once.

    Attributes:
        number: Its number among the compiler's steps.
        word_class: Number of the class, -1 for none.
        choices: Number of the longer phrases to choose from, -1 for none.
        gap: Most words of any kind before it.
        optional: True when it may be missing.
        next: The step after it, None at the end of the phrase.
        length: How many words it and all after it take; 0 where that may differ.
        forks: How many of those after it can match in several ways: after a gap, with choices, or left out.
    """

    number: int
    word_class: int
    choices: int
    gap: int
    optional: bool
    next: "Step | None"
    length: int
    forks: int

    @property
    def may_fork(self) -> bool:
        """True when it can match in several ways."""
        return self.gap > 0 or self.choices >= 0 or self.optional


@dataclass(frozen=True, slots=True)
class Opening:
    """With which words some longer phrases can begin.

    Attributes:
        classes: The classes of those words.
        phrases: For each class the places of the phrases that can begin with it.
    """

    classes: frozenset[int]
    phrases: dict[int, list[int]]


@dataclass(frozen=True, slots=True)
class Table:
    """What the patterns of a compiler share.

    Attributes:
        choices: Longer phrases to choose from, by the numbers that steps give.
        openings: What ``opening`` has answered.
        opened: What ``opens`` has answered.
    """

    choices: list[tuple[Step, ...]] = field(default_factory=list)
    openings: dict[int, "Opening"] = field(default_factory=dict)
    opened: dict[str, frozenset[int]] = field(default_factory=dict)
    _opened_by: dict[int, list[int]] = field(default_factory=dict)

    def opening(self, number: int) -> "Opening":
        """Return the word classes that some longer phrases, given by their number, can begin with."""
        found = self.openings.get(number)
        if found is None:
            phrases: dict[int, list[int]] = {}
            for place, phrase in enumerate(self.choices[number]):
                for word_class in self._first_classes(phrase):
                    phrases.setdefault(word_class, []).append(place)
            found = self.openings[number] = Opening(frozenset(phrases), phrases)
        return found

    def opens(self, word: str, classes: frozenset[int]) -> frozenset[int]:
        """Return the numbers of the longer phrases to choose from of which one can begin with a word.

        Args:
            word: The folded word; what is found for it is remembered.
            classes: The classes it belongs to.
        """
        found = self.opened.get(word)
        if found is None:
            if not self._opened_by:
                for number in range(len(self.choices)):
                    for word_class in self.opening(number).classes:
                        self._opened_by.setdefault(word_class, []).append(number)
            by = self._opened_by
            found = frozenset([number for each in classes if each in by for number in by[each]])
            self.opened[word] = found
        return found

    def forget(self) -> None:
        """Forget what words open: there are new phrases."""
        self.opened.clear()
        self._opened_by.clear()

    def _first_classes(self, phrase: Step) -> set[int]:
        found: set[int] = set()
        step: Step | None = phrase
        while step is not None:
            if step.word_class >= 0:
                found.add(step.word_class)
            if step.choices >= 0:
                found |= self.opening(step.choices).classes
            step = step.next if step.optional else None
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """A compiled pattern.

    Attributes:
        phrases: Its phrases; all must match.
        within: Most words between neighbours among the phrases, None for anywhere.
        table: What it shares with the compiler's other patterns.
    """

    phrases: tuple[Step, ...]
    within: int | None
    table: Table


class PatternCompiler:
    """Compiles patterns against one lexicon and the codebook's word lists.

    Args:
        lexicon: Takes the word classes.
        lists: Patterns of each named list.

    Attributes:
        lexicon: Takes the word classes.
        table: What the patterns share.
    """

    def __init__(self, lexicon: Lexicon, lists: Mapping[str, Sequence[str]]) -> None:
        self.lexicon = lexicon
        self._lists = lists
        self._list_phrases: dict[str, tuple[Phrase, ...]] = {}
        self._done: dict[str, Matcher] = {}
        # By identity: a big group costs more to hash than to look through once more where an equal one comes again.
        self._words: dict[int, tuple[Atom, int, int]] = {}
        self._steps: dict[tuple[int, int, int, bool, int], Step] = {}
        self.table = Table()
        self._choice_numbers: dict[tuple[int, ...], int] = {}

    def compile(self, source: str) -> Matcher:
        """Compile one pattern; the same source gives the same matcher.

        Raises:
            PatternError: The pattern is not well formed.
            KeyError: It names a list that does not exist.
        """
        if source not in self._done:
            self._done[source] = self._pattern(parse_pattern(source))
        return self._done[source]

    def _pattern(self, pattern: Pattern) -> Matcher:
        return Matcher(tuple(self._phrase(phrase) for phrase in pattern.phrases), pattern.within, self.table)

    def _phrase(self, phrase: Phrase) -> Step:
        parts: list[tuple[int, int, int, bool]] = []
        gap = 0
        for item in phrase.items:
            if isinstance(item, Gap):
                gap = item.most
            else:
                parts.append((*self._atom(item.atom), gap, item.optional))
                gap = 0
        step: Step | None = None
        for part in reversed(parts):
            step = self._step(*part, step)
        assert step is not None, "the parser refuses empty phrases"
        return step

    def _step(self, word_class: int, choices: int, gap: int, optional: bool, following: Step | None) -> Step:
        key = (word_class, choices, gap, optional, -1 if following is None else following.number)
        step = self._steps.get(key)
        if step is None:
            after = 0 if following is None or following.gap else following.length
            plain = choices < 0 and not optional and (following is None or after)
            length = 1 + after if plain else 0
            forks = 0 if following is None else following.forks + following.may_fork
            step = self._steps[key] = Step(
                len(self._steps), word_class, choices, gap, optional, following, length, forks
            )
        return step

    def _atom(self, atom: Atom) -> tuple[int, int]:
        """Return the word class and the choices that an atom stands for."""
        known = self._words.get(id(atom))
        if known is not None:
            return known[1:]
        singles: list[Single] = []
        several: list[Phrase] = []
        self._gather(atom, singles, several)
        phrases = tuple(self._phrase(phrase) for phrase in several)
        choices = -1
        if phrases:
            numbers = tuple(step.number for step in phrases)
            choices = self._choice_numbers.setdefault(numbers, len(self.table.choices))
            if choices == len(self.table.choices):
                self.table.choices.append(phrases)
                self.table.forget()
        word_class = self.lexicon.add(singles) if singles else -1
        self._words[id(atom)] = (atom, word_class, choices)
        return word_class, choices

    def _gather(self, atom: Atom, singles: list[Single], several: list[Phrase]) -> None:
        """Sort what an atom chooses from into single words and longer phrases, lists and groups within it too."""
        if isinstance(atom, ListName):
            self._gather_phrases(self._list(atom.name), singles, several)
        elif isinstance(atom, Group):
            self._gather_phrases(atom.alternatives, singles, several)
        else:
            singles.append(atom)

    def _gather_phrases(self, phrases: Sequence[Phrase], singles: list[Single], several: list[Phrase]) -> None:
        for phrase in phrases:
            only = phrase.items[0]
            if len(phrase.items) == 1 and isinstance(only, Item):
                self._gather(only.atom, singles, several)
            else:
                several.append(phrase)

    def _list(self, name: str) -> tuple[Phrase, ...]:
        if name not in self._list_phrases:
            patterns = [parse_pattern(source) for source in self._lists[name]]
            self._list_phrases[name] = tuple(phrase for pattern in patterns for phrase in pattern.phrases)
        return self._list_phrases[name]
