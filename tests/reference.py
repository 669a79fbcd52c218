"""The reference codings of the sample corpus as cases, codings and outcomes, for tests of the analysis half."""

import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.model.cases import (
    Attributes,
    Block,
    BlockKind,
    BlockRole,
    Case,
    Citizen,
    Cluster,
    Place,
    Section,
    Segment,
)
from pipeline.model.codes import Pole
from pipeline.model.codings import Assertion, Coding, Status
from pipeline.model.ids import digest, segment_id
from pipeline.model.progression import (
    DIMENSIONS,
    ORDER,
    RATINGS,
    Attachment,
    Change,
    MemberOutcome,
    Outcome,
    ProgressionCategory,
    Rating,
)

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GOLD = CORPUS / "reference" / "gold.jsonl"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = (
    ("result", r"resultat"),
    ("challenges", r"udfordring"),
    ("organisation", r"team|organisering"),
    ("outlook", r"fremtid|økonomi"),
    ("course", r"karakter|forløb"),
)
_BY_NUMBER = ("preamble", "course", "organisation", "challenges", "result", "outlook")
_PERSON = re.compile(
    r"(?:\b(?P<before>[Mm]or|[Ff]ar|[Ss]øn|[Dd]atter|[Mm]ormor)\s+)?(?P<name>[A-ZÆØÅ][\wÆØÅæøå-]+)(?:\s[A-ZÆØÅ]\w+)?"
    r"\s*(?:\((?P<after>[^)]*)\))?,?\s*(?P<age>\d+)½?(?:\s*år)?(?:\s*\((?P<last>[^)]*)\))?"
)
_FACILITATORS = {
    "agency.decision", "agency.persistence", "agency.flexibility", "agency.enabling", "coordination.one_entry",
    "coordination.shared_plan", "coordination.cross_sector", "coordination.employer", "coordination.parallel",
    "relation.trust", "relation.continuity", "involvement.own_goals", "language.resource", "citizen.activated",
}  # fmt: skip


def pole_of(code: str) -> Pole:
    """Return the pole of a core code as the code set gives it."""
    if code.startswith("outcome."):
        return Pole.NEUTRAL
    return Pole.FACILITATOR if code in _FACILITATORS else Pole.INHIBITOR


@cache
def gold() -> tuple[dict[str, Any], ...]:
    """Return the lines of the reference file."""
    return tuple(json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u00ad", "")).strip()


def _paragraphs(case: str) -> list[str]:
    with zipfile.ZipFile(CORPUS / f"{case}.docx") as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))
    texts = (_fold("".join(node.text or "" for node in p.iter(f"{_WORD}t"))) for p in root.iter(f"{_WORD}p"))
    return [text for text in texts if text]


def _section_kinds(line: dict[str, Any]) -> dict[int, str]:
    """Return the kind of each numbered section: from the heading above its first sentence, else by its number."""
    paragraphs = _paragraphs(line["case"])
    numbers = sorted({sentence["section"] for sentence in line["sentences"]})
    kinds: dict[int, str] = {}
    for number in numbers:
        first = next(_fold(s["text"]) for s in line["sentences"] if s["section"] == number)
        at = next((i for i, text in enumerate(paragraphs) if first[:40] in text), 0)
        above = [text.lower() for text in reversed(paragraphs[max(0, at - 3) : at]) if len(text) < 90]
        found = next((kind for text in above for kind, words in _KINDS if re.search(words, text)), "")
        kinds[number] = found or _BY_NUMBER[number]
    return kinds


def _citizens(line: str) -> tuple[Citizen, ...]:
    found = []
    for match in _PERSON.finditer(line):
        role = (match["before"] or match["after"] or match["last"] or "").lower()
        found.append(Citizen(match["name"], role.split(" ")[0].rstrip(","), int(match["age"])))
    return tuple(found)


@cache
def reference_cases() -> tuple[Case, ...]:
    """Return the 98 cases with the reference's sentences as their text, one to a line."""
    return tuple(_case(line) for line in gold())


def _case(line: dict[str, Any]) -> Case:
    kinds = _section_kinds(line)
    text = ""
    blocks: list[Block] = []
    sections: list[Section] = []
    for index, sentence in enumerate(line["sentences"]):
        start, end = len(text), len(text) + len(sentence["text"])
        text += sentence["text"] + "\n"
        place = Place("word/document.xml", paragraph=index + 1)
        blocks.append(Block(BlockKind.PARAGRAPH, BlockRole.CONTENT, start, end, place))
        kind = kinds[sentence["section"]]
        if sections and sections[-1].title == str(sentence["section"]):
            last = sections.pop()
            sections.append(Section(last.kind, last.title, last.start, end, "heading"))
        else:
            sections.append(Section(kind, str(sentence["section"]), start, end, "heading"))
    attributes = Attributes(
        municipality=line["municipality"],
        cluster=Cluster(line["cluster"]),
        citizens=_citizens(line["citizen"]),
        citizen=line["citizen"],
    )
    return Case(
        id=line["case"], file=f"{line['case']}.docx", text=text, digest=digest(text), file_digest="",
        blocks=tuple(blocks), sections=tuple(sections), attributes=attributes,
    )  # fmt: skip


@cache
def reference_segments() -> tuple[Segment, ...]:
    """Return the reference's sentences as segments, in the order of the cases."""
    segments: list[Segment] = []
    for case, line in zip(reference_cases(), gold(), strict=True):
        seen: dict[str, int] = {}
        for index, (block, sentence) in enumerate(zip(case.blocks, line["sentences"], strict=True)):
            words = sentence["text"]
            repeat = seen.get(words, 0)
            seen[words] = repeat + 1
            section = case.section_at(block.start)
            segments.append(
                Segment(segment_id(case.id, words, repeat), case.id, section.kind if section else "other",
                        block.start, block.end, index, words)
            )  # fmt: skip
    return tuple(segments)


@cache
def reference_codings() -> tuple[Coding, ...]:
    """Return the reference's codings (those all its coders gave) as accepted codings of a person."""
    sentences = [sentence for line in gold() for sentence in line["sentences"]]
    return tuple(
        Coding(
            case=segment.case,
            section=segment.section,
            segment=segment.id,
            start=segment.start,
            end=segment.end,
            quote=segment.text,
            sentence=segment.text,
            code=code,
            pole=pole_of(code),
            assertion=Assertion.AFFIRMED,
            before=code in sentence["before"],
            coder="reference",
            evidence=(),
            status=Status.ACCEPTED,
            confidence=1.0,
        )
        for segment, sentence in zip(reference_segments(), sentences, strict=True)
        for code in sentence["codes"]
    )


@cache
def reference_outcomes() -> tuple[Outcome, ...]:
    """Return the reference's judgements of the 98 cases."""
    outcomes = []
    for line in gold():
        categories = {ProgressionCategory(value) for value in line["progression"]}
        members = tuple(
            MemberOutcome(member, ProgressionCategory(value)) for member, value in (line["members"] or {}).items()
        )
        outcomes.append(
            Outcome(
                case=line["case"],
                progression=tuple(sorted(categories, key=ORDER.index, reverse=True)),
                progression_by="reference",
                attachment=tuple(Attachment(value) for value in line["attachment"]),
                ratings=tuple((n, Rating(v) if (v := line["ratings"].get(n)) else None) for n in RATINGS),
                changes=tuple((n, Change(line["assessment"].get(n) or "not_described")) for n in DIMENSIONS),
                confidence=1.0,
                members=members if len(categories) > 1 else (),
            )
        )
    return tuple(outcomes)
