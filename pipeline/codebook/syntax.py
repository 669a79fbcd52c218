"""The pattern language of rules: from ``vente ..3 (svar|udredning)`` to a tree the coder compiles."""

import re
from dataclasses import dataclass
from functools import cache

DEFAULT_GAP = 3


class PatternError(ValueError):
    """A pattern is not well formed; the message says what and at which column (from 1)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"{message} (column {column})")
        self.column = column


@dataclass(frozen=True, slots=True)
class Word:
    """A word in all its inflections."""

    form: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in exactly this form."""

    form: str


@dataclass(frozen=True, slots=True)
class Affix:
    """Words that begin with, end with (in all inflections) or contain a string."""

    text: str
    open_left: bool
    open_right: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits or words, of at least ``minimum`` where that is given."""

    minimum: float | None = None


@dataclass(frozen=True, slots=True)
class ListName:
    """One of the patterns of a named word list."""

    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """One of several phrases."""

    alternatives: tuple["Phrase", ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """At most ``most`` words of any kind."""

    most: int


Atom = Word | Exact | Affix | Number | ListName | Group


@dataclass(frozen=True, slots=True)
class Item:
    """An atom, required or optional."""

    atom: Atom
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Items and gaps in this order."""

    items: tuple[Item | Gap, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Phrases that must all match in one sentence, in any order.

    Attributes:
        phrases: One or more.
        within: Most words between two neighbours among the matches; None for anywhere in the sentence.
    """

    phrases: tuple[Phrase, ...]
    within: int | None = None


MOST_BRACKETS = 20
"""How deep brackets may be nested: far more than a person can read."""

_TOKEN = re.compile(
    r"""(?P<word>\*?(?:[^\W_]+(?:['’.\-][^\W_]+)*|§|%)\*?)
      | (?P<space>\s+)
      | (?P<punct>[()|?])
      | (?P<gap>\.\.\d*)
      | (?P<list>@[a-z_][a-z0-9_]*)
      | (?P<exact>=[^\W_]+(?:['’.\-][^\W_]+)*)
      | (?P<number>\#(?:\d+(?:[.,]\d+)?\+)?)
      | (?P<both>&\d*)""",
    re.VERBOSE,
)


@cache
def parse_pattern(source: str) -> Pattern:
    """Read one pattern; the loader checks it and the coder compiles it, but it is read only once.

    Args:
        source: The pattern as written in YAML.

    Raises:
        PatternError: It is empty or not well formed.
    """
    return _Parser(source).pattern()


class _Parser:
    """A recursive-descent parser over the tokens of one pattern.

    A codebook holds thousands of long patterns, so a token is looked at by its kind (brackets, bars and question marks
    are their own kind) and the parser keeps three plain lists.
    """

    def __init__(self, source: str) -> None:
        kinds: list[str] = []
        texts: list[str] = []
        columns: list[int] = []
        at = 0
        for match in _TOKEN.finditer(source):
            start = match.start()
            if start != at:
                break
            at = match.end()
            kind = match.lastgroup or ""
            if kind != "space":
                text = match.group().lower()
                kinds.append(text if kind == "punct" else kind)
                texts.append(text)
                columns.append(start + 1)
        if at != len(source):
            raise PatternError(f"'{source[at]}' is not part of the pattern language", at + 1)
        self.kinds = [*kinds, "end"]
        self.texts = [*texts, ""]
        self.columns = [*columns, len(source) + 1]
        self.next = 0
        self.depth = 0

    def pattern(self) -> Pattern:
        phrases = [self.phrase()]
        within: int | None = None
        while self.kinds[self.next] == "both":
            text = self.texts[self.next]
            reach = int(text[1:]) if len(text) > 1 else None
            if len(phrases) > 1 and reach != within:
                raise PatternError("all '&' of a pattern must have the same number", self.columns[self.next])
            within = reach
            self.next += 1
            phrases.append(self.phrase())
        kind = self.kinds[self.next]
        if kind == "|":
            raise PatternError("put alternatives in brackets: (a|b)", self.columns[self.next])
        if kind != "end":
            text = self.texts[self.next]
            raise PatternError(f"'{text}' stands where nothing more is expected", self.columns[self.next])
        return Pattern(tuple(phrases), within)

    def phrase(self) -> Phrase:
        kinds = self.kinds
        items: list[Item | Gap] = []
        required = False
        while (kind := kinds[self.next]) not in _PHRASE_ENDS:
            text, column = self.texts[self.next], self.columns[self.next]
            self.next += 1
            if kind == "word":
                if kinds[self.next] in _PHRASE_ENDS and not items:
                    return _word_phrase(text, column)
                item = _word_item(text, column)
            elif kind == "gap":
                items.append(Gap(int(text[2:]) if len(text) > 2 else DEFAULT_GAP))
                continue
            else:
                item = Item(self.atom(kind, text, column))
            if kinds[self.next] == "?":
                self.next += 1
                item = Item(item.atom, optional=True)
            else:
                required = True
            items.append(item)
        column = self.columns[self.next]
        if not required:
            raise PatternError("a phrase needs at least one word that is not optional", column)
        if isinstance(items[0], Gap) or isinstance(items[-1], Gap):
            raise PatternError("a phrase cannot begin or end with a gap", column)
        return Phrase(tuple(items))

    def atom(self, kind: str, text: str, column: int) -> Atom:
        if kind == "(":
            return self.group(column)
        if kind == "list":
            return ListName(text[1:])
        if kind == "exact":
            return Exact(text[1:].replace("’", "'"))
        if kind == "number":
            return Number(float(text[1:-1].replace(",", ".")) if len(text) > 1 else None)
        raise PatternError(f"'{text}' stands where a word is expected", column)

    def group(self, column: int) -> Group:
        self.depth += 1
        if self.depth > MOST_BRACKETS:
            raise PatternError("the brackets are nested too deep", column)
        alternatives = [self.phrase()]
        while self.kinds[self.next] == "|":
            self.next += 1
            alternatives.append(self.phrase())
        if self.kinds[self.next] != ")":
            raise PatternError("a bracket is not closed", column)
        self.next += 1
        self.depth -= 1
        return Group(tuple(alternatives))


_PHRASE_ENDS = frozenset({"end", "both", ")", "|"})


# Words come back again and again and these values never change, so each is made once.
_items: dict[str, Item] = {}
_phrases: dict[str, Phrase] = {}


def _word_phrase(text: str, column: int) -> Phrase:
    phrase = _phrases.get(text)
    if phrase is None:
        phrase = _phrases[text] = Phrase((_word_item(text, column),))
    return phrase


def _word_item(text: str, column: int) -> Item:
    item = _items.get(text)
    if item is None:
        item = _items[text] = Item(_word_atom(text, column))
    return item


def _word_atom(text: str, column: int) -> Word | Affix:
    if "’" in text:
        text = text.replace("’", "'")
    if "*" not in text:
        return Word(text)
    left, right = text.startswith("*"), text.endswith("*")
    bare = text.strip("*")
    if len(bare) < 3:
        raise PatternError("a part of a word needs at least three letters", column)
    return Affix(bare, open_left=left, open_right=right)
