"""Many sentences as one row of bits: at which words of a text a pattern begins, for all of it at once.

All sentences stand in one row, a bit a word and one empty bit between two sentences. A pattern is followed from its
last step to its first through the whole row by shifting and masking (bit-parallel search, after Baeza-Yates & Gonnet
1992, A new approach to text searching, Communications of the ACM 35(10), 74-82), so its cost is a few operations for
thousands of sentences. Ends that patterns share are searched for once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Step, Table

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_ANYWHERE = -1
"""All bits: the places after the last word of a phrase."""
_FEW = 12
"""A word that stands at most so often is entered place by place, a commoner one as a whole row."""
_AT_ONCE = 400
"""How many rows are searched for their places in one go."""


class Row:
    """The words of some sentences as one row of bits.

    Args:
        sentences: The folded words of each sentence.
        lexicon: The word classes.
        table: What the patterns share.
        wanted: The word classes that will be asked for; None for all.
    """

    def __init__(
        self,
        sentences: Sequence[Sequence[str]],
        lexicon: Lexicon,
        table: Table,
        *,
        wanted: frozenset[int] | None = None,
    ) -> None:
        self._table = table
        self._offsets = list(accumulate((len(words) + 1 for words in sentences), initial=0))
        self._bytes = self._offsets[-1] // 8 + 1
        places: defaultdict[str, list[int]] = defaultdict(list)
        for words, offset in zip(sentences, self._offsets, strict=False):
            for place, word in enumerate(words, start=offset):
                places[word].append(place)
        self._rare: defaultdict[int, list[int]] = defaultdict(list)
        self._common: defaultdict[int, list[int]] = defaultdict(list)
        for word, found in places.items():
            classes = lexicon.classes(word)
            if wanted is not None:
                classes &= wanted
            if len(found) <= _FEW:
                for word_class in classes:
                    self._rare[word_class] += found
            elif classes:
                mask = self._mask(found)
                for word_class in classes:
                    self._common[word_class].append(mask)
        between = self._mask(offset - 1 for offset in self._offsets[1:])
        # The item k tells at which words at least k more words of the same sentence follow.
        self._followed = [((1 << self._offsets[-1]) - 1) ^ between]
        self._words: dict[int, int] = {}
        self._begins: dict[int, int] = {}
        self._lasts: dict[int, int] = {}
        self._spans: dict[int, dict[int, int]] = {}
        self._choice_spans: dict[int, dict[int, int]] = {}

    def starts(self, phrase: Step) -> int:
        """Return the words at which a phrase begins, as bits."""
        found = self._begin(phrase)
        while phrase.optional and phrase.next is not None:
            phrase = phrase.next
            found |= self._begin(phrase)
        return found

    def locate(self, rows: Iterable[int]) -> Iterator[tuple[int, int, list[int]]]:
        """Yield the words that rows of bits tell of, as (sentence, number of the row, words), by sentence and row."""
        import numpy as np

        found: list[tuple[Floats, Floats]] = []
        numbered = [(number, row) for number, row in enumerate(rows) if row]
        size = -(-self._bytes // 8) * 8
        for first in range(0, len(numbered), _AT_ONCE):
            block = numbered[first : first + _AT_ONCE]
            data = b"".join([row.to_bytes(size, "little") for _, row in block])
            cells = np.frombuffer(data, dtype="<u8")
            full = np.flatnonzero(cells)
            bits = np.unpackbits(cells[full].view(np.uint8), bitorder="little")
            hits = np.flatnonzero(bits)
            cell = full[hits >> 6]
            row, place = np.divmod(cell, size // 8)
            found.append((np.array([number for number, _ in block])[row], (place << 6) + (hits & 63)))
        if not found:
            return
        row, place = (np.concatenate(parts) for parts in zip(*found, strict=True))
        sentence = np.searchsorted(np.asarray(self._offsets), place, side="right") - 1
        order = np.lexsort((place, row, sentence))
        word = place - np.asarray(self._offsets)[sentence]
        before: tuple[int, int] | None = None
        words: list[int] = []
        for at, number, start in zip(sentence[order].tolist(), row[order].tolist(), word[order].tolist(), strict=True):
            if (at, number) == before:
                words.append(start)
            else:
                words = [start]
                before = at, number
                yield at, number, words

    def packed(self, row: int) -> bytes:
        """Return a row of bits in the form that ``any_in`` reads."""
        return row.to_bytes(self._bytes, "little")

    def any_in(self, packed: bytes, sentence: int) -> bool:
        """Say whether a row of bits has any in a sentence."""
        start, end = self._offsets[sentence], self._offsets[sentence + 1]
        bits = int.from_bytes(packed[start >> 3 : (end >> 3) + 1], "little")
        return bool(bits >> (start & 7) & (1 << (end - start)) - 1)

    def _mask(self, places: Iterable[int]) -> int:
        bits = bytearray(self._bytes)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def _places(self, word_class: int) -> int:
        """Return the words that belong to a class."""
        found = self._words.get(word_class)
        if found is None:
            rare = self._rare.get(word_class, ())
            found = 0
            if len(rare) > _FEW:
                found = self._mask(rare)
            else:
                for place in rare:
                    found |= 1 << place
            for mask in self._common.get(word_class, ()):
                found |= mask
            if word_class in self._table.classes:
                self._words[word_class] = found
        return found

    def _begin(self, step: Step) -> int:
        """Return the words at which a step and all after it match, the step itself not left out."""
        found = self._begins.get(step.number)
        if found is None:
            following = step.next
            found = 0
            if following is None:
                found = self._places(step.word_class) if step.word_class >= 0 else 0
                if step.choices >= 0:
                    for starts in self._longer(step.choices).values():
                        found |= starts
            elif last := self._last(following):
                if step.word_class >= 0:
                    found = self._places(step.word_class) & last
                if step.choices >= 0:
                    for length, starts in self._longer(step.choices).items():
                        found |= starts & last >> length - 1
            if step.number in self._table.steps:
                self._begins[step.number] = found
        return found

    def _last(self, following: Step) -> int:
        """Return the words after which a step and all that follows it match, its gap between them."""
        found = self._lasts.get(following.number)
        if found is None:
            found = self._after(following, following.gap) >> 1
            if following.number in self._table.steps:
                self._lasts[following.number] = found
        return found

    def _after(self, step: Step, gap: int) -> int:
        """Return the places after which a step and all after it match, at most ``gap`` words further on."""
        found = self._begin(step)
        if found and gap:
            found = self._reach(found, gap)
        if step.optional:
            following = step.next
            found |= _ANYWHERE if following is None else self._after(following, max(following.gap, gap))
        return found

    def _reach(self, row: int, gap: int) -> int:
        """Return the words from which one of the row's words is at most ``gap`` words off in the same sentence."""
        done = 0
        while done < gap:
            more = min(done + 1, gap - done)
            row |= row >> more & self._more(more)
            done += more
        return row

    def _more(self, number: int) -> int:
        """Return the words that at least so many words of their sentence follow."""
        while len(self._followed) <= number:
            self._followed.append(self._followed[-1] & self._followed[0] >> len(self._followed))
        return self._followed[number]

    def _longer(self, choices: int) -> dict[int, int]:
        """Return at which words any of some longer phrases matches, by the number of its words and gaps."""
        found = self._choice_spans.get(choices)
        if found is None:
            found = {}
            for phrase in self._table.choices[choices]:
                step: Step | None = phrase
                if phrase.length:
                    found[phrase.length] = found.get(phrase.length, 0) | self._begin(phrase)
                    continue
                while step is not None:
                    for length, starts in self._lengths(step).items():
                        found[length] = found.get(length, 0) | starts
                    step = step.next if step.optional else None
            self._choice_spans[choices] = found
        return found

    def _lengths(self, step: Step) -> dict[int, int]:
        """Return at which words a step and all after it match, by length, the step itself not left out."""
        if step.length:
            return {step.length: self._begin(step)}
        found = self._spans.get(step.number)
        if found is None:
            found = {}
            own = dict(self._longer(step.choices)) if step.choices >= 0 else {}
            if step.word_class >= 0:
                own[1] = own.get(1, 0) | self._places(step.word_class)
            own = {length: starts for length, starts in own.items() if starts}
            rest = self._rests(step.next, step.next.gap if step.next else 0) if own else {}
            for length, starts in own.items():
                for further, after in rest.items():
                    both = starts & after >> length
                    if both:
                        found[length + further] = found.get(length + further, 0) | both
            self._spans[step.number] = found
        return found

    def _rests(self, step: Step | None, gap: int) -> dict[int, int]:
        """Return after which places a step and all after it match, by the words from there to the end."""
        if step is None:
            return {0: _ANYWHERE}
        found: dict[int, int] = {}
        for length, starts in self._lengths(step).items():
            for skipped in range(gap + 1):
                before = starts >> skipped & self._more(skipped)
                found[length + skipped] = found.get(length + skipped, 0) | before
        if step.optional:
            for length, starts in self._rests(step.next, max(step.next.gap, gap) if step.next else 0).items():
                found[length] = found.get(length, 0) | starts
        return found
