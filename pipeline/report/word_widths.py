"""How wide the columns of a Word table are: measured from their words, so that no heading breaks inside one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind, Table
from pipeline.report.numbers import format_cell

TEXT_WIDTH = 16.6
"""Width between the margins of the report's own page, in centimetres."""

NARROW, WIDE = 1.1, 4.6

SMALL = 7.5 / 9
"""Size of the small text of tables beside the usual one."""

_STUB = 3.6
"""Room that the labels of rows want at least, and that even their long words must do with on a crowded page."""

_EM = 0.3175
"""Size of the tables' text in centimetres."""
_PADDING = 0.25
"""What the cell's margins take, with a hair of room."""

# Shares of the text's size, of a bold face as wide as those that stand in where a computer has no Calibri.
_LETTERS = {
    **dict.fromkeys("ijlI.,:;!'|", 0.4),
    **dict.fromkeys("ftr-()[]/ *", 0.53),
    **dict.fromkeys("mwæ%", 1.05),
    **dict.fromkeys("MWÆ@", 1.11),
    **dict.fromkeys("+=~−<>×", 0.84),
}
_CAPITAL, _LOWER, _LIGHT = 0.86, 0.72, 0.91

_PIECES = re.compile(r"[ \-–/]")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table on a page.

    Attributes:
        widths: Of the labels of rows and of each column, in centimetres.
        small: True where only smaller text keeps words and numbers whole.
    """

    widths: tuple[float, ...]
    small: bool = False


def lay_out(table: Table, lang: str, width: float = TEXT_WIDTH) -> Columns:
    """Return the columns of a table: numbers narrow, words wide, the row labels what is left, and no word broken.

    Args:
        table: The table.
        lang: ``da`` or ``en``.
        width: Width between the margins in centimetres.
    """
    least = _least(table, lang, labels_most=WIDE)
    if sum(least) > width:
        least = _least(table, lang)
    wanted = _wanted(table, lang)
    small = sum(least) > width
    if small:
        wanted = [_shrunk(each) for each in wanted]
        least = [_shrunk(each) for each in least]
        if sum(least) > width:
            least = [_shrunk(each) for each in _least(table, lang, divided=True)]
    wanted = [max(pair) for pair in zip(wanted, least[1:], strict=True)]
    stub = max(width - sum(wanted), _STUB, least[0])
    if stub + sum(wanted) > width:
        return Columns(_squeezed([stub, *wanted], least, width), small)
    if words := [place for place in range(table.width) if _wide_words(table, place, lang)]:
        # columns of words take part of the room that the labels do not need
        labels = max(
            (text_room(say(row.label, lang)) + 0.3 * row.level for row in table.rows if not row.group), default=1
        )
        spare = max(0.0, stub - max(_STUB, labels))
        wanted = [each + spare / len(words) * (place in words) for place, each in enumerate(wanted)]
    elif len(wanted) <= 5 and stub > 7:
        # few columns: let them share the room, so that numbers do not stand far from their labels
        share = (stub - 5.6) * 0.75 / len(wanted)
        wanted = [each + share for each in wanted]
    return Columns((width - sum(wanted), *wanted), small)


def _shrunk(room: float) -> float:
    """Return the room that small text takes of what full text does."""
    return _PADDING + (room - _PADDING) * SMALL


def _squeezed(wanted: list[float], least: list[float], width: float) -> tuple[float, ...]:
    """Return widths that fill the page: each column gives of what it has above its least."""
    if sum(least) >= width:
        return tuple(each * width / sum(least) for each in least)
    spare = [max(0.0, wish - need) for wish, need in zip(wanted, least, strict=True)]
    part = (width - sum(least)) / sum(spare)
    return tuple(need + part * over for need, over in zip(least, spare, strict=True))


def is_wide(table: Table, lang: str, width: float = TEXT_WIDTH) -> bool:
    """Say whether a table needs a page on its side."""
    return sum(_wanted(table, lang)) + _STUB > width * 1.04 or sum(_least(table, lang)) > width


def text_room(text: str, *, bold: bool = False) -> float:
    """Return the room in centimetres that a text takes in a cell, margins and all.

    Args:
        text: Words that stand on one line.
        bold: In bold, as headings are.
    """
    letters = sum(_LETTERS.get(letter, _CAPITAL if letter.isupper() else _LOWER) for letter in text)
    return letters * _EM * (1 if bold else _LIGHT) + _PADDING


def _longest(texts: Iterable[str], *, bold: bool = False) -> float:
    """Return the room of the longest piece that a line break does not divide."""
    pieces = {piece for text in texts for piece in _PIECES.sub(r"\g<0>\n", text).split("\n")}
    return max((text_room(piece.rstrip(), bold=bold) for piece in pieces), default=0.0)


def _least(table: Table, lang: str, *, labels_most: float = _STUB, divided: bool = False) -> list[float]:
    """Return the room below which a word or number would break, of the row labels and of each column.

    Args:
        table: The table.
        lang: ``da`` or ``en``.
        labels_most: Most room that a long word among the row labels is given.
        divided: Let intervals break after their dash.
    """
    lines = [row for row in table.rows if not row.group]
    labels = max((_longest([say(row.label, lang)], bold=row.total) + 0.3 * row.level for row in lines), default=0.0)
    widths = []
    for place in range(table.width):
        cells = [row.cells[place] for row in lines]
        numbers = [format_cell(cell, lang) for cell in cells if is_number(cell)]
        whole = _longest(numbers) if divided else max((text_room(number) for number in numbers), default=0.0)
        words = _longest(format_cell(cell, lang) for cell in cells if not is_number(cell))
        heading = _longest([_heading_at(table, place, lang)], bold=True)
        widths.append(max(whole, min(words, WIDE), heading))
    return [
        max(min(labels, labels_most), _longest([say(table.stub, lang)], bold=True)),
        *_under_headings(table, lang, widths),
    ]


def _wanted(table: Table, lang: str) -> list[float]:
    """Return the room that each column wants, and that the headings over several columns want of them together."""
    widths = []
    for place in range(table.width):
        cells = [row.cells[place] for row in table.rows if not row.group]
        numeric = column_of_numbers(table, place)
        room = max(
            (text_room(format_cell(cell, lang)) for cell in cells if is_number(cell) or not numeric), default=0.0
        )
        heading = _longest([_heading_at(table, place, lang)], bold=True)
        widths.append(max(NARROW, room if numeric else min(WIDE, room), heading))
    return _under_headings(table, lang, widths)


def _under_headings(table: Table, lang: str, widths: list[float]) -> list[float]:
    """Return the widths with what the words of the headings over several columns lack, shared among those."""
    widths = list(widths)
    for headings in table.header[:-1]:
        column = 0
        for heading in headings:
            columns = range(column, column + heading.span)
            column += heading.span
            lacking = _longest([say(heading.label, lang)], bold=True) - sum(widths[at] for at in columns)
            for at in columns:
                widths[at] += max(0.0, lacking) / len(columns)
    return widths


def _wide_words(table: Table, place: int, lang: str) -> bool:
    longest = max((text_room(format_cell(row.cells[place], lang)) for row in table.rows if not row.group), default=0.0)
    return not column_of_numbers(table, place) and longest > WIDE


def _heading_at(table: Table, place: int, lang: str) -> str:
    seen = 0
    for heading in table.header[-1]:
        seen += heading.span
        if place < seen:
            return say(heading.label, lang)
    return ""


def column_of_numbers(table: Table, place: int) -> bool:
    """Say whether a column is mostly numbers; a word among them says why there is none."""
    cells = [row.cells[place] for row in table.rows if not row.group]
    filled = [cell for cell in cells if cell.kind is not CellKind.EMPTY]
    return sum(is_number(cell) for cell in filled) * 2 >= len(filled)


def is_number(cell: Cell) -> bool:
    """Say whether a cell stands to the right, as numbers do; very short words do too."""
    return cell.kind is not CellKind.TEXT or len(cell.text.da if cell.text else "") <= 2
