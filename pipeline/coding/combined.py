"""Codings by a trained model, alone or together with the rules.

The combined coder keeps all that the rules found with its evidence. A rule's coding that the model finds unlikely gets
the assertion ``doubtful`` and counts no more; a code that no rule found but the model is sure of is added by the coder
``model``. What a context cue suppressed ("ingen ventetid") the model never codes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.features import stem
from pipeline.coding.labelled import core
from pipeline.coding.model import Prediction, Predictor
from pipeline.coding.scan import Scanned, scan_cues
from pipeline.coding.scope import ScopedCue, assertion_of, find_cues, governing
from pipeline.language.words import fold, word_spans, words_of
from pipeline.model.cases import PREAMBLE, TEXT, Segment
from pipeline.model.codes import Code, Codebook, CueKind, Direction
from pipeline.model.codings import Assertion, Coding, Cue, Evidence

MODEL = "model"
"""The name of the coder that is a trained model alone."""
COMBINED = "combined"
"""The name of the coder that weighs rules and model."""

_TOLD_IN = ("course", PREAMBLE, TEXT, "")
"""Sections in which a cue such as "tidligere" is believed at once; elsewhere it mostly means earlier in the course."""
_MOST = 3
"""How many words a model's coding names as its evidence."""
_CLAUSE_ENDS = re.compile(
    r"[,;:.!?()–]|(?<=\s)(?:og|men|så|da|fordi|mens|(?<!til )(?<!ved )(?<!med )at|som|der|når|hvis|eller|på grund af)"
    r"(?=\s)",
    re.IGNORECASE,
)
"""What stands between two words of different clauses; "til at gøre" begins none."""
_OF_CLAUSE = frozenset({Direction.BACKWARD, Direction.SENTENCE})
"""Directions of negations that stand after a clause's verb and deny it; the others have a scope of their own."""
_NOT_OWN = frozenset(
    {CueKind.AVOIDED, CueKind.NO_LONGER, CueKind.FEARED, CueKind.WISHED, CueKind.HYPOTHETICAL, CueKind.PLANNED}
)
"""Cues whose own words never tell what it is that they take away: "holdt sig fri af stoffer"."""
_PLAIN = frozenset(
    words_of(
        "alle som hvor der det den de er var har havde han hun jeg vi og men at om på til af i for med ud op hver hans "
        "hendes deres sin selv over under efter have blev bliver"
    )
)
"""Words that say nothing by themselves of what a sentence is about."""
_OWN_SHARE = 0.1
"""A negation of what somebody is able to, or of what is still to come, is part of what the sentence says where its
words speak for the code at least this much of the strongest word's share: "kan ikke rejse"."""
_PLAIN_SHARE = 0.5
"""What any other negation's words must have of it: "der kom ikke en rykker" denies the reminder."""
_WHOLE_SHARE = 2.0
"""What "hverken" must have of it, which is never what a sentence says."""
_ABILITY = frozenset(
    words_of(
        "kan kunne kunnet må måtte tør turde turdet vil ville magter magte magtede orker orkede formår formåede evner "
        "får fik stadig endnu heller længere mere"
    )
)
"""Words beside which a negation says what is lacking."""
_NOTHING = frozenset(words_of("ikke aldrig næppe ingen intet ingenting hverken"))
"""Words that deny their clause, whatever they stand beside."""


def suggest(
    segments: Sequence[Segment],
    predictor: Predictor,
    codebook: Codebook,
    *,
    cluster: str = "",
    compiled: CompiledCodebook | None = None,
    scanned: Sequence[Scanned] = (),
) -> tuple[Coding, ...]:
    """Code the segments of a case by a trained model alone.

    Args:
        segments: The segments of one case in the order of the text.
        predictor: The model, ready to predict.
        codebook: Gives the codes' poles; codes that it does not hold are left out.
        cluster: Cluster of the case, empty where it is unknown.
        compiled: Gives the context cues; without them the model codes what is negated, wished or feared, too.
        scanned: The segments as the rules' coder searched them; then they are not searched for cues again.
    """
    cues = None if compiled is None else _CaseCues(segments, compiled, scanned)
    return _code(segments, (), predictor, codebook, cluster, cues, rules=False)


def combine(
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    predictor: Predictor,
    codebook: Codebook,
    *,
    cluster: str = "",
    compiled: CompiledCodebook | None = None,
    scanned: Sequence[Scanned] = (),
) -> tuple[Coding, ...]:
    """Code the segments of a case by rules and model together.

    Codes that the model does not know keep the rules' codings as they are.

    Args:
        segments: The segments of one case in the order of the text.
        codings: The rules' codings of the case, suppressed ones too.
        predictor: The model, ready to predict.
        codebook: Gives the codes' poles; codes that it does not hold are left out.
        cluster: Cluster of the case, empty where it is unknown.
        compiled: Gives the context cues; without them the model codes what is negated, wished or feared, too.
        scanned: The segments as the rules' coder searched them; then they are not searched for cues again.
    """
    cues = None if compiled is None else _CaseCues(segments, compiled, scanned)
    return _code(segments, codings, predictor, codebook, cluster, cues, rules=True)


def _code(
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    predictor: Predictor,
    codebook: Codebook,
    cluster: str,
    cues: "_CaseCues | None",
    *,
    rules: bool,
) -> tuple[Coding, ...]:
    if not segments:
        return tuple(codings)
    by_segment: defaultdict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_segment[coding.segment].append(coding)
    given = [by_segment[segment.id] for segment in segments]
    predicted = predictor.predict(
        [segment.text for segment in segments],
        [segment.section for segment in segments],
        cluster=cluster,
        rules=given if rules else None,
    )
    codes = {code.id: code for code in codebook.codes}
    order = {code: number for number, code in enumerate(codes)}
    numbers = {code: number for number, code in enumerate(predictor.model.codes)}
    found: list[Coding] = []
    for row, segment in enumerate(segments):
        judge = _Judge(segment, row, predicted, predictor, numbers, cues)
        made = [judge.weigh(coding) for coding in given[row]] + judge.added(given[row], codes)
        found += sorted(made, key=lambda coding: (coding.start, order.get(coding.code, -1)))
    return tuple(found)


class _CaseCues:
    """The context cues of a case's segments, searched for in all of them at once when they are first asked for."""

    def __init__(self, segments: Sequence[Segment], compiled: CompiledCodebook, scanned: Sequence[Scanned]) -> None:
        self.segments = segments
        self.compiled = compiled
        self.scanned = scanned

    def of(self, row: int) -> tuple[ScopedCue, ...]:
        """Return the cues of a segment."""
        if not self.scanned:
            self.scanned = scan_cues([words_of(segment.text) for segment in self.segments], self.compiled)
        here, segment = self.scanned[row], self.segments[row]
        return find_cues(self.compiled.cues, here.cues, here.sentence, segment.text, section=segment.section)


class _Judge:
    """What the model says of one segment."""

    def __init__(
        self,
        segment: Segment,
        row: int,
        predicted: Prediction,
        predictor: Predictor,
        numbers: dict[str, int],
        case_cues: _CaseCues | None,
    ) -> None:
        self.segment = segment
        self.row = row
        self.predicted = predicted
        self.predictor = predictor
        self.numbers = numbers
        self.case_cues = case_cues
        self.words: list[str] = []
        self.folded: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.cues: tuple[ScopedCue, ...] | None = None

    def weigh(self, coding: Coding) -> Coding:
        """Return a rule's coding with the model's confidence, doubtful where the model finds it unlikely."""
        number = self.numbers.get(core(coding.code))
        if number is None:
            return coding
        if coding.assertion is not Assertion.AFFIRMED:
            return replace(coding, coder=COMBINED)
        coded = bool(self.predicted.coded[self.row, number])
        told = coding.before and self.segment.section in _TOLD_IN
        return replace(
            coding,
            coder=COMBINED,
            assertion=Assertion.AFFIRMED if coded else Assertion.DOUBTFUL,
            before=told or bool(self.predicted.before[self.row]),
            confidence=self._confidence(number),
        )

    def added(self, given: Iterable[Coding], codes: dict[str, Code]) -> list[Coding]:
        """Return codings of codes that no rule found."""
        known = {coding.code for coding in given}
        names = self.predictor.model.codes
        coded = self.predicted.coded[self.row].nonzero()[0].tolist()
        return [
            self._coding(number, codes[names[number]])
            for number in coded
            if names[number] not in known and names[number] in codes
        ]

    def _confidence(self, number: int) -> float:
        return round(float(self.predicted.probability[self.row, number]), 3)

    def _coding(self, number: int, code: Code) -> Coding:
        segment = self.segment
        self._read()
        gains = self.predictor.gains(self.predicted.rows, self.row, number)
        ranked = self._ranked(gains)
        hit = ranked[:_MOST]
        cues = self._governing(ranked, gains)
        return Coding(
            case=segment.case,
            section=segment.section,
            segment=segment.id,
            start=segment.start,
            end=segment.end,
            quote=segment.text,
            sentence=segment.text,
            code=code.id,
            pole=code.pole,
            assertion=assertion_of(cues),
            before=bool(self.predicted.before[self.row]),
            coder=MODEL,
            evidence=self._evidence(hit, cues, code),
            confidence=self._confidence(number),
        )

    def _read(self) -> None:
        """Find the words of the segment, without their inflection, and where they stand; once a segment."""
        if not self.words:
            folded = fold(self.segment.text)
            self.spans = word_spans(self.segment.text)
            self.folded = [folded[start:end] for start, end in self.spans]
            self.words = [stem(word) for word in self.folded]

    def _ranked(self, gains: dict[str, float]) -> tuple[int, ...]:
        """Return the indexes of the words that speak for a code, strongest first."""
        ranked = sorted(
            (-gains[word], at) for at, word in enumerate(self.words) if gains.get(word, 0.0) > 0.0 and len(word) > 1
        )
        return tuple(at for _, at in ranked)

    def _governing(self, ranked: tuple[int, ...], gains: dict[str, float]) -> tuple[ScopedCue, ...]:
        """Return the cues over the strongest word or the first telling one, and the negations of its clause's verb.

        A negation whose own words speak for the code is part of what it says ("kan ikke rejse"): it takes nothing away.
        """
        if self.case_cues is None or not ranked:
            return ()
        if self.cues is None:
            self.cues = self.case_cues.of(self.row)
        if not self.cues:
            return ()
        first = gains[self.words[ranked[0]]]
        telling = self._telling(ranked, self.cues)
        over = {*governing(self.cues, ranked[:1]), *governing(self.cues, (telling,))}
        return tuple(
            cue
            for cue in self.cues
            if (cue in over or self._denies_clause(cue, telling))
            and (
                cue.rule.kind is not CueKind.NEGATED
                or sum(gains.get(self.words[at], 0.0) for at in cue.words if self.words[at] not in _PLAIN)
                < self._least_share(cue) * first
            )
        )

    def _least_share(self, cue: ScopedCue) -> float:
        """Return what share of the strongest word's a negation's words must have to be part of what is said."""
        if self.folded[cue.words[0]] == "hverken":
            return _WHOLE_SHARE
        near = self.folded[max(0, cue.words[0] - 3) : cue.words[-1] + 2]
        plain = any(self.folded[at] in _NOTHING for at in cue.words) and _ABILITY.isdisjoint(near)
        return _PLAIN_SHARE if plain else _OWN_SHARE

    def _telling(self, ranked: tuple[int, ...], cues: Sequence[ScopedCue]) -> int:
        """Return the strongest word that says something by itself and is no part of a cue, else the strongest."""
        own = {at for cue in cues if cue.rule.kind in _NOT_OWN for at in cue.words}
        return next((at for at in ranked if at not in own and self.words[at] not in _PLAIN), ranked[0])

    def _denies_clause(self, cue: ScopedCue, at: int) -> bool:
        """Say whether a cue is the negation of a clause's verb ("ikke", "aldrig") and the clause is that of a word."""
        if cue.rule.kind is not CueKind.NEGATED or not (
            cue.rule.direction in _OF_CLAUSE
            or (cue.rule.direction is Direction.FORWARD and any(self.folded[word] in _NOTHING for word in cue.words))
        ):
            return False
        first, last = (cue.words[-1], at) if at > cue.words[-1] else (at, cue.words[0])
        return first >= last or not _CLAUSE_ENDS.search(self.segment.text[self.spans[first][1] : self.spans[last][0]])

    def _evidence(self, hit: tuple[int, ...], cues: tuple[ScopedCue, ...], code: Code) -> tuple[Evidence, ...]:
        """Return the words that moved the model most, strongest first; the whole segment where none did."""
        segment = self.segment
        found = [self.spans[at] for at in hit] or [(0, len(segment.text))]
        above = tuple(self._cue(cue) for cue in cues)
        return tuple(
            Evidence(f"{MODEL}:{code.id}", segment.start + start, segment.start + end, segment.text[start:end], above)
            for start, end in found
        )

    def _cue(self, cue: ScopedCue) -> Cue:
        start, end = self.spans[cue.words[0]][0], self.spans[cue.words[-1]][1]
        at = self.segment.start
        return Cue(cue.rule.id, cue.rule.kind, at + start, at + end, self.segment.text[start:end])
