"""What could be better in a codebook that loads: gaps, doubled patterns, examples that contradict each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.codebook.references import list_names, patterns_of
from pipeline.model.codes import Code, Codebook, CodeLevel, Example, Rule
from pipeline.model.problems import Problem, Severity

EXAMPLES_WANTED = 30
COUNTER_EXAMPLES_WANTED = 10


def check_codebook(codebook: Codebook) -> tuple[Problem, ...]:
    """Return warnings and notes about a codebook; none of them stops a run.

    Args:
        codebook: A loaded codebook.
    """
    return tuple(
        problem
        for problems in (
            _codes_without_rules(codebook),
            _few_examples(codebook),
            _missing_definitions(codebook),
            _shared_labels(codebook),
            _shared_patterns(codebook),
            _repeated_examples(codebook),
            _contradicting_examples(codebook),
            _unused_lists(codebook),
        )
        for problem in problems
    )


def _codes_without_rules(codebook: Codebook) -> Iterator[Problem]:
    with_rules = {code.id for code in codebook.codes if code.rules} | {rule.code for rule in codebook.rules}
    with_rules |= {code.parent for code in codebook.codes if code.rules}
    for code in codebook.codes:
        if code.id not in with_rules:
            message = f"The code '{code.id}' has no rules, so only people can give it."
            yield _at(code, "CB30", Severity.WARNING, message, "Add rules, or leave it to the reviewers.")


def _few_examples(codebook: Codebook) -> Iterator[Problem]:
    for code in codebook.codes:
        if code.level is not CodeLevel.CORE:
            continue
        for name, number, examples, wanted in (
            ("CB31", "examples", code.examples, EXAMPLES_WANTED),
            ("CB32", "counter-examples", code.counter_examples, COUNTER_EXAMPLES_WANTED),
        ):
            if len(examples) < wanted:
                message = f"The code '{code.id}' has {len(examples)} {number}; {wanted} make a fair test."
                yield _at(code, name, Severity.NOTE, message, "Add sentences in other words.")


def _missing_definitions(codebook: Codebook) -> Iterator[Problem]:
    for theme in codebook.themes:
        if not theme.definition:
            message = f"The theme '{theme.id}' has no definition."
            hint = "Say in one sentence what its codes have in common."
            yield Problem("CB37", Severity.NOTE, f"themes/{theme.id}.yaml", message, hint)
    for code in codebook.codes:
        if not code.definition_en:
            message = f"The code '{code.id}' has no English definition."
            yield _at(code, "CB37", Severity.NOTE, message, "Add 'definition_en' for the English codebook.")


def _shared_labels(codebook: Codebook) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for code in codebook.codes:
        earlier = first.setdefault(code.label.da.casefold(), code.id)
        if earlier != code.id:
            message = f"The codes '{earlier}' and '{code.id}' have the same Danish label."
            yield _at(code, "CB39", Severity.WARNING, message, "Readers cannot tell them apart; rename one of them.")


def _shared_patterns(codebook: Codebook) -> Iterator[Problem]:
    first: dict[str, tuple[Code, Rule]] = {}
    for code in codebook.codes:
        for rule in code.rules:
            for pattern in rule.match:
                earlier, other = first.setdefault(" ".join(pattern.lower().split()), (code, rule))
                if earlier.parent != code.parent:
                    message = f"A pattern of '{rule.id}' is also one of '{other.id}': {pattern}"
                    where = f"{code.file}:{rule.line}"
                    hint = "Keep both if the words state both codes."
                    yield Problem("CB33", Severity.NOTE, where, message, hint)


def _repeated_examples(codebook: Codebook) -> Iterator[Problem]:
    for code in codebook.codes:
        for examples in ((*code.examples, *code.more), code.counter_examples):
            first: dict[tuple[str, str, str], int] = {}
            for example in examples:
                line = first.setdefault(_situation(example), example.line)
                if line != example.line:
                    message = f"An example of '{code.id}' repeats the one on line {line}."
                    where = f"{code.file}:{example.line}"
                    yield Problem("CB35", Severity.NOTE, where, message, "Delete one of them.")


def _contradicting_examples(codebook: Codebook) -> Iterator[Problem]:
    """A sentence that is said to carry a code, or a finer code below it, and not to carry it."""
    wanted: dict[tuple[str, tuple[str, str, str]], list[str]] = defaultdict(list)
    for code in codebook.codes:
        for example in (*code.examples, *code.more):
            for name in dict.fromkeys((code.id, code.parent, *example.codes)):
                wanted[name, _situation(example)].append(f"{code.file}:{example.line}")
    for code in codebook.codes:
        for example in code.counter_examples:
            for place in wanted.get((code.id, _situation(example)), ()):
                message = f"A counter-example of '{code.id}' is said to carry the code in {place}."
                where = f"{code.file}:{example.line}"
                hint = "Decide whether the sentence states the code, and delete the other."
                yield Problem("CB34", Severity.WARNING, where, message, hint)


def _unused_lists(codebook: Codebook) -> Iterator[Problem]:
    patterns: Iterable[str] = (
        pattern
        for group in (
            *(patterns_of(rule) for rule in codebook.rules),
            *(patterns_of(cue) for cue in codebook.cues),
            *(entry.patterns for entry in codebook.lists),
        )
        for pattern in group
    )
    used = set(list_names(patterns))
    for entry in codebook.lists:
        if entry.name not in used:
            message = f"No pattern uses the word list '@{entry.name}'."
            yield Problem("CB38", Severity.NOTE, f"{entry.file}:{entry.line}", message, "Use it or delete it.")


def _situation(example: Example) -> tuple[str, str, str]:
    return (_folded(example.text), _folded(example.context), example.section)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _at(code: Code, name: str, severity: Severity, message: str, hint: str) -> Problem:
    return Problem(name, severity, f"{code.file}:{code.line}", message, hint)
