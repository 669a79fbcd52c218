"""Identity by content: digests and the ids made from them."""

import hashlib
import re

_SPACE = re.compile(r"\s+")


def digest(content: str | bytes) -> str:
    """Return the SHA-256 of a text (as UTF-8) or of bytes, as 64 hexadecimal characters."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def segment_id(case: str, text: str, repeat: int) -> str:
    """Return the id of a segment: it changes only when the case's name or the segment's words change.

    Args:
        case: The case's id.
        text: The segment's text; white space is folded before hashing.
        repeat: How many segments of the case with the same text stand before this one (0, 1, ...).
    """
    folded = _SPACE.sub(" ", text).strip()
    return "s1:" + digest(f"{case}\0{folded}\0{repeat}")[:16]
