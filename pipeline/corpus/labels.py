"""Compares headings and labels with the aliases of the template, word by word."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.model.codes import Template

LONGEST_LABEL = 140
"""A longer text is never compared: no heading of a form is that long."""

_NUMBER_BEFORE = re.compile(
    r"(?:\s*(?:[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])[.):\]]+|\d{1,2}(?:\.\d{1,2})*(?=\s)"
    r"|[-–—•·▪◦●■o*#>→\uf0b7]+(?=\s))\s*)+"
)
_SILENT = re.compile(r"[,;:\"'“”„»«’‘()\[\]!?.…*´`]+")
_JOINTS = re.compile(r"[\s/\\&+|_–—-]+")
_HUMP = re.compile(r"(?<=[a-zæøå0-9])(?=[A-ZÆØÅ])")
_LETTERS = str.maketrans({"é": "e", "è": "e", "á": "a", "ä": "æ", "ö": "ø", "ü": "u"})
_PLAIN_LETTERS = (("æ", "a"), ("ø", "o"), ("å", "a"), ("ae", "a"), ("oe", "o"), ("aa", "a"))
_FIRST_WORD = 48
_ANY_WORDS = r"(?: \S+){0,8}"


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """Return what is compared of a label: folded case and spaces, no number before it, no punctuation.

    Args:
        text: A heading, a label or an alias (where ``*`` is already taken out).
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    number = _NUMBER_BEFORE.match(folded)
    if number and number.end() < len(folded):
        folded = folded[number.end() :]
    return _JOINTS.sub(" ", _SILENT.sub("", folded)).strip()


def control_key(name: str) -> str:
    """Return what is compared of a content control's alias or tag, which often lacks spaces and Danish letters."""
    key = label_key(_HUMP.sub(" ", name))
    for letter, plain in _PLAIN_LETTERS:
        key = key.replace(letter, plain)
    return key


@dataclass(frozen=True, slots=True)
class Match:
    """A label recognised.

    Attributes:
        name: Kind of the section, or name of the attribute.
        weight: How many letters of the label the alias itself gives; the more, the surer.
        share: Which part of the label's letters that is, 0-1; the rest stands for a wildcard.
        at: Where in the key the alias's own words begin.
    """

    name: str
    weight: int
    share: float = 1.0
    at: int = 0


class Labels:
    """The aliases of some names, ready to be compared.

    An alias that begins and ends with ``*`` (a keyword) is only compared by :meth:`keywords`, which is for texts
    whose form shows that they are headings.

    Args:
        aliases: (name, aliases) pairs; where two names fit equally well the earlier wins.
        plain: True to compare keys without Danish letters, as ``control_key`` gives them.
    """

    def __init__(self, aliases: Iterable[tuple[str, tuple[str, ...]]], *, plain: bool = False) -> None:
        self._key = control_key if plain else label_key
        self._exact: dict[str, Match] = {}
        # Patterns by their first word; under "" those whose first word has a wildcard.
        self._patterns: dict[str, list[tuple[re.Pattern[str], Match]]] = {}
        self._first_words: set[str] = set()
        words: list[tuple[str, str]] = []
        for name, spellings in aliases:
            keywords = []
            for spelling in spellings:
                alias = spelling.strip()
                if alias.startswith("*") and alias.endswith("*") and len(alias) > 2:
                    keywords.append(self._pattern(alias[1:-1].strip()))
                elif "*" in alias:
                    self._add_pattern(name, alias)
                else:
                    key = self._key(alias)
                    self._exact.setdefault(key, Match(name, len(key)))
                    self._first_words.add(key.partition(" ")[0])
            if keywords:
                words.append((name, "|".join(keywords)))
        self._keywords = [(name, re.compile(rf"(?:^| )(?:{pattern})(?= |$)")) for name, pattern in words]

    def find(self, text: str) -> Match | None:
        """Return the name whose alias the whole text is."""
        if len(text) > LONGEST_LABEL:
            return None
        key = self._key(text)
        exact = self._exact.get(key)
        if exact:
            return exact
        best: Match | None = None
        for first in (key.partition(" ")[0], ""):
            for pattern, match in self._patterns.get(first, ()):
                if (best is None or match.weight > best.weight) and pattern.fullmatch(key):
                    best = match
        return best and replace(best, share=min(1.0, best.weight / len(key)))

    def may_begin(self, text: str) -> bool:
        """Say quickly whether the first word of a text is the first word of an alias."""
        return "" in self._patterns or self._key(text[:_FIRST_WORD]).partition(" ")[0] in self._first_words

    def keywords(self, text: str) -> list[Match]:
        """Return the names with a keyword in the text, in the order of the text."""
        if len(text) > LONGEST_LABEL:
            return []
        key = self._key(text)
        found = ((name, pattern.search(key)) for name, pattern in self._keywords)
        return sorted((Match(name, len(hit[0]), at=hit.start()) for name, hit in found if hit), key=lambda hit: hit.at)

    def heading(self, text: str) -> Match | None:
        """Return the name of a text whose form shows that it is a heading: the whole of it, or its first keyword."""
        match = self.find(text)
        if match is None:
            match = next(iter(self.keywords(text)), None)
        return match

    def _add_pattern(self, name: str, alias: str) -> None:
        pattern = self._pattern(alias)
        letters = self._key(alias.replace("*", " "))
        first = alias.split(maxsplit=1)[0]
        word = "" if "*" in first else letters.partition(" ")[0]
        self._first_words.add(word)
        self._patterns.setdefault(word, []).append((re.compile(pattern), Match(name, len(letters))))

    def _pattern(self, alias: str) -> str:
        """Return the regular expression of an alias with wildcards, over keys."""
        parts: list[str] = []
        for word in alias.split():
            if word == "*":
                parts.append(_ANY_WORDS)
                continue
            pieces = [re.escape(self._key(piece) if piece else "") for piece in word.split("*")]
            parts.append((" " if parts else "") + r"\S*".join(pieces))
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Book:
    """All labels of a template.

    Attributes:
        sections: Headings of sections.
        attributes: Labels of attributes.
        titles: Titles of the form itself.
        section_controls: Sections by content control.
        attribute_controls: Attributes by content control.
        order: Kinds of sections in the template's order.
    """

    sections: Labels
    attributes: Labels
    titles: Labels
    section_controls: Labels
    attribute_controls: Labels
    order: tuple[str, ...]


@lru_cache(maxsize=8)
def label_book(template: Template) -> Book:
    """Prepare the labels of a template; the same template is prepared once."""
    sections = [(section.kind, section.aliases) for section in template.sections]
    attributes = [(attribute.name, attribute.aliases) for attribute in template.attributes]
    return Book(
        sections=Labels(sections),
        attributes=Labels(attributes),
        titles=Labels([("title", template.titles)]),
        # A control's tag may be the plain name that rules and tables use ("course", "municipality").
        section_controls=Labels([(kind, (kind, *aliases)) for kind, aliases in sections], plain=True),
        attribute_controls=Labels([(name, (name, *aliases)) for name, aliases in attributes], plain=True),
        order=tuple(section.kind for section in template.sections),
    )


_SEPARATOR = re.compile(r"(?P<mark>:|\s[-–—]+(?=\s)|[–—](?=\s)|[.](?=\s)|\n|\t)[\s]*")


def run_in_labels(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield what may be a label before running text: the words, the mark after them and where the rest begins.

    Args:
        text: A paragraph; nothing is yielded beyond its first colon or line break, or where nothing would be left.
    """
    for separator in _SEPARATOR.finditer(text, 0, LONGEST_LABEL):
        if separator.end() >= len(text):
            return
        mark = separator["mark"].strip(" ")
        if separator.start():
            yield text[: separator.start()], mark, separator.end()
        if mark in (":", "\n"):
            return
