"""Labels of sections in form tables: in left cells, in rows of their own, in header rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.headings import TABLE, Candidate, TableId, is_attribute, looks_like_heading, table_of
from pipeline.corpus.labels import LONGEST_LABEL, Book, Match
from pipeline.model.cases import OTHER


@dataclass(slots=True)
class _Table:
    """The rows of one table: row number -> column number -> indexes of the blocks right in that cell."""

    rows: dict[int, dict[int, list[int]]] = field(default_factory=dict)


def in_tables(blocks: tuple[RawBlock, ...], book: Book) -> Iterator[Candidate]:
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
        if any(identity[:end] in labelled for end in range(1, len(identity))):
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
        if first != 1 or is_attribute(text, book):
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
