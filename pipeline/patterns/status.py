"""Before and after (table 2.3 of the study) and the three ratings (section 2.2.5), counted over cases."""

from collections.abc import Iterable, Sequence

from pipeline.model.cases import Case
from pipeline.model.codes import Label
from pipeline.model.progression import DIMENSIONS, RATINGS, Change, Outcome, Rating
from pipeline.patterns.labels import CATEGORY_LABELS, CHANGE_LABELS, RATING_LABELS, UNKNOWN
from pipeline.patterns.table import category_members
from pipeline.patterns.tables import Cell, Heading, Row, Table, count

DIMENSION_LABELS: dict[str, Label] = {
    "job_education": Label("Status på job og uddannelse", "Status of work and education"),
    "health_substance": Label("Helbred samt misbrug", "Health and substance use"),
    "coping_housing_mobility": Label(
        "Hverdagsmestring, boligsituation samt mobilitet", "Everyday coping, housing and mobility"
    ),
    "social_network": Label("Social trivsel og netværk", "Social well-being and network"),
    "belief_dreams": Label("Tro på og drømme om job og uddannelse", "Belief in and dreams of work and education"),
    "experience_skills": Label("Erfaring og færdigheder", "Experience and skills"),
    "family_wellbeing": Label("Børnenes og familiens trivsel og overskud", "Well-being of children and family"),
}
"""The rows of table 2.3, in short."""

RATING_NAMES: dict[str, Label] = {
    "coherence": Label("Sammenhæng i indsatsen", "Coherence of the work"),
    "involvement": Label("Borgerinddragelse", "Citizen involvement"),
    "relation": Label("Kvalitet i relationen", "Quality of relations"),
}
_CASES = Label("Antal cases. En todelt case tæller én gang.", "Cases. A split case counts once.")


def changes_described(cases: Sequence[Case], outcomes: Iterable[Outcome]) -> Table:
    """Count cases by dimension of table 2.3 and how it developed from entry to end.

    Args:
        cases: The cases.
        outcomes: Their outcomes; a case without one counts as not described.
    """
    found = {outcome.case: dict(outcome.changes) for outcome in outcomes}
    rows = []
    for dimension in DIMENSIONS:
        cells = []
        for change in CHANGE_LABELS:
            ids = [case.id for case in cases if _change(found, case, dimension) is change]
            cells.append(count(len(ids), cases=ids, query={"dimension": dimension, "change": change.value}))
        rows.append(Row(DIMENSION_LABELS[dimension], tuple(cells)))
    return Table(
        id="changes_described",
        title=Label("Progression fra før til efter i de syv dimensioner", "Development in the seven dimensions"),
        stub=Label("Dimension", "Dimension"),
        header=(tuple(Heading(label) for label in CHANGE_LABELS.values()),),
        rows=tuple(rows),
        notes=(
            Label(
                "Sammenligning af, hvordan det går ved forløbets afslutning, med hvordan det gik ved indgangen.",
                "How things are at the end, compared with how they were at entry.",
            ),
        ),
        source=_CASES,
    )


def _change(found: dict[str, dict[str, Change]], case: Case, dimension: str) -> Change:
    return found.get(case.id, {}).get(dimension, Change.NOT_DESCRIBED)


def changes_by_category(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count the cases of each category by dimension of table 2.3 and how it developed.

    Args:
        cases: The cases.
        outcomes: Their outcomes; a split case is in each of its categories.
    """
    found = {outcome.case: dict(outcome.changes) for outcome in outcomes}
    rows: list[Row] = []
    columns = _columns(cases, outcomes)
    for dimension in DIMENSIONS:
        rows.append(Row(DIMENSION_LABELS[dimension], (Cell(),) * len(columns), group=True))
        for change, label in CHANGE_LABELS.items():
            carriers = {case.id for case in cases if _change(found, case, dimension) is change}
            query = {"dimension": dimension, "change": change.value}
            rows.append(Row(label, _line(columns, carriers, query), level=1))
    return _table(
        "changes_by_category",
        Label("Før og efter i de syv dimensioner efter kategori", "Before and after in seven dimensions by category"),
        Label("Dimension", "Dimension"),
        columns,
        rows,
    )


def ratings_by_category(cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Table:
    """Count the cases of each category by the ratings of coherence, involvement and relation.

    Args:
        cases: The cases.
        outcomes: Their outcomes; a split case is in each of its categories.
    """
    found = {outcome.case: dict(outcome.ratings) for outcome in outcomes}
    rows: list[Row] = []
    columns = _columns(cases, outcomes)
    for name in RATINGS:
        rows.append(Row(RATING_NAMES[name], (Cell(),) * len(columns), group=True))
        grades: list[tuple[Rating | None, Label]] = [*RATING_LABELS.items(), (None, UNKNOWN)]
        for rating, label in grades:
            carriers = {case.id for case in cases if found.get(case.id, {}).get(name) is rating}
            if rating is None and not carriers:
                continue
            query = {"rating": name, "grade": "" if rating is None else rating.value}
            rows.append(Row(label, _line(columns, carriers, query), level=1))
    return _table(
        "ratings_by_category",
        Label(
            "Sammenhæng, borgerinddragelse og relation efter kategori",
            "Coherence, citizen involvement and relation by category",
        ),
        Label("Vurdering", "Rating"),
        columns,
        rows,
    )


_Columns = list[tuple[Label, str, frozenset[str]]]


def _columns(cases: Sequence[Case], outcomes: Iterable[Outcome]) -> _Columns:
    ids = frozenset(case.id for case in cases)
    members = category_members(outcomes)
    columns = [
        (label, category.value, members.get(category.value, frozenset()) & ids)
        for category, label in CATEGORY_LABELS.items()
    ]
    return [(Label("I alt", "Total"), "", ids), *columns]


def _line(columns: _Columns, carriers: set[str], query: dict[str, str]) -> tuple[Cell, ...]:
    return tuple(
        count(len(carriers & ids), cases=carriers & ids, query={**query, "category": value} if value else query)
        for _, value, ids in columns
    )


def _table(table_id: str, title: Label, stub: Label, columns: _Columns, rows: list[Row]) -> Table:
    headings = [
        Heading(
            Label(f"{label.da} (n\u00a0=\u00a0{len(ids)})", f"{label.en} (n\u00a0=\u00a0{len(ids)})"), base=len(ids)
        )
        for label, _, ids in columns
    ]
    split = sum(len(ids) for _, value, ids in columns if value) > len(columns[0][2])
    note = Label(
        "En todelt case tæller med i hver af sine kategorier og én gang i alt.",
        "A split case counts in each of its categories and once in the total.",
    )
    return Table(table_id, title, stub, (tuple(headings),), tuple(rows), (note,) if split else (), source=_CASES)
