"""Reads what the form says of a case beside its text: municipality, cluster, citizens, author and date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.citizens import has_age, parse_citizens
from pipeline.corpus.headings import is_title, table_of
from pipeline.corpus.labels import Book, Labels, label_key
from pipeline.model.cases import Attributes, BlockRole, Cluster
from pipeline.model.codes import Template
from pipeline.model.problems import Problem, Severity

_PAGE = (Story.HEADER, Story.FOOTER)
_LONGEST_VALUE = 300
_HARD = re.compile(r"\s*[|\t\n•·●▪]\s*|\s{2,}|\s+/\s+")
_SOFT = re.compile(r"\s*[|\t\n•·●▪;]\s*|\s{2,}|\s+[-–—/]\s+")
_LABEL_END = re.compile(r"\s*:\s*")
_EDGES = " \t\n|;,•·●▪–—-"
_DATE = re.compile(
    r"(?:\d{1,2}\.?\s+)?[^\W\d_]{3,9}\.?\s+(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
)
_TICKED = re.compile(r"(?:[☒☑✓✔■]|[\[(]\s*[xX]\s*[\])])\s*([^☐☒☑✓✔■□\[(]+)")
_AT_THE_END = ("author", "date", "municipality", "cluster")
_LAST_BLOCKS = 8


@dataclass(slots=True)
class Fields:
    """What was found in one file.

    Attributes:
        values: Attribute -> value as written; the first one found stands.
        roles: Index of the raw block -> what it does in the case.
    """

    values: dict[str, str] = field(default_factory=dict)
    roles: dict[int, BlockRole] = field(default_factory=dict)

    def add(self, name: str, value: str) -> bool:
        """Take a value unless there is one already; say whether it was a value at all."""
        value = " ".join(value.split()).strip(_EDGES)
        if name != "citizen":
            value = value.rstrip(".")
        if not value or len(value) > _LONGEST_VALUE:
            return False
        self.values.setdefault(name, value)
        return True


def find_attributes(blocks: tuple[RawBlock, ...], first: int, last: int, *, book: Book, template: Template) -> Fields:
    """Find the attributes of a file: in content controls, form tables, label lines, page headers and its title.

    Args:
        blocks: The file's blocks.
        first: Index of the block where its first section begins.
        last: Index of the block where its last section begins.
        book: The template's labels.
        template: The template.
    """
    found = Fields()
    tables: dict[tuple[tuple[int, ...], int], dict[int, list[int]]] = {}
    ending = [index for index, block in enumerate(blocks) if block.story is Story.BODY][-_LAST_BLOCKS:]
    at_the_end = {index for index in ending if index > last}
    for index, block in enumerate(blocks):
        if block.placeholder or not block.text:
            continue
        name = _named_by_control(block, book)
        if name and _take_control(name, block, found, book):
            found.roles[index] = BlockRole.ATTRIBUTE
        elif block.story in _PAGE:
            _take_line(block.text, found, book, template)
        elif block.story is Story.BODY and (index < first or index in at_the_end):
            if block.place.cells:
                cell = block.place.cells[-1]
                tables.setdefault((table_of(block), cell.row), {}).setdefault(cell.column, []).append(index)
            elif index < first and is_title(block, book):
                _take_line(block.text, found, book, template)
            elif _take_label_line(block.text, found, book, template, only=None if index < first else _AT_THE_END):
                found.roles[index] = BlockRole.ATTRIBUTE
    _take_tables(tables, blocks, found, book, template, first)
    return found


def make_attributes(found: Fields, *, template: Template, where: str) -> tuple[Attributes, list[Problem]]:
    """Return the attributes as a value, with what is missing or not understood.

    Args:
        found: What was found in the file, or what the register says.
        template: The template.
        where: The file, for problems.
    """
    problems: list[Problem] = []
    values = found.values
    written = values.get("cluster", "")
    cluster = parse_cluster(written, template)
    if not values.get("municipality"):
        problems.append(
            Problem(
                "IN50",
                Severity.WARNING,
                where,
                "The file does not say which municipality the case is from.",
                "Fill in the form, or give it in corpus/cases.csv.",
            )
        )
    if cluster is None:
        said = bool(written)
        problems.append(
            Problem(
                "IN52" if said else "IN51",
                Severity.WARNING,
                where,
                "The cluster in the file is not understood." if said else "The file does not say its cluster.",
                "Add the spelling to 'values' of the attribute 'cluster' in template.yaml, or give it in "
                "corpus/cases.csv."
                if said
                else "Fill in the form, or give it in corpus/cases.csv.",
            )
        )
    citizen = values.get("citizen", "")
    attributes = Attributes(
        municipality=values.get("municipality", ""),
        cluster=cluster,
        citizens=parse_citizens(citizen),
        citizen=citizen,
        author=values.get("author", ""),
        date=values.get("date", ""),
    )
    return attributes, problems


def parse_cluster(value: str, template: Template) -> Cluster | None:
    """Return the cluster that a value names; None when it names none, or several and none of them is ticked.

    Args:
        value: The value as written, also with tick boxes ("☒ Unge ☐ Voksen").
        template: The template, whose attribute ``cluster`` lists the spellings.
    """
    ticked = _TICKED.findall(value)
    key = label_key(" ".join(ticked) if ticked else value)
    spellings = _cluster_spellings(template)
    if key in spellings:
        return Cluster(spellings[key])
    if key in tuple(Cluster):
        return Cluster(key)
    padded = f" {key} "
    named: set[str] = set()
    for spelling in sorted(spellings, key=len, reverse=True):
        if f" {spelling} " in padded:
            named.add(spellings[spelling])
            padded = padded.replace(f" {spelling} ", " ")
    return Cluster(named.pop()) if len(named) == 1 else None


def _cluster_spellings(template: Template) -> dict[str, str]:
    return {
        label_key(spelling): value
        for attribute in template.attributes
        if attribute.name == "cluster"
        for spelling, value in attribute.values
    }


def _named_by_control(block: RawBlock, book: Book) -> str:
    """Return the attribute that the innermost content control around a block is named after."""
    for name in reversed(block.controls):
        match = book.attribute_controls.find(name) if name else None
        if match:
            return match.name
    return ""


def _take_control(name: str, block: RawBlock, found: Fields, book: Book) -> bool:
    labelled = next(_labelled_parts(block.text, book.attributes), None)
    value = labelled[2] if labelled and labelled[0] == 0 and labelled[1] == name else block.text
    return found.add(name, value)


def _labelled_parts(text: str, labels: Labels) -> Iterator[tuple[int, str, str]]:
    """Yield (start, attribute, value) for every "Label: value" in a line, whatever stands between them."""
    starts: list[tuple[int, int, str]] = []
    end = 0
    for colon in _LABEL_END.finditer(text):
        words = [word.start() + end for word in re.finditer(r"\S+", text[end : colon.start()])]
        for at in words[-6:]:
            piece = text[at : colon.start()]
            match = labels.find(piece)
            if match and (at == 0 or text[at - 1] in " \t\n|"):
                starts.append((at, colon.end(), match.name))
                break
        end = colon.end()
    for number, (at, begin, name) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        yield at, name, text[begin:stop].strip(_EDGES)


def _take_label_line(
    text: str, found: Fields, book: Book, template: Template, *, only: tuple[str, ...] | None = None
) -> bool:
    """Take a line that begins with a label, or is nothing but "Kommune X"; say whether it was one."""
    if len(text) > _LONGEST_VALUE:
        return False
    parts = list(_labelled_parts(text, book.attributes))
    if parts and parts[0][0] == 0:
        if only and any(name not in only for _, name, _ in parts):
            return False
        _take_parts(parts, found, book, template)
        return True
    head, mark, value = text.partition("\n") if "\n" in text else text.partition("\t")
    match = book.attributes.find(head) if mark else None
    if match and (not only or match.name in only):
        return found.add(match.name, value)
    named = _bare_municipality(text, book) if not only else ""
    return bool(named) and found.add("municipality", named)


def _take_parts(parts: list[tuple[int, str, str]], found: Fields, book: Book, template: Template) -> None:
    for _, name, value in parts:
        pieces = (_HARD if name == "citizen" else _SOFT).split(value)
        found.add(name, pieces[0])
        _take_bare([piece for piece in pieces[1:] if piece], found, book, template)


def _take_line(text: str, found: Fields, book: Book, template: Template) -> None:
    """Take what a page header, a footer or a title says, labelled or not."""
    parts = list(_labelled_parts(text, book.attributes))
    before = text[: parts[0][0]] if parts else text
    _take_parts(parts, found, book, template)
    pieces = [piece for piece in _SOFT.split(before) if piece]
    _take_bare(pieces, found, book, template, alone=not parts and len(pieces) < 2)


def _take_bare(pieces: Iterable[str], found: Fields, book: Book, template: Template, *, alone: bool = False) -> None:
    """Take values without a label where their form tells what they are.

    Args:
        pieces: What stands between separators.
        found: Where to put them.
        book: The template's labels.
        template: The template.
        alone: True for a line of one piece, where a single word may mean anything.
    """
    for piece in pieces:
        piece = piece.strip(_EDGES)
        municipality = _bare_municipality(piece, book)
        head, _, rest = piece.partition(" ")
        match = book.attributes.find(head)
        if municipality:
            found.add("municipality", municipality)
        elif match and match.name == "cluster" and rest and parse_cluster(rest, template):
            found.add("cluster", rest)
        elif not alone and label_key(piece) in _cluster_spellings(template):
            found.add("cluster", piece)
        elif has_age(piece) and len(piece) <= _LONGEST_VALUE and piece[:1].isupper():
            found.add("citizen", piece)
        elif not alone and _DATE.fullmatch(piece):
            found.add("date", piece)


def _bare_municipality(text: str, book: Book) -> str:
    """Return "Kommune X" or "X Kommune" when the text is nothing else."""
    words = text.strip(_EDGES).split()
    if not 2 <= len(words) <= 4 or not all(word[0].isupper() or word == "og" for word in words[1:]):
        return ""
    for word in (words[0], words[-1]):
        match = book.attributes.find(word)
        if match and match.name == "municipality" and ":" not in text and text[-1].isalnum():
            return " ".join(words)
    return ""


def _take_tables(
    tables: dict[tuple[tuple[int, ...], int], dict[int, list[int]]],
    blocks: tuple[RawBlock, ...],
    found: Fields,
    book: Book,
    template: Template,
    first: int,
) -> None:
    """Take the cells of form tables: label left of its value, label above it, or both in one cell."""
    rows = list(tables.items())
    for number, ((table, _row), cells) in enumerate(rows):
        only = None if min(min(indexes) for indexes in cells.values()) < first else _AT_THE_END
        named = {
            column: match.name
            for column, indexes in cells.items()
            if len(indexes) == 1 and (match := book.attributes.find(blocks[indexes[0]].text))
        }
        below = rows[number + 1] if number + 1 < len(rows) and rows[number + 1][0][0] == table else None
        heads = len(named) == len(cells) > 1 and below is not None and not only
        if heads and below is not None and not _has_label(below[1], blocks, book):
            for column, name in named.items():
                _take_cell(name, below[1].get(column, []), cells[column], blocks, found)
            continue
        columns = sorted(cells)
        at = 0
        while at < len(columns):
            column = columns[at]
            name = named.get(column, "")
            if name and (not only or name in only):
                value = cells[columns[at + 1]] if at + 1 < len(columns) else []
                width = max(blocks[index].row_cells for index in cells[column])
                if not value and width < 2 and below is not None and len(below[1]) == 1 and not only:
                    value = next(iter(below[1].values()))
                if width > 1 or value:
                    _take_cell(name, value, cells[column], blocks, found)
                at += 2
                continue
            for index in cells[column]:
                if index not in found.roles and _take_label_line(blocks[index].text, found, book, template, only=only):
                    found.roles[index] = BlockRole.ATTRIBUTE
            at += 1


def _has_label(cells: dict[int, list[int]], blocks: tuple[RawBlock, ...], book: Book) -> bool:
    """Say whether a row begins with a label of its own, so that the row above it is no header."""
    first = cells[min(cells)][0]
    return book.attributes.find(blocks[first].text) is not None


def _take_cell(name: str, value: list[int], label: list[int], blocks: tuple[RawBlock, ...], found: Fields) -> None:
    for index in (*label, *value):
        found.roles[index] = BlockRole.ATTRIBUTE
    found.add(name, "; ".join(blocks[index].text.strip(_EDGES) for index in value))
