"""Which context cue governs which match: a Danish ConText.

After Harkema, Dowling, Thornblade & Chapman (2009), ConText, Journal of Biomedical Informatics 42(5), 839-851: a cue
has a direction and a scope that a terminator ends. Ours differs where Danish does: a cue may reach a few words back to
the finite verb before *ikke*, and words that a rule itself consumed are no cue to it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.coding.matchers import Hit, Sentence, find
from pipeline.coding.patterns import Matcher, PatternCompiler
from pipeline.language.words import fold, word_spans
from pipeline.model.codes import CueKind, CueRule, Direction
from pipeline.model.codings import Assertion

_STOPS = re.compile(r"[;:()\[\]!?\"“”«»]| [–—-] ")
"""Punctuation that ends every scope but a sentence's; a comma does not: Danish sets one before every clause."""
_FULL_STOP = re.compile(r"(?<=\w{4})\.\s+(?=[A-ZÆØÅ])")
"""A full stop within a segment of notes; after a shorter word it may belong to an abbreviation ("dr. Holm")."""
_OPENING = frozenset({CueKind.HYPOTHETICAL, CueKind.GENERAL})
"""Cues that open with the word that makes them one; the rest may be part of a match as well."""
_AND = frozenset({"og", "eller", "samt"})
"""A negation does not reach back over these, nor over a comma: "han har gæld og kan ikke"."""

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


CompiledCues = tuple[tuple[CueRule, Matcher], ...]
"""Each pattern of each cue, in the codebook's order."""


@dataclass(frozen=True, slots=True)
class ScopedCue:
    """A cue found in a sentence.

    Attributes:
        rule: The cue rule.
        words: Indexes of its words.
        start: First word of its scope.
        end: Word after its scope.
    """

    rule: CueRule
    words: Hit
    start: int
    end: int


def compile_cues(cues: Iterable[CueRule], compiler: PatternCompiler) -> CompiledCues:
    """Compile the cues of a codebook."""
    return tuple((cue, compiler.compile(source)) for cue in cues for source in cue.match)


def find_cues(
    cues: CompiledCues,
    candidates: Iterable[int],
    sentence: Sentence,
    text: str,
    *,
    section: str,
) -> tuple[ScopedCue, ...]:
    """Find the cues of a sentence and how far each reaches.

    Args:
        cues: The codebook's cues.
        candidates: Numbers of those that may stand in the sentence.
        sentence: The sentence's words.
        text: The sentence's text, for the punctuation that ends a scope.
        section: Kind of its section.
    """
    found: list[tuple[CueRule, Hit]] = []
    for number in candidates:
        rule, matcher = cues[number]
        if not rule.sections or section in rule.sections:
            found.extend((rule, hit) for hit in find(matcher, sentence))
    if not found:
        return ()
    pseudo = {word for rule, hit in found if rule.kind is CueKind.PSEUDO for word in range(hit[0], hit[-1] + 1)}
    stops = {word for rule, hit in found if rule.kind is CueKind.TERMINATOR for word in hit if word not in pseudo}
    real = [
        (rule, hit)
        for rule, hit in found
        if rule.kind not in (CueKind.PSEUDO, CueKind.TERMINATOR) and not pseudo & set(hit)
    ]
    if not real:
        return ()
    size = len(sentence.words)
    spans = word_spans(text)
    stops_before = _stops_before(text, spans)
    ands = _ends_clause(text, spans, sentence) if any(_reaches_back(rule) for rule, _ in real) else set()
    return tuple(
        ScopedCue(rule, hit, *_reach(rule, hit, size, stops - set(hit), stops_before, ands)) for rule, hit in real
    )


def _reaches_back(rule: CueRule) -> bool:
    """Say whether the end of a clause ends a cue's scope."""
    return rule.kind is CueKind.NEGATED and rule.direction in (Direction.BACKWARD, Direction.BOTH)


def _stops_before(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Return the indexes of the words that stand right after a punctuation that ends a scope."""
    places = [match.start() for match in _STOPS.finditer(fold(text))]
    places += [match.start() for match in _FULL_STOP.finditer(text)]
    if not places:
        return set()
    starts = [start for start, _ in spans]
    return {bisect_right(starts, place) for place in places}


def _ends_clause(text: str, spans: list[tuple[int, int]], sentence: Sentence) -> set[int]:
    """Return the indexes of the words that end a clause: "og" and its like, and words before a comma."""
    found = {number for number, word in enumerate(sentence.words) if word in _AND}
    if "," in text:
        found.update([number for number, (_, end) in enumerate(spans) if text[end : end + 1] == ","])
    return found


def _reach(
    rule: CueRule, hit: Hit, size: int, stops: set[int], stops_before: set[int], ands: set[int]
) -> tuple[int, int]:
    if rule.direction is Direction.SENTENCE:
        return 0, size
    start, end = hit[0], hit[-1] + 1
    reach = rule.reach or size
    if rule.direction in (Direction.FORWARD, Direction.BOTH):
        limit = min(size, end + reach)
        while end < limit and end not in stops and end not in stops_before:
            end += 1
    if rule.direction in (Direction.BACKWARD, Direction.BOTH):
        limit = max(0, start - reach)
        ends = stops | ands if rule.kind is CueKind.NEGATED else stops
        while start > limit and start - 1 not in ends and start not in stops_before:
            start -= 1
    return start, end


def governing(cues: Iterable[ScopedCue], hit: Hit) -> tuple[ScopedCue, ...]:
    """Return the cues whose scope holds a word of the match and whose own words the match did not consume.

    Of some only the first word counts as the cue's own: "kunne være ophørt" reaches over "ophørt".
    """
    consumed = set(hit)
    return tuple(
        cue
        for cue in cues
        if any(cue.start <= word < cue.end for word in hit)
        and not consumed & set(cue.words[:1] if cue.rule.kind in _OPENING else cue.words)
    )


def assertion_of(cues: Iterable[ScopedCue]) -> Assertion:
    """Say what the sentence does with a match under these cues."""
    given = {_ASSERTIONS[cue.rule.kind] for cue in cues if cue.rule.kind in _ASSERTIONS}
    return next((assertion for assertion in _WEIGHT if assertion in given), Assertion.AFFIRMED)


def is_before(cues: Iterable[ScopedCue]) -> bool:
    """Say whether any of the cues places the match before the course."""
    return any(cue.rule.kind is CueKind.BEFORE for cue in cues)
