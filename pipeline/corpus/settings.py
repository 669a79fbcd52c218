"""Reads the values of Word's property elements, whatever is written there."""

from lxml import etree

from pipeline.corpus.xmlnames import OFF, VAL, W, child_of


def is_on(element: etree._Element) -> bool:
    """Say whether a toggle property such as ``w:b`` is switched on."""
    return element.get(VAL, "1").lower() not in OFF


def number(text: str | None, *, default: int = 0) -> int:
    """Return an attribute as a number, a default where it is none or absurdly large."""
    text = (text or "").strip()
    if text.lstrip("+-").isdecimal() and len(text) < 10:
        return int(text)
    return default


def half_points(text: str | None) -> float:
    """Return a font size given in half points, in points; 0 where it is no number."""
    try:
        size = float(text or "0") / 2
    except ValueError:
        return 0.0
    return size if 0 < size < 2000 else 0.0


def numbering_of(setting: etree._Element) -> tuple[str | None, int | None]:
    """Return the list id and level that a ``w:numPr`` sets, None for what it leaves open."""
    num_id = child_of(setting, W + "numId")
    ilvl = child_of(setting, W + "ilvl")
    return (
        num_id.get(VAL, "") if num_id is not None else None,
        number(ilvl.get(VAL)) if ilvl is not None else None,
    )
