"""How numbers, shares and cells read in Danish and in English: the one place that knows."""

import math

from pipeline.model.codes import say
from pipeline.patterns.tables import Cell, CellKind

LANGUAGES = ("da", "en")
HIDDEN = "·"
"""Shown where a value must not be and the cell has no sign of its own."""


def format_count(value: float, lang: str = "da") -> str:
    """Return a whole number with a separator between thousands: ``1.234`` in Danish, ``1,234`` in English."""
    plain = f"{round(value):,}"
    return plain if lang == "en" else plain.replace(",", ".")


def format_number(value: float, lang: str = "da", *, decimals: int = 1) -> str:
    """Return a number with so many decimals: ``12,5`` in Danish, ``12.5`` in English."""
    plain = f"{value:,.{decimals}f}"
    return plain if lang == "en" else plain.translate(str.maketrans(",.", ".,"))


def format_percent(share: float, lang: str = "da", *, decimals: int = 1) -> str:
    """Return a share 0-1 as per cent: ``12,5 %`` in Danish (with a space that does not break), ``12.5%`` in English."""
    number = format_number(100 * share, lang, decimals=decimals)
    return f"{number}%" if lang == "en" else f"{number}\u00a0%"


def format_p(value: float, lang: str = "da") -> str:
    """Return a p value with three decimals, ``< 0,001`` where it is smaller."""
    if value < 0.001:
        return "< 0.001" if lang == "en" else "<\u00a00,001"
    return format_number(value, lang, decimals=3)


def say_p(value: float, lang: str = "da") -> str:
    """Return a p value with its name: ``p = 0,012``, ``p < 0,001``."""
    shown = format_p(value, lang)
    return f"p {shown}" if shown.startswith("<") else f"p = {shown}"


def format_signed(value: float, lang: str = "da", *, decimals: int = 2) -> str:
    """Return a number that may be negative (with a true minus sign) or without end (∞)."""
    sign = "−" if value < 0 and round(value, decimals) != 0 else ""
    return sign + ("∞" if math.isinf(value) else format_number(abs(value), lang, decimals=decimals))


def format_interval(low: float | None, high: float | None, lang: str = "da", *, decimals: int = 2) -> str:
    """Return the bounds of an interval: ``0,41–0,77``, with *til* where a bound is negative; a missing one is a dash.

    Args:
        low: Lower bound, None where there is none.
        high: Upper bound, None where there is none.
        lang: ``da`` or ``en``.
        decimals: Of each bound.
    """
    shown = ["…" if bound is None else format_signed(bound, lang, decimals=decimals) for bound in (low, high)]
    if any(bound.startswith("−") for bound in shown):
        return f"{shown[0]} {'to' if lang == 'en' else 'til'} {shown[1]}"
    return "–".join(shown)


def format_cell(cell: Cell, lang: str = "da") -> str:
    """Return a cell as readers see it; a share without its sign, since the heading says per cent.

    Args:
        cell: The cell.
        lang: ``da`` or ``en``.
    """
    if cell.hidden:
        return cell.sign or HIDDEN
    if cell.kind is CellKind.TEXT:
        return say(cell.text, lang) if cell.text else ""
    if cell.kind is CellKind.COUNT:
        return _count(cell, lang)
    if cell.kind is CellKind.SHARE:
        return format_number(100 * cell.number, lang)
    if cell.kind is CellKind.P_VALUE:
        return format_p(cell.number, lang)
    if cell.kind is CellKind.NUMBER:
        return format_signed(cell.number, lang, decimals=cell.decimals)
    if cell.kind is CellKind.INTERVAL:
        return format_interval(cell.low, cell.high, lang, decimals=cell.decimals)
    return ""


def _count(cell: Cell, lang: str) -> str:
    whole = format_count(cell.number, lang)
    if not cell.split:
        return whole
    if lang == "en":
        return f"{whole} + {cell.split} split"
    return f"{whole} + {cell.split} {'todelt' if cell.split == 1 else 'todelte'}"
