"""Who goes by which first name in a case: its citizen, its caseworker, a mentor, a host, a relative.

A model that reads "Lone" learns nothing about the next case; that the mentor did something holds there, too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.language.words import WORD, fold

NAME, CITIZEN = "<name>", "<citizen>"

_ENDING = r"(?:en|e|ne|s|ens)?$"
_TITLES = (
    ("<caseworker>", r"(?:sagsbehandler|rådgiver|koordinator|vejleder|konsulent|tovholder|visitator)" + _ENDING),
    (
        "<support>",
        r"(?:mentor|kontaktperson|bostøtte|skp|støtteperson|pædagog|familiebehandler|hjemmevejleder|coach)" + _ENDING,
    ),
    ("<health>", r"(?:læge|psykolog|psykiater|sygeplejerske|terapeut|behandler|jordemoder)" + _ENDING),
    ("<colleague>", r"(?:lærer|leder|inspektør|formidler|medarbejder|kollega)" + _ENDING),
    (
        "<host>",
        r"(?:mester|vært|chef|arbejdsgiver|indehaver|ejer|gartner|smed|kok|tømrer|købmand|bager|værkfører|formand|"
        r"bestyrer)" + _ENDING,
    ),
    (
        "<relative>",
        r"^(?:mor|far|moder|fader|sønnen|søn|datter|datteren|bror|søster|(?:lille|store)(?:bror|søster)|kone|konen|"
        r"mand|manden|kæreste|kæresten|samlever|(?:mor|far)(?:mor|far)|tvilling|barn|pleje(?:mor|far)|eks(?:kone|mand)|"
        r"ven|veninde|veninden|drengen|pigen|moster|onkel|tante)$",
    ),
)
_ROLES = tuple((role, re.compile(title)) for role, title in _TITLES)
_APPOSITION = 3
"""How many words after "Karin," may hold her title."""
_OFTEN = 3
"""The citizen's name stands at least this often."""
_PLACE = re.compile(
    r"(?:centeret|centret|kommunen?|skolen?|huset|teamet|afdelingen|forvaltningen|psykiatrien?|hjemmet)$"
)
"""Names of places and offices, which no citizen bears."""


def is_name(word: str) -> bool:
    """Say whether a word looks like a first name, "Anne-Mette" too; a sentence's first word may, too."""
    return len(word) > 2 and all(part[:1].isupper() and part[1:].islower() for part in word.split("-"))


def name_roles(texts: Iterable[str]) -> Mapping[str, str]:
    """Return who goes by each folded first name: "hendes mentor Karin", "Karin, mentor".

    The name told most often without a title is the citizen's.

    Args:
        texts: The sentences of a case.
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    often: Counter[str] = Counter()
    for text in texts:
        found = list(WORD.finditer(text))
        words = [each.group() for each in found]
        for at, word in enumerate(words):
            if not is_name(word):
                continue
            name = fold(word).removesuffix("s")
            if at:
                often[name] += 1
                if at == 1 or words[at - 1][0].islower():
                    votes[name].update({_role(words[at - 1]): 2})
            if text[found[at].end() : found[at].end() + 1] == ",":
                votes[name].update(map(_role, words[at + 1 : at + 1 + _APPOSITION]))
    roles = dict.fromkeys(often, NAME)
    for name, counts in votes.items():
        del counts[""]
        if counts:
            roles[name] = counts.most_common(1)[0][0]
    rest = [(count, name) for name, count in often.items() if roles[name] == NAME and not _PLACE.search(name)]
    most, citizen = max(rest, default=(0, ""))
    if most >= _OFTEN:
        roles[citizen] = CITIZEN
    return roles


@lru_cache(maxsize=4096)
def _role(word: str) -> str:
    """Return the role of a title, empty for a word that is none."""
    folded = fold(word)
    return next((role for role, title in _ROLES if title.search(folded)), "")
