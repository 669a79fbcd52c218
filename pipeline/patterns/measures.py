"""Measured variables of a case: how long it waited, how often staff changed, how it speaks of the citizen."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.language.numbers import number_of
from pipeline.model.cases import Case
from pipeline.model.codings import Coding
from pipeline.patterns.table import rolled_up

_WORD = re.compile(r"[^\W_]+(?:[.,\-–][^\W_]+)*")
_MONTHS: tuple[tuple[str, float], ...] = (
    ("måned", 1.0),
    ("uge", 12 / 52),
    ("år", 12.0),
    ("dag", 12 / 365),
    ("mdr", 1.0),
)
_NOT_TIME = ("ugentlig", "årig", "årlig", "månedlig", "daglig", "dagpenge", "årsag", "ugedag", "dagsorden", "dagtilbud")
_STAFF = ("sagsbehandler", "rådgiver", "koordinator", "mentor", "kontaktperson", "bostøtte", "støtteperson")
_LONGEST = 120
"""More months than this in one sentence is an age or a year and not a wait."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured in one case; None where the case does not say it.

    Attributes:
        case: Id of the case.
        waiting_months: The longest wait that a sentence coded as waiting gives a length of, in months.
        caseworker_changes: Changes of caseworker during the course.
        support_changes: Changes of mentor or contact person during the course.
        deficit_resource_index: Deficit language as a share of deficit and resource language, 0-1.
    """

    case: str
    waiting_months: float | None = None
    caseworker_changes: int | None = None
    support_changes: int | None = None
    deficit_resource_index: float | None = None


def measure_cases(cases: Sequence[Case], codings: Iterable[Coding]) -> tuple[Measures, ...]:
    """Measure every case from its affirmed codings of the course itself.

    Args:
        cases: The cases, in the order wanted.
        codings: Settled codings; what was before the course is left out.
    """
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for coding in codings:
        if coding.counts and not coding.before:
            code = rolled_up(coding.code)
            found[coding.case]["waiting" if code.startswith("waiting.") else code][coding.segment] = coding.sentence
    return tuple(_measure(case.id, found[case.id]) for case in cases)


def _measure(case: str, by_code: dict[str, dict[str, str]]) -> Measures:
    waits = [months for sentence in by_code["waiting"].values() if (months := longest_months(sentence)) is not None]
    deficit, resource = len(by_code["language.deficit"]), len(by_code["language.resource"])
    return Measures(
        case=case,
        waiting_months=round(max(waits), 1) if waits else None,
        caseworker_changes=_changes(by_code["change.caseworker"].values()),
        support_changes=_changes(by_code["change.support"].values()),
        deficit_resource_index=round(deficit / (deficit + resource), 2) if deficit + resource else None,
    )


def longest_months(sentence: str) -> float | None:
    """Return the longest stretch of time a sentence states, in months; None where it states none.

    Args:
        sentence: The sentence; "otte måneder", "4-5 uger", "halvandet år".
    """
    words = [word.lower() for word in _WORD.findall(sentence)]
    lengths = []
    for word, unit in pairwise(words):
        if unit.startswith(_NOT_TIME):
            continue
        months = next((size for stem, size in _MONTHS if unit.startswith(stem)), None)
        number = 1.0 if word in {"en", "et"} and unit in {"måned", "uge", "år"} else number_of(word)
        if months is not None and number is not None and number * months <= _LONGEST:
            lengths.append(number * months)
    return max(lengths) if lengths else None


def _changes(sentences: Iterable[str]) -> int | None:
    """Return the number of changes: one a sentence, or the largest number a sentence states, whichever is more."""
    each = 0
    stated = 0
    for sentence in sentences:
        each += 1
        words = [word.lower() for word in _WORD.findall(sentence)]
        for place, word in enumerate(words[:-1]):
            number = number_of(word)
            if number is None or not 2 <= number <= 20 or number != int(number):
                continue
            near = words[place + 1 : place + 3]
            if any("skift" in item for item in near):
                stated = max(stated, int(number))
            elif any(item.startswith(_STAFF) for item in near):
                stated = max(stated, int(number) - 1)
    return max(each, stated) if each else None
