"""Names an unknown heading by its place: the only one where the only missing section belongs."""

from dataclasses import replace

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.headings import LABEL, is_title, look_of, looks_like_heading
from pipeline.corpus.labels import Book
from pipeline.corpus.outline import Mark, also_names, has_text
from pipeline.model.cases import OTHER

ORDER = "order"
"""Found by its place, with a warning."""


def unknown_of_form(leader: str, seen: set[int], blocks: tuple[RawBlock, ...], book: Book, size: float) -> list[Mark]:
    """Return paragraphs that look like the file's headings but have words the template does not know.

    Args:
        leader: The form of the file's headings.
        seen: Indexes of the blocks that are candidates already.
        blocks: The file's blocks.
        book: The template's labels.
        size: The font size of running text.
    """
    if not leader.startswith(LABEL) or ":plain" in leader:
        return []
    return [
        Mark(index, OTHER, block.text, ORDER, (index,))
        for index, block in enumerate(blocks)
        if index not in seen
        and block.story is Story.BODY
        and look_of(block) == leader
        and looks_like_heading(block, size)
        and not is_title(block, book)
    ]


def infer_by_order(marks: list[Mark], loose: list[Mark], blocks: tuple[RawBlock, ...], book: Book) -> list[Mark]:
    """Name the only unknown heading between two known ones after the only section missing there.

    Args:
        marks: The headings that divide the file.
        loose: Paragraphs that look like them; those not named divide nothing and are left out.
        blocks: The file's blocks.
        book: The template's labels.
    """
    everything = sorted((*marks, *loose), key=lambda mark: mark.block)
    found = {mark.kind for mark in marks}
    gap: list[int] = []
    rank = -1
    named: dict[int, Mark] = {}
    for at in range(len(everything) + 1):
        mark = everything[at] if at < len(everything) else None
        if mark is not None and mark.kind == OTHER:
            if has_text(at, everything, blocks):
                gap.append(at)
            continue
        following = book.order.index(mark.kind) if mark else len(book.order)
        missing = [kind for kind in book.order[rank + 1 : following] if kind not in found]
        merged = at > 0 and rank >= 0 and _covers(everything, rank, missing, book)
        if len(gap) == 1 and len(missing) == 1 and not merged:
            named[gap[0]] = replace(everything[gap[0]], kind=missing[0], rule=ORDER)
        gap = []
        rank = following
    result = [named.get(at, mark) for at, mark in enumerate(everything)]
    return [mark for mark in result if mark.kind != OTHER or mark.rule != ORDER]


def _covers(marks: list[Mark], rank: int, missing: list[str], book: Book) -> bool:
    """Say whether the heading of a section also names the one missing after it ("Resultat og fremtid")."""
    kind = book.order[rank]
    titles = [mark.title for mark in marks if mark.kind == kind]
    return any(set(missing) & set(also_names(title, kind, book)) for title in titles)
