"""What a position means: programs count code points or UTF-16 units, a line end as one or two, a mark or not.

The standard counts code points from 0 (REFI-QDA 1.5, section 10.2) and says nothing of line ends and marks; ends are
exclusive in practice. A text without line ends of two characters and without characters beyond the basic plane is read
alike by all; else the reading that fits the file best is used, and told.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.exchange.refi.values import RefiSelection, RefiSource

_BEYOND = 2**62
_CUT = 90
"""From this length on a selection's name may be the beginning of the quotation: programs cut it."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A way of counting.

    Attributes:
        utf16: True where a character beyond the basic plane counts two.
        pairs: True where CR and LF count two, False where they count one.
        mark: True where the byte order mark counts.
    """

    utf16: bool = False
    pairs: bool = True
    mark: bool = False

    def __str__(self) -> str:
        """Say it in words."""
        parts = ["UTF-16 units" if self.utf16 else "code points", "CR LF as two" if self.pairs else "CR LF as one"]
        return ", ".join(parts + ["mark counted"] * self.mark)


@dataclass(frozen=True, slots=True)
class Reading:
    """Positions read in one way.

    Attributes:
        counting: The way of counting.
        fits: How many selections fit their text well: the quotation is their name, or they end at words' ends.
        of: How many there are.
        clear: True where every way of counting gives the same.
    """

    counting: Counting
    fits: int
    of: int
    clear: bool


class Ruler:
    """Turns a file's positions into code points of the text with plain line ends.

    Args:
        raw: The text as stored, without its mark.
        counting: How the file counts.
    """

    def __init__(self, raw: str, counting: Counting) -> None:
        self.counting = counting
        self.text = raw.replace("\r\n", "\n").replace("\r", "\n")
        self._steps, self._gains = _steps(raw, counting)
        self._length = self._to_own(len(self.text))

    def _to_own(self, place: int) -> int:
        """The file's position of a place in our text."""
        found = bisect_right(self._gains, (place, _BEYOND))
        return place + (self._gains[found - 1][1] if found else 0) + self.counting.mark

    def place(self, position: int) -> int | None:
        """Return the place in our text, None beyond its end; within a character it is the character's beginning."""
        position -= self.counting.mark
        if position < 0:
            return None
        found = bisect_right(self._steps, (position, _BEYOND))
        own = position - (self._steps[found - 1][1] if found else 0)
        return own if own <= len(self.text) else None


def _steps(raw: str, counting: Counting) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where the two counts drift apart: (file position, drift from there on) and (our place, drift)."""
    steps: list[tuple[int, int]] = []
    gains: list[tuple[int, int]] = []
    own = drift = 0
    place = 0
    while place < len(raw):
        character = raw[place]
        pair = character == "\r" and raw[place + 1 : place + 2] == "\n"
        place += 2 if pair else 1
        extra = 1 if (pair and counting.pairs) or (counting.utf16 and ord(character) > 0xFFFF) else 0
        own += 1
        if extra:
            drift += 1
            steps.append((own + drift - 1, drift))
            gains.append((own, drift))
    return steps, gains


def best_reading(sources: Iterable[RefiSource], *, origin: str = "") -> Reading:
    """Say how a file counts: the standard's way where it does not matter, else what fits its selections best.

    Args:
        sources: The file's texts.
        origin: The program that wrote it, which decides between ways that fit equally well.
    """
    told = [source for source in sources if source.raw is not None and source.selections]
    texts = [source.raw or "" for source in told]
    of = sum(len(source.selections) for source in told)
    default = _usual(origin)
    if not any("\r\n" in text or any(ord(c) > 0xFFFF for c in text) for text in texts) and not _any_mark(told):
        return Reading(Counting(), of, of, True)
    ways = [Counting(u, p, m) for u in (False, True) for p in (True, False) for m in (False, True)]
    ways.sort(key=lambda way: (way != default, way.mark))
    scored = [(sum(_score(source, way) for source in told), -place) for place, way in enumerate(ways)]
    best = max(range(len(ways)), key=lambda place: scored[place])
    return Reading(ways[best], scored[best][0], of, False)


def _any_mark(sources: Sequence[RefiSource]) -> bool:
    return any(source.mark for source in sources)


def _usual(origin: str) -> Counting:
    name = origin.casefold()
    if "nvivo" in name:
        return Counting(utf16=True, pairs=True)
    if "atlas" in name:
        return Counting(utf16=False, pairs=False)
    return Counting()


def _score(source: RefiSource, way: Counting) -> int:
    ruler = Ruler(source.raw or "", way)
    return sum(fits(ruler, selection) for selection in source.selections)


def fits(ruler: Ruler, selection: RefiSelection) -> bool:
    """Say whether a selection makes sense in a reading: its name is the quotation, or it begins and ends at words."""
    start, end = ruler.place(selection.start), ruler.place(selection.end)
    if start is None or end is None:
        return False
    quote = " ".join(ruler.text[start:end].split())
    name = " ".join(selection.name.rstrip("….").split())
    if len(name) > 3 and not name[0].isdigit() and quote:
        cut = len(name) >= _CUT or selection.name.endswith(("…", "..."))
        return quote.startswith(name) if cut else quote == name
    before, after = ruler.text[max(0, start - 1) : start], ruler.text[end : end + 1]
    inside = ruler.text[start:end]
    return not (_within(before, inside[:1]) or _within(inside[-1:], after))


def _within(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()
