"""The look of all figures: one typeface, colours that hold for the colour-blind and in grey, the same bytes always."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipeline.model.progression import ProgressionCategory
from pipeline.report.numbers import format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

INK = "#23272A"
QUIET = "#5A6065"
RULE = "#C9CFD0"
ACCENT = "#1F5F6B"
WARM = "#B25A25"

CATEGORY_COLOURS: dict[str, str] = {
    ProgressionCategory.PROGRESSION.value: "#164A54",
    ProgressionCategory.PARTIAL.value: "#6FB1B5",
    ProgressionCategory.NONE.value: "#E3DED5",
    ProgressionCategory.REGRESSION.value: "#C2692F",
}
"""Dark, middle and light, and one that stands apart; regression is hatched too, which tells in grey."""

CATEGORY_HATCHES: dict[str, str] = {ProgressionCategory.REGRESSION.value: "////"}
HIDDEN_HATCH = "...."

WIDTH = 6.54
"""Width of the text on a page, in inches."""

_DPI = 200

_SETTINGS: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so it is the same everywhere
    "font.size": 8,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.titlesize": 8,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.hashsalt": "casepath",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None},
}


def picture(draw: Callable[[], "Canvas"], form: str) -> bytes:
    """Return what a function draws as the bytes of a picture.

    Args:
        draw: Draws the figure; called with the style in force.
        form: ``png``, ``svg`` or ``pdf``.
    """
    from matplotlib import rc_context

    buffer = io.BytesIO()
    with rc_context(_SETTINGS):
        draw().savefig(buffer, format=form, dpi=_DPI, metadata=_METADATA[form])
    return buffer.getvalue()


def canvas(height: float, *, width: float = WIDTH) -> "tuple[Canvas, Axes]":
    """Return an empty figure with one pair of axes, without frame.

    Args:
        height: In inches.
        width: In inches.
    """
    from matplotlib.figure import Figure as Canvas

    made = Canvas(figsize=(width, height), layout="constrained")
    axes = made.add_subplot()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return made, axes


def per_cent_axis(axes: "Axes", lang: str) -> None:
    """Label the horizontal axis from 0 to 100 per cent."""
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100\u00a0%" if lang == "da" else "100%"])
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def number_ticks(axes: "Axes", lang: str, *, decimals: int = 0) -> None:
    """Write the numbers of the horizontal axis as the language does."""
    from matplotlib.ticker import FuncFormatter

    def say(value: float, _: object) -> str:
        return ("−" if value < 0 else "") + format_number(abs(value), lang, decimals=decimals)

    axes.xaxis.set_major_formatter(FuncFormatter(say))


def dark(colour: str) -> bool:
    """Say whether white letters read better on a colour than dark ones."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


def shade(share: float) -> str:
    """Return the colour of a share 0-1 on a scale from near white to dark, one hue, even steps in grey."""
    light, deep = (243, 246, 246), (18, 74, 84)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(light, deep, strict=True))
