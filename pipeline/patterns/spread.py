"""How values lie by category: n, median, quartiles and range, in one shape for every measured variable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model.cases import Case
from pipeline.model.codes import Label
from pipeline.model.progression import Outcome
from pipeline.patterns.labels import CATEGORY_LABELS, TOTAL
from pipeline.patterns.tables import Cell, Heading, Row, Table, Tie, TieKind, count, interval, number, query_of

Valued = Mapping[str, tuple[float, bool]]
"""For each case that states it: the value, and whether it is certain."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: the five numbers of a box plot.

    Attributes:
        n: How many values.
        median: The middle one.
        low: First quartile, by linear interpolation between the values (the default of R and numpy).
        high: Third quartile.
        least: Smallest.
        most: Largest.
    """

    n: int
    median: float
    low: float
    high: float
    least: float
    most: float


def spread_of(values: Iterable[float]) -> Spread | None:
    """Return how values lie, None for none.

    Args:
        values: The values, in any order.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    return Spread(
        len(ordered), median(ordered), _quantile(ordered, 0.25), _quantile(ordered, 0.75), ordered[0], ordered[-1]
    )


def _quantile(ordered: Sequence[float], share_below: float) -> float:
    """Return a quantile by linear interpolation.

    Type 7 of Hyndman & Fan (1996), Sample quantiles in statistical packages, American Statistician 50(4), 361-365.
    """
    place = (len(ordered) - 1) * share_below
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def spread_table(
    table_id: str,
    title: Label,
    parts: Sequence[tuple[Label, Valued]],
    outcomes: Sequence[Outcome],
    *,
    cases: Sequence[Case] | None = None,
    decimals: int = 1,
    uncertain: bool = True,
    notes: tuple[Label, ...] = (),
    source: Label | None = None,
    measures: Sequence[str] = (),
    ties: tuple[Tie, ...] = (),
) -> Table:
    """Return how values lie by category, one group of rows a variable.

    Args:
        table_id: Id of the table.
        title: Its title.
        parts: (name of the variable, its values by case).
        outcomes: The cases' outcomes; a split case is in each of its categories.
        cases: The cases; None for those that have an outcome.
        decimals: Shown of a value.
        uncertain: True to count the uncertain values.
        notes: Sentences below the table.
        source: Which values made it.
        measures: Names of the measures, where other tables count the same.
        ties: What its counts have to do with those of other tables.
    """
    ids = frozenset(outcome.case for outcome in outcomes) if cases is None else frozenset(case.id for case in cases)
    groups: list[tuple[Label, str, frozenset[str]]] = [
        (label, category.value, frozenset(o.case for o in outcomes if category in o.progression) & ids)
        for category, label in CATEGORY_LABELS.items()
    ]
    groups.append((TOTAL, "", ids))
    width = 4 + uncertain
    rows: list[Row] = []
    for place, (name, values) in enumerate(parts):
        measure = {"measure": measures[place] if measures else f"{table_id}: {name.en}"}
        stated_surely = query_of({**measure, "certain": "yes"})
        doubt = query_of({**measure, "certain": "no"})
        ties += (Tie(TieKind.DIVIDE, query_of(measure), (doubt,), stated_surely),) if uncertain else ()
        rows.append(Row(name, (Cell(),) * width, group=True))
        for label, value, members in groups:
            stated = sorted(case for case in members if case in values)
            query = {**measure, **({"category": value} if value else {})}
            spread = spread_of(values[case][0] for case in stated)
            cells = [count(len(stated), cases=stated, query=query)]
            if spread is None:
                cells += [Cell()] * 3
            else:
                cells += [
                    number(spread.median, decimals=decimals),
                    interval(spread.low, spread.high, decimals=decimals),
                    interval(spread.least, spread.most, decimals=decimals),
                ]
            if uncertain:
                doubtful = [case for case in stated if not values[case][1]]
                cells.append(count(len(doubtful), cases=doubtful, query={**query, "certain": "no"}))
            rows.append(Row(label, tuple(cells), level=1))
    headings = [
        Heading(Label("n", "n")),
        Heading(Label("Median", "Median")),
        Heading(Label("Kvartiler", "Quartiles")),
        Heading(Label("Spænd", "Range")),
    ]
    if uncertain:
        headings.append(Heading(Label("heraf usikre", "of these uncertain")))
    return Table(
        id=table_id,
        title=title,
        stub=Label("Kategori", "Category"),
        header=(tuple(headings),),
        rows=tuple(rows),
        notes=notes,
        source=source or Label("Målt i casenes tekst.", "Measured in the text of the cases."),
        ties=ties,
    )
