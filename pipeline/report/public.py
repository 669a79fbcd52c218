"""The report for everyone: small counts hidden in the tables themselves, no case named, quotations only as released."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import PipelineError
from pipeline.model.cases import Case
from pipeline.model.codes import Codebook, Label
from pipeline.model.codings import Coding
from pipeline.model.problems import Problem, Severity
from pipeline.model.progression import ORDER, Outcome
from pipeline.patterns.collapsing import TWO_LEVELS, category_columns
from pipeline.patterns.disclosure import THRESHOLD, Protected, collapse, protect_all
from pipeline.patterns.tables import Cell, CellKind, Table
from pipeline.progression.outcome import BY_RULES
from pipeline.report.content import Block, Bullets, FigureBlock, Heading, Paragraph, QuoteBlock, Report, TableBlock
from pipeline.report.figures.drawing import draw
from pipeline.report.figures.figure import Figure
from pipeline.report.full import build_full_report
from pipeline.report.masking import Masks, find_masks, mask
from pipeline.report.parts import Parts
from pipeline.report.quotes import Quote

DEAR = 0.2
"""Share of hidden counts from which two levels are used where the user has not chosen."""

_MACHINES = frozenset({BY_RULES, "model", "combined", "rules"})


@dataclass(frozen=True, slots=True)
class Public:
    """A report for everyone and what a person should look at before it is published.

    Attributes:
        report: The report.
        problems: Groups in one cell, what was left out, what was joined.
        hidden: How many counts are hidden.
        counts: How many there are.
        levels: 4 or 2: how many outcome levels the tables have.
    """

    report: Report
    problems: tuple[Problem, ...]
    hidden: int
    counts: int
    levels: int


def counted_once(outcomes: Iterable[Outcome], lang: str = "da") -> tuple[Outcome, ...]:
    """Return outcomes in which a split case has the lowest of its categories, and no person is named.

    That a case is split is a count of its own, and a small one; who judged it is nobody's business outside.

    Args:
        outcomes: The outcomes.
        lang: Language of what stands for a person's name.
    """
    person = "reviewers" if lang == "en" else "fagpersoner"
    return tuple(
        replace(
            each,
            progression=(min(each.progression, key=ORDER.index),) if each.progression else (),
            progression_by=each.progression_by if each.progression_by in _MACHINES else person,
            members=(),
        )
        for each in outcomes
    )


def public_report(
    cases: Sequence[Case],
    codings: Iterable[Coding],
    outcomes: Iterable[Outcome],
    codebook: Codebook,
    parts: Parts | None = None,
    *,
    released: Collection[tuple[str, str]] = frozenset(),
    threshold: int = THRESHOLD,
    levels: int | None = None,
    lang: str = "da",
) -> Public:
    """Put together the report for everyone.

    Args:
        cases: The cases.
        codings: Settled codings.
        outcomes: The cases' outcomes.
        codebook: The codebook.
        parts: What other rooms have found; comparisons must be of outcomes ``counted_once``.
        released: (case, segment) of each quotation that a person has released.
        threshold: The smallest count that may be shown, beside zero.
        levels: 4 outcome levels or 2; None for 2 where 4 would hide more than a fifth of the counts.
        lang: ``da`` or ``en``.

    Raises:
        PipelineError: The report would tell what it must not; nothing is made.
    """
    outcomes = tuple(outcomes)
    once = counted_once(outcomes, lang)
    split = any(len(each.progression) > 1 for each in outcomes)
    person = "reviewers" if lang == "en" else "fagpersoner"
    nameless = [each if each.coder in _MACHINES else replace(each, coder=person) for each in codings]
    full = build_full_report(
        cases, nameless, once, codebook, parts, lang=lang, quotable=released, public=True, split=split
    )
    tables = [table for _, table in full.tables] + list(full.extra)
    protected, chosen, problems = _levels(tables, threshold, levels)
    masks = find_masks(cases)
    report = _shown(full, protected, masks)
    _check(report, cases, masks)
    return Public(report, (*problems, *protected.problems), protected.hidden, protected.counts, chosen)


def _levels(tables: Sequence[Table], threshold: int, levels: int | None) -> tuple[Protected, int, tuple[Problem, ...]]:
    """Protect the tables at four levels or two, whichever was asked for or hides little enough."""
    two = [collapse(table, TWO_LEVELS) if category_columns(table) else table for table in tables]
    if levels == 2:
        return protect_all(two, threshold=threshold), 2, ()
    fine = protect_all(tables, threshold=threshold)
    share = fine.hidden / fine.counts if fine.counts else 0.0
    if levels == 4 or share <= DEAR:
        offer = (_offer(share),) if share > DEAR else ()
        return fine, 4, offer
    coarse = protect_all(two, threshold=threshold)
    if coarse.hidden * fine.counts >= fine.hidden * coarse.counts:
        return fine, 4, ()  # nothing is won
    return coarse, 2, (_joined(share, coarse.hidden / max(1, coarse.counts)),)


def _offer(share: float) -> Problem:
    return Problem(
        "RE21",
        Severity.NOTE,
        "public report",
        f"With four outcome levels {100 * share:.0f} per cent of the counts are hidden.",
        "With --levels 2 fewer are.",
    )


def _joined(four: float, two: float) -> Problem:
    return Problem(
        "RE21",
        Severity.NOTE,
        "public report",
        f"Four outcome levels would hide {100 * four:.0f} per cent of the counts, two hide {100 * two:.0f}: two it is.",
        "Choose with --levels 4 or --levels 2; never publish both.",
    )


def _shown(full: Report, protected: Protected, masks: Masks) -> Report:
    """Return the report with its tables protected and everything internal gone."""
    tables = {table.id: table for table in protected.tables if _any_open(table)}
    blocks: list[Block] = []
    figures: list[Figure] = []
    for block in full.blocks:
        if isinstance(block, TableBlock):
            if block.table.id in tables:
                blocks.append(TableBlock(tables[block.table.id]))
        elif isinstance(block, FigureBlock):
            figure = _figure(block.figure, tables)
            if figure is not None:
                figures.append(figure)
                blocks.append(FigureBlock(figure))
        elif isinstance(block, QuoteBlock):
            masked = tuple(_masked(quote, masks, full.lang) for quote in block.quotes.quotes)
            blocks.append(QuoteBlock(replace(block.quotes, quotes=masked)))
        else:
            blocks.append(block)
    blocks = _without_empty_headings(blocks)
    quotes = tuple(block.quotes for block in blocks if isinstance(block, QuoteBlock))
    placed = {block.table.id for block in blocks if isinstance(block, TableBlock)}
    return replace(
        full,
        blocks=tuple(blocks),
        tables=tuple((name, tables[name]) for name, _ in full.tables if name in tables and name in placed),
        extra=tuple(tables[table.id] for table in full.extra if table.id in tables),
        figures=tuple(figures),
        quotes=quotes,
        cases=(),
        codings=(),
        outcomes=(),
        measures=(),
        public=True,
    )


def _figure(figure: Figure, tables: dict[str, Table]) -> Figure | None:
    """Return a figure drawn from what its table shows; None where there is nothing left to draw."""
    if figure.internal:
        return None
    if figure.table is None:
        return figure
    table = tables.get(figure.table.id)
    if table is None or not _any_open(table):
        return None
    made = replace(figure, table=_part(table, figure.table))
    try:
        draw(made, form="svg")
    except ValueError:
        return None  # every estimate is hidden
    return made


def _part(table: Table, drawn: Table) -> Table:
    """Return the rows of a protected table that a figure draws: all, or those of the part that it was made for."""
    if len(drawn.rows) >= len(table.rows):
        return table
    labels = {row.label for row in drawn.rows}
    return replace(table, rows=tuple(row for row in table.rows if row.label in labels or row.total))


_WORTH = 0.15
"""Share of a table's numbers that must be open for it to tell anything."""


def _any_open(table: Table) -> bool:
    """Say whether a table still tells enough numbers to be worth showing."""
    cells = [cell for row in table.rows if not row.group and not row.total for cell in row.cells]
    numbers = [cell for cell in cells if cell.kind not in (CellKind.TEXT, CellKind.EMPTY)]
    if not numbers:
        return bool(cells)  # a table of words
    return sum(not cell.hidden for cell in numbers) > _WORTH * len(numbers)


def _masked(quote: Quote, masks: Masks, lang: str) -> Quote:
    return replace(quote, text=mask(quote.text, quote.case, masks, lang), case="", progression=(), segment="")


def _without_empty_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without headings, and texts below them, that lead to nothing any more."""
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            following: list[Block] = []
            for later in blocks[place + 1 :]:
                if isinstance(later, Heading) and later.level <= block.level:
                    break
                following.append(later)
            if not any(not isinstance(later, Heading) for later in following):
                continue
        kept.append(block)
    return kept


def _check(report: Report, cases: Sequence[Case], masks: Masks) -> None:
    """Stop where a text of the report names a case or a citizen, or quotes what was not released.

    Raises:
        PipelineError: Something is told that must not be; it says where, not what.
    """
    ids = (
        re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(case.id) for case in cases) + r")(?![\w-])") if cases else None
    )
    texts = dict(_texts(report))
    for where, text in texts.items():
        if ids is not None and ids.search(text):
            raise _refusal(where, "names a case")
    sentences = {line.strip() for case in cases for line in re.split(r"(?<=[.!?])\s+|\n", case.text)}
    long = [line for line in sentences if len(line) >= _LONG]
    own = {where: text for where, text in texts.items() if not where.startswith("quotation")}
    joined = "\n".join(own.values())
    if any(line in joined for line in long):
        raise _refusal("a table or text", "quotes a case")
    words = {word.lower() for where, text in texts.items() if where.startswith("quotation") for word in text.split()}
    if words & masks.names:
        raise _refusal("a quotation", "holds a name")


_LONG = 40
"""Letters from which a sentence is told from a phrase that anyone might write."""


def _refusal(where: str, what: str) -> PipelineError:
    return PipelineError(
        f"The public report was not written: {where} {what}.",
        hint="Please report this; the internal report can be written all the same.",
    )


def _texts(report: Report) -> Iterable[tuple[str, str]]:
    """Give every text of a report with its place."""
    yield "the title", report.title
    yield "the subtitle", report.subtitle
    yield "the notice", report.notice
    for number, block in enumerate(report.blocks):
        if isinstance(block, Heading | Paragraph):
            yield f"text {number}", block.text
        elif isinstance(block, Bullets):
            yield f"list {number}", "\n".join(block.items)
        elif isinstance(block, QuoteBlock):
            for place, quote in enumerate(block.quotes.quotes):
                yield f"quotation {number}.{place}", quote.text
        elif isinstance(block, FigureBlock):
            yield (
                f"figure {block.figure.id}",
                "\n".join(_said(block.figure.title, block.figure.alt, *block.figure.notes)),
            )
            yield f"figure {block.figure.id} lines", "\n".join(_said(*(line.label for line in block.figure.series)))
    for table in [table for _, table in report.tables] + list(report.extra):
        yield f"table {table.id}", "\n".join(_table_texts(table))


def _said(*labels: Label) -> list[str]:
    return [text for label in labels for text in (label.da, label.en)]


def _table_texts(table: Table) -> list[str]:
    labels = [table.title, table.stub, *table.notes, *(row.label for row in table.rows)]
    labels += [heading.label for level in table.header for heading in level]
    labels += [] if table.source is None else [table.source]
    cells: list[Cell] = [cell for row in table.rows for cell in row.cells]
    labels += [cell.text for cell in cells if cell.text is not None]
    return _said(*labels) + [" ".join(cell.cases) for cell in cells if cell.cases]
