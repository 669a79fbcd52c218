"""A drawing as a value: lines, outlines and words in pixels, y downwards; SVG, PNG and PDF are made from it."""

from dataclasses import dataclass

from pipeline.graph.layout import Curve, Point


@dataclass(frozen=True, slots=True)
class Line:
    """A smooth line.

    Attributes:
        start: Where it begins.
        curves: Cubic curves, each from where the one before ended.
        colour: As ``#rrggbb``.
        width: Of the stroke.
        dashes: Lengths of dashes and gaps in turn; empty for a whole line.
    """

    start: Point
    curves: tuple[Curve, ...]
    colour: str
    width: float
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled outline with straight sides.

    Attributes:
        points: Its corners.
        fill: Colour of its inside.
        stroke: Colour of its outline, empty for none.
        width: Of the outline.
    """

    points: tuple[Point, ...]
    fill: str
    stroke: str = ""
    width: float = 1.6


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box with corners rounded by a radius.

    Attributes:
        left: Its left side.
        top: Its upper side.
        width: From left to right.
        height: From top to bottom.
        fill: Colour of its inside.
        stroke: Colour of its outline, empty for none.
        radius: Of its corners, 0 for square ones.
        double: True for a second outline inside the first.
    """

    left: float
    top: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    radius: float = 0
    double: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text.

    Attributes:
        x: Where it stands (see ``anchor``).
        y: Its baseline.
        text: The words.
        size: Height of the type.
        bold: True for heavy type.
        anchor: ``start``, ``middle`` or ``end``.
        colour: Of the letters.
        room: Width it must fit into, 0 for no limit.
    """

    x: float
    y: float
    text: str
    size: float = 15
    bold: bool = False
    anchor: str = "start"
    colour: str = "#23272a"
    room: float = 0


Shape = Line | Polygon | Rectangle | Words


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together.

    Attributes:
        shapes: What is drawn, from back to front.
        tip: What a reader sees when pointing at them, empty for nothing.
    """

    shapes: tuple[Shape, ...]
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing.

    Attributes:
        width: Of the sheet.
        height: Of the sheet.
        title: What it shows, for readers who do not see it.
        groups: What is drawn, from back to front.
    """

    width: float
    height: float
    title: str
    groups: tuple[Group, ...]


def wrap(text: str, letters: int, *, longest: int = 0) -> list[str]:
    """Break a label into lines of at most so many letters; a longer word is broken with a hyphen.

    Args:
        text: The label.
        letters: Letters to a line.
        longest: Letters up to which a word stays whole on a line of its own, where that is more.
    """
    lines = [""]
    for word in text.split():
        while len(word) > max(letters, longest):
            if lines[-1]:
                lines.append("")
            lines[-1] = word[: letters - 1] + "-"
            word = word[letters - 1 :]
            lines.append("")
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= letters:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line]
