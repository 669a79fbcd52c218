"""An evaluation for people (text, HTML) and programs (JSON)."""

import json
from collections.abc import Iterable
from html import escape

from pipeline.coding.evaluation import Disagreement, ErrorKind, Evaluation, Score

_HEADINGS = (
    ("micro", "sentence x code"),
    ("theme", "sentence x theme"),
    ("coded", "coded or not"),
    ("case_by_code", "case x code"),
)
_KINDS = {
    ErrorKind.MISSED: "Missed: the reference has the code, the coder does not",
    ErrorKind.WRONG: "Wrong: the coder has the code, the reference does not",
    ErrorKind.FRINGE: "Fringe: only one of two reference coders gave the code; not judged",
}
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:right}"
    "td:first-child,th:first-child{text-align:left}li{margin:.3rem 0}.why{color:#666;font-size:.9em}"
    "summary{cursor:pointer}h3{margin:1rem 0 .3rem}"
)


def evaluation_text(evaluation: Evaluation) -> str:
    """Return an evaluation as a table in plain text.

    Args:
        evaluation: The evaluation.
    """
    lines = [f"{evaluation.cases} cases, {evaluation.sentences} sentences", "", _line("", "P", "R", "F1", "n")]
    lines += [_score_line(label, getattr(evaluation, name)) for name, label in _HEADINGS]
    lines.append(f"{'macro F1':34}{'':12}{evaluation.macro_f1:6.3f}{evaluation.macro_codes:7} codes")
    if evaluation.unplaced:
        lines.append(f"{evaluation.unplaced} codings stand nowhere in their case.")
    for title, rows in (("theme", evaluation.by_theme), ("code", evaluation.by_code)):
        lines += ["", title, *(_score_line(f"  {name}", score) for name, score in rows)]
    return "\n".join(lines) + "\n"


def _line(name: str, *cells: str) -> str:
    return f"{name:34}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, (6, 6, 6, 7), strict=True))


def _score_line(name: str, score: Score) -> str:
    figures = (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", str(score.support))
    return f"{name:34}" + "".join(f"{figure:>6}" for figure in figures[:3]) + f"{figures[3]:>7}"


def evaluation_json(evaluation: Evaluation) -> str:
    """Return the figures of an evaluation as JSON, rounded to three places.

    Args:
        evaluation: The evaluation.
    """
    record: dict[str, object] = {"cases": evaluation.cases, "sentences": evaluation.sentences}
    record |= {name: _score_record(getattr(evaluation, name)) for name, _ in _HEADINGS}
    record |= {"macro_f1": round(evaluation.macro_f1, 3), "macro_codes": evaluation.macro_codes}
    record["unplaced"] = evaluation.unplaced
    record["by_theme"] = {name: _score_record(score) for name, score in evaluation.by_theme}
    record["by_code"] = {name: _score_record(score) for name, score in evaluation.by_code}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _score_record(score: Score) -> dict[str, float]:
    figures = {"p": score.precision, "r": score.recall, "f1": score.f1}
    return {name: round(value, 3) for name, value in figures.items()} | {"n": score.support}


def evaluation_html(evaluation: Evaluation, *, title: str = "Evaluation") -> str:
    """Return an evaluation as one HTML page: the figures, then the errors of every code.

    Args:
        evaluation: The evaluation.
        title: The page's heading.
    """
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>",
        f"<p>{evaluation.cases} cases, {evaluation.sentences} sentences. Macro F1 {evaluation.macro_f1:.3f} over "
        f"{evaluation.macro_codes} codes.</p>",
        _table("Measure", ((label, getattr(evaluation, name)) for name, label in _HEADINGS)),
        _table("Theme", evaluation.by_theme),
        _table("Code", evaluation.by_code),
        "<h2>Errors by code</h2>",
    ]
    for code, score in evaluation.by_code:
        errors = [found for found in evaluation.disagreements if found.code == code]
        if errors:
            parts.append(f"<details><summary>{escape(code)} (F1 {score.f1:.2f}, {len(errors)})</summary>")
            parts += [_errors(kind, [found for found in errors if found.kind is kind]) for kind in ErrorKind]
            parts.append("</details>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _table(name: str, rows: Iterable[tuple[str, Score]]) -> str:
    cells = "".join(
        f"<tr><td>{escape(label)}</td><td>{score.precision:.3f}</td><td>{score.recall:.3f}</td>"
        f"<td>{score.f1:.3f}</td><td>{score.support}</td></tr>"
        for label, score in rows
    )
    return f"<table><tr><th>{escape(name)}</th><th>P</th><th>R</th><th>F1</th><th>n</th></tr>{cells}</table>"


def _errors(kind: ErrorKind, errors: list[Disagreement]) -> str:
    if not errors:
        return ""
    items = "".join(
        f"<li>{escape(found.sentence)} <span class=why>{escape(found.case)}; reference: "
        f"{escape(', '.join(found.reference) or 'none')}"
        f"{escape('; because of ' + ', '.join(found.evidence)) if found.evidence else ''}</span></li>"
        for found in errors
    )
    return f"<h3>{_KINDS[kind]} ({len(errors)})</h3><ul>{items}</ul>"
