"""Mistakes in users' data, as values that travel beside the data and are shown together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How much a problem matters: an error stops the file or the run, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the user's data.

    Attributes:
        code: Stable short code, such as ``CB07``; documented in the README's table of problems.
        severity: How much it matters.
        where: File and place (``waiting.yaml:31``, ``A-01.docx, paragraph 12``); never case text.
        message: One sentence that says what is wrong; never case text.
        hint: One sentence that says what to do.
    """

    code: str
    severity: Severity
    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A value read from the user's data, with the problems met on the way."""

    value: T
    problems: tuple[Problem, ...] = ()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
