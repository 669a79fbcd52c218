"""Minimal covers: every way to cover the positive rows with prime implicants and none to spare."""

from collections.abc import Collection, Sequence

from pipeline.patterns.qca.matrix import Cube, Minterm
from pipeline.patterns.qca.primes import covers, hitting_sets, order_of

MOST_MODELS = 2000
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
    found = list(hitting_sets(by_row)) if every else _fewest([chart[prime] for prime in columns], (1 << len(rows)) - 1)
    models = [
        tuple(sorted((prime for p, prime in enumerate(columns) if mask >> p & 1), key=order_of)) for mask in found
    ]
    return tuple(sorted(models, key=lambda model: (len(model), [order_of(prime) for prime in model])))[:MOST_MODELS]


def _dominated(mask: int, others: Collection[int]) -> bool:
    return any(mask != other and mask & other == mask for other in others)


def _fewest(chart: Sequence[int], full: int) -> list[int]:
    """Return all covers with the fewest columns by branch and bound.

    Each branch takes one of the columns that cover the row with the fewest choices and rules out those tried before it,
    so that no cover is found twice.
    """
    best = len(chart) + 1
    found: list[int] = []
    widest = max((mask.bit_count() for mask in chart), default=1)

    def branch(chosen: int, size: int, covered: int, allowed: int) -> None:
        nonlocal best, found
        missing = full & ~covered
        if not missing:
            if size < best:
                best, found = size, []
            found.append(chosen)
            return
        if size + -(-missing.bit_count() // widest) > best or len(found) > MOST_MODELS:
            return
        for column in _narrowest(chart, missing, allowed):
            allowed &= ~(1 << column)
            branch(chosen | 1 << column, size + 1, covered | chart[column], allowed)

    branch(0, 0, 0, (1 << len(chart)) - 1)
    return [mask for mask in found if mask.bit_count() == best]


def _narrowest(chart: Sequence[int], missing: int, allowed: int) -> list[int]:
    """Return the columns that cover the missing row which the fewest columns cover."""
    best: list[int] | None = None
    rest = missing
    while rest:
        row = rest & -rest
        rest ^= row
        choices = [n for n, mask in enumerate(chart) if allowed >> n & 1 and mask & row]
        if best is None or len(choices) < len(best):
            best = choices
            if len(best) <= 1:
                break
    return sorted(best or [], key=lambda n: -(chart[n] & missing).bit_count())
