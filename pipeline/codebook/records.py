"""A YAML file as read against its shape: plain values that know their lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number or flag with its line."""

    value: str | float | bool
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping as read.

    Attributes:
        line: The line it begins on.
        values: What could be read, by key.
        lines: The line of each key's value.
        sound: False when something in it could not be read or was missing; then it must not be used.
    """

    line: int
    values: Mapping[str, "Value"]
    lines: Mapping[str, int]
    sound: bool = True

    def has(self, key: str) -> bool:
        """Say whether a key was given and could be read."""
        return key in self.values

    def line_of(self, key: str) -> int:
        """Return the line of a key's value, or the record's own when it is not there."""
        return self.lines.get(key, self.line)

    def text(self, key: str, default: str = "") -> str:
        """Return a text, or the default when it is not there."""
        value = self.values.get(key)
        return str(value.value) if isinstance(value, Scalar) else default

    def number(self, key: str, default: float) -> float:
        """Return a number, or the default when it is not there."""
        value = self.values.get(key)
        return value.value if isinstance(value, Scalar) and isinstance(value.value, int | float) else default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false, or the default when it is not there."""
        value = self.values.get(key)
        return value.value if isinstance(value, Scalar) and isinstance(value.value, bool) else default

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """Return the texts of a list with their lines."""
        value = self.values.get(key)
        return tuple(item for item in value if isinstance(item, Scalar)) if isinstance(value, tuple) else ()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return tuple(str(item.value) for item in self.scalars(key))

    def record(self, key: str) -> "Record":
        """Return the mapping under a key, an empty one when it is not there."""
        value = self.values.get(key)
        return value if isinstance(value, Record) else Record(self.line, {}, {})

    def records(self, key: str) -> tuple["Record", ...]:
        """Return the mappings of a list, the unsound ones too."""
        value = self.values.get(key)
        return tuple(item for item in value if isinstance(item, Record)) if isinstance(value, tuple) else ()


Value = Union[Scalar, Record, tuple["Value", ...]]  # noqa: UP007 - the alias names itself in quotes
