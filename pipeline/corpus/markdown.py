"""Reads Markdown as far as case descriptions use it: headings, lists, simple tables, bold labels."""

import re
from dataclasses import dataclass, field

from pipeline.corpus.blocks import RawBlock
from pipeline.model.cases import BlockKind, CellPlace, Place

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})$")
_ITEM = re.compile(r"([-*+•]|\d{1,3}[.)])\s+(?=\S)")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_BOLD_ALL = re.compile(r"(\*\*|__)(?!\s)((?:(?!\1).)+)\1[:.]?$", re.DOTALL)
_BOLD_LEAD = re.compile(r"(\*\*|__)(?!\s)((?:(?!\1).){1,200})\1")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__|`|(?<!\w)[*_](?=\S))(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_SHORT = 50
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(slots=True)
class _Reader:
    """The blocks so far and the paragraph being read."""

    part: str
    blocks: list[RawBlock] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    first: int = 0
    mark: str = ""
    short: bool = False
    table: int = 0
    row: int = 0

    def close(self) -> None:
        """End the paragraph being read."""
        text = "".join(self.lines).strip()
        self.lines.clear()
        self.short = False
        mark, self.mark = self.mark, ""
        if text:
            kind = BlockKind.LIST_ITEM if mark else BlockKind.PARAGRAPH
            self.add(text, self.first, kind, label=mark)

    def add(self, text: str, line: int, kind: BlockKind, *, level: int = 0, label: str = "") -> None:
        """Append a block from its Markdown."""
        bold = _BOLD_ALL.match(text) is not None
        lead = None if bold else _BOLD_LEAD.match(text)
        plain = strip_marks(text)
        self.blocks.append(
            RawBlock(
                text=plain,
                kind=kind,
                place=Place(self.part, (line,), paragraph=len(self.blocks) + 1),
                level=level,
                label=label,
                bold=bold,
                lead=len(strip_marks(lead[2])) if lead else 0,
            )
        )

    def add_row(self, line: str, number: int) -> None:
        """Append the cells of a table's row."""
        self.row += 1
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        for column, cell in enumerate(cells, start=1):
            if strip_marks(cell):
                self.blocks.append(
                    RawBlock(
                        text=strip_marks(cell),
                        kind=BlockKind.CELL,
                        place=Place(
                            self.part, (number,), (CellPlace(self.table, self.row, column),), len(self.blocks) + 1
                        ),
                        bold=_BOLD_ALL.match(cell) is not None,
                        width=1,
                        row_cells=len(cells),
                    )
                )


def strip_marks(text: str) -> str:
    """Return the words of a piece of Markdown without emphasis, code marks and link targets."""
    text = _LINK.sub(r"\1", text)
    for _ in range(3):
        text, count = _EMPHASIS.subn(r"\2", text)
        if not count:
            break
    return text.strip()


def read_markdown(text: str, *, part: str) -> tuple[RawBlock, ...]:
    """Return the blocks of a Markdown text; what is no Markdown is read as plain paragraphs.

    Args:
        text: The text in NFC.
        part: Name of the file, for the places.
    """
    reader = _Reader(part)
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    lines = text.split("\n")
    in_table = False
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\t ") + ("  " if line.endswith("  ") else "")
        bare = line.strip().lstrip(">").strip()
        heading = _HEADING.match(bare)
        item = _ITEM.match(bare)
        is_row = bare.startswith("|") and bare.count("|") > 1
        if is_row and not in_table:
            reader.close()
            reader.table += 1
            reader.row = 0
        in_table = is_row
        if is_row:
            if not _TABLE_RULE.match(bare):
                reader.add_row(bare, number)
        elif heading:
            reader.close()
            reader.add(heading[2], number, BlockKind.HEADING, level=len(heading[1]))
        elif not bare or _RULE.match(bare) or bare.startswith("```"):
            reader.close()
        else:
            # Authors who know no Markdown write one thing a line: a short line before a capital ends a paragraph.
            if item or (reader.short and bare[0].isupper()):
                reader.close()
            if item:
                numbered = item[1][0].isdigit()
                reader.mark = item[1] if not numbered else ""
                bare = bare if numbered else bare[item.end() :]
            if not reader.lines:
                reader.first = number
            hard = line.endswith(("  ", "\\"))
            reader.lines.append(bare.removesuffix("\\") + ("\n" if hard else " "))
            reader.short = len(bare) < _SHORT and not hard
    reader.close()
    return tuple(block for block in reader.blocks if block.text)
