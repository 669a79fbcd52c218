"""Reading REFI-QDA of any vendor: names are matched without their namespace's version, what is not taken is counted."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exchange.refi.container import Container, ExchangeError, open_container, parse
from pipeline.exchange.refi.values import Loss, RefiCode, RefiCoding, RefiFile, RefiSelection, RefiSource

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST = 60
_BOM = "\ufeff"
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_REASONS = {
    "PictureSource": "casepath codes text only",
    "AudioSource": "casepath codes text only",
    "VideoSource": "casepath codes text only",
    "PDFSelection": "a stretch of a page, not of text; the text selections of the same document are read",
    "Note": "memos stay with their program",
    "Link": "links stay with their program",
    "Set": "sets and document groups stay with their program",
    "Graph": "graphs stay with their program",
    "Variable": "casepath takes attributes from corpus/cases.csv",
    "Case": "casepath takes attributes from corpus/cases.csv",
    "colour": "it is no colour of the form #RRGGBB",
    "selection": "its positions are no numbers, or reversed",
    "duplicate GUID": "two codes share it; the first holds",
    "case code": "it names a case, not a code",
    "unknown code": "the file has no such code",
    "text": "the file lacks it, or it is not UTF-8",
    "Transcript": "casepath codes text only",
}


def read_refi(path: Path) -> RefiFile:
    """Read a codebook (.qdc) or project (.qdpx).

    Args:
        path: The file.

    Raises:
        ExchangeError: It is none.
    """
    container = open_container(path)
    root = parse(container.xml)
    if _name(root) not in ("Project", "CodeBook"):
        raise ExchangeError(f"{path.name} is no REFI-QDA file.", hint="Choose a file that ends in .qdpx or .qdc.")
    return _Reader(container, root).read()


def _name(element: "_Element") -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _children(element: "_Element", *names: str) -> Iterator["_Element"]:
    for child in element:
        if _name(child) in names:
            yield child


def guid_of(text: str | None) -> str:
    """Return a GUID as casepath compares it: upper case, without braces."""
    return (text or "").strip().strip("{}").upper()


class _Reader:
    """Reads one file, counting what is left behind."""

    def __init__(self, container: Container, root: "_Element") -> None:
        self.container, self.root = container, root
        self.lost: Counter[str] = Counter()
        self.codes: dict[str, RefiCode] = {}
        self.cases: set[str] = set()

    def read(self) -> RefiFile:
        root = self.root
        books = [root] if _name(root) == "CodeBook" else list(_children(root, "CodeBook"))
        for book in books:
            for codes in _children(book, "Codes"):
                self._codes(codes, (), 0)
            self._count(book, "Sets", "Set")
        self.cases = {
            guid_of(each.get("guid")) for group in _children(root, "Cases") for each in _children(group, "Case")
        }
        users = tuple(
            (guid_of(each.get("guid")), each.get("name") or each.get("id") or "")
            for group in _children(root, "Users")
            for each in _children(group, "User")
        )
        sources = tuple(self._sources())
        for group, item in (("Notes", "Note"), ("Links", "Link"), ("Sets", "Set"), ("Graphs", "Graph")):
            self._count(root, group, item)
        self._count(root, "Variables", "Variable")
        self._count(root, "Cases", "Case")
        losses = tuple(Loss(kind, count, _REASONS[kind]) for kind, count in sorted(self.lost.items()) if count)
        name = root.get("name") or ""
        return RefiFile(name, root.get("origin") or "", users, tuple(self.codes.values()), sources, losses)

    def _count(self, parent: "_Element", group: str, item: str) -> None:
        self.lost[item] += sum(1 for each in _children(parent, group) for _ in _children(each, item))

    def _codes(self, parent: "_Element", path: tuple[str, ...], depth: int) -> None:
        if depth > _DEEPEST:
            raise ExchangeError("The codes of the file are nested too deep.", hint="Export a flatter code system.")
        for element in _children(parent, "Code"):
            guid, name = guid_of(element.get("guid")), (element.get("name") or "").strip()
            color = element.get("color") or ""
            if color and not _COLOUR.fullmatch(color):
                self.lost["colour"] += 1
                color = ""
            code = RefiCode(
                guid,
                name,
                (*path, name),
                (element.get("isCodable") or "true").strip().lower() not in ("false", "0"),
                color,
                _text(element, "Description"),
            )
            if guid in self.codes:
                self.lost["duplicate GUID"] += 1
            else:
                self.codes[guid] = code
            self._codes(element, code.path, depth + 1)

    def _sources(self) -> Iterator[RefiSource]:
        for group in _children(self.root, "Sources"):
            for element in group:
                kind = _name(element)
                if kind == "TextSource":
                    yield self._source(element, element)
                elif kind == "PDFSource":
                    self.lost["PDFSelection"] += sum(1 for _ in _children(element, "PDFSelection"))
                    for representation in _children(element, "Representation"):
                        yield self._source(representation, element)
                elif kind in _REASONS:
                    self.lost[kind] += 1

    def _source(self, element: "_Element", named: "_Element") -> RefiSource:
        raw, mark = self._text_of(element)
        if raw is None:
            self.lost["text"] += 1
        selections = tuple(filter(None, (self._selection(each) for each in _children(element, "PlainTextSelection"))))
        whole = tuple(self._codings(element))
        name = named.get("name") or element.get("name") or ""
        return RefiSource(guid_of(named.get("guid")), name, raw, mark, selections, whole)

    def _text_of(self, element: "_Element") -> tuple[str | None, bool]:
        """The plain text, inline or as a part of the file, with line ends as they are."""
        inline = next(_children(element, "PlainTextContent"), None)
        path = element.get("plainTextPath")
        if path:
            data = self.container.text(path)
            if data is not None:
                try:
                    text = data.decode("utf-8")
                except UnicodeDecodeError:
                    return None, False
                return text.removeprefix(_BOM), text.startswith(_BOM)
        if inline is not None:
            return inline.text or "", False
        return None, False

    def _selection(self, element: "_Element") -> RefiSelection | None:
        try:
            start, end = int(element.get("startPosition") or ""), int(element.get("endPosition") or "")
        except ValueError:
            start, end = 0, -1
        if start < 0 or end < start:
            self.lost["selection"] += 1
            return None
        return RefiSelection(
            guid_of(element.get("guid")),
            start,
            end,
            element.get("name") or "",
            _text(element, "Description"),
            tuple(self._codings(element)),
        )

    def _codings(self, element: "_Element") -> Iterator[RefiCoding]:
        for coding in _children(element, "Coding"):
            target = next((guid_of(each.get("targetGUID")) for each in _children(coding, "CodeRef")), "")
            if target in self.codes:
                yield RefiCoding(target, guid_of(coding.get("creatingUser")), coding.get("creationDateTime") or "")
            else:
                self.lost["case code" if target in self.cases else "unknown code"] += 1


def _text(element: "_Element", name: str) -> str:
    found = next(_children(element, name), None)
    return (found.text or "").strip() if found is not None else ""
