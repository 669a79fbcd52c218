"""Writing REFI-QDA: a codebook (.qdc) or a project (.qdpx), valid by the standard's schemas, the same bytes always."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from pipeline.exchange.refi.values import CODEBOOK, PROJECT, Loss
from pipeline.files import ZIP_TIME
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Pole
from pipeline.model.codings import Assertion, Coding, by_case

_SPACE = uuid.UUID("6c1f9f0a-5f0e-5a57-9d0b-2b8f6e0c9a11")
"""Name space of casepath's GUIDs: the same thing has the same GUID in every export."""

_COLOURS = {Pole.FACILITATOR: "#2F7D4F", Pole.INHIBITOR: "#B0541E", Pole.NEUTRAL: "#52606D"}
_LONGEST_NAME = 100
ORIGIN = "casepath"
_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def guid(kind: str, *key: object) -> str:
    """Return the GUID of a thing, made from what it is."""
    return str(uuid.uuid5(_SPACE, "\0".join([kind, *map(str, key)]))).upper()


@dataclass(frozen=True, slots=True)
class Export:
    """What a project file is made from.

    Attributes:
        name: Name of the project.
        cases: The cases; their frozen texts are its sources.
        codings: Codings of any coders; only those that count in tables are written.
        codebook: The codes.
        values: Per case its attributes, as (name, value).
        reasons: Why a coder decided, by (case, segment, code, coder).
        utf16: True to count UTF-16 units, as NVivo for Windows does; False for code points, as the standard says.
        lang: Language of the codes' names, ``da`` or ``en``.
    """

    name: str
    cases: Sequence[Case]
    codings: Sequence[Coding]
    codebook: Codebook
    values: Mapping[str, Sequence[tuple[str, str]]]
    reasons: Mapping[tuple[str, str, str, str], str]
    utf16: bool = False
    lang: str = "da"


def codebook_bytes(codebook: Codebook, *, lang: str = "da") -> bytes:
    """Return a codebook as .qdc.

    Args:
        codebook: The codebook; it has at least one code, as the standard knows no empty codebook.
        lang: Language of the names.
    """
    root = ElementTree.Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    _codes(root, codebook, lang)
    return _xml(root)


def project_bytes(given: Export) -> tuple[bytes, tuple[Loss, ...]]:
    """Return a project as .qdpx, and what the standard cannot carry.

    Args:
        given: What it is made from.
    """
    codings = [coding for coding in given.codings if coding.counts]
    root = ElementTree.Element("Project", {"xmlns": PROJECT, "name": given.name, "origin": ORIGIN})
    coders = sorted({coding.coder for coding in codings})
    if coders:
        users = ElementTree.SubElement(root, "Users")
        for name in coders:
            ElementTree.SubElement(users, "User", {"guid": guid("user", name), "name": name})
    if given.codebook.codes:
        _codes(ElementTree.SubElement(root, "CodeBook"), given.codebook, given.lang)
    _variables(root, given)
    notes: list[tuple[str, str, str]] = []
    files: list[tuple[str, bytes]] = []
    if given.cases:
        sources = ElementTree.SubElement(root, "Sources")
        coded = by_case(codings)
        for case in given.cases:
            name = f"{guid('text', case.id, case.digest)}.txt"
            files.append((f"sources/{name}", case.text.encode("utf-8")))
            _source(sources, case, name, coded.get(case.id, []), given, notes)
    if notes:
        group = ElementTree.SubElement(root, "Notes")
        for identity, title, text in notes:
            note = ElementTree.SubElement(group, "Note", {"guid": identity, "name": title})
            ElementTree.SubElement(note, "PlainTextContent").text = _allowed(text)
    return _zip([("project.qde", _xml(root)), *files]), _losses(given, codings)


def _codes(parent: ElementTree.Element, codebook: Codebook, lang: str) -> None:
    """Write themes as folders, core codes in them, detail codes in those."""
    codes = ElementTree.SubElement(parent, "Codes")
    for theme in codebook.themes:
        folder = {"guid": guid("theme", theme.id), "name": getattr(theme.label, lang), "isCodable": "false"}
        group = ElementTree.SubElement(codes, "Code", folder)
        held: dict[str, ElementTree.Element] = {}
        for code in theme.codes:
            above = held.get(code.parent, group) if code.parent != code.id else group
            element = ElementTree.SubElement(
                above,
                "Code",
                {
                    "guid": guid("code", code.id),
                    "name": getattr(code.label, lang),
                    "isCodable": "true",
                    "color": _COLOURS[code.pole],
                },
            )
            held[code.id] = element
            definition = code.definition if lang == "da" else code.definition_en or code.definition
            # the description comes before nested codes, as the schema's order wants
            description = ElementTree.Element("Description")
            description.text = _allowed(f"{definition} [{code.id}]".strip())
            element.insert(0, description)


def _variables(root: ElementTree.Element, given: Export) -> None:
    names = list(dict.fromkeys(name for case in given.cases for name, _ in given.values.get(case.id, ())))
    if not names:
        return
    variables = ElementTree.SubElement(root, "Variables")
    for name in names:
        ElementTree.SubElement(
            variables, "Variable", {"guid": guid("variable", name), "name": name, "typeOfVariable": "Text"}
        )
    cases = ElementTree.SubElement(root, "Cases")
    for case in given.cases:
        element = ElementTree.SubElement(cases, "Case", {"guid": guid("case", case.id), "name": case.id})
        for name, value in given.values.get(case.id, ()):
            holder = ElementTree.SubElement(element, "VariableValue")
            ElementTree.SubElement(holder, "VariableRef", {"targetGUID": guid("variable", name)})
            ElementTree.SubElement(holder, "TextValue").text = _allowed(value)
        ElementTree.SubElement(element, "SourceRef", {"targetGUID": guid("source", case.id)})


def _source(
    parent: ElementTree.Element,
    case: Case,
    file: str,
    codings: Iterable[Coding],
    given: Export,
    notes: list[tuple[str, str, str]],
) -> None:
    attributes = {"guid": guid("source", case.id), "name": case.id, "plainTextPath": f"internal://{file}"}
    source = ElementTree.SubElement(parent, "TextSource", attributes)
    spans: dict[tuple[int, int], list[Coding]] = {}
    for coding in sorted(codings, key=lambda each: (each.start, each.end, each.code, each.coder)):
        spans.setdefault((coding.start, coding.end), []).append(coding)
    for (start, end), here in spans.items():
        selection = ElementTree.SubElement(
            source,
            "PlainTextSelection",
            {
                "guid": guid("selection", case.id, start, end),
                "name": _allowed(" ".join(case.text[start:end].split()))[:_LONGEST_NAME],
                "startPosition": str(_count(case.text, start, given.utf16)),
                "endPosition": str(_count(case.text, end, given.utf16)),
            },
        )
        for coding in here:
            key = (case.id, start, end, coding.code, coding.coder)
            element = ElementTree.SubElement(
                selection, "Coding", {"guid": guid("coding", *key), "creatingUser": guid("user", coding.coder)}
            )
            ElementTree.SubElement(element, "CodeRef", {"targetGUID": guid("code", coding.code)})
            reason = given.reasons.get((case.id, coding.segment, coding.code, coding.coder), "")
            if reason:
                identity = guid("note", *key)
                notes.append((identity, f"{case.id}: {coding.code}", reason))
                ElementTree.SubElement(element, "NoteRef", {"targetGUID": identity})


def _count(text: str, place: int, utf16: bool) -> int:
    return place + (sum(ord(character) > 0xFFFF for character in text[:place]) if utf16 else 0)


def _losses(given: Export, written: Sequence[Coding]) -> tuple[Loss, ...]:
    """Say what casepath knows and the standard has no place for."""
    held_back = sum(coding.assertion is not Assertion.AFFIRMED for coding in given.codings)
    counts = (
        ("before the course", sum(coding.before for coding in written), "the standard has no mark for it"),
        ("subject", sum(coding.subject.value != "citizen" for coding in written), "the standard has no mark for it"),
        ("negated and hypothetical codings", held_back, "only what counts in tables is written"),
        ("rule behind a coding", sum(bool(coding.rules) for coding in written), "the standard has no place for it"),
        ("criteria and examples of codes", sum(1 for _ in given.codebook.codes), "only the definition is written"),
    )
    return tuple(Loss(kind, count, reason) for kind, count, reason in counts if count)


def beyond_the_plane(cases: Iterable[Case]) -> int:
    """Return how many cases hold characters that NVivo for Windows counts as two."""
    return sum(any(ord(character) > 0xFFFF for character in case.text) for case in cases)


def _allowed(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("", text)


def _xml(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _zip(entries: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()
