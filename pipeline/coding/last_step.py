"""Learning everything of a model after its first step: how far scores, sections and rules are to be trusted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.coding.company import enough_groups, heard_out_of_fold, learn_company, unheard
from pipeline.coding.cue_shares import PARTS
from pipeline.coding.denial import Denial, known_of, learn_denial, undenied
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.linear import Targets
from pipeline.coding.model import LastStep, theme_numbers
from pipeline.coding.rule_record import Record
from pipeline.coding.stack import ALONE, RuleEvidence, Trust, design, logit
from pipeline.coding.thinning import thinned
from pipeline.coding.threshold import steady_threshold
from pipeline.coding.vectors import spans
from pipeline.coding.whole_case import WholeCase, learn_whole, unlearnt
from pipeline.language.words import words_of

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

_SHRINK_SECTION = 30.0
_CONSTANT = 1e-6
_DIGITS = 6
_UNLIKELY, _EVERY = -5.0, 10
_CASES_AT_ONCE = 200
_SELDOM, _OFTEN = 10, 2
"""Of other cases every tenth code shows that it may stand in spite of a cue; those of pairs count twice."""


class Learner:
    """Learns everything after the first step from scores of machines that never saw the sentence's group.

    Args:
        codes: The codes, sorted.
        sentences: The labelled sentences; those of one case stand together.
        targets: What is to be learnt of them.
        scores: Scores of the first step (sentences x outputs), NaN for sentences that are only learnt from.
        under: What words under context cues add to those of the codes (parts x sentences x codes); none where nothing
            is known of cues.
        evidence: What the rules say of every sentence and code.
        rows: The sentences that show how far scores are to be trusted.

    Attributes:
        slope: Per code, turns a score into log odds, with ``offset``.
        offset: Per code.
        sections: Per kind of section, how much likelier each code is there than elsewhere (log odds).
    """

    def __init__(
        self,
        codes: tuple[str, ...],
        sentences: Sequence[Labelled],
        targets: Targets,
        scores: "Floats",
        under: "Floats",
        evidence: RuleEvidence,
        rows: "Floats",
    ) -> None:
        import numpy as np

        self.codes = codes
        self.sentences = sentences
        self.given, self.fringe = targets.given, targets.fringe
        self.raw = np.nan_to_num(scores[:, : len(codes)], nan=-1.0)
        self.wider = np.nan_to_num(scores[:, len(codes) : -1], nan=-1.0)
        self.under = under
        self.denies = np.array([[code in each.denies for code in codes] for each in sentences], dtype=bool)
        self.lengths = np.array([len(words_of(each.text)) for each in sentences])
        self.evidence = evidence
        self.slope, self.offset = self._platt(rows)
        self.odds = self.raw * self.slope + self.offset
        self.sections = self._sections(rows)

    def _platt(self, rows: "Floats") -> "tuple[Floats, Floats]":
        """Turn scores into log odds, code by code (Platt 1999)."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        slope, offset = np.full(len(self.codes), 2.0), np.full(len(self.codes), -4.0)
        for code in range(len(self.codes)):
            used = rows[~self.fringe[rows, code]]
            wanted = self.given[used, code]
            if 5 <= wanted.sum() < len(wanted):
                fitted = LogisticRegression(C=1.0).fit(self.raw[used, code][:, None], wanted)
                slope[code], offset[code] = fitted.coef_[0, 0], fitted.intercept_[0]
        return _steady(slope), _steady(offset)

    def _sections(self, rows: "Floats") -> "dict[str, Floats]":
        """Return how much likelier each code is in each kind of section than elsewhere."""
        import numpy as np

        base = (self.given[rows].sum(axis=0) + 1.0) / (len(rows) + 60.0)
        kinds = np.array([self.sentences[row].section for row in rows])
        found = {}
        for kind in sorted(set(kinds.tolist())):
            inside = rows[kinds == kind]
            chance = (self.given[inside].sum(axis=0) + _SHRINK_SECTION * base) / (len(inside) + _SHRINK_SECTION)
            found[str(kind)] = logit(chance) - logit(base)
        return found

    def trust(self, rows: "Floats") -> Trust:
        """Return how often rules were right in these sentences."""
        return self._record(rows).trust()

    def _record(self, rows: "Floats") -> Record:
        return Record(self.evidence, self.given, self.fringe, rows)

    def _sample(self, rows: "Floats", *, rules: bool) -> "tuple[Floats, Floats]":
        """Return the pairs to learn from and their weights: of the unlikely ones without a rule every tenth."""
        import numpy as np

        unlikely = ~self.given[rows] & (self.odds[rows] < _UNLIKELY)
        if rules:
            unlikely &= (self.evidence.found[rows] == 0) & (self.evidence.suppressed[rows] == 0)
        kept, counts = thinned(unlikely, _EVERY)
        pairs = np.flatnonzero(kept & ~self.fringe[rows])
        return pairs, counts.ravel()[pairs]

    def step(
        self, rows: "Floats", *, rules: bool, further: "Floats | None" = None, pairs: "Floats | None" = None
    ) -> LastStep:
        """Learn the last decision from these sentences.

        Args:
            rows: The sentences, whole cases of them.
            rules: True for a decision that hears the rules.
            further: Other cases, which only show what company codes keep, and what stands in spite of cues.
            pairs: Sentences that stand alone, which only show what is denied.
        """
        import numpy as np

        used = rows if further is None else np.sort(np.concatenate([rows, further]))
        inside = np.isin(used, rows)
        trust = self._record(rows).without_itself() if rules else None
        step = self._judgement(rows, self._facts(rows, trust), rules=rules)
        odds = self._judged(step, used, trust)
        cases = self._spans(used)
        groups = [self.sentences[used[start]].group if inside[start] else "" for start, _ in cases]
        heard = odds.copy()
        if enough_groups(groups):
            given, fringe = self.given[used], self.fringe[used]
            step = replace(step, company=learn_company(odds, given, fringe, cases))
            heard = step.company.heard(odds, cases)
            heard[inside] = heard_out_of_fold(odds, given, fringe, cases, groups)[inside]
        if len(self.under) and pairs is not None and len(pairs):
            of_pairs = step.company.heard(self._judged(step, pairs, trust), self._spans(pairs))
            shown = np.concatenate([used, pairs])
            step = replace(step, denial=self._denial(shown, rows, np.concatenate([heard, of_pairs]), trust))
        heard = self._undenied(step, rows, heard[inside], trust)
        own = self._spans(rows)
        whole = learn_whole(heard, self.given[rows], self.fringe[rows], own)
        threshold = self._level(rows, heard, whole)
        return replace(step, threshold=np.full(len(self.codes), threshold), whole=whole)

    def _level(self, rows: "Floats", heard: "Floats", whole: WholeCase) -> float:
        """Return the log odds from which to code: those best for real sentences, as what is told anew is easier."""
        import numpy as np

        real = np.array([self.sentences[row].source is not Source.RETOLD for row in rows])
        chosen = real if len({self.sentences[row].group for row in rows[real]}) > 1 else np.ones_like(real)
        shown = rows[chosen]
        given, fringe = self.given[shown], self.fringe[shown]
        themes = theme_numbers(self.codes)
        return steady_threshold(heard[chosen], given, fringe, cases=self._spans(shown), whole=whole, themes=themes)

    def _spans(self, rows: "Floats") -> list[tuple[int, int]]:
        """Return where each case begins and ends among some sentences."""
        return spans([self.sentences[row] for row in rows])

    def _heard(
        self, rows: "Floats", odds: "Floats", trust: "Floats | None"
    ) -> "tuple[Floats, Floats, Floats, tuple[Floats, Floats, Floats] | None, Floats]":
        """Return what tells what cues take away from some sentences (see ``denial.known_of``)."""
        import numpy as np

        evidence = self.evidence
        under = self.under[:, rows] if len(self.under) else np.zeros((len(PARTS), *odds.shape), dtype=np.float32)
        rules = None if trust is None else (evidence.suppressed[rows], evidence.found[rows], trust[rows])
        return odds, self.raw[rows], under, rules, self.lengths[rows]

    def _denial(self, shown: "Floats", rows: "Floats", odds: "Floats", trust: "Floats | None") -> Denial:
        """Learn when a code stands: from what is right in spite of a cue, and from what pairs deny.

        Whole cases and level are then learnt with the same sentences in view: what is weighed here is a dozen sums of
        scores, which come from machines that never saw the sentence, and no word of it.
        """
        import numpy as np

        at, code, facts = known_of(*self._heard(shown, odds, trust))
        row = shown[at]
        stands = self.given[row, code]
        denied = self.denies[row, code]
        pair = np.array([not each.case for each in self.sentences])[row]
        times = np.where(np.isin(row, rows), 1, 0)
        others = np.flatnonzero(stands & ~pair & (times == 0))
        times[others[::_SELDOM]] = 1
        times[pair & stands] = _OFTEN
        times[denied] = 1
        kept = (stands | denied) & ~self.fringe[row, code]
        return learn_denial(facts[kept], stands[kept], times[kept])

    def _undenied(self, step: LastStep, rows: "Floats", odds: "Floats", trust: "Floats | None") -> "Floats":
        """Return log odds with minus infinity where a cue takes a code away."""
        import numpy as np

        found: Floats = np.where(step.denial.taken(*self._heard(rows, odds, trust)), -np.inf, odds)
        return found

    def _judged(self, step: LastStep, used: "Floats", trust: "Floats | None") -> "Floats":
        """Return the log odds of the pairs of some sentences by themselves, some cases at a time to save memory."""
        import numpy as np

        starts = [start for start, _ in self._spans(used)]
        cuts = [start for at, start in enumerate(starts) if at % _CASES_AT_ONCE == 0]
        return np.concatenate([step.judge(self._facts(part, trust)) for part in np.split(used, cuts[1:])])

    def _facts(self, used: "Floats", trust: "Floats | None") -> "Floats":
        """Return what is known of the pairs of some sentences, whole cases of them.

        Args:
            used: The sentences.
            trust: Log odds that the rules of a pair are right (all sentences x codes); None for what is known without.
        """
        import numpy as np

        none = np.zeros(len(self.codes))
        section = np.stack([self.sections.get(self.sentences[row].section, none) for row in used])
        evidence = self.evidence
        said = RuleEvidence(evidence.found[used], evidence.suppressed[used], evidence.count[used], {})
        return design(
            self.odds[used],
            self.wider[used],
            self._spans(used),
            section,
            themes=theme_numbers(self.codes),
            evidence=None if trust is None else said,
            trust=None if trust is None else trust[used],
        )

    def _judgement(self, rows: "Floats", facts: "Floats", *, rules: bool) -> LastStep:
        """Learn to judge pairs by themselves."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        size, kinds = len(self.codes), facts.shape[2]
        flat = facts.reshape(-1, kinds)
        mean, spread = flat.mean(axis=0), flat.std(axis=0)
        spread[spread < _CONSTANT] = np.inf  # a fact that never varied tells nothing
        scaled = (facts - mean) / spread
        pairs, weights = self._sample(rows, rules=rules)
        machine = LogisticRegression(C=0.3, max_iter=300)
        machine.fit(_with_codes(scaled, rules=rules)[pairs], self.given[rows].ravel()[pairs], sample_weight=weights)
        learnt = machine.coef_[0]
        plain, offset = learnt[:kinds] / spread, 0.5 * learnt[kinds : kinds + size]
        slope = 0.3 * learnt[kinds + size : kinds + 2 * size] / spread[0]
        found = np.zeros(size)
        offset = offset + machine.intercept_[0] - plain @ mean - slope * mean[0]
        if rules:
            found = 0.5 * learnt[kinds + 2 * size :] / spread[len(ALONE)]
            offset = offset - found * mean[len(ALONE)]
        plain, offset, slope, found = map(_steady, (plain, offset, slope, found))
        return LastStep(plain, offset, slope, found, np.zeros(size), unheard(size), undenied(), unlearnt(size))


def _steady(values: "Floats") -> "Floats":
    """Return numbers without the last digits, in which one machine's sums may differ from another's."""
    import numpy as np

    rounded: Floats = np.round(values, _DIGITS)
    return rounded


def _with_codes(scaled: "Floats", *, rules: bool) -> Any:  # noqa: ANN401 - scipy has no types
    """Return a sparse row per pair: its facts, then its code, its code times its score, its code times found."""
    import numpy as np
    from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped] # scipy ships no types

    sentences, size, kinds = scaled.shape
    pairs = sentences * size
    code = np.tile(np.arange(size), sentences)
    ends = np.arange(pairs + 1)

    def of_code(values: "Floats") -> Any:  # noqa: ANN401 - scipy has no types
        return csr_matrix((values, code, ends), shape=(pairs, size))

    parts = [csr_matrix(scaled.reshape(pairs, kinds)), of_code(np.full(pairs, 0.5))]
    parts.append(of_code(0.3 * scaled[:, :, 0].ravel()))
    if rules:
        parts.append(of_code(0.5 * scaled[:, :, len(ALONE)].ravel()))
    return hstack(parts).tocsr()
