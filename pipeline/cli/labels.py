"""The language of the screen: the program speaks English, and names of the codebook stand in the project's language."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from pipeline.model.codes import Codebook, Label, say

if TYPE_CHECKING:
    from pipeline.patterns.qca.matrix import Matrix

F = TypeVar("F", bound=Callable[..., object])


def labels_option(command: F) -> F:
    """Add ``--lang`` to a command that names what the codebook holds."""
    return click.option(
        "--lang",
        type=click.Choice(["da", "en"]),
        help="Language of the codebook's labels; the project's when left out.",
    )(command)


def named(label: Label, lang: str) -> Label:
    """Return a label that reads the same in both languages: what an English sentence takes into itself.

    Args:
        label: A label of the codebook.
        lang: The language it is shown in, ``da`` or ``en``.
    """
    text = say(label, lang)
    return Label(text, text)


def named_codebook(codebook: Codebook, lang: str) -> Codebook:
    """Return a codebook whose codes have their labels in one language (see ``named``).

    Args:
        codebook: The codebook.
        lang: ``da`` or ``en``.
    """
    return replace(
        codebook,
        themes=tuple(
            replace(theme, codes=tuple(replace(code, label=named(code.label, lang)) for code in theme.codes))
            for theme in codebook.themes
        ),
    )


def named_matrix(matrix: "Matrix", lang: str) -> "Matrix":
    """Return a matrix whose conditions and outcome have their labels in one language (see ``named``).

    Args:
        matrix: The matrix of a QCA.
        lang: ``da`` or ``en``.
    """
    conditions = tuple(
        replace(condition, label=named(condition.label, lang)) if condition.label else condition
        for condition in matrix.conditions
    )
    return replace(matrix, conditions=conditions, label=named(matrix.label, lang) if matrix.label else None)
