"""The phrase before a Danish main clause's verb, and what a denial after the verb says of it.

Danish puts one phrase of any kind before the finite verb, and the negation after it: "Ventetid mærkede vi intet til",
"Mistilliden, som andre havde nævnt, så jeg ikke". What stands there is denied along with the clause where it brings up
something new ("nogen plan blev der ikke lagt"); what is known stays true of most verbs ("gælden kan hun ikke betale").
"""

from collections.abc import Sequence, Set
from itertools import pairwise

from pipeline.language.words import words_of

_PRONOUNS = frozenset({"jeg", "du", "han", "hun", "vi", "de", "man", "der", "det", "den"})
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
_ASKED = frozenset({"hvor", "hvordan", "hvornår", "hvorfor", "hvilket"})
"""Words that do so where they begin the sentence: "Hvor hun skal bo, har hun ikke behøvet at tænke på"."""
_RELATIVE = frozenset({"som", "der", "hvor", "da", "hvis"})
"""Words that open a clause which says more of the phrase before it."""
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
_NOUNS = (*_DEFINITE, "mor", "far", "bror", "søster")
"""Endings of nouns that stand as a subject without anything before them."""
_NO_NOUNS = frozenset(words_of("igen siden inden uden meget andet alene ingen noget nogen blevet været fået haft"))
"""Words with such an ending that are no nouns."""
_PAST = frozenset(
    words_of(
        "kunne ville skulle måtte havde var blev fik kom gik tog stod lå så fandt gav lod slap skrev bad holdt trak "
        "satte vidste burde kan skal vil må faldt gjorde sagde lagde gjaldt bandt drak sov hjalp røg løb slog traf "
        "bød bar skar sprang brød steg sank vandt bragte forsvandt undgik forlod sad hed led red sled lykkes findes "
        "svandt synes mindes"
    )
)
"""Finite verbs that do not end as most do."""
_PLAINLY_FINITE = _PAST | frozenset(words_of("er har bliver får gik siger sagde talte hørte spurgte havde"))
"""Verbs that no noun looks like."""
_NO_VERBS = frozenset(words_of("der her hver mor far bror søster år mr før efter eller under over når hvor især ofte"))
"""Words that end like a verb and are mostly none."""
_MODAL = frozenset(
    words_of(
        "kan kunne vil ville tør turde magter magtede klarer klarede overskuer overskuede forstår forstod orker orkede"
    )
)
"""Verbs after which what stands before them stays true though they are denied: "regninger kan hun ikke overskue"."""
_DETERMINERS = frozenset(words_of("hver alle ingen nogen begge flere en et mor far"))
"""Words that a subject may begin with, beside those of what is known."""
_AFTER_STRANDED = frozenset(
    words_of("ind op ned fordi da når hvis så og men denne helt igen ellers selvom mens alligevel sammen")
)
"""Words beside prepositions before which a preposition may have lost its noun."""
_WITHIN = 7
"""A denial stands no further behind the verb."""
_COPULAS = frozenset(words_of("er var bliver blev føler følte virker virkede"))
"""Verbs before which a participle says what somebody is: "truet føler han sig ikke"."""
_HAVING = frozenset(words_of("har havde får fik"))
"""Verbs of having: what says how long may follow their denial."""
_LASTING = frozenset(words_of("gennem i under fra siden"))
"""Prepositions before how long something is."""
_LIGHT = frozenset(
    words_of(
        "står stod ligger lå bor boede sidder sad er var bliver blev har havde får fik kom kommer nåede gav skete "
        "findes fandtes"
    )
)
"""Verbs that say nothing themselves: where their denial ends the clause, it is of what stands before them."""
_DONE = frozenset(words_of("været haft fået blevet kommet nået givet gjort set sket brugt prøvet tale"))
"""Words that end a clause with such a verb."""
_TIMES = (
    "dagen",
    "aftenen",
    "natten",
    "morgenen",
    "ugen",
    "måneden",
    "året",
    "vinteren",
    "sommeren",
    "foråret",
    "efteråret",
)
"""Endings of what says when."""
_UNITS = frozenset(words_of("time timer dag dage døgn uge uger måned måneder halvår år"))
_LATER = frozenset(words_of("efter senere inden før forinden herefter derefter"))
"""Words after a stretch of time that make it say when: "tre uger efter mødet"."""
_LIST = 5
"""A list's last two items have fewer words."""
_MOST = 14
"""No fronted phrase has more words."""
_MOST_WHOLE = 22
"""None with the clause that belongs to it has."""


def fronted_start(
    words: Sequence[str],
    verb: int,
    commas: Set[int],
    stops: Set[int],
    *,
    known: bool = False,
    whole: bool = False,
    quoted: bool = False,
) -> tuple[int, int]:
    """Return the first word of the phrase before a finite verb, and the word after it; twice the verb where none is.

    Args:
        words: Folded words of the sentence.
        verb: Index of the finite verb.
        commas: Indexes of the words that a comma follows.
        stops: Indexes of the words before which a clause begins whatever they are.
        known: True to take a clause that belongs to a noun with its noun ("rygtet om, at hun drak, ..."), and a
            question as a phrase ("hvor hun skal bo, ...").
        whole: True to take a phrase with the relative clause that follows it ("morgenerne, hvor han lå i sengen, ...").
        quoted: True where a quotation ends before the verb: it may be a clause of its own ("»Jeg kan ikke« siger hun").
    """
    none = (verb, verb)
    if verb == 0 or verb in stops or words[verb - 1] in _LINKS:
        return none
    end = verb
    start = _clause_start(verb, commas, stops)
    if verb - 1 in commas:
        # The verb follows an embedded clause: the phrase stands before it, or it is the phrase.
        inner = _clause_start(verb - 1, commas, stops)
        if inner > 0 and inner in stops and words[inner - 1] in _SUBORDINATE:
            inner -= 1
        if words[inner] in _SUBORDINATE and inner > 0 and inner - 1 in commas:
            outer = _clause_start(inner - 1, commas, stops)
            inner = outer if words[outer] in _CLAUSES else inner
        start = inner
        if known and inner == 0 and words[0] in _ASKED:
            return (0, end) if end <= _MOST else none
        if words[inner] not in _CLAUSES:
            if inner == 0 or inner in stops or inner - 1 not in commas:
                return none
            if not whole or words[inner] not in _RELATIVE:
                end = inner
            start = _clause_start(inner - 1, commas, stops)
        elif known and inner > 1 and inner not in stops and words[inner - 1] in _PREPOSITIONS:
            noun = _clause_start(inner - 1, commas, stops)
            start = noun if _PLAINLY_FINITE.isdisjoint(words[noun:inner]) else inner
    elif (
        start - 1 in commas
        and words[start] not in _LINKS
        and end - start < _LIST
        and not {"og", "eller"}.isdisjoint(words[start:end])
    ):
        start = _clause_start(start - 1, commas, stops)  # the end of a list
    while start < end and words[start] in _LINKS:
        start += 1
    if not quoted and start < end and words[start] in _PRONOUNS and (words[start] not in _KNOWN or end - start == 1):
        later = [at for at in range(start, end) if words[at] in _LINKS]
        start = later[-1] + 1 if later else end
    if start >= end or end - start > (_MOST_WHOLE if whole else _MOST) or words[start] in _SUBORDINATE:
        return none
    return start, end


def inverted_verb(
    words: Sequence[str], at: int, names: Set[int], commas: Set[int], stops: Set[int], *, strict: bool = True
) -> int:
    """Return the finite verb of a clause whose subject stands behind it, before a denial; -1 where there is none.

    Args:
        words: Folded words of the sentence.
        at: Index of the denial's first word, which may be the subject itself ("faldt ingen ind").
        names: Indexes of the words that begin with a capital inside the sentence.
        commas: Indexes of the words that a comma follows.
        stops: Indexes of the words before which a clause begins whatever they are.
        strict: True to leave out verbs of ability, whose denial says nothing of what stands before them.
    """
    last = verb = _before_aside(at - 1, commas)
    while verb > 0 and (verb == last or verb not in commas) and verb + 1 not in stops and last - verb < _WITHIN:
        word = words[verb]
        if (
            is_finite(word)
            and (word != "så" or verb - 1 not in commas)
            and (words[verb + 1] == "ingen" or is_subject_at(words, verb + 1, names))
        ):
            return -1 if strict and word in _MODAL else verb
        if word in _BREAKS:
            return -1
        verb -= 1
    return -1


def _before_aside(at: int, commas: Set[int]) -> int:
    """Return the word before what stands between commas up to a word ("har han, så vidt vi ved, aldrig"), or itself."""
    opening = max((comma for comma in commas if comma < at), default=0)
    return at if at not in commas else opening * (at - opening <= _WITHIN)


def is_stranded(words: Sequence[str], last: int, commas: Set[int], stops: Set[int]) -> bool:
    """Say whether a preposition has nothing behind it: its noun stands before the verb ("køen kom vi uden om")."""
    after = last + 1
    return (
        after >= len(words)
        or last in commas
        or after in stops
        or words[after] in _PREPOSITIONS
        or words[after] in _AFTER_STRANDED
    )


def is_all_denied(words: Sequence[str], verb: int, last: int, commas: Set[int], stops: Set[int]) -> bool:
    """Say whether a denial that ends its clause is of what stands before a verb that says nothing itself.

    "I skole kommer hun ikke", "den samme mentor har han ikke haft": then even what is known is denied.
    """
    if words[verb] not in _LIGHT:
        return False
    while last + 1 < len(words) and last not in commas and words[last + 1] in _DONE:
        last += 1
    after = last + 1
    ends = after >= len(words) or last in commas or after in stops
    return ends or (words[verb] in _HAVING and words[after] in _LASTING)


def is_clause(words: Sequence[str], at: int, names: Set[int]) -> bool:
    """Say whether a word begins a clause: a subject stands there, and it names no time ("om mandagen")."""
    return at < len(words) and is_subject_at(words, at, names) and not words[at].endswith(_TIMES)


def is_subject_at(words: Sequence[str], at: int, names: Set[int]) -> bool:
    """Say whether a subject begins with a word: a pronoun, a name, a known noun."""
    return at in names or _is_subject(words[at]) or words[at] in _KNOWN or words[at] in _DETERMINERS


def _clause_start(at: int, commas: Set[int], stops: Set[int]) -> int:
    """Go back from a word to the first one of its clause."""
    while at > 0 and at not in stops and at - 1 not in commas:
        at -= 1
    return at


def is_one_clause(words: Sequence[str], first: int, last: int, commas: Set[int]) -> bool:
    """Say whether nothing between two words begins another clause."""
    return not any(at in commas or words[at] in _BREAKS for at in range(first, last))


def is_new(phrase: Sequence[str], verb: str = "") -> bool:
    """Say whether a phrase brings up something new: its noun is neither definite nor somebody's.

    Args:
        phrase: The folded words of the phrase.
        verb: The verb behind it: before one that says what somebody is, "presset" is a participle.
    """
    if not phrase or phrase[0] in _PREPOSITIONS or _says_when(phrase):
        return False
    if verb in _COPULAS and phrase[0].endswith("et") and phrase[0] not in _KNOWN:
        return True
    for word in phrase:
        if word in _PREPOSITIONS:
            break
        if word in _KNOWN or (len(word) > 4 and word.endswith(_DEFINITE) and not word.endswith(_INDEFINITE)):
            return phrase[0] in ("en", "et", "nogen", "noget", "nogle", "én", "ét", "at")
    return True


def _says_when(phrase: Sequence[str]) -> bool:
    return any(word in _UNITS and after in _LATER for word, after in pairwise(phrase))


def _is_subject(word: str) -> bool:
    if word in _PRONOUNS:
        return True
    return len(word) > 3 and word.endswith(_NOUNS) and not word.endswith(_INDEFINITE) and word not in _NO_NOUNS


def is_finite(word: str) -> bool:
    """Say whether a word looks like a finite verb."""
    if word in _NO_VERBS or word in _PREPOSITIONS or word in _KNOWN or (word in _LINKS and word != "så"):
        return False
    return word in _PAST or word.endswith(("ede", "te", "r", "es"))
