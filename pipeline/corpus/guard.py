"""The door of the Word reader: says what a file really is, and lets in only what is safe to open."""

import io
import struct
import zipfile
from pathlib import Path, PurePosixPath

from pipeline.corpus.package import Package, normal_name
from pipeline.corpus.refusal import RefusedError

FILE_LIMIT = 100 * 1024 * 1024
"""Most bytes of a file."""

INFLATED_LIMIT = 200 * 1024 * 1024
"""Most bytes that all entries together declare, pictures included (pictures are never unpacked)."""

ENTRY_LIMIT = 4000
"""Most zip entries; the most seen in 1206 real files is 291."""

_WORD_ENDINGS = ("", ".docx", ".docm", ".dotx", ".dotm")
_EXCEL_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")

_SAVE_AS = "Open it in Word, choose File > Save As and the type Word Document (.docx)."
_COPY = "Check that this is the right file, or ask for a new copy."


def is_lock_file(path: Path) -> bool:
    """Say whether a file is the little ``~$`` file that Word keeps beside an open document."""
    return path.name.startswith("~$")


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        RefusedError: It cannot be opened, is too large or is Word's lock file.
    """
    if is_lock_file(path):
        raise RefusedError(
            "IN02",
            "This is the lock file that Word keeps while a document is open, not a document.",
            "Close the document in Word; the lock file then disappears.",
        )
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= FILE_LIMIT else b""
    except OSError:
        raise RefusedError(
            "IN01",
            "The file cannot be opened.",
            "Check that it exists, that you may read it and that no other program holds it.",
        ) from None
    if size > FILE_LIMIT:
        raise RefusedError(
            "IN04", "The file is larger than 100 MB.", "Remove pictures from it, or copy its text into a new document."
        )
    return data


def open_package(data: bytes, *, name: str = "") -> Package:
    """Return the parts of a Word file once it has passed every check that needs no unpacking.

    Args:
        data: The bytes of the file.
        name: The file's name, so that a refusal says what the ending promises; a Word file's when left out.

    Raises:
        RefusedError: It is no zip of Word parts, or one that no honest program writes.
    """
    ending = PurePosixPath(name).suffix.casefold()
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _foreign(data, ending)
    if _most_entries(data) > ENTRY_LIMIT:
        raise RefusedError("IN15", f"The file consists of more than {ENTRY_LIMIT} parts.", _COPY)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.filename.endswith(("/", "\\"))]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, UnicodeError, ValueError, struct.error):
        raise RefusedError(
            "IN13",
            f"The {_program(ending)} file is cut short or damaged, so that it cannot be opened.",
            f"Ask for a new copy, or open it in {_program(ending)} and let {_program(ending)} repair it.",
        ) from None
    return Package(data, _checked(infos, len(data)))


def not_word(package: Package, *, name: str = "") -> RefusedError:
    """Return the refusal of a zip that has no Word document in it.

    Args:
        package: The zip.
        name: The file's name.
    """
    if "xl/workbook.xml" in package:
        return RefusedError("IN14", "The file is an Excel workbook, not a Word document.", _COPY)
    if "ppt/presentation.xml" in package:
        return RefusedError("IN14", "The file is a PowerPoint presentation, not a Word document.", _COPY)
    if "mimetype" in package and "content.xml" in package:
        otherwise = "" if name.casefold().endswith(".odt") else ", whatever its name says"
        return RefusedError("IN09", f"The file is an OpenDocument text (.odt){otherwise}.", _SAVE_AS)
    return RefusedError("IN14", "The file is a zip archive without a Word document in it.", _COPY)


def _most_entries(data: bytes) -> int:
    """Return how many entries a zip can have at most, without reading its table of contents.

    The table's own count may lie, so the signatures are counted: in the table if the file says where that is, in the
    whole file if it has a second, larger kind of table (zip64), which Word never needs.
    """
    end = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    large = data[max(0, end - 20) : end].startswith(b"PK\x06\x07")
    return data.count(b"PK\x01\x02", 0 if large else max(0, end - size))


def _checked(infos: list[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by normalised name, or refuse what two programs would read in two ways."""
    entries: dict[str, zipfile.ZipInfo] = {}
    inflated = 0
    for info in infos:
        name = normal_name(info.filename)
        if name in entries:
            raise RefusedError(
                "IN17", "The file holds two parts of the same name, so two programs would read two texts.", _RESAVE
            )
        if info.flag_bits & 0x41:
            raise _password()
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedError("IN24", "The file is packed in a way that Word does not use.", _RESAVE)
        inflated += info.file_size
        entries[name] = info
    if inflated > INFLATED_LIMIT:
        raise RefusedError(
            "IN16",
            "The file unpacks to more than 200 MB.",
            "Check where the file comes from; remove pictures, or copy its text into a new document.",
        )
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end or info.header_offset + info.compress_size > size:
            raise RefusedError("IN18", "The parts of the file overlap, which no honest program writes.", _RESAVE)
        end = info.header_offset + 30 + info.compress_size
    return entries


_RESAVE = "Check where the file comes from; open it in Word and save it under a new name."


def _password() -> RefusedError:
    return RefusedError(
        "IN05",
        "The file is protected with a password.",
        "Open it in Word, remove the password under File > Info > Protect Document > Encrypt with Password, and save.",
    )


def _program(ending: str) -> str:
    return "Excel" if ending in _EXCEL_ENDINGS else "Word"


def _foreign(data: bytes, ending: str) -> RefusedError:
    """Return the refusal that names what a file is when it is no zip, and that its name promises something else."""

    def called(*endings: str) -> str:
        return "" if ending in endings else ", whatever its name says"

    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    wide = data[:4096].replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if not data:
        return RefusedError("IN03", "The file is empty.", "Ask for a new copy.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(data, called(".doc", ".dot"))
    if head.startswith(b"{\\rt"):
        return RefusedError("IN07", f"The file is in rich text format (RTF){called('.rtf')}.", _SAVE_AS)
    if b"%pdf-" in head[:1024]:
        return RefusedError(
            "IN08",
            f"The file is a PDF{called('.pdf')}.",
            "Ask for the Word file, or open the PDF in Word and save it as .docx.",
        )
    for start in (head, wide):
        if start.startswith((b"<!doctype html", b"<html", b"mime-version:")) or b"<html" in start[:1024]:
            return RefusedError("IN10", f"The file is a web page (HTML){called('.html', '.htm')}.", _SAVE_AS)
        if start.startswith((b"<?xml", b"<pkg:", b"<w:")):
            return RefusedError("IN11", "The file is a single XML file, not a Word document.", _SAVE_AS)
    if b"PK\x01\x02" in data or b"PK\x03\x04" in data:
        return RefusedError(
            "IN13",
            f"The {_program(ending)} file is damaged: its beginning is missing.",
            f"Ask for a new copy, or let {_program(ending)} repair it.",
        )
    kind = "an Excel workbook" if ending in _EXCEL_ENDINGS else "a Word document"
    otherwise = ", whatever its name says" if ending in (*_WORD_ENDINGS, *_EXCEL_ENDINGS) else ""
    return RefusedError("IN12", f"The file is not {kind}{otherwise}.", _COPY)


def _old_office(data: bytes, otherwise: str) -> RefusedError:
    """Return the refusal of an OLE file: an encrypted document or one of Word 97-2003."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return _password()
    if "WordDocument".encode("utf-16-le") in data:
        return RefusedError("IN06", f"The file is in the old Word format (.doc){otherwise}.", _SAVE_AS)
    return RefusedError("IN06", "The file is in an old Office format, not a Word document (.docx).", _SAVE_AS)
