"""The sentences of a codebook that are nearest to a sentence the model coded."""

from collections.abc import Iterable
from functools import lru_cache

from pipeline.coding.features import stem
from pipeline.language.words import words_of
from pipeline.model.codes import Code, Example

_SHORTEST = 4


def nearest_examples(text: str, code: Code, *, most: int = 2) -> tuple[Example, ...]:
    """Return the sentences of a code that share most of their words with a text, by the Jaccard index of their stems.

    Args:
        text: The sentence.
        code: The code with its examples and further sentences.
        most: How many to return at most; sentences that share no word are left out.
    """
    return _nearest(text, (*code.examples, *code.more), most)


def nearest_counter_examples(text: str, code: Code, *, most: int = 2) -> tuple[Example, ...]:
    """Return the counter-examples of a code that share most of their words with a text.

    Args:
        text: The sentence.
        code: The code with its counter-examples.
        most: How many to return at most; sentences that share no word are left out.
    """
    return _nearest(text, code.counter_examples, most)


def _nearest(text: str, examples: Iterable[Example], most: int) -> tuple[Example, ...]:
    here = _stems(text)
    ranked = sorted(
        ((_overlap(here, _stems(example.text)), example) for example in examples),
        key=lambda pair: (-pair[0], pair[1].line),
    )
    return tuple(example for overlap, example in ranked[:most] if overlap > 0)


@lru_cache(maxsize=50_000)
def _stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say something: short words are mostly grammar."""
    return frozenset(stem(word) for word in words_of(text) if len(word) >= _SHORTEST)


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
