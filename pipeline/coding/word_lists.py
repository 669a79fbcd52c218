"""Which of a codebook's word lists a word belongs to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.codebook.syntax import Affix, Exact, Group, Item, ListName, Number, Word, parse_pattern
from pipeline.coding.lexicon import Lexicon, Single
from pipeline.model.codes import WordList


@dataclass(frozen=True, slots=True)
class ListWords:
    """The word lists of a codebook, as classes of a lexicon.

    Attributes:
        lexicon: Knows the classes of a word.
        names: The list's name by the number of its class; of equal lists the first.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    names: Mapping[int, str] = field(default_factory=dict)

    def of(self, word: str) -> list[str]:
        """Return the names of the lists that hold a folded word, sorted."""
        names = self.names
        return sorted([names[number] for number in self.lexicon.classes(word) if number in names])


def list_words(lists: Sequence[WordList], lexicon: Lexicon | None = None) -> ListWords:
    """Return the words of a codebook's lists that stand alone; phrases of several words are left out.

    Args:
        lists: The lists.
        lexicon: Takes the classes; one of their own when left out.
    """
    lexicon = Lexicon() if lexicon is None else lexicon
    known = {word_list.name: word_list for word_list in lists}
    names: dict[int, str] = {}
    for word_list in lists:
        atoms = set(_single_words(word_list, known, frozenset()))
        if atoms:
            names.setdefault(lexicon.add(atoms), word_list.name)
    return ListWords(lexicon, names)


def _single_words(word_list: WordList, known: dict[str, WordList], above: frozenset[str]) -> Iterable[Single]:
    """Yield the words of a list that stand alone; phrases of several words are left out."""
    for source in word_list.patterns:
        for phrase in parse_pattern(source).phrases:
            only = phrase.items[0]
            if len(phrase.items) == 1 and isinstance(only, Item):
                yield from _from_atom(only.atom, known, above | {word_list.name})


def _from_atom(
    atom: Word | Exact | Affix | Number | Group | ListName, known: dict[str, WordList], above: frozenset[str]
) -> Iterable[Single]:
    if isinstance(atom, ListName):
        if atom.name in known and atom.name not in above:
            yield from _single_words(known[atom.name], known, above)
    elif isinstance(atom, Group):
        for phrase in atom.alternatives:
            only = phrase.items[0]
            if len(phrase.items) == 1 and isinstance(only, Item):
                yield from _from_atom(only.atom, known, above)
    elif not isinstance(atom, Number):
        yield atom
