"""A trained model as a value, and what it says of sentences; no learning library is needed to use it.

Three steps: a linear score for every code from the words of a sentence and its neighbours; then one decision over all
sentence x code pairs that also weighs section, theme and, for the combined coder, what the rules say; then every code
once more with the chances of all of them in view. What a context cue takes away is decided apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from pipeline.coding.company import Company
from pipeline.coding.cue_shares import PARTS, parts_of, shares
from pipeline.coding.denial import Denial, possible
from pipeline.coding.features import FAMILIES, FeatureReader, SentenceInCase
from pipeline.coding.scope import ScopedCue
from pipeline.coding.stack import ALONE, RuleEvidence, Trust, design, probability, rule_evidence, trust_of
from pipeline.coding.vectors import Rows, Space, case_sentences, vectors
from pipeline.coding.whole_case import LONG, WholeCase, seen_whole
from pipeline.coding.word_lists import ListWords
from pipeline.language.words import words_of
from pipeline.model.codings import Coding

if TYPE_CHECKING:
    from pipeline.coding.vectors import Floats

FORMAT = 7
"""Raised when the saved form or the meaning of a feature changes: an older model is then refused."""

_SHORT = 0.4
"""By how much log odds the level of a short text is lower: nobody hands in an answer or a quotation that tells nothing,
and there is no case around it that could speak for its codes."""

_OWN_WORDS = ("word", "late", "pair")
"""Families of features that stand for words of the sentence itself."""


@dataclass(frozen=True, slots=True, eq=False)
class LastStep:
    """All that comes after the linear scores: from them to which codes a sentence is given.

    A logistic regression over sentence x code pairs, with corrections per code; what every pair gains by the other
    codes around it; what context cues take away; from which odds a code is given, and what the case as a whole holds.

    Attributes:
        weights: Of every fact of ``stack.design``.
        offset: Per code, added to the log odds.
        slope: Per code, extra weight of the code's own score.
        found: Per code, extra weight of being found by a rule; zeros for a model alone.
        threshold: Per code, the log odds from which a pair is coded; in a short text from a little less.
        company: Judges every code once more with all the others in view.
        denial: Decides what stands in spite of context cues.
        whole: Decides what a case as a whole holds.
    """

    weights: "Floats"
    offset: "Floats"
    slope: "Floats"
    found: "Floats"
    threshold: "Floats"
    company: Company
    denial: Denial
    whole: WholeCase

    def judge(self, facts: "Floats") -> "Floats":
        """Return the log odds of every pair by itself, its company not heard yet (sentences x codes)."""
        scores: Floats = facts @ self.weights + self.offset + self.slope * facts[:, :, 0]
        if len(self.weights) > len(ALONE):
            scores = scores + self.found * facts[:, :, len(ALONE)]
        return scores


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A trained model.

    Attributes:
        codes: Its codes, sorted.
        space: The features that count.
        weights: Scaled weights of every feature for every code, theme, "any code" and "before the course"
            (features x outputs, small whole numbers).
        scale: What the weights of each output are to be multiplied with.
        intercept: Of each output.
        slope: Per code, turns its score into log odds, with ``offset``.
        offset: Per code.
        sections: Per kind of section, how much likelier each code is there (log odds).
        trust: How often rules were right.
        alone: The decision without rules.
        combined: The decision with rules.
        before: From which score a coding speaks of the time before the course.
        about: What it was trained on, as (name, value).
    """

    codes: tuple[str, ...]
    space: Space
    weights: "Floats"
    scale: "Floats"
    intercept: "Floats"
    slope: "Floats"
    offset: "Floats"
    sections: "Mapping[str, Floats]"
    trust: Trust
    alone: LastStep
    combined: LastStep
    before: float
    about: tuple[tuple[str, str], ...] = ()

    @property
    def themes(self) -> tuple[int, ...]:
        """The number of each code's theme among the sorted themes."""
        return theme_numbers(self.codes)


def theme_numbers(codes: Sequence[str]) -> tuple[int, ...]:
    """Return the number of each code's theme among the sorted themes; the first part of an id names the theme."""
    names = [code.split(".")[0] for code in codes]
    order = sorted(set(names))
    return tuple(order.index(name) for name in names)


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What a model says of the sentences of a case.

    Attributes:
        probability: Of every code (sentences x codes).
        coded: True where a code is given (sentences x codes).
        denied: True where a code is likely enough by itself, but a context cue takes it away (sentences x codes).
        before: True for sentences that speak of the time before the course.
        rows: The features of every sentence, to explain it by.
        judged: Log odds of every pair by itself, before its company was heard (sentences x codes).
        company: What judged it with its company heard.
    """

    probability: "Floats"
    coded: "Floats"
    denied: "Floats"
    before: "Floats"
    rows: Rows
    judged: "Floats"
    company: Company

    def voices(self, row: int, code: int) -> "Floats":
        """Return how much every code in every view speaks for a code of a sentence (views x codes)."""
        return self.company.voices(self.judged, [(0, len(self.judged))], row, code)


@cache
def _threads() -> Any:  # noqa: ANN401 - threadpoolctl has no types
    """Return what limits the threads of products: they are small, and sharing one takes longer than making it."""
    import numpy as np  # noqa: F401 - only what is loaded can be limited
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped] # it ships no types

    return ThreadpoolController()


class Predictor:
    """A model with its feature reader, ready for many cases.

    Args:
        model: The model.
        lists: The words of the codebook's lists.
    """

    def __init__(self, model: Model, lists: ListWords | None = None) -> None:
        import numpy as np

        self.model = model
        self.reader = FeatureReader(lists)
        self._columns = model.space.columns()
        self._own = np.repeat([family in _OWN_WORDS for family in FAMILIES], model.space.sizes)
        self._terms = tuple(chain.from_iterable(model.space.terms.get(family, ()) for family in FAMILIES))
        self._words: dict[int, tuple[str, ...]] = {}
        self._dense = np.multiply(model.weights, model.scale, dtype=np.float32)

    def predict(
        self,
        texts: Sequence[str],
        sections: Sequence[str],
        *,
        cluster: str = "",
        rules: Sequence[Iterable[Coding]] | None = None,
        cues: Callable[[int], Sequence[ScopedCue]] | None = None,
    ) -> Prediction:
        """Say which codes the sentences of a case carry.

        Args:
            texts: The sentences in the order of the text.
            sections: Kind of the section of each.
            cluster: Cluster of the case, empty where it is unknown.
            rules: The rules' codings of each sentence; None for what the model says alone.
            cues: Gives the context cues of a sentence by its number; without them the model codes what is negated,
                wished or feared, too.
        """
        with _threads().limit(limits=1):
            return self._predict(texts, sections, cluster, rules, cues)

    def _predict(
        self,
        texts: Sequence[str],
        sections: Sequence[str],
        cluster: str,
        rules: Sequence[Iterable[Coding]] | None,
        cues: Callable[[int], Sequence[ScopedCue]] | None,
    ) -> Prediction:
        import numpy as np

        model = self.model
        sentences = case_sentences(texts, sections, cluster)
        rows = vectors(model.space, map(self.reader.read, sentences), columns=self._columns)
        outputs = rows.times(self._dense) + model.intercept
        size = len(model.codes)
        scores = outputs[:, :size] * model.slope + model.offset
        none = np.zeros(size)
        section = np.stack([model.sections.get(kind, none) for kind in sections]) if sections else outputs[:, :size]
        evidence: RuleEvidence | None = None
        trust = None
        if rules is not None:
            evidence = rule_evidence(rules, model.codes)
            trust = trust_of(evidence, model.trust)
        wider = outputs[:, size:-1]
        spans = [(0, len(texts))]
        facts = design(scores, wider, spans, section, themes=model.themes, evidence=evidence, trust=trust)
        step = model.alone if evidence is None else model.combined
        judged = step.judge(facts)
        odds = step.company.heard(judged, spans)
        said = None if evidence is None or trust is None else (evidence.suppressed, evidence.found, trust)
        alone = len(texts) < LONG
        if cues is not None:
            under = self._under(sentences, rows, odds, cues)
            lengths = np.array([len(words_of(text)) for text in texts])
            taken = step.denial.taken(odds, outputs[:, :size], under, said, lengths, alone=alone)
        else:
            taken = np.zeros(odds.shape, dtype=bool) if said is None else said[0] > 0
        allowed = np.where(taken, -np.inf, odds)
        may, must = seen_whole(allowed, spans, step.whole)
        level = step.threshold - _SHORT if alone else step.threshold
        coded = (allowed > level) & may | must
        denied = taken & (odds > level)
        return Prediction(probability(odds), coded, denied, outputs[:, -1] > model.before, rows, judged, step.company)

    def _under(
        self,
        sentences: Sequence[SentenceInCase],
        rows: Rows,
        odds: "Floats",
        cues: Callable[[int], Sequence[ScopedCue]],
    ) -> "Floats":
        """Return what each part adds to the scores of sentences that may carry a code (parts x sentences x codes)."""
        import numpy as np

        found = np.zeros((len(PARTS), *odds.shape))
        for row in np.flatnonzero(possible(odds).any(axis=1)).tolist():
            parts = parts_of(sentences[row], cues(row), self.reader, self._columns)
            if parts:
                found[:, row] = shares(rows, row, parts, self._dense[:, : odds.shape[1]])
        return found

    def gains(self, rows: Rows, row: int, code: int) -> dict[str, float]:
        """Return how much each word of a sentence speaks for a code, or against it where negative.

        Args:
            rows: The sentences' features.
            row: The sentence.
            code: The code's number.
        """
        columns, values = rows.row(row)
        own = self._own[columns]
        columns = columns[own]
        gains = values[own] * self._dense[columns, code]
        found: dict[str, float] = {}
        for column, gain in zip(columns.tolist(), gains.tolist(), strict=True):
            words = self._words.get(column)
            if words is None:
                words = self._words[column] = self._words_of(column)
            for word in words:
                found[word] = found.get(word, 0.0) + gain / len(words)
        return found

    def _words_of(self, column: int) -> tuple[str, ...]:
        """Return the words that a feature stands for."""
        return tuple(word for word in self._terms[column].split() if word[0].isalpha())
