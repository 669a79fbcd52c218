"""Every case's value as a dot, by group, with the median and the middle half."""

from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from pipeline.model.codes import say
from pipeline.report.figures.figure import Figure, Mark
from pipeline.report.figures.style import ACCENT, INK, RULE, canvas, number_ticks
from pipeline.report.numbers import format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


def draw(figure: Figure, lang: str) -> "Canvas":
    """Draw one line a series; uncertain values are hollow."""
    lines = [line for line in figure.series if line.marks]
    if not lines:
        raise ValueError(f"figure {figure.id} has nothing to show")
    made, axes = canvas(0.75 + 0.52 * len(lines))
    for at, line in enumerate(lines):
        _line(axes, line.marks, at, lang)
    names = [f"{say(line.label, lang)}\n(n = {len(line.marks)})" for line in lines]
    axes.set_yticks(range(len(lines)), names)
    axes.set_ylim(len(lines) - 0.45, -0.55)
    axes.set_xlim(left=0)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    number_ticks(axes, lang)
    if figure.axis is not None:
        axes.set_xlabel(say(figure.axis, lang))
    _legend(made, lang, uncertain=any(mark.kind == "uncertain" for line in lines for mark in line.marks))
    return made


def _line(axes: "Axes", marks: tuple[Mark, ...], at: int, lang: str) -> None:
    values = sorted(mark.at for mark in marks)
    middle = median(values)
    if len(values) >= 4:
        low, _, high = quantiles(values, n=4, method="inclusive")
        axes.barh(at, high - low, left=low, height=0.5, color="#DCE7E8", edgecolor="none", zorder=1)
    axes.plot([middle, middle], [at - 0.3, at + 0.3], color=INK, linewidth=1.6, zorder=3)
    axes.text(middle, at - 0.33, format_number(middle, lang), ha="center", va="bottom", fontsize=7, color=INK)
    for mark, height in zip(sorted(marks, key=lambda each: (each.at, each.kind)), _heights(values), strict=True):
        hollow = mark.kind == "uncertain"
        axes.plot(
            [mark.at], [at + height], marker="o", markersize=3.6, markeredgecolor=ACCENT, markeredgewidth=0.8,
            markerfacecolor="white" if hollow else ACCENT, alpha=0.9, zorder=2,
        )  # fmt: skip


def _heights(values: list[float]) -> list[float]:
    """Return how far each dot is moved up or down, so that equal values do not cover each other."""
    heights: list[float] = []
    run = 0
    for place, value in enumerate(values):
        run = run + 1 if place and value - values[place - 1] < 0.35 else 0
        step = (run + 1) // 2
        heights.append(max(-0.24, min(0.24, 0.08 * step * (1 if run % 2 else -1))))
    return heights


def _legend(made: "Canvas", lang: str, *, uncertain: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    english = lang == "en"
    dot: dict[str, Any] = {
        "marker": "o",
        "markersize": 4,
        "color": "none",
        "markeredgecolor": ACCENT,
        "linestyle": "none",
    }
    handles: list[Line2D | Patch] = [
        Line2D([], [], markerfacecolor=ACCENT, label="a case" if english else "en case", **dot),
    ]
    if uncertain:
        words = "a case, told vaguely" if english else "en case, løst angivet"
        handles.append(Line2D([], [], markerfacecolor="white", label=words, **dot))
    handles.append(Line2D([], [], color=INK, linewidth=1.6, label="median"))
    handles.append(Patch(facecolor="#DCE7E8", label="the middle half" if english else "den midterste halvdel"))
    made.legend(handles=handles, loc="outside upper right", ncols=4, handlelength=1.2, columnspacing=1.2, borderpad=0.2)
