"""Putting a comment's range round words of a paragraph: runs are split so that it begins and ends on a character."""

from copy import deepcopy
from typing import TYPE_CHECKING

from pipeline.corpus.xmlnames import W
from pipeline.exchange.word.glyphs import Glyph, glyphs_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ID = W + "id"


def mark_words(paragraph: "_Element", first: int, last: int, comment: int) -> None:
    """Put the range of a comment round the glyphs from first to last.

    Args:
        paragraph: A ``w:p``.
        first: Number of the first glyph.
        last: Number of the last one.
        comment: Id of the comment.
    """
    from lxml import etree

    glyphs = glyphs_of(paragraph)
    last_run = _run_of(glyphs[last].element)
    _split_after(glyphs[last])
    reference = _reference(comment)
    end = etree.Element(W + "commentRangeEnd", {_ID: str(comment)})
    last_run.addnext(end)
    end.addnext(reference)
    start_run = _split_before(glyphs_of(paragraph)[first])
    start_run.addprevious(etree.Element(W + "commentRangeStart", {_ID: str(comment)}))


def mark_paragraph(paragraph: "_Element", comment: int) -> None:
    """Put the range of a comment round all of a paragraph.

    Args:
        paragraph: A ``w:p``.
        comment: Id of the comment.
    """
    from lxml import etree

    place = 1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0
    paragraph.insert(place, etree.Element(W + "commentRangeStart", {_ID: str(comment)}))
    paragraph.append(etree.Element(W + "commentRangeEnd", {_ID: str(comment)}))
    paragraph.append(_reference(comment))


def _reference(comment: int) -> "_Element":
    from lxml import etree

    run = etree.Element(W + "r")
    etree.SubElement(run, W + "commentReference", {_ID: str(comment)})
    return run


def _run_of(element: "_Element") -> "_Element":
    """The run that holds a text, or the text itself where it stands without one."""
    parent = element.getparent()
    return parent if parent is not None and parent.tag == W + "r" else element


def _split_after(glyph: Glyph) -> None:
    text = glyph.element.text or ""
    if glyph.index + 1 < len(text):
        _split(glyph.element, glyph.index + 1)
    elif glyph.element.getnext() is not None and _run_of(glyph.element) is not glyph.element:
        _move_rest(glyph.element)


def _split_before(glyph: Glyph) -> "_Element":
    """Let a glyph begin its run; return the run."""
    run = _run_of(glyph.element)
    if glyph.index > 0:
        return _split(glyph.element, glyph.index)
    before = glyph.element.getprevious()
    if run is glyph.element or before is None or before.tag == W + "rPr":
        return run
    return _move_rest(before)


def _split(element: "_Element", index: int) -> "_Element":
    """Cut a text in two, and its run with it; return the second run."""
    text = element.text or ""
    rest = deepcopy(element)
    element.text, rest.text = text[:index], text[index:]
    for part in (element, rest):
        part.set(_SPACE, "preserve")
    rest.tail = None
    element.addnext(rest)
    run = _run_of(element)
    return rest if run is element else _move_rest(element)


def _move_rest(element: "_Element") -> "_Element":
    """Move what follows an element in its run to a new run of the same look; return that run."""
    from lxml import etree

    run = element.getparent()
    assert run is not None
    new = etree.Element(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    properties = run.find(W + "rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    following = element.getnext()
    while following is not None:
        later = following.getnext()
        new.append(following)
        following = later
    run.addnext(new)
    return new
