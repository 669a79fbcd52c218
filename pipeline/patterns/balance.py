"""How a case speaks of the citizen: deficit and resource language, how dense and in what balance, and how surely."""

from collections.abc import Iterable
from math import sqrt

from pipeline.language.segments import split_case
from pipeline.model.cases import Case
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding
from pipeline.patterns.findings import DENSITY, SHARE, Finding

_DEFICIT, _RESOURCE = "language.deficit", "language.resource"

_Z = 1.959963984540054
"""The normal quantile of a two-sided 95 per cent interval."""

FEWEST = 5
"""From how many sentences of deficit and resource language on their balance is certain."""


def interval_of_share(count: int, total: int) -> tuple[float, float]:
    """Return the 95 per cent score interval of a share.

    Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22(158), 209-212; for totals of 40 and below recommended by Brown, Cai & DasGupta (2001),
    Interval estimation for a binomial proportion, Statistical Science 16(2), 101-133.

    Args:
        count: How many have it, 0 to ``total``.
        total: How many there are, at least 1.

    Returns:
        The lower and the upper bound, 0-1.

    Raises:
        ValueError: The numbers are no share.
    """
    if total < 1 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no share.")
    share = count / total
    spread = _Z * _Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / total + spread / (4 * total))
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return low, 1.0 if count == total else min(1.0, middle + half)


def tone_of(case: Case, codings: Iterable[Coding]) -> list[Finding]:
    """Return the share of deficit language with its interval, and how dense deficit and resource language are.

    Density is sentences with the code per 100 sentences of the case, with the same kind of interval. Nothing is
    returned for what has no observations; sentences about the time before the course are left out. A share of fewer
    than five sentences is uncertain.

    Args:
        case: The case.
        codings: Its affirmed codings, in the order of the text.
    """
    found: dict[str, dict[str, None]] = {_DEFICIT: {}, _RESOURCE: {}}
    both: dict[str, None] = {}
    for each in codings:
        code = core_code(each.code)
        if code in found and each.segment and not each.before:
            found[code][each.segment] = both[each.segment] = None
    deficit, resource = len(found[_DEFICIT]), len(found[_RESOURCE])
    tone = []
    if deficit + resource:
        low, high = interval_of_share(deficit, deficit + resource)
        tone.append(
            Finding(
                case=case.id,
                measure="deficit_resource_index",
                value=round(deficit / (deficit + resource), 2),
                unit=SHARE,
                low=round(low, 2),
                high=round(high, 2),
                certain=deficit + resource >= FEWEST,
                words=f"{deficit} / {deficit + resource}",
                segments=tuple(both),
            )
        )
    sentences = len(split_case(case))
    for code, segments in found.items() if sentences else ():
        count = len(segments)
        low, high = interval_of_share(count, sentences)
        tone.append(
            Finding(
                case=case.id,
                measure=f"{code.removeprefix('language.')}_density",
                value=round(100 * count / sentences, 1),
                unit=DENSITY,
                low=round(100 * low, 1),
                high=round(100 * high, 1),
                certain=True,
                words=f"{count} / {sentences}",
                segments=tuple(segments),
            )
        )
    return tone
