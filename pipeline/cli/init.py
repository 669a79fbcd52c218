"""``casepath init``: a new project folder."""

import shutil
from pathlib import Path

import click

from pipeline.errors import MissingFileError, PipelineError
from pipeline.files import write_atomically
from pipeline.model.wording import as_typed

SETTINGS = """\
# Settings of a casepath project. Paths are below this folder, with forward slashes.
codebook = "codebook/en-plan"
corpus = "corpus"
outputs = "outputs"
# Language of tables and report: "da" or "en".
language = "da"
"""

CORPUS_README = """\
# The corpus

Put case descriptions here: Word files (.docx), plain text (.txt, .md) or tables with one short text a row (.csv,
.xlsx). Subfolders are read too. The name of a file becomes the name of its case. `casepath check` tells what cannot be
read and why.

`cases.csv` may give attributes that the files do not hold, and wins over what they hold. Columns: `case`,
`municipality`, `cluster` (adult, youth, family), `citizen`, `author`, `date`, and more of your own.

Nothing leaves this machine.
"""

OUTPUTS_README = """\
# What a run writes

`casepath run` rebuilds this folder; files of your own in it are left alone. The README of casepath lists the files.
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
def command(folder: Path) -> None:
    """Make a project in FOLDER (the current one when left out): codebook, corpus, outputs and casepath.toml.

    Nothing that is there already is changed.

    Example: casepath init my-study
    """
    codebook = folder / "codebook" / "en-plan"
    made = []
    try:
        for name in ("corpus", "outputs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        if not codebook.exists():
            shutil.copytree(shipped_codebook(), codebook)
            made.append("codebook/en-plan/")
        made += _beside(shipped_codebook().parent, codebook.parent)
        for name, text in (
            ("casepath.toml", SETTINGS),
            ("corpus/README.md", CORPUS_README),
            ("outputs/README.md", OUTPUTS_README),
        ):
            if not (folder / name).exists():
                write_atomically(folder / name, text)
                made.append(name)
    except OSError as error:
        raise PipelineError(
            f"The project could not be made in {folder} ({error.strerror}).", hint="Choose a folder you may write to."
        ) from error
    if not made:
        click.echo("There is a project here already; nothing was changed.")
        return
    click.echo(f"Made {', '.join(made)}.")
    where = "" if folder == Path() else f" --project {as_typed(str(folder))}"
    click.echo(f"Next: put Word files into {(folder / 'corpus').as_posix()}/, then run casepath run{where}.")


def _beside(shipped: Path, own: Path) -> list[str]:
    """Copy what stands beside the codebook, its README and the schemas that editors read, and say what was copied."""
    made = []
    if not (own / "README.md").exists():
        shutil.copyfile(shipped / "README.md", own / "README.md")
        made.append("codebook/README.md")
    if not (own / "schema").exists():
        shutil.copytree(shipped / "schema", own / "schema")
        made.append("codebook/schema/")
    return made


def shipped_codebook() -> Path:
    """Return the folder of the codebook that comes with casepath.

    Raises:
        MissingFileError: The installation is not whole.
    """
    package = Path(__file__).resolve().parent.parent
    for place in (package / "data" / "codebook" / "en-plan", package.parent / "codebook" / "en-plan"):
        if (place / "codebook.yaml").is_file():
            return place
    raise MissingFileError("The codebook that comes with casepath is missing.", hint="Install casepath again.")
