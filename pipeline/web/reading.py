"""A case as its page shows it: sections, paragraphs, sentences, and in them the words that carry codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.cases import Block, BlockKind, BlockRole, Case, Segment
from pipeline.model.codings import Coding, Status
from pipeline.model.review import Decision, Verdict

_SETTLED = (Status.ACCEPTED, Status.ADDED, Status.RECODED)


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding on the page, with what colleagues said of it.

    Attributes:
        coding: The coding as it stands after review.
        label: The code's label in the page's language.
        theme: Number of the code's theme, from 0: it gives the colour.
        number: Its place among the sentence's codings, from 1: the key that chooses it.
        open: True while nobody has decided on it.
        mine: The reviewer's own last verdict on it, empty where there is none.
        verdicts: The decisions on it that the reviewer may see, oldest first.
        contested: True where reviewers differ.
        unsure: True where somebody was unsure and nobody has decided.
        new: True where it came after the case was said to be done.
        contradicting: True where the machine now says something else than was decided.
        core: The core code that it is a detail of in this sentence; its own code where there is none.
    """

    coding: Coding
    label: str
    theme: int
    number: int
    open: bool
    mine: str = ""
    verdicts: tuple[Decision, ...] = ()
    contested: bool = False
    unsure: bool = False
    new: bool = False
    contradicting: bool = False
    core: str = ""

    @property
    def waits(self) -> bool:
        """True where not all agree yet: open, in doubt, or contested."""
        return self.open or self.contested or self.unsure or self.contradicting

    @property
    def state(self) -> str:
        """One word for its looks: open, yes, no, unsure or stale."""
        if self.coding.status is Status.STALE:
            return "stale"
        if self.coding.status is Status.REJECTED:
            return "no"
        if self.coding.status in _SETTLED:
            return "yes"
        return "unsure" if self.unsure or self.mine == Verdict.UNSURE else "open"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence over which the same codes lie.

    Attributes:
        text: Its words.
        marks: Numbers of the sentence's marks that lie on it.
        theme: Theme of the first of them, -1 where none lies on it.
        pole: Pole of the first of them, empty where none lies on it.
    """

    text: str
    marks: tuple[int, ...] = ()
    theme: int = -1
    pole: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment on the page.

    Attributes:
        number: Its number in the case, from 1, as everywhere in casepath.
        id: The segment's id.
        start: Where it begins in the case's text, in code points.
        end: Where it ends, exclusive.
        pieces: Its words, cut where codings begin and end.
        marks: Its codings in the order of the text.
    """

    number: int
    id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]

    @property
    def open(self) -> int:
        """Number of codings nobody has decided on."""
        return sum(mark.open for mark in self.marks)

    @property
    def waits(self) -> bool:
        """True where not all agree on every coding."""
        return any(mark.waits for mark in self.marks)

    @property
    def contested(self) -> bool:
        """True where reviewers differ on a coding."""
        return any(mark.contested for mark in self.marks)

    @property
    def families(self) -> dict[str, int]:
        """How many open codings each core code has with its details, where they are several."""
        codes = [mark.core for mark in self.marks if mark.open]
        return {code: codes.count(code) for code in codes if codes.count(code) > 1}

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the case with its sentences.

    Attributes:
        kind: What it is in the file.
        level: Outline level of a heading, 0 for running text.
        label: The list label that Word shows.
        text: Its words, for what is not coded (headings, attributes); empty where it has sentences.
        sentences: Its sentences.
    """

    kind: BlockKind
    level: int
    label: str
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A case ready to be shown.

    Attributes:
        case: The case.
        facts: What its form says, as (name, value).
        paragraphs: Its blocks in the order of the text.
    """

    case: Case
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)


def read_page(
    case: Case, segments: Sequence[Segment], marks: Mapping[str, Sequence[Mark]], *, facts: bool = True
) -> Page:
    """Lay a case out for its page.

    Args:
        case: The case.
        segments: Its segments.
        marks: Per segment its marks.
        facts: False to leave out what the form says.
    """
    sentences: dict[int, list[Sentence]] = {}
    for number, segment in enumerate(segments, start=1):
        found = tuple(marks.get(segment.id, ()))
        sentences.setdefault(segment.block, []).append(
            Sentence(number, segment.id, segment.start, segment.end, _pieces(segment, found), found)
        )
    paragraphs = []
    for index, block in enumerate(case.blocks):
        inside = tuple(sentences.get(index, ()))
        if inside or block.role in (BlockRole.HEADING, BlockRole.CONTENT):
            text = "" if inside else case.text[block.start : block.end]
            if inside or text.strip():
                paragraphs.append(Paragraph(block.kind, _level(block), block.label, text, inside))
    return Page(case, _facts(case) if facts else (), tuple(paragraphs))


def _level(block: Block) -> int:
    return (block.level or 1) if block.role is BlockRole.HEADING else 0


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    attributes = case.attributes
    cluster = attributes.cluster.value if attributes.cluster else ""
    given = (("municipality", attributes.municipality), ("cluster", cluster), ("citizen", attributes.citizen))
    return tuple((name, value) for name, value in given if value)


def _pieces(segment: Segment, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut a sentence wherever a coding's words begin or end."""
    spans = [
        (max(mark.coding.start, segment.start), min(mark.coding.end, segment.end), mark)
        for mark in marks
        if mark.coding.start < segment.end and mark.coding.end > segment.start
    ]
    borders = sorted({segment.start, segment.end, *(place for start, end, _ in spans for place in (start, end))})
    pieces = []
    for start, end in pairwise(borders):
        here = [mark for begin, last, mark in spans if begin <= start and end <= last]
        shown = next((mark for mark in here if mark.state != "no"), None)
        pieces.append(
            Piece(
                segment.text[start - segment.start : end - segment.start],
                tuple(mark.number for mark in here),
                shown.theme if shown else -1,
                shown.coding.pole.value if shown else "",
            )
        )
    return tuple(pieces)
