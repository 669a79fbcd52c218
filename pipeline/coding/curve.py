"""The learning curve: how well a model codes unseen cases by how many coded cases it was trained on."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.coding.combined import COMBINED, MODEL
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.evaluation import Evaluation
from pipeline.coding.labelled import Labelled, Source
from pipeline.coding.scope import ScopedCue
from pipeline.coding.training_files import original_of
from pipeline.coding.unseen import measure_on
from pipeline.coding.vectors import spans
from pipeline.model.codings import Coding


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How well models did that were trained on so many cases.

    Attributes:
        cases: How many coded cases they were trained on.
        model: The model alone.
        combined: Rules and model together.
    """

    cases: int
    model: Evaluation
    combined: Evaluation


def learning_curve(
    sentences: Sequence[Labelled],
    codings: Sequence[Iterable[Coding]],
    compiled: CompiledCodebook,
    *,
    cues: Sequence[Sequence[ScopedCue]] = (),
    tuned: Collection[str] = (),
    tested: str,
    sizes: Sequence[int],
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[CurvePoint, ...]:
    """Train on more and more cases and measure each model on one group that none of them has seen.

    Cases are taken in turn from every group, so that a small number covers them all. Sentences outside cases, such as
    the codebook's, and mere scenes are always learnt from.

    Args:
        sentences: Labelled sentences; those of one case stand together.
        codings: The rules' codings of each sentence.
        compiled: The codebook's rules, which give the context cues of what is coded.
        cues: The context cues of each sentence; none when left out, and nothing is learnt of them.
        tuned: Groups that the rules were written against.
        tested: The group to measure on.
        sizes: How many cases to train on; those beyond the number of cases there are count as one.
        progress: Told how many of the models are trained.

    Raises:
        ValueError: A size is too small to learn from.
    """
    from pipeline.coding.train import train_model

    held = [number for span in _cases(sentences) if _is_test(sentences[span[0]], tested) for number in range(*span)]
    order = _in_turn(sentences, tested)
    alone = [number for number, each in enumerate(sentences) if not each.case or each.source is Source.SCENE]
    points = []
    for number, size in enumerate(sizes, start=1):
        chosen = [number for spans in order[:size] for start, end in spans for number in range(start, end)] + alone
        model = train_model(
            [sentences[number] for number in chosen],
            [codings[number] for number in chosen],
            cues=[cues[number] for number in chosen] if cues else (),
            lists=compiled.codebook.lists,
            tuned=tuned,
        )
        found = measure_on([(model, held)], sentences, codings, compiled)
        points.append(CurvePoint(min(size, len(order)), found[MODEL], found[COMBINED]))
        if progress:
            progress("Training", number, len(sizes))
    return tuple(points)


def _cases(sentences: Sequence[Labelled]) -> list[tuple[int, int]]:
    return [span for span in spans(sentences) if sentences[span[0]].case]


def _is_test(sentence: Labelled, tested: str) -> bool:
    return sentence.group == tested and sentence.source is not Source.RETOLD


def _in_turn(sentences: Sequence[Labelled], tested: str) -> list[list[tuple[int, int]]]:
    """Return the cases to learn from: the first of every group, then the second of every group, and so on.

    What was told after a case comes with it: it is no case of its own.
    """
    by_group: defaultdict[str, int] = defaultdict(int)
    ranked: list[tuple[int, str, str]] = []
    together: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for span in _cases(sentences):
        first = sentences[span[0]]
        if first.group == tested or first.source is Source.SCENE:
            continue
        if first.source is Source.RETOLD:
            together[original_of(first.case)].append(span)
            continue
        together[first.case].append(span)
        ranked.append((by_group[first.group], first.group, first.case))
        by_group[first.group] += 1
    return [together[case] for _, _, case in sorted(ranked)]
