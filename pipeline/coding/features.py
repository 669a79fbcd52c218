"""What a model sees of a sentence: words, word lists, the sentences around it and its place in the case.

Everything here is meant to hold for authors a model has never read: inflected forms count as one word, names count as
names, numbers as numbers, and a word of one of the codebook's lists counts as a word of that list.
"""

import re
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.coding.roles import NAME, is_name
from pipeline.coding.word_lists import ListWords
from pipeline.language.numbers import number_of
from pipeline.language.words import WORD, fold, straighten

FAMILIES = {
    "word": 1.0,
    "pair": 1.1,
    "list": 0.5,
    "earlier": 0.3,
    "following": 0.5,
    "late": 0.4,
    "frame": 0.3,
    "denied": 0.4,
}
"""Kinds of features with the length that each is scaled to before they are joined."""

_LATE = ("result", "outlook")
_KEPT = 3
"""How many texts are remembered: a sentence is read for itself and as a neighbour of two others."""

_ENDINGS = re.compile(r"(?:ernes|erne|enes|ende|ene|edes|ede|ens|ets|ers|eres|er|en|et|es|te|e|s|t)$")
_SHORTEST_STEM = 4
NUMBER = "<number>"
_NEGATIONS = frozenset({"ikke", "aldrig", "uden", "ej"})
_DENIES = 5
"""How many words after a negation count as denied."""
_MARKS = re.compile(r"[?!\"”“»«:;()]|\.\.\.|…")


@dataclass(frozen=True, slots=True)
class SentenceInCase:
    """A sentence to be coded by a model.

    Attributes:
        text: Its text.
        section: Kind of its section.
        place: Where it stands in its case, 0 to 1.
        context: The sentence before, empty where there is none.
        following: The sentence after, empty where there is none.
        cluster: Cluster of its case.
        roles: Who goes by each folded first name in its case (see ``pipeline.coding.roles``).
    """

    text: str
    section: str = ""
    place: float = 0.0
    context: str = ""
    following: str = ""
    cluster: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)


Features = dict[str, list[str]]
"""The features of a sentence by family; a feature may stand several times."""


def stem(word: str) -> str:
    """Return a folded word without its inflection, roughly: ``sagsbehandleren`` and ``sagsbehandlere`` become one."""
    if len(word) <= _SHORTEST_STEM:
        return word
    found = _ENDINGS.search(word)
    if found is None:
        return word
    short = word[: max(found.start(), _SHORTEST_STEM - 1)]
    if len(short) > _SHORTEST_STEM - 1 and short[-1] == short[-2] and short[-1] not in "aeiouyæøå":
        short = short[:-1]
    return short


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text.

    Attributes:
        folded: In lower case.
        bare: Without the s of the genitive where it looks like a name, else empty.
        stem: Without its inflection; ``NUMBER`` for a number.
    """

    folded: str
    bare: str
    stem: str


class FeatureReader:
    """Reads the features of sentences; what was found for a word is remembered.

    Args:
        lists: The words of the codebook's lists; none when left out.
    """

    def __init__(self, lists: ListWords | None = None) -> None:
        self._lists = lists or ListWords()
        self._known: dict[str, _Word] = {}
        self._members: dict[str, list[str]] = {}
        self._kept: deque[tuple[str, Mapping[str, str], tuple[list[str], list[str]]]] = deque(maxlen=_KEPT)

    def read(self, sentence: SentenceInCase) -> Features:
        """Return the features of a sentence by family."""
        earlier = self._words(sentence.context, sentence.roles)[0]
        following = self._words(sentence.following, sentence.roles)[0]
        words, plain = self._words(sentence.text, sentence.roles)
        return {
            "word": [*words, *_MARKS.findall(sentence.text)],
            "pair": [*_beside(words), *_one_between(words)],
            "list": [name for word in plain if word for name in self._classes(word)],
            "earlier": earlier,
            "following": following,
            "late": words if sentence.section in _LATE else [],
            "frame": _frame(sentence, len(words)),
            "denied": _denied(words),
        }

    def made_of(self, sentence: SentenceInCase, chosen: Collection[int], *, touching: bool = False) -> Features:
        """Return the features of a sentence that are made of some of its words.

        Args:
            sentence: The sentence.
            chosen: Indexes of the words.
            touching: True for the pairs, too, that a chosen word makes with another.
        """
        words, plain = self._words(sentence.text, sentence.roles)
        within = any if touching else all
        known = [at in chosen for at in range(len(words))]
        beside = zip(_beside(words), zip((False, *known), (*known, False), strict=True), strict=True)
        apart = zip(_one_between(words), zip(known, known[2:], strict=False), strict=True)
        found: Features = {family: [] for family in FAMILIES}
        found["word"] = [word for word, told in zip(words, known, strict=True) if told]
        found["late"] = found["word"] if sentence.section in _LATE else []
        found["pair"] = [pair for pair, told in (*beside, *apart) if within(told)]
        found["list"] = [
            name for word, told in zip(plain, known, strict=True) if told and word for name in self._classes(word)
        ]
        return found

    def _words(self, text: str, roles: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Return the stems of a text with names and numbers replaced, and its words, "" for names and numbers.

        The last answers are kept: a sentence is read again as the neighbour of others.
        """
        for kept, known, answer in self._kept:
            if kept == text and known is roles:
                return answer
        stems: list[str] = []
        plain: list[str] = []
        for number, raw in enumerate(WORD.findall(straighten(text))):
            word = self._known.get(raw) or self._look_at(raw)
            if word.bare and (number or word.bare in roles):
                stems.append(roles.get(word.bare, NAME))
                plain.append("")
            else:
                stems.append(word.stem)
                plain.append("" if word.stem == NUMBER else word.folded)
        self._kept.append((text, roles, (stems, plain)))
        return stems, plain

    def _look_at(self, raw: str) -> "_Word":
        folded = fold(raw)
        bare = folded.removesuffix("s") if is_name(raw) else ""
        found = _Word(folded, bare, NUMBER if number_of(folded) is not None else stem(folded))
        self._known[raw] = found
        return found

    def _classes(self, word: str) -> list[str]:
        """Return the names of the lists that hold a word, sorted."""
        found = self._members.get(word)
        if found is None:
            found = self._members[word] = self._lists.of(word)
        return found


def _beside(words: Sequence[str]) -> list[str]:
    """Return the pairs of words that stand side by side, the first and the last with what bounds the sentence."""
    return [f"{left} {right}" for left, right in zip(("<", *words), (*words, ">"), strict=True)]


def _one_between(words: Sequence[str]) -> list[str]:
    """Return the pairs of words with one between them."""
    return [f"{left} _ {right}" for left, right in zip(words, words[2:], strict=False)]


def _denied(words: Sequence[str]) -> list[str]:
    """Return the words that stand a little after a negation."""
    return [word for at, no in enumerate(words) if no in _NEGATIONS for word in words[at + 1 : at + 1 + _DENIES]]


def _frame(sentence: SentenceInCase, length: int) -> list[str]:
    place = min(int(sentence.place * 5), 4)
    size = "short" if length <= 5 else "long" if length > 22 else "middle"
    return [
        f"section {sentence.section}",
        f"cluster {sentence.cluster}",
        f"place {sentence.section} {place}",
        f"length {size}",
        f"section {sentence.section} cluster {sentence.cluster}",
    ]
