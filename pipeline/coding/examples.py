"""A codebook's examples run as tests: the coder must find each example and leave each counter-example."""

from pipeline.codebook.examples import CodeExample, ExampleResult, examples_of
from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_case
from pipeline.model.cases import Attributes, Case, Segment
from pipeline.model.codes import Example
from pipeline.model.codings import Coding
from pipeline.model.ids import segment_id

_NO_CASE = Case("", "", "", "", "", (), (), Attributes())


def run_examples(compiled: CompiledCodebook) -> tuple[ExampleResult, ...]:
    """Code every example and counter-example of a codebook.

    Args:
        compiled: The compiled codebook.
    """
    return tuple(run_example(tested, compiled) for tested in examples_of(compiled.codebook))


def run_example(tested: CodeExample, compiled: CompiledCodebook) -> ExampleResult:
    """Code one example; an example without a section is read as a text without sections.

    Args:
        tested: The example with its code.
        compiled: The compiled codebook.
    """
    coding = next((coding for coding in code_sentence(tested.example, compiled) if coding.code == tested.code), None)
    if coding is None:
        return ExampleResult(tested, found=False)
    if not coding.counts:
        return ExampleResult(tested, found=False, suppressed=coding.rules)
    return ExampleResult(tested, found=True, before=coding.before, rules=coding.rules)


def code_sentence(example: Example, compiled: CompiledCodebook) -> tuple[Coding, ...]:
    """Return the codings of an example's own sentence, those that a cue suppresses too.

    Args:
        example: A sentence, perhaps with the sentence before.
        compiled: The compiled codebook.
    """
    segments = []
    at = 0
    for text in filter(None, (example.context, example.text)):
        segments.append(Segment(segment_id("", text, at), "", example.section, at, at + len(text), 0, text))
        at += len(text) + 1
    codings = code_case(_NO_CASE, segments, compiled)
    return tuple(coding for coding in codings if coding.segment == segments[-1].id)
