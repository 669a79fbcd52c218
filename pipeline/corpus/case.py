"""Builds a case from a file as read: its frozen text, blocks with their roles, sections and attributes."""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.corpus.attributes import Fields, find_attributes, make_attributes
from pipeline.corpus.blocks import RawBlock, RawText, Story
from pipeline.corpus.headings import body_size, is_title, looks_like_heading, table_of
from pipeline.corpus.labels import Book, label_book
from pipeline.corpus.outline import Mark, Outline
from pipeline.corpus.plain import MARKDOWN
from pipeline.corpus.section_report import report_sections, section_problems
from pipeline.corpus.sections import outline_sections
from pipeline.model.cases import OTHER, PREAMBLE, TEXT, Block, BlockRole, Case, Section
from pipeline.model.codes import Template
from pipeline.model.ids import digest
from pipeline.model.problems import Loaded, Problem, Severity

NOTES = "notes"
"""Found as footnotes or endnotes, which stand behind the text under no heading."""

_ROUNDS: tuple[tuple[Story, ...], ...] = ((Story.BODY,), (Story.FOOTNOTE,), (Story.ENDNOTE,))
_FRONT = 10
"""How many blocks may hold the form's data in a file without any heading of the form."""

_PLAIN = (".txt", *MARKDOWN)
_BEFORE = -1
_NOTES_OWNER = -2


@dataclass(slots=True)
class _Piece:
    """A block in the making.

    Attributes:
        index: The raw block it comes from.
        text: Its text.
        role: What it does.
        owner: Index of its section's heading, or one of the two marks above.
        joined: True when it goes on in the same paragraph as the piece before it.
        gap: White space between the piece before it and this one, where joined.
    """

    index: int
    text: str
    role: BlockRole
    owner: int
    joined: bool = False
    gap: str = ""


def build_case(
    raw: RawText, *, case_id: str, file: str, template: Template, given: Mapping[str, str] | None = None
) -> Loaded[Case | None]:
    """Freeze a file's text and find its sections and attributes.

    The text is the content of the body, then footnotes, then endnotes, one line per paragraph, in NFC; page headers,
    footers, empty paragraphs and unfilled prompts are no part of it. All positions are code points of this text.

    Args:
        raw: The file as read.
        case_id: The case's name.
        file: The file's path below the corpus folder, with forward slashes.
        template: The form it was written in.
        given: Attributes that the register gives; they win over those of the file.

    Returns:
        The case with everything a person should know of it. Where no heading of the form is found, that is a problem
        and the whole text is one section; a file without any text gives None with an error.
    """
    book = label_book(template)
    blocks = tuple(_normalised(block) for block in raw.blocks)
    if not any(block.text.strip() and block.story is Story.BODY and not block.placeholder for block in blocks):
        message = "The file holds no text to code."
        return Loaded(None, (Problem("IN47", Severity.ERROR, file, message, "Check that it is the right file."),))
    outline = outline_sections(blocks, book)
    known = [mark.block for mark in outline.marks if mark.kind != OTHER]
    if not known:
        outline = Outline(())
    first, last = (known[0], known[-1]) if known else (min(_FRONT, len(blocks)), len(blocks))
    fields = find_attributes(blocks, first, last, book=book, template=template)
    fields.values.update(given or {})
    pieces = _pieces(blocks, outline, fields, book)
    text, placed = _freeze(pieces, blocks)
    sections = _sections(pieces, placed, outline)
    if not known:
        sections = tuple(replace(each, kind=TEXT) if each.kind == PREAMBLE else each for each in sections)
    attributes, problems = make_attributes(fields, template=template, where=file)
    case = Case(
        id=case_id,
        file=file,
        text=text,
        digest=digest(text),
        file_digest=raw.file_digest,
        blocks=placed,
        sections=sections,
        attributes=attributes,
        ledger=raw.ledger,
    )
    if known:
        problems.extend(section_problems(report_sections(case, template), template, where=file))
    else:
        problems.append(_no_section(file))
    problems.extend(_suggestions(outline, blocks, file))
    return Loaded(case, tuple(problems))


def _normalised(block: RawBlock) -> RawBlock:
    """Return the block in NFC; the readers give it so, and offsets hang on it."""
    if unicodedata.is_normalized("NFC", block.text):
        return block
    return replace(block, text=unicodedata.normalize("NFC", block.text))


def _pieces(blocks: tuple[RawBlock, ...], outline: Outline, fields: Fields, book: Book) -> list[_Piece]:
    """Return the blocks of the text with role and owner, run-in headings split from their text."""
    owners = _owners(blocks, outline.marks)
    headings = {index for mark in outline.marks if not mark.cut for index in mark.labels} | outline.inner
    cuts = {mark.labels[0]: mark.cut for mark in outline.marks if mark.cut and mark.labels}
    first = min((mark.block for mark in outline.marks), default=0)
    size = body_size(blocks)
    pieces: list[_Piece] = []
    for stories in _ROUNDS:
        for index, block in enumerate(blocks):
            if block.story not in stories or block.placeholder or not block.text.strip():
                continue
            owner = owners[index] if block.story is Story.BODY else _NOTES_OWNER
            if index in cuts:
                cut = cuts[index]
                head, rest = block.text[:cut].rstrip(), block.text[cut:]
                pieces.append(_Piece(index, head, BlockRole.HEADING, owner))
                gap = block.text[len(head) : cut]
                pieces.append(_Piece(index, rest, BlockRole.CONTENT, owner, joined=True, gap=gap))
                continue
            role = BlockRole.CONTENT
            if index in headings:
                role = BlockRole.HEADING
            elif index in fields.roles:
                role = fields.roles[index]
            elif index < first and block.story is Story.BODY and _is_front(block, book, size):
                role = BlockRole.TITLE
            pieces.append(_Piece(index, block.text, role, owner))
    return pieces


def _is_front(block: RawBlock, book: Book, size: float) -> bool:
    """Say whether a block before the first section is a title: its style, its words or its form say so."""
    return is_title(block, book) or looks_like_heading(block, size) or _fills_row(block)


def _fills_row(block: RawBlock) -> bool:
    """Say whether a block is a short line of a table above the first section, such as the case's own name."""
    return bool(block.place.cells) and len(block.text.split()) <= 12 and block.text[-1:] not in ".;,:"


def _owners(blocks: tuple[RawBlock, ...], marks: tuple[Mark, ...]) -> list[int]:
    """Return for every block the index of the heading it stands under."""
    owners: list[int] = []
    at = _BEFORE
    linear = [number for number, mark in enumerate(marks) if mark.columns is None]
    starts = {marks[number].block: number for number in linear}
    columns = {mark.columns: number for number, mark in enumerate(marks) if mark.columns is not None}
    under: dict[tuple[tuple[int, ...], int], int] = {}
    inside: tuple[int, ...] = ()
    for index, block in enumerate(blocks):
        at = starts.get(index, at)
        owner = at
        if columns and block.place.cells and block.story is Story.BODY:
            for depth in range(len(block.place.cells)):
                cell = block.place.cells[depth]
                outer = block.place.cells[:depth]
                table = (*(n for c in outer for n in (c.table, c.row, c.column)), cell.table)
                if (table, cell.row, cell.column) in columns:
                    under[table, cell.column] = columns[table, cell.row, cell.column]
                if (table, cell.column) in under:
                    owner = under[table, cell.column]
                    inside = table
                    break
        elif inside and block.story is Story.BODY and not table_of(block):
            # Text behind a table of columns goes on with its last column.
            at = max(at, *under.values())
            owner = starts.get(index, at)
            inside = ()
        owners.append(owner)
    return owners


def _freeze(pieces: list[_Piece], blocks: tuple[RawBlock, ...]) -> tuple[str, tuple[Block, ...]]:
    """Join the pieces to the frozen text and return it with their places in it."""
    parts: list[str] = []
    placed: list[Block] = []
    at = 0
    for number, piece in enumerate(pieces):
        between = piece.gap if piece.joined else "\n" if number else ""
        start = at + len(between)
        at = start + len(piece.text)
        parts += (between, piece.text)
        raw = blocks[piece.index]
        placed.append(
            Block(
                kind=raw.kind,
                role=piece.role,
                start=start,
                end=at,
                place=raw.place,
                style=raw.style,
                level=raw.level,
                label=raw.label,
            )
        )
    return "".join(parts), tuple(placed)


def _sections(pieces: list[_Piece], placed: tuple[Block, ...], outline: Outline) -> tuple[Section, ...]:
    """Return the stretches of content under each heading, and an empty one for a heading without content."""
    found: list[Section] = []
    filled: set[int] = set()
    run: list[int] = []

    def close() -> None:
        content = [number for number in run if pieces[number].role is BlockRole.CONTENT]
        if content:
            owner = pieces[content[0]].owner
            start, end = placed[content[0]].start, placed[content[-1]].end
            found.append(_section(owner, start, end, outline.marks))
            filled.add(owner)
        run.clear()

    for number, piece in enumerate(pieces):
        if run and pieces[run[-1]].owner != piece.owner:
            close()
        run.append(number)
    close()
    body = [piece.index for piece in pieces if piece.owner != _NOTES_OWNER]
    for owner, mark in enumerate(outline.marks):
        if owner not in filled:
            before = bisect_right(body, mark.block)
            at = placed[before - 1].end if before else 0
            found.append(_section(owner, at, at, outline.marks))
    # An empty section ends where its heading ends, before the content that follows.
    return tuple(sorted(found, key=lambda section: (section.start, section.end)))


def _section(owner: int, start: int, end: int, marks: tuple[Mark, ...]) -> Section:
    if owner == _BEFORE:
        return Section(PREAMBLE, "", start, end, "")
    if owner == _NOTES_OWNER:
        return Section(OTHER, "", start, end, NOTES)
    mark = marks[owner]
    return Section(mark.kind, mark.title, start, end, mark.rule)


def _no_section(file: str) -> Problem:
    """Return the problem of a file without any heading of the form; a plain text may well be none."""
    plain = file.casefold().endswith(_PLAIN)
    return Problem(
        "IN40",
        Severity.WARNING if plain else Severity.ERROR,
        file,
        "No heading of the form was found in the file; its text is coded as one section.",
        "Is it a case description? If so, add its headings to 'aliases' in template.yaml.",
    )


def _suggestions(outline: Outline, blocks: tuple[RawBlock, ...], file: str) -> list[Problem]:
    return [
        Problem(
            "IN46",
            Severity.NOTE,
            f"{file}, paragraph {blocks[index].place.paragraph}",
            "This paragraph looks like a heading that the form does not know; it is coded as text.",
            "If it begins a section, add it to 'aliases' in template.yaml.",
        )
        for index in outline.suggestions
    ]
