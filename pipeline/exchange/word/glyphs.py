"""The characters of a Word paragraph, each with its place in the XML, matched with the text casepath froze."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.corpus.settings import is_on
from pipeline.corpus.xmlnames import W, child_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset({W + "del", W + "moveFrom", W + "txbxContent", W + "rt", W + "pPr"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character that is shown: the ``w:t`` that holds it and its index there."""

    element: "_Element"
    index: int
    character: str


def glyphs_of(paragraph: "_Element") -> tuple[Glyph, ...]:
    """Return the characters of a paragraph that are not white space, in order; deleted and hidden ones are left out.

    Args:
        paragraph: A ``w:p``.
    """
    return tuple(
        Glyph(element, index, character)
        for element in _texts(paragraph)
        for index, character in enumerate(element.text or "")
        if not character.isspace() and character != "\u00ad"
    )


def _texts(element: "_Element") -> Iterator["_Element"]:
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == W + "t":
            yield child
        elif child.tag != W + "r" or not _hidden(child):
            yield from _texts(child)


def _hidden(run: "_Element") -> bool:
    properties = child_of(run, W + "rPr")
    vanish = child_of(properties, W + "vanish") if properties is not None else None
    return vanish is not None and is_on(vanish)


def align(glyphs: Sequence[Glyph], text: str) -> list[int | None] | None:
    """Return for each code point of a block's text the number of its glyph, None for white space.

    Both sides are compared decomposed and without white space, as casepath composes accents and tidies spaces when it
    freezes a text. What Word shows without holding it as text (a number from a field, a sign) makes them differ.

    Args:
        glyphs: The paragraph's characters.
        text: The block's text.

    Returns:
        The numbers, or None where the two do not hold the same characters.
    """
    letters = [
        (letter, number)
        for number, glyph in enumerate(glyphs)
        for letter in unicodedata.normalize("NFD", glyph.character)
    ]
    found: list[int | None] = []
    at = 0
    for character in text:
        if character.isspace():
            found.append(None)
            continue
        wanted = unicodedata.normalize("NFD", character)
        here = letters[at : at + len(wanted)]
        if "".join(letter for letter, _ in here) != wanted:
            return None
        found.append(here[0][1])
        at += len(wanted)
    return found if at == len(letters) else None


def span_of(numbers: Sequence[int | None], start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last glyph of a stretch of a block's text; None where it is all white space.

    Args:
        numbers: What ``align`` gave.
        start: Where the stretch begins in the block's text.
        end: Where it ends, exclusive.
    """
    inside = [number for number in numbers[start:end] if number is not None]
    return (inside[0], inside[-1]) if inside else None
