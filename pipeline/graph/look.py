"""Sizes of the graph's drawing: for a screen that can be scrolled, and for a page that must be read as it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in pixels.

    Attributes:
        width: Of a box.
        line: Height of a line of a box.
        padding: Above and below the words of a box.
        letters: Letters to a line of a box.
        longest: Letters of a word that is broken with a hyphen only when it is longer; it is drawn smaller till then.
        port: Room for the end of one edge.
        size: Type of the labels.
        small: Type of the counts below them.
        head: Room above the boxes.
        foot: Room below them, for the legend.
        least_width: Of the whole drawing.
        told: True where title and notes are part of the drawing.
    """

    width: float
    line: float
    padding: float
    letters: int
    longest: int
    port: float
    size: float
    small: float
    head: float
    foot: float
    least_width: float
    told: bool


SCREEN = Look(
    width=164, line=17, padding=10, letters=21, longest=21, port=13, size=14, small=13, head=84, foot=158,
    least_width=1260, told=True,
)  # fmt: skip

SHEET = Look(
    width=206, line=23, padding=5, letters=17, longest=22, port=9, size=21, small=19, head=0, foot=100,
    least_width=1700, told=False,
)  # fmt: skip
"""Of a page on its side: its caption and notes stand beside the drawing."""
