"""Everything in a file that may be the heading of a section, with the step of the cascade that saw it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.labels import LONGEST_LABEL, Book, Match, control_key, run_in_labels
from pipeline.model.cases import OTHER, BlockKind

CONTROL, TABLE, HEADING, LABEL, RUN_IN = "control", "table", "heading", "label", "run-in"
STEPS = (CONTROL, TABLE, HEADING, LABEL, RUN_IN)
"""The steps of the cascade, surest first."""

_MOST_WORDS = 14
_SURE_WEIGHT = 12
_AROUND_LABEL = " \t\n.:;–—-"
_LEAST_SHARE = {":": 0.4, "\n": 0.4, "\t": 0.4, ".": 0.6, "-": 0.6, "–": 0.6, "—": 0.6}
"""How much of a label without a heading's form the alias itself must give, by the mark behind the label."""

_TITLE_STYLES = ("title", "subtitle", "titel", "undertitel")
_PAGE = (Story.HEADER, Story.FOOTER)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may begin a section.

    Attributes:
        block: Its index among the raw blocks.
        kind: The section it would begin; ``other`` for a heading that the template does not know.
        rule: The step of the cascade that saw it.
        system: Rule and form ("heading:1", "label:bold/0"): headings of one file mostly share one.
        title: The heading as written, empty for a content control without one.
        labels: Indexes of the blocks that are the heading itself.
        cut: Where the running text begins in a run-in paragraph, else 0.
        weight: How many letters of the heading the template's alias gives.
        columns: For a column of a table: its number, with the table and the header's row.
        weak: True for a plain line, or words before running text, that only a keyword makes a heading: it can fill
            the place of a missing section, no more.
    """

    block: int
    kind: str
    rule: str
    system: str
    title: str
    labels: tuple[int, ...] = ()
    cut: int = 0
    weight: int = 0
    columns: tuple[tuple[int, ...], int, int] | None = None
    weak: bool = False


@dataclass(slots=True)
class _Table:
    """The rows of one table: row number -> column number -> indexes of the blocks right in that cell."""

    rows: dict[int, dict[int, list[int]]] = field(default_factory=dict)


TableId = tuple[int, ...]


def table_of(block: RawBlock) -> TableId:
    """Return the identity of the innermost table around a block; empty outside tables."""
    if not block.place.cells:
        return ()
    outer = tuple(number for cell in block.place.cells[:-1] for number in (cell.table, cell.row, cell.column))
    return (*outer, block.place.cells[-1].table)


def looks_like_heading(block: RawBlock, body_size: float = 0.0) -> bool:
    """Say whether the form of a short paragraph is that of a heading: level, bold, large or capitals."""
    text = block.text
    if not text or len(text) > LONGEST_LABEL or "\n" in text or len(text.split()) > _MOST_WORDS:
        return False
    if text[-1] in ".;,":
        return False
    return bool(block.level or block.bold or block.size > body_size > 0 or (text.isupper() and len(text) > 3))


def is_title(block: RawBlock, book: Book) -> bool:
    """Say whether a block is the document's own title."""
    return block.style.casefold() in _TITLE_STYLES or (
        len(block.text) <= LONGEST_LABEL and book.titles.find(block.text) is not None
    )


def body_size(blocks: tuple[RawBlock, ...]) -> float:
    """Return the font size in which most of the body's characters are set, 0 where none is set."""
    sizes: dict[float, int] = {}
    for block in blocks:
        if block.story is Story.BODY and block.level == 0:
            sizes[block.size] = sizes.get(block.size, 0) + len(block.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def find_candidates(blocks: tuple[RawBlock, ...], book: Book, size: float) -> list[Candidate]:
    """Return everything that may begin a section, in reading order; a block may be seen by several steps.

    Args:
        blocks: The file's blocks.
        book: The template's labels.
        size: The font size of running text (``body_size``).
    """
    found: list[Candidate] = list(_in_tables(blocks, book))
    inside: str | None = None
    for index, block in enumerate(blocks):
        if block.story is not Story.BODY:
            continue
        named = _named_by_control(block, book)
        if named is not None and named[0] != inside:
            found.append(_by_control(index, block, named, book))
        inside = named[0] if named else None
        if not block.placeholder:
            found.extend(_in_paragraph(index, blocks, book, size))
    return sorted(found, key=lambda item: (item.block, STEPS.index(item.rule)))


def _named_by_control(block: RawBlock, book: Book) -> tuple[str, str] | None:
    """Return name and section of the innermost content control that the template knows."""
    for name in reversed(block.controls):
        if not name or (book.attribute_controls.find(name) and not book.section_controls.find(name)):
            continue
        match = book.section_controls.heading(name)
        if match:
            return control_key(name), match.name
    return None


def _by_control(index: int, block: RawBlock, named: tuple[str, str], book: Book) -> Candidate:
    match = None if block.placeholder else book.sections.find(block.text)
    own_heading = match is not None and match.name == named[1]
    return Candidate(
        block=index,
        kind=named[1],
        rule=CONTROL,
        system=CONTROL,
        title=block.text if own_heading else "",
        labels=(index,) if own_heading else (),
        weight=LONGEST_LABEL,
    )


def _in_paragraph(index: int, blocks: tuple[RawBlock, ...], book: Book, size: float) -> Iterator[Candidate]:
    """Yield what a paragraph may be by its level, by its words or by the words it begins with."""
    block = blocks[index]
    text = block.text
    if not text or is_title(block, book):
        return
    bold = None if block.level else _bold_run_in(index, block, book)
    if bold is not None:
        yield bold
        return
    bullet = not block.bold and _is_bullet(block)
    if len(text) <= LONGEST_LABEL and not bullet:
        whole = _whole_label(index, blocks, book, size)
        if whole is not None:
            yield whole
            return
    if not block.level:
        yield from _run_in(index, text, book, bullet=bullet)


def _whole_label(index: int, blocks: tuple[RawBlock, ...], book: Book, size: float) -> Candidate | None:
    """Return what a short paragraph may be as a whole; a plain one must be the label and little else."""
    block = blocks[index]
    text = block.text
    formed = _has_form(index, blocks, size)
    match = book.sections.find(text)
    if block.level and (match or formed):
        if match is None and not _is_attribute(text, book):
            match = next(iter(book.sections.keywords(text)), None)
        return _candidate(index, text, HEADING, f"{HEADING}:{block.level}", match)
    if ":" in text[:-1] and not block.bold and (match is None or match.share < 1):
        return None
    if formed:
        if match is None and not _is_attribute(text, book):
            match = next(iter(book.sections.keywords(text)), None)
        return _candidate(index, text, LABEL, look_of(block), match) if match else None
    if match and match.share >= _LEAST_SHARE["." if text[-1] == "." else ":"]:
        # "Mål:" before a list introduces the list rather than a section.
        before_list = text[-1] == ":" and match.weight < _SURE_WEIGHT and index + 1 < len(blocks)
        weak = before_list and _is_bullet(blocks[index + 1])
        return replace(_candidate(index, text, LABEL, look_of(block), match), weak=weak)
    if text[-1] in ".;,:!" or "\n" in text or len(text.split()) > _MOST_WORDS or block.kind is BlockKind.LIST_ITEM:
        return None
    match = match or next(iter(book.sections.keywords(text)), None)
    if match is None or _is_attribute(text, book):
        return None
    return replace(_candidate(index, text, LABEL, look_of(block), match), weak=True)


def _run_in(index: int, text: str, book: Book, *, bullet: bool) -> Iterator[Candidate]:
    """Yield the label before running text: the one known best, else one that a keyword betrays."""
    sure: tuple[float, Candidate] | None = None
    weak: Candidate | None = None
    known_word = book.sections.may_begin(text)
    least = _SURE_WEIGHT if bullet else 0
    for label, mark, rest in run_in_labels(text):
        if mark == "." and text[rest].islower():
            continue  # the full stop of a shortened word: "Resultat v. afslutning"
        match = book.sections.find(label) if known_word else None
        if match and match.share >= _LEAST_SHARE.get(mark, 0.6) and match.weight >= least:
            # The full stop of "evt." must not cut "mødt og evt. løst i sagen" short, nor the next one lengthen it.
            if sure is None or match.share >= sure[0]:
                sure = match.share, _run_in_candidate(index, label, mark, rest, match)
        elif weak is None and mark != "." and not bullet and len(label.split()) <= _MOST_WORDS:
            match = match or next(iter(book.sections.keywords(label)), None)
            if match and not book.attributes.find(label):
                weak = replace(_run_in_candidate(index, label, mark, rest, match), weak=True)
    if sure:
        yield sure[1]
    elif weak:
        yield weak


def _bold_run_in(index: int, block: RawBlock, book: Book) -> Candidate | None:
    """Return the heading that the bold words at the beginning of a paragraph are."""
    label = block.text[: block.lead].strip(_AROUND_LABEL) if block.lead else ""
    if not label or len(label) > LONGEST_LABEL or len(label.split()) > _MOST_WORDS:
        return None
    match = book.sections.heading(label)
    if match is None or _is_attribute(label, book):
        return None
    rest = block.lead
    while rest < len(block.text) and block.text[rest] in _AROUND_LABEL:
        rest += 1
    return _run_in_candidate(index, label, "bold", rest, match) if rest < len(block.text) else None


def _run_in_candidate(index: int, label: str, mark: str, rest: int, match: Match) -> Candidate:
    return Candidate(
        block=index,
        kind=match.name,
        rule=RUN_IN,
        system=f"{RUN_IN}:{mark}",
        title=label,
        labels=(index,),
        cut=rest,
        weight=match.weight,
    )


def _has_form(index: int, blocks: tuple[RawBlock, ...], size: float) -> bool:
    """Say whether a paragraph's form shows that it is a heading, whatever its words."""
    block = blocks[index]
    if block.kind is BlockKind.LIST_ITEM or _number_of(block):
        return _stands_numbered(index, blocks)
    return looks_like_heading(block, size)


def _candidate(index: int, text: str, rule: str, system: str, match: Match | None) -> Candidate:
    return Candidate(
        block=index,
        kind=match.name if match else OTHER,
        rule=rule,
        system=system,
        title=text,
        labels=(index,),
        weight=match.weight if match else 0,
    )


def look_of(block: RawBlock) -> str:
    """Return the form of a label: labels of one file that look alike belong together."""
    look = "bold" if block.bold else "capitals" if block.text.isupper() else "plain"
    place = "cell" if block.place.cells else "text"
    return f"{LABEL}:{look}/{block.size:g}/{place}"


def _is_bullet(block: RawBlock) -> bool:
    """Say whether a paragraph is an item of a list without numbers."""
    if block.kind is BlockKind.LIST_ITEM:
        return not block.label[:1].isalnum()
    return block.text[:1] in "-–—•·▪" and block.text[1:2].isspace()


def _stands_numbered(index: int, blocks: tuple[RawBlock, ...]) -> bool:
    """Say whether a short paragraph has a number of its own and is no item of a list."""
    block = blocks[index]
    if block.text[-1:] in ".;," or len(block.text.split()) > _MOST_WORDS or not _number_of(block):
        return False
    beside = [blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks)]
    return not any(_number_of(other) for other in beside)


def _number_of(block: RawBlock) -> bool:
    """Say whether a paragraph begins with a number, typed or given by Word."""
    first = block.label or block.text[:4]
    return first[:1].isdigit() and (bool(block.label) or any(mark in first for mark in ".):"))


def _is_attribute(text: str, book: Book) -> bool:
    if book.attributes.find(text):
        return True
    label, mark, _ = text.partition(":")
    return bool(mark) and book.attributes.find(label) is not None


def _in_tables(blocks: tuple[RawBlock, ...], book: Book) -> Iterator[Candidate]:
    """Yield the labels in left cells, in rows of their own and in header rows of tables."""
    tables: dict[TableId, _Table] = {}
    for index, block in enumerate(blocks):
        if block.story is Story.BODY and block.place.cells and block.text and not block.placeholder:
            cell = block.place.cells[-1]
            rows = tables.setdefault(table_of(block), _Table()).rows
            rows.setdefault(cell.row, {}).setdefault(cell.column, []).append(index)
    labelled: set[TableId] = set()
    for identity, table in tables.items():
        # A table inside a labelled table is that section's content: its own first column says nothing of sections.
        if any(identity[: len(outer)] == outer and len(identity) > len(outer) for outer in labelled):
            continue
        found = list(_in_table(identity, table, blocks, book))
        if any(item.kind != OTHER for item in found):
            labelled.add(identity)
            yield from found


def _in_table(identity: TableId, table: _Table, blocks: tuple[RawBlock, ...], book: Book) -> Iterator[Candidate]:
    left: list[tuple[int, list[int], Match | None]] = []
    merged = False
    sure = 0
    for row, cells in table.rows.items():
        width = max(blocks[indexes[0]].row_cells for indexes in cells.values())
        columns = list(_header_columns(cells, blocks, book))
        if len(columns) > 1 and len(columns) == len(cells) and row != max(table.rows):
            for column, indexes, head in columns:
                candidate = _cell_candidate(indexes, blocks, head)
                yield Candidate(
                    block=candidate.block,
                    kind=candidate.kind,
                    rule=TABLE,
                    system="table:columns",
                    title=candidate.title,
                    labels=candidate.labels,
                    weight=candidate.weight,
                    columns=(identity, row, column),
                )
            continue
        first = min(cells)
        indexes = cells[first]
        text = blocks[indexes[0]].text
        if first != 1 or _is_attribute(text, book):
            continue
        match = book.sections.find(text)
        if width > 1:
            left.append((row, indexes, match or (next(iter(book.sections.keywords(text)), None))))
            sure += match is not None
        elif len(indexes) == 1 or match is not None:
            match = match or _keyword_of_row(indexes, blocks, book)
            if match is not None:
                merged = True
                yield _cell_candidate(indexes[:1], blocks, match)
    matched = sum(match is not None for _, _, match in left)
    for _, indexes, match in left:
        text = blocks[indexes[0]].text
        if match is not None and (sure or matched > 1):
            yield _cell_candidate(indexes, blocks, match)
        elif match is None and matched > 1 and not merged and len(text) <= LONGEST_LABEL and text[-1] not in ".;,":
            yield _cell_candidate(indexes, blocks, None)


def _keyword_of_row(indexes: list[int], blocks: tuple[RawBlock, ...], book: Book) -> Match | None:
    block = blocks[indexes[0]]
    return next(iter(book.sections.keywords(block.text)), None) if looks_like_heading(block) else None


def _header_columns(
    cells: dict[int, list[int]], blocks: tuple[RawBlock, ...], book: Book
) -> Iterator[tuple[int, list[int], Match]]:
    """Yield the cells of a row that are labels of different sections."""
    seen: set[str] = set()
    for column, indexes in sorted(cells.items()):
        match = book.sections.heading(blocks[indexes[0]].text) if len(indexes) == 1 else None
        if match is not None and match.name not in seen:
            seen.add(match.name)
            yield column, indexes, match


def _cell_candidate(indexes: list[int], blocks: tuple[RawBlock, ...], match: Match | None) -> Candidate:
    return Candidate(
        block=indexes[0],
        kind=match.name if match else OTHER,
        rule=TABLE,
        system=TABLE,
        title=blocks[indexes[0]].text,
        labels=tuple(indexes),
        weight=match.weight if match else 0,
    )
