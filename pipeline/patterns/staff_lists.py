"""People listed by name: *sagsbehandlere: Anne, Bo og Carsten*, *fra Anne til Bo til mig*."""

from collections.abc import Sequence
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.dates import read_dates
from pipeline.language.quantities import Token, text_at
from pipeline.patterns.staff_events import is_name
from pipeline.patterns.staff_numbers import Basis, Hit, is_change, is_role

_STAFF: dict[str, Any] = read_data("staff")
_SOMEBODY = frozenset(_STAFF["somebody"])
_LINKS = frozenset({",", "og", "samt", "nu", "så", "en", "/", "siden", "derefter", "herefter", "senest"})
_GIVEN = frozenset({":", "haft", "havde"})
_PLURAL = ("ere", "erne", "er", "ne", "ner")
_ASIDE = 12
_CHANGED = frozenset({"skiftet", "skiftede", "udskiftet"})
_BOTH = frozenset({"og", "samt"})
_BETWEEN = frozenset({"og", "samt", "igen", "i", "den", "senest", "så", ",", "atter", "til", "om", "."})


def read_list(sentence: str, tokens: Sequence[Token], roles: tuple[str, ...]) -> dict[int, Hit]:
    """Return the people of a role who are listed by name, as one number at the token the list begins at, or nothing.

    Args:
        sentence: The sentence.
        tokens: Its tokens.
        roles: The roles of the code.
    """
    for place in range(1, len(tokens)):
        if tokens[place - 1].text not in _GIVEN or not _is_person(sentence, tokens, place):
            continue
        count, after, links = _row(sentence, tokens, place)
        if count < 2 or (count == 2 and tokens[place - 1].text != ":"):
            continue
        before = any(_is_several(token.text, roles) for token in tokens[:place])
        behind = any(_is_several(token.text, roles) for token in tokens[after : after + 4])
        if before or behind or (count > 2 and (links or tokens[place - 1].text == ":")):
            return {place: Hit(count - 1, Basis.PERSONS, False, after)}
    return _handed_on(sentence, tokens) or _dated(sentence, tokens)


def _is_several(word: str, roles: tuple[str, ...]) -> bool:
    return word.endswith(_PLURAL) and is_role(word, roles)


def _is_person(sentence: str, tokens: Sequence[Token], place: int) -> bool:
    return is_name(sentence, tokens, place) or text_at(tokens, place) in _SOMEBODY


def _row(sentence: str, tokens: Sequence[Token], place: int) -> tuple[int, int, bool]:
    """Count the people of a list from its first: how many, the token after the last, and whether *nu* stands in it."""
    count, last, now = 1, place, False
    at = place + 1
    while at < len(tokens) and at - last <= _ASIDE:
        word = tokens[at].text
        if word == "(":
            while at < len(tokens) and tokens[at].text != ")":
                at += 1
            last = max(last, at)
        elif _is_person(sentence, tokens, at) and tokens[at - 1].text in _LINKS:
            count, last = count + 1, at
        elif word == ";":
            break
        now |= word == "nu"
        at += 1
    return count, last + 1, now


def _handed_on(sentence: str, tokens: Sequence[Token]) -> dict[int, Hit]:
    """Read *fra Anne til Bo og videre til mig*: as many changes as *til* before a person."""
    for place, token in enumerate(tokens):
        if token.text != "fra" or not _is_person(sentence, tokens, place + 1):
            continue
        rest = range(place + 2, len(tokens))
        ends = [at for at in rest if tokens[at].text == "til" and _is_person(sentence, tokens, at + 1)]
        if len(ends) > 1:
            return {place: Hit(len(ends), Basis.TIMES, False, ends[-1] + 2)}
    return {}


def _dated(sentence: str, tokens: Sequence[Token]) -> dict[int, Hit]:
    """Read *skiftet i marts og igen i oktober*: as many changes as dates in a row behind a word of change."""
    place = next((at for at, token in enumerate(tokens) if is_change(token.text) or token.text in _CHANGED), None)
    if place is None:
        return {}
    dates = [each for each in read_dates(sentence) if each.start >= tokens[place].end]
    last, count = tokens[place].end, 0
    for each in dates:
        between = [token.text for token in tokens if last <= token.start < each.start]
        if count and not (set(between) <= _BETWEEN and _BOTH.intersection(between)):
            break
        last, count = each.end, count + 1
    after = next((at for at, token in enumerate(tokens) if token.start >= last), len(tokens))
    return {place: Hit(count, Basis.TIMES, False, after)} if count > 1 else {}
