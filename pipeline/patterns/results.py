"""What a comparison of traits with progression gives, as values."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import Sign
from pipeline.patterns.bayes import Posterior
from pipeline.patterns.exact import OddsRatio, TwoByTwo
from pipeline.patterns.hypotheses import Hypothesis
from pipeline.patterns.membership import Memberships
from pipeline.patterns.ordinal import Strength
from pipeline.patterns.power import Power
from pipeline.patterns.variables import Reading

ByCategory = tuple[tuple[int, int], ...]
"""(whole cases, split cases) for each category in the order of ``ORDER``."""


class WhyNot(StrEnum):
    """Why a trait was not tested."""

    NOBODY = "nobody"
    """No case that says something has it."""
    EVERYBODY = "everybody"
    """Every case that says something has it, or all have the same value."""
    UNKNOWN = "unknown"
    """No case says anything of it."""
    FEW = "few"
    """An exploratory code in fewer cases than ``LEAST``, or missing in fewer."""
    CONSTANT = "constant"
    """It does not vary within municipalities, or the outcomes do not vary."""


@dataclass(frozen=True, slots=True)
class Collapsed:
    """Trait and outcome collapsed to two values: progression or partial against none or regression.

    Attributes:
        table: The cases; a = with the trait and the better outcome.
        left_out: Cases that belong to both sides (split) and so to neither cell.
        mid_p: Two-sided mid-p.
        fisher: Two-sided p of Fisher's test.
        boschloo: Two-sided p of Boschloo's test; None where it was not asked for.
        odds: Exact odds ratio.
    """

    table: TwoByTwo
    left_out: int
    mid_p: float
    fisher: float
    boschloo: float | None
    odds: OddsRatio | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The least and the most that comes out when the split cases are treated otherwise.

    Attributes:
        ways: In how many ways they were treated: put in one of their categories each, and left out.
        z: Range of the standardised statistic.
        p: Range of the unadjusted p.
        superiority: Range of the probability of superiority.
    """

    ways: int
    z: tuple[float, float]
    p: tuple[float, float]
    superiority: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tested:
    """What one reading of a trait gives.

    Attributes:
        reading: What was made of what cases do not mention.
        n: Cases that have a value in this reading.
        with_trait: Of these, with the trait (at the hypothesis's ``at_least`` or above).
        why_not: Why nothing was tested; None where something was.
        z: Standardised linear-by-linear statistic, positive where more of it goes with a better outcome.
        p: Its unadjusted two-sided p.
        exact: True where p was counted out over all permutations, False where it was drawn.
        p_family: Step-down max-T p within the family.
        p_discovery: Benjamini-Hochberg p within the family.
        strength: Superiority, gamma and tau-b with intervals.
        collapsed: The two-by-two reading; None where a margin is empty.
        bayes: The Bayesian reading of cases with and without the trait; None where there are none of either.
        sensitivity: Ranges over the treatment of split cases; None where no case is split.
    """

    reading: Reading
    n: int
    with_trait: int
    why_not: WhyNot | None = None
    z: float | None = None
    p: float | None = None
    exact: bool = False
    p_family: float | None = None
    p_discovery: float | None = None
    strength: Strength | None = None
    collapsed: Collapsed | None = None
    bayes: Posterior | None = None
    sensitivity: Sensitivity | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A hypothesis with what the cases show.

    Attributes:
        hypothesis: What is compared with progression.
        present: Cases with the trait by category.
        absent: Cases that explicitly do without it, or are rated or measured below ``at_least``.
        not_mentioned: Cases that do not say.
        cases: Ids of the cases with the trait.
        tests: One per reading that differs, not mentioned as absent first.
        power: What could have been found; None where nothing was tested.
    """

    hypothesis: Hypothesis
    present: ByCategory
    absent: ByCategory
    not_mentioned: ByCategory
    cases: tuple[str, ...]
    tests: tuple[Tested, ...]
    power: Power | None = None

    @property
    def main(self) -> Tested:
        """The first reading, which the tables lead with."""
        return self.tests[0]

    @property
    def direction(self) -> Sign | None:
        """Plus where more of the trait goes with a better outcome; None where nothing was tested or nothing leans."""
        z = self.main.z
        return None if not z else Sign.PLUS if z > 0 else Sign.MINUS

    @property
    def as_expected(self) -> bool | None:
        """Say whether the direction is the expected one; None where none was expected or none was found."""
        expected = self.hypothesis.expected
        return None if expected is None or self.direction is None else self.direction is expected


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All comparisons of a run with what they rest on.

    Attributes:
        memberships: The cases and their categories.
        results: The comparisons, declared ones first.
        within: True when permutations stayed within municipalities.
        draws: Permutations drawn for max-T.
    """

    memberships: Memberships
    results: tuple[Comparison, ...]
    within: bool
    draws: int

    def family(self, name: str) -> tuple[Comparison, ...]:
        """Return the comparisons of a family."""
        return tuple(each for each in self.results if each.hypothesis.family == name)

    def tested_in(self, name: str) -> int:
        """Return how many comparisons of a family were tested, which is what its adjusted p answers for."""
        return sum(each.main.why_not is None for each in self.family(name))

    @property
    def families(self) -> tuple[str, ...]:
        """The families in order."""
        return tuple(dict.fromkeys(each.hypothesis.family for each in self.results))
