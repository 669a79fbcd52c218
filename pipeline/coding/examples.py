"""A codebook's examples run as tests: the coder must find each example and leave each counter-example."""

from collections.abc import Iterable, Iterator

from pipeline.codebook.examples import CodeExample, ExampleResult, examples_of
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_cases
from pipeline.model.cases import Attributes, Case, Segment
from pipeline.model.codes import Example
from pipeline.model.codings import Coding
from pipeline.model.ids import segment_id

_NO_CASE = Case("", "", "", "", "", (), (), Attributes())


def run_examples(compiled: CompiledCodebook) -> tuple[ExampleResult, ...]:
    """Code every example and counter-example of a codebook.

    An example without a section is read as a text without sections, and holds in every section.

    Args:
        compiled: The compiled codebook.
    """
    tested = examples_of(compiled.codebook)
    coded = code_sentences((each.example for each in tested), compiled)
    return tuple(_result(each, codings) for each, codings in zip(tested, coded, strict=True))


def _result(tested: CodeExample, codings: tuple[Coding, ...]) -> ExampleResult:
    coding = next((coding for coding in codings if coding.code == tested.code), None)
    if coding is None:
        return ExampleResult(tested, found=False)
    if not coding.counts:
        return ExampleResult(tested, found=False, suppressed=coding.rules)
    return ExampleResult(tested, found=True, before=coding.before, rules=coding.rules)


def code_sentences(examples: Iterable[Example], compiled: CompiledCodebook) -> Iterator[tuple[Coding, ...]]:
    """Code sentences that stand alone, each perhaps after the sentence before it.

    Args:
        examples: The sentences.
        compiled: The compiled codebook.

    Yields:
        For each sentence its codings, those that a cue suppresses too.
    """
    pairs = [(_NO_CASE, _segments(example)) for example in examples]
    for (_, segments), codings in zip(pairs, code_cases(pairs, compiled), strict=True):
        yield tuple(coding for coding in codings if coding.segment == segments[-1].id)


def _segments(example: Example) -> tuple[Segment, ...]:
    segments = []
    at = 0
    for text in filter(None, (example.context, example.text)):
        segments.append(Segment(segment_id("", text, at), "", example.section, at, at + len(text), 0, text))
        at += len(text) + 1
    return tuple(segments)
