"""An evaluation as one HTML page: the figures, the learning curve, and the errors of every code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from pipeline.coding.curve import CurvePoint
from pipeline.coding.curve_drawing import draw_curve
from pipeline.coding.evaluation import Disagreement, ErrorKind, Evaluation, Score
from pipeline.coding.evaluation_report import HEADINGS

_KINDS = {
    ErrorKind.MISSED: ("Missed", "the reference has the code, the coder does not"),
    ErrorKind.WRONG: ("Wrong", "the coder has the code, the reference does not"),
    ErrorKind.FRINGE: ("Fringe", "only one of two reference coders gave the code; not judged"),
}
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1c1c1c}
h1{margin-bottom:.2rem}h2{margin-top:2.4rem}h3{margin:1.6rem 0 .2rem}h4{margin:1rem 0 .2rem;font-weight:600}
h4 span,.note,.why{color:#555;font-weight:400}.why{font-size:.9em}
table{border-collapse:collapse;margin:.8rem 0}
td,th{padding:.18rem .7rem;border-bottom:1px solid #ddd;text-align:right;font-variant-numeric:tabular-nums}
td:first-child,th:first-child{text-align:left}tr.theme td{font-weight:600;background:#f5f5f2}
tr.code td:first-child{padding-left:1.6rem}thead th{position:sticky;top:0;background:#fff}
.bar{width:7rem;padding:0 .7rem}.bar i{display:block;height:.6rem;background:#0b6e4f}
ul.errors{margin:.2rem 0;padding-left:1.2rem}ul.errors li{margin:.35rem 0}
svg{max-width:100%;height:auto}a{color:#0b4f8a}
@media print{details{display:block}thead th{position:static}}
"""


def evaluation_html(
    evaluation: Evaluation, *, title: str = "Evaluation", note: str = "", curve: Sequence[CurvePoint] = ()
) -> str:
    """Return an evaluation as one HTML page that needs nothing else.

    Args:
        evaluation: The evaluation.
        title: The page's heading.
        note: How the figures came about, below the heading.
        curve: The learning curve, where it was measured.
    """
    by_code: defaultdict[str, list[Disagreement]] = defaultdict(list)
    for found in evaluation.disagreements:
        by_code[found.code].append(found)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{evaluation.cases} cases, {evaluation.sentences} sentences.{' ' + escape(note) if note else ''}</p>",
        _measures(evaluation),
    ]
    if curve:
        parts += ["<h2>Learning curve</h2>", _curve(curve)]
    parts += ["<h2>Codes</h2>", _codes(evaluation, by_code), "<h2>Errors by code</h2>", _legend()]
    scores = dict(evaluation.by_code)
    parts += [_errors_of(code, by_code[code], scores.get(code)) for code in sorted(by_code)]
    if not by_code:
        parts.append("<p>None.</p>")
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _measures(evaluation: Evaluation) -> str:
    rows = "".join(
        f"<tr><td>{escape(label)}</td>{_figures(getattr(evaluation, name))}</tr>" for name, label in HEADINGS
    )
    unplaced = f" {evaluation.unplaced} codings stand nowhere in their case." if evaluation.unplaced else ""
    return (
        "<table><thead><tr><th>Measure</th><th>Precision</th><th>Recall</th><th>F1</th><th>In the reference</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>"
        f"<p class=note>Mean F1 of the {evaluation.macro_codes} codes with enough sentences: "
        f"{evaluation.macro_f1:.3f}.{unplaced}</p>"
    )


def _figures(score: Score) -> str:
    return f"<td>{score.precision:.3f}</td><td>{score.recall:.3f}</td><td>{score.f1:.3f}</td><td>{score.support}</td>"


def _curve(curve: Sequence[CurvePoint]) -> str:
    rows = "".join(
        f"<tr><td>{point.cases}</td><td>{point.model.micro.f1:.3f}</td><td>{point.combined.micro.f1:.3f}</td>"
        f"<td>{point.combined.case_by_code.f1:.3f}</td></tr>"
        for point in curve
    )
    return (
        f"<p class=note>F1 on {curve[0].model.cases} cases that no model was trained on. A line that still climbs at "
        "its right end says that more coded cases would help.</p>"
        f"{draw_curve(curve)}"
        "<table><thead><tr><th>Coded cases</th><th>Model alone, sentence x code</th><th>Combined, sentence x code</th>"
        f"<th>Combined, case x code</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _codes(evaluation: Evaluation, by_code: dict[str, list[Disagreement]]) -> str:
    rows = []
    for theme, total in evaluation.by_theme:
        members = [(code, score) for code, score in evaluation.by_code if code.split(".")[0] == theme]
        errors = [found for code, _ in members for found in by_code.get(code, ())]
        rows.append(_code_row("theme", escape(theme), total, errors))
        for code, score in members:
            found = by_code.get(code, [])
            name = f'<a href="#{escape(code)}">{escape(code)}</a>' if found else escape(code)
            rows.append(_code_row("code", name, score, found))
    return (
        "<table><thead><tr><th>Theme, code</th><th>Precision</th><th>Recall</th><th>F1</th><th>In the reference</th>"
        f"<th></th><th>Missed</th><th>Wrong</th><th>Fringe</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _code_row(kind: str, name: str, score: Score, errors: Iterable[Disagreement]) -> str:
    counts = Counter(found.kind for found in errors)
    tail = "".join(f"<td>{counts[kind] or ''}</td>" for kind in ErrorKind)
    bar = f'<td class=bar><i style="width:{100 * score.f1:.0f}%"></i></td>'
    return f"<tr class={kind}><td>{name}</td>{_figures(score)}{bar}{tail}</tr>"


def _legend() -> str:
    return "<p class=note>" + " ".join(f"{name}: {meaning}." for name, meaning in _KINDS.values()) + "</p>"


def _errors_of(code: str, errors: Sequence[Disagreement], score: Score | None) -> str:
    figures = f" <span class=why>F1 {score.f1:.2f}</span>" if score else ""
    parts = [f'<h3 id="{escape(code)}">{escape(code)}{figures}</h3>']
    for kind, (name, meaning) in _KINDS.items():
        found = [each for each in errors if each.kind is kind]
        if found:
            items = "".join(map(_item, found))
            parts.append(f"<h4>{name} ({len(found)}) <span>{meaning}</span></h4><ul class=errors>{items}</ul>")
    return "".join(parts)


def _item(found: Disagreement) -> str:
    why = [found.case, f"reference: {', '.join(found.reference) or 'no code'}"]
    if found.evidence:
        why.append(f"because of {', '.join(found.evidence)}")
    return f"<li>{escape(found.sentence)} <span class=why>{escape('; '.join(why))}</span></li>"
