"""Reads a Word file: body, notes, headers and footers as blocks, and a ledger of everything in it."""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from pipeline.corpus.blocks import RawBlock, RawText, Story
from pipeline.corpus.controls import CONTROL_HANDLERS
from pipeline.corpus.guard import not_word, open_package, read_bytes
from pipeline.corpus.inline import INLINE_HANDLERS
from pipeline.corpus.ledger import Ledger, characters_in
from pipeline.corpus.numbering import Numbering
from pipeline.corpus.objects import OBJECT_HANDLERS
from pipeline.corpus.package import Package, Relationship, is_document, refuse_doctype
from pipeline.corpus.refusal import RefusedError, too_deep
from pipeline.corpus.styles import Styles
from pipeline.corpus.tables import TABLE_HANDLERS
from pipeline.corpus.walker import PARAGRAPH_HANDLERS, Walker
from pipeline.corpus.xmlnames import CHART, CHART_EX, DIAGRAM, DIAGRAM_DRAWING, VAL, R, W
from pipeline.model.problems import Loaded, Problem, Severity

_TEXTLESS_TYPES = frozenset(
    (
        "styles",
        "stylesWithEffects",
        "settings",
        "webSettings",
        "fontTable",
        "theme",
        "numbering",
        "customXml",
        "people",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "keyMapCustomizations",
    )
)
"""Types of parts in which no text can stand; every other XML part is searched for text."""

_TEXTLESS_FOLDERS = ("docprops/", "customxml/", "_rels/", "word/theme/", "word/_rels/")
_TEXTLESS_NAMES = frozenset(
    (
        "[content_types].xml",
        "word/glossary/styles.xml",
        "word/glossary/settings.xml",
        "word/glossary/websettings.xml",
        "word/glossary/fonttable.xml",
        "word/glossary/numbering.xml",
    )
)
_HANDLERS = {**INLINE_HANDLERS, **OBJECT_HANDLERS, **PARAGRAPH_HANDLERS, **TABLE_HANDLERS, **CONTROL_HANDLERS}
"""How each element is read, wherever it stands; elements without a handler are entered."""

_REPAIR = "Open the file in Word and save it again; Word repairs it."
_NOTE_STORIES = {"footnote": Story.FOOTNOTE, "endnote": Story.ENDNOTE}
_PAGE_STORIES = {W + "headerReference": Story.HEADER, W + "footerReference": Story.FOOTER}
_OTHER_ROOTS = {
    W + "comments": ("comment", W + "comment"),
    W + "hdr": ("unused header or footer", ""),
    W + "ftr": ("unused header or footer", ""),
    W + "footnotes": ("unused note", W + "footnote"),
    W + "endnotes": ("unused note", W + "endnote"),
    W + "glossaryDocument": ("building block", W + "docPart"),
    CHART + "chartSpace": ("chart", None),
    CHART_EX + "chartSpace": ("chart", None),
    DIAGRAM + "dataModel": ("SmartArt", None),
    DIAGRAM_DRAWING + "drawing": ("SmartArt copy", ""),
}
"""Ledger content of other parts by root element, and what to count in them: None where the text was counted before."""


def read_word(path: Path, *, name: str) -> Loaded[RawText | None]:
    """Read one Word file; whatever is wrong with it is told as a problem, nothing is raised.

    The text is the document as it stands with all tracked changes accepted. Two readings of the same bytes give
    equal values.

    Args:
        path: The file (.docx, also .docm and .dotx).
        name: How problems name it: its path below the corpus folder, with forward slashes.

    Returns:
        The text as read, or None with an error among the problems when the file is refused.
    """
    try:
        data = read_bytes(path)
        return _Reader(open_package(data, name=name), name).read(hashlib.sha256(data).hexdigest())
    except RefusedError as refused:
        return _refusal(refused, name)
    except RecursionError:
        return _refusal(too_deep(), name)


def _refusal(refused: RefusedError, name: str) -> Loaded[RawText | None]:
    """Return no text and the reason why."""
    severity = Severity.NOTE if refused.code == "IN02" else Severity.ERROR
    return Loaded(None, (Problem(refused.code, severity, name, refused.message, refused.hint),))


class _Reader:
    """Reads one package."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._problems: list[Problem] = []
        self._ledger = Ledger()
        self._visited: set[str] = set()
        self._blocks: list[RawBlock] = []

    def read(self, digest: str) -> Loaded[RawText | None]:
        """Return everything the file holds.

        Args:
            digest: SHA-256 of the file's bytes.

        Raises:
            RefusedError: The main part cannot be read, or any part is harmful.
        """
        package = self._package
        main = self._main_part()
        root = package.xml(main)
        if not is_document(root):
            raise RefusedError(
                "IN23",
                "The main part of the file is not a Word document.",
                "Open it in Word and save it as a Word Document (.docx).",
            )
        links = self._links(main)
        self._styles = Styles(partial(_pieces, package, _part_of(package, links, "styles")), package.parse)
        self._numbering = Numbering(partial(_pieces, package, _part_of(package, links, "numbering")), package.parse)
        self._styles.expect(dict.fromkeys(use.get(VAL, "") for use in root.iter(W + "pStyle", W + "rStyle")))
        for kind in ("styles", "numbering"):
            if not _part_of(package, links, kind) and any(link.type == kind for link in links.values()):
                self._warn("IN31", f"The {kind} part of the file is missing.", _REPAIR)
        self._warn_of_macros()
        body = self._walk(root, main, Story.BODY)
        self._read_notes(body, links)
        self._read_pages(root, links)
        self._count_rest(links)
        self._close()
        return Loaded(RawText(tuple(self._blocks), self._ledger.tallies(), digest), tuple(self._problems))

    def _main_part(self) -> str:
        """Return the name of the main part, found the way Word finds it."""
        package = self._package
        try:
            links = package.relationships("")
        except RefusedError as refused:
            if refused.harmful:
                raise
            links = ()
            self._warn("IN31", "The file's list of parts is damaged.", _REPAIR)
        if "[content_types].xml" in package:
            refuse_doctype(package.read("[content_types].xml"))
        else:
            self._warn("IN31", "The file lacks its list of content types.", _REPAIR)
        for link in links:
            if link.type == "officeDocument":
                if link.target not in package:
                    break
                return link.target
        else:
            if "word/document.xml" in package:
                self._warn("IN31", "The file does not say which part is its main part.", _REPAIR)
                return "word/document.xml"
        raise not_word(package, name=self._name)

    def _links(self, part: str) -> dict[str, Relationship]:
        """Return a part's relationships by id."""
        try:
            links = self._package.relationships(part)
        except RefusedError as refused:
            if refused.harmful:
                raise
            self._warn("IN32", "The document's list of its parts is damaged.", _REPAIR)
            links = ()
        return {link.id: link for link in links}

    def _walk(self, root: etree._Element, part: str, story: Story) -> Walker:
        """Read a part into blocks."""
        self._visited.add(part)
        self._ledger.expect(root)
        walker = self._walker(root, part, story)
        walker.read(root)
        self._blocks += walker.blocks
        return walker

    def _walker(self, root: etree._Element, part: str, story: Story) -> Walker:
        return Walker(
            root,
            part=self._package.written_name(part),
            story=story,
            styles=self._styles,
            numbering=self._numbering,
            ledger=self._ledger,
            handlers=_HANDLERS,
        )

    def _read_notes(self, body: Walker, links: dict[str, Relationship]) -> None:
        """Read the notes that the text refers to, in the order of the text: footnotes, then endnotes."""
        wanted = list(body.notes)
        walkers: dict[str, Walker] = {}
        waiting: dict[str, dict[str, tuple[int, etree._Element]]] = {}
        for kind, note_id in wanted:
            if kind not in waiting:
                root = self._notes_root(kind, links)
                notes = enumerate(root) if root is not None else ()
                waiting[kind] = {note.get(W + "id", ""): (at, note) for at, note in notes}
                if root is not None:
                    walkers[kind] = self._walker(root, _part_of(self._package, links, kind + "s"), _NOTE_STORIES[kind])
            if note_id in waiting[kind]:
                at, note = waiting[kind].pop(note_id)
                walker = walkers[kind]
                before = len(walker.notes)
                walker.read(note, (at,))
                # A note may refer to further notes; each is read once.
                wanted += walker.notes[before:]
        for kind in _NOTE_STORIES:
            if kind in walkers:
                self._blocks += walkers[kind].blocks
            for _, note in waiting.get(kind, {}).values():
                unused = characters_in(note)
                if unused:
                    self._ledger.characters["unused note"] += unused
                    self._ledger.note("unused note")

    def _notes_root(self, kind: str, links: dict[str, Relationship]) -> etree._Element | None:
        """Return the root of the part with one kind of notes, counted in the ledger; None when it is missing."""
        part = _part_of(self._package, links, kind + "s")
        if not part:
            self._warn("IN31", f"The text refers to {kind}s, but the file does not hold them.", _REPAIR)
            return None
        root = self._text_root(part, f"{kind}s")
        if root is not None:
            self._visited.add(part)
            self._ledger.expect(root)
        return root

    def _read_pages(self, root: etree._Element, links: dict[str, Relationship]) -> None:
        """Read the headers and footers that a section of the document shows, each once."""
        for reference in root.iter(*_PAGE_STORIES):
            link = links.get(reference.get(R + "id", ""))
            if link is None or link.target in self._visited:
                continue
            if link.target not in self._package:
                self._warn("IN31", "A header or footer of the document is missing from the file.", _REPAIR)
                continue
            page = self._text_root(link.target, "a header or footer")
            if page is not None:
                self._walk(page, link.target, _PAGE_STORIES[str(reference.tag)])

    def _count_rest(self, links: dict[str, Relationship]) -> None:
        """Count the text of every part that is not read: comments, charts, SmartArt, building blocks."""
        textless = {link.target for link in links.values() if link.type in _TEXTLESS_TYPES}
        for name in self._package.names():
            if not name.endswith(".xml") or name in self._visited or name in textless:
                continue
            if name.startswith(_TEXTLESS_FOLDERS) or name in _TEXTLESS_NAMES:
                continue
            root = self._text_root(name, "nothing that is coded", severity=Severity.WARNING)
            if root is None:
                continue
            content, counted = _OTHER_ROOTS.get(str(root.tag), ("other part", ""))
            found = self._ledger.expect(root)
            self._ledger.characters[content] += found
            if counted:
                self._ledger.note(content, count=len(root.findall(f".//{counted}")))
            elif found and counted is not None:
                self._ledger.note(content)

    def _close(self) -> None:
        """Add what can only be said at the end: lost characters, a text that is empty, damaged helpers."""
        missing = self._ledger.missing()
        if missing:
            self._problems.append(
                Problem(
                    "IN33",
                    Severity.ERROR,
                    self._name,
                    f"{abs(missing)} characters of the file are neither read nor skipped for a known reason.",
                    "Open it in Word, copy its text into a new document, and report the file.",
                )
            )
        if not any(block.text and block.story not in _PAGE_STORIES.values() for block in self._blocks):
            self._warn("IN34", "The file holds no text.", "If it holds scanned pages, ask for the text itself.")
        if self._styles.refused is not None:
            self._warn(
                "IN32", "The styles of the file are damaged, so headings are told by their labels only.", _REPAIR
            )
        if self._numbering.refused is not None:
            self._warn("IN32", "The lists of the file are damaged, so list numbers are not shown.", _REPAIR)

    def _warn_of_macros(self) -> None:
        if any(name.endswith("vbaproject.bin") for name in self._package.names()):
            self._warn(
                "IN30",
                "The file holds macros; they were not run, only the text was read.",
                "Save it as .docx to remove the macros.",
            )

    def _text_root(self, part: str, what: str, *, severity: Severity = Severity.ERROR) -> etree._Element | None:
        """Return the root of a part beside the main one, None with a problem where it is damaged: its text is lost."""
        try:
            return self._package.xml(part)
        except RefusedError as refused:
            if refused.harmful:
                raise
            self._visited.add(part)
            problem = Problem(refused.code, severity, self._name, f"{refused.message} It holds {what}.", refused.hint)
            if problem not in self._problems:
                self._problems.append(problem)
            return None

    def _warn(self, code: str, message: str, hint: str) -> None:
        problem = Problem(code, Severity.WARNING, self._name, message, hint)
        if problem not in self._problems:
            self._problems.append(problem)


def _part_of(package: Package, links: dict[str, Relationship], kind: str) -> str:
    """Return the name of the part a type of relationship points to, empty where the file does not hold it."""
    return next((link.target for link in links.values() if link.type == kind and link.target in package), "")


def _pieces(package: Package, part: str) -> Iterator[bytes] | None:
    """Return a part's bytes in pieces, None where the file does not hold it."""
    return package.pieces(part) if part else None
