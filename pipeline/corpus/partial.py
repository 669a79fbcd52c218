"""An XML part of which only a few elements are wanted: unpacked and parsed no further than they need.

A styles part of 350 kB and a numbering part of 100 kB are common, and would take ten times as long to parse as the
text itself. A part that is not written in the usual way is parsed whole.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.corpus.xmlnames import MAIN

_SMALL = 12_000
_USUAL_NAMESPACE = f'xmlns:w="{MAIN}"'.encode()


class PartialPart:
    """One part, of which elements are cut out by an attribute of theirs.

    Args:
        pieces: The part's bytes from the beginning, in pieces.
        parse: Parses XML bytes strictly; like the pieces it may raise ``RefusedError``.
        root: The qualified name of its root element, such as ``w:styles``.
    """

    def __init__(self, pieces: Iterator[bytes], parse: Callable[[bytes], etree._Element], *, root: str) -> None:
        self._pieces = pieces
        self._parse = parse
        self._data = next(pieces, b"")
        self._foot = f"</{root}>".encode()
        self._head = b""
        if len(self._data) >= _SMALL:
            self._head = self._usual_head(root.encode())

    def is_usual(self) -> bool:
        """Say whether elements can be cut out of the part."""
        return bool(self._head)

    def whole(self) -> etree._Element:
        """Return the part's root, parsed whole."""
        self._data += b"".join(self._pieces)
        self._head = b""
        return self._parse(self._data)

    def start(self, name: str, attribute: str) -> int:
        """Return where the first element begins that has an attribute; -1 where none can be cut out.

        Args:
            name: The element's qualified name.
            attribute: The attribute as it is written, with its value.
        """
        wanted = attribute.encode("utf-8", "replace")
        end_tag = f"</{name}>".encode()
        at = self._data.find(wanted)
        while at < 0 or self._data.find(end_tag, at) < 0:
            piece = next(self._pieces, b"")
            if not piece:
                return -1
            self._data += piece
            at = self._data.find(wanted)
        data = self._data
        start = data.rfind(f"<{name} ".encode(), 0, at)
        end = data.find(b">", start)
        if start < 0 or end < at or data[end - 1 : end] == b"/":
            return -1
        # A comment can make an element look like one that is none.
        return -1 if b"!" in data and b"<!" in data else start

    def tag_at(self, start: int) -> bytes:
        """Return the start tag at a place."""
        return self._data[start : self._data.find(b">", start)]

    def cut(self, name: str, starts: list[int]) -> list[etree._Element]:
        """Return the elements of a name that begin at some places, all parsed at once."""
        end_tag = f"</{name}>".encode()
        data = self._data
        cut = [data[start : data.find(end_tag, start)] for start in starts]
        return list(self._parse(self._head + end_tag.join((*cut, self._foot))))

    def holds(self, sign: str) -> int:
        """Return how often a sequence of characters stands in the part."""
        self._data += b"".join(self._pieces)
        return self._data.count(sign.encode())

    def _usual_head(self, root: bytes) -> bytes:
        """Return the start tag of the root, empty where the part is not written in the usual way."""
        data = self._data
        start = data.find(b"<" + root)
        first = data.find(b">", start) + 1
        declaration = data[: max(0, start)].lower()
        if start < 0 or _USUAL_NAMESPACE not in data[start:first]:
            return b""
        return data[start:first] if b"encoding" not in declaration or b"utf-8" in declaration else b""
