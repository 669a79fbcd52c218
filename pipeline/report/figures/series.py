"""The lines of the figures that show cases one by one: their courses, and how long each waited."""

from collections.abc import Iterable

from pipeline.model.codes import Label
from pipeline.model.progression import Outcome
from pipeline.patterns.labels import CATEGORY_LABELS
from pipeline.patterns.measures import Measures
from pipeline.patterns.timelines import Timeline
from pipeline.report.figures.figure import Mark, Series
from pipeline.report.figures.timelines import SIGNS


def timeline_series(timelines: Iterable[Timeline], outcomes: Iterable[Outcome]) -> tuple[Series, ...]:
    """Return the courses as lines of a figure, by the best category of each case.

    Args:
        timelines: The courses.
        outcomes: The cases' outcomes.
    """
    categories = {outcome.case: outcome.progression for outcome in outcomes}
    found = []
    timelines = tuple(timelines)
    for category, label in CATEGORY_LABELS.items():
        for line in timelines:
            own = categories.get(line.case, ())
            if not own or own[0] is not category:
                continue
            marks = tuple(
                Mark(event.at, event.kind.value, strong=bool(event.turning))
                for event in line.events
                if event.kind.value in SIGNS and not event.before
            )
            found.append(Series(Label(line.case, line.case), marks, label))
    return tuple(found)


def waiting_series(measures: Iterable[Measures], outcomes: Iterable[Outcome]) -> tuple[Series, ...]:
    """Return the longest wait of each case, by category; a split case is in each of its categories.

    Args:
        measures: The cases' measures.
        outcomes: The cases' outcomes.
    """
    categories = {outcome.case: outcome.progression for outcome in outcomes}
    lines = []
    measures = tuple(measures)
    for category, label in CATEGORY_LABELS.items():
        marks = []
        for each in measures:
            if each.waiting_months is not None and category in categories.get(each.case, ()):
                found = each.finding("waiting_months")
                marks.append(Mark(each.waiting_months, "certain" if found is None or found.certain else "uncertain"))
        if marks:
            lines.append(Series(label, tuple(marks)))
    return tuple(lines)
