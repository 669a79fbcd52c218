"""Where the sentences of a reference stand in a case, which may be divided into sentences at other places."""

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import combining, is_normalized, normalize

from pipeline.model.cases import Segment

_SOFT_HYPHEN = "\u00ad"

Span = tuple[int, int]
"""Where something begins and ends (exclusive), in code points."""


def place_sentences(sentences: Sequence[str], segments: Sequence[Segment]) -> tuple[Span | None, ...]:
    """Return where each sentence stands in the case's text; None where it stands nowhere.

    White space, soft hyphens and how letters with marks are put together do not matter. A sentence that is a whole
    segment is that segment; of several alike the first is the first. What is left is looked for between its
    neighbours, then anywhere that no other sentence stands.

    Args:
        sentences: The sentences of one case in the order of the text.
        segments: All segments of the case in the order of the text.
    """
    folded = [_fold(sentence)[0] for sentence in sentences]
    text = _Text(segments)
    spans = _whole_segments(folded, text)
    following = _following(spans, len(text.letters))
    taken = sorted(span for span in spans if span is not None)
    before = 0
    for number, sentence in enumerate(folded):
        if spans[number] is None and sentence:
            span = text.find(sentence, before, following[number], taken) or text.find(
                sentence, 0, len(text.letters), taken
            )
            if span is not None:
                insort(taken, span)
                spans[number] = span
        placed = spans[number]
        before = before if placed is None else placed[1]
    return tuple(None if span is None else text.in_case(span) for span in spans)


@dataclass(frozen=True, slots=True)
class _Segment:
    span: Span
    letters: str


class _Text:
    """The text of a case's segments, one space between two, and where its letters stand in the case."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        parts: list[str] = []
        self.segments: list[_Segment] = []
        self.places: list[int] = []
        at = 0
        for segment in segments:
            letters, places = _fold(segment.text)
            self.segments.append(_Segment((at, at + len(letters)), letters))
            self.places += [segment.start + place for place in places]
            self.places.append(segment.end)
            parts.append(letters)
            at += len(letters) + 1
        self.letters = " ".join(parts)

    def find(self, sentence: str, start: int, end: int, taken: Sequence[Span]) -> Span | None:
        """Return the first place of a sentence that begins and ends with whole words and where no other stands."""
        while (at := self.letters.find(sentence, start, end)) >= 0:
            span = at, at + len(sentence)
            if self._is_whole(span) and _is_free(span, taken):
                return span
            start = at + 1
        return None

    def _is_whole(self, span: Span) -> bool:
        around = (self.letters[max(span[0] - 1, 0) : span[0] + 1], self.letters[span[1] - 1 : span[1] + 1])
        return not any(re.fullmatch(r"\w\w", pair) for pair in around)

    def in_case(self, span: Span) -> Span:
        """Return where a stretch of the letters stands in the case."""
        return self.places[span[0]], self.places[span[1] - 1] + 1


def _whole_segments(folded: Sequence[str], text: _Text) -> list[Span | None]:
    """Give every sentence the segment that it is, where there are as many segments like it as sentences."""
    alike: defaultdict[str, list[Span]] = defaultdict(list)
    for segment in text.segments:
        alike[segment.letters].append(segment.span)
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(folded):
        wanted[sentence].append(number)
    spans: list[Span | None] = [None] * len(folded)
    for sentence, numbers in wanted.items():
        if sentence and len(alike[sentence]) == len(numbers):
            for number, span in zip(numbers, alike[sentence], strict=True):
                spans[number] = span
    return spans


def _following(spans: Sequence[Span | None], end: int) -> list[int]:
    """Return where the next sentence begins after each one, as far as that is known."""
    found = []
    for span in reversed(spans):
        found.append(end)
        end = end if span is None else span[0]
    return found[::-1]


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_right(taken, span)
    clear_before = at == 0 or taken[at - 1][1] <= span[0]
    return clear_before and (at == len(taken) or taken[at][0] >= span[1])


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without what does not matter, and where each of its letters stood."""
    if text == " ".join(text.split()) and _SOFT_HYPHEN not in text and is_normalized("NFC", text):
        return text, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter == _SOFT_HYPHEN or (letter.isspace() and (not letters or letters[-1] == " ")):
            continue
        if combining(letter) and letters and len(joined := normalize("NFC", letters[-1] + letter)) == 1:
            letters[-1] = joined
            continue
        letters.append(" " if letter.isspace() else normalize("NFC", letter)[:1])
        places.append(place)
    if letters and letters[-1] == " ":
        del letters[-1], places[-1]
    return "".join(letters), places
