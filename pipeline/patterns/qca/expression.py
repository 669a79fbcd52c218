"""Reading and writing terms: ``DEV*~URB + DEV[2]``."""

import re
from collections.abc import Iterable, Sequence
from itertools import product

from pipeline.errors import PipelineError
from pipeline.patterns.qca.matrix import Condition, Cube

_LITERAL = re.compile(r"(~?)\s*([^\W\d]\w*)\s*(?:[\[{]\s*(\d+(?:\s*,\s*\d+)*)\s*[\]}])?")


def write_term(cube: Cube, conditions: Sequence[Condition]) -> str:
    """Write a term: ``DEV*~URB``, and ``DEV[2]*URB[0]`` when a condition has more than two values.

    A term without conditions, which covers everything, is written ``1``.
    """
    brackets = any(condition.levels > 2 for condition in conditions)
    parts = []
    for value, condition in zip(cube, conditions, strict=True):
        if value is not None:
            parts.append(f"{condition.name}[{value}]" if brackets else "~" * (value == 0) + condition.name)
    return "*".join(parts) or "1"


def write_model(cubes: Iterable[Cube], conditions: Sequence[Condition]) -> str:
    """Write a model: its terms joined by ``+``; ``–`` for none."""
    return " + ".join(write_term(cube, conditions) for cube in cubes) or "–"


def read_model(text: str, conditions: Sequence[Condition]) -> tuple[Cube, ...]:
    """Read an expression into its terms; ``~DEV[1]`` and ``DEV[0,2]`` become one term per value.

    Args:
        text: Terms joined by ``+``, conditions joined by ``*``, ``~`` for absence, ``[2]`` for a value.
        conditions: The conditions that may be named, in any letter case.

    Raises:
        PipelineError: The text is not written like this, names another condition or a value it does not have.
    """
    found: list[Cube] = []
    for part in text.split("+"):
        for cube in _read_term(part.strip(), conditions):
            if cube not in found:
                found.append(cube)
    return tuple(found)


def _read_term(text: str, conditions: Sequence[Condition]) -> Iterable[Cube]:
    if text == "1":
        return [(None,) * len(conditions)]
    allowed: list[frozenset[int] | None] = [None] * len(conditions)
    places = {condition.name.casefold(): index for index, condition in enumerate(conditions)}
    for literal in re.split(r"[*·]", text):
        match = _LITERAL.fullmatch(literal.strip())
        if match is None:
            raise PipelineError(f"'{literal.strip()}' is no condition.", hint="Write terms like DEV*~URB + DEV[2].")
        absent, name, listed = match.groups()
        if name.casefold() not in places:
            raise PipelineError(
                f"There is no condition '{name}'.", hint=f"The conditions are {', '.join(c.name for c in conditions)}."
            )
        index = places[name.casefold()]
        values = _values(conditions[index], absent=bool(absent), listed=listed)
        before = allowed[index]
        allowed[index] = values if before is None else values & before
    choices = [(None,) if values is None else tuple(sorted(values)) for values in allowed]
    return product(*choices)


def _values(condition: Condition, *, absent: bool, listed: str | None) -> frozenset[int]:
    every = frozenset(range(condition.levels))
    if listed is None and condition.levels > 2:
        return frozenset({0}) if absent else every - {0}
    values = frozenset(int(value) for value in listed.split(",")) if listed else frozenset({1})
    if not values <= every:
        raise PipelineError(
            f"'{condition.name}' has no such value.", hint=f"Its values are 0 to {condition.levels - 1}."
        )
    return every - values if absent else values
