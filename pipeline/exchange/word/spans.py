"""Where the words of a Word file's comments stand in its case."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.corpus.load import read_case
from pipeline.corpus.xmlnames import W
from pipeline.exchange.jsonl import place_quote
from pipeline.exchange.word.export import at_path
from pipeline.exchange.word.glyphs import align, glyphs_of
from pipeline.model.cases import Case
from pipeline.model.codes import Template

if TYPE_CHECKING:
    from lxml.etree import _Element


def comment_spans(
    path: Path, root: "_Element", document: str, case: Case, template: Template
) -> dict[str, tuple[int, int] | None]:
    """Return where each comment's words stand in the case's text, by the comment's id; None where they are lost.

    Args:
        path: The commented file.
        root: Its main part.
        document: That part's name.
        case: The case as it is today.
        template: The form of the cases.
    """
    now = read_case(path, template).value
    found: dict[str, tuple[int, int] | None] = {}
    if now is None:
        return found
    ahead, behind = _alike(case.text, now.text)
    places: dict[str, list[tuple[int, int]]] = {}
    for block in now.blocks:
        if block.place.part.casefold() != document.casefold():
            continue
        paragraph = at_path(root, block.place.path)
        numbers = None if paragraph is None else align(glyphs_of(paragraph), now.text[block.start : block.end])
        if paragraph is None or numbers is None:
            continue
        at = {number: place for place, number in reversed(list(enumerate(numbers))) if number is not None}
        for identity, (first, last) in _ranges(paragraph).items():
            if first <= last:
                span = (block.start + at[first], block.start + at[last] + 1)
                places.setdefault(identity, []).append(span)
    for identity, spans in places.items():
        start, end = min(each[0] for each in spans), max(each[1] for each in spans)
        if end <= ahead:
            found[identity] = (start, end)
        elif start >= len(now.text) - behind:
            found[identity] = (start + len(case.text) - len(now.text), end + len(case.text) - len(now.text))
        elif ahead + behind >= len(case.text):
            found[identity] = None  # something was put in, as the list of codes is, and the comment stands there
        else:
            found[identity] = place_quote(case.text, now.text[start:end])
    return found


def _alike(case: str, now: str) -> tuple[int, int]:
    """Return how many letters two texts share from the beginning on, and how many of the rest at the end."""
    most = min(len(case), len(now))
    ahead = next((at for at in range(most) if case[at] != now[at]), most)
    most -= ahead
    behind = next((at for at in range(most) if case[-1 - at] != now[-1 - at]), most)
    return ahead, behind


def _ranges(paragraph: "_Element") -> dict[str, tuple[int, int]]:
    """First and last glyph under each comment's range in a paragraph."""
    glyphs = glyphs_of(paragraph)
    upto = {glyph.element: number + 1 for number, glyph in enumerate(glyphs)}
    begun: dict[str, int] = {}
    ended: dict[str, int] = {}
    passed = 0
    for element in paragraph.iter():
        if element.tag == W + "commentRangeStart":
            begun[element.get(W + "id", "")] = passed
        elif element.tag == W + "commentRangeEnd":
            ended[element.get(W + "id", "")] = passed - 1
        elif element in upto:
            passed = upto[element]
    return {identity: (begun.get(identity, 0), ended.get(identity, passed - 1)) for identity in {*begun, *ended}}
