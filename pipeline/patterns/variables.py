"""Traits of cases as numbers: codes present, explicitly absent or not mentioned, ratings and measures.

"Not mentioned" is not "absent": each trait can be read both ways, what a case does not mention taken for absent (0) or
for unknown (nan, left out).
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pipeline.model.cases import Case
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome, Rating
from pipeline.patterns.hypotheses import Hypothesis, Kind
from pipeline.patterns.measures import Measures
from pipeline.patterns.presence import Presence, case_presence

Floats = NDArray[np.float64]
Bytes = NDArray[np.int8]
States = Mapping[str, Bytes]
"""Code to its state in each case."""

PRESENT, ABSENT, NOT_MENTIONED = 1, 0, -1
"""States of a code in a case."""

_STATES = {Presence.PRESENT: PRESENT, Presence.ABSENT: ABSENT, Presence.NOT_MENTIONED: NOT_MENTIONED}
RATING_VALUES = {Rating.LOW: 0.0, Rating.MEDIUM: 1.0, Rating.HIGH: 2.0}
"""Ratings as numbers."""

_FROM_ZERO = frozenset({"waiting_months", "caseworker_changes", "support_changes", "placement_changes"})
"""Measures of which a case that says nothing may be read as having none."""


class Reading(StrEnum):
    """What is made of a matter that a case does not mention."""

    AS_ABSENT = "as_absent"
    AS_MISSING = "as_missing"


def code_states(
    cases: Sequence[Case], codings: Iterable[Coding], codes: Iterable[str], *, before: bool = False
) -> States:
    """Return the state of each code in each case: 1 present, 0 explicitly absent, -1 not mentioned.

    Args:
        cases: The cases, in the order of the numbers.
        codings: Settled codings, negated ones too.
        codes: Ids of codes.
        before: True to let what was before the course count.
    """
    found = case_presence(cases, codings, codes, before=before)
    return {
        code: np.array([_STATES[states[case.id]] for case in cases], dtype=np.int8) for code, states in found.items()
    }


def state_of(states: States, codes: Sequence[str]) -> Bytes:
    """Return the state of several codes taken as one: present where any is, explicitly absent where one is denied."""
    found: Bytes = np.stack([states[code] for code in codes]).max(axis=0)
    return found


def trait(
    hypothesis: Hypothesis,
    cases: Sequence[str],
    states: States,
    outcomes: Mapping[str, Outcome],
    measures: Mapping[str, Measures],
    reading: Reading,
) -> Floats:
    """Return the numbers of a hypothesis's trait, one per case; nan where the case has no value.

    Ratings and shares have no zero to fall back on: a case without one is left out in both readings.

    Args:
        hypothesis: Names the trait.
        cases: Ids of the cases.
        states: States of the codes in these cases.
        outcomes: Outcomes by case, for ratings.
        measures: Measures by case.
        reading: What is made of what a case does not mention.
    """
    if hypothesis.kind is Kind.RATING:
        return np.array([_rating(outcomes.get(case), hypothesis.name) for case in cases], np.float64)
    if hypothesis.kind is Kind.MEASURE:
        found = np.array([_measure(measures.get(case), hypothesis.name) for case in cases], np.float64)
        if reading is Reading.AS_ABSENT and hypothesis.name in _FROM_ZERO:
            found[np.isnan(found)] = 0.0
        return found
    rows = np.stack([states[code] == PRESENT for code in hypothesis.codes])
    found = np.array(rows.sum(axis=0), np.float64)
    if hypothesis.kind is Kind.ANY:
        found = np.minimum(found, 1.0)
    if reading is Reading.AS_MISSING:
        found[state_of(states, hypothesis.codes) == NOT_MENTIONED] = np.nan
    return found


def _rating(outcome: Outcome | None, name: str) -> float:
    rating = dict(outcome.ratings).get(name) if outcome else None
    return float("nan") if rating is None else RATING_VALUES[rating]


def _measure(measures: Measures | None, name: str) -> float:
    value = getattr(measures, name) if measures else None
    return float("nan") if value is None else float(value)


def presence_of(
    cases: Sequence[str], codings: Iterable[Coding], codes: Sequence[str], *, before: bool = False
) -> NDArray[np.bool_]:
    """Return which case carries which code, shape (cases, codes).

    Args:
        cases: Ids of the cases.
        codings: Settled codings; a detail code counts for its core code too.
        codes: Ids of the codes.
        before: True to count what was before the course too.
    """
    rows = {case: row for row, case in enumerate(cases)}
    columns = {code: column for column, code in enumerate(codes)}
    found = np.zeros((len(cases), len(codes)), np.bool_)
    for coding in codings:
        row = rows.get(coding.case)
        if row is None or not coding.counts or (coding.before and not before):
            continue
        for code in (coding.code, core_code(coding.code)):
            if code in columns:
                found[row, columns[code]] = True
    return found
