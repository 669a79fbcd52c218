"""Changes of caseworker, support and placement that a sentence tells: numbers of them, and who left and came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Token, tokens_of
from pipeline.language.words import fold
from pipeline.patterns.staff_clauses import (
    Clause,
    People,
    When,
    clauses_of,
    denies,
    goes_on,
    is_to_come,
    of_somebody_else,
    opens_on_somebody_else,
    pattern,
    when_told,
)
from pipeline.patterns.staff_events import Event, Kind, joined, read_events
from pipeline.patterns.staff_lists import read_list
from pipeline.patterns.staff_numbers import ROLES, Basis, Hit, read_number
from pipeline.patterns.staff_roles import PEOPLE, post_in, role_in, role_named

_STAFF: dict[str, Any] = read_data("staff")
_CONSEQUENCES: tuple[str, ...] = tuple(_STAFF["consequences"])
_NUMBER_WORDS, _TO_COME, _LAW = (frozenset(_STAFF[name]) for name in ("number_words", "to_come", "law"))
_MOST: int = _STAFF["most"]


@dataclass(frozen=True, slots=True)
class StatedChanges:
    """A number of changes that a sentence states.

    Attributes:
        number: Changes so far.
        basis: What it is taken from.
        uncertain: True for vague numbers, for what is counted *siden* something, maybe before the course, and for one
            told as to come.
        start: Where its words begin in the sentence, in code points.
        end: Where they end, exclusive.
        words: The words from start to end.
        stands: True where it counts all until the text was written: *er den fjerde*, *har haft fem*.
        arrived: True where the one told came then: *fik sin fjerde*.
    """

    number: int
    basis: Basis
    uncertain: bool
    start: int
    end: int
    words: str
    stands: bool = True
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause tells: a number of changes, or that somebody left or came.

    Attributes:
        what: The number or the event.
        when: What the sentence's words say of its time, None for nothing.
        post: Which of several posts of a code it is about (mentor, contact person), empty where none is named.
        whose: First names of citizens in the clause, folded.
        named: True for a number that counts without a coding: its clause names the role and people in a row.
    """

    what: StatedChanges | Event
    when: When | None
    post: str
    whose: frozenset[str]
    named: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence coded as a change tells.

    Attributes:
        readings: In order.
        denied: True where a clause tells of no change: planned, called off, the same person, somebody else's staff.
        consequence: True where it tells what a change does to people.
    """

    readings: tuple[Reading, ...] = ()
    denied: bool = False
    consequence: bool = False


def read_changes(sentence: str, code: str, people: People | None = None) -> tuple[StatedChanges, ...]:
    """Read the numbers of changes that a sentence states, in order; empty where it tells of a change without a number.

    Args:
        sentence: A sentence coded as a change.
        code: The code, one of ``CHANGE_CODES``: it decides whose changes are counted.
        people: Whose staff counts; anybody's where None.
    """
    told = read_told(sentence, code, people)
    return tuple(each.what for each in told.readings if isinstance(each.what, StatedChanges))


def read_told(sentence: str, code: str, people: People | None = None) -> Told:
    """Read everything that a sentence tells of changes.

    Args:
        sentence: A sentence coded as a change.
        code: The code, one of ``CHANGE_CODES``.
        people: Whose staff counts; anybody's where None.
    """
    tokens = tokens_of(sentence)
    vocabulary = frozenset(token.text for token in tokens)
    text = " ".join(token.text for token in tokens)
    if vocabulary & _TO_COME or pattern("one_each").search(text):
        return Told(denied=True)
    hits = _hits(tokens, code, lawful=bool(vocabulary & _LAW))
    listed = {} if hits else read_list(sentence, tokens, ROLES[code])
    hits |= listed
    readings: list[Reading] = []
    words: list[str] = []
    denied = False
    consequence = _is_consequence(sentence)
    post, named = "", ""
    theirs = False
    for clause in clauses_of(tokens):
        post = post_in(clause.text, code) or post
        named = role_in(clause.text, code) or named
        whose = frozenset(clause.text.split()) & (people.names if people else frozenset())
        here = {place: hit for place, hit in hits.items() if clause.first <= place < clause.after}
        if people is not None:
            other = of_somebody_else(tokens, clause, people)
            if other or (theirs and goes_on(clause)):
                denied = theirs = True
                continue
            theirs = theirs or opens_on_somebody_else(tokens, clause, people)
        told: list[StatedChanges | Event] = []
        for place, hit in here.items():
            stated = _stated(sentence, tokens, place, hit)
            kept = _kept(tokens, clause, place, stated, foreign=named not in ("", code), text=text)
            told += [kept] if kept is not None else []
        denied |= len(told) < len(here)
        counted = bool(told)
        if (not here or told) and not listed:
            if named not in ("", code) or denies(clause) or is_to_come(clause, text, perhaps=True):
                denied |= not counted
            else:
                citizens = people.names if people else frozenset()
                events = read_events(sentence, tokens, clause, home=code not in PEOPLE, citizens=citizens)
                told += _beside(told, events) if counted else _softened(events, consequence=consequence)
        when = when_told(text, clause)
        readings += [Reading(each, when, post, whose, _is_plain(each, clause, code)) for each in told]
        words += [clause.text] * len(told)
    return Told(tuple(_joined(readings, words)), denied, consequence)


def _is_plain(what: StatedChanges | Event, clause: Clause, code: str) -> bool:
    """Say whether a number of changes is plain without a coding: its role is named, and that one followed another."""
    if isinstance(what, Event) or role_named(clause.text, first=code) != code:
        return False
    return what.basis is not Basis.PERSONS or bool(pattern("row").search(clause.text) or " x " in clause.text)


def _joined(readings: Sequence[Reading], words: Sequence[str]) -> list[Reading]:
    """Leave out what two clauses tell of one change."""
    events = [(each.what, text) for each, text in zip(readings, words, strict=True) if isinstance(each.what, Event)]
    kept = iter(joined(events))
    found = []
    for each in readings:
        what = next(kept) if isinstance(each.what, Event) else each.what
        if what is not None:
            found.append(replace(each, what=what))
    return found


def _hits(tokens: Sequence[Token], code: str, *, lawful: bool) -> dict[int, Hit]:
    """Return the numbers of changes by the token they begin at; *nr. 3* of a sentence on the law is none."""
    found: dict[int, Hit] = {}
    place = 0
    while place < len(tokens):
        hit = read_number(tokens, place, code)
        if hit is None:
            place += 1
            continue
        if 0 < hit.number <= _MOST and not (lawful and tokens[place].text in _NUMBER_WORDS):
            found[place] = hit
        place = hit.after
    return found


def _stated(sentence: str, tokens: Sequence[Token], place: int, hit: Hit) -> StatedChanges:
    start, end = tokens[place].start, tokens[hit.after - 1].end
    near = [token.text for token in tokens[hit.after : hit.after + 2]]
    since = hit.basis is not Basis.TIMES and (near[:1] == ["siden"] or near == [",", "siden"])
    course = when_told(" ".join(token.text for token in tokens[hit.after :]), Clause(0, 0, "")) is When.COURSE
    return StatedChanges(
        hit.number, hit.basis, hit.vague or (since and not course), start, end, sentence[start:end]
    )  # fmt: skip


def _kept(
    tokens: Sequence[Token], clause: Clause, place: int, stated: StatedChanges, *, foreign: bool, text: str
) -> StatedChanges | None:
    """Return a number as it counts, None where it tells of others, of people side by side, or of what may come."""
    behind = " ".join(token.text for token in tokens[clause.first : place])
    if stated.basis is Basis.PERSONS:
        in_a_row = pattern("row").search(clause.text)
        beside = pattern("there").search(behind) and not in_a_row
        if beside or any(pattern(name).search(clause.text) for name in ("vacant", "together")):
            return None
        return None if is_to_come(clause, text, perhaps=False) else stated
    if foreign:
        return None
    arrived = bool(pattern("arrived").search(clause.text))
    if stated.basis is Basis.TIMES:
        return None if is_to_come(clause, text, perhaps=False) or pattern("maybe").search(behind) else stated
    stands = bool(pattern("stands").search(clause.text)) and not (arrived and "har" not in clause.text.split())
    stated = replace(stated, stands=stands, arrived=arrived)
    if pattern("maybe").search(behind):
        return None
    if is_to_come(clause, text, perhaps=False):
        return replace(stated, number=stated.number - 1, uncertain=True) if stated.number > 1 else None
    return stated


def _beside(told: Iterable[StatedChanges | Event], events: Iterable[Event]) -> list[Event]:
    """Return who left beside the number of the person: *den tredje sagde op*."""
    numbers = [each.number + 1 for each in told if isinstance(each, StatedChanges) and each.basis is Basis.ORDINAL]
    return [replace(each, index=numbers[-1]) for each in events if each.kind is Kind.LEFT and numbers]


def _softened(events: list[Event], *, consequence: bool) -> list[Event]:
    """Return events as they count: in a sentence on what a change does, they are the change told already."""
    return [replace(each, kind=Kind.KNOWN) for each in events] if consequence else events


def tells_history(sentence: str) -> bool:
    """Say whether a sentence names the time before the course: *før projektet*, *som barn*.

    Args:
        sentence: The sentence.
    """
    text = " ".join(token.text for token in tokens_of(sentence))
    return when_told(text, Clause(0, 0, "")) is When.BEFORE


def tells_of_a_change(sentence: str) -> bool:
    """Say whether a sentence tells that somebody changed, and not only what that does, or that it may come.

    Args:
        sentence: A sentence coded as a change; *hun måtte begynde forfra* and *en eventuel femte* tell of none.
    """
    return not _is_consequence(sentence) and not _TO_COME.intersection(token.text for token in tokens_of(sentence))


def _is_consequence(sentence: str) -> bool:
    words = fold(sentence)
    return any(phrase in words for phrase in _CONSEQUENCES)
