"""Which other codes speak for a coding of the model: in its sentence, beside it or elsewhere in its case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.coding.combined import of_each
from pipeline.coding.company import VIEWS
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_case
from pipeline.coding.model import Predictor
from pipeline.model.cases import Case, Segment

_LOUD = 0.15
"""From how much, in log odds, a voice is worth telling of."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """A code whose likelihood speaks for another.

    Attributes:
        code: The code that speaks.
        view: Where: one of ``company.VIEWS``.
        gain: What it adds to the log odds.
    """

    code: str
    view: str
    gain: float


def voices_for(
    codes: Iterable[str],
    case: Case,
    segments: Sequence[Segment],
    number: int,
    predictor: Predictor,
    compiled: CompiledCodebook,
    *,
    rules: bool = True,
) -> dict[str, tuple[Voice, ...]]:
    """Return the loudest voices for some codes of a segment, loudest first.

    Args:
        codes: Ids of the codes; what the model does not know has no voices.
        case: The case.
        segments: Its segments.
        number: Index of the segment, from 0.
        predictor: The model.
        compiled: The compiled codebook.
        rules: True for the coder that hears the rules, too.
    """
    cluster = case.attributes.cluster.value if case.attributes.cluster else ""
    given = of_each(segments, code_case(case, segments, compiled)) if rules else None
    texts, sections = [segment.text for segment in segments], [segment.section for segment in segments]
    predicted = predictor.predict(texts, sections, cluster=cluster, rules=given)
    names = predictor.model.codes
    found = {}
    for code in codes:
        if code in names:
            gains = predicted.voices(number, names.index(code))
            heard = [
                Voice(names[speaker], view, round(float(gains[at, speaker]), 3))
                for at, view in enumerate(VIEWS)
                for speaker in range(len(names))
                if gains[at, speaker] >= _LOUD and not (view == "here" and names[speaker] == code)
            ]
            found[code] = tuple(sorted(heard, key=lambda voice: (-voice.gain, voice.code, voice.view))[:_MOST])
    return found
