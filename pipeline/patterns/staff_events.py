"""Who left and who came, clause by clause, in a sentence about staff."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.quantities import Token, text_at
from pipeline.patterns.staff_clauses import Clause, pattern

_STAFF: dict[str, Any] = read_data("staff")
_NOT_NAMES, _SOMEBODY = frozenset(_STAFF["not_names"]), frozenset(_STAFF["somebody"])
_NEXT, _FIRST = frozenset(_STAFF["next_words"]), frozenset(_STAFF["first_words"])
_ORDINALS: dict[str, int] = {"første": 1, "anden": 2, "andet": 2, **_STAFF["ordinals"]}
_ARRIVES = frozenset({"kom", "det", "hedder", "hed", "overtog", "blev", "været"})
_ARROWS = frozenset("→>")
_AFTER_NEW, _AFTER_ORDINAL = frozenset(_STAFF["after_new"]), frozenset(_STAFF["after_ordinal"])
_STAFF_PARTS = (*(part for parts in _STAFF["roles"].values() for part in parts), *_STAFF["staff_nouns"])
_NEWS = re.compile(r"\b(ny|nye|nyt) (\S+)")
_ACTS, _VERBS = frozenset(_STAFF["acts"]), frozenset(_STAFF["after_and"]) - frozenset(_STAFF["next_words"]) - {"i"}


class Kind(StrEnum):
    """What happens to a person in a clause."""

    LEFT = "left"
    CAME = "came"
    """Somebody comes, or is put in another's place."""
    KNOWN = "known"
    """One who came before is spoken of: *den nye*, *afløseren*."""
    FIRST = "first"
    """The one a row begins with."""
    ROW = "row"
    """Several followed each other, who may be told one by one beside."""


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody left or came.

    Attributes:
        kind: Which of it.
        place: Index of the token that its clause begins with.
        who: Names in the clause, folded, or ``jeg``.
        index: The person's number in the row where the clause says it (*den anden sagde op*), else 0.
        earlier: True for one who was there before the one spoken of (*min forgænger*).
        again: True where the clause says that it is one more.
        named: True for the next of a row of people: *så Bo*, *derefter en vikar*.
        bare: True where only a word of change stands (*skift på skolen*), whose people may be told beside.
    """

    kind: Kind
    place: int
    who: frozenset[str] = frozenset()
    index: int = 0
    earlier: bool = False
    again: bool = False
    named: bool = False
    bare: bool = False


def read_events(
    sentence: str, tokens: Sequence[Token], clause: Clause, *, home: bool, citizens: frozenset[str] = frozenset()
) -> list[Event]:
    """Read who left and who came in a clause, in order.

    Args:
        sentence: The sentence.
        tokens: Its tokens.
        clause: The clause.
        home: True where people change homes: there one who moves has left.
        citizens: First names of the citizens, folded, who are nobody's staff.
    """
    text = _without_other_news(clause.text)
    who = names_in(sentence, tokens, clause) - citizens
    left = pattern("left").search(text) or (pattern("left_home").search(text) if home else None)
    came = pattern("came").search(text) or (None if left else pattern("came_else").search(text))
    if left and came and left.start() <= came.start() < left.end():
        came = None
    again = bool(pattern("again").search(text) or (not left and pattern("returned").search(text)))
    earlier = bool(pattern("earlier").search(text))
    arrivals = [name for name in _arrivals(sentence, tokens, clause) if name not in citizens]
    there = bool(who) and not came and pattern("was_there").search(text)
    if (there or _begins_a_row(tokens, clause)) and not left and not arrivals:
        return [Event(Kind.FIRST, clause.first, who)]
    if pattern("row_of").search(text) and not arrivals:
        return [Event(Kind.ROW, clause.first, who)]
    found: list[Event] = []
    if pattern("known").search(text) and not came:
        found.append(Event(Kind.KNOWN, clause.first, who))
    elif arrivals:
        found += [Event(Kind.CAME, clause.first, frozenset({name}), again=again, named=True) for name in arrivals]
    elif came or (pattern("swapped").search(text) and not left):
        found.append(Event(Kind.CAME, clause.first, who, again=again, bare=not came))
    if earlier and not left and found and found[0].bare:
        return [Event(Kind.LEFT, clause.first, who, 0, earlier)]
    if left:
        event = Event(Kind.LEFT, clause.first, who, _index(tokens, clause), earlier, again)
        found = [event, *found] if came and left.start() < came.start() else [*found, event]
    return found


def _without_other_news(text: str) -> str:
    """Take out *ny* before a noun that is nobody of the staff: *en ny plan*, *nyt job* stays where a verb needs it."""
    return _NEWS.sub(lambda match: match[0] if _is_staff(match[2]) else match[2], text)


def _is_staff(word: str) -> bool:
    known = word in _AFTER_NEW or word in _SOMEBODY or word in _ACTS or not word.isalpha()
    return known or any(part in word for part in _STAFF_PARTS)


def joined(events: Sequence[tuple[Event, str]]) -> list[Event | None]:
    """Join what the clauses of a sentence tell of one change: *skift: hun gik på barsel*; *efter en, der rejste*.

    Args:
        events: The events of the sentence in order, each with the folded words of its clause.

    Returns:
        The events in the same order, None for those that another tells too.
    """
    found: list[Event | None] = []
    last: Event | None = None
    gone = False
    words = ""
    for event, clause in events:
        kept: Event | None = event
        if event.kind is Kind.LEFT and not event.index and last is not None:
            if gone and not event.who and pattern("until").search(clause):
                kept = None
            elif last.kind is Kind.CAME and last.bare and not (last.who and event.who):
                found[-1] = None
            elif last.kind is Kind.CAME and _is_followed(clause, words):
                kept = replace(event, earlier=True)
            elif last.kind is Kind.LEFT and not (last.who and event.who - last.who):
                kept = None
        moved = event.kind is Kind.CAME and not (event.named or event.bare)
        if moved and last is not None and last.bare and not (last.who and event.who):
            found[-1] = None
        found.append(kept)
        gone |= event.kind is Kind.LEFT
        last, words = event, clause
    return found


def _is_followed(clause: str, words: str) -> bool:
    """Say whether a clause tells of the one whom the clause before put another in the place of."""
    told = pattern("who").search(clause) and pattern("after_one").search(words)
    return bool(told or pattern("because").search(clause))


def _begins_a_row(tokens: Sequence[Token], clause: Clause) -> bool:
    """Say whether a clause tells who was there first: *først Anne*, *i januar var det Lise*."""
    words = [tokens[place].text for place in range(clause.first, clause.after)]
    return bool(_FIRST.intersection(words)) and not _NEXT.intersection(words) and "afløst" not in words


def names_in(sentence: str, tokens: Sequence[Token], clause: Clause) -> frozenset[str]:
    """Return the names of people in a clause, folded; *jeg*, *mig* and *undertegnede* are one person.

    Args:
        sentence: The sentence, as its capitals tell the names.
        tokens: Its tokens.
        clause: The clause.
    """
    found = set()
    for place in range(clause.first, clause.after):
        word = tokens[place].text
        if word in ("jeg", "mig", "undertegnede"):
            found.add("jeg")
        elif is_name(sentence, tokens, place):
            found.add(word)
    return frozenset(found)


def is_name(sentence: str, tokens: Sequence[Token], place: int) -> bool:
    """Say whether a token is a name: a capital, small letters after it, and no word that begins the sentence.

    Args:
        sentence: The sentence.
        tokens: Its tokens.
        place: Index of the token.
    """
    if not 0 <= place < len(tokens):
        return False
    token = tokens[place]
    written = sentence[token.start : token.end]
    if not (written[:1].isupper() and written[1:].islower()) or token.text in _NOT_NAMES:
        return False
    return place > 0 or text_at(tokens, 1) in _ACTS


def _arrivals(sentence: str, tokens: Sequence[Token], clause: Clause) -> list[str]:
    """Return those who come next in a row: *så Bo*, *derefter en vikar*, *kom Hanne*, *har det været mig*."""
    found: list[str] = []
    for place in range(clause.first, clause.after):
        word = tokens[place].text
        behind = [text_at(tokens, place - step) for step in (1, 2, 3) if place - step >= max(0, clause.first - 1)]
        if is_name(sentence, tokens, place):
            near = behind[: 3 if behind[:1] == ["det"] else 2]
        elif word in _SOMEBODY:
            near = behind[:3]
        else:
            continue
        links = (_NEXT - {"så"} if text_at(tokens, place + 1) in _VERBS else _NEXT) | _ARROWS
        had = behind[:1] == ["haft"] and bool(_NEXT.intersection(clause.text.split()))
        since = behind[:2] == ["det", "var"] and tokens[clause.first].text in ("fra", "siden")
        if links.intersection(near) or since or had or (behind and behind[0] in _ARRIVES and _row(behind)):
            found.append("jeg" if word in ("jeg", "mig", "undertegnede") else word)
    return found


def _row(behind: Sequence[str]) -> bool:
    """Say whether the word before a name lets somebody come: *kom Hanne*, *blev det Lise*, not *var det*."""
    if behind[0] in ("det", "været"):
        return any(word in ("blev", "har", "er", "det") for word in behind[1:])
    return behind[0] in ("kom", "overtog", "hedder")


def _index(tokens: Sequence[Token], clause: Clause) -> int:
    """Return the number of the person that a clause speaks of (*den første*), 0 for none."""
    for place in range(clause.first, min(clause.after, clause.first + 5)):
        word, beyond = tokens[place].text, text_at(tokens, place + 1)
        if word not in _ORDINALS or not (word == "første" or text_at(tokens, place - 1) in ("den", "det")):
            continue
        if beyond in _AFTER_ORDINAL or any(part in beyond for part in _STAFF_PARTS):
            return _ORDINALS[word]
    return 0
