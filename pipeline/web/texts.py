"""What the app says, in the reviewer's language."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from pipeline.model.codes import Label

Texts = Callable[..., str]
"""Called with a text's name, and what to fill in."""


@cache
def read_texts() -> dict[str, Label]:
    """Read all texts of the app."""
    import yaml

    raw = yaml.safe_load((Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8"))
    return {str(name): Label(each["da"], each["en"]) for name, each in raw.items()}


def texts(language: str) -> Texts:
    """Return the texts in a language, ``da`` or ``en``; asking for a name that is not there raises ``KeyError``."""
    found = {name: str(getattr(label, language)) for name, label in read_texts().items()}

    def text(name: str, /, **values: object) -> str:
        return found[name].format(**values) if values else found[name]

    return text
