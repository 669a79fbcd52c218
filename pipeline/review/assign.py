"""Drawing who codes what: shares of double coding, evenly spread, the same for the same seed."""

import random
from collections.abc import Sequence

from pipeline.model.review import BLIND, Assignment


def draw_assignments(
    cases: Sequence[str],
    reviewers: Sequence[str],
    *,
    double: float = 0.2,
    seed: int = 1,
    layer: str = BLIND,
    held: Sequence[Assignment] = (),
) -> tuple[Assignment, ...]:
    """Give every case to a reviewer and a share of them to a second one, evenly.

    Cases that are assigned in this layer already keep their coders; only what is missing is drawn. Every pair of
    reviewers meets about equally often among the doubly coded cases.

    Args:
        cases: Ids of the cases; their order does not matter.
        reviewers: Names of the reviewers; their order does not matter.
        double: Share of the cases that two reviewers code, 0-1.
        seed: Another seed draws otherwise.
        layer: Layer of the assignments.
        held: Assignments that hold already.

    Returns:
        The new assignments, by case.

    Raises:
        ValueError: There are no reviewers, or double coding is wanted with one only.
    """
    names = sorted(set(reviewers))
    if not names or (double > 0 and len(names) < 2):
        raise ValueError("double coding takes two reviewers" if names else "there are no reviewers")
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    order = sorted(set(cases))
    chance.shuffle(order)
    coders: dict[str, list[str]] = {case: [] for case in order}
    for each in held:
        if each.layer == layer and each.case in coders:
            coders[each.case].append(each.reviewer)
    load = {name: sum(name in given for given in coders.values()) for name in names}
    met: dict[frozenset[str], int] = {}
    for given in coders.values():
        if len(given) > 1:
            met[frozenset(given[:2])] = met.get(frozenset(given[:2]), 0) + 1
    ties = {name: place for place, name in enumerate(chance.sample(names, len(names)))}
    drawn: list[Assignment] = []

    def give(case: str, name: str) -> None:
        coders[case].append(name)
        load[name] += 1
        drawn.append(Assignment(case, name, layer))

    for case in order:
        if not coders[case]:
            give(case, min(names, key=lambda name: (load[name], ties[name])))
    wanted = round(double * len(order)) - sum(len(given) > 1 for given in coders.values())
    for case in [case for case in order if len(coders[case]) == 1][: max(0, wanted)]:
        first = coders[case][0]
        others = [name for name in names if name != first]
        if not others:
            continue
        second = min(others, key=lambda name: (met.get(frozenset((first, name)), 0), load[name], ties[name]))
        pair = frozenset((first, second))
        met[pair] = met.get(pair, 0) + 1
        give(case, second)
    return tuple(sorted(drawn, key=lambda each: (each.case, each.reviewer)))
