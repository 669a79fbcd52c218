"""Which context cue governs which match: a Danish ConText.

After Harkema, Dowling, Thornblade & Chapman (2009), ConText, Journal of Biomedical Informatics 42(5), 839-851: a cue
has a direction and a scope that a terminator ends. Ours differs where Danish does: a cue may reach a few words back to
the finite verb before *ikke*, and words that a rule itself consumed are no cue to it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.coding.fronting import (
    fronted_start,
    inverted_verb,
    is_all_denied,
    is_clause,
    is_condition,
    is_new,
    is_one_clause,
    is_stranded,
)
from pipeline.coding.matchers import Hit, Sentence, find
from pipeline.coding.patterns import Matcher, PatternCompiler
from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.codes import CueKind, CueRule, Direction, When
from pipeline.model.codings import Assertion

_STOPS = re.compile(r"[;:()\[\]!?\"“”«»]| [–—-] ")
"""Punctuation that ends every scope but a sentence's; a comma does not: Danish sets one before every clause."""
_QUOTES = re.compile(r"[\"“”«»]")
"""Quotation marks: a phrase before a verb may stand between them."""
_FULL_STOP = re.compile(r"(?<=\w{3})\.\s+(?=[A-ZÆØÅ])")
"""A full stop within a segment of notes; after a shorter word it may belong to an abbreviation ("dr. Holm")."""
_OPENING = frozenset({CueKind.HYPOTHETICAL, CueKind.GENERAL})
"""Cues that open with the word that makes them one; the rest may be part of a match as well."""
_OPENING_FORWARD = frozenset({CueKind.AVOIDED, CueKind.WISHED, CueKind.FEARED})
"""Cues that do so where they reach forward: "har bedt om en ny" and a match of "en ny mentor"."""
_NOTS = frozenset({"ikke", "aldrig", "næppe"})
"""Words that deny a clause."""
_AND = frozenset({"og", "eller", "samt"})
"""A negation does not reach back over these, nor over a comma: "han har gæld og kan ikke"."""

_BEFORE_MAIN = frozenset({"men", "og", "for", "mens", "at"})
"""Words after which a main clause, or one that is told of, begins anew."""
_HEADS = frozenset(words_of("fordi da når eftersom idet selvom skønt siden efter mens"))
"""Words that open a subordinate clause at the head of a sentence."""
_RELATIVES = frozenset({"som", "der", "hvor", "hvis"})
"""Words that open a relative clause."""
_LEADING = frozenset(words_of("at om som der hvor hvis eller samt når da hvem hvad hvilken hvilket hvilke uden"))
"""Words that lead from a clause into one that belongs to it, or go on with a list."""
_NEXT_MAIN = frozenset({"og", "men", "så", "for"})
"""Words after a comma that begin a main clause of its own."""
_IN_CLAUSE = frozenset({CueKind.NEGATED, CueKind.FEARED, CueKind.NO_LONGER, CueKind.AVOIDED, CueKind.WISHED})
"""Cues that hold only within their own clause and what hangs on it."""

_WHOLE = frozenset({CueKind.FEARED, CueKind.NO_LONGER, CueKind.AVOIDED, CueKind.GENERAL})
"""Cues that take away even what a negation states."""

_RESULTS = frozenset(
    {CueKind.HYPOTHETICAL, CueKind.WISHED, CueKind.PLANNED, CueKind.DEMANDED, CueKind.GENERAL, CueKind.FEARED}
)
"""Cues over what is not so: neither is what would follow from it ("så han kan komme med")."""
_SUBJECTS = frozenset({"jeg", "vi", "han", "hun", "man"})
"""Where one of these begins a cue over what is fronted, the verb stands before it."""
_BEHIND_VERB = frozenset(
    words_of(
        "ikke aldrig næppe ingen intet ingenting knap hverken på uden udenom fri ude væk bort sparet forskånet skånet "
        "sluppet fritaget befriet snydt af nej fra holdt"
    )
)
"""Words that begin a cue over what is fronted and stand behind the verb and its subject: "køen kom hun uden om"."""
_BOUND = frozenset({CueKind.NEGATED, CueKind.NO_LONGER})
"""Cues that reach back no further than their clause."""

_FRONTED = frozenset({Direction.FRONTED, Direction.FRONTED_NEW})
_DENIALS = frozenset({CueKind.NEGATED, CueKind.AVOIDED, CueKind.NO_LONGER})
_NEAR_OF = {CueKind.AVOIDED: 4, CueKind.NO_LONGER: 4, CueKind.NEGATED: 1}
"""Of what how far after a negation it is denied itself: "kunne nu heller ikke undgå", "ikke uden"."""

_SOMEBODY = frozenset(
    words_of(
        "jeg mig min mit mine vi os vores han ham hans hun hende hendes drengen pigen mor far moren "
        "faren moderen faderen sønnen datteren var havde blev fik kom gik kunne skulle ville måtte her nu"
    )
)
"""Words with which a sentence speaks of somebody or of what was, not of all."""
_DOUBTED = frozenset(words_of("uklart uvist tvivl er"))
"""Words before "om" that say themselves that nobody knows: the doubt is what is told."""
_COUNTED = frozenset(words_of("den de det disse to tre fire fem flere begge en et der i på"))
"""Words before a noun of which there are some, or of which one is known."""
_NEITHER = "=hverken"
"""A denial that goes on with another: "ikke, hverken her eller der"."""

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
    shape = _shape(text, sentence)
    pseudo = {
        word
        for rule, hit in found
        if rule.kind is CueKind.PSEUDO and not _is_broken(hit, sentence.words, shape)
        for word in range(hit[0], hit[-1] + 1)
    }
    stops = {word for rule, hit in found if rule.kind is CueKind.TERMINATOR for word in hit if word not in pseudo}
    real = [
        (rule, hit)
        for rule, hit in found
        if rule.kind not in (CueKind.PSEUDO, CueKind.TERMINATOR) and not pseudo & set(hit)
    ]
    if not real:
        return ()
    return tuple(
        ScopedCue(rule, hit, *_reach(rule, hit, sentence.words, stops - set(hit), shape))
        for rule, hit in real
        if not rule.opens or _opens(rule, hit, sentence.words, shape)
    )


def _is_broken(hit: Hit, words: Sequence[str], shape: "_Shape") -> bool:
    """Say whether a denial that would be none is in another clause than what makes it none."""
    return words[hit[0]] in _NOTS and any(
        later > word + 1 and not shape.commas.isdisjoint(range(word, later)) for word, later in pairwise(hit)
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the clauses of a sentence end.

    Attributes:
        stops: Indexes of the words that stand right after a punctuation that ends a scope.
        commas: Indexes of the words before a comma.
        ands: Indexes of "og" and its like.
        names: Indexes of the words that begin with a capital inside the sentence.
        hard: Those of the stops that are no quotation marks.
    """

    stops: frozenset[int]
    commas: frozenset[int]
    ands: frozenset[int]
    names: frozenset[int]
    hard: frozenset[int]


def _shape(text: str, sentence: Sentence) -> _Shape:
    spans = word_spans(text)
    commas = [number for number, (_, end) in enumerate(spans) if text[end : end + 1] == ","] if "," in text else ()
    stops = _stops_before(text, spans)
    return _Shape(
        stops,
        frozenset(commas),
        frozenset([number for number, word in enumerate(sentence.words) if word in _AND]),
        frozenset([at for at, (start, _) in enumerate(spans) if at and at not in stops and text[start].isupper()]),
        _stops_before(_QUOTES.sub(" ", text), spans) if stops and _QUOTES.search(text) else stops,
    )


def _stops_before(text: str, spans: list[tuple[int, int]]) -> frozenset[int]:
    """Return the indexes of the words that stand right after a punctuation that ends a scope."""
    places = [match.start() for match in _STOPS.finditer(fold(text))]
    places += [match.start() for match in _FULL_STOP.finditer(text)]
    if not places:
        return frozenset()
    starts = [start for start, _ in spans]
    return frozenset(bisect_right(starts, place) for place in places)


def _opens(rule: CueRule, hit: Hit, words: Sequence[str], shape: _Shape) -> bool:
    """Say whether a cue opens a main clause: it begins the sentence or follows "men" and its like after a comma.

    A condition that only the order of words makes one ("Havde vi ventet, var hun ...") ends with the verb that opens
    the clause after the comma, or with the subject behind it; a single verb is looked at by ``is_condition``. After a
    comma "om" opens what is asked where a subject follows ("de spurgte, om hun drak").
    """
    first, last = hit[0], hit[-1]
    begins = first == 0 or first in shape.stops
    if rule.direction is Direction.BACKWARD:
        return first in shape.stops or first - 1 in shape.commas
    if rule.kind is CueKind.GENERAL and rule.direction is Direction.SENTENCE:
        leads = begins or (first == 1 and words[0] not in _COUNTED)
        return leads and not shape.names and _SOMEBODY.isdisjoint(words)
    if rule.kind is CueKind.HYPOTHETICAL:
        if words[first] == "om":
            asked = first - 1 in shape.commas and is_clause(words, first + 1, shape.names)
            plain = "ikke" not in words[first + 1 : first + 3] and list(words[first + 1 : first + 3]) != ["det", "er"]
            return asked and plain and words[first - 1] not in _DOUBTED
        if first == last:
            return begins and len(words) not in shape.stops and is_condition(words, first, shape.commas, shape.names)
        return begins and not shape.commas.isdisjoint((last - 1, last - 2))
    return begins or (words[first - 1] in _BEFORE_MAIN and (first == 1 or first - 2 in shape.commas))


def _reach(rule: CueRule, hit: Hit, words: Sequence[str], stops: set[int], shape: _Shape) -> tuple[int, int]:
    size = len(words)
    start, end = hit[0], hit[-1] + 1
    if rule.direction is Direction.SENTENCE:
        if not _is_order(rule):
            return 0, size
        return start, min((stop for stop in shape.stops if stop >= end), default=size)
    if rule.direction in _FRONTED:
        denied = any(words[at] in _NOTS for at in range(start, end) if at not in hit)
        if denied or not shape.hard.isdisjoint(hit[1:]) or not is_one_clause(words, start, hit[-1], shape.commas):
            return start, start
        verb = start
        if start and words[start] in _SUBJECTS and start not in shape.hard and start - 1 not in shape.commas:
            verb -= 1
        elif words[start] in _BEHIND_VERB:
            new = rule.direction is Direction.FRONTED_NEW
            if not new and not is_stranded(words, hit[-1], shape.commas, shape.hard):
                return start, start
            verb = inverted_verb(words, start, shape.names, shape.commas, shape.hard, strict=new)
            if verb < 0:
                return start, start
            nobody = words[start] == "ingen" and verb == start - 1
            nobody = nobody and is_stranded(words, start, shape.commas, shape.hard)
            if new and (nobody or is_all_denied(words, verb, hit[-1], shape.commas, shape.hard)):
                return fronted_start(words, verb, shape.commas, shape.hard)
        phrase = fronted_start(words, verb, shape.commas, shape.hard | {stop + 1 for stop in stops})
        new = rule.direction is Direction.FRONTED_NEW
        return (start, start) if new and not is_new(words[phrase[0] : phrase[1]], words[verb]) else phrase
    reach = rule.reach or size
    if rule.direction in (Direction.FORWARD, Direction.BOTH):
        limit = min(size, end + reach)
        if rule.kind in _RESULTS:
            stops = {stop for stop in stops if words[stop] != "så"}
        ends = _clause_ends(rule, hit, words, shape)
        while end < limit and end not in stops and end not in shape.stops and end not in ends:
            end += 1
    if rule.direction in (Direction.BACKWARD, Direction.BOTH):
        limit = max(0, start - reach)
        ends = stops | shape.ands | shape.commas if rule.kind in _BOUND else stops
        while start > limit and start - 1 not in ends and start not in shape.stops:
            start -= 1
    return start, end


def _clause_ends(rule: CueRule, hit: Hit, words: Sequence[str], shape: _Shape) -> set[int]:
    """Return the words before which a comma ends the clause of a cue that reaches forward.

    A comma before "at", "som" and their like leads into a clause that the cue reaches, too. It ends the scope where the
    cue stands in a subordinate clause at the head of the sentence ("fordi hun aldrig kom, ...") or in a relative clause
    ("som lægen var nervøs for, ..."), and where "og" or a subject's pronoun begins another main clause.
    """
    if rule.kind not in _IN_CLAUSE:
        return set()
    later = [at for at in shape.commas if at >= hit[-1]]
    if not later:
        return set()
    first = hit[0]
    while first > 0 and first - 1 not in shape.commas and first not in shape.stops:
        first -= 1
    openers = _HEADS if first == 0 or first in shape.stops else _RELATIVES
    inside = rule.kind is CueKind.NO_LONGER or words[first] in openers
    return {
        at + 1
        for at in later
        if at + 1 < len(words)
        and words[at + 1] not in _LEADING
        and (inside or words[at + 1] in _NEXT_MAIN)
        and (rule.kind is not CueKind.WISHED or words[at + 1] != "så")
        and list(words[at + 1 : at + 3]) != ["og", "at"]
    }


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
        and (_is_order(cue.rule) or consumed.isdisjoint(_own_words(cue)))
    )
    return _without_double(found) if len(found) > 1 else found


def _own_words(cue: ScopedCue) -> Hit:
    """Return the words of a cue that make it one: of some the first, over a fronted phrase all after the verb."""
    if cue.rule.kind in _OPENING or (cue.rule.kind in _OPENING_FORWARD and cue.rule.direction is Direction.FORWARD):
        return cue.words[:1]
    if cue.rule.direction in _FRONTED and len(cue.words) > 1:
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
    return tuple(cue for cue in cues if cue.rule.kind not in _DENIALS or not both & set(cue.words))


def _is_order(rule: CueRule) -> bool:
    """Say whether a cue is the whole sentence's form: then it governs matches of its own words, too."""
    return rule.opens and (
        rule.kind is CueKind.HYPOTHETICAL or (rule.kind is CueKind.GENERAL and rule.direction is Direction.SENTENCE)
    )


def assertion_of(cues: Iterable[ScopedCue]) -> Assertion:
    """Say what the sentence does with a match under these cues."""
    given = {_ASSERTIONS[cue.rule.kind] for cue in cues if cue.rule.kind in _ASSERTIONS}
    return next((assertion for assertion in _WEIGHT if assertion in given), Assertion.AFFIRMED)


def outer_assertion(cues: Iterable[ScopedCue], words: Sequence[str], when: When) -> Assertion:
    """Say what a sentence does with a match of a rule that takes a negation for its own.

    Only what speaks of the whole clause counts: "hun frygter, at ...", "når man ...", not a denial inside it.
    """
    outer = [
        cue
        for cue in cues
        if (cue.rule.opens and cue.rule.kind is not CueKind.NEGATED)
        or cue.rule.direction is Direction.SENTENCE
        or cue.rule.kind in _WHOLE
        or (words[cue.words[-1]] == "at" and cue.rule.kind is not CueKind.HYPOTHETICAL)
    ]
    found = assertion_of(outer)
    return Assertion.AFFIRMED if found is Assertion.NEGATED and when is When.NEGATED else found


def is_after(cue: ScopedCue, hit: Hit) -> bool:
    """Say whether a cue that reaches forward stands after a match."""
    return cue.rule.direction is Direction.FORWARD and cue.words[0] > hit[-1]


def is_before(cues: Iterable[ScopedCue]) -> bool:
    """Say whether any of the cues places the match before the course."""
    return any(cue.rule.kind is CueKind.BEFORE for cue in cues)
