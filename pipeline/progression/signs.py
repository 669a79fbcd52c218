"""Signs: phrases that state something of the end of a course by themselves, where codings miss it or say it loosely."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.cases import Segment

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
    """

    id: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    trust: float = 0.8
    negated: bool = False


def find_sign(sign: Sign, segment: Segment) -> tuple[int, int] | None:
    """Return where a sign's first phrase stands in the segment's text, None where it does not.

    Args:
        sign: The sign.
        segment: A sentence, list item or cell.
    """
    if sign.sections and segment.section not in sign.sections:
        return None
    spans = word_spans(segment.text)
    folded = fold(segment.text)
    words = [folded[start:end] for start, end in spans]
    line = f" {' '.join(words)} "
    if sign.unless and _pattern(sign.unless).search(line):
        return None
    for match in _pattern(sign.phrases).finditer(line):
        first = line.count(" ", 0, match.start() + 1) - 1
        last = line.count(" ", 0, match.end()) - 1
        if not sign.negated and _NEGATORS.intersection(words[max(0, first - _REACH) : first]):
            continue
        return spans[first][0], spans[last][1]
    return None


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
        for sign in known:
            place = find_sign(sign, segment)
            if place is not None:
                found.append((sign, segment, *place))
    return found
