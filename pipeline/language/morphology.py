"""Danish inflection: from a dictionary form to all the forms a text may hold.

Forms are made when a codebook is compiled, so matching needs no lemmatiser: the lookup lemmas of Danish send
``sagsbehandler`` to a verb and leave capitalised and compound words alone. Ending rules may make a form that no Dane
would write; it does no harm, since no text holds it.
"""

from functools import cache

from pipeline.language.data import read_data

VOWELS = frozenset("aeiouyæøå")
_NOUN = ("en", "ens", "et", "ets", "e", "es", "er", "ers", "ene", "enes", "erne", "ernes")
_ADJECTIVE = ("t", "ere", "est", "este")
_VERB = ("er", "ede", "edes", "et", "es", "ende")


@cache
def _irregular() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Return the words without endings, and the irregular forms by dictionary form."""
    data = read_data("irregular")
    forms: dict[str, frozenset[str]] = {}
    for line in data["forms"]:
        words = line.split()
        forms[words[0]] = forms.get(words[0], frozenset()) | frozenset(words)
    return frozenset(data["invariable"].split()), forms


@cache
def inflect(word: str) -> frozenset[str]:
    """Return all forms of a Danish word, whatever its part of speech.

    Args:
        word: A dictionary form in lower case (infinitive, singular indefinite, positive). A form that is already
            inflected is kept and inflected as if it were one.
    """
    invariable, irregular = _irregular()
    if word in invariable or not word.isalpha() or len(word) < 2:
        return frozenset({word})
    if word in irregular:
        return irregular[word] | {form + "s" for form in irregular[word] if form.endswith(("n", "t"))}
    inherited = _inherited(word, irregular)
    if inherited:
        return inherited
    if word.endswith("e"):
        return frozenset(_from_e(word))
    if word[-1] in VOWELS:
        return frozenset({word} | _with(word, _NOUN, _VERB, ("r", "n", "t", "s")))
    return frozenset(_from_consonant(word))


def _with(stem: str, *endings: tuple[str, ...]) -> set[str]:
    """Return the stem with every ending of every set."""
    return {stem + ending for group in endings for ending in group}


def _inherited(word: str, irregular: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the forms of a compound or prefixed word by its last part, the longest that is irregular."""
    for cut in range(2, len(word) - 1):
        tail = word[cut:]
        if tail in irregular and len(tail) >= 3:
            return frozenset(word[:cut] + form for form in irregular[tail])
    return frozenset()


def _from_e(word: str) -> set[str]:
    """Inflect a word in -e: a verb (vente, køre, glemme) or a noun (mappe, møde, udtalelse)."""
    stem = word[:-1]
    forms = {word} | _with(word, ("n", "ns", "t", "ts", "r", "rne", "rnes", "rs", "s"))
    if word.endswith(("else", "ie", "inde")):
        return forms
    forms |= {stem} | _with(stem, _VERB, ("t", "te", "tes", "ene", "enes"))
    if len(stem) > 2 and stem[-1] == stem[-2]:
        single = stem[:-1]
        forms |= {single, single + "te", single + "t"}
    return forms


def _from_consonant(word: str) -> set[str]:
    """Inflect a word that ends in a consonant: a noun (skift, bus, cykel) or an adjective (svær, sikker)."""
    forms = {word, word + "s"}
    if word.endswith("ing"):
        return forms | _with(word, ("en", "ens", "er", "ers", "erne", "ernes"))
    if word.endswith("er") and len(word) > 4:
        return forms | _with(word, ("en", "ens", "e", "es", "ne", "nes", "et", "ets", "t")) | _syncopated(word)
    forms |= _with(word, _NOUN, _ADJECTIVE)
    if word.endswith(("el", "en")) and len(word) > 3:
        return forms | _syncopated(word)
    if not word.endswith("or") and word[-1] not in "hjvwx" and word[-2] in VOWELS and word[-3:-2] not in VOWELS:
        forms |= _with(word + word[-1], _NOUN, ("ere", "est", "este"))
    return forms


def _syncopated(word: str) -> set[str]:
    """Inflect a word whose last vowel falls away before an ending: cykel, cyklen; middel, midler; sikker, sikre."""
    stem, last = word[:-2], word[-1]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return _with(stem + last, _NOUN)
