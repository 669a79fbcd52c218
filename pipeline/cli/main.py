"""The command casepath: its subcommands are imported only when they are called."""

import atexit
import gc
import importlib
import sys
from pathlib import Path
from typing import Any

import click

from pipeline import __version__
from pipeline.errors import PipelineError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("pipeline.cli.init", "Make a new project folder."),
    "run": ("pipeline.cli.run", "Rebuild the outputs from corpus and codebook."),
    "check": ("pipeline.cli.check", "Report every mistake in codebook and corpus at once."),
    "show": ("pipeline.cli.show", "Show a case with its codings."),
    "explain": ("pipeline.cli.explain", "Say why a sentence got its codes, and why not others."),
    "suggest": ("pipeline.cli.suggest", "List where the model says more than the rules, or less."),
    "train": ("pipeline.cli.train", "Train the model that codes beside the rules."),
    "evaluate": ("pipeline.cli.evaluate", "Measure the coding against a reference."),
    "report": ("pipeline.cli.report", "Write the report pack: Word, Excel, HTML, LaTeX, CSV."),
    "patterns": ("pipeline.cli.patterns", "Compare hypotheses, codes and patterns with progression."),
    "graph": ("pipeline.cli.graph", "Draw what furthers and hampers: the theory against the cases."),
    "qca": ("pipeline.cli.qca", "Find which combinations of conditions go with an outcome."),
    "export": ("pipeline.cli.export", "Write codings for Word, Excel and other programs."),
    "import": ("pipeline.cli.import_", "Take in codings and answers from other programs."),
    "agreement": ("pipeline.cli.agreement", "Measure how far coders agree."),
    "serve": ("pipeline.cli.serve", "Read, audit and assess the cases in the browser."),
    "review": ("pipeline.cli.review", "Add reviewers, see how far they are, read the log."),
    "assign": ("pipeline.cli.assign", "Give cases to reviewers, some of them to two."),
    "lock": ("pipeline.cli.lock", "Say that a reviewer is done with cases."),
    "adjudicate": ("pipeline.cli.adjudicate", "List where coders differ, and decide."),
    "verify": ("pipeline.cli.verify", "Prove that no decision was changed or cut out."),
    "backup": ("pipeline.cli.backup", "Copy the reviewers' work."),
    "restore": ("pipeline.cli.restore", "Put a copy of the reviewers' work back."),
    "doctor": ("pipeline.cli.doctor", "Say whether the reviewers' work is whole and safe."),
    "codebook": ("pipeline.cli.codebook", "Check, show, test or print the codebook."),
}
"""Each subcommand with the module that holds it (as ``command``) and its line in the help."""


class LazyGroup(click.Group):
    """A group that knows its subcommands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand, and name the nearest one when there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="casepath")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The project's folder, for any command; may stand behind the command too.",
)
@click.pass_context
def cli(ctx: click.Context, debug: bool, folder: Path | None) -> None:
    """Code Danish case descriptions: from Word files to coded text, tables, a graph and a report.

    A project is a folder with codebook/, corpus/ and outputs/. Start with `casepath init`, put Word files into
    corpus/, and run `casepath run`.
    """
    if folder is not None and ctx.invoked_subcommand == "init":
        raise click.UsageError("init makes a new project: name its folder behind the command, casepath init FOLDER.")
    ctx.obj = {"debug": debug, "project": folder}


def main(argv: list[str] | None = None) -> None:
    """Run the command and exit: 0 when all is well, 1 for a problem, 2 for a wrong call.

    Args:
        argv: The arguments; those of the process when left out.
    """
    # Most of what a command makes lives until it ends: looking for garbage as often as usual costs a third of its time.
    # Nor need it look at all that is left once more when the process ends.
    gc.set_threshold(100_000, 50, 100)
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    args = sys.argv[1:] if argv is None else argv
    try:
        cli.main(args=args, prog_name="casepath", standalone_mode=True)
    except PipelineError as error:
        if "--debug" in args:
            raise
        click.secho(f"Error: {error.message}", fg="red", err=True)
        if error.hint:
            click.echo(f"       {error.hint}", err=True)
        sys.exit(1)


def _speak_utf8(stream: Any) -> None:  # noqa: ANN401 - a text stream, or whatever stands in for one
    """Write æ, ø and å right also where Windows pipes a program in an old code page."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
