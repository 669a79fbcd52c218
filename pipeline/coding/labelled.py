"""Sentences whose codes are known: what a model learns from and what a coder is measured against."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import Codebook, Example, core_code


class Source(StrEnum):
    """Where a labelled sentence comes from."""

    REFERENCE = "reference"
    """A case coded by the reference coders."""
    NARRATIVE = "narrative"
    """An invented case, coded by its author."""
    SCENE = "scene"
    """A few sentences on end of an invented case, coded by their author."""
    PAIR = "pair"
    """A sentence that denies, fears or wishes a code away, or its twin in much the same words that states it."""
    RETOLD = "retold"
    """A sentence of the reference told anew by another writer, about other people, with the same codes."""
    CODEBOOK = "codebook"
    """An example of the codebook that its rules were written for."""
    FURTHER = "further"
    """A further sentence of the codebook that no rule was written for."""
    REVIEW = "review"
    """A reviewer's decision."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence with the codes it carries.

    Attributes:
        id: Unique among the sentences of a training.
        case: Id of its case; empty for a sentence that stands alone.
        text: The sentence.
        codes: Core codes it carries.
        fringe: Core codes that one coder gave and another did not: neither right nor wrong.
        before: Those of its codes that speak of the time before the course.
        section: Kind of its section, empty where there is none.
        cluster: Cluster of its case, empty where there is none.
        context: The sentence before, where the sentence stands alone; the case's order gives it otherwise.
        group: What is held out together in a cross-validation: a municipality, a set of invented cases.
        source: Where it comes from.
        denies: Core codes whose phenomenon it denies, fears or wishes away, where that is known.
        partial: True when only ``codes`` are known: other codes may apply too, as in an example of one code.
    """

    id: str
    case: str
    text: str
    codes: frozenset[str]
    fringe: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    section: str = ""
    cluster: str = ""
    context: str = ""
    group: str = ""
    source: Source = Source.REVIEW
    denies: frozenset[str] = frozenset()
    partial: bool = False


def codebook_sentences(codebook: Codebook) -> tuple[Labelled, ...]:
    """Return the sentences of a codebook as labelled sentences: examples, further sentences and counter-examples.

    Args:
        codebook: The codebook.
    """
    found: list[Labelled] = []
    for code in codebook.codes:
        parts: tuple[tuple[str, tuple[Example, ...], Source, set[str]], ...] = (
            ("example", code.examples, Source.CODEBOOK, {code.parent}),
            ("more", code.more, Source.FURTHER, {code.parent}),
            ("counter", code.counter_examples, Source.CODEBOOK, set()),
        )
        for kind, examples, source, own in parts:
            found.extend(_from_examples(code.id, kind, examples, source, own))
    return tuple(found)


def _from_examples(
    code: str, kind: str, examples: Iterable[Example], source: Source, own: set[str]
) -> Iterable[Labelled]:
    for number, example in enumerate(examples, start=1):
        codes = frozenset(own | {core_code(other) for other in example.codes})
        yield Labelled(
            id=f"{code}/{kind}{number}",
            case="",
            text=example.text,
            codes=codes,
            before=codes if example.before else frozenset(),
            section=example.section,
            context=example.context,
            group="codebook",
            source=source,
            partial=True,
        )
