"""What a reader can work out of published numbers: bounds of each hidden one, by the sums that tie it to others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_MOST = 10**6
"""Larger than any count, where nothing else bounds a hidden number."""


class Shown(StrEnum):
    """What the reader sees of a number."""

    OPEN = "open"
    """The number itself."""
    SMALL = "small"
    """A sign that says: at least one, and below the threshold."""
    HIDDEN = "hidden"
    """A sign that says: not zero and not small, but hidden."""
    BLANK = "blank"
    """Nothing at all: the number may be any, also zero. So are numbers that only follow from others."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number that tables show, or that follows from those they show.

    Attributes:
        value: The true value.
        most: The largest it can be for reasons everyone knows (the size of its group), 0 where nothing bounds it.
        sensitive: True when it must not be worked out: at least one and below the threshold.
        total: True for sums, which are hidden last.
        implied: True when no table shows it and it only follows from others; nobody can hide it.
        places: In how many cells it stands: hiding it costs as many.
    """

    value: int
    most: int = 0
    sensitive: bool = False
    total: bool = False
    implied: bool = False
    places: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation that everyone knows: the signed numbers add up to ``result``.

    Attributes:
        terms: (index of a number, +1 or -1).
        result: What they add up to.
    """

    terms: tuple[tuple[int, int], ...]
    result: int = 0


@dataclass(frozen=True, slots=True)
class Exposure:
    """What can be worked out of a hidden number.

    Attributes:
        number: Its index.
        low: The least it can be.
        high: The most it can be.
    """

    number: int
    low: int
    high: int

    @property
    def width(self) -> int:
        """How many other values it could have."""
        return self.high - self.low


def known_bounds(numbers: Sequence[Number], shown: Sequence[Shown], threshold: int) -> tuple[tuple[int, int], ...]:
    """Return the bounds that each number has by its sign alone.

    Args:
        numbers: The numbers.
        shown: What is shown of each.
        threshold: The smallest count that may be shown, beside zero.
    """
    bounds = []
    for number, sign in zip(numbers, shown, strict=True):
        most = number.most or _MOST
        if sign is Shown.OPEN:
            bounds.append((number.value, number.value))
        elif sign is Shown.SMALL:
            bounds.append((1, min(threshold - 1, most)))
        elif sign is Shown.HIDDEN:
            bounds.append((min(threshold, most), most))
        else:
            bounds.append((0, most))
    return tuple(bounds)


def narrowed(bounds: Sequence[tuple[int, int]], sums: Iterable[Sum]) -> tuple[tuple[int, int], ...]:
    """Narrow bounds by one sum at a time until nothing changes: quick, and never narrower than the truth allows.

    A reader who solves all sums together may know more (see ``attack``).

    Args:
        bounds: What is known of each number.
        sums: The sums.
    """
    low = [bound[0] for bound in bounds]
    high = [bound[1] for bound in bounds]
    sums = tuple(sums)
    for _ in range(50):
        changed = False
        for equation in sums:
            least = sum(low[at] if sign > 0 else -high[at] for at, sign in equation.terms)
            most = sum(high[at] if sign > 0 else -low[at] for at, sign in equation.terms)
            for at, sign in equation.terms:
                # what the others leave for this one
                floor = equation.result - (most - (high[at] if sign > 0 else -low[at]))
                ceiling = equation.result - (least - (low[at] if sign > 0 else -high[at]))
                if sign < 0:
                    floor, ceiling = -ceiling, -floor
                if floor > low[at]:
                    low[at], changed = floor, True
                if ceiling < high[at]:
                    high[at], changed = ceiling, True
        if not changed:
            break
    return tuple(zip(low, high, strict=True))


def attack(bounds: Sequence[tuple[int, int]], sums: Sequence[Sum], targets: Iterable[int]) -> tuple[Exposure, ...]:
    """Work out what whole numbers the targets can be: the least and the most, by a linear programme for each.

    Args:
        bounds: What is known of each number by its sign.
        sums: The sums.
        targets: Indexes of the numbers wanted.

    Returns:
        One exposure a target, in their order.

    Raises:
        ValueError: No numbers fit the bounds and the sums; then they are not those of one table.
    """
    import numpy as np
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # scipy ships no types

    free = [at for at, (low, high) in enumerate(bounds) if low < high]
    place = {at: column for column, at in enumerate(free)}
    rows = [equation for equation in sums if any(at in place for at, _ in equation.terms)]
    matrix = np.zeros((len(rows), len(free)))
    results = np.zeros(len(rows))
    for line, equation in enumerate(rows):
        results[line] = equation.result
        for at, sign in equation.terms:
            if at in place:
                matrix[line, place[at]] += sign
            else:
                results[line] -= sign * bounds[at][0]
    found = []
    for target in targets:
        if target not in place:
            found.append(Exposure(target, *bounds[target]))
            continue
        ends = []
        for direction in (1, -1):
            goal = np.zeros(len(free))
            goal[place[target]] = direction
            solved = linprog(
                goal,
                A_eq=matrix if rows else None,
                b_eq=results if rows else None,
                bounds=[bounds[at] for at in free],
                integrality=np.ones(len(free)),
                method="highs",
            )
            if solved.x is None:
                raise ValueError("no numbers fit what is shown")
            ends.append(round(direction * solved.fun))
        found.append(Exposure(target, ends[0], ends[1]))
    return tuple(found)


def components(count: int, sums: Sequence[Sum]) -> tuple[tuple[tuple[int, ...], tuple[Sum, ...]], ...]:
    """Split numbers into groups that no sum ties together, each with its sums; a lone number is a group of its own.

    Args:
        count: How many numbers there are.
        sums: The sums over all of them.
    """
    leader = list(range(count))

    def find(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for equation in sums:
        first = find(equation.terms[0][0])
        for at, _ in equation.terms[1:]:
            leader[find(at)] = first
    members: dict[int, list[int]] = {}
    for at in range(count):
        members.setdefault(find(at), []).append(at)
    of_group: dict[int, list[Sum]] = {group: [] for group in members}
    for equation in sums:
        of_group[find(equation.terms[0][0])].append(equation)
    return tuple((tuple(members[group]), tuple(of_group[group])) for group in sorted(members))


def is_forest(count: int, sums: Sequence[Sum]) -> bool:
    """Say whether the sums hang together without a circle; then taking one sum at a time tells all there is to know.

    Args:
        count: How many numbers there are.
        sums: The sums over them.
    """
    leader = list(range(count + len(sums)))

    def find(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for place, equation in enumerate(sums, start=count):
        for at, _ in equation.terms:
            first, second = find(place), find(at)
            if first == second:
                return False
            leader[second] = first
    return True


def renumbered(members: Sequence[int], sums: Iterable[Sum]) -> tuple[Sum, ...]:
    """Return the sums of one group with their numbers counted within the group."""
    place: Mapping[int, int] = {at: index for index, at in enumerate(members)}
    return tuple(Sum(tuple((place[at], sign) for at, sign in each.terms), each.result) for each in sums)
