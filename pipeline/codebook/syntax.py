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
    r"""\*?(?:[^\W_]+(?:['’.\-][^\W_]+)*|§|%)\*?     # word
      | [()|?]                                       # a kind each
      | \.\.\d*                                      # gap
      | @[a-z_][a-z0-9_]*                            # list
      | =[^\W_]+(?:['’.\-][^\W_]+)*                  # exact
      | \#(?:\d+(?:[.,]\d+)?\+)?                     # number
      | &\d*                                         # both""",
    re.VERBOSE,
)
_KINDS = {
    "(": "(", ")": ")", "|": "|", "?": "?", ".": "gap", "@": "list", "=": "exact", "#": "number", "&": "both",
}  # fmt: skip
"""The kind of a token by its first character; all others are words."""


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

    A codebook holds thousands of long patterns, so all tokens are found in one go and a token is looked at by its kind;
    where it stands is asked only when there is a mistake to tell.
    """

    def __init__(self, source: str) -> None:
        tokens = _TOKEN.findall(source)
        if "".join(tokens) != "".join(source.split()):
            at = _first_unknown(source)
            raise PatternError(f"'{source[at]}' is not part of the pattern language", at + 1)
        self.source = source
        self.kinds = [_KINDS.get(token[0], "word") for token in tokens]
        self.kinds.append("end")
        self.texts = [token.lower() for token in tokens]
        self.texts.append("")
        self.next = 0
        self.depth = 0

    def wrong(self, message: str, at: int) -> PatternError:
        """Return a mistake at one of the tokens."""
        columns = [match.start() + 1 for match in _TOKEN.finditer(self.source)]
        return PatternError(message, [*columns, len(self.source) + 1][at])

    def pattern(self) -> Pattern:
        phrases = [self.phrase()]
        within: int | None = None
        while self.kinds[self.next] == "both":
            text = self.texts[self.next]
            reach = int(text[1:]) if len(text) > 1 else None
            if len(phrases) > 1 and reach != within:
                raise self.wrong("all '&' of a pattern must have the same number", self.next)
            within = reach
            self.next += 1
            phrases.append(self.phrase())
        kind = self.kinds[self.next]
        if kind == "|":
            raise self.wrong("put alternatives in brackets: (a|b)", self.next)
        if kind != "end":
            raise self.wrong(f"'{self.texts[self.next]}' stands where nothing more is expected", self.next)
        return Pattern(tuple(phrases), within)

    def phrase(self) -> Phrase:
        kinds = self.kinds
        items: list[Item | Gap] = []
        required = False
        while (kind := kinds[self.next]) not in _PHRASE_ENDS:
            at = self.next
            text = self.texts[at]
            self.next += 1
            if kind == "word":
                if kinds[self.next] in _PHRASE_ENDS and not items:
                    return _phrases.get(text) or self.word_phrase(text, at)
                item = _items.get(text) or self.word_item(text, at)
            elif kind == "gap":
                items.append(Gap(int(text[2:]) if len(text) > 2 else DEFAULT_GAP))
                continue
            else:
                item = Item(self.atom(kind, text, at))
            if kinds[self.next] == "?":
                self.next += 1
                item = Item(item.atom, optional=True)
            else:
                required = True
            items.append(item)
        if not required:
            raise self.wrong("a phrase needs at least one word that is not optional", self.next)
        if isinstance(items[0], Gap) or isinstance(items[-1], Gap):
            raise self.wrong("a phrase cannot begin or end with a gap", self.next)
        return Phrase(tuple(items))

    def word_phrase(self, text: str, at: int) -> Phrase:
        phrase = _phrases[text] = Phrase((_items.get(text) or self.word_item(text, at),))
        return phrase

    def word_item(self, text: str, at: int) -> Item:
        item = _items[text] = Item(self.word(text, at))
        return item

    def word(self, text: str, at: int) -> Word | Affix:
        text = text.replace("’", "'")
        if "*" not in text:
            return Word(text)
        bare = text.strip("*")
        if len(bare) < 3:
            raise self.wrong("a part of a word needs at least three letters", at)
        return Affix(bare, open_left=text.startswith("*"), open_right=text.endswith("*"))

    def atom(self, kind: str, text: str, at: int) -> Atom:
        if kind == "(":
            return self.group(at)
        if kind == "list":
            return ListName(text[1:])
        if kind == "exact":
            return Exact(text[1:].replace("’", "'"))
        if kind == "number":
            return Number(float(text[1:-1].replace(",", ".")) if len(text) > 1 else None)
        raise self.wrong(f"'{text}' stands where a word is expected", at)

    def group(self, at: int) -> Group:
        self.depth += 1
        if self.depth > MOST_BRACKETS:
            raise self.wrong("the brackets are nested too deep", at)
        alternatives = [self.phrase()]
        while self.kinds[self.next] == "|":
            self.next += 1
            alternatives.append(self.phrase())
        if self.kinds[self.next] != ")":
            raise self.wrong("a bracket is not closed", at)
        self.next += 1
        self.depth -= 1
        return Group(tuple(alternatives))


def _first_unknown(source: str) -> int:
    """Return where the first character stands that belongs to no token."""
    known = {place for match in _TOKEN.finditer(source) for place in range(*match.span())}
    return next(at for at, letter in enumerate(source) if at not in known and not letter.isspace())


_PHRASE_ENDS = frozenset({"end", "both", ")", "|"})


# Words come back again and again and these values never change, so each is made once.
_items: dict[str, Item] = {}
_phrases: dict[str, Phrase] = {}
