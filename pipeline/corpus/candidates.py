"""Everything in a file that may be the heading of a section, with the step of the cascade that saw it."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.form_tables import in_tables
from pipeline.corpus.headings import (
    CONTROL,
    HEADING,
    LABEL,
    MOST_WORDS,
    RUN_IN,
    STEPS,
    Candidate,
    has_form,
    is_attribute,
    is_bullet,
    is_title,
    look_of,
    whole_candidate,
)
from pipeline.corpus.labels import LONGEST_LABEL, Book, Match, control_key, run_in_labels
from pipeline.model.cases import BlockKind

_SURE_WEIGHT = 12
_AROUND_LABEL = " \t\n.:;–—-"
_LEAST_SHARE = {":": 0.4, "\n": 0.4, "\t": 0.4, ".": 0.6, "-": 0.6, "–": 0.6, "—": 0.6}
"""How much of a label without a heading's form the alias itself must give, by the mark behind the label."""


def find_candidates(blocks: tuple[RawBlock, ...], book: Book, size: float) -> list[Candidate]:
    """Return everything that may begin a section, in reading order; a block may be seen by several steps.

    Args:
        blocks: The file's blocks.
        book: The template's labels.
        size: The font size of running text (``body_size``).
    """
    found: list[Candidate] = list(in_tables(blocks, book))
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
    """Return name and section of the innermost content control that the template knows.

    A whole name says more than a keyword in one: of the alias "Sagens resultat" and the tag "sagen_4" the alias counts.
    """
    names = [name for name in reversed(block.controls) if name]
    for name in names:
        match = book.section_controls.find(name)
        if match:
            return control_key(name), match.name
    for name in names:
        match = next(iter(book.section_controls.keywords(name)), None)
        if match and not book.attribute_controls.find(name):
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
    bullet = not block.bold and is_bullet(block)
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
    formed = has_form(index, blocks, size)
    match = book.sections.find(text)
    if block.level and (match or formed):
        if match is None and not is_attribute(text, book):
            match = next(iter(book.sections.keywords(text)), None)
        return whole_candidate(index, text, HEADING, f"{HEADING}:{block.level}", match)
    if ":" in text[:-1] and not block.bold and (match is None or match.share < 1):
        return None
    if formed:
        if match is None and not is_attribute(text, book):
            match = next(iter(book.sections.keywords(text)), None)
        return whole_candidate(index, text, LABEL, look_of(block), match) if match else None
    if match and match.share >= _LEAST_SHARE["." if text[-1] == "." else ":"]:
        # "Mål:" before a list introduces the list rather than a section.
        before_list = text[-1] == ":" and match.weight < _SURE_WEIGHT and index + 1 < len(blocks)
        weak = before_list and is_bullet(blocks[index + 1])
        return replace(whole_candidate(index, text, LABEL, look_of(block), match), weak=weak)
    if text[-1] in ".;,:!" or "\n" in text or len(text.split()) > MOST_WORDS or block.kind is BlockKind.LIST_ITEM:
        return None
    match = match or next(iter(book.sections.keywords(text)), None)
    if match is None or is_attribute(text, book):
        return None
    return replace(whole_candidate(index, text, LABEL, look_of(block), match), weak=True)


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
        elif weak is None and mark != "." and not bullet and len(label.split()) <= MOST_WORDS:
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
    if not label or len(label) > LONGEST_LABEL or len(label.split()) > MOST_WORDS:
        return None
    match = book.sections.heading(label)
    if match is None or is_attribute(label, book):
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
