"""Reads content controls, the fields of a form: their names, and whether somebody filled them in."""

from lxml import etree

from pipeline.corpus.blocks import RawBlock
from pipeline.corpus.inline import Handler
from pipeline.corpus.paragraphs import Paragraph
from pipeline.corpus.settings import is_on
from pipeline.corpus.walker import Walker
from pipeline.corpus.xmlnames import VAL, W, child_of

CODE_LIST = "casepath-code-list"
"""Tag of the content control round the list of codes that casepath adds to a file for a blind coder."""
_CONTENTS_GALLERIES = frozenset(("table of contents", "table of figures"))


def _control(walker: Walker, element: etree._Element) -> None:
    """Read a content control round runs, paragraphs, cells or rows."""
    properties = child_of(element, W + "sdtPr")
    names: tuple[str, ...] = ()
    prompt = fillable = False
    if properties is not None:
        gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(VAL, "").casefold() in _CONTENTS_GALLERIES:
            walker.skip(element, "table of contents")
            return
        names = tuple(value for name in ("alias", "tag") if (value := _value(properties, name)))
        if CODE_LIST in names:
            walker.skip(element, "list of codes")
            return
        shown = child_of(properties, W + "showingPlcHdr")
        prompt = shown is not None and is_on(shown)
        fillable = (prompt or bool(names)) and child_of(properties, W + "picture") is None
    outer = walker.controls
    walker.controls += names
    if walker.dropping or walker.fields.dropping:
        walker.enter(element)
    elif walker.paragraph is not None:
        _inside(walker, element, walker.paragraph, names, prompt=prompt, fillable=fillable)
    elif fillable:
        _around(walker, element, prompt=prompt)
    else:
        walker.enter(element)
    walker.controls = outer


def _around(walker: Walker, element: etree._Element, *, prompt: bool) -> None:
    """Read a control round paragraphs, rows or cells; where it yields no block, say that it is empty."""
    before = len(walker.blocks)
    empty: list[RawBlock] = []
    walker.open_controls.append(empty)
    _read(walker, element, prompt=prompt)
    walker.open_controls.pop()
    if len(walker.blocks) == before and not walker.is_carrying():
        walker.blocks.extend(empty or [walker.empty_block(walker.new_paragraph(), walker.controls)])


def _inside(
    walker: Walker,
    element: etree._Element,
    paragraph: Paragraph,
    names: tuple[str, ...],
    *,
    prompt: bool,
    fillable: bool,
) -> None:
    """Read a control inside a paragraph."""
    first = len(paragraph.pieces)
    place = len(paragraph.covers)
    reported = (len(paragraph.prompts), len(paragraph.boxes))
    _read(walker, element, prompt=prompt)
    filled = any(not piece.isspace() for piece in paragraph.pieces[first:])
    if filled and names:
        # The outer control of nested ones ends last but is named first.
        paragraph.covers.insert(place, (names, first, len(paragraph.pieces)))
    elif fillable and not filled and reported == (len(paragraph.prompts), len(paragraph.boxes)):
        paragraph.prompts.append(walker.controls)


def _read(walker: Walker, element: etree._Element, *, prompt: bool) -> None:
    if prompt:
        walker.skip(element, "placeholder")
    else:
        walker.enter(element)


def _value(element: etree._Element, name: str) -> str:
    child = child_of(element, W + name)
    return child.get(VAL, "").strip() if child is not None else ""


CONTROL_HANDLERS: dict[str, Handler] = {W + "sdt": _control}
"""How content controls are read."""
