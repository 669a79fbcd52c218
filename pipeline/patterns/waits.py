"""Waits that a sentence coded as waiting or absence states, in months."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.language.bounds import Bound
from pipeline.language.data import read_data
from pipeline.language.dates import DateMention
from pipeline.language.durations import Duration, Use, read_durations
from pipeline.language.elliptic import Outcome, outcome_before, read_elliptic
from pipeline.language.quantities import Token, tokens_of
from pipeline.language.spans import read_spans
from pipeline.language.words import fold, words_of
from pipeline.patterns.wait_clauses import Clause, clause_of
from pipeline.patterns.wait_context import Standing, is_contrasted, standing, still_waits

_WAITS: dict[str, Any] = read_data("waits")
_AFTER: tuple[str, ...] = tuple(_WAITS["after"])
_BEFORE: tuple[str, ...] = tuple(_WAITS["before"])
_REACH_AFTER: int = _WAITS["reach_after"]
_REACH_BEFORE: int = _WAITS["reach_before"]
_STATES = frozenset(_WAITS["states"])
_LEFT = frozenset(_WAITS["left"])
_REACH_STATES: int = _WAITS["reach_states"]
_LONGEST = 60.0
"""More months than this in a sentence about waiting tell of a life and not of a wait."""
_LONGEST_RUNNING = 12.0
_QUICK = 0.5
"""Months that are no wait where more were expected: *normalt ni måneders ventetid, men hun kom til efter 14 dage*."""

_BEGINS = frozenset(read_data("time")["begins"])
_MOST = 40
"""Stretches of time read of one sentence: more of them are a table or a mistake, and would cost time."""

_BUT = frozenset(_WAITS["but"])
_GREW = frozenset(_WAITS["grew"])
_DEADLINES = ("inden for", "højst", "højest", "maks", "max")


def read_waits(
    sentence: str,
    dates: Sequence[DateMention] = (),
    *,
    before: DateMention | None = None,
    written: DateMention | None = None,
    relatives: bool = False,
    away: bool = False,
) -> tuple[Duration, ...]:
    """Read the waits that a sentence about waiting states, in order.

    A length in so many words goes before one that follows from dates. Left out are lengths that measure something
    else: a demand (*stoffri i tre måneder*), a measure (*tre måneders praktik*), what the law says, a point in the past
    (*for to år siden*), the time in which things were counted (*tre møder på et år*), how long a treatment or a state
    lasted, what somebody else waits and what was feared or refused. Where a sentence tells how it went, what was
    promised or usual is left out (*anslået til otte måneder og endte på seks*); alone it is uncertain.

    Args:
        sentence: The sentence.
        dates: Its dates, resolved, with places in this sentence.
        before: The date told last before the sentence.
        written: When the case was written.
        relatives: Whether the case is about one person, so that what relatives wait for is not its wait.
        away: Whether the sentence surely tells that staff was away: a leave in it is then no citizen's.
    """
    tokens = tokens_of(sentence)
    durations = read_durations(sentence)[:_MOST]
    elliptic = read_elliptic(sentence, durations)
    told = sorted((*durations, *elliptic), key=lambda each: each.start)[:_MOST]
    stated = _settled(tokens, told, frozenset(elliptic), sentence, relatives=relatives, away=away)
    if any(each.months is not None for each in stated):
        return stated
    spans = read_spans(sentence, dates, before=before, written=written)
    return (
        tuple(
            each
            for each in spans
            if _is_wait(sentence, each)
            and standing(each, clause_of(tokens, each), relatives=relatives, away=away) is not Standing.NONE
        )
        or stated
    )


def _settled(
    tokens: Sequence[Token],
    told: Sequence[Duration],
    elliptic: frozenset[Duration],
    sentence: str,
    *,
    relatives: bool,
    away: bool,
) -> tuple[Duration, ...]:
    """Return the stretches that are waits: how it went where a sentence tells that, else what was expected."""
    found: list[tuple[Duration, Standing]] = []
    turned = False
    end = 0
    for duration in told:
        clause = clause_of(tokens, duration, end)
        each = _at_last(duration, clause)
        if each.use is Use.AGO and still_waits(clause):
            each = replace(each, use=Use.STRETCH)
        first = next(number for number, token in enumerate(tokens) if token.end > each.start)
        turn = bool(found) and outcome_before(tokens, first) is Outcome.TURN
        if turn or (duration in elliptic and "fra" in clause.earlier):
            found = [(one, Standing.NONE) for one, _ in found]
        turned = turned or turn or duration in elliptic or bool(_BUT.intersection(clause.earlier))
        what = standing(each, clause, relatives=relatives, away=away) if _is_wait(sentence, each) else Standing.NONE
        found.append((each, what))
        end = duration.end
    return _without_promises(found, turned=turned)


def _without_promises(found: Sequence[tuple[Duration, Standing]], *, turned: bool) -> tuple[Duration, ...]:
    """Leave out what was promised, usual or told of a queue where it turned out otherwise; alone it is uncertain."""
    went = [each for each, what in found if what is Standing.WAIT and each.months is not None]
    soon = any(what is Standing.QUICK for _, what in found)
    hoped = [each for each, what in found if what is Standing.EXPECTED and (went or soon)]
    hoped += [each for each, what in found if what is Standing.TOLD and turned and (went or soon)]
    most = max((each.months or 0.0 for each in hoped), default=0.0)
    quick = [each for each in went if (each.months or 0.0) <= _QUICK and 2 * (each.months or 0.0) < most]
    return tuple(
        replace(each, uncertain=True) if what is Standing.EXPECTED else each
        for each, what in found
        if what not in (Standing.NONE, Standing.QUICK) and each not in hoped and each not in quick
    )


def _at_last(duration: Duration, clause: Clause) -> Duration:
    """Keep the end of *steg fra fire til ni måneder*: a queue that grew is as long as it is now."""
    if duration.bound is not Bound.RANGE or clause.near[-1:] != ("fra",) or not _GREW.intersection(clause.before):
        return duration
    return replace(duration, low=duration.high, bound=Bound.EXACT)


def _is_wait(sentence: str, duration: Duration) -> bool:
    """Say whether a stretch of time in a sentence about waiting is the wait."""
    months = duration.months or 0.0
    if duration.use in (Use.AGO, Use.WINDOW) or months > _LONGEST:
        return False
    if duration.use is Use.RUNNING and months > _LONGEST_RUNNING:
        return False
    before = words_of(sentence[: duration.start])
    if any(word in _STATES for word in before[-_REACH_STATES:]):
        return False
    if duration.use is Use.SPAN:
        return True
    if before[-1:] == ["efter"] and _LEFT.intersection(before[-_REACH_BEFORE:]):
        return False
    rest = fold(sentence[duration.end :])
    if rest.startswith(" før") or fold(duration.words).startswith(_DEADLINES):
        return False
    after = words_of(rest)[:_REACH_AFTER]
    return not any(word.startswith(_AFTER) for word in after) and not any(
        word in _BEFORE for word in before[-_REACH_BEFORE:]
    )


def is_told_plainly(sentence: str) -> bool:
    """Say whether a sentence tells what was asked for or promised, and so that its stretch of time is a wait.

    Args:
        sentence: A sentence with a wait.
    """
    words = words_of(sentence)
    return bool(_BEGINS.intersection(words)) or is_contrasted(words)
