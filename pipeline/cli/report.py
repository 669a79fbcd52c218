"""``casepath report``: the report pack in Word, Excel, HTML, LaTeX and CSV, for the house or for everyone."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import (
    ProgressLine,
    json_option,
    place_name,
    print_json,
    print_problems,
    problem_as_data,
    project_option,
)
from pipeline.errors import PipelineError
from pipeline.model.problems import Problem, Severity, has_errors
from pipeline.model.wording import count_of
from pipeline.settings import Project, open_project

if TYPE_CHECKING:
    from pipeline.report.content import Report

_FORMATS = ("word", "excel", "html", "latex", "csv", "figures")
_WRITTEN = "pack.txt"


@click.command("report")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder; outputs/report when left out.")
@click.option("--lang", type=click.Choice(("da", "en")), help="Language; the project's when left out.")
@click.option("--public", is_flag=True, help="For everyone: small counts hidden, no cases, only released quotations.")
@click.option("--internal", is_flag=True, help="For the house: everything (the default).")
@click.option("--threshold", type=click.Choice(("3", "5", "10")), default="5", show_default=True,
              help="Smallest count that a public report shows.")  # fmt: skip
@click.option(
    "--levels", type=click.Choice(("2", "4")), help="Outcome levels of a public report; chosen when left out."
)
@click.option("--settled", is_flag=True, help="Only codings that a person stands behind.")
@click.option("--template", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="A Word file whose page, styles, header and footer the report takes.")  # fmt: skip
@click.option("--format", "wanted", default="word,excel,html", show_default=True,
              help="word, excel, html, latex, csv, figures, separated by commas, or all.")  # fmt: skip
@json_option
@project_option
def command(
    out: Path | None, lang: str | None, public: bool, internal: bool, threshold: str, levels: str | None, settled: bool,
    template: Path | None, wanted: str, as_json: bool, folder: Path,
) -> None:  # fmt: skip
    """Write the report pack: tables, figures, quotations, statistics and method, from one set of tables.

    The internal report opens the cases and quotations behind every number. The public one hides counts below the
    threshold, and what would give them away, names no case, and quotes only what publish.csv releases.

    Example: casepath report --public --threshold 5 --format word,html
    """
    if public and internal:
        raise click.UsageError("Choose --public or --internal.")
    formats = _FORMATS if wanted.strip() == "all" else tuple(part.strip() for part in wanted.split(",") if part.strip())
    unknown = [name for name in formats if name not in _FORMATS]
    if unknown or not formats:
        raise PipelineError(
            f"The report cannot be written as {', '.join(unknown) or 'nothing'}.",
            hint=f"Choose from {', '.join(_FORMATS)}, or all.",
        )
    project = open_project(folder)
    from pipeline.report.pack import pack_files

    with ProgressLine() as progress:
        report, problems = _report(
            project, lang or project.language, public=public, threshold=int(threshold),
            levels=int(levels) if levels else None, settled=settled,
        )  # fmt: skip
        made = pack_files(report, formats, template=template, progress=progress)
    problems = (*problems, *made.problems)
    place = out if out is not None else project.outputs / ("report-public" if public else "report")
    written = _write(place, made.value)
    shown = [problem for problem in problems if problem.severity is not Severity.NOTE or problem.code == "RE21"]
    if as_json:
        print_json({"folder": str(place), "files": written, "problems": [problem_as_data(each) for each in problems]})
    else:
        print_problems(shown)
        click.echo(f"Wrote {count_of(len(written), 'file')} to {place_name(place, project.root)}.")
        for name in written[:8]:
            click.echo(f"  {name}")
        if len(written) > 8:
            click.echo(f"  and {len(written) - 8} more")
    sys.exit(1 if has_errors(problems) else 0)


def _report(
    project: Project, lang: str, *, public: bool, threshold: int, levels: int | None, settled: bool
) -> "tuple[Report, tuple[Problem, ...]]":
    from dataclasses import replace

    from pipeline.cli.material import read_material
    from pipeline.report.full import build_full_report
    from pipeline.report.gather import gather_parts
    from pipeline.report.public import counted_once, public_report
    from pipeline.report.publish import PUBLISH_FILE, read_published
    from pipeline.report.quotes import is_reviewed
    from pipeline.reviewing import review_head

    nothing_settled = PipelineError(
        "No coding has been reviewed yet, so there is nothing settled to report.",
        hint="Review some with casepath serve, or leave out --settled.",
    )
    if settled and review_head(project) is None:
        raise nothing_settled
    material = read_material(project)
    problems = [problem for problem in material.problems if problem.severity is not Severity.NOTE]
    if settled:
        kept = tuple(each for each in material.codings if is_reviewed(each))
        if not kept:
            raise nothing_settled
        material = replace(material, codings=kept)
    agreement = _agreement(project, lang)
    if not public:
        parts = gather_parts(
            material.cases, material.codings, material.outcomes, material.codebook, project.codebook,
            agreement=agreement,
        )  # fmt: skip
        report = build_full_report(
            material.cases, material.codings, material.outcomes, material.codebook, parts.value, lang=lang
        )
        return report, (*problems, *parts.problems)
    known = {(coding.case, coding.segment) for coding in material.codings}
    released = read_published(project.root / PUBLISH_FILE, known=known)
    if has_errors(released.problems):
        print_problems(released.problems)
        raise PipelineError(f"{PUBLISH_FILE} cannot be used.", hint="Mend what is named above.")
    outcomes = counted_once(material.outcomes, lang)
    parts = gather_parts(
        material.cases, material.codings, outcomes, material.codebook, project.codebook,
        public=True, agreement=agreement,
    )  # fmt: skip
    made = public_report(
        material.cases, material.codings, material.outcomes, material.codebook, parts.value,
        released=released.value, threshold=threshold, levels=levels, lang=lang,
    )  # fmt: skip
    return made.report, (*problems, *released.problems, *parts.problems, *made.problems)


def _agreement(project: Project, lang: str) -> tuple[str, ...]:
    """Say how well those agree who coded the same cases blind; nothing where there are no two."""
    from dataclasses import replace

    from pipeline.coding.engine import RULES
    from pipeline.comparing import blind_coders, read_coders
    from pipeline.report.agreement_sentences import agreement_sentences
    from pipeline.review.agreement.compare import compare
    from pipeline.reviewing import read_review

    names = blind_coders(read_review(project))
    if not names:
        return ()
    with ProgressLine() as progress:
        # the machine that codes fastest will do: nothing of it is in what was coded blind
        read = read_coders(replace(project, coder=RULES), names, progress=progress)
    return agreement_sentences(compare(read.coders, read.cases, read.segments, read.codes), lang)


def _write(place: Path, files: dict[str, bytes]) -> list[str]:
    """Write the files, each whole or not at all, and take away those of an earlier pack that are no more."""
    from pipeline.files import write_atomically

    try:
        place.mkdir(parents=True, exist_ok=True)
        earlier = _earlier(place)
        for name, data in files.items():
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, data)
        for name in sorted(earlier - set(files)):
            (place / name).unlink(missing_ok=True)
        write_atomically(place / _WRITTEN, "".join(f"{name}\n" for name in files))
    except OSError as error:
        raise PipelineError(
            f"The report could not be written ({error.strerror}).", hint="Close its files in Word and Excel."
        ) from error
    return list(files)


def _earlier(place: Path) -> set[str]:
    try:
        names = (place / _WRITTEN).read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {name for name in names if name and not Path(name).is_absolute() and ".." not in Path(name).parts}
