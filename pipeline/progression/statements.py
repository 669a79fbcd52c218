"""From codings to weighted statements: what a case says, how much it weighs and whom it is about."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.segments import split_case
from pipeline.model.cases import Case, Citizen, Cluster
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.progression.rules import Speaks, Weights
from pipeline.progression.signs import Sign, signs_in

ADULT_AGE = 18
LOOK_BACK = 600
"""How far back, in code points, a sentence without a name looks for the person it goes on about."""

_ROLE_WORDS: dict[str, str] = {
    "mor": r"mor|mors|moren|morens|moder|moderen|moderens",
    "far": r"far|fars|faren|farens|fader|faderen|faderens",
    "stedfar": r"stedfar|stedfars|stedfaren|stedfarens",
    "stedmor": r"stedmor|stedmors|stedmoren|stedmorens",
    "mormor": r"mormor|mormors|mormoren",
    "søn": r"søn|sønnen|sønnens",
    "datter": r"datter|datteren|datterens",
    "samlever": r"samlever|samleveren|samleverens",
}
_ADULT_ROLES = frozenset(_ROLE_WORDS) - {"søn", "datter"}
_CHILDREN = "børnene"
_OUTCOMES = "outcome."
_REVIEWED = (Status.ACCEPTED, Status.ADDED, Status.RECODED)


@dataclass(frozen=True, slots=True)
class Statement:
    """One code in one sentence, weighed.

    Attributes:
        code: Id of the code.
        segment: Id of the segment.
        section: Kind of its section.
        sentence: The whole segment.
        quote: The words coded.
        start: Where it stands in the case's text, in code points.
        before: True when it speaks of the time before the course.
        trust: The coding's confidence, 0-1.
        weight: Trust times the weight of its place; 0 for what was before the course, unless the rules say otherwise.
        member: The member of the family it is about, empty for the case as a whole.
        named: True when the sentence itself names that member.
    """

    code: str
    segment: str
    section: str
    sentence: str
    quote: str
    start: int
    before: bool
    trust: float
    weight: float
    member: str = ""
    named: bool = False


def case_statements(
    case: Case, codings: Iterable[Coding], weights: Weights, signs: Sequence[Sign] = ()
) -> tuple[Statement, ...]:
    """Return what a case's codings and its signs state, a code once per segment, in the order of the text.

    Args:
        case: The case.
        codings: Its settled codings by any coders; where several give a code in a segment the surest counts. Doubtful
            codings of outcomes count as much as the weights say.
        weights: How much a sentence weighs by its place.
        signs: Phrases that state something by themselves.
    """
    told: list[_Told] = []
    for coding, trust in _surest(case, codings, weights).values():
        told.append(
            (
                coding.code,
                coding.segment,
                coding.section,
                coding.sentence,
                coding.quote,
                coding.start,
                coding.before,
                trust,
            )
        )
    if signs:
        told += [
            (sign.id, each.id, each.section, each.text, each.text[start:end], each.start + start, False, sign.trust)
            for sign, each, start, end in signs_in(signs, split_case(case))
        ]
    people = Members(case)
    length = max(len(case.text), 1)
    statements = []
    for code, segment, section, sentence, quote, start, before, trust in sorted(told, key=_place):
        weight = trust * (1 - weights.late + weights.late * min(start / length, 1.0)) * weights.section(section)
        if before:
            weight *= weights.before
        member, named = people.about(start, sentence)
        statements.append(
            Statement(code, segment, section, sentence, quote, start, before, trust, weight, member, named)
        )
    return tuple(statements)


_Told = tuple[str, str, str, str, str, int, bool, float]
"""Code, segment, section, sentence, quote, start, before, trust."""


def _place(told: _Told) -> tuple[int, str]:
    return told[5], told[0]


def _surest(case: Case, codings: Iterable[Coding], weights: Weights) -> dict[tuple[str, str], tuple[Coding, float]]:
    """Return for each segment and code the coding that is trusted most, with its trust."""
    best: dict[tuple[str, str], tuple[Coding, float]] = {}
    gone: set[tuple[str, str]] = set()
    for coding in codings:
        if coding.case != case.id:
            continue
        key = (coding.segment, coding.code)
        trust = coding.confidence
        if coding.status is Status.REJECTED:
            gone.add(key)
        if coding.status in _REVIEWED:
            trust = max(trust, weights.reviewed)
        elif coding.assertion is Assertion.DOUBTFUL and coding.code.startswith(_OUTCOMES):
            trust *= weights.doubtful
        if not (coding.counts or (coding.assertion is Assertion.DOUBTFUL and coding.code.startswith(_OUTCOMES))):
            continue
        if trust > 0 and (key not in best or trust > best[key][1]):
            best[key] = (coding, trust)
    return {
        key: found for key, found in best.items() if found[0].assertion is not Assertion.DOUBTFUL or key not in gone
    }


def speaks(rule: Speaks, statement: Statement) -> bool:
    """Say whether a rule hears a statement: one of its codes or a detail code below it, and one of its words."""
    if not any(statement.code == code or statement.code.startswith(code + ".") for code in rule.codes):
        return False
    return not rule.words or _words(rule.words).search(statement.sentence) is not None


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)


def label(citizen: Citizen) -> str:
    """Return what a member is called in reasons and outcomes: the name, or the role where there is none."""
    return citizen.name or citizen.role


def is_adult(citizen: Citizen) -> bool:
    """Say whether a member is a grown-up: by role, else by age; without either, yes."""
    if citizen.role in _ROLE_WORDS:
        return citizen.role in _ADULT_ROLES
    return citizen.age is None or citizen.age >= ADULT_AGE


def is_family(case: Case) -> bool:
    """Say whether a case is about a family: by its cluster, and without one by its naming several persons."""
    if case.attributes.cluster is None:
        return len(case.attributes.citizens) > 1
    return case.attributes.cluster is Cluster.FAMILY


def parents_of(case: Case) -> frozenset[str]:
    """Return the grown-ups of a family by their labels; a role without a name counts only where nobody has one."""
    adults = [citizen for citizen in case.attributes.citizens if is_adult(citizen)]
    named = [citizen for citizen in adults if citizen.name]
    return frozenset(label(citizen) for citizen in named or adults)


class Members:
    """Who in a family a sentence is about: the one it names first, else the last one named before it."""

    def __init__(self, case: Case) -> None:
        citizens = case.attributes.citizens
        self._mentions: list[tuple[int, str]] = []
        if not is_family(case) or len(citizens) < 2:
            return
        patterns: dict[str, str] = {}
        roles = [citizen.role for citizen in citizens]
        for citizen in citizens:
            spellings = [rf"{re.escape(citizen.name)}s?"] if citizen.name else []
            if citizen.role in _ROLE_WORDS and roles.count(citizen.role) == 1:
                words = _ROLE_WORDS[citizen.role]
                spellings.append(rf"(?i:{words})")
            if spellings:
                patterns[label(citizen)] = "|".join(spellings)
        patterns[_CHILDREN] = r"(?i:børnene|børnenes)"
        for name, pattern in patterns.items():
            for match in re.finditer(rf"\b(?:{pattern})\b", case.text):
                self._mentions.append((match.start(), "" if name == _CHILDREN else name))
        self._mentions.sort()

    def about(self, start: int, sentence: str) -> tuple[str, bool]:
        """Return the member a sentence is about and whether the sentence itself names them.

        Args:
            start: Where the coding stands in the case's text, in code points.
            sentence: The segment; its own mentions go before earlier ones.
        """
        places = [place for place, _ in self._mentions]
        first = bisect_right(places, start - 1)
        if first < len(places) and places[first] < start + len(sentence):
            return self._mentions[first][1], True
        if first > 0 and start - places[first - 1] <= LOOK_BACK:
            return self._mentions[first - 1][1], False
        return "", False
