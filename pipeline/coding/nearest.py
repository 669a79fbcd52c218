"""The sentences of a codebook that are nearest to a sentence the model coded."""

from pipeline.coding.features import stem
from pipeline.language.words import words_of
from pipeline.model.codes import Code, Example


def nearest_examples(text: str, code: Code, *, most: int = 2) -> tuple[Example, ...]:
    """Return the sentences of a code that share most of their words with a text, by the Jaccard index of their stems.

    Args:
        text: The sentence.
        code: The code with its examples and further sentences.
        most: How many to return at most; sentences that share no word are left out.
    """
    here = _stems(text)
    ranked = sorted(
        ((_overlap(here, _stems(example.text)), example) for example in (*code.examples, *code.more)),
        key=lambda pair: (-pair[0], pair[1].line),
    )
    return tuple(example for overlap, example in ranked[:most] if overlap > 0)


def _stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say something: short words are mostly grammar."""
    return frozenset(stem(word) for word in words_of(text) if len(word) >= _SHORTEST)


_SHORTEST = 4


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
