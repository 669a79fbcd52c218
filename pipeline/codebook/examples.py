"""The examples of a codebook as tests: what the coder must and must not find, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.codes import Codebook, Example
from pipeline.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class CodeExample:
    """One example with the code it speaks of.

    Attributes:
        code: Id of the code.
        example: The sentence with its context.
        expected: True when the coder must find the code in it, False for a counter-example.
        file: The YAML file it stands in.
    """

    code: str
    example: Example
    expected: bool
    file: str

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.file}:{self.example.line}"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What the coder made of one example.

    Attributes:
        tested: The example.
        found: True when it coded the code, affirmed.
        before: True when that coding carries the mark "before the course".
        rules: Ids of the rules that coded it.
        suppressed: Ids of rules of the code whose words stood there, but a context cue kept them from coding.
    """

    tested: CodeExample
    found: bool
    before: bool = False
    rules: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether the coder did what the example asks."""
        if self.found != self.tested.expected:
            return False
        return self.before or not (self.tested.expected and self.tested.example.before)


def examples_of(codebook: Codebook) -> tuple[CodeExample, ...]:
    """Return all examples and counter-examples in reading order.

    Args:
        codebook: The codebook.
    """
    return tuple(
        CodeExample(code.id, example, expected, code.file)
        for code in codebook.codes
        for expected, examples in ((True, code.examples), (False, code.counter_examples))
        for example in examples
    )


def example_problems(results: Iterable[ExampleResult]) -> tuple[Problem, ...]:
    """Return an error for every example that does not hold; no message holds its text.

    Args:
        results: What the coder made of the examples.
    """
    return tuple(_problem(result) for result in results if not result.holds)


def _problem(result: ExampleResult) -> Problem:
    tested = result.tested
    if not tested.expected:
        code = "CB51"
        message = f"The counter-example of '{tested.code}' is coded."
        hint = f"Narrow the rule {_names(result.rules)}, with 'unless' for instance."
    elif result.found:
        code = "CB52"
        message = f"The example of '{tested.code}' is coded without the mark 'before the course'."
        hint = "Add a cue of the kind 'before' to context.yaml, or take 'before: true' away."
    elif result.suppressed:
        code = "CB50"
        message = f"The example of '{tested.code}' is not coded: a context cue suppresses it."
        hint = f"Look at the cues of context.yaml and at 'when' of {_names(result.suppressed)}."
    else:
        code = "CB50"
        message = f"The example of '{tested.code}' is not coded: no rule matches."
        hint = "Add a pattern to one of the code's rules."
    return Problem(code, Severity.ERROR, tested.where, message, hint)


def _names(rules: tuple[str, ...]) -> str:
    return ", ".join(rules) if rules else "that finds it"
