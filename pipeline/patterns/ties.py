"""What counts of different tables have to do with each other: one inside the other, or several over one.

A code in a case is found during the course, or only before it; a case with a code has at least one sentence of it; a
case with a finer code has the core code. Tables state such ties with their counts (``Table.ties``), and disclosure
control reckons with them as it does with the sums of a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.patterns.attacker import Number, Shown, Sum, components, known_bounds, narrowed
from pipeline.patterns.linked import PARTS, Linked
from pipeline.patterns.tables import Query, Table, Tie, TieKind, query_of

_ALL, _BEFORE = {"time": "all"}, {"time": "before"}
_SENTENCES = {"unit": "sentences"}


def over_time(code: str) -> Tie:
    """Say that a case has a code during the course, or only before it.

    Args:
        code: Id of the code.
    """
    during = query_of({"code": code})
    return Tie(TieKind.DIVIDE, query_of({"code": code, **_ALL}), (during,), query_of({"code": code, **_BEFORE}))


def in_sentences(code: str) -> tuple[Tie, ...]:
    """Say that a code's sentences are of the course or of before, and that each case with it has one at least.

    Args:
        code: Id of the code.
    """
    sentences = {"code": code, **_SENTENCES}
    during, before, both = query_of(sentences), query_of({**sentences, **_BEFORE}), query_of({**sentences, **_ALL})
    cases = {"code": code}
    return (
        Tie(TieKind.DIVIDE, both, (before,), during),
        Tie(TieKind.WITHIN, both, (query_of({**cases, **_ALL}),)),
        Tie(TieKind.WITHIN, during, (query_of(cases),)),
        Tie(TieKind.WITHIN, before, (query_of({**cases, **_BEFORE}),)),
    )


def below(code: str, core: str, *, before: bool) -> Tie:
    """Say that a case with a finer code has the code above it, and that some have the code above it alone.

    Args:
        code: Id of the finer code.
        core: Id of the code above it.
        before: True for counts in which the time before the course counts too.
    """
    extra = _ALL if before else {}
    alone = query_of({"code": core, "without": code, **extra})
    return Tie(TieKind.DIVIDE, query_of({"code": core, **extra}), (query_of({"code": code, **extra}),), alone)


def any_of(query: Query, codes: Iterable[str], *, times: int = 1) -> tuple[Tie, ...]:
    """Say that cases have at least so many of some codes during the course.

    Args:
        query: What counts the cases.
        codes: Ids of the codes.
        times: How many of them a case has at least; with one, every case that has any of them is counted.
    """
    parts = tuple(query_of({"code": code}) for code in codes)
    cover = Tie(TieKind.COVER, query, parts, times=times)
    return (cover, *(Tie(TieKind.WITHIN, query, (part,)) for part in parts)) if times == 1 else (cover,)


def tie(linked: Linked, tables: Sequence[Table], threshold: int) -> tuple[Sum, ...]:
    """Add the sums that tables state, and return the bounds that they state beside.

    Args:
        linked: The numbers and sums so far; what is left of a whole becomes a number of its own.
        tables: The tables.
        threshold: The smallest count that may be shown.

    Returns:
        The bounds, each as a sum with a number of its own for what is left; they tie much together and tell little, so
        they are only put to use where they tell something (see ``telling``).
    """
    stated = tuple(dict.fromkeys(each for table in tables for each in table.ties))
    for places in _places(linked):
        at, number = places
        linked.numbers[at] = replace(linked.numbers[at], places=number)
    known = dict(linked.queries)
    _add_up(linked, known, stated, threshold)
    loose: list[Sum] = []
    dividing = tuple(each for each in stated if each.kind is TieKind.DIVIDE)
    # what is left of one whole may be another whole, or lie in one
    for some in (dividing, dividing, tuple(one for one in stated if one.kind is not TieKind.DIVIDE)):
        by_pair = _by_pair(known)
        for each, extra in [(one, extra) for one in some for extra in _groups(by_pair, one)]:
            made = _equation(linked, known, each, extra, threshold)
            if made is None:
                continue
            if each.kind is TieKind.DIVIDE or _in_one(each):
                linked.sums.append(made)
            else:
                loose.append(made)
    linked.sums[:] = list(dict.fromkeys(linked.sums))
    return tuple(dict.fromkeys(loose))


def telling(
    loose: Iterable[Sum],
    numbers: Sequence[Number],
    shown: Sequence[Shown],
    sums: Sequence[Sum],
    threshold: int,
) -> tuple[Sum, ...]:
    """Return the bounds that can tell a reader anything beside what signs and sums tell.

    Args:
        loose: The bounds (see ``tie``).
        numbers: The numbers.
        shown: What is shown of each.
        sums: The sums.
        threshold: The smallest count that may be shown.
    """
    bounds = narrowed(known_bounds(numbers, shown, threshold), sums)
    found = []
    for each in loose:
        # what is left, the last term, is zero or more however the others fall: then nothing follows
        others = each.terms[:-1]
        own = each.terms[-1][1]
        ends = [bounds[at][0 if sign * own < 0 else 1] * sign for at, sign in others]
        if (each.result - sum(ends)) * own < 0:
            found.append(each)
    return tuple(found)


def tied_to(bad: Iterable[int], loose: Sequence[Sum], sums: Sequence[Sum], count: int) -> tuple[Sum, ...]:
    """Return the bounds that hang together with any of some numbers.

    Args:
        bad: The numbers.
        loose: The bounds.
        sums: The sums and bounds that are in use.
        count: How many numbers there are.
    """
    wanted = set(bad)
    mine = set(loose)
    return tuple(
        each
        for members, own in components(count, [*sums, *loose])
        if wanted.intersection(members)
        for each in own
        if each in mine
    )


def _places(linked: Linked) -> list[tuple[int, int]]:
    """Return in how many cells each number stands."""
    found: dict[int, int] = {}
    for spot, number in linked.spots.items():
        if spot.row >= 0:
            found[number] = found.get(number, 0) + 1
    return list(found.items())


def _add_up(linked: Linked, known: dict[Query, int], stated: Iterable[Tie], threshold: int) -> None:
    """Add what ties name and no table shows, though all its categories are there to be added up."""
    for query in dict.fromkeys(query for each in stated for query in (each.whole, *each.parts)):
        if query in known:
            continue
        parts = [
            number
            for other, number in known.items()
            if len(other) == len(query) + 1
            and {name for name, _ in frozenset(other) - frozenset(query)} == {"category"}
        ]
        if len(parts) > 1:
            whole = _left(linked, sum(linked.numbers[at].value for at in parts), threshold, counts=True)
            linked.sums.append(Sum((*((at, 1) for at in parts), (whole, -1))))
            known[query] = whole


def _groups(by_pair: dict[tuple[str, str], list[Query]], each: Tie) -> list[Query]:
    """Return the groups within which the whole of a tie is counted, all cases first."""
    whole = frozenset(each.whole)
    own = {name for name, _ in each.whole}
    found = []
    for query in by_pair.get(each.whole[0], ()):
        extra = frozenset(query) - whole
        if len(extra) + len(whole) == len(query) and all(name in PARTS and name not in own for name, _ in extra):
            found.append(tuple(sorted(extra)))
    return sorted(found, key=lambda one: (len(one), one))


def _by_pair(known: Iterable[Query]) -> dict[tuple[str, str], list[Query]]:
    found: dict[tuple[str, str], list[Query]] = {}
    for query in known:
        for pair in query:
            found.setdefault(pair, []).append(query)
    return found


def _equation(linked: Linked, known: dict[Query, int], each: Tie, extra: Query, threshold: int) -> Sum | None:
    whole = known[_with(each.whole, extra)]
    parts = [known.get(_with(part, extra)) for part in each.parts]
    found = [part for part in parts if part is not None]
    if not found or whole in found or (len(found) < len(parts) and each.kind is TieKind.DIVIDE):
        return None  # what covers without a part covers with it: tables leave out codes that are in no case
    values = sum(linked.numbers[part].value for part in found)
    terms = [(part, 1) for part in found]
    if each.kind is TieKind.COVER:
        left = values - each.times * linked.numbers[whole].value
        if left < 0:
            return None
        own = _left(linked, left, threshold, counts=False)
        return Sum((*terms, *([(whole, -1)] * each.times), (own, -1)))
    left = linked.numbers[whole].value - values
    if left < 0:
        return None  # not counted the same way
    terms.append((whole, -1))
    if each.kind is TieKind.WITHIN:
        return Sum((*terms, (_left(linked, left, threshold, counts=False), 1)))
    if not each.left:
        return Sum(tuple(terms)) if left == 0 else None
    query = _with(each.left, extra)
    number = known.get(query)
    if number is None or linked.numbers[number].value != left:
        number = known[query] = _left(linked, left, threshold, counts=True)
    return Sum((*terms, (number, 1)))


def _with(query: Query, extra: Query) -> Query:
    return tuple(sorted((*query, *extra)))


def _left(linked: Linked, value: int, threshold: int, *, counts: bool) -> int:
    """Add a number that no table shows; it is to be protected where it counts something."""
    return linked.add(Number(value, sensitive=counts and 1 <= value < threshold, implied=True))


def _in_one(each: Tie) -> bool:
    """Say whether a bound is of one code alone, so that it ties nothing together that is not tied already."""
    codes = {value for query in (each.whole, *each.parts) for name, value in query if name == "code"}
    names = {name for query in (each.whole, *each.parts) for name, _ in query}
    return len(codes) == 1 and names <= {"code", "time", "unit"}
