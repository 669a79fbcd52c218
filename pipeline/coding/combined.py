"""Codings by a trained model, alone or together with the rules.

The combined coder keeps all that the rules found with its evidence. A rule's coding that the model finds unlikely gets
the assertion ``doubtful`` and counts no more; a code that no rule found but the model is sure of is added by the coder
``model``. What a context cue suppressed ("ingen ventetid") the model never codes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.coding.features import stem
from pipeline.coding.labelled import core
from pipeline.coding.model import Prediction, Predictor
from pipeline.language.words import fold, word_spans
from pipeline.model.cases import Segment
from pipeline.model.codes import Code, Codebook
from pipeline.model.codings import Assertion, Coding, Evidence

MODEL = "model"
"""The name of the coder that is a trained model alone."""
COMBINED = "combined"
"""The name of the coder that weighs rules and model."""


def suggest(
    segments: Sequence[Segment], predictor: Predictor, codebook: Codebook, *, cluster: str = ""
) -> tuple[Coding, ...]:
    """Code the segments of a case by a trained model alone.

    Args:
        segments: The segments of one case in the order of the text.
        predictor: The model, ready to predict.
        codebook: Gives the codes' poles; codes that it does not hold are left out.
        cluster: Cluster of the case, empty where it is unknown.
    """
    return _code(segments, (), predictor, codebook, cluster, rules=False)


def combine(
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    predictor: Predictor,
    codebook: Codebook,
    *,
    cluster: str = "",
) -> tuple[Coding, ...]:
    """Code the segments of a case by rules and model together.

    Codes that the model does not know keep the rules' codings as they are.

    Args:
        segments: The segments of one case in the order of the text.
        codings: The rules' codings of the case, suppressed ones too.
        predictor: The model, ready to predict.
        codebook: Gives the codes' poles; codes that it does not hold are left out.
        cluster: Cluster of the case, empty where it is unknown.
    """
    return _code(segments, codings, predictor, codebook, cluster, rules=True)


def _code(
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    predictor: Predictor,
    codebook: Codebook,
    cluster: str,
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
        judge = _Judge(segment, row, predicted, predictor, numbers)
        made = [judge.weigh(coding) for coding in given[row]] + judge.added(given[row], codes)
        found += sorted(made, key=lambda coding: (coding.start, order.get(coding.code, -1)))
    return tuple(found)


class _Judge:
    """What the model says of one segment."""

    def __init__(
        self, segment: Segment, row: int, predicted: Prediction, predictor: Predictor, numbers: dict[str, int]
    ) -> None:
        self.segment = segment
        self.row = row
        self.predicted = predicted
        self.predictor = predictor
        self.numbers = numbers
        self.places: dict[str, tuple[int, int]] = {}

    def weigh(self, coding: Coding) -> Coding:
        """Return a rule's coding with the model's confidence, doubtful where the model finds it unlikely."""
        number = self.numbers.get(core(coding.code))
        if number is None:
            return coding
        if coding.assertion is not Assertion.AFFIRMED:
            return replace(coding, coder=COMBINED)
        before = coding.before or bool(self.predicted.before[self.row])
        coded = bool(self.predicted.coded[self.row, number])
        return replace(
            coding,
            coder=COMBINED,
            assertion=Assertion.AFFIRMED if coded else Assertion.DOUBTFUL,
            before=before,
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
            assertion=Assertion.AFFIRMED,
            before=bool(self.predicted.before[self.row]),
            coder=MODEL,
            evidence=self._evidence(number, code),
            confidence=self._confidence(number),
        )

    def _places(self) -> dict[str, tuple[int, int]]:
        """Return where each word, without its inflection, first stands in the segment; worked out once."""
        if not self.places:
            folded = fold(self.segment.text)
            for start, end in word_spans(self.segment.text):
                self.places.setdefault(stem(folded[start:end]), (start, end))
        return self.places

    def _evidence(self, number: int, code: Code) -> tuple[Evidence, ...]:
        """Return the words that moved the model most, strongest first; the whole segment where none did."""
        segment = self.segment
        places = self._places()
        words = self.predictor.strongest(self.predicted.rows, self.row, number)
        found = [places[word] for word in words if word in places] or [(0, len(segment.text))]
        return tuple(
            Evidence(f"{MODEL}:{code.id}", segment.start + start, segment.start + end, segment.text[start:end])
            for start, end in found
        )
