"""Reads plain text files: a paragraph per line, or per group of lines where the lines are wrapped."""

import hashlib
import re
import unicodedata
from pathlib import Path

from pipeline.corpus.blocks import RawBlock, RawText
from pipeline.corpus.decode import decode_text
from pipeline.corpus.guard import read_bytes
from pipeline.corpus.markdown import read_markdown
from pipeline.corpus.refusal import RefusedError
from pipeline.model.cases import BlockKind, Place, Tally
from pipeline.model.problems import Loaded, Problem, Severity

MARKDOWN = (".md", ".markdown")

_MARK = re.compile(r"([-–—•·▪*])\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s")
_NARROW, _WIDE = 50, 100


def read_plain(path: Path, *, name: str) -> Loaded[RawText | None]:
    """Read a text or Markdown file; whatever is wrong with it is told as a problem, nothing is raised.

    Args:
        path: The file (.txt, .md).
        name: How problems name it: its path below the corpus folder, with forward slashes.

    Returns:
        The text as read, or None with an error among the problems when the file is refused.
    """
    try:
        data = read_bytes(path)
    except RefusedError as refused:
        return Loaded(None, (Problem(refused.code, Severity.ERROR, name, refused.message, refused.hint),))
    decoded = decode_text(data, name=name)
    if decoded.text is None:
        return Loaded(None, decoded.problems)
    text = unicodedata.normalize("NFC", decoded.text)
    if path.suffix.casefold() in MARKDOWN:
        blocks = read_markdown(text, part=path.name)
    else:
        blocks = read_lines(text, part=path.name)
    characters = sum(len(block.text) for block in blocks)
    ledger = (Tally("body", len(blocks), characters, True),)
    return Loaded(RawText(blocks, ledger, hashlib.sha256(data).hexdigest()), decoded.problems)


def read_lines(text: str, *, part: str) -> tuple[RawBlock, ...]:
    """Return the paragraphs of a plain text.

    Args:
        text: The text in NFC.
        part: Name of the file, for the places.
    """
    groups: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.replace("\f", " ").strip()
        if line:
            groups[-1].append((number, line))
        elif groups[-1]:
            groups.append([])
    wrapped = _is_wrapped(groups)
    blocks: list[RawBlock] = []
    for group in groups:
        for number, line in _paragraphs(group) if wrapped else group:
            mark = _MARK.match(line)
            blocks.append(
                RawBlock(
                    text=line[mark.end() :] if mark else line,
                    kind=BlockKind.LIST_ITEM if mark else BlockKind.PARAGRAPH,
                    place=Place(part, (number,), paragraph=len(blocks) + 1),
                    label=mark[1] if mark else "",
                )
            )
    return tuple(blocks)


def _is_wrapped(groups: list[list[tuple[int, str]]]) -> bool:
    """Say whether the lines of a text are broken by a program at a fixed width, not by their author."""
    lines = [line for group in groups for _, line in group[:-1]]
    full = [line for line in lines if _NARROW <= len(line) <= _WIDE and line[-1] not in ".:"]
    return len(lines) >= 6 and len(full) > 0.6 * len(lines)


def _paragraphs(group: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join the wrapped lines of a group; a list item or a short line before it stays apart."""
    joined: list[tuple[int, str]] = []
    short = True
    for number, line in group:
        if short or _MARK.match(line) or _NUMBERED.match(line):
            joined.append((number, line))
        else:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line}")
        short = len(line) < _NARROW
    return joined
