"""How often staff changed in a case, during the course and before it, by what its sentences tell."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.model.cases import Case
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding, Status, by_segment
from pipeline.patterns.change_posts import Post
from pipeline.patterns.change_sentences import Telling
from pipeline.patterns.findings import CHANGES, Finding
from pipeline.patterns.staff import Reading, StatedChanges
from pipeline.patterns.staff_clauses import People
from pipeline.patterns.staff_events import Event
from pipeline.patterns.staff_numbers import Basis
from pipeline.patterns.staff_roles import CHANGE_CODES, names_role, role_named

CHANGE_MEASURES = {code: f"{code.removeprefix('change.')}_changes" for code in CHANGE_CODES}
"""The measure that each code of a change is counted in."""

_ASIDE = "school"
"""The post that counts only where no other is told of."""

_NEAR = 300
"""Characters back that a role may be named in for such a sentence."""


def count_changes(case: Case, code: str, codings: Sequence[Coding]) -> tuple[list[Finding], list[Finding]]:
    """Return the counted changes of a code, of the course and before it, and what its sentences state.

    A sentence coded as another change counts with the numbers it states of this one's people by name: *seks
    sagsbehandlere og fire kontaktpersoner* counts both, unless somebody has judged it for this code.

    Args:
        case: The case.
        code: The core code of the change.
        codings: All codings of the case, also those that don't count, in the order of the text.
    """
    people = People.of(case)
    mine = [each for each in codings if core_code(each.code) == code]
    judged = {each.segment for each in mine}
    counting = [each for each in codings if each.counts]
    shared = _of_the_other(case, code, [each for each in counting if core_code(each.code) in CHANGE_CODES])
    kept = [each for each in mine if each.counts and each.segment not in shared]
    told = [Telling.of(given, code, people) for given in by_segment(kept).values()]
    beside = by_segment(each for each in counting if each.segment not in judged and names_role(each.sentence, code))
    told += [Telling.of(given, code, people).as_beside() for given in beside.values()]
    if any(each.denied for each in told):
        told = [each for each in told if not each.unknown]
    told.sort(key=lambda each: each.start)
    history = [each.of_time(before=True) for each in told]
    course = [each.of_time(before=False) for each in told]
    persons = _persons_before(history)
    counted: list[Finding] = []
    details: list[Finding] = []
    for name, sentences, earlier in (
        (CHANGE_MEASURES[code], course, persons),
        (f"{CHANGE_MEASURES[code]}_before", history, []),
    ):
        found = _count(case.id, name, [each for each in sentences if each is not None], earlier)
        counted += [found] if found is not None else []
        details += [
            _stated_finding(case.id, f"stated_{name}", each, reading.what)
            for each in sentences
            if each is not None
            for reading in each.readings
            if isinstance(reading.what, StatedChanges)
        ]
    return counted, details


def _of_the_other(case: Case, code: str, codings: Sequence[Coding]) -> frozenset[str]:
    """Return the sentences coded as changes of several codes, and naming no role, that are another's.

    The role named last before them decides, and where none is near, the code that is likelier over all of them.
    """
    both = {
        segment: {core_code(each.code): each for each in given}
        for segment, given in by_segment(codings).items()
        if all(each.status is Status.SUGGESTED for each in given) and not role_named(given[0].sentence)
    }
    both = {segment: given for segment, given in both.items() if len(given) > 1 and code in given}
    likely = {name: sum(given[name].confidence for given in both.values() if name in given) for name in CHANGE_CODES}
    others = set()
    for segment, given in both.items():
        start = given[code].start
        named = role_named(case.text[max(0, start - _NEAR) : start])
        if (named if named in given else max(given, key=lambda name: likely[name])) != code:
            others.add(segment)
    return frozenset(others)


def _persons_before(history: Iterable[Telling | None]) -> list[tuple[int, frozenset[str]]]:
    """Return how many people there were before the course, with whose they were."""
    return [
        (reading.what.number + 1, reading.whose)
        for each in history
        if each is not None
        for reading in each.readings
        if isinstance(reading.what, StatedChanges)
    ]


def _stated_finding(case: str, measure: str, sentence: Telling, stated: StatedChanges) -> Finding:
    high = float(stated.number) if stated.basis is Basis.TIMES and not stated.uncertain else None
    certain = not stated.uncertain and sentence.sure
    return Finding(case, measure, stated.number, CHANGES, stated.number, high, certain, sentence.segment, stated.words)


def _count(
    case: str, measure: str, sentences: Sequence[Telling], before: Sequence[tuple[int, frozenset[str]]]
) -> Finding | None:
    """Return how many changes sentences tell of, added up over posts; None where they tell of none.

    Args:
        case: Id of the case.
        measure: Name of the measure.
        sentences: The sentences with what they tell.
        before: How many people there were before the course, with whose they were; a caseworker told to be the eighth
            after seven before the course is one change.
    """
    posts: dict[str, Post] = {}
    last = next((reading.post for each in sentences for reading in each.readings if reading.post), "")
    for sentence in sentences:
        for reading in sentence.readings:
            last = reading.post or last
            post = posts.setdefault(last, Post())
            if isinstance(reading.what, Event):
                post.happen(reading.what, sentence)
            else:
                finding = _stated_finding(case, measure, sentence, reading.what)
                post.state(_during(finding, reading, before), reading.what)
    if len(posts) > 1:
        posts.pop(_ASIDE, None)
    found = [each for each in (post.finding(case, measure) for post in posts.values()) if each is not None]
    if not found:
        silent = [each for each in sentences if each.silent][:1]
        return (
            Finding(case, measure, 1, CHANGES, 1, None, False, silent[0].segment, silent[0].quote) if silent else None
        )
    if len(found) == 1:
        return found[0]
    value, low = sum(each.value for each in found), sum(each.low or 0 for each in found)
    segments = tuple(dict.fromkeys(segment for each in found for segment in each.rests_on))
    return Finding(case, measure, value, CHANGES, low, None, False, segments=segments)


def _during(finding: Finding, reading: Reading, before: Sequence[tuple[int, frozenset[str]]]) -> Finding:
    """Take those before the course off the number of a person, where they were the same citizen's."""
    stated = reading.what
    persons = max(
        (number for number, whose in before if not whose or not reading.whose or whose & reading.whose), default=0
    )
    if isinstance(stated, Event) or stated.basis is not Basis.ORDINAL or not 0 < persons <= stated.number:
        return finding
    return replace(finding, value=stated.number + 1 - persons, low=1, high=None, certain=False)
