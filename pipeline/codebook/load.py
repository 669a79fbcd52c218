"""Load a codebook's folder: every file read, every mistake reported at once with file and line."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.codebook.file_shapes import (
    CODEBOOK_FILE,
    CONTEXT_FILE,
    LISTS_FILE,
    SECTION_KINDS,
    TEMPLATE_FILE,
    THEME_FILE,
    THEORY_FILE,
)
from pipeline.codebook.files import codebook_digest, read_yaml, stray_files, yaml_files
from pipeline.codebook.parts import build_cues, build_template, build_theory
from pipeline.codebook.reading import Reader
from pipeline.codebook.records import Record
from pipeline.codebook.references import (
    Mention,
    circular_lists,
    repeated_ids,
    unknown_codes,
    unknown_lists,
    unknown_sections,
)
from pipeline.codebook.shapes import Fields, Named
from pipeline.codebook.themes import ThemeFile, build_theme, mention_sections, read_label, read_lists
from pipeline.errors import MissingFileError
from pipeline.model.cases import OTHER, PREAMBLE, TEXT
from pipeline.model.codes import Codebook, CueRule, Template, Theory, WordList
from pipeline.model.problems import Loaded, Problem, Severity

_UNREADABLE = ("CB01", "CB02", "CB03")
"""Problems of whole files; those of other files may follow from them."""

UNCHECKED = "CB42"
"""A file could not be read, so names that it may define were not looked up."""


def load_codebook(folder: Path) -> Loaded[Codebook | None]:
    """Load the codebook of a folder.

    What has a mistake is left out of the value and told in the problems, so that one look shows every mistake;
    a codebook whose problems hold an error must not be used for coding.

    Args:
        folder: Holds ``codebook.yaml``, ``themes/`` and the files beside them.

    Returns:
        The codebook with all problems, files that cannot be read first, then by file and line; None when
        ``codebook.yaml`` cannot be read.

    Raises:
        MissingFileError: The folder does not exist.
    """
    if not folder.is_dir():
        raise MissingFileError(f"There is no folder '{folder.name}' with a codebook.", hint="Check the project folder.")
    return _Loader(folder).load()


def load_template(folder: Path) -> Template:
    """Return the form that a codebook describes, without looking at anything else of it; an empty one where it cannot.

    Args:
        folder: The codebook's folder.
    """
    loader = _Loader(folder)
    loader.read_template()
    return loader.template


class _Loader:
    """Gathers what the files of one folder give, in the order in which they are read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = yaml_files(folder)
        self.readers: list[Reader] = []
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        self.themes: list[ThemeFile] = []
        self.lists: list[WordList] = []
        self.list_names: list[Mention] = []
        self.cues: tuple[CueRule, ...] = ()
        self.cue_ids: tuple[Mention, ...] = ()
        self.cue_sections: tuple[Mention, ...] = ()
        self.template = Template()
        self.theory = Theory()
        self.theory_codes: tuple[Mention, ...] = ()

    def load(self) -> Loaded[Codebook | None]:
        head = self.read_head()
        for name in self.theme_order(head):
            self.read_theme(name)
        self.read_lists()
        self.read_context()
        self.read_template()
        self.read_theory()
        self.problems.extend(stray_files(list(self.files)))
        self.check_ids()
        self.check_references()
        for reader in self.readers:
            self.problems.extend(reader.problems)
        problems = tuple(sorted(self.problems, key=_reading_order))
        return Loaded(None if head is None else self.codebook(head), problems)

    def codebook(self, head: Record) -> Codebook:
        return Codebook(
            id=head.text("id", self.folder.resolve().name),
            title=read_label(head.record("title")),
            version=head.text("version"),
            themes=tuple(found.theme for found in self.themes),
            lists=tuple(self.lists),
            cues=self.cues,
            template=self.template,
            theory=self.theory,
            tuned=head.texts("tuned"),
            digest=codebook_digest(self.folder),
        )

    def read(self, name: str, shape: Fields | Named) -> tuple[Reader, Record] | None:
        path = self.files.get(name)
        if path is None:
            return None
        reader, record = read_yaml(path, name, shape)
        self.readers.append(reader)
        if record is None:
            self.unread.append(name)
        return None if record is None else (reader, record)

    def read_head(self) -> Record | None:
        if "codebook.yaml" not in self.files:
            hint = "Add it with title, version and the order of the themes."
            self.problems.append(_missing("codebook.yaml", "The file 'codebook.yaml' is missing.", hint))
        found = self.read("codebook.yaml", CODEBOOK_FILE)
        return None if found is None else found[1]

    def theme_order(self, head: Record | None) -> list[str]:
        """Names of the themes: those of codebook.yaml in its order, then files it does not name."""
        order: list[str] = []
        if head is not None:
            mentions = [Mention(str(name.value), "codebook.yaml", name.line) for name in head.scalars("themes")]
            self.problems.extend(repeated_ids(mentions, "theme"))
            for mention in mentions:
                file = f"themes/{mention.id}.yaml"
                if file not in self.files:
                    where = f"{mention.file}:{mention.line}"
                    hint = "Add the file, or take the theme out of the list."
                    self.problems.append(_missing(where, f"The theme's file '{file}' is missing.", hint))
                    self.unread.append(file)
                elif mention.id not in order:
                    order.append(mention.id)
        for file in self.files:
            name = file.removeprefix("themes/").removesuffix(".yaml")
            if file != f"themes/{name}.yaml" or "/" in name or name in order:
                continue
            order.append(name)
            if head is not None and head.has("themes"):
                hint = "Add the theme to 'themes' there, or delete the file."
                message = "The theme is not named in codebook.yaml."
                self.problems.append(Problem("CB17", Severity.ERROR, file, message, hint))
        return order

    def read_theme(self, name: str) -> None:
        found = self.read(f"themes/{name}.yaml", THEME_FILE)
        if found is not None:
            reader, record = found
            theme = build_theme(record, reader, name)
            self.themes.append(theme)
            self.keep_lists(record.record("lists"), reader)

    def read_lists(self) -> None:
        found = self.read("lists.yaml", LISTS_FILE)
        if found is not None:
            reader, record = found
            self.keep_lists(record, reader)

    def keep_lists(self, record: Record, reader: Reader) -> None:
        self.list_names.extend(Mention(name, reader.file, line) for name, line in record.lines.items())
        self.lists.extend(read_lists(record, reader.file))

    def read_context(self) -> None:
        found = self.read("context.yaml", CONTEXT_FILE)
        if found is not None:
            reader, record = found
            entries = record.records("cues")
            self.cues = build_cues(record)
            self.cue_ids = tuple(
                Mention(entry.text("id"), reader.file, entry.line_of("id")) for entry in entries if entry.has("id")
            )
            self.cue_sections = tuple(
                mention for entry in entries for mention in mention_sections(entry, "sections", reader.file)
            )

    def read_template(self) -> None:
        if "template.yaml" not in self.files:
            message = "The file 'template.yaml' is missing, so no section of the form is recognised."
            self.problems.append(Problem("CB01", Severity.WARNING, "template.yaml", message, "Add it."))
        found = self.read("template.yaml", TEMPLATE_FILE)
        if found is not None:
            reader, record = found
            self.template = build_template(record, reader)

    def read_theory(self) -> None:
        found = self.read("theory.yaml", THEORY_FILE)
        if found is not None:
            reader, record = found
            self.theory, self.theory_codes = build_theory(record, reader)

    def check_ids(self) -> None:
        self.problems.extend(repeated_ids((code for theme in self.themes for code in theme.codes), "code"))
        rules = tuple(rule for theme in self.themes for rule in theme.rules)
        self.problems.extend(repeated_ids((*rules, *self.cue_ids), "rule or cue"))
        self.problems.extend(repeated_ids(self.list_names, "word list"))

    def check_references(self) -> None:
        """Look up every name; not those that a file may define which could not be read: one line says so."""
        lost = [file for file in self.unread if file.startswith("themes/")]
        if not lost:
            self.check_codes()
        if not lost and "lists.yaml" not in self.unread:
            uses = (use for reader in self.readers for use in reader.uses)
            self.problems.extend(unknown_lists(uses, (mention.id for mention in self.list_names)))
        self.problems.extend(circular_lists(self.lists))
        if "template.yaml" not in self.unread:
            self.check_sections()
        for file in self.unread:
            if file in (*lost, "lists.yaml", "template.yaml"):
                message = "The file is not readable, so names in other files that it may define were not looked up."
                hint = "Mend it first; then casepath check says what is left."
                self.problems.append(Problem(UNCHECKED, Severity.WARNING, file, message, hint))

    def check_codes(self) -> None:
        codes = [code.id for theme in self.themes for code in theme.codes]
        self.problems.extend(unknown_codes(self.theory_codes, codes, code="CB18", says="The theory"))
        pointers = (pointer for theme in self.themes for pointer in theme.pointers)
        self.problems.extend(unknown_codes(pointers, codes, code="CB40", says="A criterion"))
        carried = (mention for theme in self.themes for mention in theme.carried)
        self.problems.extend(unknown_codes(carried, codes, code="CB41", says="An example"))

    def check_sections(self) -> None:
        kinds = {section.kind for section in self.template.sections}
        allowed = (PREAMBLE, *sorted(kinds - {PREAMBLE, OTHER, TEXT}), OTHER, TEXT) if kinds else SECTION_KINDS
        sections = (*(mention for theme in self.themes for mention in theme.sections), *self.cue_sections)
        self.problems.extend(unknown_sections(sections, allowed))


def all_codes_known(problems: Iterable[Problem]) -> bool:
    """Say whether every theme could be read, so that a code which is not there is really none of the codebook's.

    Args:
        problems: What ``load_codebook`` told.
    """
    return not any(problem.code == UNCHECKED and problem.where.startswith("themes/") for problem in problems)


def _missing(where: str, message: str, hint: str) -> Problem:
    return Problem("CB01", Severity.ERROR, where, message, hint)


def _reading_order(problem: Problem) -> tuple[bool, str, int, str, str]:
    file, _, line = problem.where.partition(":")
    follows = problem.code not in _UNREADABLE
    return follows, file, int(line) if line.isdecimal() else 0, problem.code, problem.message
