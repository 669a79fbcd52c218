"""Disclosure control in the table model: small counts, and all that would give them away, are gone before any writer.

Counts from one to below a threshold become a sign (``<5``). Further counts are hidden where a small one could be worked
out from sums, group sizes or other tables of the same pack; an attacker who solves all of them together (a linear
programme for each hidden number) has the last word. Shares and statistics go with the counts they are made of. Zeros
are shown: that something is in no case is told of the group, not of a person; where a whole group falls in one cell,
a problem says so.

References:
    Hundepool, A. et al. (2012): Statistical Disclosure Control. Wiley, chapter 4 (tables: primary and secondary
    suppression, protection intervals, auditing).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.model.codes import Label
from pipeline.model.problems import Problem, Severity
from pipeline.patterns.attacker import Shown, Sum
from pipeline.patterns.linked import STATISTICS, Linked, Spot, of_margins, with_known
from pipeline.patterns.linking import link, with_complements
from pipeline.patterns.suppression import suppress, unveiled, violations
from pipeline.patterns.tables import Cell, CellKind, Heading, Row, Table, column_name
from pipeline.patterns.ties import telling, tie, tied_to
from pipeline.patterns.wording import has_small_words, tells_a_count, without_size

THRESHOLDS = (3, 5, 10)
"""The thresholds in use: 3 (Statistics Denmark, published tables), 5 (the default), 10 (a common first rule)."""

THRESHOLD = 5

_EXTREMES = re.compile(r"\b(?:range|minimum|maximum|least|most|shortest|longest)\b", re.IGNORECASE)

HIDDEN_SIGN = "·"
"""Stands for a number that is hidden so that another cannot be worked out."""


@dataclass(frozen=True, slots=True)
class Protected:
    """Tables fit to be shown to anyone, and what to know about them.

    Attributes:
        tables: The tables, in their order; those that no suppression makes fit are left out.
        problems: Groups that fall in one cell, tables left out, and what else a person should look at.
        hidden: How many counts are hidden.
        counts: How many counts there are.
    """

    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    hidden: int
    counts: int

    @property
    def table(self) -> Table:
        """The table, where there is one.

        Raises:
            ValueError: There is none, or there are several.
        """
        (table,) = self.tables
        return table


def protect(table: Table, *, threshold: int = THRESHOLD) -> Protected:
    """Hide the small counts of one table, and what would give them away.

    Tables that are published together must be protected together (see ``protect_all``).

    Args:
        table: The table.
        threshold: The smallest count that may be shown, beside zero.
    """
    return protect_all((table,), threshold=threshold)


def protect_all(tables: Sequence[Table], *, threshold: int = THRESHOLD) -> Protected:
    """Hide the small counts of all tables of a pack, and what would give them away across the tables.

    Tables that name cases are left out, and so is a second cut of a table (the same counts by finer or coarser
    groups), as two cuts can be subtracted from each other.

    Args:
        tables: All tables that are published together.
        threshold: The smallest count that may be shown, beside zero.
    """
    problems: list[Problem] = []
    kept = [_counted_once(table) for table in _fit(tables, problems)]
    linked = link(kept, threshold)
    linked, shown, plain = _decide(linked, kept, threshold)
    leaks = {spot.table for number in plain for spot in linked.near(number)}
    protected = []
    for index, table in enumerate(kept):
        if index in leaks:
            problems.append(
                _problem("RE24", Severity.WARNING, table, "is left out: a small number could be worked out.")
            )
            continue
        protected.append(_shown(table, index, linked, shown, threshold))
        problems += _whole_groups(table, index, linked, shown)
    spots = [spot for spot in linked.spots if spot.row >= 0]
    hidden = sum(shown[linked.spots[spot]] is not Shown.OPEN for spot in spots)
    return Protected(tuple(protected), tuple(problems), hidden, len(spots))


_ROUNDS = 8
"""How often bounds that turn out to tell something are taken in and the counts decided anew."""


def _decide(
    linked: Linked, tables: Sequence[Table], threshold: int
) -> tuple[Linked, tuple[Shown, ...], tuple[int, ...]]:
    """Decide first on the sizes of groups, which every table tells, and then on the counts within them.

    Returns:
        The numbers, what is shown of each, and those that can be worked out all the same.
    """
    margins = linked.margins()
    own = of_margins(linked, margins)
    first = unveiled(linked.numbers, suppress(linked.numbers, own, threshold), own, threshold)
    loose = tie(linked, tables, threshold)
    known = _open(margins, first)
    linked = with_complements(linked, tables, first, threshold)
    first = (*first, *(Shown.BLANK for _ in linked.numbers[len(first) :]))
    settled = margins | {at for each in own for at, _ in each.terms}
    checked = with_known(linked, known)
    # a sum with a group of hidden size tells little, and the check at the end has it in
    within = [each for each in checked if not settled.intersection(at for at, _ in each.terms)]
    taken: tuple[Sum, ...] = ()
    for _ in range(_ROUNDS):
        second = suppress(linked.numbers, [*within, *taken], threshold)
        shown = tuple(first[at] if at in settled else second[at] for at in range(len(linked.numbers)))
        bounds = telling(loose, linked.numbers, shown, checked, threshold)
        plain = violations(linked.numbers, shown, [*checked, *bounds], threshold)
        more = [each for each in tied_to(plain, bounds, checked, len(linked.numbers)) if each not in taken]
        if not more:
            break
        taken = (*taken, *more)
    return linked, unveiled(linked.numbers, shown, [*checked, *bounds], threshold), plain


def _open(numbers: Iterable[int], shown: Sequence[Shown]) -> frozenset[int]:
    return frozenset(at for at in numbers if shown[at] is Shown.OPEN)


def share_hidden(tables: Sequence[Table], *, threshold: int = THRESHOLD) -> float:
    """Return which share of the counts would be hidden, 0-1: what finer groups cost.

    Args:
        tables: All tables that would be published together.
        threshold: The smallest count that may be shown.
    """
    result = protect_all(tables, threshold=threshold)
    return result.hidden / result.counts if result.counts else 0.0


def _fit(tables: Iterable[Table], problems: list[Problem]) -> list[Table]:
    """Return the tables that may be part of a pack at all."""
    kept: list[Table] = []
    cuts: dict[tuple[str, ...], frozenset[str]] = {}
    for table in tables:
        if table.internal:
            problems.append(_problem("RE23", Severity.NOTE, table, "names cases or quotes them and is left out."))
            continue
        mine = _cuts(table)
        clash = [names for names, values in mine.items() if names in cuts and _differ(cuts[names], values)]
        if clash:
            problems.append(
                _problem(
                    "RE22", Severity.NOTE, table, "is a second cut of counts that another table gives, and is left out."
                )
            )
            continue
        for names, values in mine.items():
            cuts[names] = cuts.get(names, frozenset()) | values
        kept.append(table)
    return kept


_SAME_PEOPLE = {"age": "target", "cluster": "target"}
"""Dimensions that cut the same persons in two ways that nearly agree."""


def _cuts(table: Table) -> dict[tuple[str, ...], frozenset[str]]:
    """Return by which groups a table cuts which counts: names of dimensions, and the way each is cut."""
    found: dict[tuple[str, ...], set[str]] = {}
    for row in table.rows:
        for cell in row.cells:
            if len(cell.query) > 1:
                names = tuple(sorted(_SAME_PEOPLE.get(name, name) for name, _ in cell.query))
                for name, value in cell.query:
                    kind = name if name in _SAME_PEOPLE else "joined" if "+" in value else "single"
                    if name in _SAME_PEOPLE or name == "category":
                        found.setdefault((*names, _SAME_PEOPLE.get(name, name)), set()).add(kind)
    return {names: frozenset(kinds) for names, kinds in found.items()}


def _differ(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first | second) > 1


def _problem(code: str, severity: Severity, table: Table, says: str) -> Problem:
    return Problem(code, severity, f"table {table.id}", f"The table {says}", _HINTS[code])


_HINTS = {
    "RE20": "Decide whether the sentence that it amounts to may be told of everyone in the group.",
    "RE22": "Choose one cut: with --levels 2 or --levels 4.",
    "RE23": "It stays in the internal report.",
    "RE24": "Collapse its groups, or leave it out.",
}


def _counted_once(table: Table) -> Table:
    """Return a table whose split cases are counted within each of their cells: how many are split is a count too."""
    if not any(cell.split for row in table.rows for cell in row.cells):
        return table
    rows = tuple(
        replace(row, cells=tuple(replace(cell, number=cell.number + cell.split, split=0) for cell in row.cells))
        for row in table.rows
    )
    note = Label(
        "Todelte cases er talt med i hver af deres kategorier.", "Split cases are counted in each of their categories."
    )
    return replace(table, rows=rows, notes=(*table.notes, note))


def _shown(table: Table, index: int, linked: Linked, shown: Sequence[Shown], threshold: int) -> Table:
    """Return a table with its hidden numbers gone."""
    rows = []
    any_hidden = False
    for at, row in enumerate(table.rows):
        if row.group:
            rows.append(row)
            continue
        cells = _cells(row, Spot(index, at, 0), table, linked, shown, threshold)
        any_hidden = any_hidden or any(cell.hidden for cell in cells)
        rows.append(replace(row, cells=cells))
    header = tuple(
        tuple(
            _heading(heading, Spot(index, -1 - level, place), linked, shown) for place, heading in enumerate(headings)
        )
        for level, headings in enumerate(table.header)
    )
    any_hidden = any_hidden or header != table.header
    notes = tuple(note for note in table.notes if not tells_a_count(note))
    notes = (*notes, legend(threshold)) if any_hidden else notes
    return replace(table, rows=tuple(rows), header=header, notes=notes)


def legend(threshold: int) -> Label:
    """Return the note that explains the signs."""
    most = threshold - 1
    return Label(
        f"<{threshold}: fra 1 til {most}. {HIDDEN_SIGN}: skjult, for at små tal ikke kan regnes ud. 0 er vist som 0.",
        f"<{threshold}: from 1 to {most}. {HIDDEN_SIGN}: hidden, so that small numbers cannot be worked out. 0 is "
        "shown as 0.",
    )


def _cells(
    row: Row, spot: Spot, table: Table, linked: Linked, shown: Sequence[Shown], threshold: int
) -> tuple[Cell, ...]:
    signs = [linked.sign(Spot(spot.table, spot.row, column), shown) for column in range(len(row.cells))]
    some_hidden = any(sign is not Shown.OPEN for sign in signs)
    closed = linked.closed(spot.table, spot.row, shown)
    cells = []
    for column, (cell, sign) in enumerate(zip(row.cells, signs, strict=True)):
        if cell.kind is CellKind.COUNT:
            other = some_hidden and cell.number > 0 and _untied(cell)
            if sign is Shown.SMALL:
                cell = _gone(cell, f"<{threshold}")
            elif sign is not Shown.OPEN or other:
                cell = _gone(cell, HIDDEN_SIGN)
            else:
                cell = replace(cell, cases=())
        elif cell.kind is CellKind.SHARE:
            own = linked.share_of(Spot(spot.table, spot.row, column), table)
            hide = some_hidden if own is None else any(shown[number] is not Shown.OPEN for number in own)
            cell = _gone(cell, HIDDEN_SIGN) if hide else cell
        elif cell.kind in STATISTICS:
            # the least and the most of a group are the values of single cases
            alone = _EXTREMES.search(column_name(table, column)) is not None
            cell = _gone(cell, HIDDEN_SIGN) if some_hidden or closed or alone else cell
        elif cell.kind is CellKind.TEXT and cell.text is not None and has_small_words(cell.text):
            cell = _gone(cell, HIDDEN_SIGN)
        cells.append(cell)
    return tuple(cells)


def _untied(cell: Cell) -> bool:
    """Say whether a cell counts something else than cases, and nobody says what that has to do with the cases."""
    return any(name == "unit" and unit != "sentences" for name, unit in cell.query)


def _gone(cell: Cell, sign: str) -> Cell:
    """Return a hidden cell; nothing of its value is left in it."""
    return Cell(cell.kind, hidden=True, sign=sign, query=cell.query)


def _heading(heading: Heading, spot: Spot, linked: Linked, shown: Sequence[Shown]) -> Heading:
    """Return a heading without the size of its group where that is hidden."""
    if linked.sign(spot, shown) is Shown.OPEN:
        return heading
    return Heading(without_size(heading.label), heading.span)


def _whole_groups(table: Table, index: int, linked: Linked, shown: Sequence[Shown]) -> list[Problem]:
    """Tell of groups that fall in one cell: then the table says something of each of them."""
    found = []
    for part, whole in linked.wholes(index):
        if shown[linked.spots[part]] is Shown.OPEN and linked.numbers[linked.spots[part]].value == whole:
            row = table.rows[part.row].label.en
            group = next((each.label.en for each in reversed(table.rows[: part.row]) if each.group), "")
            under = f" under '{group}'" if group else ""
            column = column_name(table, part.column)
            says = f"shows that all {whole} cases of a group are in one cell: row '{row}'{under}, column '{column}'."
            found.append(_problem("RE20", Severity.WARNING, table, says))
    return found


def collapse(table: Table, groups: Sequence[tuple[Label, tuple[str, ...]]], *, dimension: str = "category") -> Table:
    """Join groups of a dimension, in columns or rows, before anything is hidden: fewer groups hide less.

    Args:
        table: The table; its counts know what they count (``Cell.query``), and which cases where these can be in two
            of the groups.
        groups: The new groups: label and the values joined.
        dimension: The dimension whose values are joined.
    """
    from pipeline.patterns.collapsing import collapsed

    return collapsed(table, groups, dimension)
