"""Timelines as tables: events in order, turning points, and how many stop stones there are by category."""

from collections.abc import Callable, Collection, Iterable, Sequence

from pipeline.model.codes import Codebook, Label
from pipeline.model.progression import Outcome
from pipeline.patterns.excerpts import categories_of, category_label
from pipeline.patterns.spread import spread_table
from pipeline.patterns.tables import Cell, Heading, Row, Table, number, words
from pipeline.patterns.timelines import UP, Event, EventKind, Timeline

KIND_LABELS: dict[EventKind, Label] = {
    EventKind.STEPPING_STONE: Label("Trædesten", "Stepping stone"),
    EventKind.STOP_STONE: Label("Stopklods", "Stop stone"),
    EventKind.RESULT: Label("Resultat", "Result"),
    EventKind.SETBACK: Label("Tilbageslag", "Setback"),
    EventKind.STANDSTILL: Label("Stilstand", "Standstill"),
}
TURN_LABELS = {True: Label("Opad", "Upward"), False: Label("Nedad", "Downward")}
_BEFORE = Label("før forløbet", "before the course")
_SOURCE = Label("Bekræftede kodninger i begivenhedernes orden.", "Affirmed codings in the order of events.")


def timeline_table(
    timelines: Iterable[Timeline], outcomes: Iterable[Outcome], codebook: Codebook, *, only: Collection[str] = ()
) -> Table:
    """List the events of cases in order, with date, months and turning points.

    Args:
        timelines: The timelines.
        outcomes: The cases' outcomes.
        codebook: Gives the codes' labels.
        only: Ids of the cases wanted; empty for all.
    """
    labels = {code.id: code.label for code in codebook.codes}
    categories = categories_of(outcomes)
    rows: list[Row] = []
    for timeline in timelines:
        if not timeline.events or (only and timeline.case not in only):
            continue
        category = category_label(categories.get(timeline.case, ()))
        head = Label(f"{timeline.case} – {category.da}", f"{timeline.case} – {category.en}")
        rows.append(Row(head, (Cell(),) * 6, group=True))
        for event in timeline.events:
            turn = words(TURN_LABELS[event.turning == UP]) if event.turning else Cell()
            when = words(_BEFORE) if event.before and not event.date else words(event.date) if event.date else Cell()
            cells = (
                words(KIND_LABELS[event.kind]),
                words(labels.get(event.code, Label(event.code, event.code))),
                when,
                number(event.months, decimals=1),
                turn,
                words(event.quote),
            )
            rows.append(Row(Label(str(event.order), str(event.order)), cells, level=1))
    return Table(
        id="timelines",
        title=Label("Forløb: begivenheder i rækkefølge", "Courses: events in order"),
        stub=Label("Nr.", "No."),
        header=(
            (
                Heading(Label("Slags", "Kind")),
                Heading(Label("Kode", "Code")),
                Heading(Label("Tid", "Time")),
                Heading(Label("Måneders ventetid", "Months of waiting")),
                Heading(Label("Vending", "Turn")),
                Heading(Label("Citat", "Quotation")),
            ),
        ),
        rows=tuple(rows),
        source=_SOURCE,
        internal=True,
    )


def turning_points(timelines: Iterable[Timeline], outcomes: Iterable[Outcome], codebook: Codebook) -> Table:
    """List the turning points (*game changers*) of all cases, with what comes before and the sentence.

    Args:
        timelines: The timelines.
        outcomes: The cases' outcomes.
        codebook: Gives the codes' labels.
    """
    labels = {code.id: code.label for code in codebook.codes}
    categories = categories_of(outcomes)
    rows = []
    for timeline in timelines:
        previous: Event | None = None
        for event in timeline.events:
            if event.turning:
                before = Cell() if previous is None else words(labels.get(previous.code, Label("", "")))
                cells = (
                    words(category_label(categories.get(timeline.case, ()))),
                    words(TURN_LABELS[event.turning == UP]),
                    before,
                    words(labels.get(event.code, Label(event.code, event.code))),
                    words(event.date) if event.date else Cell(),
                    words(event.quote),
                )
                rows.append(Row(Label(timeline.case, timeline.case), cells))
            previous = event
    return Table(
        id="turning_points",
        title=Label("Vendepunkter i forløbene", "Turning points of the courses"),
        stub=Label("Case", "Case"),
        header=(
            (
                Heading(Label("Kategori", "Category")),
                Heading(Label("Vending", "Turn")),
                Heading(Label("Lige før", "Just before")),
                Heading(Label("Ved vendingen", "At the turn")),
                Heading(Label("Tid", "Time")),
                Heading(Label("Citat", "Quotation")),
            ),
        ),
        rows=tuple(rows),
        notes=(
            Label(
                "Et vendepunkt er en begivenhed, hvor de tre begivenheder før og de tre fra og med denne peger hver "
                "sin vej. Rækkefølgen er tekstens og datoernes; den siger ikke, hvad der fik forløbet til at vende.",
                "A turning point is an event at which the three events before and the three from it on point different "
                "ways. The order is that of text and dates; it does not say what made the course turn.",
            ),
        ),
        source=_SOURCE,
        internal=True,
    )


def stones_by_category(timelines: Sequence[Timeline], outcomes: Sequence[Outcome]) -> Table:
    """Return how many stop stones, stepping stones and turning points a case has, by category.

    Args:
        timelines: The timelines.
        outcomes: The cases' outcomes; a split case is in each of its categories.
    """

    def counted(test: Callable[[Event], bool]) -> dict[str, tuple[float, bool]]:
        return {
            each.case: (float(sum(test(event) for event in each.events if not event.before)), True)
            for each in timelines
        }

    parts = [
        (Label("Stopklodser", "Stop stones"), counted(lambda event: event.kind is EventKind.STOP_STONE)),
        (Label("Trædesten", "Stepping stones"), counted(lambda event: event.kind is EventKind.STEPPING_STONE)),
        (Label("Vendinger opad", "Turns upward"), counted(lambda event: event.turning == UP)),
        (Label("Vendinger nedad", "Turns downward"), counted(lambda event: event.turning not in ("", UP))),
    ]
    return spread_table(
        "stones_by_category",
        Label("Stopklodser, trædesten og vendinger efter kategori", "Stop stones, stepping stones, turns by category"),
        parts,
        outcomes,
        decimals=0,
        uncertain=False,
        notes=(
            Label("Antal sætninger pr. case, uden det der ligger før forløbet.",
                  "Sentences per case, without what was before the course."),
        ),
        source=_SOURCE,
    )  # fmt: skip
