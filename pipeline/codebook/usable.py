"""A codebook that can be worked with, or an error that says why not."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.codebook.load import load_codebook
from pipeline.errors import PipelineError
from pipeline.model.codes import Codebook
from pipeline.model.problems import Problem, Severity, has_errors
from pipeline.model.wording import count_of


def usable_codebook(folder: Path) -> tuple[Codebook, tuple[Problem, ...]]:
    """Load the codebook of a folder, or stop where it has errors.

    Args:
        folder: The codebook's folder.

    Raises:
        PipelineError: The codebook has errors; ``casepath check`` shows them.
    """
    loaded = load_codebook(folder)
    if loaded.value is None or has_errors(loaded.problems):
        raise unusable(loaded.problems)
    return loaded.value, loaded.problems


def unusable(problems: Iterable[Problem]) -> PipelineError:
    """Return the error that stops work with a codebook that has errors.

    Args:
        problems: What is wrong with it.
    """
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    first = f" {'The first' if errors[1:] else 'It'} is in {errors[0].where}: {errors[0].message}" if errors else ""
    return PipelineError(
        f"The codebook has {count_of(len(errors), 'error')}.{first}", hint="Run casepath check to see them all."
    )
