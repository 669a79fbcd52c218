"""The measures of one case as ``show`` and ``explain`` tell them: what holds, and which sentences it rests on."""

from collections.abc import Collection, Iterable, Sequence

import click

from pipeline.model.codes import Codebook
from pipeline.patterns.findings import Finding
from pipeline.patterns.measure_labels import words_shown
from pipeline.patterns.measures import STATED, Measures, is_read_from, measure_case, value_of
from pipeline.prepared import usable_migrations
from pipeline.project import CodedCase
from pipeline.report.measure_lines import source_line, value_line
from pipeline.reviewing import read_review, settle
from pipeline.settings import Project


def measured(project: Project, coded: CodedCase, codebook: Codebook) -> Measures:
    """Measure a case by what holds after review, as a run does.

    Args:
        project: The project.
        coded: The case with what the machine suggests.
        codebook: The project's codebook.
    """
    reviewed = read_review(project)
    codings = coded.codings
    if reviewed.head is not None:
        migrations, _ = usable_migrations(project.codebook, codebook)
        codings = settle([coded], reviewed, codebook, migrations=migrations).codings
    return measure_case(coded.case, [each for each in codings if each.case == coded.case.id])


def case_lines(measures: Measures, codes: Collection[str], language: str) -> list[str]:
    """Return the lines that tell a case's measures, each with its sentences; none where nothing is measured.

    Left out are what one sentence states where a value of the case says the same, and what rests on no sentence.

    Args:
        measures: The measures.
        codes: Ids of the codes on show: what is read from none of them is left out.
        language: ``da`` or ``en``.
    """
    shown = {(each.segment, each.words) for each in measures.findings if not each.measure.startswith(STATED)}
    findings = [
        each
        for each in measures.findings
        if each.rests_on
        and any(is_read_from(each.measure, code) for code in codes)
        and not (each.measure.startswith(STATED) and (each.segment, each.words) in shown)
    ]
    lines = [f"      {_line(measures, each, language)}" for each in findings]
    return ["", click.style("Measures", bold=True), *lines] if lines else []


def sentence_lines(measures: Measures, segment: str, codes: Iterable[str], language: str) -> list[str]:
    """Return the lines that tell what is measured in a sentence, and which values of the case rest on it.

    Args:
        measures: The measures of its case.
        segment: Id of the sentence's segment.
        codes: Ids of the codes that count in it: where one of them is measured and nothing is read, a line says so.
        language: ``da`` or ``en``.
    """
    read, values, others = _parts(measures, segment)
    if not read and any(is_read_from(name, code) for name in STATED for code in codes):
        lines = ["", "  No length of a wait and no number of changes is read from this sentence."]
    else:
        lines = _part("Measures read from this sentence", measures, read, language)
    lines += _part("Values of the case that rest on it", measures, values, language)
    return lines + _part("Values of the case that rest on other sentences", measures, others, language)


def sentence_data(measures: Measures, segment: str, language: str) -> dict[str, object]:
    """Return what is measured in a sentence, and the values of the case that rest on it, for programs.

    Args:
        measures: The measures of its case.
        segment: Id of the sentence's segment.
        language: ``da`` or ``en``.
    """
    read, values, _ = _parts(measures, segment)
    return {
        "measures": [_as_data(measures, each, language) for each in read],
        "values": [_as_data(measures, each, language) for each in values],
    }


def _parts(measures: Measures, segment: str) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Return what a sentence states, the values that rest on it, and those that might but rest on other sentences."""
    here = [each for each in measures.findings if segment in each.rests_on]
    read = [each for each in here if each.measure.startswith(STATED)]
    values = [each for each in here if each not in read]
    names = {value_of(each.measure) for each in read} - {each.measure for each in values}
    return read, values, [each for each in measures.findings if each.measure in names]


def _part(title: str, measures: Measures, findings: Sequence[Finding], language: str) -> list[str]:
    lines = [f"    {_line(measures, each, language)}" for each in findings]
    return ["", click.style(f"  {title}", bold=True), *lines] if lines else []


def _line(measures: Measures, finding: Finding, language: str) -> str:
    """Return a value, and where it stands."""
    source = source_line(measures, finding, language)
    line = value_line(finding, language) + (f"  [{source}]" if source else "")
    return line if finding.certain else click.style(line, dim=True)


def _as_data(measures: Measures, finding: Finding, language: str) -> dict[str, object]:
    return {
        "measure": finding.measure,
        "value": finding.value,
        "unit": finding.unit,
        "low": finding.low,
        "high": finding.high,
        "certain": finding.certain,
        "words": words_shown(finding, language),
        "sentences": [each.number for each in measures.sources_of(finding)],
    }
