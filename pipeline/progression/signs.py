"""Signs: phrases that state something of the end of a course by themselves, where codings miss it or say it loosely."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.cases import Segment
from pipeline.model.codes import Label

SIGN = "says."
"""With this the id of every sign begins."""

_GAP = r"(?: \S+){0,3}"
_NEGATORS = frozenset({"ikke", "ingen", "intet", "aldrig", "hverken", "uden", "næppe", "ej", "endnu"})
_REACH = 3
"""How many words before a phrase a negation may stand."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sentence says in so many words.

    Attributes:
        id: The name that rules use it by, beside the ids of codes (``says.own_wage``).
        phrases: Words with a space between; ``*`` ends the beginning of a word, ``|`` parts alternatives of a word,
            ``...`` stands for up to three words.
        unless: Phrases with which the sentence does not count.
        sections: Kinds of section in which it is looked for; empty for all.
        trust: How sure it is, 0-1, like a coding's confidence.
        negated: True when a negation just before the phrase does not matter.
        label: What it is called where people read it; None where nobody has named it.
    """

    id: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    trust: float = 0.8
    negated: bool = False
    label: Label | None = None

    @property
    def name(self) -> Label:
        """What people read: the label, or else the words of the id."""
        words = self.id.removeprefix(SIGN).replace("_", " ")
        return self.label or Label(words, words)


def find_sign(sign: Sign, segment: Segment) -> tuple[int, int] | None:
    """Return where a sign's first phrase stands in the segment's text, None where it does not.

    Args:
        sign: The sign.
        segment: A sentence, list item or cell.
    """
    return _find(sign, segment.section, _Line(segment.text))


class _Line:
    """The words of a text with one space before and after each, and the way back to the text."""

    def __init__(self, text: str) -> None:
        self.spans = word_spans(text)
        folded = fold(text)
        self.words = [folded[start:end] for start, end in self.spans]
        self.text = f" {' '.join(self.words)} "


def _find(sign: Sign, section: str, line: _Line) -> tuple[int, int] | None:
    if sign.sections and section not in sign.sections:
        return None
    if sign.unless and _pattern(sign.unless).search(line.text):
        return None
    for match in _pattern(sign.phrases).finditer(line.text):
        first = line.text.count(" ", 0, match.start() + 1) - 1
        last = line.text.count(" ", 0, match.end()) - 1
        if not sign.negated and _NEGATORS.intersection(line.words[max(0, first - _REACH) : first]):
            continue
        return line.spans[first][0], line.spans[last][1]
    return None


def signs_in(signs: Iterable[Sign], segments: Iterable[Segment]) -> list[tuple[Sign, Segment, int, int]]:
    """Find signs in segments, in the order of the text.

    Args:
        signs: The signs.
        segments: The segments of one case.

    Returns:
        (sign, segment, start, end) with places in the segment's text.
    """
    found = []
    known = tuple(signs)
    for segment in segments:
        wanted = [sign for sign in known if not sign.sections or segment.section in sign.sections]
        line = _Line(segment.text) if wanted else None
        for sign in wanted:
            place = _find(sign, segment.section, line) if line is not None else None
            if place is not None:
                found.append((sign, segment, *place))
    return found


def says(phrases: tuple[str, ...], sentence: str) -> bool:
    """Say whether a sentence holds one of some phrases, negated or not.

    Args:
        phrases: In the syntax of signs.
        sentence: The sentence.
    """
    return _pattern(phrases).search(f" {' '.join(words_of(sentence))} ") is not None


@lru_cache(maxsize=512)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all phrases, over words with one space before each."""
    return re.compile("|".join(_phrase(phrase) for phrase in phrases))


def _phrase(phrase: str) -> str:
    out = ""
    for part in phrase.split():
        if part == "...":
            out += _GAP
            continue
        choices = [
            re.escape(fold(word.removesuffix("*"))) + (r"\S*" if word.endswith("*") else "") for word in part.split("|")
        ]
        out += f" (?:{'|'.join(choices)})"
    return out + "(?= )"
