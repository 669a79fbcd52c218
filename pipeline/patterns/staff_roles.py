"""Which roles and posts a text about staff names."""

from typing import Any

from pipeline.language.data import read_data
from pipeline.language.words import fold, words_of
from pipeline.patterns.staff_numbers import ROLES

_STAFF: dict[str, Any] = read_data("staff")
_SURE_ROLES: dict[str, list[str]] = _STAFF["sure_roles"]
_POSTS: dict[str, dict[str, str]] = _STAFF["posts"]
_NOT_ROLES: dict[str, list[str]] = _STAFF["not_roles"]

CHANGE_CODES = tuple(ROLES)
"""The codes whose sentences are counted as changes."""

PEOPLE = ("change.caseworker", "change.support")
"""Those of them that are about people, who may be told of in one sentence."""


def names_role(text: str, code: str) -> bool:
    """Say whether a text names a role of a code beyond doubt.

    Args:
        text: The text.
        code: The code.
    """
    words = fold(text)
    return any(part in words for part in _SURE_ROLES[code])


def role_named(text: str, *, first: str = "") -> str:
    """Return the code whose role a text names last beyond doubt, empty for none.

    Args:
        text: Some sentences of a case.
        first: A code that goes before the others where several are named.
    """
    if first and names_role(text, first):
        return first
    for word in reversed(words_of(text)):
        for code in CHANGE_CODES:
            if any(part in word for part in _SURE_ROLES[code]):
                return code
    return ""


def role_in(text: str, code: str) -> str:
    """Return the code of caseworker and support whose people a clause names: this one where both are, else empty.

    Args:
        text: The folded words of the clause.
        code: The code.
    """
    if code not in PEOPLE:
        return ""
    named = {each for each in PEOPLE for word in text.split() if _names(word, each)}
    return code if code in named else next(iter(named), "")


def _names(word: str, code: str) -> bool:
    foreign = _NOT_ROLES.get(ROLES[code][0], ())
    return any(role in word for role in ROLES[code]) and not any(other in word for other in foreign)


def post_in(text: str, code: str) -> str:
    """Return which of several posts of a code a clause names first, empty for none.

    Args:
        text: The folded words of the clause.
        code: The code.
    """
    posts = _POSTS.get(code, {})
    return next((post for word in text.split() for part, post in posts.items() if part in word), "")
