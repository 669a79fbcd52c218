"""Declared hypotheses and exploratory codes against progression: counts, tests, intervals, sensitivity, power.

What is computed for each trait, and why, for about a hundred cases of which some are split:

- counts by category of present, explicitly absent and not mentioned;
- the linear-by-linear permutation test with whole membership rows, exact for a trait of two values, on request within
  municipalities; adjusted by max-T within its stated family, with Benjamini-Hochberg beside it;
- probability of superiority, gamma and tau-b with bootstrap intervals over cases;
- with outcome and trait collapsed to two values each: mid-p, Fisher, Boschloo, exact odds ratio;
- the same test with each split case put in one category, and without split cases;
- a Bayesian reading, and what could have been found at all with so many cases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.model.cases import Case
from pipeline.model.codes import Codebook
from pipeline.model.codings import Coding
from pipeline.model.progression import Outcome
from pipeline.patterns.bayes import compare_groups
from pipeline.patterns.exact import TwoByTwo, boschloo, fisher, mid_p, odds_ratio
from pipeline.patterns.families import FamilyTest, max_t
from pipeline.patterns.hypotheses import Hypotheses, Hypothesis, Kind, exploratory
from pipeline.patterns.measures import Measures, measure_cases
from pipeline.patterns.membership import Memberships, assignments, memberships_of, without_split
from pipeline.patterns.ordinal import BOOTSTRAP, strength
from pipeline.patterns.permutation import DRAWS, drawn_p, exact_p, linear_z
from pipeline.patterns.power import power_of
from pipeline.patterns.presence import core_codes
from pipeline.patterns.results import Collapsed, Comparison, Comparisons, Sensitivity, Tested, WhyNot
from pipeline.patterns.variables import ABSENT, PRESENT, Reading, States, code_states, state_of, trait

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]

LEAST = 5
"""An exploratory code in fewer cases than this, or missing in fewer, is counted and not tested."""


def compare(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    hypotheses: Hypotheses,
    *,
    measures: Iterable[Measures] | None = None,
    explore: bool = True,
    within: bool = False,
    before: bool = False,
    draws: int = DRAWS,
    resamples: int = BOOTSTRAP,
    seed: int = 0,
) -> Comparisons:
    """Compare the declared hypotheses, and on request all other codes, with progression.

    Args:
        cases: The cases; those without a category are left out and named in the memberships.
        codings: Settled codings, negated ones too: they tell absent from not mentioned.
        outcomes: The cases' outcomes.
        codebook: Its core codes are explored.
        hypotheses: The declared hypotheses.
        measures: The cases' measures; measured from the codings where None.
        explore: True to look at the other codes too, as one exploratory family.
        within: True to permute within municipalities: what differs between municipalities as a whole then counts
            for nothing.
        before: True to let what was before the course count.
        draws: Permutations for max-T.
        resamples: Bootstrap resamples for intervals.
        seed: Seed of all draws; the same seed gives the same numbers.
    """
    codings, outcomes = tuple(codings), tuple(outcomes)
    wanted = hypotheses.declared + (exploratory(codebook, hypotheses) if explore else ())
    memberships = memberships_of(cases, outcomes)
    inside = frozenset(memberships.cases)
    kept = [case for case in cases if case.id in inside]
    named = [code for each in wanted for code in each.codes]
    states = code_states(kept, codings, dict.fromkeys([*core_codes(codebook), *named]), before=before)
    needed = any(each.kind is Kind.MEASURE for each in wanted)
    taken = tuple(measures) if measures is not None else measure_cases(kept, codings) if needed else ()
    run = _Run(
        memberships, states, {outcome.case: outcome for outcome in outcomes}, {each.case: each for each in taken},
        within, draws, resamples, seed,
    )  # fmt: skip
    families: dict[str, list[Hypothesis]] = {}
    for each in wanted:
        families.setdefault(each.family, []).append(each)
    results = [result for members in families.values() for result in run.family(members)]
    return Comparisons(memberships, tuple(results), within, draws)


_FEW_WAYS = 7
"""Treatments of the split cases looked at for an exploratory code, beginning with: without, at their best, at worst."""

_FEW_DRAWS = 1_999
"""Permutations for each treatment of the split cases, where the p is not counted out."""


@dataclass(frozen=True)
class _Run:
    """The material and settings of one run."""

    memberships: Memberships
    states: States
    outcomes: Mapping[str, Outcome]
    measures: Mapping[str, Measures]
    within: bool
    draws: int
    resamples: int
    seed: int

    @cached_property
    def treatments(self) -> tuple[tuple[Memberships, Rows], ...]:
        """The split cases treated otherwise, each with the rows of the cases that remain."""
        if not self.memberships.split:
            return ()
        everyone = np.ones(len(self.memberships.cases), np.bool_)
        whole = np.array([len(found) == 1 for found in self.memberships.categories], np.bool_)
        others = [(each, everyone) for each in assignments(self.memberships, seed=self.seed)]
        return ((without_split(self.memberships), whole), *others)

    def strata(self, memberships: Memberships) -> NDArray[np.int64] | None:
        return memberships.strata if self.within else None

    def family(self, members: Sequence[Hypothesis]) -> list[Comparison]:
        columns = {
            reading: [
                trait(each, self.memberships.cases, self.states, self.outcomes, self.measures, reading)
                for each in members
            ]
            for reading in Reading
        }
        reasons = {
            reading: [_reason(each, values) for each, values in zip(members, columns[reading], strict=True)]
            for reading in Reading
        }
        adjusted = {reading: self.adjusted(columns[reading], reasons[reading]) for reading in Reading}
        found = []
        for index, each in enumerate(members):
            first, second = (columns[reading][index] for reading in Reading)
            same = np.array_equal(first, second, equal_nan=True)
            readings = (Reading.AS_MISSING,) if same else tuple(Reading)
            tests = tuple(
                self.tested(each, columns[reading][index], reading, reasons[reading][index], adjusted[reading], index)
                for reading in readings
            )
            size = sum(why is None for why in reasons[readings[0]])
            found.append(self.comparison(each, first, second, tests, size))
        return found

    def adjusted(self, columns: Sequence[Floats], reasons: Sequence[WhyNot | None]) -> FamilyTest:
        """Run max-T over the traits that are tested at all."""
        nothing = np.full(len(self.memberships.cases), np.nan)
        tested = [nothing if why else values for values, why in zip(columns, reasons, strict=True)]
        strata = self.strata(self.memberships)
        return max_t(tested, self.memberships.scores, strata, draws=self.draws, seed=self.seed)

    def comparison(
        self, hypothesis: Hypothesis, values: Floats, known: Floats, tests: tuple[Tested, ...], family: int
    ) -> Comparison:
        present = np.nan_to_num(values, nan=-1.0) >= hypothesis.at_least
        if hypothesis.codes:
            state = state_of(self.states, hypothesis.codes)
            absent = ~present & ((state == ABSENT) | (state == PRESENT))
        else:
            absent = ~present & ~np.isnan(known)
        n = len(present)
        main = tests[0]
        power = None
        if not main.why_not:
            shares = self.memberships.matrix.mean(axis=0).tolist()
            power = power_of(main.n, main.with_trait / main.n, shares, family=family)
        ids = self.memberships.cases
        return Comparison(
            hypothesis=hypothesis,
            present=self.memberships.counts(present),
            absent=self.memberships.counts(absent),
            not_mentioned=self.memberships.counts(~present & ~absent),
            cases=tuple(ids[row] for row in range(n) if present[row]),
            tests=tests,
            power=power,
        )

    def tested(
        self,
        hypothesis: Hypothesis,
        values: Floats,
        reading: Reading,
        why_not: WhyNot | None,
        adjusted: FamilyTest,
        index: int,
    ) -> Tested:
        rows = ~np.isnan(values)
        kept, known = self.memberships.only(rows), values[rows]
        has = known >= hypothesis.at_least
        n, with_trait = len(known), int(has.sum())
        if why_not:
            return Tested(reading, n, with_trait, why_not)
        z, single, family = adjusted.z[index], adjusted.p[index], adjusted.p_family[index]
        if z is None or single is None or family is None:
            return Tested(reading, n, with_trait, WhyNot.CONSTANT)
        counted = self.exact(known, kept)
        p = single if counted is None else counted
        discovery = adjusted.p_discovery[index]
        return Tested(
            reading=reading,
            n=n,
            with_trait=with_trait,
            z=z,
            p=p,
            exact=counted is not None,
            p_family=max(p, family),
            p_discovery=None if discovery is None else max(p, discovery),
            strength=strength(known, kept.matrix, resamples=self.resamples, seed=self.seed),
            collapsed=collapse(kept, has, powerful=not hypothesis.exploratory),
            bayes=compare_groups(kept.matrix[has].sum(axis=0), kept.matrix[~has].sum(axis=0), seed=self.seed),
            sensitivity=self.sensitivity(values, most=_FEW_WAYS if hypothesis.exploratory else None),
        )

    def exact(self, values: Floats, memberships: Memberships) -> float | None:
        """Return the exact p for a trait of two values, None for others."""
        levels = np.unique(values)
        if len(levels) != 2:
            return None
        return exact_p(values == levels[1], memberships.scores, self.strata(memberships))

    def sensitivity(self, values: Floats, *, most: int | None) -> Sensitivity | None:
        found: list[tuple[float, float, float]] = []
        for memberships, rows in self.treatments[:most]:
            inside = values[rows]
            known = ~np.isnan(inside)
            kept, numbers = memberships.only(known), inside[known]
            z = linear_z(numbers, kept.scores, self.strata(kept)) if len(numbers) else None
            tendency = strength(numbers, kept.matrix, resamples=0).superiority.value
            if z is None or tendency is None:
                continue
            p = self.exact(numbers, kept)
            if p is None:
                p = drawn_p(numbers, kept.scores, self.strata(kept), draws=_FEW_DRAWS, seed=self.seed)
            found.append((z, p or 1.0, tendency))
        if not found:
            return None
        low, high = np.min(found, axis=0).tolist(), np.max(found, axis=0).tolist()
        return Sensitivity(len(found), (low[0], high[0]), (low[1], high[1]), (low[2], high[2]))


def _reason(hypothesis: Hypothesis, values: Floats) -> WhyNot | None:
    """Say why a trait cannot be tested; None where it can."""
    known = values[~np.isnan(values)]
    if not len(known):
        return WhyNot.UNKNOWN
    if np.ptp(known) == 0:
        return WhyNot.EVERYBODY if known[0] > 0 else WhyNot.NOBODY
    few = min(int((known > 0).sum()), int((known <= 0).sum()))
    return WhyNot.FEW if hypothesis.exploratory and few < LEAST else None


def collapse(memberships: Memberships, has: Rows, *, powerful: bool = True) -> Collapsed | None:
    """Analyse trait and outcome with two values each; None where a margin is empty.

    The better side is progression or partial progression, the worse side none or regression. A split case with a
    member on either side belongs to no cell and is counted as left out: an exact test knows no half cases.

    Args:
        memberships: The cases.
        has: Which of them have the trait, shape (cases,).
        powerful: True to run Boschloo's test too, which takes a while.
    """
    better = memberships.better
    known = ~np.isnan(better)
    up = better == 1.0
    table = TwoByTwo(
        int((has & up).sum()), int((has & ~up & known).sum()), int((~has & up).sum()), int((~has & ~up & known).sum())
    )
    if not table.varies:
        return None
    return Collapsed(
        table=table,
        left_out=int((~known).sum()),
        mid_p=mid_p(table),
        fisher=fisher(table),
        boschloo=boschloo(table) if powerful else None,
        odds=odds_ratio(table),
    )
