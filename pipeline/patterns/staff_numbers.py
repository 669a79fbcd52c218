"""Numbers of people and of changes in a sentence about staff: two times, the fourth, three mentors, mentor x 3."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from pipeline.language.data import read_data
from pipeline.language.quantities import Quantity, Token, read_quantity, text_at

_STAFF: dict[str, Any] = read_data("staff")
ROLES: dict[str, tuple[str, ...]] = {code: tuple(stems) for code, stems in _STAFF["roles"].items()}
"""Words for the people of each code, parts of folded words."""

_PREDECESSORS: tuple[str, ...] = tuple(_STAFF["predecessors"])
_ANYBODY: tuple[str, ...] = tuple(_STAFF["anybody"])
_ORDINALS: dict[str, int] = _STAFF["ordinals"]
_SECOND, _FIRST, _NUMBER_WORDS, _TIMES, _BEFORE_TIMES, _NEW, _GONE = (
    frozenset(_STAFF[name]) for name in ("second", "first", "number_words", "times", "before_times", "new", "gone")
)
_ADJECTIVES, _NOT_NOUNS = frozenset(_STAFF["adjectives"]), frozenset(_STAFF["not_nouns"])
_AFTER_ORDINAL, _BEFORE_ORDINAL = frozenset(_STAFF["after_ordinal"]), frozenset(_STAFF["before_ordinal"])
_AFTER_NUMBER, _BEFORE_NUMBER = frozenset(_STAFF["after_number"]), frozenset(_STAFF["before_number"])
_LOST = frozenset(_STAFF["lost"])
_MORE_BEFORE, _MORE_AFTER = frozenset(_STAFF["more_before"]), frozenset(_STAFF["more_after"])
_CHANGE_OF = (*(part for parts in ROLES.values() for part in parts), *_STAFF["change_of"])
_CHANGE: tuple[str, ...] = tuple(_STAFF["change_verbs"])
_NOT_ROLES: dict[str, list[str]] = _STAFF["not_roles"]
_OWNERS = frozenset(_STAFF["possessives"]) | {"de"}
_REACH = 7
_UP_TO = (("oppe", "på"), ("nået", "til"), ("talt", "til"), ("blevet", "til"))
_BEFORE_SECOND = frozenset({"den", "det", "sin", "sit", "hans", "hendes", "deres", "", ",", ";"})
_THEM = frozenset({"hende", "ham", "mig"})
_AUTHOR = frozenset({"jeg", "mig", "undertegnede"})
_ARTICLES, _ONE = frozenset({"en", "et"}), frozenset({"én", "ét"})
_AFTER_DIFFERENT = frozenset({"har", "havde", "til", "siden", "", ".", ",", "på"})
_DONE = ("et", "ede", "te")
"""Endings of what is done to somebody: *en tredje tilknyttet*."""

_FULL = 3


class Basis(StrEnum):
    """What a number of changes is taken from."""

    TIMES = "times"
    """*Skiftede to gange*, *tre sagsbehandlerskift*: the number itself."""
    PERSONS = "persons"
    """*Fem rådgivere på tre år*: one less, at least."""
    ORDINAL = "ordinal"
    """*Den fjerde*, *nr. 4*: one less, at least."""


class Hit(NamedTuple):
    """A number of changes that begins at a token: the number, what it is taken from, and the token after it."""

    number: int
    basis: Basis
    vague: bool
    after: int


def read_number(tokens: Sequence[Token], place: int, code: str) -> Hit | None:
    """Read the number of changes that begins at a token, or None.

    Args:
        tokens: The tokens of a sentence coded as a change.
        place: Index of the token.
        code: The code: it decides whose changes are counted.
    """
    roles = ROLES[code]
    return (
        _times(tokens, place, roles)
        or _multiplied(tokens, place, roles)
        or _persons(tokens, place, roles)
        or _bare(tokens, place, roles)
        or _ordinal(tokens, place, roles)
    )


def is_role(word: str, roles: tuple[str, ...]) -> bool:
    """Say whether a word is a role or a compound that ends in one: *familierådgivere*, *ungdomskontaktperson*.

    Args:
        word: A folded word.
        roles: The roles of a code, parts of folded words.
    """
    if any(other in word for other in _NOT_ROLES.get(roles[0], ())):
        return False
    return any(role in word[-len(role) - 4 :] if len(role) > _FULL else word.startswith(role) for role in roles)


def is_change(word: str) -> bool:
    """Say whether a word is a change or a compound of it: *skift*, *sagsbehandlerskift*, *udskiftninger*.

    Args:
        word: A folded word.
    """
    if "skift" not in word or word in _NOT_NOUNS:
        return False
    return word.startswith(("skift", "udskift")) or any(part in word for part in _CHANGE_OF)


def _times(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> Hit | None:
    """Read *to gange* near a word of change, *tre sagsbehandlerskift*, *for tredje gang*, *det andet skift*."""
    word = text_at(tokens, place)
    nth = _ORDINALS.get(word, 2 if word in _SECOND and text_at(tokens, place - 1) in ("den", "det", "for") else 0)
    if nth:
        after = place + 1 + (text_at(tokens, place + 1) in _ADJECTIVES)
        if is_change(text_at(tokens, after)):
            return Hit(nth, Basis.TIMES, False, after + 1)
        if text_at(tokens, after) == "gang" and text_at(tokens, place - 1) == "for" and _new_one(tokens, roles):
            return Hit(nth, Basis.TIMES, False, after + 1)
        return None
    if word == "begge" and text_at(tokens, place + 1) in _TIMES and _new_one(tokens, roles):
        return Hit(2, Basis.TIMES, False, place + 2)
    if place == 0 and is_change(word) and (form := _of_a_form(tokens, place)) is not None:
        return Hit(form.number + 1, Basis.TIMES, form.vague, form.after)
    quantity = read_quantity(tokens, place)
    if quantity is None or quantity.high is None:
        return None
    after = quantity.after + (text_at(tokens, quantity.after) in _BEFORE_TIMES)
    if text_at(tokens, after) in _TIMES:
        before = (token.text for token in tokens[max(0, place - _REACH) : place])
        beyond = (token.text for token in tokens[after + 1 : after + 3])
        changed = any(word.startswith(_CHANGE) for word in before) or any(word.startswith(_CHANGE) for word in beyond)
        begins = place == 0 and _new_one(tokens, roles)
        return Hit(_least(quantity), Basis.TIMES, quantity.vague, after + 1) if changed or begins else None
    after += text_at(tokens, after) in _ADJECTIVES
    if word not in _ARTICLES and is_change(text_at(tokens, after)) and not text_at(tokens, after).startswith("skifte"):
        return Hit(_least(quantity), Basis.TIMES, quantity.vague, after + 1)
    return None


def _new_one(tokens: Sequence[Token], roles: tuple[str, ...]) -> bool:
    """Say whether a sentence has *ny sagsbehandler*, or a word of change."""
    return any(
        (token.text in _NEW and is_role(text_at(tokens, at + 1), roles)) or token.text.startswith(_CHANGE)
        for at, token in enumerate(tokens)
    )


def _least(quantity: Quantity) -> int:
    """Return a number as whole changes: of *et par* and *fire-fem* the least."""
    return int(quantity.low if quantity.low is not None else quantity.high or 0)


def _multiplied(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> Hit | None:
    """Read *mentor x 3*, *3 x mentor*, *mentorskift x 2* of notes."""
    word = text_at(tokens, place)
    if text_at(tokens, place + 1) != "x":
        return None
    if word.isdigit():
        beyond = text_at(tokens, place + 2)
        number = int(word)
        after = place + 3
    elif text_at(tokens, place + 2).isdigit():
        beyond, number, after = word, int(text_at(tokens, place + 2)), place + 3
    else:
        return None
    if is_change(beyond):
        return Hit(number, Basis.TIMES, False, after)
    return Hit(number - 1, Basis.PERSONS, False, after) if is_role(beyond, roles) and number > 1 else None


def _persons(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> Hit | None:
    """Read *tre forskellige mentorer*, also added up: *tre plejefamilier og et opholdssted*; *antal mentorer: 3*."""
    if text_at(tokens, place) == "antal" and is_role(text_at(tokens, place + 1), roles):
        return _of_a_form(tokens, place)
    if text_at(tokens, place) == "begge":
        after = _past_role(tokens, place + 1 + (text_at(tokens, place + 1) in _OWNERS), roles)
        gone = after is not None and any(token.text in _GONE for token in tokens[place:after])
        return Hit(2, Basis.PERSONS, False, after) if after is not None and gone else None
    quantity = read_quantity(tokens, place)
    if quantity is None or quantity.high is None or quantity.high < 2 or quantity.high != int(quantity.high):
        return None
    after = _past_role(tokens, quantity.after, roles)
    if after is None:
        return None
    number, vague = _least(quantity), quantity.vague or quantity.low != quantity.high
    last = text_at(tokens, after - 1)
    all_left = (
        last.startswith(_PREDECESSORS)
        or any(token.text in _GONE for token in tokens[quantity.after : after])
        or text_at(tokens, place - 1) in _MORE_BEFORE
        or any(token.text == "før" and text_at(tokens, at + 1) in _AUTHOR for at, token in enumerate(tokens))
        or any(token.text in _LOST for token in tokens[max(0, place - 2) : place])
        or text_at(tokens, after) in _MORE_AFTER
    )
    if text_at(tokens, after) == "og":
        more = read_quantity(tokens, after + 1 + (text_at(tokens, after + 1) == "på"))
        beyond = None if more is None else _past_role(tokens, more.after, roles)
        if more is not None and more.high is not None and beyond is not None:
            number, vague, after = number + _least(more), vague or more.vague, beyond
    return Hit(number - (not all_left), Basis.PERSONS, vague, after)


def _of_a_form(tokens: Sequence[Token], place: int) -> Hit | None:
    """Read the number after a colon: *antal sagsbehandlere i forløbet: 4*."""
    for at in range(place + 1, min(len(tokens), place + 2 + _REACH)):
        quantity = read_quantity(tokens, at + 1) if tokens[at].text == ":" else None
        if quantity is not None and quantity.high is not None and quantity.high > 1:
            return Hit(_least(quantity) - 1, Basis.PERSONS, quantity.vague, quantity.after)
    return None


def _bare(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> Hit | None:
    """Read a number without its noun: *oppe på fem*; *rådgivere har hun haft fire*; *før hende var der to*."""
    if text_at(tokens, place) in _ARTICLES | _ONE:
        return None
    quantity = read_quantity(tokens, place)
    if quantity is None or quantity.high is None or quantity.high < 2 or quantity.high != int(quantity.high):
        return None
    different = text_at(tokens, quantity.after) == "forskellige"
    if different and text_at(tokens, quantity.after + 1) in _AFTER_DIFFERENT:
        beside = text_at(tokens, place - 1) in ("er", "var")
        return None if beside else Hit(_least(quantity) - 1, Basis.PERSONS, True, quantity.after + 1)
    if text_at(tokens, quantity.after) not in _AFTER_NUMBER:
        return None
    behind = [text_at(tokens, place - step) for step in (1, 2, 3, 4)]
    pair = (behind[1], behind[0])
    up_to = pair in _UP_TO or (pair == ("op", "til") and behind[2] in ("talt", "talte", "nået", "kommet"))
    named = any(is_role(token.text, roles) for token in tokens[:place])
    number = _least(quantity)
    if up_to:
        return Hit(number - 1, Basis.PERSONS, quantity.vague, quantity.after)
    if behind[0] in _BEFORE_NUMBER and named and text_at(tokens, quantity.after) != "i":
        return Hit(number - 1, Basis.PERSONS, quantity.vague, quantity.after)
    if (
        behind[0] == "der"
        and behind[1] in ("var", "havde")
        and behind[2] in ("hende", "ham", "mig")
        and behind[3] == "før"
    ):
        return Hit(number, Basis.PERSONS, quantity.vague, quantity.after)
    return None


def _past_role(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> int | None:
    """Return the place after a role with up to two adjectives before it, or None."""
    for _ in range(2):
        place += text_at(tokens, place) in _ADJECTIVES
    word = text_at(tokens, place)
    return place + 1 if is_role(word, roles) or word.startswith(_ANYBODY) else None


def _ordinal(tokens: Sequence[Token], place: int, roles: tuple[str, ...]) -> Hit | None:
    """Read *den fjerde*, *tredje rådgiver*, *4. sagsbehandler*, *nr. 4*."""
    word = text_at(tokens, place)
    if word in _NUMBER_WORDS:
        at = place + 1 + (text_at(tokens, place + 1) == ".")
        quantity = read_quantity(tokens, at)
        if quantity is None or quantity.high is None or quantity.low != quantity.high or quantity.high < 2:
            return None
        return Hit(int(quantity.high) - 1, Basis.ORDINAL, False, quantity.after)
    if word in _SECOND and text_at(tokens, place - 1) in _BEFORE_SECOND:
        after = _past_role(tokens, place + 1, roles)
        return None if after is None else Hit(1, Basis.ORDINAL, False, after)
    if word.isdigit() and text_at(tokens, place + 1) == ".":
        after = _past_role(tokens, place + 2, roles)
        return None if after is None else Hit(int(word) - 1, Basis.ORDINAL, False, after)
    if word not in _ORDINALS:
        return None
    after = _past_role(tokens, place + 1, roles)
    if after is not None:
        return Hit(_ORDINALS[word] - 1, Basis.ORDINAL, False, after)
    beyond = text_at(tokens, place + 1)
    if text_at(tokens, place - 1) in _BEFORE_ORDINAL and (beyond in _AFTER_ORDINAL or beyond.endswith(_DONE)):
        return Hit(_ORDINALS[word] - 1, Basis.ORDINAL, False, place + 1)
    return None
