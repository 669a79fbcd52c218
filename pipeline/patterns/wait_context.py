"""What the clause around a stretch of time makes of it: the wait, one only promised, or the length of another thing."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pipeline.language.data import read_data
from pipeline.language.durations import Duration, Use
from pipeline.patterns.wait_clauses import Clause

_WAITS: dict[str, Any] = read_data("waits")


def _words(name: str) -> frozenset[str]:
    return frozenset(_WAITS[name])


def _stems(name: str) -> tuple[str, ...]:
    return tuple(_WAITS[name])


def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in _WAITS[name])


_PREPOSITIONS, _DETERMINERS, _SUBJECTS = _words("prepositions"), _words("determiners"), _words("subjects")
_WAITING, _STANDING = _stems("waiting"), _stems("standing")
_AVERTED, _UNREAL, _UNREAL_VERBS = _phrases("averted"), _words("unreal"), _words("unreal_verbs")
_EXPECTED, _TOLD, _ONLY_HOPED = _stems("expected"), _stems("told"), _stems("only_hoped")
_EXPECTED_PHRASES, _TOLD_PHRASES = _phrases("expected_phrases"), _phrases("told_phrases")
_QUEUES, _ATTENDED = _stems("queues"), _stems("attended")
_OFFERS, _COMING = _stems("offers"), _stems("coming")
_COURSES, _ENDINGS, _NOT_COURSES = _stems("courses"), _stems("endings"), _stems("not_courses")
_LASTED, _FINITE = _words("lasted"), _words("finite")
_OF_A_CASE = _stems("of_a_case")
_STANDSTILL, _UNTIL = _words("standstill"), _words("until")
_CONDITIONS, _AWAY, _STAFF = _words("conditions"), _stems("away"), _stems("staff")
_STRANGER_PHRASES = _phrases("stranger_phrases")
_RELATIVES, _STRANGERS, _SOME = _words("relatives"), _words("strangers"), _words("some")
_STILL, _QUICK = frozenset(read_data("time")["still"]), _words("quick")
_PARTS = _phrases("parts")
_REACH = 6
_NEAR = 3
_SHORTEST = 0.5
"""Months that a stretch told with *allerede* or *efter* must be longer than to be a wait: half a month is quick."""


class Standing(StrEnum):
    """What a stretch of time is in its sentence."""

    WAIT = "wait"
    TOLD = "told"
    """Said of a queue; a wait unless another number tells how it went."""
    EXPECTED = "expected"
    """Promised, usual or planned: uncertain, and none where another number tells how it went."""
    QUICK = "quick"
    """Told as short: none, and what was told of a queue is none beside it."""
    NONE = "none"
    """The length of something else, somebody else's, or one that was averted."""


def standing(duration: Duration, clause: Clause, *, relatives: bool = False, away: bool = False) -> Standing:
    """Return what a duration is by the words of its clause.

    Args:
        duration: The duration.
        clause: The words around it.
        relatives: Whether the case is about one person, so that what relatives wait for is not its wait.
        away: Whether the sentence surely tells that staff was away.
    """
    if (
        _averted(clause)
        or (clause.before[-1:] == ("ikke",) and "men" in clause.later)
        or _of_somebody_else(clause, relatives=relatives)
    ):
        return Standing.NONE
    if duration.use is Use.SPAN:
        return Standing.NONE if _course_lasted(clause, running=False) else Standing.WAIT
    if _of_something_else(duration, clause, away=away) or _refers_back(clause):
        return Standing.NONE
    if _quick(duration, clause):
        return Standing.QUICK
    if duration.use is Use.AHEAD and not _is_genitive(duration):
        return _ahead(clause)
    if any(word.startswith(_ONLY_HOPED) for word in clause.near):
        return Standing.NONE
    if _tells(clause.near, _EXPECTED, _EXPECTED_PHRASES):
        return Standing.EXPECTED
    if (
        _of_a_queue(clause)
        or _tells(clause.near, _TOLD, _TOLD_PHRASES)
        or duration.words.casefold().startswith("op til")
    ):
        return Standing.TOLD
    return Standing.WAIT


def still_waits(clause: Clause) -> bool:
    """Say whether something begun so long ago still lasts: *søgt for fem uger siden, og stadig intet svar*."""
    return bool(_STILL.intersection(clause.earlier) or _STILL.intersection(clause.later))


def is_contrasted(words: Sequence[str]) -> bool:
    """Say whether words tell what was promised, usual or planned."""
    return _tells(words, _EXPECTED, _EXPECTED_PHRASES)


def _tells(words: Sequence[str], stems: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]) -> bool:
    return any(word.startswith(stems) for word in words) or any(_holds(words, phrase) for phrase in phrases)


def _holds(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(words[place : place + size]) == phrase for place in range(len(words) - size + 1))


def _averted(clause: Clause) -> bool:
    """Say whether the wait was refused, feared or avoided, or would only have come otherwise."""
    words = clause.before
    for phrase in _AVERTED:
        for place in range(len(words) - len(phrase) + 1):
            if all(want in ("_", word) for want, word in zip(phrase, words[place:], strict=False)):
                rest = words[place + len(phrase) :]
                if phrase[-1] in ("at", "om") or {"at", "om"}.intersection(rest[:2]) or not _FINITE.intersection(rest):
                    return True
    first = clause.earlier[:1]
    inverted = first in (("var",), ("havde",)) and "ikke" in clause.earlier[:_NEAR]
    if first in (("hvis",), ("uden",)) or inverted:
        return bool(_UNREAL_VERBS.intersection(words))
    return bool(_UNREAL.intersection(words) and _UNREAL_VERBS.intersection(words))


def _of_somebody_else(clause: Clause, *, relatives: bool) -> bool:
    """Say whether the subject of the clause is another person: *naboen ventede to år*."""
    before = clause.before
    if any(_holds(before, phrase) for phrase in _STRANGER_PHRASES):
        return True
    for place, word in enumerate(before):
        related = relatives and word in _RELATIVES
        if not (related or word in _STRANGERS or (word in _SOME and before[:place] in ((), ("de",)))):
            continue
        ahead = place - 1
        while ahead >= 0 and before[ahead] in _DETERMINERS:
            ahead -= 1
        between = before[place:]
        new = any(between[at] in ("og", "som") and text in _SUBJECTS for at, text in enumerate(between[1:]))
        if (ahead >= 0 and before[ahead] in _PREPOSITIONS) or new:
            continue
        if not related or any(each.startswith(_WAITING) for each in (*between, *clause.after)):
            return True
    return False


def _is_genitive(duration: Duration) -> bool:
    return duration.words.endswith("s")


def _of_something_else(duration: Duration, clause: Clause, *, away: bool) -> bool:
    """Say whether a length is that of a treatment, a state or a leave, or a part of one."""
    near = clause.near[-_REACH:]
    beside = (*near, *clause.after[:_NEAR])
    if any(clause.after[: len(part)] == part for part in _PARTS) or _attended(near):
        return True
    staff = away or any(word.startswith(_STAFF) for word in (*clause.before, *clause.after))
    if any(word.startswith(_AWAY) for word in beside):
        return not staff and not any(word.startswith(_WAITING) for word in (*clause.before, *clause.after))
    if _is_genitive(duration) and any(_is_course(word) for word in clause.after[:1]):
        return True
    states = [place for place, word in enumerate(near) if word in _CONDITIONS]
    if states and not any(word.startswith((*_WAITING, *_STANDING)) for word in near[states[-1] :]):
        return True
    return _course_lasted(clause, running=duration.use is Use.RUNNING)


def _attended(words: Sequence[str]) -> bool:
    """Say whether somebody went to a treatment for so long: *gik til fysioterapeut i*."""
    return any(
        word in ("gik", "går", "gået") and link in ("til", "i") and what.startswith(_ATTENDED)
        for word, link, what in zip(words, words[1:], words[2:], strict=False)
    )


def _course_lasted(clause: Clause, *, running: bool) -> bool:
    """Say whether a course or treatment lasted so long: *terapien varer et år*, *et tilbagefald på tre uger*."""
    before = clause.near if any(_is_course(word) for word in clause.near) else clause.before
    following = next((word for word in clause.later if word != ","), "")
    waits = (*before, *clause.after[:_NEAR])
    if any(word.startswith(_WAITING) or word in _STANDSTILL for word in waits) or following in _UNTIL:
        return False
    places = [number for number, word in enumerate(before) if _is_course(word)]
    if not places:
        return False
    rest = before[places[-1] + 1 :]
    if places == [0] and (rest == () or (rest[-1] == "i" and (len(rest) == 1 or rest[0] in _PREPOSITIONS))):
        return True
    if rest in (("på",), ("a",), ("à",), ("af",)):
        return not running
    if rest == ("i",) and before[places[-1] - 1 : places[-1]] in (("i",), ("på",)):
        return True
    if not _LASTED.intersection(before[-_REACH:]) or any(word.startswith(_OF_A_CASE) for word in rest):
        return False
    relative = any(word in ("der", "som") and after in _LASTED for word, after in pairwise(rest))
    return relative or any(not _is_object(before, place) for place in places)


@lru_cache(maxsize=4096)
def _is_course(word: str) -> bool:
    """Say whether a word names a course, a treatment or a leave, in any compound and form: *traumebehandlingen*."""
    if word.startswith(_NOT_COURSES):
        return False
    return any(word.endswith(ending) and word[: len(word) - len(ending)].endswith(_COURSES) for ending in _ENDINGS)


def _is_object(words: Sequence[str], place: int) -> bool:
    """Say whether a preposition stands before a word: *visitationen til terapi*."""
    ahead = place - 1
    while ahead >= 0 and words[ahead] in _DETERMINERS:
        ahead -= 1
    return ahead >= 0 and words[ahead] in _PREPOSITIONS


def _quick(duration: Duration, clause: Clause) -> bool:
    """Say whether a short time is told as quick: *allerede efter ti dage*, *kun fire dage*."""
    months = duration.months
    if months is None or months >= _SHORTEST:
        return False
    return bool(
        _QUICK.intersection((*clause.before, *clause.after[:2]))
        or (
            months < _SHORTEST * 0.9
            and (clause.before[-1:] == ("efter",) or clause.after[:1] in (("senere",), ("efter",)))
        )
    )


def _refers_back(clause: Clause) -> bool:
    """Say whether *i de tre måneder* names a time told before, in which something else happened."""
    if clause.before[-2:] not in (("i", "de"), ("i", "disse")):
        return False
    return not any(word.startswith((*_WAITING, *_STANDING)) for word in (*clause.before, *clause.after))


def _of_a_queue(clause: Clause) -> bool:
    """Say whether a length is how long a queue is, which somebody may come in before: *der var tre måneders kø*."""
    beside = (*clause.near, *clause.after[:1])
    return clause.before[-1:] != ("efter",) and any(word.startswith(_QUEUES) for word in beside)


def _ahead(clause: Clause) -> Standing:
    """Return what *om fem uger* is: an offer of a time, an expectation, or a plan for something else."""
    words = (*clause.before, *clause.after)
    if any(word.startswith(_OFFERS) for word in words):
        return Standing.TOLD
    if "ventes" in words or any(word.startswith(_ONLY_HOPED) for word in words):
        return Standing.NONE
    if not any(word.startswith(_COMING) for word in words):
        return Standing.NONE
    return Standing.EXPECTED
