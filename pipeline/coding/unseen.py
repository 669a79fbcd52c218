"""How well models code cases that they have not seen: the rules, the model alone, and both together."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.coding.combined import COMBINED, MODEL, combine, suggest
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import RULES
from pipeline.coding.evaluation import Evaluation, evaluate
from pipeline.coding.labelled import Labelled
from pipeline.coding.labelling import segments_of
from pipeline.coding.model import Predictor
from pipeline.model.cases import Segment
from pipeline.model.codings import Coding

if TYPE_CHECKING:
    from pipeline.coding.model import Model


def measure_on(
    trials: "Iterable[tuple[Model, Sequence[int]]]",
    sentences: Sequence[Labelled],
    codings: Sequence[Iterable[Coding]],
    compiled: CompiledCodebook,
) -> dict[str, Evaluation]:
    """Let each model code cases that it was trained without, and measure all that was coded together.

    Args:
        trials: Models, made as they are needed, and the sentences that each is to code: numbers of all sentences of
            some cases, those of one case on end.
        sentences: Labelled sentences.
        codings: The rules' codings of each sentence.
        compiled: The codebook's rules.

    Returns:
        What was measured, by the coder's name: ``rules``, ``model`` and ``combined``.
    """
    found: dict[str, list[Coding]] = {RULES: [], MODEL: [], COMBINED: []}
    tested: list[Labelled] = []
    coded: list[Segment] = []
    for model, numbers in trials:
        predictor = Predictor(model, compiled.lists)
        for _, of_case in groupby(numbers, key=lambda number: sentences[number].case):
            rows = list(of_case)
            case = [sentences[number] for number in rows]
            segments = segments_of(case)
            by_rules = [coding for number in rows for coding in codings[number]]
            cluster = case[0].cluster
            found[RULES] += by_rules
            found[MODEL] += suggest(segments, predictor, compiled, cluster=cluster)
            found[COMBINED] += combine(segments, by_rules, predictor, compiled, cluster=cluster)
            tested += case
            coded += segments
    return {name: evaluate(given, tested, coded) for name, given in found.items()}
