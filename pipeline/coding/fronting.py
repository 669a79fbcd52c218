"""The phrase before a Danish main clause's verb, and what a denial after the verb says of it.

Danish puts one phrase of any kind before the finite verb, and the negation after it: "Ventetid mærkede vi intet til",
"Mistilliden, som andre havde nævnt, så jeg ikke". What stands there is denied along with the clause where it brings up
something new ("nogen plan blev der ikke lagt"); what is known stays true of most verbs ("gælden kan hun ikke betale").
"""

from collections.abc import Sequence, Set

from pipeline.language.words import words_of

_PRONOUNS = frozenset({"jeg", "du", "han", "hun", "vi", "i", "de", "man", "der", "det", "den"})
"""A phrase of one of these names nothing that a code is about, and with more words it is a clause of its own."""
_SUBORDINATE = frozenset(
    words_of(
        "da når hvis fordi idet eftersom selvom skønt mens imens "
        "inden før indtil siden efter ligesom medmindre såfremt hvor som trods"
    )
)
"""Words that open a subordinate clause, of which a later denial says nothing."""
_CLAUSES = frozenset({"at", "om", "hvem", "hvad", "hvilken", "hvilke"})
"""Words that open a clause which is itself what the main clause speaks of: "At hun drak, har vi ikke set"."""
_LINKS = frozenset({"og", "eller", "samt", "men", "for", "så"})
"""Words that may stand between two main clauses."""
_BREAKS = frozenset({"og", "men", "at", "som", "fordi", "hvis", "når"})
"""Words that begin something else between a verb and a denial."""
_KNOWN = frozenset(
    words_of("den det de denne dette disse min mit mine din dit sin sit sine hans hendes deres vores alle")
)
"""Words before a noun that is known already."""
_PREPOSITIONS = frozenset(
    words_of("i på med til af mellem hos for fra om over under ved omkring blandt uden efter mod")
)
_DEFINITE = ("en", "et", "erne", "ene", "ens", "ets", "ernes")
_INDEFINITE = ("eret", "sen", "ment", "tet")
"""Endings that look definite and are not: "isoleret"."""
_LIST = 5
"""A list's last two items have fewer words."""
_MOST = 14
"""No fronted phrase has more words."""


def fronted_start(words: Sequence[str], verb: int, commas: Set[int], stops: Set[int]) -> tuple[int, int]:
    """Return the first word of the phrase before a finite verb, and the word after it; twice the verb where none is.

    Args:
        words: Folded words of the sentence.
        verb: Index of the finite verb.
        commas: Indexes of the words that a comma follows.
        stops: Indexes of the words before which a clause begins whatever they are.
    """
    none = (verb, verb)
    if verb == 0 or verb in stops or words[verb - 1] in _LINKS:
        return none
    end = verb
    start = _clause_start(verb, commas, stops)
    if verb - 1 in commas:
        # The verb follows an embedded clause: the phrase stands before it, or it is the phrase.
        inner = _clause_start(verb - 1, commas, stops)
        start = inner
        if words[inner] not in _CLAUSES:
            if inner == 0 or inner in stops or inner - 1 not in commas:
                return none
            end = inner
            start = _clause_start(inner - 1, commas, stops)
    elif (
        start - 1 in commas
        and words[start] not in _LINKS
        and end - start < _LIST
        and not {"og", "eller"}.isdisjoint(words[start:end])
    ):
        start = _clause_start(start - 1, commas, stops)  # the end of a list
    while start < end and words[start] in _LINKS:
        start += 1
    if start < end and words[start] in _PRONOUNS and (words[start] not in _KNOWN or end - start == 1):
        later = [at for at in range(start, end) if words[at] in _LINKS]
        start = later[-1] + 1 if later else end
    if start >= end or end - start > _MOST or words[start] in _SUBORDINATE:
        return none
    return start, end


def _clause_start(at: int, commas: Set[int], stops: Set[int]) -> int:
    """Go back from a word to the first one of its clause."""
    while at > 0 and at not in stops and at - 1 not in commas:
        at -= 1
    return at


def is_one_clause(words: Sequence[str], first: int, last: int, commas: Set[int]) -> bool:
    """Say whether nothing between two words begins another clause."""
    return not any(at in commas or words[at] in _BREAKS for at in range(first, last))


def is_new(phrase: Sequence[str]) -> bool:
    """Say whether a phrase brings up something new: its noun is neither definite nor somebody's."""
    if not phrase or phrase[0] in _PREPOSITIONS:
        return False
    for word in phrase:
        if word in _PREPOSITIONS:
            break
        if word in _KNOWN or (len(word) > 4 and word.endswith(_DEFINITE) and not word.endswith(_INDEFINITE)):
            return phrase[0] in ("en", "et", "nogen", "noget", "nogle", "én", "ét", "at")
    return True
