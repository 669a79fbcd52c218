"""A codebook's examples run as tests: the coder must find each example and leave each counter-example."""

from collections.abc import Iterator

from pipeline.coding.compiled import CompiledCodebook
from pipeline.coding.engine import code_case
from pipeline.model.cases import Attributes, Case, Segment
from pipeline.model.codes import Code, Example
from pipeline.model.codings import Coding
from pipeline.model.ids import segment_id
from pipeline.model.problems import Problem, Severity


def check_examples(compiled: CompiledCodebook) -> tuple[Problem, ...]:
    """Code every example and counter-example of a codebook and report those that come out wrong.

    Args:
        compiled: The compiled codebook.
    """
    return tuple(problem for code in compiled.codebook.codes for problem in _check_code(code, compiled))


def _check_code(code: Code, compiled: CompiledCodebook) -> Iterator[Problem]:
    for example in code.examples:
        found = code_example(example, code.id, compiled)
        if found is None:
            yield _problem(code, example, "CO01", f"An example of {code.id} is not found by its rules.", _EXAMPLE_HINT)
        elif example.before and not found.before:
            message = f"An example of {code.id} is found without the mark 'before the course'."
            yield _problem(code, example, "CO02", message, "Add a cue of the kind 'before' to context.yaml.")
    for example in code.counter_examples:
        found = code_example(example, code.id, compiled)
        if found is not None:
            message = f"A counter-example of {code.id} is found by the rule {found.rules[0]}."
            yield _problem(code, example, "CO03", message, _COUNTER_HINT)


_EXAMPLE_HINT = "Widen a rule, or move the sentence to 'more', where rules need not find it."
_COUNTER_HINT = "Narrow the rule with 'unless', 'also' or 'sections', or add a cue to context.yaml."


def _problem(code: Code, example: Example, number: str, message: str, hint: str) -> Problem:
    return Problem(number, Severity.ERROR, f"{code.file}:{example.line}", message, hint)


def code_example(example: Example, code_id: str, compiled: CompiledCodebook) -> Coding | None:
    """Return the coding of an example with a code, or None where the coder does not find it affirmed.

    Args:
        example: A sentence, perhaps with the sentence before.
        code_id: The code asked for.
        compiled: The compiled codebook.
    """
    segments = []
    at = 0
    for text in filter(None, (example.context, example.text)):
        segments.append(Segment(segment_id("", text, at), "", example.section, at, at + len(text), 0, text))
        at += len(text) + 1
    case = Case("", "", "", "", "", (), (), Attributes())
    last = segments[-1].id
    for coding in code_case(case, segments, compiled):
        if coding.segment == last and coding.code == code_id and coding.counts:
            return coding
    return None
