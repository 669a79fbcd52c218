"""What is recognised but holds no text to code: pictures, charts, drawings, objects; and content in two versions."""

from lxml import etree

from pipeline.corpus.inline import Handler, Inline, counter
from pipeline.corpus.ledger import characters_in
from pipeline.corpus.xmlnames import (
    CHART,
    CHART_EX,
    DIAGRAM,
    MC,
    OFFICE,
    PIC,
    TEXT_TAGS,
    VML,
    WP,
    W,
)

_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")

PROPERTIES = (
    W + "pPr",
    W + "rPr",
    W + "sdtPr",
    W + "sdtEndPr",
    W + "tblPr",
    W + "tblPrEx",
    W + "tblGrid",
    W + "trPr",
    W + "tcPr",
    W + "sectPr",
    W + "customXmlPr",
    W + "smartTagPr",
    W + "bookmarkStart",
    W + "bookmarkEnd",
    W + "proofErr",
    W + "lastRenderedPageBreak",
    W + "commentRangeStart",
    W + "commentRangeEnd",
    W + "commentReference",
)
"""Elements that say how text looks or mark places, and never hold any."""


def _leave(_reader: Inline, _element: etree._Element) -> None:
    """Leave out an element that never holds text."""


def _alternate(reader: Inline, element: etree._Element) -> None:
    """Read exactly one of the branches that show the same content to different programs."""
    chosen = _branch(element)
    for index, branch in enumerate(element):
        if branch is not chosen:
            copied = characters_in(branch)
            if copied:
                reader.tally[reader.sink if reader.dropping else "alternate copy"] += copied
                reader.ledger.note("alternate copy")
        elif reader.paragraph is not None:
            reader.inside(branch)
        else:
            reader.path.append(index)
            reader.enter(branch)
            reader.path.pop()


def _branch(element: etree._Element) -> etree._Element | None:
    """Return the branch to read: the first that is understood, else the fallback; one with text before one without."""
    choices = list(element.iterchildren(MC + "Choice"))
    fallbacks = list(element.iterchildren(MC + "Fallback"))
    understood = [choice for choice in choices if _understood(choice)]
    ordered = understood + fallbacks + [choice for choice in choices if choice not in understood]
    for branch in ordered:
        if any(text.text for text in branch.iter(*TEXT_TAGS)):
            return branch
    return ordered[0] if ordered else None


def _understood(choice: etree._Element) -> bool:
    """Say whether all namespaces a branch requires are ones whose text is read here."""
    names = choice.nsmap
    return all((names.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in choice.get("Requires", "").split())


def _picture(reader: Inline, element: etree._Element) -> None:
    reader.seen("picture")
    reader.enter(element)


def _chart(reader: Inline, element: etree._Element) -> None:
    reader.seen("chart")
    reader.enter(element)


def _description(reader: Inline, element: etree._Element) -> None:
    for name in ("title", "descr"):
        text = element.get(name)
        if text:
            reader.seen("picture description", beside=len(text))


def _shape(reader: Inline, element: etree._Element) -> None:
    text = element.get("alt")
    if text:
        reader.seen("picture description", beside=len(text))
    reader.enter(element)


def _word_art(reader: Inline, element: etree._Element) -> None:
    reader.seen("WordArt", beside=len(element.get("string", "")))


OBJECT_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(PROPERTIES, _leave),
    MC + "AlternateContent": _alternate,
    PIC + "pic": _picture,
    VML + "imagedata": _picture,
    WP + "docPr": _description,
    VML + "shape": _shape,
    VML + "textpath": _word_art,
    CHART + "chart": _chart,
    CHART_EX + "chart": _chart,
    DIAGRAM + "relIds": counter("SmartArt"),
    OFFICE + "OLEObject": counter("embedded object"),
    W + "control": counter("form control"),
    W + "altChunk": counter("inserted file"),
    W + "subDoc": counter("inserted file"),
}
"""How pictures, drawings and objects are treated, and which elements are left out."""
