"""Builds files that are no Word files, are damaged, or try to harm whoever opens them; all by script."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.word_files import DECLARED, HEAD, cell, control, docx_parts, part, relationships, table, text, write_zip

MEGABYTE = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BODY = "<w:body>{}</w:body>"


def document(path: Path, inside: str | bytes, *, doctype: str = "") -> Path:
    """Write a file whose main part is given as it stands, without the usual frame round a body."""
    parts = docx_parts("")
    if isinstance(inside, bytes):
        parts["word/document.xml"] = inside
    else:
        parts["word/document.xml"] = f"{HEAD}{doctype}<w:document {DECLARED}>{BODY.format(inside)}</w:document>"
    return write_zip(path, parts)


def _with(path: Path, more: dict[str, str | bytes], *, drop: tuple[str, ...] = (), body: str = "") -> Path:
    """Write an ordinary file with parts added, replaced or dropped."""
    parts = docx_parts(body or text("tekst"), more=more)
    return write_zip(path, {name: content for name, content in parts.items() if name not in drop})


def _bytes(data: bytes) -> Callable[[Path], Path]:
    def build(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return build


def _changed(change: Callable[[bytearray], bytes | bytearray]) -> Callable[[Path], Path]:
    """Write an ordinary file, its parts stored without packing, with its bytes changed."""

    def build(path: Path) -> Path:
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
            for name, content in docx_parts(text("ordinær tekst")).items():
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
        path.write_bytes(change(bytearray(memory.getvalue())))
        return path

    return build


def _flip_text(data: bytearray) -> bytearray:
    at = data.index("ordinær".encode())
    data[at] ^= 1
    return data


def _overlap(data: bytearray) -> bytearray:
    """Let the second entry of the central directory point at the first one's data."""
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return data


def _wrong_size(data: bytearray) -> bytearray:
    """Declare the main part ten bytes shorter than it is."""
    at = data.index(b"word/document.xml", data.index(b"PK\x01\x02")) - 46
    (size,) = struct.unpack_from("<I", data, at + 24)
    struct.pack_into("<II", data, at + 20, size - 10, size - 10)
    return data


def _encrypted_flag(data: bytearray) -> bytearray:
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return data


def _duplicate(path: Path, name: str) -> Path:
    parts = [*docx_parts(text("den ene")).items(), (name, part("document", BODY.format(text("den anden"))))]
    return write_zip(path, parts)


def _renamed(path: Path, names: dict[str, str]) -> Path:
    parts = docx_parts(text("tekst"))
    return write_zip(path, {names.get(name, name): content for name, content in parts.items()})


def _backslashes(path: Path) -> Path:
    """Write an ordinary file whose entry names are spelled with backslashes."""
    data = write_zip(path, docx_parts(text("tekst"))).read_bytes()
    path.write_bytes(data.replace(b"word/", b"word\\").replace(b"_rels/", b"_rels\\"))
    return path


def _lzma(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in docx_parts(text("x")).items():
            archive.writestr(name, content)
    return path


LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
NESTED_TABLE = "<w:tbl><w:tr><w:tc>"
NESTED_TABLE_END = "</w:tc></w:tr></w:tbl>"
NESTED_CONTROL = "<w:sdt><w:sdtContent>"
NESTED_CONTROL_END = "</w:sdtContent></w:sdt>"
ODT = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")]

REFUSED: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "an empty file": ("IN03", _bytes(b"")),
    "a password-protected file": ("IN05", _bytes(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))),
    "an encrypted zip entry": ("IN05", _changed(_encrypted_flag)),
    "an old Word file": ("IN06", _bytes(OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"))),
    "another old Office file": ("IN06", _bytes(OLE + b"\0" * 500)),
    "rich text": ("IN07", _bytes(b"{\\rtf1\\ansi tekst}")),
    "a PDF": ("IN08", _bytes(b"%PDF-1.7\n%\xe2\xe3")),
    "an OpenDocument text": ("IN09", lambda path: write_zip(path, ODT)),
    "a web page": ("IN10", _bytes(b"\xef\xbb\xbf<!DOCTYPE html><html><body>tekst</body></html>")),
    "a web page in UTF-16": ("IN10", _bytes("<html><body>tekst</body></html>".encode("utf-16"))),
    "a web archive": ("IN10", _bytes(b"MIME-Version: 1.0\nContent-Type: multipart/related")),
    "a flat XML file": ("IN11", _bytes(b"<?xml version='1.0'?><pkg:package xmlns:pkg='x'/>")),
    "plain text": ("IN12", _bytes(b"bare lidt tekst")),
    "noise": ("IN12", _bytes(bytes(range(256)) * 40)),
    "a truncated file": ("IN13", _changed(lambda data: data[: len(data) // 2])),
    "a file without its beginning": ("IN13", _changed(lambda data: data[10:])),
    "an empty zip": ("IN14", lambda path: write_zip(path, [])),
    "another zip": ("IN14", lambda path: write_zip(path, [("a.txt", "b")])),
    "an Excel workbook": ("IN14", lambda path: write_zip(path, [("xl/workbook.xml", "<x/>")])),
    "a PowerPoint presentation": ("IN14", lambda path: write_zip(path, [("ppt/presentation.xml", "<x/>")])),
    "a file without its main part": ("IN14", lambda path: _with(path, {}, drop=("word/document.xml",))),
    "a main part outside the file": (
        "IN14",
        lambda path: _with(path, {"_rels/.rels": relationships([("r1", "officeDocument", "../../../etc/passwd")])}),
    ),
    "five thousand parts": (
        "IN15",
        lambda path: _with(path, {f"word/media/{number}.png": b"" for number in range(5000)}),
    ),
    "60 MB of empty paragraphs": ("IN16", lambda path: document(path, "<w:p/>" * (10 * MEGABYTE))),
    "120 MB of text": ("IN16", lambda path: document(path, text("Han gik en tur i dag. " * 1000) * 5450)),
    "one text of 40 MB": ("IN16", lambda path: document(path, text("x" * (40 * MEGABYTE)))),
    "an attribute of 20 MB": (
        "IN16",
        lambda path: document(path, f'<w:p w:rsidR="{"0" * (20 * MEGABYTE)}"/>'),
    ),
    "250 MB of pictures": (
        "IN16",
        lambda path: _with(path, {f"word/media/{at}.bmp": b"\0" * (50 * MEGABYTE) for at in range(5)}),
    ),
    "two main parts of one name": ("IN17", lambda path: _duplicate(path, "word/document.xml")),
    "two main parts but for case": ("IN17", lambda path: _duplicate(path, "Word/Document.XML")),
    "two main parts but for slashes": ("IN17", lambda path: _duplicate(path, "/word/document.xml")),
    "a flipped bit": ("IN18", _changed(_flip_text)),
    "overlapping entries": ("IN18", _changed(_overlap)),
    "a wrong declared size": ("IN18", _changed(_wrong_size)),
    "a billion laughs": ("IN19", lambda path: document(path, text("X").replace("X", "&i;"), doctype=LAUGHS)),
    "a billion laughs in an attribute": (
        "IN19",
        lambda path: document(path, '<w:p w:rsidR="&i;"/>', doctype=LAUGHS),
    ),
    "a quadratic entity": (
        "IN19",
        lambda path: document(path, "&a;" * 10_000, doctype=f'<!DOCTYPE w:document [<!ENTITY a "{"x" * 100_000}">]>'),
    ),
    "a harmless entity": (
        "IN19",
        lambda path: document(path, text("X").replace("X", "&a;"), doctype='<!DOCTYPE w [<!ENTITY a "ord">]>'),
    ),
    "an outside entity": (
        "IN19",
        lambda path: document(
            path,
            text("X").replace("X", "&a;"),
            doctype=f'<!DOCTYPE w [<!ENTITY a SYSTEM "{path.with_name("secret.txt").as_uri()}">]>',
        ),
    ),
    "an outside definition": (
        "IN19",
        lambda path: document(path, text("x"), doctype='<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'),
    ),
    "an entity in UTF-16": (
        "IN19",
        lambda path: document(
            path, f'<!DOCTYPE w [<!ENTITY a "b">]><w:document {DECLARED}>&a;</w:document>'.encode("utf-16")
        ),
    ),
    "laughs in the content types": (
        "IN19",
        lambda path: _with(path, {"[Content_Types].xml": HEAD + LAUGHS + "<Types>&i;</Types>"}),
    ),
    "laughs in the styles": (
        "IN19",
        lambda path: _with(path, {"word/styles.xml": f"{HEAD}{LAUGHS}<w:styles {DECLARED}>&i;</w:styles>"}),
    ),
    "laughs in the comments": (
        "IN19",
        lambda path: _with(path, {"word/comments.xml": f"{HEAD}{LAUGHS}<w:comments {DECLARED}>&i;</w:comments>"}),
    ),
    "bad UTF-8": ("IN20", lambda path: document(path, part("document", "").encode() + b"\xff\xfe")),
    "a control character": ("IN20", lambda path: document(path, text("a\x01b"))),
    "an unclosed tag": ("IN20", lambda path: document(path, "<w:p>")),
    "an unknown entity": ("IN20", lambda path: document(path, "<w:p>&nbsp;</w:p>")),
    "an empty main part": ("IN20", lambda path: document(path, b"")),
    "ten thousand nested tables": (
        "IN21",
        lambda path: document(path, NESTED_TABLE * 10_000 + text("x") + NESTED_TABLE_END * 10_000),
    ),
    "four hundred nested controls": (
        "IN21",
        lambda path: document(path, NESTED_CONTROL * 400 + text("x") + NESTED_CONTROL_END * 400),
    ),
    "two million elements": ("IN22", lambda path: document(path, "<w:p/>" * (2 * MEGABYTE))),
    "a main part that is a theme": (
        "IN23",
        lambda path: _with(path, {"word/document.xml": '<a:theme xmlns:a="urn:a"/>'}),
    ),
    "a packing Word does not use": ("IN24", _lzma),
}
"""Files that must be refused: the problem's code and what builds the file."""


READ: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "150 MB of pictures": ("tekst", lambda path: _with(path, {"word/media/a.bmp": b"\0" * (150 * MEGABYTE)})),
    "two hundred thousand attributes": (
        "tekst",
        lambda path: document(path, "<w:p " + " ".join(f'a{at}="1"' for at in range(200_000)) + "/>" + text("tekst")),
    ),
    "path traversal in entry names": ("tekst", lambda path: _with(path, {"../../evil.txt": "x", "C:\\evil.txt": "x"})),
    "a macro file": ("tekst", lambda path: _with(path, {"word/vbaProject.bin": b"\0" * 10})),
    "a template by content type": (
        "tekst",
        lambda path: _with(path, {"[Content_Types].xml": "<Types><!-- template.main+xml --></Types>"}),
    ),
    "a file without content types": ("tekst", lambda path: _with(path, {}, drop=("[Content_Types].xml",))),
    "a file without package relationships": ("tekst", lambda path: _with(path, {}, drop=("_rels/.rels",))),
    "a file without document relationships": (
        "tekst",
        lambda path: _with(path, {}, drop=("word/_rels/document.xml.rels",)),
    ),
    "a dangling relationship": (
        "tekst",
        lambda path: _with(
            path,
            {"word/_rels/document.xml.rels": relationships([("r1", "image", "NULL"), ("r2", "styles", "no.xml")])},
        ),
    ),
    "an external template": (
        "tekst",
        lambda path: _with(
            path,
            {
                "word/settings.xml": part("settings", '<w:attachedTemplate r:id="r1"/>'),
                "word/_rels/settings.xml.rels": relationships([("r1", "attachedTemplate", "http://127.0.0.1:9/x")]),
            },
        ),
    ),
    "XInclude": (
        "tekst",
        lambda path: document(
            path,
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>' + text("tekst"),
        ),
    ),
    "a cell of a hundred million columns": (
        "tekst",
        lambda path: document(path, f"<w:tbl><w:tr>{cell('tekst', span=100_000_000)}</w:tr></w:tbl>"),
    ),
    "a merge of two thousand rows": (
        "tekst",
        lambda path: document(
            path,
            f"<w:tbl><w:tr>{cell('tekst', merge='restart')}</w:tr>"
            + f"<w:tr>{cell('<w:p/>', merge='continue')}</w:tr>" * 2000
            + "</w:tbl>",
        ),
    ),
    "ten thousand tables": ("tekst", lambda path: document(path, table(["tekst"]) * 10_000)),
    "a paragraph of a hundred thousand runs": (
        "tekst",
        lambda path: document(path, "<w:p>" + "<w:r><w:t>tekst </w:t></w:r>" * 100_000 + "</w:p>"),
    ),
    "names in other case": (
        "tekst",
        lambda path: _renamed(
            path,
            {
                "word/document.xml": "WORD/Document.XML",
                "_rels/.rels": "_RELS/.RELS",
                "word/styles.xml": "word/STYLES.xml",
            },
        ),
    ),
    "names with backslashes": ("tekst", _backslashes),
    "a decoy main part": (
        "ægte",
        lambda path: _with(
            path,
            {
                "_rels/.rels": relationships([("r1", "officeDocument", "word/real.xml")]),
                "word/real.xml": part("document", BODY.format(text("ægte"))),
            },
        ),
    ),
    "text in UTF-16": (
        "æøå",
        lambda path: document(
            path,
            f'<?xml version="1.0" encoding="UTF-16"?><w:document {DECLARED}>'.encode("utf-16")
            + f"{BODY.format(text('æøå'))}</w:document>".encode("utf-16-le"),
        ),
    ),
    "a hundred nested controls": (
        "tekst",
        lambda path: document(path, NESTED_CONTROL * 100 + text("tekst") + NESTED_CONTROL_END * 100),
    ),
    "eighty nested tables": (
        "tekst",
        lambda path: document(path, NESTED_TABLE * 80 + text("tekst") + NESTED_TABLE_END * 80),
    ),
    "a control round a hundred thousand paragraphs": (
        "tekst",
        lambda path: document(path, control("<w:p/>" * 100_000 + text("tekst"), alias="a")),
    ),
}
"""Files that must be read: a text they hold and what builds the file."""
