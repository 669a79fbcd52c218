"""What the columns of a table of cases or texts are, told by their headers."""

from functools import lru_cache
from importlib import resources

from pipeline.corpus.labels import Book, label_key


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[str]]:
    import yaml

    file = resources.files("pipeline.corpus") / "data" / "columns.yaml"
    data: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {name: frozenset(label_key(word) for word in words) for name, words in data.items()}


def is_case_column(header: str) -> bool:
    """Say whether a column names the case: "case", "fil", "nr", "respondent"."""
    return label_key(header) in _names()["case"]


def is_text_column(header: str) -> bool:
    """Say whether a column holds the text: "tekst", "kommentar", "besvarelse"."""
    return label_key(header) in _names()["text"]


def attribute_of(header: str, book: Book) -> str:
    """Return the attribute that a column gives, by the template's labels or its plain name; empty for none.

    Args:
        header: The column's header.
        book: The template's labels.
    """
    match = book.attribute_controls.find(header)
    return match.name if match else ""
