"""The codebook as a value: themes, codes, rules, cues, template sections and the theory of change."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Pole(StrEnum):
    """Which way a code works on progression: a facilitator furthers it, an inhibitor hampers it."""

    FACILITATOR = "facilitator"
    INHIBITOR = "inhibitor"
    NEUTRAL = "neutral"


class CodeLevel(StrEnum):
    """Whether a code belongs to the core set or is one of the finer codes below it."""

    CORE = "core"
    DETAIL = "detail"


class When(StrEnum):
    """In which assertion a rule's words state its code: a negated inhibitor may state a facilitator."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    ANY = "any"


class CueKind(StrEnum):
    """What a context cue does to the words in its scope."""

    NEGATED = "negated"
    AVOIDED = "avoided"
    NO_LONGER = "no_longer"
    HYPOTHETICAL = "hypothetical"
    FEARED = "feared"
    WISHED = "wished"
    PLANNED = "planned"
    DEMANDED = "demanded"
    GENERAL = "general"
    BEFORE = "before"
    """The words speak of the time before the course."""
    DURING = "during"
    """The words speak of the course itself ("siden han kom med"), also where they sound like what was before."""
    COURSE = "course"
    """The words tell that the course began: what is dated later was not before it."""
    PSEUDO = "pseudo"
    """Looks like a cue and is none ("ikke kun"): it switches off the cues inside it."""
    TERMINATOR = "terminator"
    """Ends the scope of every cue ("men", "fordi")."""


class Direction(StrEnum):
    """Where a cue's scope lies, seen from the cue."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    SENTENCE = "sentence"
    """The whole sentence, past every terminator."""
    FRONTED = "fronted"
    """The phrase before the cue's first word, a finite verb: "ventetid" in "Ventetid mærkede vi intet til"."""
    FRONTED_NEW = "fronted_new"
    """The same where the phrase brings up something new: "nogen plan", not "planen"."""


@lru_cache(maxsize=4096)
def core_code(code: str) -> str:
    """Return the core code above a detail code; a core code itself."""
    return ".".join(code.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Label:
    """A name in the two languages that casepath shows."""

    da: str
    en: str


def say(label: Label, lang: str) -> str:
    """Return a label in one language.

    Args:
        label: The label.
        lang: ``da`` or ``en``.
    """
    return label.en if lang == "en" else label.da


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a code must (or must not) find: test and training data at once.

    Attributes:
        text: The sentence.
        line: Its line in the YAML file, for messages.
        context: The sentence before, empty when it does not matter.
        section: Kind of the section it stands in, empty when it does not matter.
        before: True when the coding must carry the mark "before the course".
        why: What a counter-example shows.
        codes: Other codes that the sentence carries, so that a trained model learns right.
    """

    text: str
    line: int = 0
    context: str = ""
    section: str = ""
    before: bool = False
    why: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How the machine finds a code: data only; the coder compiles it.

    Attributes:
        id: Unique over the codebook (``waiting.queue/list``).
        code: Id of the code it finds.
        match: Patterns in the pattern language (see ``pipeline.codebook.syntax``); one of them must match.
        also: Patterns of which one must match somewhere in the sentence too; empty for no condition.
        unless: Patterns of which none may match anywhere in the sentence.
        after: Patterns of which one must match in the sentence before; empty for no condition.
        sections: Kinds of section in which the rule holds; empty for all.
        clusters: Clusters in which the rule holds; empty for all.
        subject: Whom the sentence must be about (``citizen``, ``family``, ``professional``); empty for anyone.
        when: In which assertion the words state the code.
        confidence: How sure the rule's author is, 0-1.
        line: Its line in the YAML file.
    """

    id: str
    code: str
    match: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    when: When = When.AFFIRMED
    confidence: float = 0.8
    line: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook.

    Attributes:
        id: ``theme.name``; a detail code has one more part (``barrier.mental_health.anxiety``).
        theme: Id of its theme.
        label: What readers see.
        pole: Which way it works on progression.
        level: Core or detail.
        definition: When the code applies, one or two sentences in Danish.
        definition_en: The same in English.
        include: Criteria for coding.
        exclude: Criteria against coding, with the code to use instead where there is one.
        examples: Sentences it must find.
        counter_examples: Near misses it must not find.
        more: Further sentences that carry the code but that rules need not find: training data only.
        rules: How the machine finds it.
        file: The YAML file it stands in.
        line: Its line there.
    """

    id: str
    theme: str
    label: Label
    pole: Pole
    level: CodeLevel
    definition: str
    definition_en: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    more: tuple[Example, ...] = ()
    rules: tuple[Rule, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def parent(self) -> str:
        """Id of the core code above a detail code; a core code's own id."""
        return core_code(self.id)


@dataclass(frozen=True, slots=True)
class Theme:
    """A family of codes, in the order of the codebook."""

    id: str
    label: Label
    codes: tuple[Code, ...]
    definition: str = ""
    definition_en: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A named list of alternatives that patterns use as ``@name``.

    Attributes:
        name: Its name, without the ``@``.
        patterns: The alternatives.
        line: Its line in the YAML file.
        file: The YAML file it stands in: a theme's, or ``lists.yaml``.
    """

    name: str
    patterns: tuple[str, ...]
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class CueRule:
    """A context cue as data.

    Attributes:
        id: Unique over the codebook.
        kind: What it does to the words in its scope.
        match: Patterns; one of them must match.
        direction: Where its scope lies.
        reach: How many words the scope reaches at most; 0 for as far as the clause.
        sections: Kinds of section in which it holds; empty for all.
        opens: Whether it holds only where its first word opens a main clause.
        line: Its line in the YAML file.
    """

    id: str
    kind: CueKind
    match: tuple[str, ...]
    direction: Direction = Direction.FORWARD
    reach: int = 0
    sections: tuple[str, ...] = ()
    opens: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class SectionTemplate:
    """A section of the case template with the headings it goes by."""

    kind: str
    label: Label
    aliases: tuple[str, ...]
    expected: bool = True


@dataclass(frozen=True, slots=True)
class AttributeTemplate:
    """An attribute of the form with the labels it goes by, and its values' spellings where they are few.

    Attributes:
        name: Field of ``Attributes`` (``municipality``, ``cluster``, ``citizen``, ``author``, ``date``).
        aliases: Labels in the form.
        values: For a closed attribute, (spelling, value) pairs; ``("ungeklyngen", "youth")``.
    """

    name: str
    aliases: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """The form that case descriptions are written in."""

    sections: tuple[SectionTemplate, ...] = ()
    attributes: tuple[AttributeTemplate, ...] = ()
    titles: tuple[str, ...] = ()


class Sign(StrEnum):
    """Which way an edge of the theory of change works."""

    PLUS = "+"
    MINUS = "-"


@dataclass(frozen=True, slots=True)
class TheoryNode:
    """A concept of the theory of change and the codes that show it.

    Attributes:
        id: Name in the graph.
        label: What readers see.
        codes: Ids of codes whose presence shows the concept; empty for a concept no code measures.
        layer: Column in the drawing, from 0 (entry) to the right (result).
        pole: Facilitator, inhibitor or neutral, for the drawing.
        categories: Progression categories that show the concept, for the concept of progression itself.
    """

    id: str
    label: Label
    codes: tuple[str, ...]
    layer: int
    pole: Pole
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TheoryEdge:
    """A claim of the theory of change: source furthers (+) or hampers (-) target."""

    source: str
    target: str
    sign: Sign
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Theory:
    """The theory of change behind the codebook."""

    nodes: tuple[TheoryNode, ...] = ()
    edges: tuple[TheoryEdge, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A checked codebook.

    Attributes:
        id: Its short name, its folder's where it gives none.
        title: What readers see.
        version: The codebook's own version.
        themes: In reading order, each with its codes.
        lists: Named word lists.
        cues: Context cues.
        template: Sections and attributes of the form.
        theory: The theory of change.
        tuned: Groups of coded cases that the rules were written against: there they look better than they are.
        digest: SHA-256 over its files.
    """

    id: str
    title: Label
    version: str
    themes: tuple[Theme, ...]
    lists: tuple[WordList, ...] = ()
    cues: tuple[CueRule, ...] = ()
    template: Template = Template()
    theory: Theory = Theory()
    tuned: tuple[str, ...] = ()
    digest: str = ""

    @property
    def codes(self) -> tuple[Code, ...]:
        """All codes in reading order."""
        return tuple(code for theme in self.themes for code in theme.codes)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in reading order."""
        return tuple(rule for code in self.codes for rule in code.rules)

    def code(self, code_id: str) -> Code:
        """Return the code with this id.

        Raises:
            KeyError: No code has this id.
        """
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)
