"""Blocks to sections: which of the candidate headings of a file really divide it.

The template's own labels come first and format second, and every section records the step that found it. The headings
of one file mostly share a form; the form with the most of the template's sections leads, and other candidates only fill
its gaps, in their place in the template's order. So the cell "Resultat" of a table of goals begins no section in a
file whose sections have headings.
"""

from dataclasses import dataclass, field

from pipeline.corpus.blocks import RawBlock, Story
from pipeline.corpus.candidates import find_candidates
from pipeline.corpus.headings import (
    CONTROL,
    HEADING,
    LABEL,
    RUN_IN,
    STEPS,
    TABLE,
    Candidate,
    body_size,
    is_title,
    looks_like_heading,
    table_of,
)
from pipeline.corpus.inference import infer_by_order, unknown_of_form
from pipeline.corpus.labels import Book
from pipeline.corpus.outline import Mark, Outline, also_names, has_text
from pipeline.model.cases import OTHER, BlockKind

_LONG_LABEL = 12
_SURE_LABEL = 8
_MOST_MEMBERS = 8
_MOST_GROUPS = 500
"""No form has more headings; a file made to waste time may."""

_ENOUGH = 3
"""So many sections told by keywords alone are no accident."""


@dataclass(slots=True)
class _Group:
    """Candidates that are one heading: seen by several steps, or a heading right before its content control."""

    kind: str
    members: list[Candidate] = field(default_factory=list)

    @property
    def first(self) -> Candidate:
        return self.members[0]

    @property
    def best(self) -> Candidate:
        return min(self.members, key=lambda item: (STEPS.index(item.rule), -item.weight))

    @property
    def weak(self) -> bool:
        return all(member.weak for member in self.members)

    @property
    def systems(self) -> set[str]:
        return {member.system for member in self.members}

    @property
    def last(self) -> int:
        return max(max(member.labels, default=member.block) for member in self.members)

    def mark(self) -> Mark:
        labels = tuple(sorted({index for member in self.members for index in member.labels}))
        title = next((member.title for member in self.members if member.title), "")
        cut = max((member.cut for member in self.members), default=0)
        whole = [member for member in self.members if member.labels and not member.cut]
        return Mark(
            block=self.first.block,
            kind=self.kind,
            title=title,
            rule=self.best.rule,
            labels=labels,
            cut=0 if whole else cut,
            columns=self.best.columns,
        )


def outline_sections(blocks: tuple[RawBlock, ...], book: Book) -> Outline:
    """Decide where the sections of a file begin.

    Args:
        blocks: The file's blocks.
        book: The template's labels.

    Returns:
        The headings; none of a kind that the template knows when the file holds no expected label.
    """
    size = body_size(blocks)
    groups = _group(find_candidates(blocks, book, size), blocks)
    known = [group for group in groups if group.kind != OTHER][:_MOST_GROUPS]
    sure = [group for group in known if not group.weak]
    if not sure and len({group.kind for group in known}) >= _ENOUGH:
        sure = known
    if not sure:
        return Outline(())
    leader = _leading_system(sure)
    kept = [group for group in sure if leader in group.systems]
    if leader.startswith((RUN_IN, f"{LABEL}:plain")):
        kept = _drop_stray_repeats(kept, book)
    kept = _fill_gaps(_drop_bare_repeats(kept, blocks), sure, book)
    _reach_back(kept, sure)
    kept = _fill_gaps(kept, [group for group in known if group.weak and leader in group.systems], book)
    kept = [group for group in kept if not group.weak or not _is_named(group.kind, kept, book)]
    others = [group for group in groups if group.kind == OTHER and _divides(group, leader, kept, blocks)]
    marks = [group.mark() for group in sorted((*kept, *others), key=lambda group: group.first.block)]
    seen = {member.block for group in groups for member in group.members}
    marks = infer_by_order(marks, unknown_of_form(leader, seen, blocks, book, size), blocks, book)
    first = min(mark.block for mark in marks if mark.kind != OTHER)
    marks = [mark for at, mark in enumerate(marks) if mark.block >= first or has_text(at, marks, blocks)]
    used = {index for mark in marks for index in mark.labels}
    inner = {
        index
        for index, block in enumerate(blocks)
        if block.level and index not in used and index > first and looks_like_heading(block)
    }
    return Outline(tuple(marks), frozenset(inner), _suggest(blocks, first, used | inner, book, size))


def _group(candidates: list[Candidate], blocks: tuple[RawBlock, ...]) -> list[_Group]:
    groups: list[_Group] = []
    for candidate in candidates:
        group = groups[-1] if groups else None
        if group and _is_same_heading(group, candidate, blocks):
            if group.kind == OTHER:
                group.kind = candidate.kind
            group.members.append(candidate)
        else:
            groups.append(_Group(candidate.kind, [candidate]))
    return groups


def _is_same_heading(group: _Group, candidate: Candidate, blocks: tuple[RawBlock, ...]) -> bool:
    """Say whether a candidate only repeats the heading before it."""
    if candidate.block == group.first.block and (candidate.kind == OTHER or group.kind == OTHER or candidate.weak):
        return True
    if group.kind != candidate.kind or group.kind == OTHER:
        return False
    if candidate.block == group.first.block:
        return True
    if candidate.weak or candidate.rule == RUN_IN or len(group.members) >= _MOST_MEMBERS:
        return False
    if candidate.rule != CONTROL and candidate.system not in group.systems:
        return False  # "Mål:" as the last line of a section is not part of the heading after it
    all_labels = all(member.labels and not member.cut for member in group.members if member.rule != CONTROL)
    labelled = any(member.labels for member in group.members)
    columns = candidate.columns or group.best.columns
    return (
        all_labels
        and labelled
        and not columns
        and not any(blocks[index].text for index in range(group.last + 1, candidate.block))
    )


def _leading_system(groups: list[_Group]) -> str:
    """Return the form that has the most sections of the template; where two have as many, the surer step."""
    kinds: dict[str, set[str]] = {}
    for group in groups:
        for system in group.systems:
            kinds.setdefault(system, set()).add(group.kind)
    return min(kinds, key=lambda system: (-len(kinds[system]), STEPS.index(system.partition(":")[0]), system))


def _drop_stray_repeats(groups: list[_Group], book: Book) -> list[_Group]:
    """Drop run-in labels that only repeat a section out of its place ("Status: ..." inside another section)."""
    ranks = [book.order.index(group.kind) for group in groups]
    best: list[tuple[int, int, int]] = []  # kinds on the best chain that ends here, letters on it, index before
    for at, rank in enumerate(ranks):
        before = [
            (best[i][0] + (ranks[i] != rank), best[i][1] + groups[at].best.weight, i)
            for i in range(at)
            if ranks[i] <= rank
        ]
        best.append(max(before, default=(1, groups[at].best.weight, -1)))
    at = max(range(len(best)), key=lambda i: best[i][:2])
    chain = set()
    while at >= 0:
        chain.add(at)
        at = best[at][2]
    covered = {groups[i].kind for i in chain}
    kept = [group for at, group in enumerate(groups) if at in chain or group.kind not in covered]
    return [group for at, group in enumerate(kept) if _leads_run(at, kept)]


def _leads_run(at: int, groups: list[_Group]) -> bool:
    """Say whether a label is the first of the surest among labels of one section that follow each other."""
    low = high = at
    while low > 0 and groups[low - 1].kind == groups[at].kind:
        low -= 1
    while high + 1 < len(groups) and groups[high + 1].kind == groups[at].kind:
        high += 1
    return max(range(low, high + 1), key=lambda i: (min(groups[i].best.weight, _SURE_LABEL), -i)) == at


def _drop_bare_repeats(groups: list[_Group], blocks: tuple[RawBlock, ...]) -> list[_Group]:
    """Drop a heading without text whose section has another with text: a title that sounds like one ("Én plan")."""
    marks = [group.mark() for group in groups]
    filled = [has_text(at, marks, blocks) for at in range(len(marks))]
    kinds = {mark.kind for mark, full in zip(marks, filled, strict=True) if full}
    return [group for group, full in zip(groups, filled, strict=True) if full or group.kind not in kinds]


def _fill_gaps(kept: list[_Group], known: list[_Group], book: Book) -> list[_Group]:
    """Add candidates of other forms for sections still missing, where they stand in the template's order."""
    kept = sorted(kept, key=lambda group: group.first.block)
    spare = [group for group in known if group not in kept]
    for group in sorted(spare, key=lambda group: (STEPS.index(group.best.rule), -group.best.weight)):
        if any(other.kind == group.kind for other in kept):
            continue
        if group.best.rule == RUN_IN and _is_named(group.kind, kept, book):
            continue
        at = group.first.block
        rank = book.order.index(group.kind)
        before = [book.order.index(other.kind) for other in kept if other.first.block < at]
        after = [book.order.index(other.kind) for other in kept if other.first.block >= at]
        fits = (not before or before[-1] < rank) and (not after or rank < after[0])
        sure = group.best.rule in (CONTROL, HEADING, LABEL) and group.best.weight >= _LONG_LABEL and not group.weak
        if fits or sure:
            kept.append(group)
            kept.sort(key=lambda other: other.first.block)
    return kept


def _reach_back(kept: list[_Group], sure: list[_Group]) -> None:
    """Begin a content control's section at the heading before it, where text stands between the two."""
    for group in sure:
        if group.best.rule != HEADING or group in kept:
            continue
        following = next((other for other in kept if other.first.block > group.first.block), None)
        if following is not None and following.kind == group.kind and following.best.rule == CONTROL:
            following.members[:0] = group.members


def _is_named(kind: str, groups: list[_Group], book: Book) -> bool:
    """Say whether a heading names a section beside its own ("Resultat og økonomi")."""
    return any(kind in also_names(group.best.title, group.kind, book) for group in groups)


def _divides(group: _Group, leader: str, kept: list[_Group], blocks: tuple[RawBlock, ...]) -> bool:
    """Say whether a heading that the template does not know ends the section before it."""
    rule, _, level = leader.partition(":")
    best = group.best
    block = blocks[best.block]
    if best.rule == TABLE:
        return rule == TABLE
    if best.rule != HEADING:
        return False
    if rule == HEADING:
        return block.level <= int(level) and not block.place.cells
    levels = [blocks[other.first.block].level for other in kept if other.best.rule == HEADING]
    return not block.place.cells and not any(block.controls) and block.level <= min(levels, default=block.level)


def _suggest(blocks: tuple[RawBlock, ...], first: int, used: set[int], book: Book, size: float) -> tuple[int, ...]:
    """Return paragraphs after the first heading that look like headings and divide nothing."""
    return tuple(
        index
        for index, block in enumerate(blocks)
        if index > first
        and index not in used
        and block.story is Story.BODY
        and block.kind is BlockKind.PARAGRAPH
        and not block.placeholder
        and block.text[-1:] != ":"
        and looks_like_heading(block, size)
        and not is_title(block, book)
        and not table_of(block)
    )
