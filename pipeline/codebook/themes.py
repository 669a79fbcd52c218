"""A theme file as read to a theme with its codes and rules."""

import re
from dataclasses import dataclass

from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record, Scalar
from pipeline.codebook.references import Mention
from pipeline.model.codes import Code, CodeLevel, Example, Label, Pole, Rule, Theme, When, WordList

_SENTENCES = ("examples", "counter_examples", "more")
_POINTER = re.compile(r"→\s*([a-z_]\w*(?:\.[a-z_]\w*)+)")


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What one theme file gives, with the ids it mentions, also those of records left out for their mistakes.

    Attributes:
        theme: The theme, with the codes that can be used.
        codes: Ids of all codes it gives.
        rules: Ids of all rules it gives.
        pointers: Codes that its criteria point to ("→ waiting.queue").
        carried: Codes that its examples say they carry too.
        sections: Kinds of section that its rules and examples name.
    """

    theme: Theme
    codes: tuple[Mention, ...] = ()
    rules: tuple[Mention, ...] = ()
    pointers: tuple[Mention, ...] = ()
    carried: tuple[Mention, ...] = ()
    sections: tuple[Mention, ...] = ()


def build_theme(record: Record, reader: Reader, stem: str) -> ThemeFile:
    """Build a theme from its file; what cannot be used is left out and noted with the reader.

    Args:
        record: The file as read against its shape.
        reader: The file's reader, which takes the problems.
        stem: The file's name without ``.yaml``, which is the theme's id.
    """
    theme_id = record.text("theme", stem)
    if theme_id != stem:
        message = "The theme's id is not the file's name."
        reader.add("CB12", record.line_of("theme"), message, f"Write 'theme: {stem}', or rename the file.")
    return _ThemeBuilder(reader, stem, record).build()


def read_label(record: Record) -> Label:
    """Return a label; where one language is missing, the other stands in for it."""
    danish, english = record.text("da"), record.text("en")
    return Label(danish or english, english or danish)


def read_lists(record: Record, file: str) -> tuple[WordList, ...]:
    """Return the word lists of a mapping from names to patterns."""
    return tuple(WordList(name, record.texts(name), record.lines[name], file) for name in record.values)


def mention_sections(record: Record, key: str, file: str) -> tuple[Mention, ...]:
    """Return the kinds of section that a key names, one or several, with their places."""
    value = record.values.get(key)
    found = (value,) if isinstance(value, Scalar) else record.scalars(key)
    return tuple(Mention(str(scalar.value), file, scalar.line) for scalar in found)


class _ThemeBuilder:
    """Gathers the ids met while a theme is built."""

    def __init__(self, reader: Reader, stem: str, record: Record) -> None:
        self.reader = reader
        self.stem = stem
        self.record = record
        self.prefixes = (stem, *record.texts("prefixes"))
        self.codes: list[Mention] = []
        self.rules: list[Mention] = []
        self.pointers: list[Mention] = []
        self.carried: list[Mention] = []
        self.sections: list[Mention] = []

    def build(self) -> ThemeFile:
        codes: list[Code] = []
        for record in self.record.records("codes"):
            codes.extend(self.code(record, parent=""))
        label = read_label(self.record.record("label"))
        if not label.da:
            label = Label(self.stem, self.stem)
        theme = Theme(
            id=self.stem,
            label=label,
            codes=tuple(codes),
            definition=self.record.text("definition"),
            definition_en=self.record.text("definition_en"),
        )
        return ThemeFile(
            theme,
            codes=tuple(self.codes),
            rules=tuple(self.rules),
            pointers=tuple(self.pointers),
            carried=tuple(self.carried),
            sections=tuple(self.sections),
        )

    def code(self, record: Record, parent: str) -> list[Code]:
        """Return a code and the finer codes below it, without those that have mistakes of their own."""
        code_id = record.text("id")
        sound = record.sound
        if code_id:
            self.codes.append(self.mention(code_id, record.line_of("id")))
            sound = self.id_fits(code_id, parent, record.line_of("id")) and sound
        for example in (entry for key in _SENTENCES for entry in record.records(key)):
            self.sections.extend(mention_sections(example, "section", self.reader.file))
            self.carried.extend(self.mention(str(code.value), code.line) for code in example.scalars("codes"))
        self.point(record, "include")
        self.point(record, "exclude")
        rules = tuple(rule for entry in record.records("rules") if (rule := self.rule(entry, code_id)) is not None)
        details = [code for entry in record.records("codes") for code in self.code(entry, parent=code_id)]
        label = read_label(record.record("label"))
        if sound and not label.da:
            self.reader.add("CB06", record.line_of("label"), "'label' gives no name.", "Write {da: ..., en: ...}.")
            sound = False
        if not sound:
            return details
        code = Code(
            id=code_id,
            theme=self.stem,
            label=label,
            pole=Pole(record.text("pole")),
            level=CodeLevel.DETAIL if parent else CodeLevel.CORE,
            definition=record.text("definition"),
            definition_en=record.text("definition_en"),
            include=record.texts("include"),
            exclude=record.texts("exclude"),
            examples=_examples(record, "examples"),
            counter_examples=_examples(record, "counter_examples"),
            more=_examples(record, "more"),
            rules=rules,
            file=self.reader.file,
            line=record.line,
        )
        return [code, *details]

    def rule(self, record: Record, code_id: str) -> Rule | None:
        rule_id = record.text("id")
        self.sections.extend(mention_sections(record, "sections", self.reader.file))
        if rule_id:
            line = record.line_of("id")
            self.rules.append(self.mention(rule_id, line))
            if code_id and not rule_id.startswith(f"{code_id}/"):
                hint = f"Begin the id with '{code_id}/'."
                self.reader.add("CB12", line, "The rule's id does not begin with its code's id and a slash.", hint)
                return None
        if not record.sound or not code_id:
            return None
        return Rule(
            id=rule_id,
            code=code_id,
            match=record.texts("match"),
            also=record.texts("also"),
            unless=record.texts("unless"),
            after=record.texts("after"),
            sections=record.texts("sections"),
            clusters=record.texts("clusters"),
            subject=record.texts("subject"),
            when=When(record.text("when", When.AFFIRMED)),
            confidence=float(record.number("confidence", 0.8)),
            line=record.line,
        )

    def id_fits(self, code_id: str, parent: str, line: int) -> bool:
        if parent:
            if code_id.startswith(f"{parent}."):
                return True
            message = "The finer code's id does not begin with the id of the code above."
            hint = f"Begin it with '{parent}.'."
        else:
            first = code_id.partition(".")[0]
            if first in self.prefixes:
                return True
            message = f"The code's id does not begin with its theme, '{self.stem}'."
            hint = f"Begin it with '{self.stem}.', or add 'prefixes: [{first}]' to the theme."
        self.reader.add("CB12", line, message, hint)
        return False

    def point(self, record: Record, key: str) -> None:
        for criterion in record.scalars(key):
            for code in _POINTER.findall(str(criterion.value)):
                self.pointers.append(self.mention(code, criterion.line))

    def mention(self, code_id: str, line: int) -> Mention:
        return Mention(code_id, self.reader.file, line)


def _examples(record: Record, key: str) -> tuple[Example, ...]:
    return tuple(
        Example(
            text=entry.text("text"),
            line=_line_of_text(entry),
            context=entry.text("context"),
            section=entry.text("section"),
            before=entry.flag("before"),
            why=entry.text("why"),
            codes=entry.texts("codes"),
        )
        for entry in record.records(key)
        if entry.sound
    )


def _line_of_text(entry: Record) -> int:
    text = entry.values["text"]
    return text.line if isinstance(text, Scalar) else entry.line
