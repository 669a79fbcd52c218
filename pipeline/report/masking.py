"""Taking names, places, ages and dates out of a quotation, before anyone may read it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.cases import Case
from pipeline.model.codes import Label, say

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.UNICODE)
_PREVIOUS = re.compile(r"(?:^|[.!?:»«\"”“(]\s*|\n\s*|[-–•]\s+)$")
_MONTH = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|marts?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATES = (
    re.compile(rf"\b(?:d\.\s*|den\s+)?\d{{1,2}}\.\s*{_MONTH}\b\.?(?:\s+(?:19|20)\d\d)?", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\b\.?\s+(?:19|20)\d\d\b", re.IGNORECASE),
    re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b"),
    re.compile(r"\b(?:19|20)\d\d\b"),
)
_AGES = (
    re.compile(r"\b\d{1,3}\s*-?\s*årig\w*", re.IGNORECASE),
    re.compile(r"\b\d{1,3}½?\s+år\s+gammel\w*", re.IGNORECASE),
    re.compile(r"\b(?:i en alder af|som)\s+\d{1,3}(?:\s+år)?(?=-årig|\b)", re.IGNORECASE),
)
_NUMBERS = re.compile(r"\b\d{6}-?\d{4}\b|\b\d{2}\s?\d{2}\s?\d{2}\s?\d{2}\b|\S+@\S+")
_KEPT = frozenset({"i", "de", "dem", "deres", "jer", "jeres", "danmark", "dansk", "covid", "corona"})

NAME, PLACE, AGE, DATE = (
    Label("[navn]", "[name]"), Label("[sted]", "[place]"), Label("[alder]", "[age]"), Label("[dato]", "[date]"),
)  # fmt: skip
"""What stands in their place."""


@dataclass(frozen=True, slots=True)
class Masks:
    """What must not stand in a quotation of these cases.

    Attributes:
        names: Proper names, in lower case: what the cases write with a capital in mid-sentence and never without.
        places: Names of municipalities and their parts, in lower case.
        ages: (case, ages of its citizens).
    """

    names: frozenset[str]
    places: frozenset[str]
    ages: tuple[tuple[str, tuple[int, ...]], ...]


def find_masks(cases: Iterable[Case]) -> Masks:
    """Find the names and places of all cases; one case's name is masked in every other too.

    Danish writes only names with a capital in mid-sentence, so every such word counts as one, if it is nowhere written
    small; abbreviations in capitals (ADHD, STU) are no names, unless an author goes by them.

    Args:
        cases: The cases.
    """
    high: set[str] = set()
    low: set[str] = set()
    places: set[str] = set()
    ages = []
    for case in cases:
        for match in _WORD.finditer(case.text):
            word = match.group()
            if word[0].islower():
                low.add(word.lower())
            elif not word.isupper() and not _PREVIOUS.search(case.text[max(0, match.start() - 4) : match.start()]):
                high.add(word.lower())
        attributes = case.attributes
        for citizen in attributes.citizens:
            high.update(each.lower() for each in _WORD.findall(citizen.name))
        high.update(each.lower() for each in _WORD.findall(attributes.author) if each[0].isupper())
        places.update(each.lower() for each in _WORD.findall(attributes.municipality) if each.lower() != "kommune")
        ages.append((case.id, tuple(each.age for each in attributes.citizens if each.age is not None)))
    names = frozenset(word for word in high - low - _KEPT if len(word) > 1)
    return Masks(names - frozenset(places), frozenset(word for word in places if len(word) > 1), tuple(ages))


def mask(text: str, case: str, masks: Masks, lang: str = "da") -> str:
    """Return a quotation without names, places, ages, dates and numbers of persons.

    Args:
        text: The quotation.
        case: Id of its case, whose citizens' ages are taken out wherever they stand before *år*.
        masks: What must not stand in it.
        lang: Language of what stands in their place.
    """
    name, place, age, date = (say(each, lang) for each in (NAME, PLACE, AGE, DATE))
    text = _NUMBERS.sub("[…]", text)
    for pattern in _AGES:
        text = pattern.sub(age, text)
    for number in dict(masks.ages).get(case, ()):
        text = re.sub(rf"\b{number}½?\s+år\b", age, text)
    for pattern in _DATES:
        text = pattern.sub(date, text)
    text = re.sub(r"\b(?:[Kk]ommune)\s+[A-ZÆØÅ]\b", place, text)

    def replaced(match: re.Match[str]) -> str:
        word = match.group()
        plain = word.lower()
        stems = {plain, plain.removesuffix("s"), plain.removesuffix("'s")}
        if word[0].islower() or (word.isupper() and not stems & masks.names):
            return word
        if stems & masks.places:
            return place
        first = bool(_PREVIOUS.search(match.string[max(0, match.start() - 4) : match.start()]))
        return name if stems & masks.names or (not first and plain not in _KEPT and not _known(plain)) else word

    text = re.sub(r"(?<!\[)" + _WORD.pattern + r"(?!\])", replaced, text)
    # one sign for a name of several words
    return re.sub(rf"{re.escape(name)}(?:[ -]{re.escape(name)})+", name, text)


def _known(word: str) -> bool:
    return word in _KEPT
