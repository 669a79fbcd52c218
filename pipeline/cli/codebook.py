"""``casepath codebook``: check it, show a code, compare versions, run its examples, write it as a document."""

import sys
from pathlib import Path

import click

from pipeline.cli.codebook_diff import diff
from pipeline.cli.options import (
    check_code,
    json_option,
    place_name,
    print_json,
    print_problems,
    problem_as_data,
    project_option,
    severities,
)
from pipeline.codebook.check import check_codebook
from pipeline.codebook.docs import codebook_document
from pipeline.codebook.examples import ExampleResult, example_problems
from pipeline.codebook.html_page import document_html
from pipeline.errors import MissingFileError
from pipeline.files import write_atomically
from pipeline.model.codes import Code, Codebook, Example
from pipeline.model.problems import Severity, has_errors
from pipeline.project import read_codebook, usable_codebook
from pipeline.settings import open_project


@click.group("codebook")
def command() -> None:
    """Check, show, compare, test or print the codebook."""


command.add_command(diff)


@command.command("check")
@click.option("--notes", is_flag=True, help="Also notes: what may be worth a look and is no mistake.")
@json_option
@project_option
def check(notes: bool, as_json: bool, folder: Path) -> None:
    """Report every mistake in the codebook's files at once, without running its examples.

    Example: casepath codebook check --project my-study
    """
    loaded = read_codebook(open_project(folder))
    found = (*loaded.problems, *(check_codebook(loaded.value) if loaded.value else ()))
    problems = [problem for problem in found if notes or problem.severity is not Severity.NOTE]
    if as_json:
        print_json([problem_as_data(problem) for problem in problems])
    else:
        print_problems(problems)
        told = severities(problems, hidden=len(found) - len(problems))
        click.echo(f"{told[0].upper()}{told[1:]}.")
    sys.exit(1 if has_errors(problems) else 0)


@command.command("show")
@click.argument("code_id", metavar="[CODE]", default="")
@project_option
def show(code_id: str, folder: Path) -> None:
    """Show CODE with its criteria, rules and examples; without CODE list all codes.

    Example: casepath codebook show waiting.queue
    """
    project = open_project(folder)
    codebook, _ = usable_codebook(project)
    if not code_id:
        click.echo(_contents(codebook, project.language))
        return
    code = next((each for each in codebook.codes if each.id == code_id), None)
    if code is None:
        from difflib import get_close_matches

        near = get_close_matches(code_id, [each.id for each in codebook.codes], n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "casepath codebook show lists the codes."
        raise MissingFileError(f"The codebook has no code '{code_id}'.", hint=hint)
    click.echo(_page(code, project.language))


def _contents(codebook: Codebook, language: str) -> str:
    width = max(len(code.id) for code in codebook.codes) + 2
    lines = []
    for theme in codebook.themes:
        lines += ["", click.style(getattr(theme.label, language), bold=True)]
        for code in theme.codes:
            lines.append(f"  {code.id:<{width}}{getattr(code.label, language)}")
    return "\n".join(lines[1:])


def _page(code: Code, language: str) -> str:
    lines = [
        click.style(f"{code.id}  {getattr(code.label, language)}", bold=True) + f"  ({code.pole.value})",
        f"  {code.definition if language == 'da' or not code.definition_en else code.definition_en}",
    ]
    for title, criteria in (("Include", code.include), ("Exclude", code.exclude)):
        if criteria:
            lines += ["", click.style(f"  {title}", bold=True), *(f"    – {each}" for each in criteria)]
    lines += ["", click.style("  Rules", bold=True)]
    for rule in code.rules:
        when = "" if rule.when == "affirmed" else f", when {rule.when.value}"
        lines.append(f"    {rule.id}  (confidence {rule.confidence:g}{when}; {code.file}:{rule.line})")
        lines += [f"      {pattern}" for pattern in rule.match]
    for title, examples in (("Examples", code.examples), ("Counter-examples", code.counter_examples)):
        if examples:
            lines += ["", click.style(f"  {title}", bold=True), *(f"    {_sentence(each)}" for each in examples)]
    return "\n".join(lines)


def _sentence(example: Example) -> str:
    return f"[{example.context}] {example.text}" if example.context else example.text


@command.command("test")
@click.argument("theme", default="")
@project_option
def test(theme: str, folder: Path) -> None:
    """Run the examples of the codebook, or of one THEME or code, and say how many hold.

    Example: casepath codebook test waiting
    """
    from pipeline.coding.compiled import compile_codebook
    from pipeline.coding.examples import run_examples

    codebook, _ = usable_codebook(open_project(folder))
    check_code(theme, codebook)
    results = [
        result
        for result in run_examples(compile_codebook(codebook))
        if (result.tested.code + ".").startswith(theme and theme.rstrip(".") + ".")
        or codebook.code(result.tested.code).theme == theme
    ]
    problems = example_problems(results)
    print_problems(problems)
    click.echo(_tally(results))
    sys.exit(1 if problems else 0)


def _tally(results: list[ExampleResult]) -> str:
    by_code: dict[str, list[ExampleResult]] = {}
    for result in results:
        by_code.setdefault(result.tested.code, []).append(result)
    width = max(map(len, by_code), default=4) + 2
    lines = [f"{'code':<{width}}{'examples':>9}{'counter':>9}{'failing':>9}"]
    for code, found in [*by_code.items(), ("all", results)]:
        positive = sum(result.tested.expected for result in found)
        failing = sum(not result.holds for result in found)
        lines.append(f"{code:<{width}}{positive:>9}{len(found) - positive:>9}{failing or '–':>9}")
    return "\n".join(lines)


@command.command("docs")
@click.option("--lang", type=click.Choice(["da", "en"]), default=None, help="Language; the project's when left out.")
@click.option("--examples", type=click.IntRange(0), default=5, show_default=True, help="Examples a code, at most.")
@click.option("--rules", is_flag=True, help="Also rules, word lists and context cues.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder; outputs/ by default.",
)
@project_option
def docs(lang: str | None, examples: int, rules: bool, target: Path | None, folder: Path) -> None:
    """Write the codebook as a readable document in Word and HTML, for the appendix of a report.

    Example: casepath codebook docs --to appendix --lang en
    """
    from pipeline.report.codebook_word import codebook_word_bytes

    project = open_project(folder)
    codebook, _ = usable_codebook(project)
    document = codebook_document(codebook, lang or project.language, examples=examples, rules=rules)
    place = target or project.outputs
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / "codebook.html", document_html(document))
    write_atomically(place / "codebook.docx", codebook_word_bytes(document))
    click.echo(f"Wrote codebook.html and codebook.docx to {place_name(place, project.root)}.")
