"""The level of log odds from which a model codes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.coding.whole_case import WholeCase, seen_whole, unlearnt

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_DRAWS = 50


def best_threshold(
    odds: "Floats",
    given: "Floats",
    fringe: "Floats",
    *,
    cases: Sequence[tuple[int, int]] = (),
    whole: WholeCase | None = None,
    themes: Sequence[int] = (),
) -> float:
    """Return the log odds from which on coding is best, the middle one of equals.

    Best is the highest micro F1 over sentence x code pairs; with cases the highest mean of it, counted three times, of
    that over case x code pairs (what tables count) and of that over sentence x theme pairs: the first hardly changes
    over a wide range in which the others do.

    Args:
        odds: Log odds of every pair.
        given: True where the code is right.
        fringe: True where it is neither right nor wrong.
        cases: Where each case begins and ends.
        whole: Decides what cases hold; nothing when left out.
        themes: The number of each code's theme, in order; one theme for all when left out.
    """
    import numpy as np

    allowed, likeliest = seen_whole(odds, cases, whole or unlearnt(odds.shape[1]))
    starts = [start for start, _ in cases]
    first = np.flatnonzero(np.diff(themes or [0] * odds.shape[1], prepend=-1))
    levels = np.round(np.arange(-2.5, 1.55, 0.05), 2)
    scores = []
    for level in levels:
        coded = (odds > level) & allowed | likeliest
        found = [_f1(coded, given, fringe)]
        if starts:
            found *= 3
            found.append(_f1(*(np.logical_or.reduceat(each, starts, axis=0) for each in (coded, given, fringe))))
            found.append(_f1(*(np.logical_or.reduceat(each, first, axis=1) for each in (coded, given, fringe))))
        scores.append(round(sum(found) / len(found), 6))
    best = [float(level) for level, score in zip(levels, scores, strict=True) if score == max(scores)]
    return best[len(best) // 2]


def steady_threshold(
    odds: "Floats",
    given: "Floats",
    fringe: "Floats",
    *,
    cases: Sequence[tuple[int, int]],
    whole: WholeCase,
    themes: Sequence[int] = (),
) -> float:
    """Return the mean of the best log odds of many draws of as many cases, with replacement.

    Over a wide range one level is nearly as good as another, and in a few dozen cases a single one decides which looks
    best (Breiman 1996, Bagging Predictors, Machine Learning 24(2), 123-140).

    Args:
        odds: Log odds of every pair.
        given: True where the code is right.
        fringe: True where it is neither right nor wrong.
        cases: Where each case begins and ends.
        whole: Decides what cases hold.
        themes: The number of each code's theme, in order; one theme for all when left out.
    """
    import numpy as np

    chance = np.random.default_rng(0)
    best = []
    for _ in range(_DRAWS):
        drawn = [cases[case] for case in chance.integers(0, len(cases), len(cases))]
        rows = np.concatenate([np.arange(start, end) for start, end in drawn])
        ends = np.cumsum([end - start for start, end in drawn]).tolist()
        own = list(zip([0, *ends], ends, strict=False))
        best.append(best_threshold(odds[rows], given[rows], fringe[rows], cases=own, whole=whole, themes=themes))
    return round(sum(best) / len(best), 2)


def _f1(coded: Any, given: Any, fringe: Any) -> float:  # noqa: ANN401 - numpy types any() as a single truth, too
    hits = (coded & given).sum()
    total = 2 * hits + (coded & ~given & ~fringe).sum() + (given & ~coded).sum()
    return float(2 * hits / total) if total else 0.0
