"""Options and ways of speaking that the commands share."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import click

from pipeline.errors import MissingFileError
from pipeline.model.codes import Codebook
from pipeline.model.problems import Problem, Severity
from pipeline.model.wording import count_of

F = TypeVar("F", bound=Callable[..., object])

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def project_option(command: F) -> F:
    """Add ``--project`` to a command."""
    return click.option(
        "--project",
        "folder",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        default=_named_before,
        help="The project's folder; the current one when left out.",
    )(command)


def _named_before() -> Path:
    """The folder named before the command (``casepath --project x show``), else the current one."""
    given = click.get_current_context().find_root().obj or {}
    named: Path | None = given.get("project")
    return named or Path()


def json_option(command: F) -> F:
    """Add ``--json`` to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")(command)


def check_code(wanted: str, codebook: Codebook) -> None:
    """Say so when a code or theme that somebody asks for is none of the codebook's.

    Args:
        wanted: Id of a code or theme, or its beginning up to a dot; empty for all.
        codebook: The codebook.

    Raises:
        MissingFileError: There is no such code or theme.
    """
    if not codes_under(wanted, codebook):
        from difflib import get_close_matches

        names = dict.fromkeys(name for code in codebook.codes for name in (code.id, code.theme))
        near = get_close_matches(wanted, list(names), n=1)
        mean = f"Did you mean {near[0]}? " if near else ""
        raise MissingFileError(
            f"The codebook has no code or theme '{wanted}'.", hint=f"{mean}casepath codebook show lists the codes."
        )


def codes_under(wanted: str, codebook: Codebook) -> frozenset[str]:
    """Return the ids of a code with its details, or of all codes of a theme.

    Args:
        wanted: Id of a code or theme, or its beginning up to a dot; empty for all.
        codebook: The codebook.
    """
    start = wanted.rstrip(".") + "."
    return frozenset(
        code.id
        for code in codebook.codes
        if not wanted or (code.id + ".").startswith(start) or code.theme == wanted.rstrip(".")
    )


def place_name(place: Path, root: Path) -> str:
    """Return how a place is named to people: below the project's folder where it lies there, else in full.

    Args:
        place: A file or folder.
        root: The project's folder.
    """
    try:
        return place.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(place)


def print_problems(problems: Iterable[Problem], *, most: int = 0, rest: str = "") -> None:
    """Show problems on standard error, errors first, then by place; those that are word for word alike once.

    Args:
        problems: The problems.
        most: How many to show at most; 0 for all.
        rest: Where those stand that are not shown, in words.
    """
    order = list(Severity)
    times = Counter(problems)
    ranked = sorted(times, key=lambda problem: order.index(problem.severity))
    shown = ranked[:most] if most else ranked
    for problem, after in zip_longest(shown, shown[1:]):
        head = click.style(f"{problem.severity.value:<8}", fg=_COLOURS[problem.severity])
        again = f" ({times[problem]} times)" if times[problem] > 1 else ""
        click.echo(f"{head}{problem.code}  {problem.where}: {problem.message}{again}", err=True)
        # a hint that holds for several lines in a row stands once, below the last of them
        if problem.hint and (after is None or (after.code, after.hint) != (problem.code, problem.hint)):
            click.echo(f"              {problem.hint}", err=True)
    if len(shown) < len(ranked):
        kinds = Counter(problem.code for problem in ranked[len(shown) :])
        named = ", ".join(f"{number} {code}" for code, number in sorted(kinds.items()))
        click.echo(f"... and {kinds.total()} more ({named}){f'; {rest}' if rest else ''}.", err=True)


def severities(problems: Iterable[Problem], *, hidden: int = 0) -> str:
    """Return in words how many problems there are: "1 error, 2 warnings".

    Args:
        problems: The problems that are shown.
        hidden: How many notes are not shown, which ``--notes`` shows.
    """
    counts = Counter(problem.severity for problem in problems)
    told = ", ".join(count_of(counts[each], each.value) for each in Severity if counts[each]) or "no problems"
    return told + (f" (and {count_of(hidden, 'note')}: --notes)" if hidden else "")


def problem_as_data(problem: Problem) -> dict[str, str]:
    """Return a problem as JSON can hold it."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "where": problem.where,
        "message": problem.message,
        "hint": problem.hint,
    }


def print_json(data: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Write data as JSON to standard output, with Danish letters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


class ProgressLine:
    """A progress bar on one line of standard error, shown after a second of work and only to a person."""

    def __init__(self) -> None:
        self.stage = ""
        self.shown = False
        self.started = 0.0
        self.visible = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Start the clock."""
        import time

        self.clock = time.monotonic
        self.started = self.clock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self.shown:
            click.echo("\r" + " " * 60 + "\r", err=True, nl=False)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if not self.visible or self.clock() - self.started < 1.0:
            return
        if done % max(1, total // 50) and done != total:
            return
        filled = round(24 * done / max(1, total))
        bar = "█" * filled + "░" * (24 - filled)
        click.echo(f"\r{stage:<10}{bar} {done}/{total} ", err=True, nl=False)
        self.shown = True
