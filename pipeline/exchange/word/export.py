"""Writing each case's original file with its codings as comments on their exact words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.corpus.guard import open_package, read_bytes
from pipeline.corpus.package import Package
from pipeline.exchange.word.codelist import add_code_list
from pipeline.exchange.word.comments import OURS, Comment, comments_part, read_comments, with_parts, xml_bytes
from pipeline.exchange.word.glyphs import align, glyphs_of, span_of
from pipeline.exchange.word.marking import mark_paragraph, mark_words
from pipeline.model.cases import Block, Case
from pipeline.model.codes import Codebook
from pipeline.model.codings import MACHINE, Coding

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD_FILES = frozenset({".docx", ".docm", ".dotx"})
_POLES = {
    "da": {"facilitator": "fremmer", "inhibitor": "hæmmer", "neutral": "resultat eller beskrivelse"},
    "en": {"facilitator": "facilitator", "inhibitor": "inhibitor", "neutral": "neutral"},
}
_WORDS = {
    "da": {"rule": "Regel", "before": "før forløbet", "model": "kun modellen foreslår koden"},
    "en": {"rule": "Rule", "before": "before the course", "model": "only the model suggests the code"},
}


@dataclass(frozen=True, slots=True)
class Commented:
    """A file with comments.

    Attributes:
        data: Its bytes.
        exact: How many codings stand on their exact words.
        paragraph: How many stand on their paragraph, as Word shows something there that it does not hold as text.
        unplaced: How many have no place in the file: notes and text boxes that cannot carry comments.
    """

    data: bytes
    exact: int
    paragraph: int
    unplaced: int


def with_comments(
    path: Path,
    case: Case,
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    lang: str = "da",
    code_list: bool = False,
) -> Commented:
    """Return a case's Word file with its codings as comments.

    Args:
        path: The file the case was read from.
        case: The case.
        codings: Its codings, of any coders.
        codebook: The codes.
        lang: Language of the comments.
        code_list: True to add the codebook's codes behind the case.

    Raises:
        RefusedError: The file cannot be read any more.
    """
    data = read_bytes(path)
    package = open_package(data)
    document = main_part(package)
    roots: dict[str, _Element] = {}
    number = 1 + max((int(each.id) for each in read_comments(package, document) if each.id.isdecimal()), default=-1)
    made: list[Comment] = []
    counts = {"exact": 0, "paragraph": 0, "unplaced": 0}
    for coding in sorted(codings, key=lambda each: (each.start, -each.end, each.code, each.coder)):
        comment = Comment(str(number), author_of(coding.coder), OURS, lines_of(coding, codebook, lang))
        how = _mark(package, roots, document, case, coding, number)
        counts[how] += 1
        if how != "unplaced":
            made.append(comment)
            number += 1
    if code_list:
        add_code_list(roots.setdefault(document, package.xml(document)), codebook, lang)
    changed = {name: xml_bytes(root) for name, root in roots.items()}
    new = with_parts(data, package, document, changed, comments_part(package, document, made))
    return Commented(new, counts["exact"], counts["paragraph"], counts["unplaced"])


def author_of(coder: str) -> str:
    """Return the name that a coder's comments carry."""
    return f"casepath ({coder})" if coder in MACHINE else coder


def coder_of(author: str) -> str:
    """Return the coder whose comments carry a name."""
    return author.removeprefix("casepath (").removesuffix(")") if author.startswith("casepath (") else author


def lines_of(coding: Coding, codebook: Codebook, lang: str) -> tuple[str, ...]:
    """Return the lines of a coding's comment: ``#code``, label and pole, rule."""
    code = codebook.code(coding.code)
    words = _WORDS[lang]
    label = f"{getattr(code.label, lang)} ({_POLES[lang][code.pole.value]})"
    if coding.before:
        label += f", {words['before']}"
    rules = [rule for rule in coding.rules if not rule.startswith("model:")]
    machine = coding.coder in MACHINE
    why = [f"{words['rule']}: {', '.join(rules)}"] if rules else [words["model"]] if machine else []
    return (f"#{coding.code}", label, *why)


def says_before(lines: Sequence[str]) -> bool:
    """Say whether a comment that casepath wrote, in either language, marks its coding as before the course."""
    return len(lines) > 1 and lines[1].endswith(tuple(f", {words['before']}" for words in _WORDS.values()))


def main_part(package: Package) -> str:
    """Return the name of a Word file's main part."""
    return next((each.target for each in package.relationships("") if each.type == "officeDocument"), "")


def _mark(
    package: Package, roots: "dict[str, _Element]", document: str, case: Case, coding: Coding, number: int
) -> str:
    block = next((each for each in case.blocks if each.start <= coding.start < each.end), None)
    if block is None or block.place.part.casefold() != document.casefold():
        return "unplaced"  # comments belong to the main story; Word allows none in notes
    if document not in roots:
        roots[document] = package.xml(document)
    paragraph = at_path(roots[document], block.place.path)
    if paragraph is None or in_text_box(paragraph):
        return "unplaced"
    span = place_in(paragraph, block, case, coding.start, min(coding.end, block.end))
    if span is None:
        mark_paragraph(paragraph, number)
        return "paragraph"
    mark_words(paragraph, *span, number)
    return "exact"


def place_in(paragraph: "_Element", block: Block, case: Case, start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last glyph of words of a block in its paragraph; None where they do not agree."""
    numbers = align(glyphs_of(paragraph), case.text[block.start : block.end])
    return None if numbers is None else span_of(numbers, start - block.start, end - block.start)


def at_path(root: "_Element", path: Sequence[int]) -> "_Element | None":
    """Return the element at the end of a path of child indexes."""
    element = root
    for index in path:
        if index >= len(element):
            return None
        element = element[index]
    return element


def in_text_box(element: "_Element") -> bool:
    """Say whether an element stands in a text box, where Word allows no comments."""
    return any(str(each.tag).endswith("}txbxContent") for each in element.iterancestors())
