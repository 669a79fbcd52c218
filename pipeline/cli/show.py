"""``casepath show``: a case with its codings and its measures, to be read in a terminal."""

from functools import partial
from pathlib import Path

import click

from pipeline.cli.measured import case_lines, measured
from pipeline.cli.options import ProgressLine, check_code, codes_under, json_option, print_json, project_option
from pipeline.model.cases import PREAMBLE, TEXT
from pipeline.model.codes import Codebook, Pole
from pipeline.model.codings import Coding, by_segment
from pipeline.project import CodedCase, code_corpus
from pipeline.settings import open_project

_COLOURS = {Pole.FACILITATOR: "green", Pole.INHIBITOR: "red", Pole.NEUTRAL: "cyan"}
_NAMELESS = {
    PREAMBLE: {"da": "(før det første afsnit)", "en": "(before the first section)"},
    TEXT: {"da": "(tekst uden afsnit)", "en": "(text without sections)"},
}
"""What sections without a heading of their own are called."""

_MARKS = {Pole.FACILITATOR: "+", Pole.INHIBITOR: "−", Pole.NEUTRAL: "·"}


@click.command("show")
@click.argument("words", nargs=-1, required=True, metavar="CASE")
@click.option("--code", "wanted", default="", help="Only this code or theme (waiting, waiting.queue).")
@click.option("--all", "suppressed", is_flag=True, help="Also codings that a context cue suppressed.")
@json_option
@project_option
def command(words: tuple[str, ...], wanted: str, suppressed: bool, as_json: bool, folder: Path) -> None:
    """Show CASE with its sections, sentences and codings, and what is measured in it.

    Every sentence has a number, which `casepath explain` takes. Words that gave a code are underlined: green for what
    furthers progression (+), red for what hampers it (−), blue for results (·). Each measure names its sentences and
    its words; --json gives the codings, and outputs/measures.csv the measures.

    Example: casepath show A-01 --code waiting
    """
    case, project = " ".join(words), open_project(folder)
    with ProgressLine() as progress:
        (coded,), coders, _ = code_corpus(project, only=case, check=partial(check_code, wanted), progress=progress)
    named = codes_under(wanted, coders.compiled.codebook)
    codings = [coding for coding in coded.codings if (coding.counts or suppressed) and coding.code in named]
    if as_json:
        print_json([_as_data(coded, coding) for coding in codings])
    else:
        codebook = coders.compiled.codebook
        lines = case_lines(measured(project, coded, codebook), named, project.language)
        click.echo("\n".join([_page(coded, codings, codebook, project.language), *lines]))


def _as_data(coded: CodedCase, coding: Coding) -> dict[str, object]:
    numbers = {segment.id: number for number, segment in enumerate(coded.segments, start=1)}
    return {
        "sentence": numbers[coding.segment],
        "segment": coding.segment,
        "section": coding.section,
        "start": coding.start,
        "end": coding.end,
        "quote": coding.quote,
        "code": coding.code,
        "assertion": coding.assertion.value,
        "before": coding.before,
        "rules": list(coding.rules),
        "confidence": coding.confidence,
    }


def _page(coded: CodedCase, codings: list[Coding], codebook: Codebook, language: str) -> str:
    case = coded.case
    facts = [
        case.attributes.municipality,
        case.attributes.cluster.value if case.attributes.cluster else "",
        case.attributes.citizen,
    ]
    lines = ["  ".join(filter(None, (click.style(case.id, bold=True), " · ".join(filter(None, facts)))))]
    titles = {section.start: section.title for section in case.sections}
    labels = {section.kind: section.label for section in codebook.template.sections}
    coded_here = by_segment(codings)
    section = None
    for number, segment in enumerate(coded.segments, start=1):
        here = case.section_at(segment.start)
        if here is not None and here != section:
            section = here
            label = labels.get(here.kind)
            title = titles.get(here.start) or (getattr(label, language) if label else "")
            title = title or _NAMELESS.get(here.kind, {}).get(language, here.kind)
            lines += ([""] if number > 1 else []) + [click.style(title, bold=True)]
        found = coded_here.get(segment.id, [])
        lines.append(f"{number:>4}  {_marked(segment.text, segment.start, found)}")
        lines += [f"      {_coding_line(coding, codebook, language)}" for coding in found]
    return "\n".join(lines)


def _marked(text: str, offset: int, codings: list[Coding]) -> str:
    """Underline the words that gave a code, in the colour of the first code that has them."""
    colours: list[str | None] = [None] * len(text)
    for coding in codings:
        for place in range(coding.start - offset, coding.end - offset):
            colours[place] = colours[place] or _COLOURS[coding.pole]
    parts = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or colours[place] != colours[start]:
            piece = text[start:place].replace("\n", " ")
            colour = colours[start]
            parts.append(click.style(piece, fg=colour, underline=True) if colour else piece)
            start = place
    return "".join(parts)


def _coding_line(coding: Coding, codebook: Codebook, language: str) -> str:
    label = getattr(codebook.code(coding.code).label, language)
    notes = [note for note in (coding.assertion.value if not coding.counts else "", "before" * coding.before) if note]
    tail = f" ({', '.join(notes)})" if notes else ""
    text = f"{_MARKS[coding.pole]} {coding.code}  {label}{tail}"
    return click.style(text, fg=_COLOURS[coding.pole], dim=not coding.counts)
