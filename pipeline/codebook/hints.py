"""What the author of a codebook may have meant: the known name nearest to a word, and how an id is written."""

import re
from functools import lru_cache

_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "-": "_", " ": "_"})


def spelling(text: str, form: str) -> str:
    """Say which letters an id may have, and how this one could be written; empty for names of other kinds.

    Args:
        text: The id as written.
        form: Regular expression that it does not match.
    """
    if not form.startswith("[a-z"):
        return ""
    better = text.lower().translate(_ASCII)
    mean = f": write '{better}'" if better != text and re.fullmatch(form, better) else ""
    return f"Ids have the letters a to z (no capitals, no æ, ø or å), digits and underscores{mean}."


@lru_cache(maxsize=512)
def near(word: str, known: tuple[str, ...], *, cutoff: float = 0.6) -> str:
    """Return the known name most like a word, empty where none is.

    Args:
        word: The word as written.
        known: The names there are.
        cutoff: How like it a name must be, 0-1.
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, n=1, cutoff=cutoff)), "")
