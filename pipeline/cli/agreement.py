"""``casepath agreement``: how far coders agree, with intervals, and every unit on which they do not."""

from pathlib import Path

import click

from pipeline.cli.options import (
    ProgressLine,
    check_code,
    codes_under,
    json_option,
    print_json,
    print_problems,
    project_option,
)
from pipeline.errors import PipelineError
from pipeline.model.codes import Codebook, CodeLevel
from pipeline.model.problems import Severity
from pipeline.model.wording import as_typed, count_of
from pipeline.settings import open_project


@click.command("agreement")
@click.argument("coders", nargs=-1, required=True)
@click.option(
    "--unit",
    type=click.Choice(["document", "segment", "character"]),
    default="segment",
    show_default=True,
    help="What is compared: whole cases, sentences, or characters (with alpha for unitizing).",
)
@click.option("--code", "wanted", multiple=True, help="Only this code or theme; may be given several times.")
@click.option("--details", is_flag=True, help="Compare detail codes as such instead of counting them as core codes.")
@click.option("--draws", type=click.IntRange(0, 100_000), default=2000, show_default=True, help="Resamples of cases.")
@click.option(
    "--csv", "table_file", type=click.Path(path_type=Path), help="Write every number with n and formula here."
)
@click.option("--diagnosis", type=click.Path(path_type=Path), help="Write every unit with every coder's codes here.")
@click.option("--no-text", is_flag=True, help="Leave the words out of the diagnosis.")
@json_option
@project_option
def command(
    coders: tuple[str, ...],
    unit: str,
    wanted: tuple[str, ...],
    details: bool,
    draws: int,
    table_file: Path | None,
    diagnosis: Path | None,
    no_text: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Compare two CODERS or more.

    A coder is a reviewer's name, `rules`, `model`, `combined`, `adjudicated`, `settled`, or a file of codings (JSON
    lines). The first one is the reference for precision and recall. Intervals come from resampling whole cases.

    Example: casepath agreement anna bo --unit document
    """
    from pipeline.comparing import read_coders
    from pipeline.files import check_place, write_atomically
    from pipeline.report.records import table_csv
    from pipeline.review.agreement.compare import compare
    from pipeline.review.agreement.diagnosis import judgement_table, measure_rows, text_table, unit_rows
    from pipeline.review.agreement.judgements import compare_judgements
    from pipeline.review.agreement.units import Unit, compare_units

    if len(coders) < 2:
        raise click.UsageError("Name two coders or more.")
    project = open_project(folder)
    for file in (table_file, diagnosis):
        if file is not None:
            check_place(file)
    named: set[str] = set()

    def check(codebook: Codebook) -> None:
        for each in wanted:
            check_code(each, codebook)
            under = codes_under(each, codebook)
            if not details and all(codebook.code(code).level is CodeLevel.DETAIL for code in under):
                raise PipelineError(
                    f"'{each}' is a detail code, which counts as its core code here.",
                    hint="Give --details to compare detail codes as such, or name the code above it.",
                )
            named.update(under)

    with ProgressLine() as progress:
        read = read_coders(project, coders, details=details, check=check, progress=progress)
    codes = [code for code in read.codes if not wanted or code in named]
    found = compare(read.coders, read.cases, read.segments, codes, unit=Unit(unit), draws=draws)
    judged = compare_judgements(read.judged, draws=draws)
    rows = measure_rows((*found.codes, found.overall), found.coders) + measure_rows(judged, found.coders)
    if table_file is not None:
        header = list(dict.fromkeys(name for row in rows for name in row))
        write_atomically(table_file, table_csv(header, [[row.get(name) for name in header] for row in rows]))
    if diagnosis is not None:
        units = compare_units(Unit(unit), read.coders, read.cases, read.segments)
        lines = unit_rows(units, found.coders, {case.id: case for case in read.cases}, quotes=not no_text)
        header = list(lines[0]) if lines else ["case", "unit"]
        write_atomically(diagnosis, table_csv(header, [[line[name] for name in header] for line in lines]))
    # what is wrong with the corpus is for casepath check, unless it costs a case
    shown = [each for each in read.problems if each.severity is Severity.ERROR or not each.code.startswith("IN")]
    print_problems(shown, most=10)
    if as_json:
        print_json({"unit": unit, "coders": found.coders, "cases": found.cases, "measures": rows})
        return
    if not found.cases and read.unlocked:
        names = " and ".join(read.unlocked)
        have = "has" if len(read.unlocked) == 1 else "have"
        click.echo(f"{names} {have} locked nothing yet: what was coded blind is compared once it is locked.")
        click.echo(f"casepath lock {as_typed(read.unlocked[0])} --all says that {read.unlocked[0]} is done.")
    elif not found.cases:
        click.echo("No case was coded by two of them.")
    elif any(found.overall.counts):
        click.echo(text_table(found))
    else:
        number = count_of(len(found.cases), "case")
        click.echo(f"None of them gave a code in the {number} they share: there is nothing to compare.")
    if judged:
        click.echo("\n" + judgement_table(judged, found.coders))
