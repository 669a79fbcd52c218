"""Danish sentences as spans of the raw text.

A full stop is judged by the word before it, the marks that close it and the word after it; a line break always ends
a sentence. The words of the language are data (``data/abbreviations.yaml``). One pass, linear in the text's length.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib import resources

_CLOSERS = "\"”“»«’')\\]"
_OPENERS = "\"”“„»«‘’'(\\[–—\\-"
_NOTES = "¹²³⁰⁴-⁹†"

_CANDIDATE = re.compile(
    # Bounded and possessive: a row of a thousand dots must not cost a million steps.
    rf"[.!?…](?:[{_CLOSERS}{_NOTES}.!?…]|\[\d{{1,3}}\]){{0,12}}+(?P<space>\s++)"
    r"|[\n\t]\s*"
    r"|\s\|(?=\s)\s*"
    rf"|(?<=[a-zæøå]{{2}})[.!?][{_CLOSERS}]?(?=[A-ZÆØÅ][a-zæøå])"
)
_WORD_BEFORE = re.compile(rf"[^\s{_OPENERS}{_CLOSERS}/]*$")
_WORD_AFTER = re.compile(rf"([{_OPENERS}\s]*)(§|\w+)?")
_LIST_MARK = re.compile(r"(?:[-–—•·▪◦‣○●■\uf0b7*|]+(?:\s+|$))+")
_MORE_MARKS = re.compile(r"[.!?…]")
_QUESTION = re.compile(r"[!?]")
_INNER_STOPS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_ROMAN = re.compile(r"[IVX]{2,5}")
_VOWEL = re.compile(r"[aeiouyæøåéü]")
_LOOK_BACK = 32
_LOOK_AHEAD = 240
_LENGTH = 4


class _Kind(Enum):
    """What the lists say of a word before a full stop."""

    NEVER = 1
    MAY_END = 2
    BEFORE_NAME = 3
    WORD = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """The splitter's word lists; what each is for stands in the file."""

    kinds: dict[str, _Kind]
    endings: tuple[str, ...]
    letters: frozenset[str]
    months: frozenset[str]
    continues: frozenset[str]
    starters: frozenset[str]
    careless: frozenset[str]
    before_length: frozenset[str]


@lru_cache(maxsize=1)
def _load_words() -> _Words:
    """Read the word lists once."""
    import yaml

    file = resources.files("pipeline.language") / "data" / "abbreviations.yaml"
    data: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    kinds: dict[str, _Kind] = {}
    for name, kind in (
        ("before_name", _Kind.BEFORE_NAME),
        ("may_end", _Kind.MAY_END),
        ("never", _Kind.NEVER),
        ("words", _Kind.WORD),
    ):
        kinds.update(dict.fromkeys(data[name], kind))
    return _Words(
        kinds=kinds,
        endings=tuple(data["endings"]),
        letters=frozenset(data["letters"]),
        months=frozenset(data["months"]),
        continues=frozenset(data["continues"]),
        starters=frozenset(data["starters"]),
        careless=frozenset(data["careless_starters"]),
        before_length=frozenset(data["before_length"]),
    )


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of a stretch of text as (start, end) spans, in order and without overlap.

    White space, list marks at the beginning of a line ("-", "•") and bars between typed columns belong to no
    sentence; every other character of the stretch is in exactly one.

    Args:
        text: The text.
        start: Where the stretch begins, in code points.
        end: Where it ends, exclusive; the text's end when left out.
    """
    stop = len(text) if end is None else end
    words = _load_words()
    spans: list[tuple[int, int]] = []
    begin = _skip_marks(text, start, stop)
    for match in _CANDIDATE.finditer(text, start, stop):
        at, after = match.span()
        if at < begin or after >= stop:
            continue
        if text[at] in ".!?…":
            space = match["space"] or ""
            cut = after - len(space)
            forced = "\n" in space or "\t" in space or (text[after] == "|" and text[after + 1 : after + 2].isspace())
            if not forced and not _ends_sentence(text, begin, at, cut, after, stop, words):
                continue
        else:
            cut, forced = at, True
        _append_trimmed(spans, text, begin, cut)
        begin = _skip_marks(text, after, stop) if forced else after
    _append_trimmed(spans, text, begin, stop)
    return spans


def _append_trimmed(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    """Append a span without the white space at its end, unless nothing is left."""
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        spans.append((begin, end))


def _skip_marks(text: str, start: int, stop: int) -> int:
    """Return the first position of a line that is neither white space nor a list mark."""
    while start < stop and text[start].isspace():
        start += 1
    mark = _LIST_MARK.match(text, start, stop)
    return mark.end() if mark else start


def _ends_sentence(text: str, begin: int, at: int, cut: int, after: int, stop: int, words: _Words) -> bool:
    """Judge one full stop, question mark, exclamation mark or ellipsis.

    Args:
        text: The text.
        begin: Where the current sentence begins.
        at: Position of the mark.
        cut: Where the sentence would end: behind closing quotes, brackets and note numbers.
        after: Where the next sentence would begin.
        stop: Where the stretch ends.
        words: The word lists.
    """
    following = _WORD_AFTER.match(text, after, stop)
    word = following[2] if following else None
    if following is None or word is None:
        return text[after] not in ",;:%.)"
    begins = word[0].isupper() or word[0].isdigit() or word[0] == "§"
    if not begins and not (word in words.careless and cut == at + 1):
        return False
    before = _WORD_BEFORE.search(text, max(begin, at - _LOOK_BACK), at)
    token = before[0] if before else ""
    if text[at] == "." and not _MORE_MARKS.search(text, at + 1, cut):
        bracket = "(" in following[1]
        ends = _full_stop_ends(token, word, words, bracket=bracket, first=at - len(token) == begin, closed=cut > at + 1)
        ends = ends or (word == "§" and not bracket and _ends_length(text[max(begin, at - _LOOK_BACK) : at], words))
    elif text[at] in "…." and not _QUESTION.search(text, at, cut):
        # An ellipsis between spaces or brackets is a gap in a sentence unless a common first word follows.
        ends = word[0].isupper() and (bool(token) or word.lower() in words.starters) and text[at - 1] != "["
    else:
        ends = True
    return ends and not _inside_brackets(text, begin, at, after, stop)


def _full_stop_ends(token: str, word: str, words: _Words, *, bracket: bool, first: bool, closed: bool) -> bool:
    """Judge a single full stop by the words around it.

    Args:
        token: The word before it.
        word: The word after it.
        words: The word lists.
        bracket: Whether an opening bracket stands before the word after it.
        first: Whether the word before it is the sentence's first.
        closed: Whether a quote, bracket or note number follows the full stop.
    """
    if not token:
        return True
    capital = word[0].isupper() or word[0] == "§"
    low, next_low = token.lower(), word.lower()
    if token[-1].isdigit():
        return _number_ends(token, word, words, first=first)
    if len(token) == 1:
        return _letter_ends(token, next_low, words, capital=capital, first=first)
    if first and _ROMAN.fullmatch(token):
        return False
    starts = capital and next_low in words.starters
    kind = words.kinds.get(low)
    if kind is None and (low.endswith(words.endings) or _looks_short(low, token)):
        kind = _Kind.BEFORE_NAME
    if kind is None or kind is _Kind.WORD:
        return capital or word[0].isdigit() or len(token) > 2
    if kind is _Kind.NEVER:
        return closed and starts
    if kind is _Kind.MAY_END:
        return capital and word[0] != "§" and not bracket
    return starts and not bracket


def _ends_length(before: str, words: _Words) -> bool:
    """Say whether a shortened unit ends a complete length of time: *efter 10 dg*, *om ca. 3 mdr*."""
    told = before.lower().split()[-_LENGTH:]
    return (
        len(told) > 1
        and words.kinds.get(told[-1]) is _Kind.MAY_END
        and told[-2][0].isdigit()
        and any(word in words.before_length for word in told[:-2])
    )


def _looks_short(low: str, token: str) -> bool:
    """Say whether an unlisted word looks shortened: inner full stops, or small letters without a vowel."""
    if "." in token:
        return _INNER_STOPS.fullmatch(token) is not None
    return len(token) <= 5 and token == low and not _VOWEL.search(low)


def _number_ends(token: str, word: str, words: _Words, *, first: bool) -> bool:
    """Judge a full stop after a figure: an ordinal, a list number, a paragraph, a year or an amount."""
    low = word.lower()
    if low in words.continues:
        return False
    if not token.isdigit() or len(token) > 2:
        return word[0].isupper() or word[0].isdigit() or word[0] == "§"
    # "1. Sagens karakter" has a list number, "den 9. Han røg" an ordinal at a sentence's end.
    return not first and word[0].isupper() and low not in words.months


def _letter_ends(token: str, following: str, words: _Words, *, capital: bool, first: bool) -> bool:
    """Judge a full stop after a single letter: an initial, a shortened word or the end of "§ 82 a."."""
    if first or token in words.letters or following in words.continues:
        return False
    if token.isupper():
        return capital and following in words.starters
    return capital


def _inside_brackets(text: str, begin: int, at: int, after: int, stop: int) -> bool:
    """Say whether a mark stands in brackets that open and close within one running sentence."""
    opened = text.rfind("(", begin, at)
    if opened <= begin or text.rfind(")", opened, after) >= 0:
        return False
    limit = min(stop, after + _LOOK_AHEAD)
    line = text.find("\n", after, limit)
    return text.find(")", after, line if line >= 0 else limit) >= 0
