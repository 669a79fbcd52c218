"""The legend of the graph's drawing: what its shapes and lines mean, and what a reader must know."""

from collections.abc import Sequence

from pipeline.graph.labels import CLAIM_LABELS, POLE_LABELS, TOGETHER_LABELS
from pipeline.graph.look import SCREEN, Look
from pipeline.graph.scene import Group, Rectangle, Shape, Words
from pipeline.graph.style import EVIDENCE_STROKE, QUIET, THEORY_STROKES, Stroke, edge_shapes, outline
from pipeline.graph.value import Edge, EdgeKind, EdgeSign, Finding, NodeKind
from pipeline.model.codes import Label, Pole, say

_TYPE = 15
"""Size of the legend's type beside boxes of the usual size."""

STROKE_LABELS = {
    Finding.SUPPORTED: Label("Teori, støttet af casene", "Theory, supported by the cases"),
    Finding.UNSUPPORTED: Label("Teori, ikke støttet", "Theory, unsupported"),
    Finding.CONTRADICTED: Label("Teori, modsagt af casene", "Theory, contradicted by the cases"),
    Finding.NOT_MEASURABLE: Label("Teori, kan ikke måles", "Theory, not measurable"),
}
_EVIDENCE = Label("Kun fundet i casene", "Found in the cases only")
_EVIDENCE_ALONE = Label("Fundet i casene", "Found in the cases")
_CLAIMS = Label(
    "Hele linjer: hvad der ifølge teorien styrker eller svækker hvad. ",
    "Whole lines: what strengthens or weakens what according to theory. ",
)
_TEST = Label(
    "Hypergeometrisk test på cases, justeret efter Benjamini-Hochberg, grænse 0,05",
    "Hypergeometric test on cases, adjusted after Benjamini-Hochberg, limit 0.05",
)
_NOT_BEFORE = Label("; det, der lå før forløbet, er ikke talt med.", "; what was before the course is not counted.")
_BEFORE = Label("; det, der lå før forløbet, er talt med.", "; what was before the course is counted too.")
_NOT_SAID = Label(
    "At to forhold er kodet i de samme cases, siger ikke, hvad der følger af hvad",
    "That two matters are coded in the same cases does not say what follows from what",
)
_CONVENTION = Label(
    "; stiplede linjers retning følger teoriens rækkefølge som en konvention",
    "; dashed lines point the way the theory goes by convention",
)
_SHOWN = Label(
    " Af {all} forbindelser uden for teorien er de {shown} tydeligste tegnet.",
    " Of {all} links outside the theory the {shown} clearest are drawn.",
)
_SHOWN_ALONE = Label(
    " Af {all} forbindelser er de {shown} tydeligste tegnet.", " Of {all} links the {shown} clearest are drawn."
)


def draw_legend(
    edges: Sequence[Edge], notes: Sequence[str], width: float, top: float, lang: str, *, look: Look = SCREEN
) -> Group:
    """Draw what shapes and lines mean.

    Args:
        edges: The edges drawn.
        notes: Paragraphs below the samples.
        width: Of the drawing.
        top: Where the legend begins.
        lang: ``da`` or ``en``.
        look: Sizes of type.
    """
    scale = look.size / SCREEN.size
    shapes: list[Shape] = [Rectangle(24, round(top, 1), width - 48, 1, "#c9ccca")]
    row, x = top + 36, 24.0
    for pole in (Pole.FACILITATOR, Pole.INHIBITOR, Pole.NEUTRAL):
        words = say(POLE_LABELS[pole], lang)
        box = outline(pole, NodeKind.CONCEPT, x, round(row - 17 * scale, 1), round(34 * scale, 1), round(24 * scale, 1))
        shapes += [box, Words(round(x + 42 * scale, 1), row, words, size=_TYPE * scale)]
        x += (74 + 8.2 * len(words)) * scale
    signs, kinds = {edge.sign for edge in edges}, {edge.kind for edge in edges}
    for sign in (sign for sign in EdgeSign if sign in signs):
        names = [
            say(texts[sign], lang)
            for texts, kind in ((CLAIM_LABELS, EdgeKind.THEORY), (TOGETHER_LABELS, EdgeKind.EVIDENCE))
            if kind in kinds and sign in texts
        ]
        x = _sample(shapes, x, row, sign, Stroke(2.6), " / ".join(names), scale)
    row, x = row + 38, 24.0
    findings = {edge.finding for edge in edges if edge.kind is EdgeKind.THEORY}
    for finding, stroke in THEORY_STROKES.items():
        if finding in findings:
            x = _sample(shapes, x, row, EdgeSign.PLUS, stroke, say(STROKE_LABELS[finding], lang), scale)
    if EdgeKind.EVIDENCE in kinds:
        alone = kinds == {EdgeKind.EVIDENCE}
        words = say(_EVIDENCE_ALONE if alone else _EVIDENCE, lang)
        _sample(shapes, x, row, EdgeSign.PLUS, EVIDENCE_STROKE, words, scale)
    for number, note in enumerate(notes):
        shapes.append(Words(24, row + 32 + 19 * number, note, size=13.5, colour=QUIET, room=width - 48))
    return Group(tuple(shapes))


def _sample(
    shapes: list[Shape], x: float, row: float, sign: EdgeSign, stroke: Stroke, words: str, scale: float
) -> float:
    """Add a piece of line with its meaning to a legend, and return where the next one begins."""
    x = round(x, 1)
    start, end = (x, round(row - 5 * scale, 1)), (round(x + 46 * scale, 1), round(row - 5 * scale, 1))
    shapes += edge_shapes(start, ((start, end, end),), (1.0, 0.0), sign, stroke)
    shapes.append(Words(round(x + 56 * scale, 1), row, words, size=_TYPE * scale))
    return x + (80 + 7.4 * len(words)) * scale


def legend_notes(edges: Sequence[Edge], left_out: int, lang: str, *, before: bool) -> list[str]:
    """Return what a reader of the drawing must know, in two paragraphs.

    Args:
        edges: The edges drawn.
        left_out: How many edges of the cases are not drawn.
        lang: ``da`` or ``en``.
        before: True where what was before the course is counted too.
    """
    kinds = {edge.kind for edge in edges}
    alone = kinds == {EdgeKind.EVIDENCE}
    notes = [
        say(_CLAIMS, lang) * (EdgeKind.THEORY in kinds)
        + say(_TEST, lang)
        + say(_BEFORE if before else _NOT_BEFORE, lang),
        say(_NOT_SAID, lang) + say(_CONVENTION, lang) * (EdgeKind.EVIDENCE in kinds) + ".",
    ]
    if left_out:
        shown = sum(edge.kind is EdgeKind.EVIDENCE for edge in edges)
        told = _SHOWN_ALONE if alone else _SHOWN
        notes[1] += say(told, lang).format(all=shown + left_out, shown=shown)
    return notes
