"""Words of a sentence: lower-cased forms for matching, and their places when they are needed."""

import re

WORD = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*|[§%]")
"""Letters and digits with inner apostrophes, full stops and hyphens; ``§`` and ``%`` stand alone."""

_FOLD = (("’", "'"), ("\u2011", "-"), ("\u0130", "I"))


def fold(text: str) -> str:
    """Return a text lower-cased, with one apostrophe and one hyphen, and of the same length.

    ``str.lower`` lengthens only U+0130, which is folded first: positions in the result are positions in the text.
    """
    return straighten(text).lower()


def straighten(text: str) -> str:
    """Return a text with one apostrophe and one hyphen, and of the same length."""
    for character, folded in _FOLD:
        if character in text:
            text = text.replace(character, folded)
    return text


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return WORD.findall(fold(text))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of ``words_of`` stands in the text, as (start, end) in code points."""
    return [match.span() for match in WORD.finditer(fold(text))]
