"""Stretches of time between dates: from one to another, since one, or between the two that a sentence tells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.language.bounds import Bound
from pipeline.language.data import read_data
from pipeline.language.dates import DateMention
from pipeline.language.durations import DAYS_IN_MONTH, Duration, Use
from pipeline.language.quantities import Token, text_at, tokens_of

_TIME: dict[str, Any] = read_data("time")
_ROLES: dict[str, str] = _TIME["roles"]
_SKIP, _BEGINS, _PAST = frozenset(_TIME["skip"]), frozenset(_TIME["begins"]), frozenset(_TIME["past_perfect"])
_LIST, _ANOTHER = frozenset(_TIME["list"]), frozenset(_TIME["another"])
_STILL, _ANSWERS = frozenset(_TIME["still"]), frozenset(_TIME["answers"])
_DASHES = frozenset("-–—")
_REACH = 5
_LONGEST = 60.0
"""More months than this between two dates of one sentence are two histories and not one stretch."""


def read_spans(
    text: str,
    dates: Sequence[DateMention],
    *,
    before: DateMention | None = None,
    written: DateMention | None = None,
) -> tuple[Duration, ...]:
    """Read the stretches between the dates of a sentence, in order.

    *fra marts til december* and *juni-okt.* are certain; *siden august 2018* lasts until the text was written;
    *til midten af april* begins at the date told before. Two dates and nothing between them to say so are taken as
    beginning and end, which is uncertain unless both have their year or a word of beginning stands before the first
    (*henvist i april*). A month without a day is worth a month more or
    less in ``low`` and ``high``.

    Args:
        text: The sentence.
        dates: Its dates, resolved, with places in this text.
        before: The date told last before the sentence.
        written: When the text was written.
    """
    if not dates:
        return ()
    tokens = tokens_of(text)
    places = {token.start: number for number, token in enumerate(tokens)}
    firsts = [places[each.start] for each in dates]
    roles = [_role(tokens, first) for first in firsts]
    if len(dates) == 1 and not roles[0] and _not_come(tokens, firsts[0]):
        roles = ["since"]
    found: list[Duration] = []
    used: set[int] = set()
    for number in range(len(dates) - 1):
        if number in used or not _from_to(tokens, dates, roles, number):
            continue
        span = _between(text, dates[number], _whole(tokens, dates[number + 1], firsts[number + 1]), sure=True)
        if span is not None:
            found.append(span)
            used |= {number, number + 1}
    for number, (each, role) in enumerate(zip(dates, roles, strict=True)):
        if role == "since" and number not in used and written is not None:
            over = any(token.text in _PAST for token in tokens)
            span = _between(
                text, each, replace(written, start=each.end, end=each.end), sure=not over and not each.inferred
            )
            if span is not None:
                found.append(span)
                used.add(number)
    if not used and len(dates) > 2:
        found += _legs(text, tokens, dates, firsts)
    elif not used and len(dates) == 2:
        found += _pair(text, tokens, dates, firsts)
    elif not used and len(dates) == 1 and roles[0] == "to" and before is not None:
        span = _between(text, replace(before, start=dates[0].start, end=dates[0].start), dates[0], sure=False)
        found += [span] if span is not None else []
    return tuple(sorted(found, key=lambda each: each.start))


def _role(tokens: Sequence[Token], first: int) -> str:
    """Return what the words before a date make of it: ``from``, ``to``, ``since``, ``between`` or nothing."""
    for place in range(first - 1, max(-1, first - 1 - _REACH), -1):
        word = tokens[place].text
        if word in _ROLES and _ROLES[word] != "and":
            return _ROLES[word]
        if word not in _SKIP:
            return ""
    return ""


def _not_come(tokens: Sequence[Token], first: int) -> bool:
    """Say whether what was asked for at a date has not come: *søgt i august, stadig intet svar*."""
    told = {token.text for token in tokens[:first]}
    return bool(told & _BEGINS) and not told & _ANSWERS and any(token.text in _STILL for token in tokens[first:])


def _from_to(tokens: Sequence[Token], dates: Sequence[DateMention], roles: Sequence[str], number: int) -> bool:
    """Say whether a date and the next are told as beginning and end."""
    first, second = dates[number], dates[number + 1]
    between = [token.text for token in tokens if first.end <= token.start < second.start]
    if roles[number] == "from" and roles[number + 1] == "to":
        return True
    if roles[number] == "between" and "og" in between and len(between) <= _REACH:
        return True
    return roles[number] != "to" and len(between) == 1 and between[0] in _DASHES


def _whole(tokens: Sequence[Token], mention: DateMention, first: int) -> DateMention:
    """Count the whole of a month after *til og med*."""
    if mention.month is None or mention.day is not None or text_at(tokens, first - 1) != "med":
        return mention
    return replace(mention, month=mention.month + 1)


def _legs(
    text: str, tokens: Sequence[Token], dates: Sequence[DateMention], firsts: Sequence[int]
) -> tuple[Duration, ...]:
    """Take each date that something was asked for and the one after it: *ansøgt i maj, afslag i juni, klage i juli*."""
    found: list[Duration | None] = []
    asked = False
    for number, first in enumerate(firsts):
        ended = firsts[number - 1] if number else 0
        asks = any(text_at(tokens, place) in _BEGINS for place in range(ended, first))
        if asked and not asks:
            found.append(_between(text, dates[number - 1], dates[number], sure=True))
        asked = asks
    return tuple(each for each in found if each is not None)


def _pair(
    text: str, tokens: Sequence[Token], dates: Sequence[DateMention], firsts: Sequence[int]
) -> tuple[Duration, ...]:
    """Take two dates as beginning and end, unless they are a list, of two people, or the second came first."""
    first, second = dates
    early = any(text_at(tokens, place) in _BEGINS for place in range(firsts[0]))
    late = any(text_at(tokens, place) in _BEGINS for place in range(firsts[0], firsts[1]))
    between = {text_at(tokens, place) for place in range(firsts[0] + 1, firsts[1])}
    apart = between <= _LIST or bool(between & _ANOTHER)
    if first.month is None or second.month is None or apart:
        return ()
    if late and not early:
        dated = not (first.inferred or second.inferred) and None not in (first.year, second.year)
        span = _between(text, second, first, sure=True) if dated else None
        return () if span is None else (span,)
    span = _between(text, first, second, sure=early or not (first.inferred or second.inferred))
    return () if span is None else (span,)


def _between(text: str, first: DateMention, second: DateMention, *, sure: bool) -> Duration | None:
    """Return the stretch between two dates, or None where they give none."""
    if first.month is None or second.month is None:
        if first.year is None or second.year is None:
            return None
        months = float((second.year - first.year) * 12)
        slack = 12.0
    else:
        gap = _gap(first, second)
        if gap is None:
            return None
        months, slack = gap
    if not 0 < months <= _LONGEST:
        return None
    start, end = min(first.start, second.start), max(first.end, second.end)
    uncertain = not sure or slack > 1
    low, high = max(0.0, months - slack), months + slack
    bound = Bound.ABOUT if slack else Bound.EXACT
    return Duration(low, high, bound, uncertain, Use.SPAN, start, end, text[start:end])


def _gap(first: DateMention, second: DateMention) -> tuple[float, float] | None:
    """Return the months between two dates and how many they can be off: a month where a day is not told.

    Where the second's year is not written, it is the first of its name after the first; where only the first's is not
    written, the other way about: so a stretch below a year hangs on no guess.
    """
    assert first.month is not None
    assert second.month is not None
    days = first.day is not None and second.day is not None
    part = ((second.day or 0) - (first.day or 0)) / DAYS_IN_MONTH if days else 0.0
    months = second.month - first.month + part
    written = not (first.inferred or second.inferred) or second.shift is not None
    if written and first.year is not None and second.year is not None:
        months += 12 * (second.year - first.year)
    elif months < 0:
        months += 12
    slack = 0.0 if days and not (first.rough or second.rough) else 1.0
    return (months, slack) if months > 0 else None
