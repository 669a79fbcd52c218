"""The clauses of a sentence about staff: what speaks against a change, when it was, and whose staff it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Token, text_at
from pipeline.model.cases import Case, Cluster

_STAFF: dict[str, Any] = read_data("staff")
_KIN_ENDINGS: frozenset[str] = frozenset(_STAFF["kin_endings"])
_POSSESSIVES, _PRONOUNS, _OWN = (frozenset(_STAFF[name]) for name in ("possessives", "pronouns", "own_verbs"))
_BREAKS = frozenset({",", ";", ":", "–", "—", "men", "mens", "hvorefter", "hvoraf"})
_AFTER_AND, _CHILD_WORDS = frozenset(_STAFF["after_and"]), frozenset(_STAFF["child_words"])
_STAFF_PARTS = ("sag", "skift", *(part for parts in _STAFF["roles"].values() for part in parts))
_CHILD = 18
_REACH = 5
_SUBJECT = 3


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return one of the regular expressions of ``staff.yaml``, a list of them joined.

    Args:
        name: Its key.
    """
    given = _STAFF[name]
    return re.compile(given if isinstance(given, str) else "|".join(given))


class When(StrEnum):
    """What a sentence's own words say of the time of a change."""

    COURSE = "course"
    BEFORE = "before"
    ENTRY = "entry"
    """The course begins."""


@dataclass(frozen=True, slots=True)
class People:
    """Whose staff is the case's own.

    Attributes:
        family: True where the whole family is the citizen.
        adult: True where children are not the citizen either.
        names: First names of the citizens, folded.
        children: Those of them that are children.
    """

    family: bool = False
    adult: bool = False
    names: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()

    @classmethod
    def of(cls, case: Case) -> "People":
        """Return the people of a case, from what its form says."""
        names = {each.name.lower(): each.age for each in case.attributes.citizens if each.name}
        return cls(
            case.attributes.cluster is Cluster.FAMILY,
            case.attributes.cluster is Cluster.ADULT,
            frozenset(names),
            frozenset(name for name, age in names.items() if age is not None and age < _CHILD),
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its first token, the one after its last, and its folded words."""

    first: int
    after: int
    text: str


def clauses_of(tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """Split a sentence at its marks, at *men* and the like, and at *og* before another verb.

    Args:
        tokens: The tokens of the sentence.
    """
    found: list[Clause] = []
    first = 0
    for place, token in enumerate(tokens):
        breaks = token.text in _BREAKS or (
            token.text == "og" and any(text_at(tokens, place + step) in _AFTER_AND for step in (1, 2))
        )
        if breaks and place > first:
            found.append(_clause(tokens, first, place))
            first = place + 1
        elif breaks:
            first = place + 1
    if first < len(tokens):
        found.append(_clause(tokens, first, len(tokens)))
    return tuple(found)


def _clause(tokens: Sequence[Token], first: int, after: int) -> Clause:
    return Clause(first, after, " ".join(token.text for token in tokens[first:after]))


def denies(clause: Clause) -> bool:
    """Say whether a clause tells that nobody changed: the same person, an empty chair, people side by side."""
    if "den gamle og den nye" in clause.text:
        return False
    return any(pattern(name).search(clause.text) for name in ("same", "vacant", "together"))


def is_to_come(clause: Clause, sentence: str, *, perhaps: bool) -> bool:
    """Say whether what a clause tells has not happened: planned, feared, called off, or told with a time ahead.

    Args:
        clause: The clause.
        sentence: The folded sentence, as a time ahead holds for all its verbs in the present.
        perhaps: Heed also what may come or was called off, and not only what will.
    """
    if pattern("planned").search(clause.text):
        return True
    if perhaps and (pattern("maybe").search(clause.text) or pattern("called_off").search(sentence)):
        return True
    if not pattern("present").search(clause.text):
        return False
    dated = pattern("first_person").search(clause.text) and pattern("on_a_date").search(clause.text)
    return bool(dated or pattern("ahead").search(sentence))


def when_told(sentence: str, clause: Clause) -> When | None:
    """Return what a sentence says of the time of one of its clauses, the clause's own words first; None for nothing.

    Args:
        sentence: The folded words of the sentence.
        clause: The clause.
    """
    return _when(clause.text) or _when(sentence)


def _when(text: str) -> When | None:
    course = pattern("course").search(text)
    before = pattern("history").search(text)
    entry = pattern("entry").search(text)
    if before and not (course and not _inside(course, before)):
        return When.BEFORE
    if entry and not (course and not _inside(course, entry)):
        return When.ENTRY
    return When.COURSE if course else None


def _inside(one: "re.Match[str]", other: "re.Match[str]") -> bool:
    """Say whether words stand in others, or right behind: *inden hun kom med* holds *i projektet* too."""
    return other.start() <= one.start() <= other.end() + 1


def of_somebody_else(tokens: Sequence[Token], clause: Clause, people: People) -> bool:
    """Say whether the staff of a clause is somebody else's: *hans mor har skiftet*, *kærestens sagsbehandler*.

    Args:
        tokens: The tokens of the sentence.
        clause: The clause.
        people: Whose staff counts.
    """
    if people.family and pattern("childhood").search(clause.text) and not _names_a_child(clause, people):
        return True
    own = frozenset(clause.text.split()) & people.names
    for place in range(clause.first, clause.after):
        if not _is_other(tokens, place, people):
            continue
        if _owns(tokens, place) or _has_staff(tokens, place, clause):
            return not own
    return False


def opens_on_somebody_else(tokens: Sequence[Token], clause: Clause, people: People) -> bool:
    """Say whether a clause is only the subject of a later one, and another's: *Mor, som er syg, har fået ...*.

    Args:
        tokens: The tokens of the sentence.
        clause: The clause.
        people: Whose staff counts.
    """
    return clause.after - clause.first <= _SUBJECT and _is_other(tokens, clause.after - 1, people)


def goes_on(clause: Clause) -> bool:
    """Say whether a clause begins with a verb of having, whose subject stands before: *..., har fået*.

    Args:
        clause: The clause.
    """
    return clause.text.split(" ", 1)[0] in _OWN


def _owns(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a person stands in the genitive before staff: *kærestens sagsbehandler*, *mors sag*."""
    near = [text_at(tokens, place + step) for step in (1, 2, 3)]
    return tokens[place].text.endswith("s") and any(part in word for word in near for part in _STAFF_PARTS)


def _names_a_child(clause: Clause, people: People) -> bool:
    words = frozenset(clause.text.split())
    return bool(words & (people.children | _CHILD_WORDS))


def _is_other(tokens: Sequence[Token], place: int, people: People) -> bool:
    """Say whether a word names a person who is not the citizen."""
    word = tokens[place].text
    owned = text_at(tokens, place - 1) in _POSSESSIVES
    if _is_kin(word, _STAFF["outside"]):
        return owned or not word.startswith("kollega")
    if people.family:
        return False
    if _is_kin(word, _STAFF["children"]):
        return people.adult or (owned and text_at(tokens, place - 1) in ("hans", "hendes"))
    return _is_kin(word, _STAFF["kin"])


def _is_kin(word: str, stems: Iterable[str]) -> bool:
    return any(word.startswith(stem) and word[len(stem) :] in _KIN_ENDINGS for stem in stems)


def _has_staff(tokens: Sequence[Token], place: int, clause: Clause) -> bool:
    """Say whether a person is the subject of having or getting, or stands behind it or behind *for*, *hos*."""
    before = place - 1 - (text_at(tokens, place - 1) in _POSSESSIVES)
    if text_at(tokens, before) in _OWN and before >= clause.first:
        return True
    for at in range(place + 1, min(clause.after, place + 1 + _REACH)):
        if tokens[at].text in _OWN:
            return text_at(tokens, at + 1) not in _PRONOUNS
    return False
