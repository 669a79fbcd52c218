"""Case timelines: what furthered and what hampered, case by case, in the order it is told."""

from typing import TYPE_CHECKING

from pipeline.model.codes import Label, say
from pipeline.report.figures.figure import Figure, Series
from pipeline.report.figures.style import ACCENT, INK, QUIET, RULE, WARM, canvas

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_LINE = 0.19

SIGNS: dict[str, tuple[str, str, float, Label]] = {
    "facilitator": ("^", ACCENT, -0.14, Label("fremmer", "furthers")),
    "inhibitor": ("v", WARM, 0.14, Label("hæmmer", "hampers")),
    "result": ("o", ACCENT, -0.14, Label("resultat", "result")),
    "setback": ("X", WARM, 0.14, Label("tilbageslag", "setback")),
}
"""Marker, colour, and on which side of the line it stands: shape and side tell the same as the colour."""


def draw(figure: Figure, lang: str) -> "Canvas":
    """Draw one line a case, the beginning of its text at the left and the end at the right."""
    if not figure.series:
        raise ValueError(f"figure {figure.id} has nothing to show")
    places, headings, height = _places(figure.series)
    made, axes = canvas(0.55 + _LINE * height)
    used: dict[str, bool] = {}
    for line, at in zip(figure.series, places, strict=True):
        axes.plot([0, 1], [at, at], color=RULE, linewidth=0.7, zorder=1)
        for mark in line.marks:
            shape, colour, side, _ = SIGNS[mark.kind]
            used[mark.kind] = True
            axes.plot(
                [mark.at], [at + side], marker=shape, markersize=5.2 if mark.strong else 3.4, color=colour,
                markerfacecolor=colour if mark.strong or mark.kind in ("result", "setback") else "white",
                markeredgecolor=colour, markeredgewidth=0.8, linestyle="none", zorder=2,
            )  # fmt: skip
    axes.set_yticks(places, [say(line.label, lang) for line in figure.series], fontsize=7)
    for at, group in headings:
        axes.text(0, at, say(group, lang), fontsize=7.5, fontweight="bold", color=INK, va="center")
    axes.set_ylim(height - 0.4, -0.6)
    axes.set_xlim(-0.01, 1.01)
    english = lang == "en"
    axes.set_xticks(
        [0, 1], ["beginning of the text" if english else "tekstens begyndelse", "end" if english else "slutning"]
    )
    axes.tick_params(axis="x", labelcolor=QUIET)
    _legend(made, used, lang)
    return made


def _places(series: tuple[Series, ...]) -> tuple[list[float], list[tuple[float, Label]], float]:
    """Return the height of each line, and of the heading over each group."""
    places: list[float] = []
    headings: list[tuple[float, Label]] = []
    at = 0.0
    group: Label | None = None
    for line in series:
        if line.group is not None and line.group != group:
            group = line.group
            headings.append((at, group))
            at += 1
        places.append(at)
        at += 1
    return places, headings, at


def _legend(made: "Canvas", used: dict[str, bool], lang: str) -> None:
    from matplotlib.lines import Line2D

    handles = []
    for kind, (shape, colour, _, label) in SIGNS.items():
        if used.get(kind):
            fill = colour if kind in ("result", "setback") else "white"
            handles.append(
                Line2D(
                    [],
                    [],
                    marker=shape,
                    markersize=5,
                    color=colour,
                    markerfacecolor=fill,
                    linestyle="none",
                    label=say(label, lang),
                )
            )
    made.legend(handles=handles, loc="outside upper right", ncols=4, handlelength=1, columnspacing=1.2, borderpad=0.2)
