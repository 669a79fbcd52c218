"""Which context cue governs which match: a Danish ConText.

After Harkema, Dowling, Thornblade & Chapman (2009), ConText, Journal of Biomedical Informatics 42(5), 839-851: a cue
has a direction and a scope that a terminator ends. Ours differs where Danish does: a cue may reach a few words back to
the finite verb before *ikke*, and words that a rule itself consumed are no cue to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.coding.clauses import (
    NOTS,
    Shape,
    clause_ends,
    is_broken,
    is_of_one,
    may_open,
    opens,
    own_clause,
    own_start,
    shape_of,
)
from pipeline.coding.endings import ENDED, denials_of_an_end, denials_of_stopping
from pipeline.coding.fronting import (
    fronted_start,
    inverted_verb,
    is_all_denied,
    is_new,
    is_one_clause,
    is_stranded,
)
from pipeline.coding.matchers import Hit, Sentence, find
from pipeline.coding.patterns import Matcher, PatternCompiler
from pipeline.language.words import words_of
from pipeline.model.codes import CueKind, CueRule, Direction

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

FRONTED = frozenset({Direction.FRONTED, Direction.FRONTED_NEW})
"""Directions of cues over what stands before a verb."""
_TIMES = frozenset({CueKind.BEFORE, CueKind.DURING, CueKind.COURSE})
"""Cues that say when: what is no plan or denial ("i Én plan") may well tell that."""
DENIALS = frozenset({CueKind.NEGATED, CueKind.AVOIDED, CueKind.NO_LONGER})
"""Cues that say that something is not so."""

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
                if "," in text or rule.direction is Direction.BACKWARD:
                    found.extend(
                        (rule, hit) for hit in find(matcher, sentence) if may_open(rule, hit[0], sentence.words, text)
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
        if rule.kind in _TIMES or (rule.kind not in (CueKind.PSEUDO, CueKind.TERMINATOR) and not pseudo & set(hit))
    ]
    if not real:
        return ()
    lasting, denied = denials_of_an_end(real, sentence.words, shape)
    stopping = denials_of_stopping(sentence.words, shape)
    scoped = []
    for rule, hit in real:
        if rule.opens and not opens(rule, hit, sentence.words, shape):
            continue
        if (rule, hit) in denied or is_of_one(rule, hit, sentence.words, shape):
            continue
        start, end = _reach(rule, hit, sentence.words, stops - set(hit), shape)
        if rule.kind is CueKind.NEGATED:
            stopped = next((stopping[word] for word in hit if word in stopping), None)
            back = rule.direction is not Direction.FORWARD
            if stopped is not None and (back or stopped.goes_on):
                start, end = stopped.start, stopped.end
            elif back and not lasting.isdisjoint(hit):
                continue
        scoped.append(ScopedCue(rule, hit, start, end))
    return tuple(scoped)


def _reach(rule: CueRule, hit: Hit, words: Sequence[str], stops: set[int], shape: Shape) -> tuple[int, int]:
    size = len(words)
    start, end = hit[0], hit[-1] + 1
    if rule.direction is Direction.SENTENCE:
        before = own_clause(end, words, shape) if rule.kind in DENIALS or rule.kind is CueKind.GENERAL else size
        if not is_order(rule):
            return own_start(start, words, shape) if rule.kind is CueKind.AVOIDED else 0, before
        return start, min((stop for stop in shape.stops if stop >= end), default=size)
    if rule.direction in FRONTED:
        beyond = end + (len(hit) == 1 and end < size and end not in shape.hard and end - 1 not in shape.commas)
        denied = any(words[at] in NOTS for at in range(start, beyond) if at not in hit)
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
        known = not new and rule.kind in DENIALS
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


def is_order(rule: CueRule) -> bool:
    """Say whether a cue is the whole sentence's form: then it governs matches of its own words, too."""
    return rule.opens and (
        rule.kind is CueKind.HYPOTHETICAL or (rule.kind is CueKind.GENERAL and rule.direction is Direction.SENTENCE)
    )
