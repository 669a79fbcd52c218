"""From codings to weighted statements: what a case says, how much it weighs and whom it is about."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.language.segments import split_case
from pipeline.model.cases import Case, Citizen, Cluster, Segment
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding, Status
from pipeline.progression.rules import Speaks, Weights
from pipeline.progression.signs import Sign, says, signs_in

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
_PERSONAL = re.compile(r"\b(?:han|hun|ham|hende|hans|hendes|borger\w*|de|dem|vi|jeg)\b", re.IGNORECASE)
_ENDS = ("result", "outlook")
_PLACES = ((0.72, "result"), (0.5, "challenges"), (0.0, "course"))
"""Where the end begins to be told in a text without headings: about as in those that have them."""
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
        other: True when the sentence is about somebody whom the case is not about.
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
    other: bool = False


def case_statements(
    case: Case, codings: Iterable[Coding], weights: Weights, signs: Sequence[Sign] = ()
) -> tuple[Statement, ...]:
    """Return what a case's codings and its signs state, a code once per segment, in the order of the text.

    Args:
        case: The case.
        codings: Its settled codings by any coders; where several give a code in a segment the surest counts.
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
            for sign, each, start, end in signs_in(signs, _segments(case))
        ]
    people = Members(case)
    length = max(len(case.text), 1)
    if not any(section.kind in _ENDS for section in case.sections):
        # without headings only the place in the text tells the course from its end
        told = [(*each[:2], _kind_by_place(each[5] / length), *each[3:]) for each in told]
    statements = []
    for code, segment, section, sentence, quote, start, before, trust in sorted(told, key=_place):
        weight = trust * (1 - weights.late + weights.late * min(start / length, 1.0)) * weights.section(section)
        if before:
            weight *= weights.before
        member, named = people.about(start - max(sentence.find(quote), 0), sentence, start)
        statements.append(
            Statement(
                code,
                segment,
                section,
                sentence,
                quote,
                start,
                before,
                trust,
                weight,
                member,
                named,
                people.elsewhere(sentence),
            )
        )
    return tuple(statements)


def _segments(case: Case) -> list[Segment]:
    """Return a case's segments; in one without headings their kind of section is told by their place."""
    segments = list(split_case(case))
    if any(section.kind in _ENDS for section in case.sections):
        return segments
    length = max(len(case.text), 1)
    return [replace(each, section=_kind_by_place(each.start / length)) for each in segments]


def _kind_by_place(place: float) -> str:
    return next(kind for least, kind in _PLACES if place >= least)


_Told = tuple[str, str, str, str, str, int, bool, float]
"""Code, segment, section, sentence, quote, start, before, trust."""


def _place(told: _Told) -> tuple[int, str]:
    return told[5], told[0]


def _surest(case: Case, codings: Iterable[Coding], weights: Weights) -> dict[tuple[str, str], tuple[Coding, float]]:
    """Return for each segment and code the coding that is trusted most, with its trust."""
    best: dict[tuple[str, str], tuple[Coding, float]] = {}
    for coding in codings:
        if coding.counts and coding.case == case.id:
            key = (coding.segment, coding.code)
            trust = max(coding.confidence, weights.reviewed) if coding.status in _REVIEWED else coding.confidence
            if key not in best or trust > best[key][1]:
                best[key] = (coding, trust)
    return best


def speaks(rule: Speaks, statement: Statement) -> bool:
    """Say whether a rule hears a statement: one of its codes or a detail code below it, and the words it asks for."""
    if statement.code not in rule.codes and core_code(statement.code) not in rule.codes:
        return False
    return _words_hold(rule, statement.sentence)


def hearings(rules: Sequence[Speaks], statements: Iterable[Statement]) -> Iterator[tuple[Speaks, Statement]]:
    """Yield each statement with every rule that hears it, in the order of the statements, then of the rules.

    Args:
        rules: The rules; those of a code are looked for once.
        statements: What a case says.
    """
    about: dict[str, list[Speaks]] = {}
    for statement in statements:
        code = statement.code
        near = about.get(code)
        if near is None:
            above = core_code(code)
            near = about[code] = [rule for rule in rules if code in rule.codes or above in rule.codes]
        for rule in near:
            if _words_hold(rule, statement.sentence):
                yield rule, statement


def _words_hold(rule: Speaks, sentence: str) -> bool:
    if rule.phrases and not says(rule.phrases, sentence):
        return False
    if rule.unless and says(rule.unless, sentence):
        return False
    return not rule.words or _words(rule.words).search(sentence) is not None


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
        self._alone: set[int] = set()
        """Where a name is a line of its own, as in a table by member: what follows is about that member."""
        self._single: tuple[str, ...] = ()
        self._names: frozenset[str] = frozenset()
        if not is_family(case):
            self._single = tuple(citizen.name for citizen in citizens if citizen.name)
            # a capital letter inside a sentence tells a name from the first word of a sentence
            self._names = frozenset(re.findall(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]{2,}\b", case.text))
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
                before, after = case.text[: match.start()], case.text[match.end() :]
                if before.endswith("\n") and re.match(r":?\s*(?:\n|$)", after):
                    self._alone.add(match.start())
        self._mentions.sort()

    def elsewhere(self, sentence: str) -> bool:
        """Say whether a sentence begins with a name that is no citizen's and speaks of no citizen: a neighbour, a wife.

        Args:
            sentence: The segment; only where the case is about one citizen can this be told.
        """
        if not self._single:
            return False
        first = re.match(r"\W*([A-ZÆØÅ][\wæøå-]+)", sentence)
        if first is None or first[1] not in self._names or _PERSONAL.search(sentence):
            return False
        return not any(name in sentence for name in self._single)

    def about(self, start: int, sentence: str, quote: int) -> tuple[str, bool]:
        """Return the member a sentence is about and whether the sentence itself names them.

        Args:
            start: Where the segment stands in the case's text, in code points.
            sentence: The segment; its own mentions go before earlier ones.
            quote: Where the words coded stand: they are about the one named last before them.
        """
        places = [place for place, _ in self._mentions]
        first = bisect_right(places, start - 1)
        if first < len(places) and places[first] < start + len(sentence):
            last = min(bisect_right(places, quote), bisect_right(places, start + len(sentence))) - 1
            return self._mentions[max(first, last)][1], True
        if first > 0 and start - places[first - 1] <= LOOK_BACK:
            return self._mentions[first - 1][1], places[first - 1] in self._alone
        return "", False
