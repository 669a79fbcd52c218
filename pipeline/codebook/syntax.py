"""The pattern language of rules: from ``vente ..3 (svar|udredning)`` to a tree the coder compiles."""

import re
from dataclasses import dataclass

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


_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<gap>\.\.\d*)
      | (?P<both>&\d*)
      | (?P<number>\#(?:\d+(?:[.,]\d+)?\+)?)
      | (?P<list>@[a-z_][a-z0-9_]*)
      | (?P<exact>=[^\W_]+(?:['’.\-][^\W_]+)*)
      | (?P<word>\*?(?:[^\W_]+(?:['’.\-][^\W_]+)*|§|%)\*?)
      | (?P<punct>[()|?])""",
    re.VERBOSE,
)


def parse_pattern(source: str) -> Pattern:
    """Read one pattern.

    Args:
        source: The pattern as written in YAML.

    Raises:
        PatternError: It is empty or not well formed.
    """
    return _Parser(source).pattern()


class _Parser:
    """A recursive-descent parser over the tokens of one pattern."""

    def __init__(self, source: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None:
                raise PatternError(f"'{source[at]}' is not part of the pattern language", at + 1)
            if match.lastgroup != "space":
                self.tokens.append((match.lastgroup or "", match.group().lower(), at + 1))
            at = match.end()
        self.end = len(source) + 1
        self.next = 0

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.next] if self.next < len(self.tokens) else ("end", "", self.end)

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        self.next += 1
        return token

    def pattern(self) -> Pattern:
        phrases = [self.phrase()]
        within: int | None = None
        while self.peek()[0] == "both":
            _, text, column = self.take()
            reach = int(text[1:]) if len(text) > 1 else None
            if len(phrases) > 1 and reach != within:
                raise PatternError("all '&' of a pattern must have the same number", column)
            within = reach
            phrases.append(self.phrase())
        kind, text, column = self.peek()
        if kind == "punct" and text == "|":
            raise PatternError("put alternatives in brackets: (a|b)", column)
        if kind != "end":
            raise PatternError(f"'{text}' stands where nothing more is expected", column)
        return Pattern(tuple(phrases), within)

    def phrase(self) -> Phrase:
        items: list[Item | Gap] = []
        while True:
            kind, text, column = self.peek()
            if kind == "gap":
                self.take()
                items.append(Gap(int(text[2:]) if len(text) > 2 else DEFAULT_GAP))
                continue
            if kind in ("end", "both") or (kind == "punct" and text in ")|"):
                break
            atom = self.atom()
            optional = self.peek()[1] == "?" and self.peek()[0] == "punct"
            if optional:
                self.take()
            items.append(Item(atom, optional))
        column = self.peek()[2]
        if not any(isinstance(item, Item) and not item.optional for item in items):
            raise PatternError("a phrase needs at least one word that is not optional", column)
        if isinstance(items[0], Gap) or isinstance(items[-1], Gap):
            raise PatternError("a phrase cannot begin or end with a gap", column)
        return Phrase(tuple(items))

    def atom(self) -> Atom:
        kind, text, column = self.take()
        if kind == "word":
            return _word_atom(text, column)
        if kind == "exact":
            return Exact(text[1:].replace("’", "'"))
        if kind == "list":
            return ListName(text[1:])
        if kind == "number":
            return Number(float(text[1:-1].replace(",", ".")) if len(text) > 1 else None)
        if kind == "punct" and text == "(":
            alternatives = [self.phrase()]
            while self.peek()[:2] == ("punct", "|"):
                self.take()
                alternatives.append(self.phrase())
            if self.take()[:2] != ("punct", ")"):
                raise PatternError("a bracket is not closed", column)
            return Group(tuple(alternatives))
        raise PatternError(f"'{text}' stands where a word is expected", column)


def _word_atom(text: str, column: int) -> Word | Affix:
    left, right = text.startswith("*"), text.endswith("*")
    bare = text.strip("*").replace("’", "'")
    if not left and not right:
        return Word(bare)
    if len(bare) < 3:
        raise PatternError("a part of a word needs at least three letters", column)
    return Affix(bare, open_left=left, open_right=right)
