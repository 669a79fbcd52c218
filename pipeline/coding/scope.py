"""Which context cue governs which match: a Danish ConText.

After Harkema, Dowling, Thornblade & Chapman (2009), ConText, Journal of Biomedical Informatics 42(5), 839-851: a cue
has a direction and a scope that a terminator ends. Ours differs where Danish does: a cue may reach a few words back to
the finite verb before *ikke*, and words that a rule itself consumed are no cue to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.coding.clauses import NOTS, Shape, clause_ends, is_broken, may_open, opens, shape_of
from pipeline.coding.endings import ENDED, denials_of_an_end
from pipeline.coding.fronting import (
    fronted_start,
    inverted_verb,
    is_all_denied,
    is_finite,
    is_new,
    is_one_clause,
    is_stranded,
)
from pipeline.coding.matchers import Hit, Sentence, find
from pipeline.coding.patterns import Matcher, PatternCompiler
from pipeline.language.words import words_of
from pipeline.model.codes import CueKind, CueRule, Direction, When
from pipeline.model.codings import Assertion

_OPENING = frozenset({CueKind.HYPOTHETICAL, CueKind.GENERAL})
"""Cues that open with the word that makes them one; the rest may be part of a match as well."""
_OPENING_FORWARD = frozenset({CueKind.AVOIDED, CueKind.WISHED, CueKind.FEARED})
"""Cues that do so where they reach forward: "har bedt om en ny" and a match of "en ny mentor"."""
_WHOLE = frozenset({CueKind.FEARED, CueKind.NO_LONGER, CueKind.AVOIDED, CueKind.GENERAL})
"""Cues that take away even what a negation states."""

_RESULTS = frozenset(
    {CueKind.HYPOTHETICAL, CueKind.WISHED, CueKind.PLANNED, CueKind.DEMANDED, CueKind.GENERAL, CueKind.FEARED}
)
"""Cues over what is not so: neither is what would follow from it ("så han kan komme med")."""
_HOPES = frozenset({CueKind.WISHED, CueKind.FEARED})
_GOING_ON = frozenset({"så", "hvor"})
"""Words that go on with a hope or a fear: "en dag, hvor der er ro"."""
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
            if rule.opens and rule.kind is CueKind.HYPOTHETICAL:  # mostly single verbs, which stand in every sentence
                if "," in text:
                    found.extend(
                        (rule, hit) for hit in find(matcher, sentence) if may_open(hit[0], sentence.words, text)
                    )
                continue
            found.extend((rule, hit) for hit in find(matcher, sentence))
    if not found:
        return ()
    shape = shape_of(text, sentence)
    pseudo = {
        word
        for rule, hit in found
        if rule.kind is CueKind.PSEUDO and not is_broken(hit, sentence.words, shape)
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
    lasting, denied = denials_of_an_end(real, sentence.words, shape)
    if lasting:
        real = [
            (rule, hit)
            for rule, hit in real
            if (rule, hit) not in denied
            and (rule.kind is not CueKind.NEGATED or rule.direction is Direction.FORWARD or lasting.isdisjoint(hit))
        ]
    return tuple(
        ScopedCue(rule, hit, *_reach(rule, hit, sentence.words, stops - set(hit), shape))
        for rule, hit in real
        if not rule.opens or opens(rule, hit, sentence.words, shape)
    )


def _reach(rule: CueRule, hit: Hit, words: Sequence[str], stops: set[int], shape: Shape) -> tuple[int, int]:
    size = len(words)
    start, end = hit[0], hit[-1] + 1
    if rule.direction is Direction.SENTENCE:
        if not _is_order(rule):
            return 0, size
        return start, min((stop for stop in shape.stops if stop >= end), default=size)
    if rule.direction in _FRONTED:
        denied = any(words[at] in NOTS for at in range(start, end + (len(hit) == 1)) if at not in hit and at < size)
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
        new = rule.direction is Direction.FRONTED_NEW
        begins = shape.hard | {stop + 1 for stop in stops}
        quoted = verb in shape.stops and verb not in shape.hard
        whole = rule.kind in ENDED
        known = not new and rule.kind in _DENIALS
        phrase = fronted_start(words, verb, shape.commas, begins, known=known, whole=whole, quoted=quoted)
        return (start, start) if new and not is_new(words[phrase[0] : phrase[1]], words[verb]) else phrase
    reach = rule.reach or size
    if rule.direction in (Direction.FORWARD, Direction.BOTH):
        limit = min(size, end + reach)
        if rule.kind in _RESULTS:
            going_on = _GOING_ON if rule.kind in _HOPES else ("så",)
            stops = {stop for stop in stops if words[stop] not in going_on}
        ends = clause_ends(rule, hit, words, shape)
        while end < limit and end not in stops and end not in shape.stops and end not in ends:
            end += 1
    if rule.direction in (Direction.BACKWARD, Direction.BOTH):
        limit = max(0, start - reach)
        ends = stops | shape.ands | shape.commas if rule.kind in _BOUND else stops
        while start > limit and start - 1 not in ends and start not in shape.stops:
            start -= 1
    return start, end


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


def _is_order(rule: CueRule) -> bool:
    """Say whether a cue is the whole sentence's form: then it governs matches of its own words, too."""
    return rule.opens and (
        rule.kind is CueKind.HYPOTHETICAL or (rule.kind is CueKind.GENERAL and rule.direction is Direction.SENTENCE)
    )


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
        if cue.rule.kind not in _DENIALS or cue.rule.direction is Direction.SENTENCE or not both & set(cue.words)
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


def is_before(cues: Iterable[ScopedCue]) -> bool:
    """Say whether any of the cues places the match before the course."""
    return any(cue.rule.kind is CueKind.BEFORE for cue in cues)
