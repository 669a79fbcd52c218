"""An evaluation for a terminal (text) and for programs (JSON)."""

import json
from collections.abc import Sequence

from pipeline.coding.curve import CurvePoint
from pipeline.coding.evaluation import Evaluation, Score
from pipeline.model.wording import count_of

HEADINGS = (
    ("micro", "sentence x code"),
    ("theme", "sentence x theme"),
    ("coded", "coded or not"),
    ("case_by_code", "case x code"),
)
"""What is measured, as (attribute of an evaluation, name)."""


def evaluation_text(evaluation: Evaluation, *, curve: Sequence[CurvePoint] = ()) -> str:
    """Return an evaluation as a table in plain text.

    Args:
        evaluation: The evaluation.
        curve: The learning curve, where it was measured.
    """
    lines = [f"{evaluation.cases} cases, {evaluation.sentences} sentences", "", _line("", "P", "R", "F1", "n")]
    lines += [_score_line(label, getattr(evaluation, name)) for name, label in HEADINGS]
    lines.append(f"{'macro F1':34}{'':12}{evaluation.macro_f1:6.3f}{evaluation.macro_codes:7} codes")
    if evaluation.unplaced:
        lines.append(
            f"{count_of(evaluation.unplaced, 'coding touches', 'codings touch')} no sentence of the reference."
        )
    for title, rows in (("theme", evaluation.by_theme), ("code", evaluation.by_code)):
        lines += ["", title, *(_score_line(f"  {name}", score) for name, score in rows)]
    if curve:
        lines += ["", "learning curve, F1", f"{'  coded cases':34}{'model':>8}{'combined':>10}{'case x code':>13}"]
        lines += [
            f"{point.cases:>13}{'':21}{point.model.micro.f1:>8.3f}{point.combined.micro.f1:>10.3f}"
            f"{point.combined.case_by_code.f1:>13.3f}"
            for point in curve
        ]
    return "\n".join(lines) + "\n"


def _line(name: str, *cells: str) -> str:
    return f"{name:34}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, (6, 6, 6, 7), strict=True))


def _score_line(name: str, score: Score) -> str:
    figures = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", str(score.support))
    return f"{name:34}" + "".join(f"{figure:>6}" for figure in figures[:3]) + f"{figures[3]:>7}"


def evaluation_json(evaluation: Evaluation, *, curve: Sequence[CurvePoint] = ()) -> str:
    """Return the figures of an evaluation as JSON, rounded to three places.

    Args:
        evaluation: The evaluation.
        curve: The learning curve, where it was measured.
    """
    record: dict[str, object] = {"cases": evaluation.cases, "sentences": evaluation.sentences}
    record |= {name: _score_record(getattr(evaluation, name)) for name, _ in HEADINGS}
    record |= {"macro_f1": round(evaluation.macro_f1, 3), "macro_codes": evaluation.macro_codes}
    record |= {"unplaced": evaluation.unplaced, "lost": len(evaluation.lost)}
    record["by_theme"] = {name: _score_record(score) for name, score in evaluation.by_theme}
    record["by_code"] = {name: _score_record(score) for name, score in evaluation.by_code}
    if curve:
        record["curve"] = [
            {
                "cases": point.cases,
                "tested_on": point.model.cases,
                "model": _score_record(point.model.micro),
                "combined": _score_record(point.combined.micro),
                "combined_case_by_code": _score_record(point.combined.case_by_code),
            }
            for point in curve
        ]
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _score_record(score: Score) -> dict[str, float]:
    figures = {"p": score.precision, "r": score.recall, "f1": score.f1}
    return {name: round(value, 3) for name, value in figures.items()} | {
        "n": score.support,
        "hits": score.hits,
        "wrong": score.wrong,
        "missed": score.missed,
    }
