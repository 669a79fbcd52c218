"""Comparisons, patterns and profiles as pandas frames, for notebooks, CSV and other programs."""

from typing import TYPE_CHECKING, Any

from pipeline.model.codes import Sign
from pipeline.model.progression import ORDER
from pipeline.patterns.itemsets import Mined
from pipeline.patterns.membership import Memberships
from pipeline.patterns.ordinal import Estimate
from pipeline.patterns.profiles import Profile
from pipeline.patterns.results import ByCategory, Comparison, Comparisons, Tested

if TYPE_CHECKING:
    import pandas as pd

_BETWEEN = " | "
_SIGNS = {Sign.PLUS: "plus", Sign.MINUS: "minus", None: ""}
"""In words: a spreadsheet takes a bare sign for a formula."""


def comparison_frame(comparisons: Comparisons) -> "pd.DataFrame":
    """Return one row per trait and reading with everything that was computed.

    ``present_progression`` and the like count whole and split cases together; ``..._split`` counts the split ones.

    Args:
        comparisons: The comparisons.
    """
    import pandas as pd

    return pd.DataFrame([_row(each, tested) for each in comparisons.results for tested in each.tests])


def _row(comparison: Comparison, tested: Tested) -> dict[str, Any]:
    hypothesis, direction = comparison.hypothesis, comparison.direction
    row: dict[str, Any] = {
        "id": hypothesis.id,
        "label_da": hypothesis.label.da,
        "label_en": hypothesis.label.en,
        "family": hypothesis.family,
        "exploratory": hypothesis.exploratory,
        "reference": hypothesis.reference,
        "expected": _SIGNS[hypothesis.expected],
        "found": _SIGNS[direction],
        "as_expected": comparison.as_expected,
        "reading": tested.reading.value,
        "n": tested.n,
        "with_trait": tested.with_trait,
        "why_not": tested.why_not.value if tested.why_not else "",
        "z": tested.z,
        "p": tested.p,
        "p_exact": tested.exact,
        "p_family": tested.p_family,
        "p_bh": tested.p_discovery,
    }
    strength = tested.strength
    for name in ("superiority", "gamma", "tau_b"):
        row |= _estimate(name, getattr(strength, name) if strength else Estimate())
    two, odds = tested.collapsed, tested.collapsed.odds if tested.collapsed else None
    row |= {name: getattr(two.table, name) if two else None for name in ("a", "b", "c", "d")}
    row |= {name: getattr(two, name) if two else None for name in ("left_out", "mid_p", "fisher", "boschloo")}
    row["odds_ratio"] = odds.value if odds else None
    row |= {f"odds_ratio_{name}": getattr(odds, name) if odds else None for name in ("low", "high", "with_half")}
    bayes = tested.bayes
    row |= {f"bayes_{name}": getattr(bayes, name) if bayes else None for name in ("higher", "low", "high")}
    row |= {f"bayes_higher_prior_{prior:g}": chance for prior, chance in (bayes.by_prior[1:] if bayes else ())}
    for name in ("z", "p", "superiority"):
        low, high = getattr(tested.sensitivity, name) if tested.sensitivity else (None, None)
        row |= {f"split_{name}_low": low, f"split_{name}_high": high}
    power = comparison.power
    row["odds_ratio_seen"] = power.detectable if power else None
    row["odds_ratio_seen_in_family"] = power.detectable_in_family if power else None
    for name in ("present", "absent", "not_mentioned"):
        row |= _counts(name, getattr(comparison, name))
    row["cases"] = _BETWEEN.join(comparison.cases)
    return row


def _estimate(name: str, estimate: Estimate) -> dict[str, float | None]:
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}


def _counts(name: str, counts: ByCategory) -> dict[str, int]:
    row = {}
    for category, (whole, split) in zip(reversed(ORDER), reversed(counts), strict=True):
        row[f"{name}_{category.value}"] = whole + split
        row[f"{name}_{category.value}_split"] = split
    return row


def pattern_frame(mined: Mined) -> "pd.DataFrame":
    """Return one row per pattern, the strongest first.

    Args:
        mined: The patterns of a search.
    """
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "codes": _BETWEEN.join(each.codes),
                "shared": _BETWEEN.join(each.shared),
                "n": len(each.cases),
                **_counts("n", each.counts),
                "z": each.z,
                "p": each.p,
                "p_all": each.p_all,
                "superiority": each.superiority,
                "found": _SIGNS[each.direction],
                "z_strongest_part": max(each.parts, key=abs),
                "deviant": _BETWEEN.join(each.deviant),
                "cases": _BETWEEN.join(each.cases),
            }
            for each in mined.patterns
        ]
    )


def profile_frame(profiles: tuple[Profile, ...]) -> "pd.DataFrame":
    """Return one row per profile: 1 and 0 for each condition, n, the spread of outcomes and the cases.

    Args:
        profiles: The profiles of one set of conditions.
    """
    import pandas as pd

    conditions = sorted({name for each in profiles for name in (*each.present, *each.absent)})
    return pd.DataFrame(
        [
            {
                **{name: int(name in each.present) for name in conditions},
                "n": len(each.cases),
                **_counts("n", each.counts),
                "mean": each.mean,
                "mixed": each.mixed,
                "cases": _BETWEEN.join(each.cases),
            }
            for each in profiles
        ]
    )


def membership_frame(memberships: Memberships) -> "pd.DataFrame":
    """Return the case x category memberships: each row sums to 1, a split case has a share in several categories.

    Args:
        memberships: The memberships.
    """
    import pandas as pd

    return pd.DataFrame(
        memberships.matrix[:, ::-1],
        index=pd.Index(memberships.cases, name="case"),
        columns=[category.value for category in reversed(ORDER)],
    )
