"""What the words of a table tell of its numbers: totals, sizes of groups, counts within others."""

import re

from pipeline.model.codes import Label

_TOTAL = re.compile(r"\b(?:i alt|in all|total)\b", re.IGNORECASE)
_N = re.compile(r"\s*\(?\bn\s*=\s*(\d+)\)?")
_PART = re.compile(r"\d+\s+(?:af|ud af|of|out of)\s+\d+")
_OF = re.compile(r"\d+\s+(?:af|ud af|of|out of)\s+\d+|\d+\s*/\s*\d+|\bn\s*=\s*\d+")


def names_a_total(label: Label) -> bool:
    """Say whether a heading calls what stands below it a total."""
    return bool(_TOTAL.search(label.da))


def told_size(label: Label) -> int:
    """Return the size of a group that its heading tells ("n = 34"), 0 where it tells none."""
    told = _N.search(label.da)
    return int(told[1]) if told else 0


def without_size(label: Label) -> Label:
    """Return a label without the size of the group in it."""
    return Label(_N.sub("", label.da), _N.sub("", label.en))


def tells_a_count(note: Label) -> bool:
    """Say whether a note tells a count within another ("I 41 af 98 cases"), which no suppression reaches."""
    return bool(_PART.search(note.da) or _PART.search(note.en))


def has_small_words(text: Label) -> bool:
    """Say whether a text tells counts in words ("4 af 20", "n = 3"), which no suppression reaches."""
    return bool(_OF.search(text.da) or _OF.search(text.en))
