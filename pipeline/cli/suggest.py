"""``casepath suggest``: where the model says more than the rules, or less."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, check_code, codes_under, print_json, project_option
from pipeline.coding.combined import COMBINED
from pipeline.coding.suggestions import Kind, Suggested, Suggestion, find_suggestions
from pipeline.errors import PipelineError
from pipeline.model.codes import Codebook, Pole
from pipeline.project import MODEL_FOLDER, CodedCase, code_corpus
from pipeline.report.records import table_csv
from pipeline.settings import open_project

_COLOURS = {Pole.FACILITATOR: "green", Pole.INHIBITOR: "red", Pole.NEUTRAL: "cyan"}
_MARKS = {Pole.FACILITATOR: "+", Pole.INHIBITOR: "−", Pole.NEUTRAL: "·"}
_TITLES = {
    Kind.MODEL_ONLY: "The model alone suggests these; no rule found them",
    Kind.DOUBTED: "Rules found these; the model doubts them, and they do not count",
}
_COLUMNS = (
    "kind",
    "sureness",
    "case",
    "sentence",
    "segment",
    "code",
    "label",
    "before",
    "text",
    "words",
    "rules",
    "near",
)


@click.command("suggest")
@click.argument("case", default="")
@click.option("--code", "code", default="", help="Only this code or theme (waiting, waiting.queue).")
@click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0.0, 1.0),
    default=0.0,
    help="Only where the model is at least so sure (0 to 1).",
)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="How many of each; 0: all.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "csv", "json")),
    default="text",
    show_default=True,
    help="For people, spreadsheets or programs.",
)
@project_option
def command(case: str, code: str, least: float, limit: int, form: str, folder: Path) -> None:
    """List where rules and model part, in CASE or all cases, the surest first.

    First what the model alone suggests: codes that no rule found, with its strongest words and the codebook's nearest
    sentences. Then what rules found and the model doubts, with the nearest counter-examples. `casepath explain` shows
    one sentence in full.

    Example: casepath suggest --code waiting --min-confidence 0.8
    """
    project = open_project(folder)
    no_model = PipelineError(
        "There is no trained model to ask.", hint="Train one with casepath train; until then the rules code alone."
    )
    if not (project.codebook / MODEL_FOLDER).is_dir():
        raise no_model
    with ProgressLine() as progress:
        coded, coders, _ = code_corpus(
            replace(project, coder=COMBINED), only=case, check=partial(check_code, code), progress=progress
        )
    if coders.predictor is None:
        raise no_model
    codebook = coders.compiled.codebook
    codings = [coding for each in coded for coding in each.codings]
    found = find_suggestions(codings, codebook, codes=codes_under(code, codebook), least=least, most=limit)
    numbers = _numbers(coded)
    if form == "json":
        print_json([_as_data(each, codebook, numbers, project.language) for part in found for each in part.shown])
    elif form == "csv":
        rows = [_as_data(each, codebook, numbers, project.language) for part in found for each in part.shown]
        click.echo(table_csv(_COLUMNS, [[_cell(row[name]) for name in _COLUMNS] for row in rows]), nl=False)
    else:
        click.echo("\n\n".join(_part(part, codebook, project.language, numbers) for part in found))


def _numbers(coded: Sequence[CodedCase]) -> dict[str, int]:
    """Return the number of every sentence in its case, as ``casepath show`` gives it, by segment id."""
    return {segment.id: number for each in coded for number, segment in enumerate(each.segments, start=1)}


def _part(part: Suggested, codebook: Codebook, language: str, numbers: dict[str, int]) -> str:
    shown = f"{len(part.shown)} of {part.total}" if len(part.shown) < part.total else f"{part.total}"
    lines = [click.style(f"{_TITLES[part.kind]} ({shown})", bold=True)]
    for each in part.shown:
        lines += ["", *_lines(each, codebook, language, numbers)]
    if not part.shown:
        lines += ["", "  None."]
    return "\n".join(lines)


def _lines(each: Suggestion, codebook: Codebook, language: str, numbers: dict[str, int]) -> list[str]:
    coding = each.coding
    code = codebook.code(coding.code)
    before = "  (before)" if coding.before else ""
    name = click.style(f"{_MARKS[code.pole]} {code.id}", fg=_COLOURS[code.pole])
    lines = [
        f"{each.sureness:>6.2f}  {name}  {getattr(code.label, language)}{before}",
        f"{coding.case:>6}  {numbers[coding.segment]:>3}  {' '.join(coding.sentence.split())}",
        f"{'':13}{_why(each)}",
    ]
    kind = "near" if each.kind is Kind.MODEL_ONLY else "near, but not this code"
    lines += [f"{'':13}{kind}: {example.text} ({code.file}:{example.line})" for example in each.near]
    return lines


def _why(each: Suggestion) -> str:
    quoted = ", ".join(f'"{words}"' for words in each.words)
    if each.kind is Kind.MODEL_ONLY:
        return f"the model alone, no rule; its strongest words: {quoted}"
    rules = ", ".join(each.coding.rules)
    return f"{rules}: {quoted}; the model gives it {each.coding.confidence:.2f}"


def _as_data(each: Suggestion, codebook: Codebook, numbers: dict[str, int], language: str) -> dict[str, object]:
    coding = each.coding
    code = codebook.code(coding.code)
    return {
        "kind": each.kind.value,
        "sureness": each.sureness,
        "case": coding.case,
        "sentence": numbers[coding.segment],
        "segment": coding.segment,
        "code": coding.code,
        "label": getattr(code.label, language),
        "before": coding.before,
        "text": coding.sentence,
        "words": list(each.words),
        "rules": [] if each.kind is Kind.MODEL_ONLY else list(coding.rules),
        "near": [example.text for example in each.near],
    }


def _cell(value: object) -> object:
    return " | ".join(value) if isinstance(value, list) else value
