"""Case x code frames: the one way from codings to numbers."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, core_code
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome

if TYPE_CHECKING:
    import pandas as pd


def code_counts(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    codebook: Codebook,
    *,
    details: bool = False,
    before: bool = True,
    coders: Iterable[str] | None = None,
) -> "pd.DataFrame":
    """Return how many segments of each case carry each code.

    A code counts once per segment, however many coders or rules found it; a detail code found beside its core code in
    the same segment adds nothing to the core code.

    Args:
        cases: The cases; they are the rows, in this order.
        codings: Settled codings; only those that count are counted.
        codebook: Its codes are the columns, in reading order; codes it does not have are left out.
        details: True for a column per detail code too, False to count detail codes as their core code.
        before: False to leave out what is marked as before the course.
        coders: Count only these coders' codings; None for all.

    Returns:
        A frame of whole numbers, index ``case``, columns ``code``.
    """
    import pandas as pd

    counted = count_codes(cases, codings, codebook, details=details, before=before, coders=coders)
    columns = pd.Index(list(counted), name="code", dtype=object)
    index = pd.Index([case.id for case in cases], name="case")
    return pd.DataFrame(counted, index=index, columns=columns, dtype="int64")


def count_codes(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    codebook: Codebook,
    *,
    details: bool = False,
    before: bool = True,
    coders: Iterable[str] | None = None,
) -> dict[str, list[int]]:
    """Return for each code how many segments of each case carry it, in the order of the cases (see ``code_counts``)."""
    wanted = None if coders is None else frozenset(coders)
    codes = [code.id for code in codebook.codes if details or code.id == core_code(code.id)]
    known = frozenset(codes)
    places: dict[str, dict[str, set[str]]] = {case.id: {} for case in cases}
    for coding in codings:
        if not coding.counts or coding.case not in places or (coding.before and not before):
            continue
        if wanted is not None and coding.coder not in wanted:
            continue
        for code in {coding.code, core_code(coding.code)} if details else {core_code(coding.code)}:
            if code in known:
                places[coding.case].setdefault(code, set()).add(coding.segment)
    return {code: [len(places[case.id].get(code, ())) for case in cases] for code in codes}


def code_presence(counts: "pd.DataFrame") -> "pd.DataFrame":
    """Return 1 where a case carries a code at least once and 0 elsewhere."""
    return (counts > 0).astype("int64")


def case_sets(cases: Sequence[Case], codings: Iterable[Coding], *, before: bool = True) -> dict[str, frozenset[str]]:
    """Return for each code, detail and core, the cases that carry it.

    Args:
        cases: The cases to look at.
        codings: Settled codings; only those that count are used, and a detail code counts for its core code too.
        before: False to leave out what is marked as before the course.
    """
    ids = frozenset(case.id for case in cases)
    found: dict[str, set[str]] = {}
    for coding in codings:
        if coding.counts and coding.case in ids and (before or not coding.before):
            for code in {coding.code, core_code(coding.code)}:
                found.setdefault(code, set()).add(coding.case)
    return {code: frozenset(found[code]) for code in sorted(found)}


def category_members(outcomes: Iterable[Outcome]) -> dict[str, frozenset[str]]:
    """Return for each progression category its cases; a split case is in each of its categories."""
    found: dict[str, set[str]] = {}
    for outcome in outcomes:
        for category in outcome.progression:
            found.setdefault(category.value, set()).add(outcome.case)
    return {category: frozenset(members) for category, members in found.items()}
