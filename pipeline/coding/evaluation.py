"""How well a coder does against a reference: precision, recall and F1 by sentence, theme and case.

A coding counts where it touches a sentence of the reference, as that stands in the case. A code that only one of two
reference coders gave (the fringe) is neither right nor wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.coding.labelled import Labelled
from pipeline.coding.placing import place_sentences
from pipeline.coding.reference import lost_sentences
from pipeline.model.cases import Segment
from pipeline.model.codes import core_code
from pipeline.model.codings import Coding, by_case

_ENOUGH = 3
"""A code with fewer sentences in the reference is left out of the macro average."""


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, false alarms and misses, and what follows from them.

    Attributes:
        hits: Found and right.
        wrong: Found and not right.
        missed: Right and not found.
    """

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hits + other.hits, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 0 when there is nothing to find."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when there is nothing at all."""
        total = 2 * self.hits + self.wrong + self.missed
        return 2 * self.hits / total if total else 0.0

    @property
    def support(self) -> int:
        """How many there are to find."""
        return self.hits + self.missed


class ErrorKind(StrEnum):
    """What went wrong, or what only one of two reference coders would have done."""

    MISSED = "missed"
    WRONG = "wrong"
    FRINGE = "fringe"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sentence and code on which coder and reference differ.

    Attributes:
        kind: In which way.
        code: The code.
        case: Id of the case.
        sentence: The sentence.
        reference: The codes that the reference gives it.
        evidence: Rules or words behind the coding; empty for a missed one.
    """

    kind: ErrorKind
    code: str
    case: str
    sentence: str
    reference: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A coder measured against a reference.

    Attributes:
        cases: How many cases were compared.
        sentences: How many sentences they have.
        micro: Over all sentence x code pairs.
        macro_f1: Mean F1 of the codes with at least three sentences in the reference.
        macro_codes: How many codes that are.
        theme: Over all sentence x theme pairs.
        coded: Whether a sentence carries any code.
        case_by_code: Whether a case carries a code anywhere.
        by_code: Per code, sorted by id.
        by_theme: Per theme, sorted by id.
        unplaced: Codings that touch no sentence of the reference.
        lost: Ids of the reference's sentences that stand nowhere in their case; their codes are missed.
        disagreements: In the order of code, case and text.
    """

    cases: int
    sentences: int
    micro: Score
    macro_f1: float
    macro_codes: int
    theme: Score
    coded: Score
    case_by_code: Score
    by_code: tuple[tuple[str, Score], ...]
    by_theme: tuple[tuple[str, Score], ...]
    unplaced: int
    lost: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]


def evaluate(
    codings: Iterable[Coding],
    reference: Sequence[Labelled],
    segments: Iterable[Segment],
    *,
    codes: Iterable[str] = (),
) -> Evaluation:
    """Measure codings against a reference.

    Only affirmed codings that no reviewer rejected are judged, and only codes that the reference uses; a detail code
    counts as its core code where the reference does not use it itself.

    Args:
        codings: The codings of any coder; those of cases outside the reference are left out.
        reference: Labelled sentences of whole cases, in the order of the text.
        segments: All segments of those cases in the order of the text, as they were coded.
        codes: Codes that are judged besides: those that the reference's people looked for and never found.
    """
    tally = _Tally(frozenset(codes).union(*(each.codes | each.fringe for each in reference)))
    counted = by_case(coding for coding in codings if coding.counts)
    sentences: defaultdict[str, list[Labelled]] = defaultdict(list)
    for each in reference:
        sentences[each.case].append(each)
    texts: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        texts[segment.case].append(segment)
    for case, labelled in sentences.items():
        tally.add_case(labelled, counted.get(case, ()), texts[case])
    return tally.result(len(sentences), len(reference))


class _Tally:
    """Counts case by case."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.themes, self.coded, self.case_by_code = Score(), Score(), Score()
        self.by_code: defaultdict[str, Score] = defaultdict(Score)
        self.by_theme: defaultdict[str, Score] = defaultdict(Score)
        self.unplaced = 0
        self.lost: list[str] = []
        self.found: list[Disagreement] = []

    def add_case(self, labelled: Sequence[Labelled], codings: Sequence[Coding], segments: Sequence[Segment]) -> None:
        given = self._place(labelled, codings, segments)
        for each, by in zip(labelled, given, strict=True):
            found = frozenset(by)
            for code, score in _judge(each.codes, each.fringe, found):
                self.by_code[code] += score
            self._disagreements(each, by)
            themes = _judge(_themes(each.codes), _themes(each.fringe), _themes(found))
            for theme, score in themes:
                self.by_theme[theme] += score
            if each.codes or not each.fringe:
                need, got = bool(each.codes), bool(found)
                self.coded += Score(int(need and got), int(got and not need), int(need and not got))
        need_case = frozenset().union(*(each.codes for each in labelled))
        fringe_case = frozenset().union(*(each.fringe for each in labelled))
        for _, score in _judge(need_case, fringe_case, frozenset().union(*given)):
            self.case_by_code += score

    def _place(
        self, labelled: Sequence[Labelled], codings: Sequence[Coding], segments: Sequence[Segment]
    ) -> list[dict[str, Coding]]:
        """Return the judged codings of every sentence by code, and count those that touch none as wrong."""
        spans = place_sentences([each.text for each in labelled], segments)
        self.lost += lost_sentences(labelled, spans)
        given: list[dict[str, Coding]] = [{} for _ in labelled]
        for coding in codings:
            code = coding.code if coding.code in self.known else core_code(coding.code)
            if code not in self.known:
                continue
            touched = [
                number for number, span in enumerate(spans) if span and coding.start < span[1] and span[0] < coding.end
            ]
            if not touched:
                self.unplaced += 1
                self.by_code[code] += Score(wrong=1)
                continue
            for number in touched:
                given[number].setdefault(code, coding)
        return given

    def _disagreements(self, each: Labelled, given: dict[str, Coding]) -> None:
        for code in sorted(each.codes | set(given)):
            if code in each.codes and code in given:
                continue
            kind = ErrorKind.WRONG
            if code in each.codes:
                kind = ErrorKind.MISSED
            elif code in each.fringe:
                kind = ErrorKind.FRINGE
            evidence = given[code].rules if code in given else ()
            self.found.append(Disagreement(kind, code, each.case, each.text, tuple(sorted(each.codes)), evidence))

    def result(self, cases: int, sentences: int) -> Evaluation:
        judged = [score.f1 for score in self.by_code.values() if score.support >= _ENOUGH]
        return Evaluation(
            cases=cases,
            sentences=sentences,
            micro=sum(self.by_code.values(), Score()),
            macro_f1=sum(judged) / len(judged) if judged else 0.0,
            macro_codes=len(judged),
            theme=sum(self.by_theme.values(), Score()),
            coded=self.coded,
            case_by_code=self.case_by_code,
            by_code=tuple(sorted(self.by_code.items())),
            by_theme=tuple(sorted(self.by_theme.items())),
            unplaced=self.unplaced,
            lost=tuple(self.lost),
            disagreements=tuple(sorted(self.found, key=lambda found: (found.code, found.kind))),
        )


def _judge(need: frozenset[str], fringe: frozenset[str], found: frozenset[str]) -> list[tuple[str, Score]]:
    scores = []
    for name in sorted(need | found):
        if name in need:
            scores.append((name, Score(hits=1) if name in found else Score(missed=1)))
        elif name not in fringe:
            scores.append((name, Score(wrong=1)))
    return scores


def _themes(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(code.split(".")[0] for code in codes)
