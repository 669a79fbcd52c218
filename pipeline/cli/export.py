"""``casepath export``: codings for other programs."""

from pathlib import Path

import click

from pipeline.cli.options import ProgressLine, project_option


@click.group("export")
def command() -> None:
    """Write codings for other programs: Word comments, an Excel audit, REFI-QDA."""


@command.command("word")
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--case", "only", multiple=True, help="Only this case; may be given several times.")
@click.option("--coder", "coders", multiple=True, help="Only these coders' codings; all when left out.")
@click.option("--reviewer", default="", metavar="NAME",
              help="Only the cases assigned to NAME; without others' codings where NAME codes blind.")  # fmt: skip
@project_option
def word(target: Path, only: tuple[str, ...], coders: tuple[str, ...], reviewer: str, folder: Path) -> None:
    """Write each case's own Word file with its codings as comments on their exact words.

    Reviewers answer by replying or writing below: ok, nej: why, ? or #another.code. Their own comments that begin with
    #code are codes. casepath import word takes the answers in.

    Example: casepath export word to-review --case A-01
    """
    from pipeline.doors.word import export_word

    with ProgressLine() as progress:
        told = export_word(folder, target, coders=coders, only=only, reviewer=reviewer, progress=progress)
    _tell(told)


@command.command("excel")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--coder", "coders", multiple=True, help="Only these coders' codings; the machine's when left out.")
@click.option("--all", "everything", is_flag=True, help="List what is decided already too.")
@project_option
def excel(target: Path, coders: tuple[str, ...], everything: bool, folder: Path) -> None:
    """Write an audit workbook: every coding a row, with drop-downs for the answer.

    Example: casepath export excel audit.xlsx
    """
    from pipeline.doors.excel import export_excel
    from pipeline.errors import PipelineError

    if target.suffix.lower() != ".xlsx":
        raise PipelineError("The file's name must end in .xlsx.", hint="Name it so.")
    with ProgressLine() as progress:
        _tell(export_excel(folder, target, coders=coders, everything=everything, progress=progress))


@command.command("refi")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--units", type=click.Choice(["codepoints", "utf16"]), default="codepoints", show_default=True,
              help="How positions count; utf16 for NVivo on Windows.")  # fmt: skip
@click.option("--coder", "coders", multiple=True, help="Only these coders' codings; all when left out.")
@click.option("--pseudonyms", is_flag=True, help="Write people as Coder 1, Coder 2, ...")
@project_option
def refi(target: Path, units: str, coders: tuple[str, ...], pseudonyms: bool, folder: Path) -> None:
    """Write a project (.qdpx) or the codebook (.qdc) for NVivo, MAXQDA, ATLAS.ti and others.

    Example: casepath export refi project.qdpx
    """
    from pipeline.doors.refi import export_refi
    from pipeline.errors import PipelineError

    if target.suffix.lower() not in (".qdpx", ".qdc"):
        raise PipelineError("The file's name must end in .qdpx (project) or .qdc (codebook).", hint="Name it so.")
    with ProgressLine() as progress:
        told = export_refi(
            folder, target, utf16=units == "utf16", coders=coders, pseudonyms=pseudonyms, progress=progress
        )
    _tell(told)


def _tell(lines: tuple[str, ...]) -> None:
    for line in lines:
        click.echo(line)
