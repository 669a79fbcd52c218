"""Where rules and model part: what the model suggests and no rule found, and what rules found and the model doubts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.coding.combined import MODEL
from pipeline.coding.nearest import nearest_counter_examples, nearest_examples
from pipeline.model.codes import Codebook, Example
from pipeline.model.codings import Assertion, Coding


class Kind(StrEnum):
    """Who says what."""

    MODEL_ONLY = "model only"
    """The model suggests the code, and no rule found it."""
    DOUBTED = "doubted"
    """A rule found the code, and the model finds it unlikely."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One sentence and code on which rules and model part.

    Attributes:
        kind: Who says what.
        coding: The coding; its confidence is the model's, that the sentence carries the code.
        words: The words behind it, strongest first: the model's where it stands alone, else the rules'.
        near: The codebook's nearest examples; of a doubted one its nearest counter-examples.
    """

    kind: Kind
    coding: Coding
    words: tuple[str, ...]
    near: tuple[Example, ...]

    @property
    def sureness(self) -> float:
        """How sure the model is of what it says: that the code holds, or of a doubted one that it does not."""
        return self.coding.confidence if self.kind is Kind.MODEL_ONLY else round(1.0 - self.coding.confidence, 3)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Suggestions of one kind.

    Attributes:
        kind: The kind.
        total: How many there are.
        shown: The surest of them.
    """

    kind: Kind
    total: int
    shown: tuple[Suggestion, ...]


def find_suggestions(
    codings: Iterable[Coding],
    codebook: Codebook,
    *,
    codes: Collection[str] | None = None,
    least: float = 0.0,
    most: int = 0,
) -> tuple[Suggested, ...]:
    """Return where rules and model part, by kind, those that the model is surest of first.

    Args:
        codings: The codings of the combined coder.
        codebook: Gives the examples.
        codes: Only these codes; None for all.
        least: Only where the model is at least so sure, 0 to 1.
        most: How many of each kind to show; 0 for all.
    """
    ranked: dict[Kind, list[tuple[float, int, Coding]]] = {kind: [] for kind in Kind}
    for number, coding in enumerate(codings):
        kind = _kind(coding)
        if kind is None or (codes is not None and coding.code not in codes):
            continue
        sureness = coding.confidence if kind is Kind.MODEL_ONLY else 1.0 - coding.confidence
        if sureness >= least:
            ranked[kind].append((-sureness, number, coding))
    return tuple(
        Suggested(
            kind,
            len(found),
            tuple(_suggestion(kind, coding, codebook) for _, _, coding in sorted(found)[: most or None]),
        )
        for kind, found in ranked.items()
    )


def _kind(coding: Coding) -> Kind | None:
    if coding.assertion is Assertion.DOUBTFUL:
        return Kind.DOUBTED
    return Kind.MODEL_ONLY if coding.coder == MODEL and coding.counts else None


def _suggestion(kind: Kind, coding: Coding, codebook: Codebook) -> Suggestion:
    code = codebook.code(coding.code)
    near = nearest_examples if kind is Kind.MODEL_ONLY else nearest_counter_examples
    words = tuple(dict.fromkeys(evidence.words for evidence in coding.evidence))
    return Suggestion(kind, coding, words, near(coding.sentence, code))
