"""The learning curve drawn as SVG."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import log2

from pipeline.coding.curve import CurvePoint

_WIDTH, _HEIGHT = 720, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 210, 34, 48
_INSET = 16
_LEAST_APART = 15
"""How far apart the names of two lines stand, so that they can be read where the lines meet."""


def draw_curve(points: Sequence[CurvePoint], *, title: str = "Learning curve") -> str:
    """Return a learning curve as an SVG element: F1 over the number of cases trained on.

    Args:
        points: The measured points; without any there is nothing to draw and the result is empty.
        title: What a screen reader says of it.
    """
    if not points:
        return ""
    lines = (
        ("combined, case x code", "#0b6e4f", "6 4", [point.combined.case_by_code.f1 for point in points]),
        ("combined, sentence x code", "#0b6e4f", "", [point.combined.micro.f1 for point in points]),
        ("model alone, sentence x code", "#8a4b08", "", [point.model.micro.f1 for point in points]),
    )
    most = max(point.cases for point in points)
    across = _across([point.cases for point in points])
    told = "; ".join(f"{name}: {values[-1]:.2f} with {most} cases" for name, _, _, values in lines)
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" font-family="inherit" font-size="12">',
        f"<title>{escape(title)}. {escape(told)}.</title>",
        *_axes(points, across),
    ]
    names = _apart([_down(values[-1]) for _, _, _, values in lines])
    for (name, colour, dashes, values), at in zip(lines, names, strict=True):
        places = [f"{x:.1f},{_down(value):.1f}" for x, value in zip(across, values, strict=True)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(f'<polyline points="{" ".join(places)}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>')
        for place, value, point in zip(places, values, points, strict=True):
            x, y = place.split(",")
            parts.append(
                f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}">'
                f"<title>{escape(name)}, {point.cases} cases: F1 {value:.3f}</title></circle>"
            )
        parts.append(f'<text x="{across[-1] + 9:.1f}" y="{at + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"])


def _across(sizes: Sequence[int]) -> list[float]:
    """Return where sizes stand from left to right: twice as many cases stand one stretch further."""
    first, last = log2(min(sizes)), log2(max(sizes))
    stretch = (_WIDTH - _LEFT - _RIGHT - 2 * _INSET) / (last - first) if last > first else 0.0
    return [_LEFT + _INSET + stretch * (log2(size) - first) for size in sizes]


def _down(value: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1.0 - value)


def _axes(points: Sequence[CurvePoint], across: Sequence[float]) -> list[str]:
    found = []
    for step in range(6):
        value = step / 5
        y = _down(value)
        found.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        found.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{value:.1f}</text>')
    floor = _HEIGHT - _BOTTOM
    for x, point in zip(across, points, strict=True):
        found.append(f'<text x="{x:.1f}" y="{floor + 18}" text-anchor="middle" fill="#444">{point.cases}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    below = "coded cases trained on (doubling)"
    found.append(f'<text x="{middle:.1f}" y="{floor + 38}" text-anchor="middle" fill="#444">{below}</text>')
    found.append(f'<text x="{_LEFT - 8}" y="{_TOP - 16}" text-anchor="end" fill="#444">F1</text>')
    return found


def _apart(heights: Sequence[float]) -> list[float]:
    """Return heights moved down where they stand closer than names can be read, in the order given."""
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    found = list(heights)
    for upper, lower in pairwise(order):
        found[lower] = max(found[lower], found[upper] + _LEAST_APART)
    return found
