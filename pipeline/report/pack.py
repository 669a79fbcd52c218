"""The report pack: one report in every format asked for, as files by name."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model.problems import Loaded, Problem
from pipeline.report.content import Report
from pipeline.report.excel import excel_bytes
from pipeline.report.figures.drawing import draw
from pipeline.report.html import html_page
from pipeline.report.latex import latex_files
from pipeline.report.plain import table_as_csv
from pipeline.report.word import word_bytes

FORMATS = ("word", "excel", "html", "latex", "csv", "figures")
"""What a report can be written as."""

Progress = Callable[[str, int, int], None]


def pack_files(
    report: Report, formats: Iterable[str] = FORMATS, *, template: Path | None = None, progress: Progress | None = None
) -> Loaded[dict[str, bytes]]:
    """Return the files of a report by name: ``report.docx``, ``tables/hypotheses.csv``, ``figures/code_heat.svg``.

    Args:
        report: The report, internal or public.
        formats: Which of ``FORMATS``.
        template: A Word file whose page, styles, header and footer the Word report takes.
        progress: Told how far the writing is.

    Raises:
        PipelineError: A format is unknown, or the template cannot be opened.
    """
    wanted = tuple(dict.fromkeys(formats))
    unknown = sorted(set(wanted) - set(FORMATS))
    if unknown:
        raise PipelineError(
            f"The report cannot be written as {', '.join(unknown)}.", hint=f"Choose from {', '.join(FORMATS)}, or all."
        )
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for done, name in enumerate(wanted):
        if progress:
            progress("Writing", done, len(wanted))
        if name == "word":
            made = word_bytes(report, template=template)
            files["report.docx"] = made.value
            problems += made.problems
        elif name == "excel":
            files["report.xlsx"] = excel_bytes(report)
        elif name == "html":
            files["report.html"] = html_page(report).encode("utf-8")
        elif name == "latex":
            files |= {f"latex/{part}": data for part, data in latex_files(report).items()}
        elif name == "csv":
            tables = [table for _, table in report.tables] + list(report.extra)
            files |= {f"tables/{each.id}.csv": table_as_csv(each, lang=report.lang).encode("utf-8") for each in tables}
        else:
            files |= figure_files(report)
    return Loaded(dict(sorted(files.items())), tuple(problems))


def figure_files(report: Report, forms: Sequence[str] = ("svg", "png")) -> dict[str, bytes]:
    """Return the figures of a report by name.

    Args:
        report: The report.
        forms: ``svg``, ``png`` or ``pdf``.
    """
    return {
        f"figures/{figure.id}.{form}": draw(figure, lang=report.lang, form=form)
        for figure in report.figures
        for form in forms
    }
