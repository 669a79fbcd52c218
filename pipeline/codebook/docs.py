"""The codebook as a document for readers: overview, themes, codes, theory of change and word lists."""

from collections.abc import Iterator

from pipeline.codebook.document import Block, Bullets, CodebookDocument, Heading, Paragraph, Table
from pipeline.codebook.wording import WORDING, Wording
from pipeline.model.codes import Code, Codebook, CodeLevel, Example, Label, Rule, Sign, Theme, When, say


def codebook_document(
    codebook: Codebook, lang: str = "da", *, examples: int = 5, rules: bool = False
) -> CodebookDocument:
    """Return a codebook as a document.

    Args:
        codebook: The codebook.
        lang: ``da`` or ``en``: the document's own words, labels and, where there are English ones, definitions.
            Criteria and examples stay in Danish.
        examples: How many examples and counter-examples of each code are shown at most.
        rules: True to show rules, word lists and context cues as well.
    """
    return _Writer(codebook, lang, examples, rules).document()


class _Writer:
    """Writes one codebook in one language."""

    def __init__(self, codebook: Codebook, lang: str, examples: int, rules: bool) -> None:
        self.codebook = codebook
        self.lang = lang
        self.examples = examples
        self.rules = rules
        self.words: Wording = WORDING[lang]
        self.foreign = "" if lang == "da" else "da"

    def document(self) -> CodebookDocument:
        blocks = [*self.introduction(), *self.overview()]
        for theme in self.codebook.themes:
            blocks.extend(self.theme(theme))
        blocks.extend(self.theory())
        blocks.extend(self.form())
        if self.rules:
            blocks.extend(self.lists())
            blocks.extend(self.cues())
        words = self.words
        core = sum(code.level is CodeLevel.CORE for code in self.codebook.codes)
        subtitle = words.subtitle.format(
            version=self.codebook.version,
            themes=len(self.codebook.themes),
            core=core,
            detail=len(self.codebook.codes) - core,
        )
        return CodebookDocument(
            self.lang, f"{words.codebook}: {self.label(self.codebook.title)}", subtitle, tuple(blocks)
        )

    def introduction(self) -> Iterator[Block]:
        yield Heading(1, self.words.how_to_read, "how-to-read")
        for text in self.words.introduction:
            yield Paragraph(text)

    def overview(self) -> Iterator[Block]:
        words = self.words
        codes = [code for code in self.codebook.codes if code.level is CodeLevel.CORE]
        labels = {theme.id: self.label(theme.label) for theme in self.codebook.themes}
        yield Heading(1, words.overview, "overview")
        yield Table(
            words.core_codes,
            (words.code, words.name, words.theme, words.pole),
            tuple((self.label(code.label), code.id, labels[code.theme], words.poles[code.pole]) for code in codes),
            links=tuple(_anchor(code.id) for code in codes),
        )

    def theme(self, theme: Theme) -> Iterator[Block]:
        yield Heading(1, self.label(theme.label), f"theme-{theme.id}", theme.id)
        yield from self.definition("", theme.definition, theme.definition_en)
        for code in theme.codes:
            yield from self.code(code)

    def code(self, code: Code) -> Iterator[Block]:
        words = self.words
        level = 2 if code.level is CodeLevel.CORE else 3
        yield Heading(level, self.label(code.label), _anchor(code.id), code.id)
        yield from self.definition(words.definition, code.definition, code.definition_en)
        yield Paragraph(words.poles[code.pole], words.pole)
        if code.include:
            yield Bullets(code.include, words.include, self.foreign)
        if code.exclude:
            yield Bullets(code.exclude, words.exclude, self.foreign)
        for examples, lead in ((code.examples, words.examples), (code.counter_examples, words.counter_examples)):
            shown = examples[: self.examples]
            if shown:
                yield Bullets(tuple(self.example(example) for example in shown), lead, self.foreign)
        if self.rules and code.rules:
            yield Table(
                words.rules,
                (words.rule, words.patterns, words.conditions),
                tuple((rule.id, "; ".join(rule.match), self.conditions(rule)) for rule in code.rules),
            )

    def definition(self, lead: str, danish: str, english: str) -> Iterator[Paragraph]:
        if self.lang == "en" and english:
            yield Paragraph(english, lead)
        elif danish:
            yield Paragraph(danish, lead, self.foreign)

    def example(self, example: Example) -> str:
        text = f"[{example.context}] {example.text}" if example.context else example.text
        notes = [note for note in (WORDING["da"].before if example.before else "", example.why) if note]
        return f"{text} ({'; '.join(notes)})" if notes else text

    def conditions(self, rule: Rule) -> str:
        words = self.words
        parts = [
            f"{name}: {'; '.join(values)}"
            for name, values in (
                (words.also, rule.also),
                (words.unless, rule.unless),
                (words.after, rule.after),
                (words.sections, rule.sections),
                (words.clusters, rule.clusters),
                (words.subject, rule.subject),
            )
            if values
        ]
        if rule.when is not When.AFFIRMED:
            parts.append(words.whens[rule.when])
        return ". ".join(parts)

    def theory(self) -> Iterator[Block]:
        words, theory = self.words, self.codebook.theory
        if not theory.nodes:
            return
        labels = {node.id: self.label(node.label) for node in theory.nodes}
        names = {code.id: self.label(code.label) for code in self.codebook.codes}
        yield Heading(1, words.theory, "theory")
        yield Paragraph(words.theory_says)
        yield Table(
            words.concepts,
            (words.concept, words.pole, words.shown_by),
            tuple(
                (
                    labels[node.id],
                    words.poles[node.pole],
                    "; ".join(
                        [names.get(code, code) for code in node.codes]
                        + [words.category.format(name=words.categories[name]) for name in node.categories]
                    )
                    or words.by_no_code,
                )
                for node in theory.nodes
            ),
        )
        yield Table(
            words.claims,
            (words.source, words.sign, words.target, words.reference),
            tuple(
                (
                    labels.get(edge.source, edge.source),
                    words.furthers if edge.sign is Sign.PLUS else words.hampers,
                    labels.get(edge.target, edge.target),
                    edge.reference,
                )
                for edge in theory.edges
            ),
        )

    def form(self) -> Iterator[Block]:
        words, sections = self.words, self.codebook.template.sections
        if sections:
            yield Heading(1, words.form, "form")
            yield Table(
                words.form_sections,
                (words.section, words.name, words.headings),
                tuple((self.label(entry.label), entry.kind, "; ".join(entry.aliases)) for entry in sections),
            )

    def lists(self) -> Iterator[Block]:
        words = self.words
        if self.codebook.lists:
            yield Heading(1, words.lists, "lists")
            rows = tuple((f"@{entry.name}", "; ".join(entry.patterns)) for entry in self.codebook.lists)
            yield Table(words.lists, (words.name, words.patterns), rows)

    def cues(self) -> Iterator[Block]:
        words = self.words
        if self.codebook.cues:
            yield Heading(1, words.cues, "cues")
            rows = tuple((cue.id, words.kinds[cue.kind], "; ".join(cue.match)) for cue in self.codebook.cues)
            yield Table(words.cues, (words.name, words.effect, words.patterns), rows)

    def label(self, label: Label) -> str:
        return say(label, self.lang)


def _anchor(code_id: str) -> str:
    return "code-" + code_id.replace(".", "-")
