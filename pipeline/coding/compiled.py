"""A codebook compiled for coding: its rules and cues as matchers over one lexicon."""

from dataclasses import dataclass, field

from pipeline.codebook.syntax import PatternError
from pipeline.coding.lexicon import Lexicon
from pipeline.coding.patterns import Matcher, PatternCompiler, Table
from pipeline.coding.scope import CompiledCues, compile_cues
from pipeline.coding.word_lists import ListWords, list_words
from pipeline.model.cases import TEXT, Cluster
from pipeline.model.codes import Code, Codebook, Rule
from pipeline.model.codings import Subject

FAMILY_LIST = "family_member"
PROFESSIONAL_LIST = "professional"


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its code and, as numbers among the codebook's conditions, the patterns its conditions name."""

    rule: Rule
    code: Code
    also: tuple[int, ...]
    unless: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CompiledCodebook:
    """A codebook ready for coding.

    Attributes:
        codebook: The codebook it was made from.
        lexicon: The word classes.
        table: What the patterns share.
        rules: The rules in the codebook's order.
        matchers: Every pattern of every rule, as (rule's index, matcher) pairs in the rules' order.
        conditions: Every pattern that a condition of a rule names.
        cues: The context cues.
        people: Patterns that name a person, with whom they name.
        parents: For each detail code, its core code.
        order: For each code its place in the codebook.
        lists: The words of its lists, for a model.
        places: What ``out_of_place`` has answered.
    """

    codebook: Codebook
    lexicon: Lexicon
    table: Table
    rules: tuple[CompiledRule, ...]
    matchers: tuple[tuple[int, Matcher], ...]
    conditions: tuple[Matcher, ...]
    cues: CompiledCues
    people: tuple[tuple[Subject, Matcher], ...]
    parents: dict[str, Code]
    order: dict[str, int]
    lists: ListWords
    places: dict[tuple[str, Cluster | None], tuple[str, ...]] = field(default_factory=dict)

    def out_of_place(self, section: str, cluster: Cluster | None) -> tuple[str, ...]:
        """Say for each rule why it does not hold in a section of a case of some cluster; empty where it does.

        Args:
            section: Kind of the section.
            cluster: The case's cluster, None where it is not known.
        """
        found = self.places.get((section, cluster))
        if found is None:
            found = tuple(_out_of_place(each.rule, section, cluster) for each in self.rules)
            self.places[section, cluster] = found
        return found


def _out_of_place(rule: Rule, section: str, cluster: Cluster | None) -> str:
    if rule.sections and section not in (*rule.sections, "", TEXT):
        return f"holds only in sections {', '.join(rule.sections)}"
    if rule.clusters and (cluster is None or cluster.value not in rule.clusters):
        return f"holds only in clusters {', '.join(rule.clusters)}"
    return ""


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
    conditions: dict[str, int] = {}
    rules: list[CompiledRule] = []
    matchers: list[tuple[int, Matcher]] = []
    codes = {code.id: code for code in codebook.codes}
    for code in codebook.codes:
        for rule in code.rules:
            matchers.extend((len(rules), _compile(source, rule, compiler)) for source in rule.match)
            numbered = [_numbers(sources, conditions) for sources in (rule.also, rule.unless, rule.after)]
            rules.append(CompiledRule(rule, code, *numbered))
    people = ((Subject.FAMILY, FAMILY_LIST), (Subject.PROFESSIONAL, PROFESSIONAL_LIST))
    cues = compile_cues(codebook.cues, compiler)
    return CompiledCodebook(
        codebook=codebook,
        lexicon=lexicon,
        table=compiler.table,
        rules=tuple(rules),
        matchers=tuple(matchers),
        conditions=tuple(compiler.compile(source) for source in conditions),
        cues=cues,
        people=tuple((subject, compiler.compile(f"@{name}")) for subject, name in people if name in lists),
        parents={code.id: codes[code.parent] for code in codebook.codes if code.parent != code.id},
        order={code.id: number for number, code in enumerate(codebook.codes)},
        lists=list_words(codebook.lists, lexicon),
    )


def _numbers(sources: tuple[str, ...], conditions: dict[str, int]) -> tuple[int, ...]:
    """Return the numbers of some conditions' patterns, entering those that are new."""
    return tuple(conditions.setdefault(source, len(conditions)) for source in sources)


def _compile(source: str, rule: Rule, compiler: PatternCompiler) -> Matcher:
    try:
        return compiler.compile(source)
    except PatternError as error:
        error.add_note(f"in rule {rule.id}")
        raise
