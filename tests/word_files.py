"""Builds Word files by script, ordinary and odd ones; all texts are invented.

``make_docx(path, body)`` writes a whole file round some WordprocessingML; the small functions return pieces of it.
"""

import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = "http://schemas.openxmlformats.org/"
NAMESPACES = {
    "w": f"{TRANSITIONAL}wordprocessingml/2006/main",
    "r": f"{TRANSITIONAL}officeDocument/2006/relationships",
    "m": f"{TRANSITIONAL}officeDocument/2006/math",
    "a": f"{TRANSITIONAL}drawingml/2006/main",
    "wp": f"{TRANSITIONAL}drawingml/2006/wordprocessingDrawing",
    "pic": f"{TRANSITIONAL}drawingml/2006/picture",
    "c": f"{TRANSITIONAL}drawingml/2006/chart",
    "dgm": f"{TRANSITIONAL}drawingml/2006/diagram",
    "mc": f"{TRANSITIONAL}markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = f"{TRANSITIONAL}officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FIXED_DATE = (2020, 1, 1, 0, 0, 0)

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Overskrift1"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Afsnit"><w:name w:val="Afsnit"/><w:basedOn w:val="Overskrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/><w:rPr><w:sz w:val="52"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Indholdsfortegnelse1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Skjult"><w:name w:val="Skjult"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Fed"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="SkjultTegn"><w:name w:val="Skjult tegn"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def _level(at: int, look: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{look}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


_SYMBOL_FONT = '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + _level(0, "decimal", "%1.")
    + _level(1, "decimal", "%1.%2")
    + _level(2, "lowerLetter", "%3)")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
    + f"{_SYMBOL_FONT}</w:lvl></w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="2">'
    + _level(0, "upperRoman", "%1.")
    + _level(1, "upperLetter", "%2.")
    + _level(2, "decimal", "%1.%3", "<w:isLgl/>")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    + '<w:num w:numId="4"><w:abstractNumId w:val="0"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)
"""Lists 1 (1., 1.1, a)), 2 (bullets), 3 (I., A., decimal) and 4 (list 1 starting again from 7)."""


def run(text: str, *, bold: bool = False, size: float = 0, hidden: bool = False, style: str = "") -> str:
    """Return a run of text."""
    looks = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/>" if bold else "")
        + ("<w:vanish/>" if hidden else "")
        + (f'<w:sz w:val="{int(size * 2)}"/>' if size else "")
    )
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(
    *inside: str,
    style: str = "",
    num: int | None = None,
    ilvl: int | None = None,
    outline: int = 0,
    mark: str = "",
    frame: str = "",
) -> str:
    """Return a paragraph of runs and other pieces; ``mark`` goes into the properties of its paragraph mark."""
    level = f'<w:ilvl w:val="{ilvl}"/>' if ilvl is not None else ""
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + frame
        + (f'<w:numPr>{level}<w:numId w:val="{num}"/></w:numPr>' if num is not None else "")
        + (f'<w:outlineLvl w:val="{outline - 1}"/>' if outline else "")
        + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(inside)}</w:p>"


def text(words: str, *, style: str = "") -> str:
    """Return a paragraph of plain text."""
    return para(run(words), style=style)


def table(*rows: Sequence[str]) -> str:
    """Return a table; a cell is the XML of its paragraphs, or plain text."""
    lines = "".join(f"<w:tr>{''.join(cell(inside) for inside in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def cell(inside: str, *, span: int = 1, merge: str | None = None) -> str:
    """Return a table cell; ``merge`` is "restart" or "continue" for a vertical merge."""
    properties = (f'<w:gridSpan w:val="{span}"/>' if span != 1 else "") + (
        f'<w:vMerge w:val="{merge}"/>' if merge else ""
    )
    content = inside if inside.startswith("<") else text(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def control(
    inside: str, *, alias: str = "", tag: str = "", prompt: bool = False, gallery: str = "", more: str = ""
) -> str:
    """Return a content control round runs, paragraphs, rows or cells; ``prompt`` marks it as not filled in."""
    properties = (
        (f"<w:alias w:val={quoteattr(alias)}/>" if alias else "")
        + (f"<w:tag w:val={quoteattr(tag)}/>" if tag else "")
        + ("<w:showingPlcHdr/>" if prompt else "")
        + (f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else "")
        + more
    )
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def inserted(inside: str) -> str:
    """Return content inserted as a tracked change."""
    return f'<w:ins w:id="1" w:author="X">{inside}</w:ins>'


def deleted(words: str) -> str:
    """Return text deleted as a tracked change."""
    return f'<w:del w:id="2" w:author="X"><w:r><w:delText>{escape(words)}</w:delText></w:r></w:del>'


def field(instruction: str, result: str, *, data: str = "") -> str:
    """Return a complex field; ``result`` is XML of runs."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawn_box(inside: str, *, description: str = "") -> str:
    """Return a DrawingML text box."""
    return (
        f'<w:drawing><wp:anchor><wp:docPr id="1" name="x" descr={quoteattr(description)}/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def old_box(inside: str) -> str:
    """Return a VML text box."""
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict>"


def alternate(choice: str, fallback: str, *, requires: str = "wps") -> str:
    """Return content in two branches for different programs."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def note_reference(kind: str, note_id: int) -> str:
    """Return a run that refers to a footnote or endnote."""
    return f'<w:r><w:{kind}Reference w:id="{note_id}"/></w:r>'


def notes(kind: str, texts: Mapping[int, str]) -> str:
    """Return a part with the separator and the given notes."""
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    own = "".join(
        f'<w:{kind} w:id="{note_id}">{words if words.startswith("<") else text(words)}</w:{kind}>'
        for note_id, words in texts.items()
    )
    return part(f"{kind}s", separator + own)


def part(root: str, inside: str) -> str:
    """Return an XML part of Word with all namespaces declared."""
    return f"{HEAD}<w:{root} {DECLARED}>{inside}</w:{root}>"


def relationships(targets: Iterable[tuple[str, str, str]]) -> str:
    """Return a ``.rels`` part of (id, last word of the type, target)."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{TRANSITIONAL}package/2006/relationships">{lines}</Relationships>'


def docx_parts(
    body: str,
    *,
    styles: str | None = STYLES,
    numbering: str | None = NUMBERING,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    comments: Sequence[str] = (),
    more: Mapping[str, str | bytes] | None = None,
    links: Sequence[tuple[str, str, str]] = (),
) -> dict[str, str | bytes]:
    """Return the parts of a Word file by name, in zip order.

    Args:
        body: XML of the body's paragraphs and tables.
        styles: XML of the styles, None for a file without a styles part.
        numbering: XML of the lists, None for a file without a numbering part.
        footnotes: Text or paragraphs of footnotes by id.
        endnotes: The same for endnotes.
        headers: Paragraphs of each header; every one is shown.
        footers: Paragraphs of each footer.
        comments: Text of each comment.
        more: Further parts, which replace those of the same name.
        links: Further relationships of the main part: id, last word of the type, target.
    """
    parts: dict[str, str | bytes] = {}
    relations: list[tuple[str, str, str]] = []
    pages = ""

    def add(name: str, kind: str, content: str) -> str:
        relations.append((f"rId{len(relations) + 1}", kind, name))
        parts[f"word/{name}"] = content
        return relations[-1][0]

    if styles is not None:
        add("styles.xml", "styles", part("styles", styles))
    if numbering is not None:
        add("numbering.xml", "numbering", part("numbering", numbering))
    if footnotes is not None:
        add("footnotes.xml", "footnotes", notes("footnote", footnotes))
    if endnotes is not None:
        add("endnotes.xml", "endnotes", notes("endnote", endnotes))
    if comments:
        own = "".join(f'<w:comment w:id="{at}">{text(words)}</w:comment>' for at, words in enumerate(comments))
        add("comments.xml", "comments", part("comments", own))
    for kind, root, pieces in (("header", "hdr", headers), ("footer", "ftr", footers)):
        for at, inside in enumerate(pieces, start=1):
            page = add(f"{kind}{at}.xml", kind, part(root, inside))
            pages += f'<w:{kind}Reference w:type="default" r:id="{page}"/>'
    document = part("document", f"<w:body>{body}<w:sectPr>{pages}</w:sectPr></w:body>")
    types = (
        f'{HEAD}<Types xmlns="{TRANSITIONAL}package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/></Types>'
    )
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relationships([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relationships([*relations, *links]),
        **parts,
    }
    whole.update(more or {})
    return whole


def write_zip(path: Path, parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> Path:
    """Write a zip of parts, always the same bytes for the same parts; names may repeat in a list of pairs."""
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # names that repeat are meant
        for name, content in pairs:
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return path


def make_docx(
    path: Path,
    body: str,
    *,
    styles: str | None = STYLES,
    numbering: str | None = NUMBERING,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    comments: Sequence[str] = (),
    more: Mapping[str, str | bytes] | None = None,
    links: Sequence[tuple[str, str, str]] = (),
) -> Path:
    """Write a Word file round a body and return its path; see ``docx_parts`` for the arguments."""
    return write_zip(
        path,
        docx_parts(
            body,
            styles=styles,
            numbering=numbering,
            footnotes=footnotes,
            endnotes=endnotes,
            headers=headers,
            footers=footers,
            comments=comments,
            more=more,
            links=links,
        ),
    )
