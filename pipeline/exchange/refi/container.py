"""Opening a .qdpx or .qdc: nothing is written to disk, no path of the file is followed, every size has a limit."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST_FILE = 1024**3
_MOST_ENTRIES = 20_000
_LARGEST_TEXT = 200 * 1024 * 1024
"""Bytes of the project's XML, and of all texts together, once unpacked."""
_RATIO = 1000

_COPY = "Export it again from the program that made it."


class ExchangeError(PipelineError):
    """A file of another program cannot be used."""


@dataclass(slots=True)
class Container:
    """The parts of a file, by their plain names in lower case.

    Attributes:
        xml: The project's or codebook's XML.
        parts: Where each part is in the zip.
        archive: The zip; None for a bare codebook.
        left: Bytes that may still be unpacked.
    """

    xml: bytes
    parts: dict[str, zipfile.ZipInfo]
    archive: zipfile.ZipFile | None
    left: int = _LARGEST_TEXT

    def text(self, address: str) -> bytes | None:
        """Return the bytes of a part that the XML names; None when it is not in the file.

        Args:
            address: As written (``internal://GUID.txt``); only its last part counts.
        """
        name = address.replace("\\", "/").rsplit("/", 1)[-1].casefold()
        info = self.parts.get(name)
        if info is None or self.archive is None:
            return None
        data = _unpacked(self.archive, info, self.left)
        self.left -= len(data)
        return data


def open_container(path: Path) -> Container:
    """Open a project or codebook file.

    Args:
        path: The file.

    Raises:
        ExchangeError: It is none, or one that no honest program writes.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ExchangeError(f"{path.name} is larger than 1 GB.", hint="Export it without audio and video.")
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{path.name} cannot be read.", hint="Check the name and that you may read it.") from error
    if not data.startswith(b"PK"):
        return Container(data, {}, None)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError) as error:
        raise ExchangeError(f"{path.name} is damaged.", hint=_COPY) from error
    if len(infos) > _MOST_ENTRIES:
        raise ExchangeError(f"{path.name} consists of more than {_MOST_ENTRIES} parts.", hint=_COPY)
    roots = [each for each in infos if each.filename.casefold().endswith(".qde") and "/" not in each.filename]
    if len(roots) != 1:
        raise ExchangeError(f"{path.name} has no project in it, or several.", hint=_COPY)
    parts = {info.filename.replace("\\", "/").rsplit("/", 1)[-1].casefold(): info for info in infos}
    return Container(_unpacked(archive, roots[0], _LARGEST_TEXT), parts, archive)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    if info.flag_bits & 0x1:
        raise ExchangeError("The file is protected with a password.", hint="Export it without one.")
    if info.file_size > most or info.file_size > max(1, info.compress_size) * _RATIO:
        raise ExchangeError("The file unpacks to more than it may hold.", hint=_COPY)
    try:
        with archive.open(info) as part:
            data = part.read(most + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise ExchangeError("A part of the file is damaged.", hint=_COPY) from error
    if len(data) > most:
        raise ExchangeError("The file unpacks to more than it may hold.", hint=_COPY)
    return data


def parse(xml: bytes) -> "_Element":
    """Parse the XML, without document types, entities or anything from outside.

    Raises:
        ExchangeError: It is not well-formed, or holds a document type.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError("The file is no REFI-QDA file: its XML is not well-formed.", hint=_COPY) from error
    if b"<!DOCTYPE" in xml:
        raise ExchangeError("The file's XML has a document type, which the standard does not know.", hint=_COPY)
    return root
