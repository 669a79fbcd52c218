"""The clauses of a sentence: where they end, and whether a context cue opens one."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.coding.conditions import is_condition
from pipeline.coding.fronting import is_clause
from pipeline.coding.matchers import Hit, Sentence
from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.codes import CueKind, CueRule, Direction

_STOPS = re.compile(r"[;:()\[\]!?\"“”«»]| [–—-] ")
"""Punctuation that ends every scope but a sentence's; a comma does not: Danish sets one before every clause."""
_QUOTES = re.compile(r"[\"“”«»]")
"""Quotation marks: a phrase before a verb may stand between them."""
_COMMA = re.compile(r"[\"“”»«]?,")
"""A comma right after a word, or after what is said: "..., hvor alt var »fint«, ..."."""
_FULL_STOP = re.compile(r"(?<=\w{3})\.\s+(?=[A-ZÆØÅ])")
"""A full stop within a segment of notes; after a shorter word it may belong to an abbreviation ("dr. Holm")."""
NOTS = frozenset({"ikke", "aldrig", "næppe"})
"""Words that deny a clause."""
_AND = frozenset({"og", "eller", "samt"})
"""A negation does not reach back over these, nor over a comma: "han har gæld og kan ikke"."""

_GOING_ON = frozenset({"men", "også", "desuden", "tillige", "samtidig"})
"""Words that go on from a denial that is none, mostly after a comma: "ikke blot gæld, men også ..."."""
_ONLY_BECAUSE = frozenset({"er", "var"})
"""Verbs of "det er ikke, fordi": with another one, and a comma, the denial is one: "hun kom ikke, fordi ..."."""
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

_SOMEBODY = frozenset(
    words_of(
        "jeg mig min mit mine vi os vores han ham hans hun hende hendes drengen pigen mor far moren "
        "faren moderen faderen sønnen datteren var havde blev fik kom gik kunne skulle ville måtte her nu"
    )
)
"""Words with which a sentence speaks of somebody or of what was, not of all."""
_ONE = frozenset(words_of("mig ham hende os drengen pigen sønnen datteren borgeren familien"))
"""Words for whom a case is about."""
_DOUBTED = frozenset(words_of("uklart uvist tvivl er"))
"""Words before "om" that say themselves that nobody knows: the doubt is what is told."""
_COUNTED = frozenset(words_of("den de det disse to tre fire fem flere begge en et der i på"))
"""Words before a noun of which there are some, or of which one is known."""


@dataclass(frozen=True, slots=True)
class Shape:
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


def shape_of(text: str, sentence: Sentence) -> Shape:
    """Find where the clauses of a sentence end.

    Args:
        text: The sentence's text, for its punctuation and capitals.
        sentence: Its words.
    """
    spans = word_spans(text)
    commas = [number for number, (_, end) in enumerate(spans) if _COMMA.match(text, end)] if "," in text else ()
    stops = _stops_before(text, spans)
    return Shape(
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


def is_broken(hit: Hit, words: Sequence[str], shape: Shape) -> bool:
    """Say whether a denial that would be none is in another clause than what makes it none."""
    if (
        hit[0] in shape.commas
        and words[hit[-1]] == "fordi"
        and _ONLY_BECAUSE.isdisjoint(words[max(0, hit[0] - 2) : hit[0]])
    ):
        return True
    if any(words[later] in NOTS and later == word + 1 and word in shape.commas for word, later in pairwise(hit)):
        return True
    return words[hit[0]] in NOTS and any(
        later > word + 1 and words[later] not in _GOING_ON and not shape.commas.isdisjoint(range(word, later))
        for word, later in pairwise(hit)
    )


def may_open(rule: CueRule, at: int, words: Sequence[str], text: str) -> bool:
    """Say at a glance whether a hypothetical cue may open something at a word: ``opens`` says whether it does.

    Args:
        rule: The cue; one that reaches back may stand after any comma or quotation ("..., frygtede hun").
        at: Index of its first word.
        words: The sentence's folded words.
        text: The sentence's text, for its punctuation.
    """
    if rule.direction is Direction.BACKWARD:
        return at > 0
    return at == 0 or words[at] == "om" or _STOPS.search(text) is not None or _FULL_STOP.search(text) is not None


def opens(rule: CueRule, hit: Hit, words: Sequence[str], shape: Shape) -> bool:
    """Say whether a cue opens a main clause: it begins the sentence or follows "men" and its like after a comma.

    A condition that only the order of words makes one ("Havde vi ventet, var hun ...") ends with the verb that opens
    the clause after the comma, or with the subject behind it; a single verb is looked at by ``is_condition``. After a
    comma "om" opens what is asked where a subject follows ("de spurgte, om hun drak").

    Args:
        rule: The cue.
        hit: Indexes of its words.
        words: The sentence's folded words.
        shape: Where its clauses end.
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
            begins = begins and first - 1 not in shape.commas
            return begins and len(words) not in shape.stops and is_condition(words, first, shape.commas, shape.names)
        return begins and not shape.commas.isdisjoint((last - 1, last - 2))
    return begins or (words[first - 1] in _BEFORE_MAIN and (first == 1 or first - 2 in shape.commas))


def is_of_one(rule: CueRule, hit: Hit, words: Sequence[str], shape: Shape) -> bool:
    """Say whether what a sentence seems to say of all, it says of one: "det er et vilkår for Ole, at ...".

    Args:
        rule: The cue.
        hit: Indexes of its words.
        words: The sentence's folded words.
        shape: Where its clauses end, and its names.
    """
    if rule.kind is not CueKind.GENERAL or rule.direction is not Direction.SENTENCE or hit[-1] + 2 >= len(words):
        return False
    whom = hit[-1] + 2
    if words[whom - 1] == "for":
        return whom in shape.names or words[whom] in _ONE
    return words[whom - 1] == "at" and whom in shape.names


def own_clause(end: int, words: Sequence[str], shape: Shape) -> int:
    """Return the word before which a cue over a whole sentence ends: ", men" or ", og" with a subject of its own.

    "Normalt får man støtte, men Ali fik afslag", "de fik lov at blive boende, og gælden er der endnu".

    Args:
        end: Index of the word after the cue.
        words: The sentence's folded words.
        shape: Where its clauses end.
    """
    for at in sorted(comma + 1 for comma in shape.commas if comma >= end - 1):
        if at < len(words) and (words[at] == "men" or (words[at] == "og" and is_clause(words, at + 1, shape.names))):
            return at
    return len(words)


def own_start(start: int, words: Sequence[str], shape: Shape) -> int:
    """Return the word at which a whole sentence's cue of what was avoided begins: the ", og" and subject before it.

    "Familien har gæld, og de fik lov at blive boende"; behind "men" it tells of what stands before that.

    Args:
        start: Index of the cue's first word.
        words: The sentence's folded words.
        shape: Where its clauses end.
    """
    for at in sorted((comma + 1 for comma in shape.commas if comma + 1 < start), reverse=True):
        if words[at] == "men":
            return 0
        if words[at] == "og" and is_clause(words, at + 1, shape.names):
            return at
    return 0


def clause_ends(rule: CueRule, hit: Hit, words: Sequence[str], shape: Shape) -> set[int]:
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
