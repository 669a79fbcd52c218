"""Which further numbers to hide so that none of the small ones can be worked out: a search, checked by the attacker."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.patterns.attacker import (
    Number,
    Shown,
    Sum,
    attack,
    components,
    is_forest,
    known_bounds,
    narrowed,
    renumbered,
)

_TRIED = 4000
"""Sets of numbers to hide that are looked at before the search takes one number at a time."""

_DEAR = 10_000
"""What it costs to hide a sum, beside what it costs to hide a number within the table."""


def room(threshold: int) -> int:
    """Return how far apart the least and the most must be that a small number can have: half the threshold."""
    return max(1, threshold // 2)


def suppress(numbers: Sequence[Number], sums: Sequence[Sum], threshold: int) -> tuple[Shown, ...]:
    """Decide what is shown of each number.

    Counts from one to below the threshold are never shown. Others are hidden where a small one could otherwise be
    worked out to within less than half the threshold; as few as possible, and sums last. Where even that is not
    enough (a row of ones below a hidden sum), the whole group stays blank.

    Args:
        numbers: All numbers of all tables, each once.
        sums: How they hang together.
        threshold: The smallest count that may be shown, beside zero.
    """
    shown = [Shown.OPEN] * len(numbers)
    for members, own in components(len(numbers), sums):
        group = [numbers[at] for at in members]
        for at, sign in zip(members, _group(group, renumbered(members, own), threshold), strict=True):
            shown[at] = sign
    return tuple(shown)


def violations(
    numbers: Sequence[Number], shown: Sequence[Shown], sums: Sequence[Sum], threshold: int
) -> tuple[int, ...]:
    """Return the sensitive numbers that an attacker can work out too closely.

    Args:
        numbers: All numbers.
        shown: What is shown of each.
        sums: How they hang together.
        threshold: The smallest count that may be shown.
    """
    bad: list[int] = []
    for members, own in components(len(numbers), sums):
        targets = [index for index, at in enumerate(members) if numbers[at].sensitive]
        if not targets:
            continue
        bounds = known_bounds([numbers[at] for at in members], [shown[at] for at in members], threshold)
        found = attack(bounds, renumbered(members, own), targets)
        bad += [members[exposure.number] for exposure in found if exposure.width < room(threshold)]
    return tuple(sorted(bad))


def unveiled(
    numbers: Sequence[Number], shown: Sequence[Shown], sums: Sequence[Sum], threshold: int
) -> tuple[Shown, ...]:
    """Show what is hidden in vain: a number that anyone reads off its sum, as all beside it is zero or shown.

    Args:
        numbers: All numbers.
        shown: What is shown of each.
        sums: How they hang together.
        threshold: The smallest count that may be shown.

    Returns:
        What is shown; a reader knows no more by it.
    """
    bounds = narrowed(known_bounds(numbers, shown, threshold), sums)
    return tuple(
        Shown.OPEN if low == high and not (number.sensitive or number.implied) else sign
        for number, sign, (low, high) in zip(numbers, shown, bounds, strict=True)
    )


def _group(numbers: Sequence[Number], sums: Sequence[Sum], threshold: int) -> tuple[Shown, ...]:
    start = tuple(_first(number) for number in numbers)
    if not any(number.sensitive for number in numbers):
        return start
    for shown in _candidates(numbers, start, sums, threshold):
        if _safe(numbers, shown, sums, threshold):
            return _reopened(numbers, start, shown, sums, threshold)
    return _blanked(numbers, sums, threshold)


def _first(number: Number) -> Shown:
    if number.implied:
        return Shown.BLANK
    return Shown.SMALL if number.sensitive else Shown.OPEN


def _candidates(
    numbers: Sequence[Number], start: tuple[Shown, ...], sums: Sequence[Sum], threshold: int
) -> Iterator[tuple[Shown, ...]]:
    """Give ways to show the numbers, the least costly first, that one sum at a time does not see through."""
    free = [at for at, sign in enumerate(start) if sign is Shown.OPEN and numbers[at].value >= threshold]
    free.sort(key=lambda at: (_cost(numbers[at]), at))
    tried = 0
    for size in range(len(free) + 1):
        sets = sorted(combinations(free, size), key=lambda chosen: sum(_cost(numbers[at]) for at in chosen))
        for chosen in sets:
            tried += 1
            shown = _hide(start, chosen)
            if _seems_safe(numbers, shown, sums, threshold):
                yield shown
        if tried > _TRIED or _too_many(len(free), size + 1):
            break
    else:
        return
    yield from _one_at_a_time(numbers, start, free, sums, threshold)


def _too_many(free: int, size: int) -> bool:
    ways = 1
    for step in range(size):
        ways = ways * (free - step) // (step + 1)
    return ways > _TRIED


def _one_at_a_time(
    numbers: Sequence[Number], start: tuple[Shown, ...], free: Sequence[int], sums: Sequence[Sum], threshold: int
) -> Iterator[tuple[Shown, ...]]:
    """Hide one number after the other, each time the one that leaves the least to be worked out."""
    shown = start
    left = list(free)
    while left:
        best = min(
            left, key=lambda at: (_deficit(numbers, _hide(shown, (at,)), sums, threshold), _cost(numbers[at]), at)
        )
        left.remove(best)
        shown = _hide(shown, (best,))
        if _seems_safe(numbers, shown, sums, threshold):
            yield shown


def _hide(shown: tuple[Shown, ...], chosen: Sequence[int]) -> tuple[Shown, ...]:
    return tuple(Shown.HIDDEN if at in chosen else sign for at, sign in enumerate(shown))


def _cost(number: Number) -> int:
    return (number.value + _DEAR * number.total) * number.places


def _seems_safe(numbers: Sequence[Number], shown: Sequence[Shown], sums: Sequence[Sum], threshold: int) -> bool:
    signs = known_bounds(numbers, shown, threshold)
    if _plain_in_one_sum(numbers, signs, sums, threshold):
        return False
    bounds = narrowed(signs, sums)
    return all(
        high - low >= room(threshold) for number, (low, high) in zip(numbers, bounds, strict=True) if number.sensitive
    )


def _plain_in_one_sum(
    numbers: Sequence[Number], bounds: Sequence[tuple[int, int]], sums: Sequence[Sum], threshold: int
) -> bool:
    """Say whether one sum alone gives a sensitive number away: most tries fail here, and it is quick to see."""
    least_room = room(threshold)
    for equation in sums:
        low = high = 0
        for at, sign in equation.terms:
            least, most = bounds[at]
            low += least if sign > 0 else -most
            high += most if sign > 0 else -least
        for at, sign in equation.terms:
            if not numbers[at].sensitive:
                continue
            least, most = bounds[at]
            floor = equation.result - (high - (most if sign > 0 else -least))
            ceiling = equation.result - (low - (least if sign > 0 else -most))
            if sign < 0:
                floor, ceiling = -ceiling, -floor
            if min(most, ceiling) - max(least, floor) < least_room:
                return True
    return False


def _safe(numbers: Sequence[Number], shown: Sequence[Shown], sums: Sequence[Sum], threshold: int) -> bool:
    """Say whether the attacker, who solves all sums at once, cannot work out any sensitive number too closely."""
    if is_forest(len(numbers), sums):
        return _seems_safe(numbers, shown, sums, threshold)
    targets = [at for at, number in enumerate(numbers) if number.sensitive]
    found = attack(known_bounds(numbers, shown, threshold), sums, targets)
    return all(exposure.width >= room(threshold) for exposure in found)


def _deficit(numbers: Sequence[Number], shown: Sequence[Shown], sums: Sequence[Sum], threshold: int) -> int:
    """Count how much room is missing, for each hidden number in each of its sums taken alone."""
    bounds = known_bounds(numbers, shown, threshold)
    missing = 0
    for equation in sums:
        alone = narrowed(bounds, (equation,))
        for at, _ in equation.terms:
            if shown[at] is not Shown.OPEN and (numbers[at].sensitive or shown[at] is Shown.HIDDEN):
                missing += max(0, room(threshold) - (alone[at][1] - alone[at][0]))
    return missing


def _reopened(
    numbers: Sequence[Number], start: tuple[Shown, ...], shown: tuple[Shown, ...], sums: Sequence[Sum], threshold: int
) -> tuple[Shown, ...]:
    """Open again what need not have been hidden, the dearest first."""
    extra = [at for at, sign in enumerate(shown) if sign is Shown.HIDDEN and start[at] is Shown.OPEN]
    if len(extra) <= 2:
        return shown  # found by trying the cheapest sets first
    for at in sorted(extra, key=lambda each: (-_cost(numbers[each]), each)):
        trial = tuple(Shown.OPEN if place == at else sign for place, sign in enumerate(shown))
        if _seems_safe(numbers, trial, sums, threshold) and _safe(numbers, trial, sums, threshold):
            shown = trial
    return shown


def _blanked(numbers: Sequence[Number], sums: Sequence[Sum], threshold: int) -> tuple[Shown, ...]:
    """Leave blank everything that a sum ties to a sensitive number, with its sum; then what is still too plain."""
    shown = [_first(number) for number in numbers]
    for equation in sums:
        if any(numbers[at].sensitive for at, _ in equation.terms):
            for at, _ in equation.terms:
                shown[at] = Shown.BLANK
    if not _safe(numbers, shown, sums, threshold):
        shown = [Shown.BLANK] * len(numbers)
    return tuple(shown)
