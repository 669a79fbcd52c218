"""Patterns compiled to matchers: word classes, gaps and choices in place of text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.codebook.syntax import Atom, Gap, Group, Item, ListName, Pattern, Phrase, parse_pattern
from pipeline.coding.lexicon import Lexicon, Single


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a phrase: a word of a class, or one of several longer phrases, after a gap.

    Attributes:
        word_class: Number of the class, -1 for none.
        choices: Number of the longer phrases to choose from, -1 for none.
        longer: Classes of which a sentence must hold one for a longer phrase to match.
        needs: Classes of which a sentence must hold one for the step to match.
        gap: Most words of any kind before it.
        optional: True when it may be missing.
    """

    word_class: int
    choices: int
    longer: frozenset[int]
    needs: frozenset[int]
    gap: int = 0
    optional: bool = False


Steps = tuple[Step, ...]

Choice = tuple[Steps, tuple[frozenset[int], ...]]
"""A longer phrase, and for each of its steps that may not be missing the classes it needs."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled pattern.

    Attributes:
        phrases: Each phrase's steps; all must match.
        within: Most words between neighbours among the phrases, None for anywhere.
        needs: For every step that may not be missing, the classes of which a sentence must hold one.
        choices: The compiler's table of longer phrases, by the numbers that steps give; each phrase with its needs.
    """

    phrases: tuple[Steps, ...]
    within: int | None
    needs: tuple[frozenset[int], ...]
    choices: Sequence[tuple[Choice, ...]]

    def may_match(self, present: frozenset[int]) -> bool:
        """Say whether a sentence holds a word for every step."""
        return all_present(self.needs, present)


def all_present(needs: tuple[frozenset[int], ...], present: frozenset[int]) -> bool:
    """Say whether each of the needs is met by a class that is present."""
    for need in needs:  # noqa: SIM110 - a generator would double the time of the coder's commonest question
        if need.isdisjoint(present):
            return False
    return True


class PatternCompiler:
    """Compiles patterns against one lexicon and the codebook's word lists.

    Args:
        lexicon: Takes the word classes.
        lists: Patterns of each named list.
    """

    def __init__(self, lexicon: Lexicon, lists: Mapping[str, Sequence[str]]) -> None:
        self.lexicon = lexicon
        self._lists = lists
        self._flat_lists: dict[str, tuple[Phrase, ...]] = {}
        self._done: dict[str, Matcher] = {}
        self._bare_steps: dict[Atom, Step] = {}
        self._choices: list[tuple[Choice, ...]] = []
        self._choice_numbers: dict[tuple[Steps, ...], int] = {}

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
        phrases = tuple(self._steps(phrase) for phrase in pattern.phrases)
        needs = self._needs(*phrases)
        return Matcher(phrases, pattern.within, needs, self._choices)

    def _needs(self, *phrases: Steps) -> tuple[frozenset[int], ...]:
        """Return what the steps that may not be missing need, the narrowest first."""
        needs = {step.needs for steps in phrases for step in steps if not step.optional}
        return tuple(sorted(needs, key=lambda need: (len(need), sorted(need))))

    def _steps(self, phrase: Phrase) -> Steps:
        steps: list[Step] = []
        gap = 0
        for item in phrase.items:
            if isinstance(item, Gap):
                gap = item.most
            else:
                steps.append(self._step(item, gap))
                gap = 0
        return tuple(steps)

    def _step(self, item: Item, gap: int) -> Step:
        bare = self._bare_steps.get(item.atom)
        if bare is None:
            bare = self._bare_steps[item.atom] = self._bare_step(item.atom)
        return replace(bare, gap=gap, optional=item.optional) if gap or item.optional else bare

    def _bare_step(self, atom: Atom) -> Step:
        singles: list[Single] = []
        longer: list[Steps] = []
        for phrase in self._flat(atom):
            only = phrase.items[0]
            if len(phrase.items) == 1 and isinstance(only, Item) and not isinstance(only.atom, Group | ListName):
                singles.append(only.atom)
            else:
                longer.append(self._steps(phrase))
        word_class = self.lexicon.add(singles) if singles else -1
        of_longer: frozenset[int] = frozenset().union(*(self._needs(steps)[0] for steps in longer))
        needs = of_longer | {word_class} if singles else of_longer
        return Step(word_class, self._choose(tuple(longer)), of_longer, needs)

    def _choose(self, longer: tuple[Steps, ...]) -> int:
        """Return the number of some longer phrases in the table, entering them when they are new."""
        if not longer:
            return -1
        if longer not in self._choice_numbers:
            self._choice_numbers[longer] = len(self._choices)
            self._choices.append(tuple((steps, self._needs(steps)) for steps in longer))
        return self._choice_numbers[longer]

    def _flat(self, atom: Atom) -> Iterator[Phrase]:
        """Resolve a list or a group into the phrases it chooses from, lists and groups that stand alone in them too."""
        if isinstance(atom, ListName):
            yield from self._flat_list(atom.name)
        elif isinstance(atom, Group):
            for phrase in atom.alternatives:
                yield from self._flat_phrase(phrase)
        else:
            yield Phrase((Item(atom),))

    def _flat_phrase(self, phrase: Phrase) -> Iterator[Phrase]:
        only = phrase.items[0]
        if len(phrase.items) == 1 and isinstance(only, Item):
            yield from self._flat(only.atom)
        else:
            yield phrase

    def _flat_list(self, name: str) -> tuple[Phrase, ...]:
        if name not in self._flat_lists:
            patterns = [parse_pattern(source) for source in self._lists[name]]
            self._flat_lists[name] = tuple(
                flat for pattern in patterns for phrase in pattern.phrases for flat in self._flat_phrase(phrase)
            )
        return self._flat_lists[name]
