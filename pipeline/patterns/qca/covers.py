"""Minimal covers: every way to cover the positive rows with prime implicants and none to spare."""

from collections.abc import Collection, Sequence

from pipeline.patterns.qca.matrix import Cube, Minterm
from pipeline.patterns.qca.primes import covers, hitting_sets, order_of

MOST_MODELS = 200
"""Ties beyond this are not listed; data that give so many say nothing."""


def minimal_covers(
    primes: Sequence[Cube],
    positive: Collection[Minterm],
    *,
    every: bool = False,
    row_dominance: bool = False,
) -> tuple[tuple[Cube, ...], ...]:
    """Return all minimal models: sets of primes that cover the positive rows.

    Args:
        primes: The prime implicants.
        positive: The rows to cover.
        every: False for the covers with the fewest primes, as the standard is; True for every cover from which no
            prime can be left out, however many it has.
        row_dominance: True to leave out primes that cover only part of what another prime covers.

    Returns:
        The models, each sorted, at most ``MOST_MODELS`` of them; () when there is nothing to cover.
    """
    rows = sorted(positive)
    if not rows:
        return ()
    chart = {prime: sum(1 << n for n, row in enumerate(rows) if covers(prime, row)) for prime in primes}
    if row_dominance:
        chart = {prime: mask for prime, mask in chart.items() if not _dominated(mask, chart.values())}
    columns = list(chart)
    by_row = [sum(1 << p for p, prime in enumerate(columns) if chart[prime] >> n & 1) for n in range(len(rows))]
    found = list(hitting_sets(by_row)) if every else _fewest(by_row)
    models = [
        tuple(sorted((prime for p, prime in enumerate(columns) if mask >> p & 1), key=order_of)) for mask in found
    ]
    return tuple(sorted(models, key=lambda model: (len(model), [order_of(prime) for prime in model])))[:MOST_MODELS]


def _dominated(mask: int, others: Collection[int]) -> bool:
    return any(mask != other and mask & other == mask for other in others)


def _fewest(by_row: Sequence[int]) -> list[int]:
    """Return all covers with the fewest columns by branch and bound.

    Each branch takes one of the columns that cover the row with the fewest choices and rules out those tried before it,
    so that no cover is found twice. Rows that share no column need a column each, which bounds what is still missing.

    Args:
        by_row: For each row the columns that cover it, as a bit mask.
    """
    best = len(by_row) + 1
    found: list[int] = []

    def branch(chosen: int, size: int, allowed: int) -> None:
        nonlocal best, found
        missing = sorted({mask & allowed for mask in by_row if not mask & chosen}, key=_count)
        if not missing:
            if size < best:
                best, found = size, []
            found.append(chosen)
            return
        # once there are too many ties to list, only a cover with fewer columns is of interest
        most = best if len(found) <= MOST_MODELS else best - 1
        if not missing[0] or size + _apart(missing) > most:
            return
        narrow = missing[0]
        order = [1 << place for place in range(narrow.bit_length()) if narrow >> place & 1]
        gains = {column: sum(bool(mask & column) for mask in missing) for column in order}
        for column in sorted(order, key=lambda each: -gains[each]):
            allowed &= ~column
            branch(chosen | column, size + 1, allowed)

    branch(0, 0, -1)
    return [mask for mask in found if _count(mask) == best]


def _count(mask: int) -> int:
    return mask.bit_count()


def _apart(masks: Sequence[int]) -> int:
    """Return how many rows can be found, the narrowest first, of which no two share a column."""
    taken, number = 0, 0
    for mask in masks:
        if not mask & taken:
            taken |= mask
            number += 1
    return number
