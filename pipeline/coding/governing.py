"""What the cues over a match make of it: whether the sentence states it, denies it, or speaks of something else."""

from collections.abc import Collection, Iterable, Sequence

from pipeline.coding.fronting import is_finite
from pipeline.coding.matchers import Hit
from pipeline.coding.scope import DENIALS, FRONTED, ScopedCue, is_order
from pipeline.model.codes import CueKind, Direction, When
from pipeline.model.codings import Assertion

_OPENING = frozenset({CueKind.HYPOTHETICAL, CueKind.GENERAL})
"""Cues that open with the word that makes them one; the rest may be part of a match as well."""
_OPENING_FORWARD = frozenset({CueKind.AVOIDED, CueKind.WISHED, CueKind.FEARED})
"""Cues that do so where they reach forward: "har bedt om en ny" and a match of "en ny mentor"."""
_WHOLE = frozenset({CueKind.FEARED, CueKind.NO_LONGER, CueKind.AVOIDED, CueKind.GENERAL})
"""Cues that take away even what a negation states."""
_NEAR_OF = {CueKind.AVOIDED: 4, CueKind.NO_LONGER: 4, CueKind.NEGATED: 1}
"""Of what how far after a negation it is denied itself: "kunne nu heller ikke undgå", "ikke uden"."""

_NEITHER = "=hverken"
"""A denial that goes on with another: "ikke, hverken her eller der"."""

_LACK_WITHIN = 3
"""Of words between a denial and the lack that it denies: "ikke til at stå uden"."""

_ASSERTIONS = {
    CueKind.NEGATED: Assertion.NEGATED,
    CueKind.AVOIDED: Assertion.NEGATED,
    CueKind.NO_LONGER: Assertion.NEGATED,
    CueKind.HYPOTHETICAL: Assertion.HYPOTHETICAL,
    CueKind.FEARED: Assertion.HYPOTHETICAL,
    CueKind.WISHED: Assertion.HYPOTHETICAL,
    CueKind.PLANNED: Assertion.HYPOTHETICAL,
    CueKind.DEMANDED: Assertion.HYPOTHETICAL,
    CueKind.GENERAL: Assertion.GENERAL,
}
_WEIGHT = (Assertion.NEGATED, Assertion.HYPOTHETICAL, Assertion.GENERAL)
"""Where several cues govern one match, the first of these that any of them gives holds."""


def governing(cues: Iterable[ScopedCue], hit: Hit) -> tuple[ScopedCue, ...]:
    """Return the cues whose scope holds a word of the match and whose own words the match did not consume.

    Of some only the first word counts as the cue's own: "kunne være ophørt" reaches over "ophørt". A denial of a denial
    takes both away: "ikke uden netværk" denies a match of "uden netværk", but nothing of one of "netværk".
    """
    consumed = set(hit)
    found = tuple(
        cue
        for cue in cues
        if any(cue.start <= word < cue.end for word in hit)
        and (is_order(cue.rule) or consumed.isdisjoint(_own_words(cue)))
    )
    return _without_double(found) if len(found) > 1 else found


def _own_words(cue: ScopedCue) -> Hit:
    """Return the words of a cue that make it one: of some the first, over a fronted phrase all after the verb."""
    if cue.rule.kind in _OPENING or (cue.rule.kind in _OPENING_FORWARD and cue.rule.direction is Direction.FORWARD):
        return cue.words[:1]
    if cue.rule.direction in FRONTED and len(cue.words) > 1:
        return cue.words[1:]
    return cue.words


def _without_double(cues: tuple[ScopedCue, ...]) -> tuple[ScopedCue, ...]:
    """Return cues without the denials that another one denies a few words before, and without that one."""
    denied = [
        (over, under)
        for over in cues
        if over.rule.kind is CueKind.NEGATED and over.rule.direction is Direction.FORWARD
        for under in cues
        if under.rule.direction is Direction.FORWARD
        and _NEITHER not in under.rule.match
        and under.words[0] in range(over.words[-1] + 1, over.words[-1] + 1 + _NEAR_OF.get(under.rule.kind, 0))
    ]
    if not denied:
        return cues
    nos = {over.words for over, _ in denied} | {under.words for _, under in denied}
    both = {word for words in nos for word in words}
    return tuple(
        cue
        for cue in cues
        if cue.rule.kind not in DENIALS or cue.rule.direction is Direction.SENTENCE or not both & set(cue.words)
    )


def assertion_of(cues: Iterable[ScopedCue]) -> Assertion:
    """Say what the sentence does with a match under these cues."""
    given = {_ASSERTIONS[cue.rule.kind] for cue in cues if cue.rule.kind in _ASSERTIONS}
    return next((assertion for assertion in _WEIGHT if assertion in given), Assertion.AFFIRMED)


def outer_assertion(cues: Iterable[ScopedCue], words: Sequence[str], when: When, hit: Hit) -> Assertion:
    """Say what a sentence does with a match of a rule that takes a negation for its own.

    Only what speaks of the whole clause counts: "hun frygter, at ...", "når man ...", a denial of what is fronted or of
    what somebody says or asks for ("ingen krævede, at ..."), not a denial inside it.
    """
    outer = [
        cue
        for cue in cues
        if (cue.rule.opens and cue.rule.kind is not CueKind.NEGATED)
        or cue.rule.direction is Direction.SENTENCE
        or cue.rule.direction is Direction.FRONTED
        or cue.rule.kind in _WHOLE
        or (words[cue.words[-1]] == "at" and cue.rule.kind is not CueKind.HYPOTHETICAL)
        or (cue.rule.kind is CueKind.NEGATED and (_denies_said(cue, words, hit) or _denies_lack(cue, words, hit)))
    ]
    found = assertion_of(outer)
    return Assertion.AFFIRMED if found is Assertion.NEGATED and when is When.NEGATED else found


def _denies_said(cue: ScopedCue, words: Sequence[str], hit: Hit) -> bool:
    """Say whether a denial is of what somebody says, asks or thinks, and the match is told of in that."""
    last = cue.words[-1]
    return any(words[at] == "at" and (at == last + 1 or is_finite(words[at - 1])) for at in range(last + 1, hit[0]))


def _denies_lack(cue: ScopedCue, words: Sequence[str], hit: Hit) -> bool:
    """Say whether a denial right before a match is of what the match says to lack: "ikke at stå uden rådgiver"."""
    gap = words[cue.words[-1] + 1 : hit[0]]
    lacks = any(words[at] == "uden" and list(words[at + 1 : at + 2]) != ["om"] for at in hit)
    return lacks and cue.words[-1] < hit[0] and len(gap) <= _LACK_WITHIN and not {"og", "men"} & set(gap)


def is_after(cue: ScopedCue, hit: Hit) -> bool:
    """Say whether a cue that reaches forward stands after a match."""
    return cue.rule.direction is Direction.FORWARD and cue.words[0] > hit[-1]


def is_before(cues: Collection[ScopedCue]) -> bool:
    """Say whether any of the cues places the match before the course."""
    return any(cue.rule.kind is CueKind.BEFORE for cue in cues) and not is_during(cues)


def is_during(cues: Iterable[ScopedCue]) -> bool:
    """Say whether the sentence says itself that it speaks of the course: "siden han kom med", and not "før" as well."""
    kinds = {cue.rule.kind for cue in cues if cue.rule.direction is Direction.SENTENCE}
    return CueKind.DURING in kinds and CueKind.BEFORE not in kinds
