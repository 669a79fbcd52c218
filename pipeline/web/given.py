"""What people write into forms: taken as it stands, without what no file could hold."""

import re

from flask import abort

LONGEST_REASON = 2000
LONGEST_NOTE = 20_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def words_given(value: object, longest: int) -> str:
    """Return a text that was given; what is no text, or longer than a field takes, is refused, never cut.

    Control characters and lone halves of surrogate pairs are left out: neither XML nor UTF-8 can hold them.

    Args:
        value: What was given.
        longest: Characters that it may have.
    """
    if not isinstance(value, str):
        abort(400)
    if len(value) > longest:
        abort(413)
    return _CONTROL.sub("", value.replace("\r\n", "\n")).encode("utf-8", "ignore").decode("utf-8").strip()
