"""What the sections of a case say of the file: found how, missing, doubled, out of order, left empty."""

from dataclasses import dataclass

from pipeline.corpus.inference import ORDER
from pipeline.corpus.labels import label_book
from pipeline.corpus.outline import also_names
from pipeline.model.cases import OTHER, PREAMBLE, TEXT, Case, Section
from pipeline.model.codes import Template
from pipeline.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class SectionReport:
    """How the sections of one case were found, a row of ``outputs/sections.csv``.

    Attributes:
        case: The case's id.
        found_by: (kind, step of the cascade) for every section of the template found, in the template's order.
        missing: Expected sections not found, nor named in the heading of another.
        merged: Expected sections that share the heading of an earlier one ("Resultat og fremtid").
        doubled: Sections with more than one heading.
        out_of_order: Sections that stand before one that the template puts before them.
        empty: Sections whose heading is there without text.
        other: How many headings the template does not know.
    """

    case: str
    found_by: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    other: int = 0


def report_sections(case: Case, template: Template) -> SectionReport:
    """Judge the sections of a case against the template.

    Args:
        case: The case; a short text without sections misses none.
        template: The form it was written in.
    """
    book = label_book(template)
    headings = _headings(case.sections)
    named = [section for section in headings if section.kind in book.order]
    kinds = [section.kind for section in named]
    found = {section.kind: section.found_by for section in reversed(named)}
    also = {kind for section in named for kind in also_names(section.title, section.kind, book)}
    expected = [section.kind for section in template.sections if section.expected]
    if any(section.kind == TEXT for section in case.sections):
        expected = []
    absent = [kind for kind in expected if kind not in found]
    filled = {section.kind for section in case.sections if section.end > section.start}
    ranks = [book.order.index(kind) for kind in kinds]
    late = {kinds[at] for at in range(1, len(ranks)) if ranks[at] < max(ranks[:at])}
    return SectionReport(
        case=case.id,
        found_by=tuple((kind, found[kind]) for kind in book.order if kind in found),
        missing=tuple(kind for kind in absent if kind not in also),
        merged=tuple(kind for kind in absent if kind in also),
        doubled=tuple(kind for kind in book.order if kinds.count(kind) > 1),
        out_of_order=tuple(kind for kind in book.order if kind in late),
        empty=tuple(kind for kind in book.order if kind in found and kind not in filled),
        other=sum(section.kind == OTHER and bool(section.title) for section in headings),
    )


def section_problems(report: SectionReport, template: Template, *, where: str) -> tuple[Problem, ...]:
    """Return what a person should know of a case's sections.

    Args:
        report: How its sections were found.
        template: The form it was written in.
        where: The file, for the problems.
    """
    names = {section.kind: section.label.da for section in template.sections}
    told: list[Problem] = []

    def tell(code: str, severity: Severity, kinds: tuple[str, ...], one: str, several: str, hint: str) -> None:
        if kinds:
            listed = _listed([f"'{names[kind]}'" for kind in kinds])
            told.append(Problem(code, severity, where, (several if kinds[1:] else one).format(listed), hint))

    tell(
        "IN41",
        Severity.WARNING,
        report.missing,
        "The section {} was not found.",
        "The sections {} were not found.",
        "If it has another heading in the file, add that heading to 'aliases' in template.yaml.",
    )
    tell(
        "IN42",
        Severity.WARNING,
        report.doubled,
        "The section {} begins more than once.",
        "The sections {} begin more than once.",
        "Check its headings.",
    )
    tell(
        "IN43",
        Severity.NOTE,
        report.out_of_order,
        "The section {} stands later than the form has it.",
        "The sections {} stand later than the form has them.",
        "If that is how the file is written, nothing needs to be done.",
    )
    tell(
        "IN44",
        Severity.WARNING,
        report.empty,
        "The section {} is not filled in.",
        "The sections {} are not filled in.",
        "Ask its author, or leave it: nothing is coded there.",
    )
    tell(
        "IN45",
        Severity.WARNING,
        tuple(kind for kind, step in report.found_by if step == ORDER),
        "The section {} was recognised only by its place: the form does not know its heading.",
        "The sections {} were recognised only by their place: the form does not know their headings.",
        "If it is right, add the heading to 'aliases' in template.yaml.",
    )
    return tuple(told)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _headings(sections: tuple[Section, ...]) -> list[Section]:
    """Return one section per heading: the columns of a table give one stretch per row."""
    kept: list[Section] = []
    seen: set[tuple[str, str]] = set()
    for section in sections:
        key = (section.kind, section.title)
        if section.kind in (PREAMBLE, TEXT) or (section.found_by == "table" and key in seen):
            continue
        seen.add(key)
        kept.append(section)
    return kept
