"""The comments of a Word file: written as the standard wants them, read with their threads."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.corpus.package import Package
from pipeline.corpus.xmlnames import W14, W
from pipeline.files import ZIP_TIME

if TYPE_CHECKING:
    from lxml.etree import _Element

OURS = "cp"
"""Initials of the comments that casepath writes: they tell them from a reviewer's own."""

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment.

    Attributes:
        id: Its id.
        author: Who wrote it.
        initials: The author's initials.
        lines: Its paragraphs.
        parent: Id of the comment it answers, empty for one of its own.
    """

    id: str
    author: str
    initials: str
    lines: tuple[str, ...]
    parent: str = ""


def read_comments(package: Package, document: str) -> tuple[Comment, ...]:
    """Return the comments of a file, answers with the comment they answer.

    Args:
        package: The file.
        document: Name of its main part.
    """
    parts = {each.type: each.target for each in package.relationships(document)}
    name = parts.get("comments", "")
    if name not in package:
        return ()
    root = package.xml(name)
    paragraphs: dict[str, str] = {}
    comments: list[Comment] = []
    for element in root.iter(W + "comment"):
        held = list(element.iter(W + "p"))
        for paragraph in held:
            paragraphs[paragraph.get(W14 + "paraId", "")] = element.get(W + "id", "")
        lines = tuple(filter(None, (_text(paragraph).strip() for paragraph in held)))
        identity, author = element.get(W + "id", ""), element.get(W + "author", "").strip()
        comments.append(Comment(identity, author, element.get(W + "initials", ""), lines))
    parents = _parents(package, parts.get("commentsExtended", ""), paragraphs)
    return tuple(
        Comment(each.id, each.author, each.initials, each.lines, parents.get(each.id, "")) for each in comments
    )


def _parents(package: Package, name: str, paragraphs: Mapping[str, str]) -> dict[str, str]:
    if name not in package:
        return {}
    found = {}
    for element in package.xml(name).iter(_W15 + "commentEx"):
        child = paragraphs.get(element.get(_W15 + "paraId", ""))
        parent = paragraphs.get(element.get(_W15 + "paraIdParent", ""))
        if child and parent and child != parent:
            found[child] = parent
    return found


def _text(paragraph: "_Element") -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == W + "t":
            parts.append(element.text or "")
        elif element.tag in (W + "br", W + "cr"):
            parts.append("\n")
        elif element.tag == W + "tab":
            parts.append(" ")
    return "".join(parts)


def comment_element(comment: Comment) -> "_Element":
    """Return a comment as it stands in ``comments.xml``."""
    from lxml import etree

    element = etree.Element(
        W + "comment", {W + "id": comment.id, W + "author": comment.author, W + "initials": comment.initials}
    )
    for line in comment.lines:
        run = etree.SubElement(etree.SubElement(element, W + "p"), W + "r")
        text = etree.SubElement(run, W + "t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def with_parts(data: bytes, package: Package, document: str, changed: Mapping[str, bytes], comments: bytes) -> bytes:
    """Return a Word file with some parts changed and a part of comments, linked and typed as the standard wants.

    Args:
        data: The file.
        package: The same, opened.
        document: Name of its main part.
        changed: New bytes of parts, by normalised name.
        comments: The part of comments.
    """
    from lxml import etree

    folder, _, base = document.rpartition("/")
    relations = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    existing = next((each.target for each in package.relationships(document) if each.type == "comments"), "")
    target = existing or (f"{folder}/comments.xml" if folder else "comments.xml")
    new: dict[str, bytes] = {**changed, target: comments}
    if not existing:
        root = package.xml(relations) if relations in package else etree.Element(f"{{{_RELATIONS}}}Relationships")
        taken = {each.get("Id") for each in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdCasepath{n}" not in taken)
        attributes = {"Id": f"rIdCasepath{number}", "Type": _KIND, "Target": "comments.xml"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        new[relations] = xml_bytes(root)
        types = package.xml("[content_types].xml")
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{target}", "ContentType": _CONTENT})
        new["[content_types].xml"] = xml_bytes(types)
    return _zip(data, package, new)


def _zip(data: bytes, package: Package, new: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    left = dict(new)
    known = {package.written_name(name): name for name in package.names()}
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.is_dir():
                continue
            written = info.filename.replace("\\", "/").lstrip("/")
            content = left.pop(known.get(written, written), None)
            _put(target, written, source.read(info) if content is None else content)
        for name, content in left.items():
            _put(target, name, content)
    return buffer.getvalue()


def _put(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    target.writestr(info, content)


def comments_part(package: Package, document: str, added: Iterable[Comment]) -> bytes:
    """Return the part of comments with further ones after those that stand there.

    Args:
        package: The file.
        document: Name of its main part.
        added: The new comments.
    """
    from lxml import etree

    name = next((each.target for each in package.relationships(document) if each.type == "comments"), "")
    bare = etree.Element(W + "comments", nsmap={"w": W.strip("{}")})
    root = package.xml(name) if name in package else bare
    for comment in added:
        root.append(comment_element(comment))
    return xml_bytes(root)


def xml_bytes(root: "_Element") -> bytes:
    """Return XML as Word parts hold it."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
