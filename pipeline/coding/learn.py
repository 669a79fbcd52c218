"""Training a model from labelled sentences: the same sentences and versions give the same model, byte for byte."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.coding.features import FeatureReader
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.linear import Targets, fit_linear, fit_out_of_fold, sparse
from pipeline.coding.model import Model, Step, theme_numbers
from pipeline.coding.stack import ALONE, RuleEvidence, Trust, design, logit, probability, rule_evidence
from pipeline.coding.threshold import best_threshold
from pipeline.coding.vectors import fit_space, labelled_features, spans, vectors
from pipeline.model.codes import WordList
from pipeline.model.codings import Coding

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

TUNED = frozenset({*"ABCGHI", "n1", "n2", "n3", "n4"})
"""Groups whose sentences the shipped rules were written against: there rules look better than they are.

Not so where a sentence was told anew: no rule was written for the new words.
"""

_SHRINK_SECTION = 30.0
_SHRINK_TRUST = 15.0
_SHRINK_RULE = 6.0
_LEVELS = 127
_CONSTANT = 1e-6
_DIGITS = 6
_UNLIKELY, _EVERY = -5.0, 10


def train_model(
    sentences: Sequence[Labelled],
    codings: Sequence[Iterable[Coding]],
    *,
    lists: Sequence[WordList] = (),
    tuned: Collection[str] = TUNED,
    least: int = 5,
) -> Model:
    """Train a model.

    Args:
        sentences: Labelled sentences; those of one case stand together in the order of the text.
        codings: The rules' codings of each sentence, the suppressed ones too.
        lists: The codebook's word lists.
        tuned: Groups that the rules were written against; how far rules are to be trusted is not learnt from them.
        least: Codes that fewer sentences of cases carry are left out: cases show where a code does not apply, too.

    Raises:
        ValueError: There are too few sentences, cases or groups to learn from.
    """
    import numpy as np

    counts = Counter(code for each in sentences if each.case for code in each.codes)
    codes = tuple(sorted(code for code, count in counts.items() if count >= least))
    groups = _held_out(sentences)
    if len(codes) < 2 or len(set(groups) - {""}) < 2:
        raise ValueError("A model needs at least two codes and two groups of cases")
    features = labelled_features(sentences, FeatureReader(lists))
    space = fit_space(features)
    rows = vectors(space, features)
    matrix = sparse(rows, sum(space.sizes))
    del features, rows
    targets = Targets(sentences, codes)
    scores = fit_out_of_fold(matrix, targets, groups)
    weights, intercept = fit_linear(matrix, targets, np.arange(len(sentences)))
    small, scale = _quantize(weights)

    scored = np.flatnonzero(~np.isnan(scores[:, 0]))
    untuned = [each.group not in tuned or each.source is Source.RETOLD for each in sentences]
    fair = np.flatnonzero(~np.isnan(scores[:, 0]) & np.array(untuned))
    learner = _Learner(codes, sentences, targets, scores, rule_evidence(codings, codes))
    alone = learner.step(scored, rules=False)
    combined = learner.step(fair if len(fair) else scored, rules=True)
    return Model(
        codes=codes,
        space=space,
        weights=small,
        scale=scale,
        intercept=intercept.astype(np.float32),
        slope=learner.slope,
        offset=learner.offset,
        sections=learner.sections(scored),
        trust=learner.trust(fair if len(fair) else scored),
        alone=alone,
        combined=combined,
        before=_before_threshold(scores[:, -1], targets, scored),
        about=_about(sentences),
    )


def _held_out(sentences: Sequence[Labelled]) -> list[str]:
    """Return the group that each sentence is held out with while machines are tried, "" where it never is.

    Mere scenes never are. What else is invented is always learnt from, as it is by the machine that counts, where there
    are two groups of real cases or more.
    """
    whole = [each.group if each.case and each.source is not Source.SCENE else "" for each in sentences]
    real = ["" if each.source is Source.NARRATIVE else group for group, each in zip(whole, sentences, strict=True)]
    return real if len(set(real) - {""}) > 1 else whole


def _quantize(weights: "Floats") -> "tuple[Floats, Floats]":
    """Return weights as whole numbers from -127 to 127 and what to multiply each column with."""
    import numpy as np

    scale = np.abs(weights).max(axis=0) / _LEVELS
    scale[scale == 0] = 1.0
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def _steady(values: "Floats") -> "Floats":
    """Return numbers without the last digits, in which one machine's sums may differ from another's."""
    import numpy as np

    rounded: Floats = np.round(values, _DIGITS)
    return rounded


def _about(sentences: Sequence[Labelled]) -> tuple[tuple[str, str], ...]:
    counts = Counter(each.source.value for each in sentences)
    return tuple((name, str(count)) for name, count in sorted(counts.items()))


class _Learner:
    """Learns everything after the first step from scores of machines that never saw the sentence's group."""

    def __init__(
        self,
        codes: tuple[str, ...],
        sentences: Sequence[Labelled],
        targets: Targets,
        scores: "Floats",
        evidence: RuleEvidence,
    ) -> None:
        import numpy as np

        self.codes = codes
        self.sentences = sentences
        self.given, self.fringe = targets.given, targets.fringe
        self.raw = np.nan_to_num(scores[:, : len(codes)], nan=-1.0)
        self.wider = np.nan_to_num(scores[:, len(codes) : -1], nan=-1.0)
        self.evidence = evidence
        self.cases = spans(sentences)
        self.slope, self.offset = self._platt(np.flatnonzero(~np.isnan(scores[:, 0])))
        self.odds = self.raw * self.slope + self.offset

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

    def sections(self, rows: "Floats") -> "dict[str, Floats]":
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
        right, wrong = self._record(rows)
        codes = self._trust_of_codes(rows)
        chance = probability(codes)
        rules = {
            (rule, code): _log_odds(
                (right[rule, code] + _SHRINK_RULE * chance[code])
                / (right[rule, code] + wrong[rule, code] + _SHRINK_RULE)
            )
            for rule, code in sorted({*right, *wrong})
        }
        return Trust(codes, rules)

    def _record(self, rows: "Floats") -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
        right: Counter[tuple[str, int]] = Counter()
        wrong: Counter[tuple[str, int]] = Counter()
        inside = set(rows.tolist())
        for (row, code), rules in self.evidence.rules.items():
            if row in inside and not self.fringe[row, code]:
                (right if self.given[row, code] else wrong).update((rule, code) for rule in rules)
        return right, wrong

    def _trust_of_codes(self, rows: "Floats") -> "Floats":
        found = self.evidence.found[rows] > 0
        right = (found & self.given[rows]).sum(axis=0)
        wrong = (found & ~self.given[rows] & ~self.fringe[rows]).sum(axis=0)
        mean = (right.sum() + 1.0) / (right.sum() + wrong.sum() + 2.0)
        return logit((right + _SHRINK_TRUST * mean) / (right + wrong + _SHRINK_TRUST))

    def _trust_without_itself(self, rows: "Floats") -> "Floats":
        """Return the trust in every pair's rules, learnt without the pair itself."""
        import numpy as np

        right, wrong = self._record(rows)
        codes = self._trust_of_codes(rows)
        chance = probability(codes)
        inside = set(rows.tolist())
        found = np.zeros_like(self.evidence.found)
        for (row, code), rules in self.evidence.rules.items():
            own = row in inside and not self.fringe[row, code]
            was_right = int(own and self.given[row, code])
            was_wrong = int(own and not self.given[row, code])
            found[row, code] = max(
                _log_odds(
                    (right[rule, code] - was_right + _SHRINK_RULE * chance[code])
                    / (right[rule, code] + wrong[rule, code] - was_right - was_wrong + _SHRINK_RULE)
                )
                for rule in rules
            )
        return found

    def _sample(self, rows: "Floats", *, rules: bool) -> "tuple[Floats, Floats]":
        """Return the pairs to learn from and their weights: of the unlikely ones without a rule every tenth."""
        import numpy as np

        unlikely = ~self.given[rows] & (self.odds[rows] < _UNLIKELY)
        if rules:
            unlikely &= (self.evidence.found[rows] == 0) & (self.evidence.suppressed[rows] == 0)
        spread = np.arange(unlikely.size).reshape(unlikely.shape) % _EVERY == 0
        kept = ~self.fringe[rows] & (~unlikely | spread)
        pairs = np.flatnonzero(kept.ravel())
        return pairs, np.where(unlikely.ravel()[pairs], float(_EVERY), 1.0)

    def step(self, rows: "Floats", *, rules: bool) -> Step:
        """Learn the last decision from these sentences."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        sections = self.sections(rows)
        none = np.zeros(len(self.codes))
        section = np.stack([sections.get(each.section, none) for each in self.sentences])
        evidence = self.evidence if rules else None
        trust = self._trust_without_itself(rows) if rules else None
        themes = theme_numbers(self.codes)
        facts = design(self.odds, self.wider, self.cases, section, themes=themes, evidence=evidence, trust=trust)[rows]
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
        step = Step(plain, offset, slope, found, np.zeros(size))
        odds = np.where(evidence.suppressed[rows] > 0, -np.inf, step.decide(facts)) if evidence else step.decide(facts)
        cases = spans([self.sentences[row] for row in rows])
        threshold = best_threshold(odds, self.given[rows], self.fringe[rows], cases=cases)
        return Step(plain, offset, slope, found, np.full(size, threshold))


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


def _before_threshold(scores: "Floats", targets: Targets, rows: "Floats") -> float:
    """Return the score from which a coded sentence speaks of the time before the course."""
    coded = rows[targets.given[rows].any(axis=1)]
    wanted = targets.targets[coded, -1]
    import numpy as np

    return best_threshold(scores[coded, None], wanted[:, None], np.zeros((len(coded), 1), dtype=bool))


def _log_odds(chance: float) -> float:
    import math

    return math.log(chance / (1.0 - chance))
