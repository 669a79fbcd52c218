"""A Word file as a zip of parts: bounded reads, strict parsing, relationships.

Part names are looked up without regard to case and with either slash, as Word does.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from pipeline.corpus.refusal import RefusedError, bad_xml, damaged, doctype
from pipeline.corpus.xmlnames import W

PART_LIMIT = 48 * 1024 * 1024
"""Most bytes of one XML part; the largest seen in 1206 real files has 12.6 MB."""

XML_LIMIT = 64 * 1024 * 1024
"""Most bytes of all XML parts together that are read."""

TAG_LIMIT = 1_000_000
"""Most ``<`` in all XML parts together: what keeps a file below 2 seconds and 200 MB. The largest of 1206 real files,
of some hundred pages, has 370,000 elements, which is at most 740,000."""

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACE = re.compile(
    rb"(\bxmlns(?::[\w.-]{1,100})?\s{0,10}=\s{0,10}[\"'])http://purl\.oclc\.org/ooxml/(\w{1,100})/([\w/]{1,200})"
)
_HEAD = 64 * 1024
_PIECE = 40 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PLAIN_TARGET = re.compile(r"[\w-]+(?:[./][\w-]+)*", re.ASCII)
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a part's ``.rels``.

    Attributes:
        id: The id by which the part refers to it.
        type: The last word of its type ("footnotes", "officeDocument").
        target: The normalised name of the part it points to; empty when it points outside the file.
    """

    id: str
    type: str
    target: str


class Package:
    """The parts of one file.

    Args:
        data: The bytes of the file.
        entries: Zip entries by normalised name; the guard has checked them.
    """

    def __init__(self, data: bytes, entries: Mapping[str, zipfile.ZipInfo]) -> None:
        self._data = data
        self._entries = entries
        self._bytes_left = XML_LIMIT
        self._tags_left = TAG_LIMIT
        self._parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=False,
            remove_comments=True,
            remove_pis=True,
        )

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """Return the normalised names of all parts, sorted."""
        return tuple(sorted(self._entries))

    def written_name(self, name: str) -> str:
        """Return a part's name as the file spells it, with forward slashes."""
        return self._entries[name].filename.replace("\\", "/").lstrip("/")

    def read(self, name: str) -> bytes:
        """Return the bytes of one XML part, inflated within the limits.

        Args:
            name: The part's normalised name; it must exist.

        Raises:
            RefusedError: The part is too large or damaged.
        """
        return _tidied(_inflate(self._data, self._admit(name)))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of one XML part from its beginning, unpacked only as far as they are asked for.

        Args:
            name: The part's normalised name; it must exist.

        Raises:
            RefusedError: The part is too large or damaged; damage is told when it is reached.
        """
        info = self._admit(name)
        packed = _packed(self._data, info)
        if info.file_size <= _PIECE or info.compress_type == zipfile.ZIP_STORED:
            yield _tidied(_inflate(self._data, info))
            return
        unpacker = zlib.decompressobj(-15)
        piece = _unpack(unpacker, packed, _PIECE)
        if _is_special(piece):
            yield _tidied(_inflate(self._data, info))
            return
        checksum = size = 0
        while piece:
            checksum = zlib.crc32(piece, checksum)
            size += len(piece)
            yield piece
            # Ever larger pieces, so that putting them together takes no more than twice their length.
            piece = _unpack(unpacker, unpacker.unconsumed_tail, min(size, info.file_size - size + 1))
        if size != info.file_size or checksum != info.CRC:
            raise damaged()

    def _admit(self, name: str) -> zipfile.ZipInfo:
        """Return a part's entry if its declared size is within the limits."""
        info = self._entries[name]
        if info.file_size > min(PART_LIMIT, self._bytes_left):
            raise RefusedError(
                "IN16",
                "The file unpacks to far more text than a case description can hold.",
                "Check where the file comes from; open it in Word and copy its text into a new document.",
                harmful=True,
            )
        self._bytes_left -= info.file_size
        return info

    def parse(self, data: bytes) -> etree._Element:
        """Return the root element of XML bytes, parsed strictly and without any outside access.

        Raises:
            RefusedError: It is not well-formed, too large, too deeply nested or has a document type definition.
        """
        refuse_doctype(data)
        self._tags_left -= data.count(b"<")
        if self._tags_left < 0:
            raise RefusedError(
                "IN22",
                "The file holds far more markup than a case description can need.",
                "Check where the file comes from; open it in Word and copy its text into a new document.",
                harmful=True,
            )
        try:
            root = etree.fromstring(data, self._parser)
        except etree.XMLSyntaxError as error:
            raise bad_xml(str(error)) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise doctype()
        return root

    def xml(self, name: str) -> etree._Element:
        """Return the root element of one part; see ``read`` and ``parse``."""
        return self.parse(self.read(name))

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relationships of a part in file order; none when it has no ``.rels``.

        Args:
            part: The part's normalised name, empty for the package itself.

        Raises:
            RefusedError: The ``.rels`` part is damaged.
        """
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if name not in self._entries:
            return ()
        found = []
        for element in self.xml(name).iter(_RELATIONSHIP):
            kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
            outside = element.get("TargetMode", "") == "External"
            target = "" if outside else self._resolve(folder, element.get("Target", ""))
            found.append(Relationship(element.get("Id", ""), kind, target))
        return tuple(found)

    def _resolve(self, folder: str, target: str) -> str:
        """Return the normalised name a relationship's target stands for, seen from a folder."""
        if _PLAIN_TARGET.fullmatch(target):
            return (f"{folder}/{target}" if folder else target).casefold()
        target = target.replace("\\", "/").partition("#")[0]
        joined = target if target.startswith("/") else posixpath.join("/", folder, target)
        name = posixpath.normpath(joined).lstrip("/").casefold() if target else ""
        return name if name in self._entries else unquote(name)


def refuse_doctype(data: bytes) -> None:
    """Refuse XML that brings its own entities, before any parser sees it.

    Raises:
        RefusedError: It has a document type definition.
    """
    if b"<!DOCTYPE" in data:
        raise doctype()


def normal_name(name: str) -> str:
    """Return a zip entry's name in the form parts are looked up by."""
    return name.replace("\\", "/").lstrip("/").casefold()


def is_document(root: etree._Element) -> bool:
    """Say whether a root element is that of a Word document's main part."""
    return root.tag == W + "document"


def _packed(data: bytes, info: zipfile.ZipInfo) -> memoryview:
    """Return the packed bytes of one zip entry."""
    start = info.header_offset
    header = data[start : start + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise damaged()
    fields = _LOCAL_HEADER.unpack(header)
    start += _LOCAL_HEADER.size + fields[-2] + fields[-1]
    return memoryview(data)[start : start + info.compress_size]


def _unpack(unpacker: "zlib._Decompress", packed: bytes | memoryview, most: int) -> bytes:
    """Return the next bytes of a deflated entry, at most as many as asked for."""
    try:
        return unpacker.decompress(packed, most)
    except zlib.error:
        raise damaged() from None


def _inflate(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """Return the content of one zip entry, never more than it declares, checked by its checksum."""
    packed = _packed(data, info)
    if info.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    else:
        content = _unpack(zlib.decompressobj(-15), packed, info.file_size + 1)
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise damaged()
    return content


def _is_special(data: bytes) -> bool:
    """Say whether XML must be rewritten before it is parsed."""
    return data.startswith(_UTF_16) or data.find(_STRICT, 0, _HEAD) >= 0


def _tidied(data: bytes) -> bytes:
    """Return XML as UTF-8 and with the namespaces of Strict Open XML turned into the usual ones."""
    if not _is_special(data):
        return data
    if data.startswith(_UTF_16):
        data = _as_utf8(data)
    return _STRICT_NAMESPACE.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/\3", data)


def _as_utf8(data: bytes) -> bytes:
    """Return UTF-16 XML as UTF-8, so that all later checks see the same bytes as the parser."""
    try:
        return _DECLARATION.sub("", data.decode("utf-16")).encode("utf-8")
    except UnicodeError:
        raise bad_xml("") from None
