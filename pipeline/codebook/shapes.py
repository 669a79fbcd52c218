"""What a YAML file of the codebook may hold: the shapes that both the loader and the editors' schema come from."""

from dataclasses import dataclass
from enum import Enum
from typing import Union


class Need(Enum):
    """How much a key is needed."""

    REQUIRED = "required"
    """Without it the record cannot be used."""
    WANTED = "wanted"
    """Without it a warning."""
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Text:
    """A text.

    Attributes:
        form: Regular expression that the whole text must match; empty for any text.
        says: The same in words, for messages.
        pattern: True for a text in the pattern language.
        guard: True where a text cut off by YAML at `` #`` deserves a warning.
        known: Usual values, offered by editors.
    """

    form: str = ""
    says: str = ""
    pattern: bool = False
    guard: bool = False
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A number from ``least`` to ``most``; whole numbers only where ``whole``."""

    least: float
    most: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A list of at least ``least`` items of one shape."""

    item: "Shape"
    least: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record, with the sentence that editors show for it."""

    name: str
    shape: "Shape"
    need: Need = Need.FREE
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with known keys.

    Attributes:
        keys: The keys it may hold.
        name: Name of the shape in the editors' schema.
        short: Key that a plain text stands for (an example may be just its text); empty for none.
    """

    keys: tuple[Key, ...]
    name: str
    short: str = ""

    @property
    def called(self) -> str:
        """How messages call a record of this shape."""
        return self.name.replace("_", " ")

    @property
    def by_name(self) -> dict[str, Key]:
        """The keys by their names."""
        return {key.name: key for key in self.keys}


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping whose keys are names chosen by the author."""

    item: "Shape"
    form: str = ""
    says: str = ""


Shape = Union[Text, Number, Flag, Choice, Several, Fields, Named]  # noqa: UP007 - the classes above name it in quotes
