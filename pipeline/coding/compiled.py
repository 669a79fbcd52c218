"""A codebook compiled for coding: its rules and cues as matchers over one lexicon."""

from dataclasses import dataclass

from pipeline.codebook.syntax import PatternError
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Matcher, PatternCompiler
from pipeline.coding.scope import CompiledCues, compile_cues
from pipeline.model.codes import Code, Codebook, Rule

FAMILY_LIST = "family_member"
PROFESSIONAL_LIST = "professional"


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its matchers."""

    rule: Rule
    code: Code
    match: tuple[Matcher, ...]
    also: tuple[Matcher, ...]
    unless: tuple[Matcher, ...]
    after: tuple[Matcher, ...]


@dataclass(frozen=True, slots=True)
class CompiledCodebook:
    """A codebook ready for coding.

    Attributes:
        codebook: The codebook it was made from.
        lexicon: The word classes.
        rules: The rules in the codebook's order.
        matchers: Every pattern of every rule, as (rule's index, matcher) pairs in the rules' order.
        cues: The context cues.
        family: Matches a family member.
        professional: Matches a professional.
        parents: For each detail code, its core code.
    """

    codebook: Codebook
    lexicon: Lexicon
    rules: tuple[CompiledRule, ...]
    matchers: tuple[tuple[int, Matcher], ...]
    cues: CompiledCues
    family: Matcher | None
    professional: Matcher | None
    parents: dict[str, Code]


def compile_codebook(codebook: Codebook) -> CompiledCodebook:
    """Compile a checked codebook.

    Args:
        codebook: Loaded without errors: every pattern is well formed and every list exists.

    Raises:
        PatternError: A pattern is not well formed.
        KeyError: A pattern names a list that does not exist.
    """
    lexicon = Lexicon()
    lists = {word_list.name: word_list.patterns for word_list in codebook.lists}
    compiler = PatternCompiler(lexicon, lists)
    rules: list[CompiledRule] = []
    matchers: list[tuple[int, Matcher]] = []
    codes = {code.id: code for code in codebook.codes}
    for code in codebook.codes:
        for rule in code.rules:
            compiled = _compile_rule(rule, code, compiler)
            matchers.extend((len(rules), matcher) for matcher in compiled.match)
            rules.append(compiled)
    return CompiledCodebook(
        codebook=codebook,
        lexicon=lexicon,
        rules=tuple(rules),
        matchers=tuple(matchers),
        cues=compile_cues(codebook.cues, compiler),
        family=compiler.compile(f"@{FAMILY_LIST}") if FAMILY_LIST in lists else None,
        professional=compiler.compile(f"@{PROFESSIONAL_LIST}") if PROFESSIONAL_LIST in lists else None,
        parents={code.id: codes[code.parent] for code in codebook.codes if code.parent != code.id},
    )


def _compile_rule(rule: Rule, code: Code, compiler: PatternCompiler) -> CompiledRule:
    def matchers(sources: tuple[str, ...]) -> tuple[Matcher, ...]:
        return tuple(compiler.compile(source) for source in sources)

    try:
        return CompiledRule(
            rule, code, matchers(rule.match), matchers(rule.also), matchers(rule.unless), matchers(rule.after)
        )
    except PatternError as error:
        error.add_note(f"in rule {rule.id}")
        raise
