"""Codings by a trained model, alone or together with the rules.

The combined coder keeps all that the rules found with its evidence. A rule's coding that the model finds unlikely gets
the assertion ``doubtful`` and counts no more; a code that no rule found but the model is sure of is added by the coder
``model``. Whether a context cue ("ingen ventetid") takes a code away, the model decides: of what it finds itself, of
what rules found and, where no rule found the code beside the cue, of what the rules held back (see ``denial``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.course_dates import CourseDates
from pipeline.coding.governing import assertion_of, is_during
from pipeline.coding.model import Prediction, Predictor
from pipeline.coding.model_cues import CaseCues, Reading
from pipeline.coding.scan import Scanned
from pipeline.coding.scope import ScopedCue
from pipeline.model.cases import TOLD_IN, Segment
from pipeline.model.codes import Code, core_code
from pipeline.model.codings import Assertion, Coding, Cue, Evidence, by_segment

MODEL = "model"
"""The name of the coder that is a trained model alone."""
COMBINED = "combined"
"""The name of the coder that weighs rules and model."""

_MOST = 3
"""How many words a model's coding names as its evidence."""


def suggest(
    segments: Sequence[Segment],
    predictor: Predictor,
    compiled: CompiledCodebook,
    *,
    cluster: str = "",
    scanned: Sequence[Scanned] = (),
) -> tuple[Coding, ...]:
    """Code the segments of a case by a trained model alone.

    Args:
        segments: The segments of one case in the order of the text.
        predictor: The model, ready to predict.
        compiled: The codebook: its context cues, and the poles of its codes; codes that it does not hold are left out.
        cluster: Cluster of the case, empty where it is unknown.
        scanned: The segments as the rules' coder searched them; then they are not searched for cues again.
    """
    return _code(segments, (), predictor, compiled, cluster, scanned, rules=False)


def combine(
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    predictor: Predictor,
    compiled: CompiledCodebook,
    *,
    cluster: str = "",
    scanned: Sequence[Scanned] = (),
) -> tuple[Coding, ...]:
    """Code the segments of a case by rules and model together.

    Codes that the model does not know keep the rules' codings as they are.

    Args:
        segments: The segments of one case in the order of the text.
        codings: The rules' codings of the case, suppressed ones too.
        predictor: The model, ready to predict.
        compiled: The codebook: its context cues, and the poles of its codes; codes that it does not hold are left out.
        cluster: Cluster of the case, empty where it is unknown.
        scanned: The segments as the rules' coder searched them; then they are not searched for cues again.
    """
    return _code(segments, codings, predictor, compiled, cluster, scanned, rules=True)


def _code(
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    predictor: Predictor,
    compiled: CompiledCodebook,
    cluster: str,
    scanned: Sequence[Scanned],
    *,
    rules: bool,
) -> tuple[Coding, ...]:
    if not segments:
        return tuple(codings)
    given = of_each(segments, codings)
    cues = CaseCues(segments, compiled, scanned)
    texts, sections = [segment.text for segment in segments], [segment.section for segment in segments]
    predicted = predictor.predict(texts, sections, cluster=cluster, rules=given if rules else None, cues=cues.of)
    codes = {code.id: code for code in compiled.codebook.codes}
    order = {code: number for number, code in enumerate(codes)}
    numbers = {code: number for number, code in enumerate(predictor.model.codes)}
    found: list[Coding] = []
    course = CourseDates(segments, [row for row, segment in enumerate(segments) if segment.section in TOLD_IN], cues)
    for row, segment in enumerate(segments):
        judge = _Judge(segment, row, predicted, predictor, numbers, cues, course)
        affirmed = {core_code(coding.code) for coding in given[row] if coding.assertion is Assertion.AFFIRMED}
        made = [judge.weigh(coding, affirmed=core_code(coding.code) in affirmed) for coding in given[row]]
        made += judge.added(given[row], codes)
        found += sorted(made, key=lambda coding: (coding.start, order.get(coding.code, -1)))
    return tuple(found)


def of_each(segments: Iterable[Segment], codings: Iterable[Coding]) -> list[list[Coding]]:
    """Return the codings of each segment.

    Args:
        segments: The segments.
        codings: Their codings.
    """
    found = by_segment(codings)
    return [found.get(segment.id, []) for segment in segments]


class _Judge:
    """What the model says of one segment."""

    def __init__(
        self,
        segment: Segment,
        row: int,
        predicted: Prediction,
        predictor: Predictor,
        numbers: dict[str, int],
        case_cues: CaseCues,
        course: CourseDates,
    ) -> None:
        self.segment = segment
        self.row = row
        self.predicted = predicted
        self.predictor = predictor
        self.numbers = numbers
        self.case_cues = case_cues
        self.course = course
        self.reading: Reading | None = None

    def weigh(self, coding: Coding, *, affirmed: bool) -> Coding:
        """Return a rule's coding with the model's confidence: doubtful where the model finds it unlikely.

        Where the model finds that a cue takes it away, the cue is told.

        Args:
            coding: The coding.
            affirmed: True where a rule found its core code and no cue over that.
        """
        number = self.numbers.get(core_code(coding.code))
        if number is None:
            return coding
        held = coding.assertion is not Assertion.AFFIRMED
        coded = bool(self.predicted.coded[self.row, number])
        if held and (affirmed or not coded or coding.code not in self.numbers):
            return replace(coding, coder=COMBINED)
        if not held and self.predicted.denied[self.row, number]:
            return self._taken(coding, number)
        told = coding.before and self.segment.section in TOLD_IN
        return replace(
            coding,
            coder=COMBINED,
            assertion=Assertion.AFFIRMED if coded else Assertion.DOUBTFUL,
            before=told or self._before(),
            confidence=self._confidence(number),
        )

    def _taken(self, coding: Coding, number: int) -> Coding:
        """Return a rule's coding that a cue takes away, with the cue beside those that the rule met."""
        cues = self._reading().taking(self._ranked(number))
        above = tuple(self._cue(self._reading(), cue) for cue in cues)
        return replace(
            coding,
            coder=COMBINED,
            assertion=_taken_by(cues),
            confidence=self._confidence(number),
            evidence=tuple(replace(each, cues=tuple(dict.fromkeys((*each.cues, *above)))) for each in coding.evidence),
        )

    def added(self, given: Sequence[Coding], codes: dict[str, Code]) -> list[Coding]:
        """Return codings of codes that no rule found, and of those that a cue takes away."""
        known, cores = {coding.code for coding in given}, {core_code(coding.code) for coding in given}
        names = self.predictor.model.codes
        coded, denied = self.predicted.coded[self.row], self.predicted.denied[self.row]
        return [
            self._coding(number, codes[names[number]], denied=not coded[number])
            for number in (coded | denied).nonzero()[0].tolist()
            if names[number] not in (known if coded[number] else cores) and names[number] in codes
        ]

    def _before(self) -> bool:
        """Say whether the model takes it to speak of what was before the course, and neither word nor date objects."""
        likely = bool(self.predicted.before[self.row])
        return likely and not is_during(self.case_cues.of(self.row)) and not self.course.is_later(self.row)

    def _confidence(self, number: int) -> float:
        return round(float(self.predicted.probability[self.row, number]), 3)

    def _reading(self) -> Reading:
        if self.reading is None:
            self.reading = Reading(self.segment, self.row, self.case_cues)
        return self.reading

    def _ranked(self, number: int) -> tuple[int, ...]:
        """Return the words that speak for a code, strongest first."""
        return self._reading().ranked(self.predictor.gains(self.predicted.rows, self.row, number))

    def _coding(self, number: int, code: Code, *, denied: bool) -> Coding:
        segment = self.segment
        reading, ranked = self._reading(), self._ranked(number)
        cues = reading.taking(ranked) if denied else reading.over(ranked)
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
            assertion=_taken_by(cues) if denied else Assertion.AFFIRMED,
            before=self._before(),
            coder=MODEL,
            evidence=self._evidence(reading, ranked[:_MOST], cues, code),
            confidence=self._confidence(number),
        )

    def _evidence(
        self, reading: Reading, hit: tuple[int, ...], cues: tuple[ScopedCue, ...], code: Code
    ) -> tuple[Evidence, ...]:
        """Return the words that moved the model most, strongest first; the whole segment where none did."""
        segment = self.segment
        found = [reading.spans[at] for at in hit] or [(0, len(segment.text))]
        above = tuple(self._cue(reading, cue) for cue in cues)
        return tuple(
            Evidence(f"{MODEL}:{code.id}", segment.start + start, segment.start + end, segment.text[start:end], above)
            for start, end in found
        )

    def _cue(self, reading: Reading, cue: ScopedCue) -> Cue:
        start, end = reading.spans[cue.words[0]][0], reading.spans[cue.words[-1]][1]
        at = self.segment.start
        return Cue(cue.rule.id, cue.rule.kind, at + start, at + end, self.segment.text[start:end])


def _taken_by(cues: Iterable[ScopedCue]) -> Assertion:
    """Say what a sentence does with what these cues take away; doubtful where none of them tells."""
    found = assertion_of(cues)
    return Assertion.DOUBTFUL if found is Assertion.AFFIRMED else found
