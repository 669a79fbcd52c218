import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.image import imread

from pipeline.model.codes import Label
from pipeline.patterns.disclosure import protect
from pipeline.patterns.tables import Cell, Heading, Row, Table, count, interval, number, share
from pipeline.report.figures.drawing import draw, has_content
from pipeline.report.figures.figure import Figure, FigureKind, Mark, Series
from pipeline.report.figures.forest import estimate
from pipeline.report.figures.style import CATEGORY_COLOURS, shade
from pipeline.report.figures.timelines import SIGNS
from tests.report.made_full import full_report


def label(text: str) -> Label:
    return Label(text, text)


def table(*rows: tuple[str, tuple[Cell, ...]], columns: int) -> Table:
    made = tuple(Row(label(name), cells, group=not cells) for name, cells in rows)
    return Table("t", label("T"), label("R"), (tuple(Heading(label(f"c{at} (n = 9)")) for at in range(columns)),), made)


BARS = table(("Progression", (count(9), count(6))), ("Regression", (count(3), count(7))), columns=2)
FIGURES = (
    Figure("bars", FigureKind.BARS, label("B"), label("b"), table=BARS),
    Figure("heat", FigureKind.HEAT, label("H"), label("h"),
           table=table(("x", (count(3), share(1, 3))), ("y", (count(9), share(1, 1))), columns=2)),
    Figure("forest", FigureKind.FOREST, label("F"), label("f"), reference=0.5,
           table=table(("x", (number(0.7), interval(0.6, 0.8))), ("y", (number(0.4), interval(0.2, None))), columns=2)),
    Figure("spread", FigureKind.SPREAD, label("S"), label("s"), axis=label("x"),
           series=(Series(label("a"), (Mark(3), Mark(3), Mark(5, "uncertain"), Mark(9), Mark(12))),)),
    Figure("lines", FigureKind.TIMELINES, label("L"), label("l"),
           series=(Series(label("A-01"), tuple(Mark(at / 5, kind) for at, kind in enumerate(SIGNS)), label("G")),)),
)  # fmt: skip


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_figure_is_the_same_bytes_every_time(figure: Figure, form: str) -> None:
    first = draw(figure, form=form)
    assert first == draw(figure, form=form)
    assert len(first) > 2000


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_no_figure_tells_when_it_was_drawn(figure: Figure) -> None:
    assert b"<dc:date>" not in draw(figure, form="svg")
    assert b"CreationDate" not in draw(figure, form="pdf")


def test_a_figure_has_no_letters_beyond_its_edge() -> None:
    for figure in FIGURES:
        pixels = imread(io.BytesIO(draw(figure)))[..., :3]
        for edge in (pixels[:2], pixels[-2:], pixels[:, :2], pixels[:, -2:]):
            assert np.all(edge > 0.99), figure.id


def test_the_categories_can_be_told_apart_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    plain = sorted(grey(colour) for name, colour in CATEGORY_COLOURS.items() if name != "regression")
    assert min(b - a for a, b in pairwise(plain)) > 40
    steps = [grey(shade(share / 10)) for share in range(11)]
    assert steps == sorted(steps, reverse=True)


def test_what_is_hidden_in_the_table_is_not_drawn() -> None:
    bare = table(("Progression", (count(2), count(60))), ("Regression", (count(30), count(70))), columns=2)
    hidden = protect(bare).table
    assert any(cell.hidden for row in hidden.rows for cell in row.cells)
    figure = replace(FIGURES[0], table=hidden)
    wiped = replace(hidden, rows=tuple(
        replace(row, cells=tuple(replace(cell, number=99) if cell.hidden else cell for cell in row.cells))
        for row in hidden.rows))  # fmt: skip
    assert draw(figure, form="svg") == draw(replace(figure, table=wiped), form="svg")


def test_a_forest_plot_leaves_out_what_is_hidden_and_needs_something_to_show() -> None:
    row = Row(label("x"), (replace(number(0.5), hidden=True), interval(0.1, 0.9)))
    assert estimate(row) is None
    with pytest.raises(ValueError, match="nothing to show"):
        draw(replace(FIGURES[2], table=replace(BARS, rows=(row,))))


def test_what_has_something_to_show_is_known_before_it_is_drawn() -> None:
    for figure in FIGURES:
        assert has_content(figure)
    empty = replace(BARS, rows=())
    for kind in (FigureKind.BARS, FigureKind.HEAT, FigureKind.FOREST):
        assert not has_content(Figure("f", kind, label("F"), label("f"), table=empty))
    for kind in (FigureKind.SPREAD, FigureKind.TIMELINES):
        assert not has_content(Figure("f", kind, label("F"), label("f")))
    assert not has_content(replace(FIGURES[2], table=BARS)), "rows without an interval are no forest"


def test_a_picture_drawn_elsewhere_is_given_as_it_is() -> None:
    figure = Figure("g", FigureKind.PICTURE, label("G"), label("g"), picture=(("svg", b"<svg/>"),))
    assert draw(figure, form="svg") == b"<svg/>"
    with pytest.raises(ValueError, match="not drawn as png"):
        draw(figure)


def test_the_figures_of_a_report_speak_its_language() -> None:
    bars = next(figure for figure in full_report().figures if figure.kind is FigureKind.BARS)
    assert draw(bars, lang="da", form="svg") != draw(bars, lang="en", form="svg")
